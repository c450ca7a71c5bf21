import type { Locale } from '../../platform/http/web.ts';
import type { BusinessFacts, Gender, PersonFacts } from './account.ts';
import { policy } from './identity-policy.ts';
import {
  identityNumberAgrees,
  normaliseEmail,
  normaliseIdentityNumber,
  normalisePhone,
  normaliseTaxCode,
} from './login-name.ts';
import { passwordFault, type PasswordFault } from './password-rules.ts';
import type { CodeChannel } from './verification-queries.ts';

const faults = {
  vi: {
    identityNumber: 'Số định danh cá nhân gồm 12 chữ số, ghi trên thẻ căn cước',
    identityAgrees: 'Số định danh không khớp với năm sinh và giới tính đã nhập',
    fullName: 'Hãy nhập họ và tên như trên thẻ căn cước',
    birthDate: 'Ngày sinh chưa đúng. Ví dụ: 27 3 1990',
    birthFuture: 'Ngày sinh phải trước ngày hôm nay',
    gender: 'Hãy chọn giới tính',
    contact: 'Hãy nhập số điện thoại di động hoặc địa chỉ email đúng',
    same: 'Hai lần nhập mật khẩu chưa giống nhau',
    taxCode: 'Mã số thuế chưa đúng: 10 số, hoặc 10 số và 3 số của chi nhánh, hoặc số định danh 12 số',
    businessName: 'Hãy nhập tên doanh nghiệp như trên giấy đăng ký',
    representative: 'Hãy nhập họ tên người đại diện theo pháp luật',
    'too-short': (n: number): string => `Mật khẩu cần ít nhất ${n} ký tự`,
    'too-long': 'Mật khẩu dài quá 128 ký tự',
    'too-common': 'Mật khẩu này quá dễ đoán. Hãy dùng một câu ngắn chỉ bạn biết',
    'needs-classes': 'Mật khẩu cần đủ chữ thường, chữ hoa, chữ số và ký hiệu',
    'contains-login': 'Mật khẩu không được chứa tên đăng nhập, số điện thoại hay email của bạn',
    'used-before': 'Mật khẩu này đã dùng trước đây. Hãy chọn mật khẩu khác',
  },
  en: {
    identityNumber: 'The identity number has 12 digits, as on the identity card',
    identityAgrees: 'The identity number does not match the year of birth and sex',
    fullName: 'Enter the full name as on the identity card',
    birthDate: 'The date of birth is not right. Example: 27 3 1990',
    birthFuture: 'The date of birth must be before today',
    gender: 'Choose your sex',
    contact: 'Enter a mobile phone number or an e-mail address',
    same: 'The two passwords are not the same',
    taxCode: 'The tax code is not right: 10 digits, or 10 and 3 for a branch, or an identity number of 12',
    businessName: 'Enter the name of the business as registered',
    representative: 'Enter the name of the legal representative',
    'too-short': (n: number): string => `The password needs at least ${n} characters`,
    'too-long': 'The password is longer than 128 characters',
    'too-common': 'This password is too easy to guess. Use a short sentence only you know',
    'needs-classes': 'The password needs small and capital letters, digits and signs',
    'contains-login': 'The password must not contain your login name, phone or e-mail',
    'used-before': 'This password was used before. Choose another',
  },
};

/** What to say about a refused password. */
export function passwordFaultText(
  fault: PasswordFault | 'used-before',
  kind: 'official' | 'person',
  locale: Locale,
): string {
  const text = faults[locale][fault];
  return typeof text === 'function'
    ? text(kind === 'official' ? policy.officialPasswordLength : policy.personPasswordLength)
    : text;
}
export const passwordsDiffer = (locale: Locale): string => faults[locale].same;
export const contactFault = (locale: Locale): string => faults[locale].contact;

