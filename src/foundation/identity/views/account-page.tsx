import { usePage } from '../../../platform/http/page-context.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { localisedPath } from '../../../platform/http/page-context.ts';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { maskContact } from '../account.ts';
import type { BusinessOption, BusinessRow, LoginRow, PersonRow } from '../account-queries.ts';
import { appsOfAccountTitle } from './oidc-notice-page.tsx';
import { errorOf, FormPage, type FieldErrors } from './form-page.tsx';

const words = localWords({
  vi: {
    title: 'Tài khoản',
    security: 'Bảo mật và đăng nhập',
    name: 'Họ và tên',
    businessName: 'Tên doanh nghiệp',
    representative: 'Người đại diện theo pháp luật',
    identityNumber: 'Số định danh cá nhân',
    taxCode: 'Mã số thuế',
    birthDate: 'Ngày sinh',
    gender: 'Giới tính',
    genders: { male: 'Nam', female: 'Nữ', other: 'Khác' },
    email: 'Email',
    phone: 'Số điện thoại',
    userName: 'Tên đăng nhập',
    none: 'Chưa có',
    change: 'Thay đổi',
    password: 'Mật khẩu',
    changed: (day: string): string => `Đổi lần cuối ${day}`,
    actAs: 'Làm việc với tư cách',
    actAsText: 'Khi làm việc cho doanh nghiệp, hồ sơ bạn nộp đứng tên doanh nghiệp đó.',
    myself: 'Cá nhân',
    actNow: (name: string): string => `Bạn đang làm việc cho ${name}.`,
    choose: 'Chuyển sang',
    addBusiness: 'Đăng ký tài khoản doanh nghiệp',
    members: 'Người làm việc cho doanh nghiệp',
    invitations: (n: number): string => `Bạn có ${n} lời mời làm việc cho doanh nghiệp`,
    outcomes: {
      succeeded: 'Đăng nhập thành công',
      'wrong-password': 'Sai mật khẩu',
      'refused-locked': 'Bị từ chối: tài khoản đang tạm khóa',
      'single-sign-on': 'Đăng nhập một lần',
      unlocked: 'Xác nhận mật khẩu',
      'second-factor': 'Xác minh bước hai thành công',
      'wrong-code': 'Sai mã xác minh',
      passkey: 'Đăng nhập bằng khóa truy cập',
      'recovery-code': 'Dùng mã khôi phục',
      'stepped-up': 'Xác minh lại danh tính',
    },
    newEmail: 'Email mới',
    newPhone: 'Số điện thoại di động mới',
    contactText: 'Chúng tôi gửi mã xác minh đến địa chỉ mới. Địa chỉ cũ còn dùng cho đến khi mã được nhập đúng.',
    send: 'Gửi mã',
    contactWrong: 'Hãy nhập đúng địa chỉ',
  },
  en: {
    title: 'Account',
    security: 'Security and sign-in',
    name: 'Full name',
    businessName: 'Business name',
    representative: 'Legal representative',
    identityNumber: 'Identity number',
    taxCode: 'Tax code',
    birthDate: 'Date of birth',
    gender: 'Sex',
    genders: { male: 'Male', female: 'Female', other: 'Other' },
    email: 'E-mail',
    phone: 'Phone',
    userName: 'User name',
    none: 'None yet',
    change: 'Change',
    password: 'Password',
    changed: (day: string): string => `Last changed ${day}`,
    actAs: 'Act as',
    actAsText: 'When you act for a business, what you hand in is in its name.',
    myself: 'Myself',
    actNow: (name: string): string => `You are acting for ${name}.`,
    choose: 'Switch to',
    addBusiness: 'Register a business',
    members: 'People who act for the business',
    invitations: (n: number): string => `You have ${n} invitations of businesses`,
    outcomes: {
      succeeded: 'Right password',
      'wrong-password': 'Wrong password',
      'refused-locked': 'Refused: the account was locked',
      'single-sign-on': 'Single sign-on',
      unlocked: 'Confirmed the password',
      'second-factor': 'Second step done',
      'wrong-code': 'Wrong code',
      passkey: 'Signed in with a passkey',
      'recovery-code': 'Used a recovery code',
      'stepped-up': 'Proved again',
    },
    newEmail: 'New e-mail',
    newPhone: 'New mobile phone',
    contactText: 'We send a code to the new address. The old one stays until the code is entered.',
    send: 'Send the code',
    contactWrong: 'Enter a valid address',
  },
});
export const accountWords = words;

export interface AccountFacts {
  name: string;
  kind: 'citizen' | 'business' | 'official';
  person: PersonRow | undefined;
  business: BusinessRow | undefined;
  logins: readonly LoginRow[];
  passwordChangedAt: Date | null;
  /** Businesses the person may act for; `actingFor` is the one in use. */
  businesses: readonly BusinessOption[];
  actingFor: string | null;
  /** Invitations of businesses that wait for an answer. */
  invitations: number;
}

