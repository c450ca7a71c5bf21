import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { PasswordInput } from '../../../ui/govuk/password-input.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { errorOf, FormPage, type FieldErrors } from './form-page.tsx';
import { CodePage, NewPasswordFields } from './registration-pages.tsx';

const words = localWords({
  vi: {
    forgotten: 'Quên mật khẩu',
    text: 'Nhập số định danh, số điện thoại, email hoặc mã số thuế của tài khoản. Nếu có tài khoản, mã xác minh sẽ được gửi đến số điện thoại hoặc email đã đăng ký.',
    official: 'Cán bộ, công chức: hãy liên hệ quản trị viên của đơn vị để nhận liên kết đặt lại mật khẩu.',
    login: 'Thông tin đăng nhập',
    needLogin: 'Hãy nhập thông tin đăng nhập',
    send: 'Gửi mã xác minh',
    newPassword: 'Mật khẩu mới',
    set: 'Đặt mật khẩu',
    setTitle: 'Đặt mật khẩu mới',
    setText: 'Sau khi đặt, mọi phiên đăng nhập cũ đều kết thúc.',
    officialHint:
      'Ít nhất 14 ký tự, có chữ thường, chữ hoa, chữ số và ký hiệu (8 ký tự khi đã bật xác minh hai bước); không dùng lại 10 mật khẩu gần nhất.',
    done: 'Đã đặt mật khẩu mới',
    doneText: 'Mọi phiên đăng nhập cũ đã kết thúc. Hãy đăng nhập bằng mật khẩu mới.',
    signIn: 'Đăng nhập',
    change: 'Đổi mật khẩu',
    current: 'Mật khẩu hiện tại',
    currentWrong: 'Mật khẩu hiện tại chưa đúng',
  },
  en: {
    forgotten: 'Forgotten password',
    text: 'Enter the identity number, phone, e-mail or tax code of the account. If there is one, a code is sent to its registered phone or e-mail.',
    official: 'Officials: ask the administrator of your unit for a link.',
    login: 'Login name',
    needLogin: 'Enter your login name',
    send: 'Send the code',
    newPassword: 'New password',
    set: 'Set the password',
    setTitle: 'Set a new password',
    setText: 'All earlier sessions end then.',
    officialHint:
      'At least 14 characters with small and capital letters, digits and signs (8 characters once you have a second factor); none of the last 10.',
    done: 'The new password is set',
    doneText: 'All earlier sessions have ended. Sign in with the new password.',
    signIn: 'Sign in',
    change: 'Change password',
    current: 'Current password',
    currentWrong: 'The current password is not right',
  },
});
export const passwordWords = words;

export function ForgottenPage(props: { login?: string; errors?: FieldErrors }) {
  const w = words.use();
  return (
    <FormPage title={w.forgotten} errors={props.errors} isQuiet backPath={paths.signIn()}>
      <p class="govuk-body">{w.text}</p>
      <Form action={paths.forgottenPassword()}>
        <Input
          name="login"
          label={{ text: w.login, classes: 'govuk-label--s' }}
          value={props.login}
          errorMessage={errorOf(props.errors, 'login')}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
        />
        <Button text={w.send} />
      </Form>
      <p class="govuk-hint">{w.official}</p>
    </FormPage>
  );
}

/** Code and new password on one page: the code is worth nothing without a password to set. */
export function ResetPage(props: { id: string; fault?: string; errors?: FieldErrors }) {
  const w = words.use();
  return (
    <CodePage
      id={props.id}
      action={paths.resetPasswordByCode()}
      againPath={paths.forgottenPassword()}
      {...(props.fault === undefined ? {} : { fault: props.fault })}
      {...(props.errors === undefined ? {} : { errors: props.errors })}
    >
      <NewPasswordFields label={w.newPassword} errors={props.errors} />
    </CodePage>
  );
}

export function SetPasswordPage(props: { token: string; isOfficial: boolean; errors?: FieldErrors }) {
  const w = words.use();
  return (
    <FormPage title={w.setTitle} errors={props.errors} isQuiet>
      <p class="govuk-body">{w.setText}</p>
      <Form action={paths.resetPassword({ token: props.token })}>
        <NewPasswordFields
          label={w.newPassword}
          {...(props.isOfficial ? { hint: w.officialHint } : {})}
          errors={props.errors}
        />
        <Button text={w.set} />
      </Form>
    </FormPage>
  );
}

export function PasswordDonePage() {
  const w = words.use();
  return (
    <FormPage title={w.done}>
      <p class="govuk-body">{w.doneText}</p>
      <Button text={w.signIn} href={paths.signIn()} />
    </FormPage>
  );
}

export function ChangePasswordPage(props: { isOfficial: boolean; returnTo: string; errors?: FieldErrors }) {
  const w = words.use();
  return (
    <FormPage title={w.change} errors={props.errors} backPath={paths.account()}>
      <p class="govuk-body">{w.setText}</p>
      <Form action={paths.accountPassword()}>
        <input type="hidden" name="ve" value={props.returnTo} />
        <PasswordInput
          name="current"
          label={{ text: w.current, classes: 'govuk-label--s' }}
          errorMessage={errorOf(props.errors, 'current')}
          autocomplete="current-password"
        />
        <NewPasswordFields
          label={w.newPassword}
          {...(props.isOfficial ? { hint: w.officialHint } : {})}
          errors={props.errors}
        />
        <Button text={w.change} />
      </Form>
    </FormPage>
  );
}
