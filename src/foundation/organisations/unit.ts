import { parseDay } from '../../platform/day.ts';

/** What a unit is called; `short` is what people say: the territory's name for a people's committee, the abbreviation for a department. */
export interface UnitNames {
  nameVi: string;
  nameEn: string;
  shortName: string;
}

/** A unit as it was on one day. Dates are `YYYY-MM-DD`; `validTo` is the last day, null until further notice. */
export interface Unit extends UnitNames {
  id: string;
  key: string | null;
  kind: string;
  /** Tier of government, 1 at the top. Data, not a constant: three before 1 July 2025, two after. */
  tier: number;
  parentId: string | null;
  gsoCode: string | null;
  address: string | null;
  phone: string | null;
  email: string | null;
  sortOrder: number;
  decisionNumber: string | null;
  validFrom: string;
  validTo: string | null;
  isExample: boolean;
  /** Goes up with every change of the unit; a stale form is refused by it. */
  version: number;
}

/** What an administrator says about a unit from a day on. */
export interface UnitInput extends UnitNames {
  kind: string;
  tier: number;
  parentId: string | null;
  gsoCode: string | null;
  address: string | null;
  phone: string | null;
  email: string | null;
  sortOrder: number;
  decisionNumber: string | null;
  validFrom: string;
}

export type FieldErrors = Record<string, 'missing' | 'too-long' | 'wrong' | 'not-a-date' | 'too-early'>;

const LIMITS: Record<string, number> = {
  nameVi: 300,
  nameEn: 300,
  shortName: 100,
  address: 300,
  phone: 30,
  email: 200,
  decisionNumber: 100,
  gsoCode: 10,
};

const orNull = (value: string): string | null => (value === '' ? null : value);

/**
 * Reads what a form says about a unit. Missing English and short names take the Vietnamese name. Field names are those of
 * `UnitInput`; the result has either a value or the errors by field.
 */
export function readUnitForm(fields: URLSearchParams): { value: UnitInput; errors: FieldErrors } {
  const text = (name: string) => (fields.get(name) ?? '').normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  const errors: FieldErrors = {};
  for (const [name, limit] of Object.entries(LIMITS)) if (text(name).length > limit) errors[name] = 'too-long';
  for (const name of ['nameVi', 'kind', 'decisionNumber', 'validFrom']) if (text(name) === '') errors[name] = 'missing';
  if (!errors['kind'] && !/^[a-z][a-z-]{1,39}$/.test(text('kind'))) errors['kind'] = 'wrong';
  const tier = Number(text('tier') || '1');
  if (!Number.isInteger(tier) || tier < 1 || tier > 9) errors['tier'] = 'wrong';
  const sortOrder = Number(text('sortOrder') || '0');
  if (!Number.isInteger(sortOrder) || Math.abs(sortOrder) > 100_000) errors['sortOrder'] = 'wrong';
  const validFrom = parseDay(text('validFrom'));
  if (!errors['validFrom'] && validFrom === null) errors['validFrom'] = 'not-a-date';
  if (text('email') !== '' && !isEmail(text('email'))) errors['email'] = 'wrong';
  if (text('phone') !== '' && !/^\+?[\d .()-]{3,30}$/.test(text('phone'))) errors['phone'] = 'wrong';
  if (text('gsoCode') !== '' && !/^\d{2,5}$/.test(text('gsoCode'))) errors['gsoCode'] = 'wrong';
  return {
    errors,
    value: {
      nameVi: text('nameVi'),
      nameEn: text('nameEn') || text('nameVi'),
      shortName: text('shortName') || text('nameVi').slice(0, 100),
      kind: text('kind'),
      tier,
      parentId: orNull(text('parentId')),
      gsoCode: orNull(text('gsoCode')),
      address: orNull(text('address')),
      phone: orNull(text('phone')),
      email: orNull(text('email')),
      sortOrder,
      decisionNumber: orNull(text('decisionNumber')),
      validFrom: validFrom ?? '',
    },
  };
}

/** Whether the text can be an e-mail address: one @, no spaces, a dot in the domain. Only a letter sent there proves it. */
export const isEmail = (text: string): boolean =>
  text.length <= 200 && /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@.<>"(),;:\\]{2,}$/.test(text);
