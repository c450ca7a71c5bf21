import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { PasswordInput } from '../../../ui/govuk/password-input.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';

const words = localWords({
  vi: {
    title: 'Màn hình đang khóa',
    why: 'Đã lâu không có thao tác nên màn hình được khóa để bảo vệ dữ liệu. Nhập mật khẩu để quay lại đúng trang đang làm; nội dung đang soạn vẫn còn.',
    password: 'Mật khẩu của',
    send: 'Mở khóa',
    other: 'Không phải bạn? Đăng xuất',
    wrong: 'Mật khẩu chưa đúng, hoặc tài khoản đang tạm khóa.',
    problem: 'Chưa mở khóa được',
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
    signOutTitle: 'Sign out',
    signOutText: 'You will be signed out of the portal and the workspace in this browser.',
  },
});
export const unlockWords = words;

/** Asks the password again and leads back to where the person was. */
export function UnlockPage(props: { name: string; returnTo: string; hasError?: boolean }) {
  const w = words.use();
  return (
    <PublicLayout title={w.title} width="narrow" noIndex isQuiet hasErrors={props.hasError}>
      {props.hasError && <ErrorSummary titleText={w.problem} errorList={[{ text: w.wrong, href: '#password' }]} />}
      <h1 class="govuk-heading-l">{w.title}</h1>
      <p class="govuk-body">{w.why}</p>
      <Form action={paths.unlock()} attributes={{ 'data-turbo': 'false' }}>
        <input type="hidden" name="ve" value={props.returnTo} />
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
