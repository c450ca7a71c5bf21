import { parseDay } from '../../platform/day.ts';
import type { FormState } from '../../ui/components/form-state.ts';
import { CATALOGUE_CODE, itemFaults, scopes, type CatalogueFacts, type Item, type ItemFault } from './catalogue.ts';

type Locale = 'vi' | 'en';

const texts = {
  vi: {
    code: 'Nhập mã gồm chữ thường không dấu, chữ số, dấu gạch ngang hoặc dấu chấm',
    name: 'Nhập tên, tối đa 300 ký tự',
    owner: 'Nhập cơ quan chịu trách nhiệm, tối đa 300 ký tự',
    legalBasis: 'Nhập căn cứ, tối đa 500 ký tự',
    long: 'Nội dung quá dài',
    day: 'Nhập ngày có thật, ví dụ 01/07/2025',
    reason: 'Nhập lý do, tối đa 2.000 ký tự',
  },
  en: {
    code: 'Enter a code of small letters, digits, hyphens or dots',
    name: 'Enter a name of at most 300 characters',
    owner: 'Enter who is responsible, at most 300 characters',
    legalBasis: 'Enter the legal basis, at most 500 characters',
    long: 'This is too long',
    day: 'Enter a real day, such as 01/07/2025',
    reason: 'Enter the reason, at most 2,000 characters',
  },
} as const;

/** Faults of an item in words. */
export const faultWords: Record<ItemFault, Record<Locale, string>> = {
  code: { vi: 'Mã chỉ gồm chữ không dấu, chữ số, dấu chấm, gạch', en: 'Codes are letters, digits, dots, hyphens' },
  'code-twice': { vi: 'Mã bị lặp', en: 'Code repeated' },
  name: { vi: 'Thiếu tên hoặc tên quá 500 ký tự', en: 'Name missing or over 500 characters' },
  'name-en': { vi: 'Tên tiếng Anh quá 500 ký tự', en: 'English name over 500 characters' },
  'parent-unknown': { vi: 'Không có mã cấp trên này', en: 'There is no such parent' },
  'parent-circle': { vi: 'Cấp trên tạo thành vòng', en: 'Parents make a circle' },
  day: { vi: 'Ngày không có thật', en: 'Not a real day' },
  period: { vi: 'Ngày cuối trước ngày đầu', en: 'Last day before the first' },
  'replaced-unknown': { vi: 'Không có mã thay thế này', en: 'There is no such successor' },
  attributes: { vi: 'Thuộc tính quá dài', en: 'An attribute is too long' },
};
const FIELD: Record<ItemFault, string> = {
  code: 'code',
  'code-twice': 'code',
  name: 'nameVi',
  'name-en': 'nameEn',
  'parent-unknown': 'parent',
  'parent-circle': 'parent',
  day: 'validFrom',
  period: 'validTo',
  'replaced-unknown': 'replacedBy',
  attributes: 'position',
};

const valuesOf = (fields: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...fields].filter(([name]) => name !== '_csrf'));
const textOf = (fields: URLSearchParams, name: string): string => (fields.get(name) ?? '').normalize('NFC').trim();

/** Faults of an item as errors of the form's fields. */
export const errorsOfFaults = (faults: readonly ItemFault[], locale: Locale): Record<string, string> =>
  Object.fromEntries(faults.map((fault) => [FIELD[fault], faultWords[fault][locale]]));

/** What was said of a list; `errors` is empty when it is right. `code` is asked for a new one only. */
export function readFacts(
  fields: URLSearchParams,
  locale: Locale,
  known: CatalogueFacts | null,
): { facts: CatalogueFacts; form: FormState } {
  const own = texts[locale];
  const text = (name: string) => textOf(fields, name);
  const facts: CatalogueFacts = {
    code: known?.code ?? text('code'),
    nameVi: text('nameVi'),
    nameEn: text('nameEn'),
    descriptionVi: text('descriptionVi'),
    descriptionEn: text('descriptionEn'),
    scope: scopes.find((scope) => scope === text('scope')) ?? 'province',
    owner: text('owner'),
    legalBasis: text('legalBasis'),
    partnerCode: text('partnerCode') || null,
    isUnsure: text('unsureNote') !== '',
    unsureNote: text('unsureNote') || null,
    attributes: known?.attributes ?? [],
  };
  const errors: Record<string, string> = {};
  if (!CATALOGUE_CODE.test(facts.code) || ['moi', 'de-nghi', 'xuat'].includes(facts.code)) errors['code'] = own.code;
  for (const name of ['nameVi', 'nameEn'] as const)
    if (facts[name] === '' || facts[name].length > 300) errors[name] = own.name;
  if (facts.owner === '' || facts.owner.length > 300) errors['owner'] = own.owner;
  if (facts.legalBasis === '' || facts.legalBasis.length > 500) errors['legalBasis'] = own.legalBasis;
  for (const name of ['descriptionVi', 'descriptionEn', 'unsureNote', 'partnerCode'] as const)
    if ((facts[name] ?? '').length > 1_000) errors[name] = own.long;
  return { facts, form: { values: valuesOf(fields), errors } };
}

/** An item as it was typed. `code` is fixed for a known one. */
export function readItem(
  fields: URLSearchParams,
  locale: Locale,
  facts: CatalogueFacts,
  known: Item | null,
  nextPosition: number,
): { item: Item; form: FormState } {
  const text = (name: string) => textOf(fields, name);
  const errors: Record<string, string> = {};
  const day = (name: string): string | null => {
    if (text(name) === '') return null;
    const read = parseDay(text(name));
    if (read === null) errors[name] = texts[locale].day;
    return read;
  };
  const position = Number(text('position'));
  const item: Item = {
    code: known?.code ?? text('code'),
    position:
      text('position') !== '' && Number.isSafeInteger(position) && Math.abs(position) < 1e9
        ? position
        : (known?.position ?? nextPosition),
    nameVi: text('nameVi'),
    nameEn: text('nameEn') || null,
    parentCode: text('parent') || null,
    validFrom: day('validFrom'),
    validTo: day('validTo'),
    replacedBy: text('replacedBy') || null,
    attributes: Object.fromEntries(
      facts.attributes.map(({ key }) => [key, text(`a-${key}`)]).filter(([, value]) => value !== ''),
    ),
    isUnsure: text('isUnsure') === 'yes',
  };
  return {
    item,
    form: { values: valuesOf(fields), errors: { ...errorsOfFaults(itemFaults(item), locale), ...errors } },
  };
}

/** A compulsory reason. */
export function readReason(fields: URLSearchParams, locale: Locale): { reason: string; error: string | null } {
  const reason = textOf(fields, 'reason');
  return { reason, error: reason === '' || reason.length > 2_000 ? texts[locale].reason : null };
}
export const dayError = (locale: Locale): string => texts[locale].day;
