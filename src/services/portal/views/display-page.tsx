import type { Display } from '../../../platform/http/display.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

const words = localWords({
  vi: {
    title: 'Cỡ chữ, màu sắc',
    lead: 'Chọn cách hiển thị dễ đọc với bạn. Lựa chọn được nhớ trên máy này; nếu đã đăng nhập thì nhớ cả trong tài khoản.',
    text: 'Cỡ chữ',
    texts: ['Bình thường', 'Lớn', 'Rất lớn'],
    colours: 'Màu sắc',
    colourNames: ['Bình thường', 'Tương phản cao: chữ đen trên nền trắng', 'Nền tối: chữ sáng trên nền tối'],
    more: 'Thêm nữa',
    spacing: 'Giãn dòng và giãn chữ',
    underline: 'Gạch chân mọi liên kết',
    still: 'Bớt chuyển động',
    save: 'Lưu',
    reset: 'Về như ban đầu',
    saved: 'Đã lưu cách hiển thị.',
    sample: 'Đoạn chữ mẫu',
    sampleText: 'Giấy khai sinh của con bạn sẽ được trả trong ngày 23/11/2026. Lệ phí: 8.000 đ.',
    back: 'Quay lại trang trước',
  },
  en: {
    title: 'Text and colours',
    lead: 'Choose what is easy to read for you. It is remembered on this device, and in your account when you are signed in.',
    text: 'Size of text',
    texts: ['Usual', 'Large', 'Very large'],
    colours: 'Colours',
    colourNames: ['Usual', 'High contrast: black on white', 'Dark: light text on a dark page'],
    more: 'More',
    spacing: 'More room between lines and letters',
    underline: 'Underline every link',
    still: 'Less motion',
    save: 'Save',
    reset: 'As it was',
    saved: 'Saved.',
    sample: 'A sample',
    sampleText: 'Your child’s birth certificate will be ready on 23/11/2026. Fee: 8,000 đ.',
    back: 'Back to the page before',
  },
});

/** The choices of display, with a sample that shows them once saved. */
export function DisplayPage(props: { display: Display; back: string; isSaved: boolean }) {
  const own = words.use();
  const { display } = props;
  const chosen = [display.spacing && 'thoang', display.underline && 'gach', display.still && 'tinh'].filter(
    (each) => each !== false,
  );
  const radios = (name: string, legend: string, names: readonly string[], value: number) => (
    <Radios
      name={name}
      idPrefix={name}
      fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--m' } }}
      value={String(value)}
      items={names.map((text, at) => ({ value: String(at), text }))}
    />
  );
  return (
    <PublicLayout title={own.title} width="narrow" noIndex backPath={props.back} backText={own.back}>
      {props.isSaved && <NotificationBanner type="success" text={own.saved} />}
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body">{own.lead}</p>
      <Form action={paths.displaySettings()}>
        <input type="hidden" name="ve" value={props.back} />
        {radios('co-chu', own.text, own.texts, display.text)}
        {radios('mau', own.colours, own.colourNames, display.colours)}
        <Checkboxes
          name="them"
          idPrefix="them"
          fieldset={{ legend: { text: own.more, classes: 'govuk-fieldset__legend--m' } }}
          values={chosen}
          items={[
            { value: 'thoang', text: own.spacing },
            { value: 'gach', text: own.underline },
            { value: 'tinh', text: own.still },
          ]}
        />
        <div class="govuk-inset-text">
          <strong>{own.sample}</strong>
          <br />
          {own.sampleText}
        </div>
        <div class="govuk-button-group">
          <Button name="_do" value="save" text={own.save} />
          <Button name="_do" value="reset" text={own.reset} classes="govuk-button--secondary" />
        </div>
      </Form>
    </PublicLayout>
  );
}