const tidy = (text: string | null): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();
const NAME = /^[\p{L}\p{M}][\p{L}\p{M}.' -]{1,99}$/u;

/** A calendar date from three fields as `YYYY-MM-DD`, or null when there is no such day. */
export function dateOf(day: string | null, month: string | null, year: string | null): string | null {
  const parts = [year, month, day].map((part) => (part ?? '').trim());
  if (!/^\d{4}$/.test(parts[0] ?? '') || !/^\d{1,2}$/.test(parts[1] ?? '') || !/^\d{1,2}$/.test(parts[2] ?? ''))
    return null;
  const text = `${parts[0]}-${(parts[1] ?? '').padStart(2, '0')}-${(parts[2] ?? '').padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text && text > '1900-01-01' ? text : null;
}

/** E-mail or phone from one field. */
export function contactOf(text: string): { channel: CodeChannel; address: string } | null {
  const phone = normalisePhone(text);
  if (phone !== null) return { channel: 'phone', address: phone };
  const email = normaliseEmail(text);
  return email === null ? null : { channel: 'email', address: email };
}

export interface PersonInput {
  facts: PersonFacts;
  password: string;
  channel: CodeChannel;
  address: string;
}
export type Checked<T> = { value: T } | { errors: Record<string, string> };

/** Reads the registration form of a person; `today` is the date in Viet Nam. */
export function readPersonForm(form: URLSearchParams, today: string, locale: Locale): Checked<PersonInput> {
  const say = faults[locale];
  const errors: Record<string, string> = {};
  const identityNumber = normaliseIdentityNumber(form.get('identityNumber') ?? '');
  const fullName = tidy(form.get('fullName'));
  const birthDate = dateOf(form.get('birth-day'), form.get('birth-month'), form.get('birth-year'));
  const gender = form.get('gender') as Gender;
  const contact = contactOf(form.get('contact') ?? '');
  const password = form.get('password') ?? '';
  if (identityNumber === null) errors['identityNumber'] = say.identityNumber;
  if (!NAME.test(fullName)) errors['fullName'] = say.fullName;
  if (birthDate === null) errors['birth-day'] = say.birthDate;
  else if (birthDate >= today) errors['birth-day'] = say.birthFuture;
  if (!['male', 'female', 'other'].includes(gender)) errors['gender'] = say.gender;
  if (contact === null) errors['contact'] = say.contact;
  if (identityNumber && birthDate && !errors['gender'] && !identityNumberAgrees(identityNumber, birthDate, gender))
    errors['identityNumber'] = say.identityAgrees;
  const fault = passwordFault(password, 'citizen', [identityNumber ?? '', contact?.address ?? '']);
  if (fault) errors['password'] = passwordFaultText(fault, 'person', locale);
  else if (password !== form.get('passwordAgain')) errors['passwordAgain'] = say.same;
  if (identityNumber === null || birthDate === null || contact === null || Object.keys(errors).length > 0)
    return { errors };
  return {
    value: {
      facts: { identityNumber, fullName, birthDate, gender, addressUnitId: null, addressLine: null },
      password,
      ...contact,
    },
  };
}

/** Reads the form of a business; the password may be left empty. */
export function readBusinessForm(
  form: URLSearchParams,
  locale: Locale,
): Checked<{ facts: BusinessFacts; password: string | null }> {
  const say = faults[locale];
  const errors: Record<string, string> = {};
  const taxCode = normaliseTaxCode(form.get('taxCode') ?? '');
  const name = tidy(form.get('name'));
  const representativeName = tidy(form.get('representativeName'));
  const password = form.get('password') || null;
  if (taxCode === null) errors['taxCode'] = say.taxCode;
  if (name.length < 3 || name.length > 300) errors['name'] = say.businessName;
  if (!NAME.test(representativeName)) errors['representativeName'] = say.representative;
  const fault = password === null ? null : passwordFault(password, 'business', [taxCode ?? '']);
  if (fault) errors['password'] = passwordFaultText(fault, 'person', locale);
  else if (password !== null && password !== form.get('passwordAgain')) errors['passwordAgain'] = say.same;
  if (taxCode === null || Object.keys(errors).length > 0) return { errors };
  return {
    value: {
      facts: {
        taxCode,
        name,
        representativeName,
        addressUnitId: null,
        addressLine: tidy(form.get('addressLine')).slice(0, 300) || null,
      },
      password,
    },
  };
}
