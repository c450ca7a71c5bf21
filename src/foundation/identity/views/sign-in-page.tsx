import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { PasswordInput } from '../../../ui/govuk/password-input.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { ClientId } from '../account.ts';
import { PasskeyForm } from './passkey-button.tsx';
import { errorOf, FormPage, type FieldErrors } from './form-page.tsx';

const words = localWords({
  vi: {
    portal: 'Đăng nhập',
    workspace: 'Đăng nhập dành cho cán bộ, công chức',
    login: 'Số định danh cá nhân, số điện thoại, email hoặc mã số thuế',
    loginHint: 'Nhập một trong các thông tin bạn đã dùng khi đăng ký.',
    userName: 'Tên đăng nhập',
    password: 'Mật khẩu',
    send: 'Đăng nhập',
    passkey: 'Đăng nhập bằng khóa truy cập',
    forgotten: 'Quên mật khẩu?',
    register: 'Chưa có tài khoản? Đăng ký',
    wrong:
      'Thông tin đăng nhập chưa đúng, hoặc tài khoản đang tạm khóa. Sau 5 lần nhập sai, tài khoản tạm khóa ít nhất 15 phút.',
    needLogin: 'Hãy nhập tên đăng nhập',
    needPassword: 'Hãy nhập mật khẩu',
    lost: 'Lần đăng nhập này không tiếp tục được',
    lostText: 'Lần đăng nhập đã hết hạn hoặc đã dùng rồi. Chưa có gì bị mất: hãy đăng nhập lại từ đầu.',
    again: 'Đăng nhập lại',
    national: 'Đăng nhập bằng VNeID',
    nationalText: 'Tài khoản định danh điện tử của bạn. Không cần đăng ký thêm.',
    or: 'Hoặc dùng tài khoản ở Cổng',
    officials: 'Dành cho cán bộ, công chức, viên chức',
    onlyNational: 'Công dân và doanh nghiệp đăng nhập bằng VNeID. Mật khẩu ở Cổng không còn dùng được.',
  },
  en: {
    portal: 'Sign in',
    workspace: 'Sign in for officials',
    login: 'Identity number, phone, e-mail or tax code',
    loginHint: 'Any one of those you registered with.',
    userName: 'User name',
    password: 'Password',
    send: 'Sign in',
    passkey: 'Sign in with a passkey',
    forgotten: 'Forgotten your password?',
    register: 'No account yet? Register',
    wrong:
      'These details are not right, or the account is locked for a while. After 5 wrong tries it is locked for at least 15 minutes.',
    needLogin: 'Enter your login name',
    needPassword: 'Enter your password',
    lost: 'This sign-in cannot go on',
    lostText: 'It has expired or was used already. Nothing is lost: start again.',
    again: 'Sign in again',
    national: 'Sign in with VNeID',
    nationalText: 'Your national electronic identity. Nothing more to register.',
    or: 'Or use an account of the portal',
    officials: 'For officials',
    onlyNational: 'Citizens and businesses sign in with VNeID. Passwords of the portal no longer work.',
  },
});
export const signInWords = words;

/** Whether the national identity provider is one way in, the only one for people, or none. */
export type NationalWay = 'none' | 'offered' | 'only';

/** One page for everybody: citizens and businesses on the portal, officials in the workspace. */
export function SignInPage(props: {
  uid: string;
  client: ClientId;
  /** What any passkey of this site may answer. */
  passkeyOptions: object;
  login?: string;
  errors?: FieldErrors;
  national?: NationalWay;
}) {
  const w = words.use();
  const isWorkspace = props.client === 'workspace';
  const national = isWorkspace ? 'none' : (props.national ?? 'none');
  return (
    <FormPage title={isWorkspace ? w.workspace : w.portal} errors={props.errors} isQuiet>
      {national !== 'none' && (
        <>
          <Button text={w.national} href={paths.signInNational({ buoc: props.uid })} />
          <p class="govuk-hint">{w.nationalText}</p>
          <h2 class="govuk-heading-m">{national === 'only' ? w.officials : w.or}</h2>
        </>
      )}
      <Form action={paths.signInStep({ uid: props.uid })} attributes={{ 'data-turbo': 'false' }}>
        <Input
          name="login"
          label={{ text: isWorkspace ? w.userName : w.login, classes: 'govuk-label--s' }}
          hint={isWorkspace ? undefined : { text: w.loginHint }}
          value={props.login}
          errorMessage={errorOf(props.errors, 'login')}
          autocomplete="username webauthn"
          autocapitalize="none"
          spellcheck={false}
        />
        <PasswordInput
          name="password"
          label={{ text: w.password, classes: 'govuk-label--s' }}
          errorMessage={errorOf(props.errors, 'password')}
          autocomplete="current-password"
        />
        <Button text={w.send} />
      </Form>
      <PasskeyForm
        action={paths.signInPasskey({ uid: props.uid })}
        kind="get"
        label={w.passkey}
        options={props.passkeyOptions}
        isConditional
        isSecondary
      />
      <p class="govuk-body">
        <Link to={paths.forgottenPassword()}>{w.forgotten}</Link>
      </p>
      {!isWorkspace && national !== 'only' && (
        <p class="govuk-body">
          <Link to={paths.register()}>{w.register}</Link>
        </p>
      )}
    </FormPage>
  );
}

/** When the flow was lost on the way: expired, used twice, or started in another browser. */
export function SignInLostPage() {
  const w = words.use();
  return (
    <FormPage title={w.lost}>
      <p class="govuk-body">{w.lostText}</p>
      <Button text={w.again} href={paths.signIn()} />
    </FormPage>
  );
}
