import type { Gender, LoginKind } from './account.ts';

/** Codes of the provinces in identity numbers run from 001 (Hà Nội) to 096 (Cà Mau), TT 59/2021/TT-BCA; those of abroad follow. */
const IDENTITY = /^0\d{11}$/;
const EMAIL =
  /^[a-z0-9._%+'-]{1,64}@(?=.{4,189}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;
const USER_NAME = /^[a-z][a-z0-9._-]{2,39}$/;

const withoutSpaces = (text: string): string => text.normalize('NFC').replaceAll(/[\s\u00a0\u200b]/g, '');

/** A Vietnamese phone number as ten or eleven digits from `0…` or `+84…`, dots and spaces allowed; null when it is none. */
export function normalisePhone(text: string): string | null {
  const digits = withoutSpaces(text)
    .replaceAll(/[.()-]/g, '')
    .replace(/^(\+84|0084)/, '0');
  return /^0[35789]\d{8}$/.test(digits) ? digits : null;
}

/** An e-mail address in small letters, without spaces; null when it is none. */
export function normaliseEmail(text: string): string | null {
  const address = withoutSpaces(text).toLowerCase();
  return address.length <= 254 && EMAIL.test(address) && !address.includes('..') ? address : null;
}

/**
 * An identity number of twelve digits (TT 59/2021/TT-BCA art. 4): three of the province, one of century and sex, two of the
 * year of birth, six at random. Null when the structure is wrong.
 */
export function normaliseIdentityNumber(text: string): string | null {
  const digits = withoutSpaces(text);
  if (!IDENTITY.test(digits)) return null;
  const province = Number(digits.slice(0, 3));
  return province >= 1 && province <= 96 ? digits : null;
}

/** Whether the fourth to sixth digits agree with birth date (`YYYY-MM-DD`) and sex; `other` is held to the century only. */
export function identityNumberAgrees(number: string, birthDate: string, gender: Gender): boolean {
  const code = Number(number[3]);
  const century = 1900 + 100 * Math.floor(code / 2);
  if (century + Number(number.slice(4, 6)) !== Number(birthDate.slice(0, 4))) return false;
  return gender === 'other' || (code % 2 === 0) === (gender === 'male');
}

const TAX_WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/**
 * A tax code: ten digits with a check digit, with `-001` for a branch, or the twelve digits of an identity number (household
 * businesses since 1 July 2025, TT 86/2024/TT-BTC). Null when it is none.
 */
export function normaliseTaxCode(text: string): string | null {
  const code = withoutSpaces(text);
  if (/^\d{12}$/.test(code)) return normaliseIdentityNumber(code);
  if (!/^\d{10}(-?\d{3})?$/.test(code)) return null;
  const sum = TAX_WEIGHTS.reduce((total, weight, at) => total + weight * Number(code[at]), 0);
  if ((10 - (sum % 11)) % 10 !== Number(code[9]) || 10 - (sum % 11) < 0) return null;
  return code.length === 10 ? code : `${code.slice(0, 10)}-${code.slice(-3)}`;
}

/** A user name of an official: small letters, digits, dot, dash; null when it is none. */
export function normaliseUserName(text: string): string | null {
  const name = withoutSpaces(text).toLowerCase();
  return USER_NAME.test(name) ? name : null;
}

/** What was typed as login name, in the one form in which it is stored. Whatever it is not, is looked up all the same and not found. */
export function normaliseLogin(text: string): { value: string; kind: LoginKind | null } {
  const phone = normalisePhone(text);
  if (phone !== null) return { value: phone, kind: 'phone' };
  const email = normaliseEmail(text);
  if (email !== null) return { value: email, kind: 'email' };
  const identity = normaliseIdentityNumber(text);
  if (identity !== null) return { value: identity, kind: 'identity-number' };
  const tax = normaliseTaxCode(text);
  if (tax !== null) return { value: tax, kind: 'tax-code' };
  const value = withoutSpaces(text).toLowerCase().slice(0, 254);
  return { value, kind: USER_NAME.test(value) ? 'user-name' : null };
}
