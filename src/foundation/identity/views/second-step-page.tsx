import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { PasswordInput } from '../../../ui/govuk/password-input.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { errorOf, FormPage, type FieldErrors } from './form-page.tsx';
import { PasskeyForm } from './passkey-button.tsx';

const words = localWords({
  vi: {
    second: 'Xác minh bước hai',
    secondText: 'Mật khẩu đã đúng. Để chắc chắn đó là bạn, hãy xác minh thêm một bước.',
    stepUp: 'Xác minh lại danh tính',
    stepUpText: (act: string): string => `Việc sắp làm cần chắc chắn hơn về danh tính của bạn: ${act}.`,
    stepUpPlain: 'Việc sắp làm cần chắc chắn hơn về danh tính của bạn.',
    passkey: 'Dùng khóa truy cập',
    passkeyTitle: 'Bằng khóa truy cập',
    codeTitle: 'Bằng mã',
    code: 'Mã 6 chữ số trong ứng dụng tạo mã, hoặc một mã khôi phục',
    codeHint: 'Mã trong ứng dụng đổi sau mỗi 30 giây. Mã khôi phục có dạng 7KQ2-M9XD-4HTB, mỗi mã dùng một lần.',
    recoveryOnly: 'Một mã khôi phục',
    send: 'Xác minh',
    wrong: 'Mã chưa đúng, đã dùng rồi hoặc đã hết hạn. Sau 5 lần nhập sai, việc nhập mã tạm khóa ít nhất 15 phút.',
    wrongPasskey: 'Khóa truy cập này không xác minh được. Hãy thử lại hoặc dùng cách khác.',
    needCode: 'Hãy nhập mã',
    lost: 'Không còn thiết bị hoặc mã?',
    password: 'Mật khẩu của bạn',
    wrongPassword: 'Mật khẩu chưa đúng, hoặc tài khoản đang tạm khóa.',
    carried: 'Nội dung bạn vừa gửi chưa được lưu nhưng vẫn được giữ. Sau khi xác minh, bạn bấm một nút để gửi lại.',
    files: 'Tệp đính kèm không giữ được qua bước này; bạn sẽ cần chọn lại tệp.',
    tooLong: 'Nội dung bạn vừa gửi quá dài nên không giữ được và chưa được lưu. Sau khi xác minh, hãy nhập lại.',
    cancel: 'Không làm nữa, quay về trang trước',
    national: 'Việc này cần đăng nhập bằng tài khoản định danh điện tử quốc gia (mức 3).',
    signIn: 'Đăng nhập lại',
    enrol: 'Cần thiết lập xác minh hai bước',
    enrolText:
      'Tài khoản của bạn phải có bước xác minh thứ hai trước khi làm tiếp: quản trị viên luôn phải có, cán bộ phải có khi truy cập từ ngoài mạng của tỉnh hoặc khi việc đang làm yêu cầu.',
    enrolHow:
      'Việc thiết lập mất khoảng hai phút. Bạn cần điện thoại có ứng dụng tạo mã, hoặc một thiết bị có khóa truy cập.',
    addPasskey: 'Thêm khóa truy cập',
    addApp: 'Thêm ứng dụng tạo mã',
    help: 'Khi không còn thiết bị xác minh',
    helpText: 'Bạn vẫn vào lại được tài khoản bằng một trong ba cách, theo thứ tự từ nhanh đến chậm:',
    way1: 'Mã khôi phục',
    way1Text: 'Nhập một trong các mã đã in hoặc ghi lại khi thiết lập, vào đúng ô nhập mã. Mỗi mã dùng một lần.',
    way2: 'Đến quầy một cửa',
    way2Text:
      'Mang thẻ căn cước đến bất kỳ bộ phận một cửa nào trong tỉnh. Cán bộ đối chiếu giấy tờ và gỡ thiết bị đã mất; bạn đăng nhập lại bằng mật khẩu. Cách này dành cho công dân và người đại diện doanh nghiệp.',
    way3: 'Quản trị viên',
    way3Text:
      'Cán bộ, công chức báo cho quản trị viên. Hai quản trị viên cùng đồng ý và sau thời gian chờ, thiết bị đã mất được gỡ. Mỗi bước đều có tin báo cho bạn; nếu không phải bạn yêu cầu, bạn dừng được ngay.',
    backToSignIn: 'Quay lại đăng nhập',
  },
  en: {
    second: 'Second step',
    secondText: 'The password is right. One more step, to be sure that it is you.',
    stepUp: 'Prove who you are again',
    stepUpText: (act: string): string => `What you are about to do needs more certainty of who you are: ${act}.`,
    stepUpPlain: 'What you are about to do needs more certainty of who you are.',
    passkey: 'Use a passkey',
    passkeyTitle: 'With a passkey',
    codeTitle: 'With a code',
    code: 'The 6 digits of your authenticator app, or a recovery code',
    codeHint: 'The app’s code changes every 30 seconds. A recovery code looks like 7KQ2-M9XD-4HTB and works once.',
    recoveryOnly: 'A recovery code',
    send: 'Prove',
    wrong: 'The code is wrong, used already or too old. After 5 wrong tries, codes are locked for at least 15 minutes.',
    wrongPasskey: 'This passkey could not be verified. Try again or use another way.',
    needCode: 'Enter a code',
    lost: 'No device or code any more?',
    password: 'Your password',
    wrongPassword: 'The password is not right, or the account is locked for a while.',
    carried: 'What you sent is not saved yet but is kept. Afterwards one button sends it again.',
    files: 'Attached files cannot be kept through this step; you will have to choose them again.',
    tooLong: 'What you sent was too long to keep and is not saved. Enter it again afterwards.',
    cancel: 'Do not do it, go back',
    national: 'This needs a sign-in with the national electronic identity (level 3).',
    signIn: 'Sign in again',
    enrol: 'Set up a second step first',
    enrolText:
      'Your account must have a second step before you go on: administrators always, officials when they come from outside the province’s networks or when the work asks for it.',
    enrolHow: 'It takes about two minutes. You need a telephone with an authenticator app, or a device with passkeys.',
    addPasskey: 'Add a passkey',
    addApp: 'Add an authenticator app',
    help: 'When your device is gone',
    helpText: 'There are three ways back into your account, the fastest first:',
    way1: 'A recovery code',
    way1Text: 'Enter one of the codes you printed or wrote down, where the code is asked for. Each works once.',
    way2: 'A one-stop counter',
    way2Text:
      'Bring your identity card to any one-stop desk of the province. The officer checks it and removes the lost device; you sign in with your password. For citizens and representatives of businesses.',
    way3: 'An administrator',
    way3Text:
      'Officials tell an administrator. Two administrators agree and, after a time of waiting, the lost device is removed. You are told of every step and can stop it at once if it was not you.',
    backToSignIn: 'Back to sign-in',
  },
});
export const secondStepWords = words;

