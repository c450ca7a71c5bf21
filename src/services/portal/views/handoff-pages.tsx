import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { QrCode } from '../../../ui/components/qr-code.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { ApplicationFrame, type ApplicationFacts } from './application-frame.tsx';

export const handoffWords = localWords({
  vi: {
    title: 'Làm tiếp trên máy khác',
    account: 'Cách dễ nhất: đăng nhập cùng tài khoản này trên máy kia, mở mục Bản đang soạn.',
    orLink: 'Hoặc quét mã để mở đúng tờ khai này trên điện thoại.',
    make: 'Hiện mã để quét',
    again: 'Tạo mã mới',
    scan: 'Quét bằng máy ảnh của điện thoại',
    link: 'Liên kết',
    until: 'Dùng được đến',
    qr: 'Mã QR mở tờ khai này trên điện thoại',
    signIn: 'Trên điện thoại, bạn đăng nhập bằng chính tài khoản này rồi làm tiếp từ chỗ đang dừng.',
    takeTitle: 'Nhận tờ khai đang điền dở',
    takeIntro:
      'Cán bộ đã bắt đầu tờ khai này cùng bạn tại quầy. Nhập mã cán bộ đưa để tờ khai chuyển vào tài khoản của bạn.',
    code: 'Mã nhận tờ khai',
    codeHint: '6 ký tự in cùng mã QR.',
    take: 'Nhận và làm tiếp',
    codeMissing: 'Nhập mã nhận tờ khai',
    codeWrong: 'Mã chưa đúng. Sai năm lần thì liên kết hết dùng được',
    filesStay: 'Tệp đã chụp tại quầy không chuyển theo; bạn tải lên lại khi cần.',
  },
  en: {
    title: 'Go on with another device',
    account: 'The easiest way: sign in with this account on the other device and look under Drafts.',
    orLink: 'Or scan a code that opens this very form on your phone.',
    make: 'Show a code to scan',
    again: 'Make a new code',
    scan: 'Scan it with the camera of your phone',
    link: 'Link',
    until: 'Works until',
    qr: 'QR code that opens this form on a phone',
    signIn: 'On the phone, sign in with this same account and go on where you stopped.',
    takeTitle: 'Take over a form begun at the counter',
    takeIntro: 'An official began this form with you. Enter the code they gave you and it moves into your account.',
    code: 'Code',
    codeHint: '6 characters, printed beside the QR code.',
    take: 'Take it over and go on',
    codeMissing: 'Enter the code',
    codeWrong: 'The code is not right. After five wrong ones the link stops working',
    filesStay: 'Files scanned at the counter do not come along; upload them again where they are asked.',
  },
});

/** On the first device: how to go on with another. */
export function OtherDevicePage(props: {
  facts: ApplicationFacts;
  backPath: string;
  ticket: { link: string; code: string; expiresAt: Date } | null;
}) {
  const own = handoffWords.use();
  const locale = useLocale();
  const { facts, ticket } = props;
  return (
    <ApplicationFrame facts={facts} place="device" title={own.title} backPath={props.backPath}>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body">{own.account}</p>
      {ticket ? (
        <>
          <p class="govuk-body">{own.scan}</p>
          <QrCode text={ticket.link} label={own.qr} size={220} />
          <SummaryList
            rows={[
              { key: { text: own.link }, value: { html: <span class="sen-long-link">{ticket.link}</span> } },
              { key: { text: own.until }, value: { text: formatDateTime(ticket.expiresAt, locale) } },
            ]}
          />
          <p class="govuk-body">{own.signIn}</p>
        </>
      ) : (
        <p class="govuk-body">{own.orLink}</p>
      )}
      <Form action={paths.applicationHandoff({ draftId: facts.id })}>
        <Button
          text={ticket ? own.again : own.make}
          classes={ticket ? 'govuk-button--secondary' : undefined}
          preventDoubleClick
        />
      </Form>
    </ApplicationFrame>
  );
}

/** On the second device: the code that came with the link. */
export function TakeOverPage(props: { token: string; title: { vi: string; en: string }; form: FormState }) {
  const own = handoffWords.use();
  const locale = useLocale();
  const { idPrefix: _prefix, ...code } = bound(props.form, 'code');
  return (
    <PublicLayout title={own.takeTitle} isQuiet noIndex hasErrors={Object.keys(props.form.errors).length > 0}>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <ErrorSummaryFor form={props.form} />
          <h1 class="govuk-heading-l">{own.takeTitle}</h1>
          <p class="govuk-body-l">{props.title[locale]}</p>
          <p class="govuk-body">{own.takeIntro}</p>
          <Form action={paths.handoff({ token: props.token })}>
            <Input
              {...code}
              label={{ text: own.code }}
              hint={{ text: own.codeHint }}
              classes="govuk-input--width-10"
              autocomplete="one-time-code"
              spellcheck={false}
            />
            <Button text={own.take} preventDoubleClick />
          </Form>
          <p class="govuk-body">{own.filesStay}</p>
        </div>
      </div>
    </PublicLayout>
  );
}
