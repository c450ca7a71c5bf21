import type { Gender } from './account.ts';
import {
  identityNumberAgrees,
  normaliseEmail,
  normaliseIdentityNumber,
  normalisePhone,
  normaliseTaxCode,
} from './login-name.ts';

/** What the national identity provider says of whoever signed in. Nothing in it is taken on trust but what it proves: number and name. */
export interface NationalPerson {
  subject: string;
  techId: string | null;
  fullName: string | null;
  identityNumber: string | null;
  /** `YYYY-MM-DD`; the provider may leave it out. */
  birthDate: string | null;
  gender: Gender | null;
  email: string | null;
  phone: string | null;
  taxCode: string | null;
  businessName: string | null;
  /** Level of the electronic identity account (`loAs`); 0 when it says nothing. */
  level: number;
}

const textOf = (value: unknown, max = 300): string | null => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).normalize('NFC').trim() : '';
  // oxlint-disable-next-line no-control-regex
  return text && text.length <= max && !/[\u0000-\u001f\u007f<>]/.test(text) ? text : null;
};

/** `dd/MM/yyyy`, `yyyyMMdd` or `yyyy-MM-dd` as a real date; null otherwise. */
export function nationalDate(value: unknown): string | null {
  const text = textOf(value, 20) ?? '';
  const parts =
    /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text)?.slice(1).reverse() ?? /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text)?.slice(1);
  if (!parts) return null;
  const day = parts.join('-');
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : null;
}

function genderOf(value: unknown, identityNumber: string | null): Gender | null {
  const text = (textOf(value, 20) ?? '').toLowerCase();
  if (/^(nam|male|1)$/.test(text)) return 'male';
  if (/^(nữ|nu|female|2|0)$/.test(text)) return 'female';
  // The fourth digit of the number says it (TT 59/2021/TT-BCA art. 4): even for men.
  return identityNumber ? (Number(identityNumber[3]) % 2 === 0 ? 'male' : 'female') : null;
}

const levelOf = (value: unknown): number => {
  const all = (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) =>
    Number(/\d/.exec(textOf(one, 100) ?? '')?.[0] ?? 0),
  );
  return Math.max(0, ...all);
};

/** Reads the claims of Cổng DVCQG and VNeID (`TechID`, `HoVaTen`, `SoDinhDanh`, `loAs` …); what is missing or malformed is null. */
export function readNationalClaims(claims: Record<string, unknown>): NationalPerson {
  const identityNumber = normaliseIdentityNumber(textOf(claims['SoDinhDanh'], 20) ?? '');
  const gender = genderOf(claims['GioiTinh'] ?? claims['gender'], identityNumber);
  const birthDate = nationalDate(claims['NgaySinh'] ?? claims['birthdate']);
  const isFitting =
    birthDate !== null && identityNumber !== null && identityNumberAgrees(identityNumber, birthDate, gender ?? 'other');
  return {
    subject: textOf(claims['sub'], 255) ?? '',
    techId: textOf(claims['TechID'], 100),
    fullName: textOf(claims['HoVaTen'] ?? claims['name'], 100),
    identityNumber,
    birthDate: isFitting ? birthDate : null,
    gender,
    email: normaliseEmail(textOf(claims['ThuDienTu'] ?? claims['email']) ?? ''),
    phone: normalisePhone(textOf(claims['SoDienThoai'] ?? claims['phone_number'], 30) ?? ''),
    taxCode: normaliseTaxCode(textOf(claims['MaSoThue'] ?? claims['MaSoDoanhNghiep'], 20) ?? ''),
    businessName: textOf(claims['TenDoanhNghiep']),
    level: levelOf(claims['loAs']),
  };
}
