import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, errorOf, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { useLocale } from '../../../platform/http/page-context.ts';
import { localWords } from '../../../ui/local-words.ts';
import { deliveryWords } from '../dossier-words.ts';
import { ApplicationFrame, type ApplicationFacts } from './application-frame.tsx';

export const deliveryPageWords = localWords({
  vi: {
    title: 'Bạn muốn nhận kết quả ở đâu?',
    choose: 'Chọn cách nhận kết quả',
    addressNeeded: 'Ghi địa chỉ nhận: số nhà, đường hoặc xóm, xã hoặc phường, tỉnh',
    addressLong: 'Địa chỉ dài tối đa 300 ký tự',
    address: 'Địa chỉ nhận',
    addressHint: 'Số nhà, đường hoặc xóm, xã hoặc phường, tỉnh. Cước bưu chính do bạn trả khi nhận.',
    onlineHint: 'Bản điện tử có chữ ký số, có giá trị như bản giấy. Tải về lúc nào cũng được.',
    at: (unit: string): string => `${unit}. Mang theo giấy tờ tùy thân.`,
    continue: 'Tiếp tục',
  },
  en: {
    title: 'Where do you want to get the result?',
    choose: 'Choose how to get the result',
    addressNeeded: 'Give the address: house, street or hamlet, commune or ward, province',
    addressLong: 'The address may have 300 characters at most',
    address: 'Address',
    addressHint: 'House, street or hamlet, commune or ward, province. You pay the postage on delivery.',
    onlineHint: 'An electronic copy with a digital signature, as good as paper. Download it whenever you like.',
    at: (unit: string): string => `${unit}. Bring your identity card.`,
    continue: 'Continue',
  },
});

/** How the result comes back. */
export function DeliveryPage(props: { facts: ApplicationFacts; form: FormState; unitName: string; backPath: string }) {
  const own = deliveryPageWords.use();
  const locale = useLocale();
  const { form } = props;
  return (
    <ApplicationFrame
      facts={props.facts}
      place="delivery"
      title={own.title}
      backPath={props.backPath}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <Form>
        <Radios
          {...bound(form, 'delivery')}
          errorMessage={errorOf(form, 'delivery')}
          fieldset={{ legend: { text: own.title, isPageHeading: true, classes: 'govuk-fieldset__legend--l' } }}
          items={[
            { value: 'online', text: deliveryWords.online[locale], hint: { text: own.onlineHint } },
            { value: 'counter', text: deliveryWords.counter[locale], hint: { text: own.at(props.unitName) } },
            {
              value: 'post',
              text: deliveryWords.post[locale],
              conditional: {
                html: (
                  <Textarea
                    {...bound(form, 'address')}
                    rows={3}
                    autocomplete="street-address"
                    label={{ text: own.address }}
                    hint={{ text: own.addressHint }}
                  />
                ),
              },
            },
          ]}
        />
        <Button text={own.continue} preventDoubleClick />
      </Form>
    </ApplicationFrame>
  );
}
