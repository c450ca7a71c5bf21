import { isEmail, type FieldErrors } from './unit.ts';

/** A person who works for the province's agencies. Their sign-in account is identity's; it points here. */
export interface Officer {
  id: string;
  staffCode: string;
  fullName: string;
  givenName: string;
  email: string | null;
  phone: string | null;
  isExample: boolean;
  /** Last day at work, null while working. */
  leftOn: string | null;
  version: number;
}

export interface OfficerInput {
  staffCode: string;
  fullName: string;
  email: string | null;
  phone: string | null;
}

/** A post an officer holds in a period, with the names of that post and its unit. */
export interface HeldPost {
  appointmentId: string;
  officerId: string;
  postId: string;
  unitId: string;
  titleVi: string;
  titleEn: string;
  isPrimary: boolean;
  isLeader: boolean;
  decisionNumber: string | null;
  validFrom: string;
  validTo: string | null;
}

/** Tidies a name as typed: NFC, single spaces; a name all in capitals gets capitals at the start of words only. */
export function tidyName(typed: string): string {
  const name = typed.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  if (name.length < 2 || name !== name.toLocaleUpperCase('vi') || !/\p{L}/u.test(name)) return name;
  return name
    .toLocaleLowerCase('vi')
    .replaceAll(/(^|[\s'-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase('vi'));
}

/** A Vietnamese telephone number as digits with a leading 0, or null when it cannot be one. */
export function tidyPhone(typed: string): string | null {
  const digits = typed.replaceAll(/[\s().-]/g, '').replace(/^\+?84(?=\d{9,10}$)/, '0');
  return /^0\d{9,10}$/.test(digits) ? digits : null;
}

/** Reads what a form or a row of a sheet says about an officer: value and errors by field. */
export function readOfficerForm(fields: { get(name: string): string | null }): {
  value: OfficerInput;
  errors: FieldErrors;
} {
  const text = (name: string) => (fields.get(name) ?? '').normalize('NFC').trim();
  const errors: FieldErrors = {};
  const fullName = tidyName(text('fullName'));
  const staffCode = text('staffCode').toUpperCase();
  if (fullName === '') errors['fullName'] = 'missing';
  else if (fullName.length > 200) errors['fullName'] = 'too-long';
  else if (!/^[\p{L}\p{M}][\p{L}\p{M} .'-]*$/u.test(fullName)) errors['fullName'] = 'wrong';
  if (staffCode === '') errors['staffCode'] = 'missing';
  else if (!/^[0-9A-Z][0-9A-Z.-]{1,29}$/.test(staffCode)) errors['staffCode'] = 'wrong';
  const email = text('email').toLowerCase();
  if (email !== '' && !isEmail(email)) errors['email'] = 'wrong';
  const phone = tidyPhone(text('phone'));
  if (text('phone') !== '' && phone === null) errors['phone'] = 'wrong';
  return { value: { fullName, staffCode, email: email === '' ? null : email, phone }, errors };
}