function CodeFields(props: { hasApp: boolean; errors?: FieldErrors | undefined }) {
  const w = words.use();
  return (
    <>
      <Input
        name="code"
        label={{ text: props.hasApp ? w.code : w.recoveryOnly, classes: 'govuk-label--s' }}
        hint={{ text: w.codeHint }}
        errorMessage={errorOf(props.errors, 'code')}
        classes="govuk-input--width-20"
        autocomplete="one-time-code"
        autocapitalize="characters"
        spellcheck={false}
      />
      <Button text={w.send} />
    </>
  );
}

export interface FactorChoice {
  hasApp: boolean;
  hasPasskey: boolean;
}

/** After a right password: a passkey, a code of the app, or a recovery code. */
export function SecondStepPage(props: {
  uid: string;
  choice: FactorChoice;
  passkeyOptions: object;
  errors?: FieldErrors;
}) {
  const w = words.use();
  return (
    <FormPage title={w.second} errors={props.errors} isQuiet>
      <p class="govuk-body">{w.secondText}</p>
      {props.choice.hasPasskey && (
        <>
          <h2 class="govuk-heading-m">{w.passkeyTitle}</h2>
          <PasskeyForm
            action={paths.signInPasskey({ uid: props.uid })}
            kind="get"
            label={w.passkey}
            options={props.passkeyOptions}
          />
          <h2 class="govuk-heading-m">{w.codeTitle}</h2>
        </>
      )}
      <Form action={paths.signInSecond({ uid: props.uid })} attributes={{ 'data-turbo': 'false' }}>
        <CodeFields hasApp={props.choice.hasApp} errors={props.errors} />
      </Form>
      <p class="govuk-body">
        <Link to={paths.signInHelp()}>{w.lost}</Link>
      </p>
    </FormPage>
  );
}

