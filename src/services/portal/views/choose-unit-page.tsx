import { useLocale } from '../../../platform/http/page-context.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { UnitOption } from '../unit-choice.ts';

export const chooseUnitWords = localWords({
  vi: {
    title: 'Nơi tiếp nhận hồ sơ',
    one: 'Hồ sơ của bạn gửi đến:',
    which: 'Bạn nộp ở đâu?',
    where: 'Bạn ở xã, phường nào?',
    whereHint: 'Gõ tên xã, phường, cả tên cũ trước 1/7/2025 cũng được. Không cần dấu.',
    find: 'Tìm',
    choose: 'Chọn nơi tiếp nhận',
    formerly: (names: string): string => `gồm ${names} cũ`,
    none: 'Không thấy nơi nào có tên như vậy',
    noneText: 'Thử gõ riêng tên, ví dụ “Hưng Dũng” hoặc “Trường Vinh”.',
    start: 'Bắt đầu điền tờ khai',
    prepare: 'Bạn điền khoảng 10 phút. Có thể dừng giữa chừng, nội dung được lưu 30 ngày.',
    open: 'Bạn đang soạn dở thủ tục này',
    continue: (day: string): string => `Tiếp tục bản soạn ngày ${day}`,
    back: 'Quay lại',
    errors: 'Chưa bắt đầu được',
    forWhom: 'Bạn nộp cho ai?',
    myself: 'Cho tôi',
    behalf: (name: string): string => `Thay ${name}`,
  },
  en: {
    title: 'Where to hand it in',
    one: 'Your application goes to:',
    which: 'Where do you apply?',
    where: 'Which commune or ward do you live in?',
    whereHint: 'Type its name; names from before 1 July 2025 work too, and marks are not needed.',
    find: 'Find',
    choose: 'Choose where to apply',
    formerly: (names: string): string => `includes the former ${names}`,
    none: 'No place has a name like that',
    noneText: 'Try the bare name, such as “Hung Dung” or “Truong Vinh”.',
    start: 'Start the form',
    prepare: 'It takes about 10 minutes. You can stop at any time; what you entered is kept for 30 days.',
    open: 'You have already begun this one',
    continue: (day: string): string => `Continue the draft of ${day}`,
    back: 'Back',
    errors: 'It could not be started',
    forWhom: 'Whom is it for?',
    myself: 'For me',
    behalf: (name: string): string => `For ${name}`,
  },
});

/** Choosing who receives the application; one offer is no choice. */
export function ChooseUnitPage(props: {
  code: string;
  procedureName: { vi: string; en?: string | undefined };
  options: readonly UnitOption[];
  asksWhere: boolean;
  query: string;
  chosen: string | null;
  open: readonly { id: string; createdAt: Date }[];
  error: string | null;
  /** People for whom the person may hand this in, and the one chosen. */
  mandates: readonly { id: string; name: string }[];
  behalf: string;
}) {
  const own = chooseUnitWords.use();
  const locale = useLocale();
  const name = (locale === 'en' && props.procedureName.en) || props.procedureName.vi;
  const nameOf = (unit: UnitOption) => (locale === 'en' ? unit.nameEn : unit.nameVi);
  const [only] = props.options.length === 1 ? props.options : [];
  return (
    <PublicLayout
      title={own.title}
      subtitle={name}
      isQuiet
      noIndex
      width="narrow"
      backPath={paths.procedure({ code: props.code })}
      backText={own.back}
      hasErrors={props.error !== null}
    >
      {props.error && (
        <ErrorSummary
          titleText={own.errors}
          errorList={[{ text: props.error, href: only ? '#offer' : props.options.length > 0 ? '#offer' : '#where' }]}
        />
      )}
      <span class="govuk-caption-l">{name}</span>
      <h1 class="govuk-heading-l">{own.title}</h1>
      {props.open.length > 0 && (
        <InsetText>
          <strong>{own.open}.</strong>
          {props.open.map((draft) => (
            <>
              <br />
              <Link to={paths.application({ draftId: draft.id })}>{own.continue(formatDate(draft.createdAt))}</Link>
            </>
          ))}
        </InsetText>
      )}
      {props.asksWhere && (
        <Form
          method="get"
          action={paths.startApplication({ code: props.code })}
          role="search"
          class="sen-inline-search"
        >
          <Input
            id="where"
            name="noi"
            value={props.query}
            label={{ text: own.where, classes: 'govuk-label--m' }}
            hint={{ text: own.whereHint }}
            autocomplete="address-level3"
            attributes={{ maxlength: '100' }}
          />
          <Button text={own.find} type="submit" classes="govuk-button--secondary" />
        </Form>
      )}
      {props.options.length > 0 && (
        <Form action={paths.startApplication({ code: props.code })}>
          {props.query && <input type="hidden" name="noi" value={props.query} />}
          {props.mandates.length > 0 && (
            <Radios
              idPrefix="thay"
              name="thay"
              value={props.behalf}
              fieldset={{ legend: { text: own.forWhom, classes: 'govuk-fieldset__legend--m' } }}
              items={[
                { value: '', text: own.myself },
                ...props.mandates.map((one) => ({ value: one.id, text: own.behalf(one.name) })),
              ]}
            />
          )}
          {only ? (
            <div id="offer" tabIndex={-1}>
              <p class="govuk-body">{own.one}</p>
              <InsetText>
                <strong>{nameOf(only)}</strong>
                {only.formerNames.length > 0 && (
                  <>
                    <br />
                    {own.formerly(only.formerNames.join(', '))}
                  </>
                )}
                {only.address && (
                  <>
                    <br />
                    {only.address}
                  </>
                )}
              </InsetText>
              <input type="hidden" name="offer" value={only.offerId} />
            </div>
          ) : (
            <Radios
              idPrefix="offer"
              name="offer"
              value={props.chosen}
              fieldset={{ legend: { text: own.which, classes: 'govuk-fieldset__legend--m' } }}
              errorMessage={props.error ? { text: props.error } : undefined}
              items={props.options.map((unit) => ({
                value: unit.offerId,
                text: nameOf(unit),
                ...(unit.formerNames.length > 0 || unit.address
                  ? {
                      hint: {
                        text: [
                          unit.formerNames.length > 0 ? own.formerly(unit.formerNames.join(', ')) : null,
                          unit.address,
                        ]
                          .filter(Boolean)
                          .join(' · '),
                      },
                    }
                  : {}),
              }))}
            />
          )}
          <Button text={own.start} isStartButton preventDoubleClick />
          <p class="govuk-body sen-soft">{own.prepare}</p>
        </Form>
      )}
      {props.options.length === 0 && props.query !== '' && <EmptyState heading={own.none} text={own.noneText} />}
    </PublicLayout>
  );
}
