import { useLocale } from '../../../platform/http/page-context.ts';
import { QrCode } from '../../../ui/components/qr-code.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

const words = localWords({
  vi: {
    title: 'Đưa tờ khai cho người dân làm tiếp',
    intro:
      'Người dân quét mã, đăng nhập tài khoản của mình và nhập mã nhận. Nội dung đã điền chuyển vào tài khoản của họ; bản ở quầy vẫn còn bảy ngày.',
    make: 'Tạo mã',
    again: 'Tạo mã mới',
    code: 'Mã nhận tờ khai',
    link: 'Liên kết',
    until: 'Dùng được đến',
    qr: 'Mã QR mở tờ khai trên điện thoại',
    print: 'In trang này để đưa cho người dân. Mã chỉ hiện một lần.',
  },
  en: {
    title: 'Hand the form to the person',
    intro:
      'They scan it, sign in with their own account and enter the code. What was filled in moves into their account; the counter keeps its copy for seven days.',
    make: 'Make a code',
    again: 'Make a new code',
    code: 'Code',
    link: 'Link',
    until: 'Works until',
    qr: 'QR code that opens the form on a phone',
    print: 'Print this page for the person. The code is shown once.',
  },
});

/** Link, QR code and code for somebody who goes on at home. */
export function HandoffPage(props: {
  intakeId: string;
  name: string;
  ticket: { link: string; code: string; expiresAt: Date } | null;
}) {
  const own = words.use();
  const locale = useLocale();
  const { ticket } = props;
  return (
    <WorkspaceLayout title={own.title} caption={props.name} backPath={paths.counterForm({ intakeId: props.intakeId })}>
      <p class="govuk-body">{own.intro}</p>
      {ticket && (
        <>
          <QrCode text={ticket.link} label={own.qr} size={220} />
          <SummaryList
            rows={[
              { key: { text: own.code }, value: { html: <strong class="sen-big-code">{ticket.code}</strong> } },
              { key: { text: own.link }, value: { html: <span class="sen-long-link">{ticket.link}</span> } },
              { key: { text: own.until }, value: { text: formatDateTime(ticket.expiresAt, locale) } },
            ]}
          />
          <p class="govuk-body">{own.print}</p>
        </>
      )}
      {/* The code is told once, by the answer itself: a page and no redirect, which Turbo would not show. */}
      <Form action={paths.counterHandoff({ intakeId: props.intakeId })} attributes={{ 'data-turbo': 'false' }}>
        <Button text={ticket ? own.again : own.make} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}