/** What was stopped and what it is for; `carried` is the stopped form, sealed. */
export interface StepUpProps {
  act: string;
  actTitle: string | null;
  level: number;
  returnTo: string;
  choice: FactorChoice;
  carried?: { sealed: string; hasFiles: boolean } | null;
  isTooLong?: boolean;
  errors?: FieldErrors;
}

/** Asks again before a sensitive act: for a factor where there is one, for the password otherwise. */
export function StepUpPage(props: StepUpProps) {
  const w = words.use();
  const hidden = (
    <>
      <input type="hidden" name="ve" value={props.returnTo} />
      <input type="hidden" name="viec" value={props.act} />
      {props.carried && <input type="hidden" name="carried" value={props.carried.sealed} />}
    </>
  );
  const { hasApp, hasPasskey } = props.choice;
  return (
    <FormPage title={w.stepUp} errors={props.errors}>
      <p class="govuk-body">{props.actTitle ? w.stepUpText(props.actTitle) : w.stepUpPlain}</p>
      {props.carried && <InsetText>{w.carried}</InsetText>}
      {props.carried?.hasFiles && <WarningText text={w.files} iconFallbackText="!" />}
      {props.isTooLong && <WarningText text={w.tooLong} iconFallbackText="!" />}
      {props.level >= 3 ? (
        <>
          <InsetText>{w.national}</InsetText>
          <Button text={w.signIn} href={paths.signOut()} />
        </>
      ) : (
        <>
          {hasPasskey && (
            <>
              <h2 class="govuk-heading-m">{w.passkeyTitle}</h2>
              <PasskeyForm
                action={paths.stepUpPasskey()}
                kind="get"
                label={w.passkey}
                questionPath={paths.stepUpQuestion()}
              >
                {hidden}
              </PasskeyForm>
              <h2 class="govuk-heading-m">{w.codeTitle}</h2>
            </>
          )}
          <Form action={paths.stepUp()} attributes={{ 'data-turbo': 'false' }}>
            {hidden}
            {hasApp || hasPasskey ? (
              <CodeFields hasApp={hasApp} errors={props.errors} />
            ) : (
              <>
                <PasswordInput
                  name="password"
                  label={{ text: w.password, classes: 'govuk-label--s' }}
                  errorMessage={errorOf(props.errors, 'password')}
                  autocomplete="current-password"
                />
                <Button text={w.send} />
              </>
            )}
          </Form>
        </>
      )}
      <p class="govuk-body">
        {/* The address is complete: it carries its language already. */}
        <a class="govuk-link" href={props.returnTo}>
          {w.cancel}
        </a>
      </p>
    </FormPage>
  );
}

/** A second factor is compulsory and missing. */
export function MustEnrolPage(props: { returnTo: string }) {
  const w = words.use();
  const query = { ve: props.returnTo };
  return (
    <FormPage title={w.enrol}>
      <p class="govuk-body">{w.enrolText}</p>
      <p class="govuk-body">{w.enrolHow}</p>
      <div class="govuk-button-group">
        <Button text={w.addPasskey} href={paths.factorPasskey(query)} />
        <Button text={w.addApp} href={paths.factorApp(query)} classes="govuk-button--secondary" />
      </div>
    </FormPage>
  );
}

/** The three ways back. */
export function LostDevicePage() {
  const w = words.use();
  return (
    <FormPage title={w.help} isQuiet>
      <p class="govuk-body">{w.helpText}</p>
      <ol class="govuk-list govuk-list--number govuk-list--spaced">
        {[
          [w.way1, w.way1Text],
          [w.way2, w.way2Text],
          [w.way3, w.way3Text],
        ].map(([name, text]) => (
          <li>
            <strong>{name}.</strong> {text}
          </li>
        ))}
      </ol>
      <p class="govuk-body">
        <Link to={paths.signIn()}>{w.backToSignIn}</Link>
      </p>
    </FormPage>
  );
}
