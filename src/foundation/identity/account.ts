/** What can sign in. A business is acted for by people; an official fills posts (see organisations). */
export type AccountKind = 'citizen' | 'business' | 'official';
/** `locked`: by an administrator or for inactivity, until somebody unlocks it. `closed`: for good. */
export type AccountStatus = 'active' | 'locked' | 'closed';
export type Gender = 'male' | 'female' | 'other';
export type LoginKind = 'identity-number' | 'tax-code' | 'phone' | 'email' | 'user-name';

/** The two relying parties of the province's own. */
export type ClientId = 'portal' | 'workspace';

/** Facts of a natural person, as given at registration. */
export interface PersonFacts {
  identityNumber: string;
  fullName: string;
  /** `YYYY-MM-DD` */
  birthDate: string;
  gender: Gender;
  addressUnitId: string | null;
  addressLine: string | null;
}

export interface BusinessFacts {
  taxCode: string;
  name: string;
  representativeName: string;
  addressUnitId: string | null;
  addressLine: string | null;
}

/** `Nguyễn Văn An` → `N*** V*** An`: enough to recognise oneself, not enough to learn who it is. */
export function maskName(name: string): string {
  const words = name.trim().split(/\s+/);
  return words.map((word, at) => (at === words.length - 1 ? word : `${Array.from(word)[0] ?? ''}***`)).join(' ');
}

/** `an.nguyen@example.vn` → `a***@example.vn`; `0912345678` → `09*****678`; codes keep their first and last three signs. */
export function maskContact(value: string): string {
  const at = value.indexOf('@');
  if (at > 0) return `${value[0] ?? ''}***${value.slice(at)}`;
  if (value.length <= 5) return '***';
  const head = value.startsWith('0') && value.length <= 11 ? 2 : 3;
  return `${value.slice(0, head)}${'*'.repeat(value.length - head - 3)}${value.slice(-3)}`;
}
