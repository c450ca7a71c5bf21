import type { ComponentChildren } from 'preact';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { DateInput } from '../../../ui/govuk/date-input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Panel } from '../../../ui/govuk/panel.tsx';
import { PasswordInput } from '../../../ui/govuk/password-input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { errorOf, FormPage, type FieldErrors } from './form-page.tsx';

const words = localWords({
  vi: {
    title: 'Đăng ký tài khoản công dân',
    identityNumber: 'Số định danh cá nhân',
    identityHint: '12 chữ số trên thẻ căn cước.',
    fullName: 'Họ và tên',
    birth: 'Ngày sinh',
    birthHint: 'Ví dụ: 27 3 1990',
    gender: 'Giới tính',
    male: 'Nam',
    female: 'Nữ',
    other: 'Khác',
    contact: 'Số điện thoại di động hoặc email',
    contactHint: 'Chúng tôi gửi mã xác minh đến đây. Bạn cũng dùng thông tin này để đăng nhập.',
    password: 'Mật khẩu',
    passwordHint: 'Ít nhất 8 ký tự. Một câu ngắn dễ nhớ là tốt nhất, có thể có dấu cách.',
    again: 'Nhập lại mật khẩu',
    notice:
      'Dữ liệu cá nhân của bạn được dùng để giải quyết thủ tục hành chính theo quy định của pháp luật. Việc xử lý dựa trên luật, không dựa trên sự đồng ý.',
    noticeLink: 'Đọc thông báo về dữ liệu cá nhân',
    send: 'Tiếp tục',
    haveOne: 'Đã có tài khoản? Đăng nhập',
    business: 'Đăng ký cho doanh nghiệp: hãy đăng nhập bằng tài khoản cá nhân của bạn trước, rồi mở trang Tài khoản.',
    code: 'Mã xác minh',
    codeTitle: 'Nhập mã xác minh',
    codeText:
      'Nếu địa chỉ bạn nhập đúng và nhận được tin, mã gồm 6 chữ số sẽ đến trong vài phút. Mã có hiệu lực 10 phút và nhập được 5 lần.',
    codeSend: 'Xác minh',
    codeWrong: 'Mã chưa đúng, đã hết hạn hoặc đã nhập quá 5 lần. Nếu cần, hãy xin mã mới.',
    codeAgain: 'Làm lại để nhận mã mới',
    taken:
      'Số định danh này đã có tài khoản. Nếu là bạn, hãy dùng chức năng quên mật khẩu; nếu không, hãy gọi tổng đài.',
    done: 'Đã tạo tài khoản',
    doneText: 'Bây giờ bạn có thể đăng nhập để nộp hồ sơ và theo dõi kết quả.',
    signIn: 'Đăng nhập',
    businessTitle: 'Đăng ký tài khoản doanh nghiệp',
    businessText: 'Bạn sẽ là chủ tài khoản và có thể nộp hồ sơ thay mặt doanh nghiệp.',
    taxCode: 'Mã số thuế',
    name: 'Tên doanh nghiệp, hợp tác xã hoặc hộ kinh doanh',
    representative: 'Người đại diện theo pháp luật',
    address: 'Địa chỉ trụ sở (không bắt buộc)',
    businessPassword: 'Mật khẩu riêng của doanh nghiệp (không bắt buộc)',
    businessPasswordHint: 'Để nhân viên đăng nhập bằng mã số thuế. Bỏ trống nếu chỉ mình bạn sử dụng.',
    create: 'Tạo tài khoản doanh nghiệp',
    closed: 'Không cần đăng ký',
    closedText:
      'Công dân và doanh nghiệp đăng nhập bằng VNeID, không đăng ký tài khoản riêng ở Cổng nữa. Lần đầu đăng nhập, tài khoản của bạn ở đây được tạo ngay.',
    closedHelp: 'Nếu chưa có VNeID, hãy đến công an xã, phường, hoặc đến bộ phận một cửa để được giúp nộp hồ sơ.',
    closedGo: 'Đăng nhập bằng VNeID',
  },
  en: {
    title: 'Register as a citizen',
    identityNumber: 'Identity number',
    identityHint: 'The 12 digits on the identity card.',
    fullName: 'Full name',
    birth: 'Date of birth',
    birthHint: 'Example: 27 3 1990',
    gender: 'Sex',
    male: 'Male',
    female: 'Female',
    other: 'Other',
    contact: 'Mobile phone or e-mail',
    contactHint: 'We send a code there. You can also sign in with it.',
    password: 'Password',
    passwordHint: 'At least 8 characters. A short sentence is best; spaces are fine.',
    again: 'Password again',
    notice:
      'Your personal data is used to handle administrative procedures as the law provides. The basis is law, not consent.',
    noticeLink: 'Read the notice on personal data',
    send: 'Continue',
    haveOne: 'Have an account? Sign in',
    business: 'For a business: sign in with your own account first, then open the Account page.',
    code: 'Verification code',
    codeTitle: 'Enter the code',
    codeText:
      'If the address is right and can be reached, a code of 6 digits arrives within minutes. It is valid for 10 minutes and 5 tries.',
    codeSend: 'Verify',
    codeWrong: 'The code is wrong, has expired or was tried more than 5 times. Ask for a new one if you need it.',
    codeAgain: 'Start again for a new code',
    taken:
      'This identity number has an account already. If it is yours, use the forgotten password page; if not, call support.',
    done: 'Your account is ready',
    doneText: 'You can now sign in, hand in dossiers and follow them.',
    signIn: 'Sign in',
    businessTitle: 'Register a business',
    businessText: 'You become its owner and may hand in dossiers in its name.',
    taxCode: 'Tax code',
    name: 'Name of the business, cooperative or household business',
    representative: 'Legal representative',
    address: 'Address (optional)',
    businessPassword: 'A password of the business’s own (optional)',
    businessPasswordHint: 'So that staff can sign in by tax code. Leave it empty if only you use it.',
    create: 'Register the business',
    closed: 'No need to register',
    closedText:
      'Citizens and businesses sign in with VNeID; there are no separate accounts of the portal any more. Yours is made the first time you come in.',
    closedHelp: 'Without VNeID, go to the police of your commune, or to the front desk for help with a dossier.',
    closedGo: 'Sign in with VNeID',
  },
});
export const registrationWords = words;