/** Details, masked, with ways to change what the person may change. */
export function AccountPage(props: { facts: AccountFacts }) {
  const w = words.use();
  const { locale } = usePage();
  const { facts } = props;
  const login = (kind: LoginRow['kind']) => facts.logins.find((one) => one.kind === kind)?.value;
  const changeTo = (path: string, hidden: string) => ({
    items: [{ href: localisedPath(locale, path), text: w.change, visuallyHiddenText: hidden }],
  });
  const masked = (value: string | undefined) => (value === undefined ? w.none : maskContact(value));
  const { person, business } = facts;
  return (
    <FormPage title={w.title} caption={facts.name}>
      <SummaryList
        rows={[
          person && { key: { text: w.name }, value: { text: person.fullName } },
          business && { key: { text: w.businessName }, value: { text: business.name } },
          business && { key: { text: w.taxCode }, value: { text: business.taxCode } },
          business && { key: { text: w.representative }, value: { text: business.representativeName } },
          person && { key: { text: w.identityNumber }, value: { text: maskContact(person.identityNumber) } },
          person && { key: { text: w.birthDate }, value: { text: formatDate(person.birthDate) } },
          person && { key: { text: w.gender }, value: { text: w.genders[person.gender] } },
          login('user-name') !== undefined && { key: { text: w.userName }, value: { text: login('user-name') } },
          facts.kind !== 'official' && {
            key: { text: w.email },
            value: { text: masked(login('email')) },
            actions: changeTo(paths.accountContact({ channel: 'email' }), w.email),
          },
          facts.kind !== 'official' && {
            key: { text: w.phone },
            value: { text: masked(login('phone')) },
            actions: changeTo(paths.accountContact({ channel: 'phone' }), w.phone),
          },
          {
            key: { text: w.password },
            value: { text: facts.passwordChangedAt ? w.changed(formatDate(facts.passwordChangedAt)) : w.none },
            actions: changeTo(paths.accountPassword(), w.password),
          },
        ]}
      />
      {facts.invitations > 0 && (
        <p class="govuk-body">
          <Link to={paths.memberInvitations()}>{w.invitations(facts.invitations)}</Link>
        </p>
      )}
      <p class="govuk-body">
        <Link to={paths.accountSecurity()}>{w.security}</Link>
      </p>
      <p class="govuk-body">
        <Link to={paths.accountApps()}>{appsOfAccountTitle(locale)}</Link>
      </p>
      {facts.kind !== 'official' && <ActAs facts={facts} />}
    </FormPage>
  );
}

function ActAs(props: { facts: AccountFacts }) {
  const w = words.use();
  const { businesses, actingFor, business } = props.facts;
  return (
    <>
      <h2 class="govuk-heading-m">{w.actAs}</h2>
      <p class="govuk-body">{actingFor && business ? w.actNow(business.name) : w.actAsText}</p>
      {(businesses.length > 0 || actingFor) && (
        <Form action={paths.accountActAs()}>
          {actingFor && (
            <Button
              text={`${w.choose}: ${w.myself}`}
              name="businessId"
              value=""
              type="submit"
              classes="govuk-button--secondary"
            />
          )}
          {businesses
            .filter((one) => one.id !== actingFor)
            .map((one) => (
              <Button
                text={`${w.choose}: ${one.name}`}
                name="businessId"
                value={one.id}
                type="submit"
                classes="govuk-button--secondary"
              />
            ))}
        </Form>
      )}
      {actingFor && businesses.some((one) => one.id === actingFor && one.role === 'owner') && (
        <p class="govuk-body">
          <Link to={paths.businessMembers()}>{w.members}</Link>
        </p>
      )}
      {!actingFor && props.facts.kind === 'citizen' && (
        <p class="govuk-body">
          <Link to={paths.registerBusiness()}>{w.addBusiness}</Link>
        </p>
      )}
    </>
  );
}

export function ContactPage(props: { channel: 'email' | 'phone'; value?: string; errors?: FieldErrors }) {
  const w = words.use();
  const label = props.channel === 'email' ? w.newEmail : w.newPhone;
  return (
    <FormPage title={label} errors={props.errors} backPath={paths.account()}>
      <p class="govuk-body">{w.contactText}</p>
      <Form action={paths.accountContact({ channel: props.channel })}>
        <Input
          name="address"
          label={{ text: label, classes: 'govuk-label--s' }}
          value={props.value}
          errorMessage={errorOf(props.errors, 'address')}
          type={props.channel === 'email' ? 'email' : 'tel'}
          autocomplete={props.channel === 'email' ? 'email' : 'tel'}
        />
        <Button text={w.send} />
      </Form>
    </FormPage>
  );
}
