import { CsrfField, Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { PasswordInput } from '../../../ui/govuk/password-input.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import type { CarriedPost } from '../carried-post.ts';

const words = localWords({
  vi: {
    title: 'Màn hình đang khóa',
    why: 'Đã lâu không có thao tác nên màn hình được khóa để bảo vệ dữ liệu. Nhập mật khẩu để quay lại đúng trang đang làm; nội dung đang soạn vẫn còn.',
    password: 'Mật khẩu của',
    send: 'Mở khóa',
    other: 'Không phải bạn? Đăng xuất',
    wrong: 'Mật khẩu chưa đúng, hoặc tài khoản đang tạm khóa.',
    problem: 'Chưa mở khóa được',
    carried: 'Nội dung bạn vừa gửi chưa được lưu nhưng vẫn được giữ. Sau khi mở khóa, bạn bấm một nút để gửi lại.',
    files: 'Tệp đính kèm không giữ được qua màn hình khóa; bạn sẽ cần chọn lại tệp.',
    tooLong: 'Nội dung bạn vừa gửi quá dài nên không giữ được và chưa được lưu. Sau khi mở khóa, hãy nhập lại.',
    repeatTitle: 'Gửi lại nội dung vừa soạn',
    repeatText: 'Màn hình bị khóa đúng lúc bạn gửi nên nội dung chưa được lưu. Bấm “Gửi lại” để lưu như bạn đã soạn.',
    repeatProof:
      'Đã xác minh xong. Nội dung bạn gửi lúc nãy chưa được lưu: bấm “Gửi lại” để thực hiện như bạn đã soạn.',
    repeatFiles: (names: string): string =>
      `Không giữ được tệp: ${names}. Sau khi gửi lại, hãy chọn lại tệp nếu trang yêu cầu.`,
    repeat: 'Gửi lại',
    discard: 'Không gửi, quay về trang trước',
    signOutTitle: 'Đăng xuất',
    signOutText: 'Bạn sẽ được đăng xuất khỏi cổng dịch vụ công và bàn làm việc trên trình duyệt này.',
  },
  en: {
    title: 'The screen is locked',
    why: 'Nothing was done for a while, so the screen was locked to protect the data. Enter your password to return to the page you were on; what you were writing is kept.',
    password: 'Password of',
    send: 'Unlock',
    other: 'Not you? Sign out',
    wrong: 'The password is not right, or the account is locked for a while.',
    problem: 'Not unlocked',
    carried: 'What you have just sent is not saved yet, but it is kept. After unlocking, one button sends it again.',
    files: 'Attached files cannot be kept through a locked screen; you will have to choose them again.',
    tooLong: 'What you have just sent is too long to be kept, and it is not saved. After unlocking, enter it again.',
    repeatTitle: 'Send again what you have just written',
    repeatText:
      'The screen was locked just when you sent it, so nothing is saved yet. “Send again” saves it as you wrote it.',
    repeatProof:
      'You have proven who you are. What you sent before is not saved yet: press “Send again” to do it as you wrote it.',
    repeatFiles: (names: string): string =>
      `Not kept: ${names}. After sending again, choose the files anew where the page asks for them.`,
    repeat: 'Send again',
    discard: 'Do not send, go back',
    signOutTitle: 'Sign out',
    signOutText: 'You will be signed out of the portal and the workspace in this browser.',
  },
});

/** Asks the password again and leads back to where the person was. */
export function UnlockPage(props: {
  name: string;
  returnTo: string;
  hasError?: boolean;
  /** A form that the lock has stopped, sealed. */
  carried?: { sealed: string; hasFiles: boolean } | null;
  /** A form was stopped and cannot be kept. */
  isTooLong?: boolean;
}) {
  const w = words.use();
  return (
    <PublicLayout title={w.title} width="narrow" noIndex isQuiet hasErrors={props.hasError}>
      {props.hasError && <ErrorSummary titleText={w.problem} errorList={[{ text: w.wrong, href: '#password' }]} />}
      <h1 class="govuk-heading-l">{w.title}</h1>
      <p class="govuk-body">{w.why}</p>
      {props.carried && <InsetText>{`${w.carried}${props.carried.hasFiles ? ` ${w.files}` : ''}`}</InsetText>}
      {props.isTooLong && <WarningText text={w.tooLong} iconFallbackText="!" />}
      <Form action={paths.unlock()} attributes={{ 'data-turbo': 'false' }}>
        <input type="hidden" name="ve" value={props.returnTo} />
        {props.carried && <input type="hidden" name="carried" value={props.carried.sealed} />}
        <PasswordInput
          name="password"
          label={{ text: `${w.password} ${props.name}`, classes: 'govuk-label--s' }}
          errorMessage={props.hasError ? { text: w.wrong } : undefined}
          autocomplete="current-password"
        />
        <Button text={w.send} />
      </Form>
      <Form action={paths.signOut()} attributes={{ 'data-turbo': 'false' }}>
        <Button text={w.other} classes="govuk-button--secondary" />
      </Form>
    </PublicLayout>
  );
}

/** After unlocking: what was stopped, ready to be sent again by one button. */
export function RepeatPage(props: { post: CarriedPost; returnTo: string; isProof?: boolean }) {
  const w = words.use();
  const { post } = props;
  return (
    <PublicLayout title={w.repeatTitle} width="narrow" noIndex isQuiet>
      <h1 class="govuk-heading-l">{w.repeatTitle}</h1>
      <p class="govuk-body">{props.isProof ? w.repeatProof : w.repeatText}</p>
      {post.files.length > 0 && <WarningText text={w.repeatFiles(post.files.join(', '))} iconFallbackText="!" />}
      {/* The address is complete: it carries its language already. */}
      <form method="post" action={post.action} novalidate data-turbo="false">
        <CsrfField />
        {post.fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="govuk-button-group">
          <Button text={w.repeat} preventDoubleClick />
          <a class="govuk-link" href={props.returnTo}>
            {w.discard}
          </a>
        </div>
      </form>
    </PublicLayout>
  );
}

/** Asked for by address: signing out itself is a form, so that no link or picture can do it. */
export function SignOutPage() {
  const w = words.use();
  return (
    <PublicLayout title={w.signOutTitle} width="narrow" noIndex>
      <h1 class="govuk-heading-l">{w.signOutTitle}</h1>
      <p class="govuk-body">{w.signOutText}</p>
      <Form action={paths.signOut()} attributes={{ 'data-turbo': 'false' }}>
        <Button text={w.signOutTitle} />
      </Form>
    </PublicLayout>
  );
}