const label = (text: string) => ({ text, classes: 'govuk-label--s' });

/** Two password fields, the second to catch slips. Never filled in again. */
export function NewPasswordFields(props: { label: string; hint?: string; errors?: FieldErrors | undefined }) {
  const w = words.use();
  return (
    <>
      <PasswordInput
        name="password"
        label={label(props.label)}
        hint={{ text: props.hint ?? w.passwordHint }}
        errorMessage={errorOf(props.errors, 'password')}
        autocomplete="new-password"
      />
      <PasswordInput
        name="passwordAgain"
        label={label(w.again)}
        errorMessage={errorOf(props.errors, 'passwordAgain')}
        autocomplete="new-password"
      />
    </>
  );
}

export function RegisterPage(props: { values?: URLSearchParams; errors?: FieldErrors }) {
  const w = words.use();
  const value = (name: string) => props.values?.get(name)?.slice(0, 300) ?? undefined;
  const part = (name: string) => ({ id: `birth-${name}`, name: `birth-${name}`, value: value(`birth-${name}`) });
  return (
    <FormPage title={w.title} errors={props.errors} isQuiet>
      <InsetText>
        {w.notice} <Link to={paths.privacy()}>{w.noticeLink}</Link>
      </InsetText>
      <Form>
        <Input
          name="identityNumber"
          label={label(w.identityNumber)}
          hint={{ text: w.identityHint }}
          value={value('identityNumber')}
          errorMessage={errorOf(props.errors, 'identityNumber')}
          inputmode="numeric"
          classes="govuk-input--width-20"
        />
        <Input
          name="fullName"
          label={label(w.fullName)}
          value={value('fullName')}
          errorMessage={errorOf(props.errors, 'fullName')}
          autocomplete="name"
        />
        <DateInput
          id="birth"
          fieldset={{ legend: { text: w.birth, classes: 'govuk-fieldset__legend--s' } }}
          hint={{ text: w.birthHint }}
          errorMessage={errorOf(props.errors, 'birth-day')}
          day={part('day')}
          month={part('month')}
          year={part('year')}
        />
        <Radios
          name="gender"
          classes="govuk-radios--inline"
          fieldset={{ legend: { text: w.gender, classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={errorOf(props.errors, 'gender')}
          value={value('gender')}
          items={[
            { value: 'female', text: w.female },
            { value: 'male', text: w.male },
            { value: 'other', text: w.other },
          ]}
        />
        <Input
          name="contact"
          label={label(w.contact)}
          hint={{ text: w.contactHint }}
          value={value('contact')}
          errorMessage={errorOf(props.errors, 'contact')}
          autocapitalize="none"
          spellcheck={false}
        />
        <NewPasswordFields label={w.password} errors={props.errors} />
        <Button text={w.send} />
      </Form>
      <p class="govuk-body">
        <Link to={paths.signIn()}>{w.haveOne}</Link>
      </p>
      <p class="govuk-hint">{w.business}</p>
    </FormPage>
  );
}

/** Asks for the code; used after registering and after changing a contact. */
export function CodePage(props: {
  id: string;
  action: string;
  againPath: string;
  fault?: string;
  errors?: FieldErrors;
  children?: ComponentChildren;
}) {
  const w = words.use();
  const errors = props.fault ? { code: props.fault } : props.errors;
  return (
    <FormPage title={w.codeTitle} errors={errors} isQuiet>
      <p class="govuk-body">{w.codeText}</p>
      <Form action={props.action}>
        <input type="hidden" name="id" value={props.id} />
        <Input
          name="code"
          label={label(w.code)}
          errorMessage={errorOf(errors, 'code')}
          inputmode="numeric"
          autocomplete="one-time-code"
          classes="govuk-input--width-5"
        />
        {props.children}
        <Button text={w.codeSend} />
      </Form>
      <p class="govuk-body">
        <Link to={props.againPath}>{w.codeAgain}</Link>
      </p>
    </FormPage>
  );
}

/** Where people come in by the national provider only. */
export function RegistrationClosedPage() {
  const w = words.use();
  return (
    <FormPage title={w.closed}>
      <p class="govuk-body-l">{w.closedText}</p>
      <p class="govuk-body">{w.closedHelp}</p>
      <Button text={w.closedGo} href={paths.signIn()} />
    </FormPage>
  );
}

export function RegisteredPage() {
  const w = words.use();
  return (
    <FormPage title={w.done}>
      <Panel titleText={w.done} headingLevel={2} text={w.doneText} />
      <Button text={w.signIn} href={paths.signIn()} />
    </FormPage>
  );
}

export function RegisterBusinessPage(props: { values?: URLSearchParams; errors?: FieldErrors }) {
  const w = words.use();
  const value = (name: string) => props.values?.get(name)?.slice(0, 300) ?? undefined;
  return (
    <FormPage title={w.businessTitle} errors={props.errors} backPath={paths.account()}>
      <p class="govuk-body">{w.businessText}</p>
      <Form action={paths.registerBusiness()}>
        <Input
          name="taxCode"
          label={label(w.taxCode)}
          value={value('taxCode')}
          errorMessage={errorOf(props.errors, 'taxCode')}
          classes="govuk-input--width-20"
        />
        <Input
          name="name"
          label={label(w.name)}
          value={value('name')}
          errorMessage={errorOf(props.errors, 'name')}
          autocomplete="organization"
        />
        <Input
          name="representativeName"
          label={label(w.representative)}
          value={value('representativeName')}
          errorMessage={errorOf(props.errors, 'representativeName')}
        />
        <Input name="addressLine" label={label(w.address)} value={value('addressLine')} />
        <NewPasswordFields label={w.businessPassword} hint={w.businessPasswordHint} errors={props.errors} />
        <Button text={w.create} />
      </Form>
    </FormPage>
  );
}
