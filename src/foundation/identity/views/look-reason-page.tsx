import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

const words = localWords({
  vi: {
    title: 'Xem tài khoản của người dân',
    text: 'Trang này chứa thông tin cá nhân. Lý do bạn ghi được lưu lại, và chủ tài khoản xem được ai đã mở, lúc nào, để làm gì.',
    reason: 'Bạn xem để làm gì?',
    hint: 'Ví dụ: Người dân gọi báo quên mật khẩu, phiếu số 12',
    open: 'Mở tài khoản',
    needed: 'Ghi lý do xem tài khoản này',
    problem: 'Chưa mở được',
  },
  en: {
    title: 'Look at a person’s account',
    text: 'This page holds personal data. Your reason is recorded, and the owner can see who opened it, when and why.',
    reason: 'What do you need it for?',
    hint: 'For example: the person has called about a lost password, ticket 12',
    open: 'Open the account',
    needed: 'Write why you look at this account',
    problem: 'It was not opened',
  },
});

/** Asks for the reason before a person's account is shown; nothing of the account is on the page. */
export function LookReasonPage(props: { account: { id: string }; isWrong: boolean }) {
  const w = words.use();
  return (
    <WorkspaceLayout title={w.title} backPath={paths.adminAccounts()} hasErrors={props.isWrong}>
      {props.isWrong && <ErrorSummary titleText={w.problem} errorList={[{ text: w.needed, href: '#ly-do' }]} />}
      <p class="govuk-body">{w.text}</p>
      <Form method="get" action={paths.adminAccount({ id: props.account.id })}>
        <Input
          name="ly-do"
          id="ly-do"
          label={{ text: w.reason, classes: 'govuk-label--s' }}
          hint={{ text: w.hint }}
          errorMessage={props.isWrong ? { text: w.needed } : undefined}
          attributes={{ maxlength: '200' }}
        />
        <Button text={w.open} type="submit" />
      </Form>
    </WorkspaceLayout>
  );
}
