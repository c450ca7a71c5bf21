/** Answers in words, for reading: check-your-answers, print, officials. */
import { formatDate, formatMoney, formatNumber, formatPhone, maskIdentityNumber } from '../../ui/format.ts';
import { moneyInWords } from '../../ui/money-words.ts';
import type { Books } from './books.ts';
import type { AddressValue, AnswerField, FieldValue, Locale, Option, Values } from './definition.ts';
import { mapDateOf } from './validate-answers.ts';

export type Reading = {
  locale: Locale;
  today: string;
  books?: Books | undefined;
  values: Values;
  /** Hide the middle of sensitive numbers. */ masked?: boolean | undefined;
};

/** The options of a choice field, from the form or its catalogue. */
export function optionsOf(field: AnswerField, books: Books | undefined, today: string): readonly Option[] {
  if (!('options' in field || 'optionsFrom' in field)) return [];
  return (
    field.options ??
    (field.optionsFrom === undefined ? [] : (books?.options?.optionsOf(field.optionsFrom, today) ?? []))
  );
}

/** The lines of one answer; none when there is no answer. Odd values are shown as they are, never thrown at. */
export function answerLines(field: AnswerField, value: FieldValue | undefined, reading: Reading): string[] {
  const { locale } = reading;
  if (value === undefined || value === '') return [];
  switch (field.type) {
    case 'yesNo':
      return [value === true ? { vi: 'Có', en: 'Yes' }[locale] : { vi: 'Không', en: 'No' }[locale]];
    case 'declaration':
      return value === true ? [{ vi: 'Đã cam kết', en: 'Declared' }[locale]] : [];
    case 'money':
      return typeof value === 'number'
        ? [formatMoney(value, locale), sentence(moneyInWords(value, locale))]
        : [plain(value)];
    case 'integer':
    case 'decimal': {
      if (typeof value !== 'number') return [plain(value)];
      const digits = (String(value).split('.')[1] ?? '').length;
      return [`${formatNumber(value, locale, digits)}${field.suffix ? ` ${field.suffix[locale]}` : ''}`];
    }
    case 'date':
      return [typeof value === 'string' ? formatDate(value) : plain(value)];
    case 'phone':
      return [formatPhone(plain(value))];
    case 'identityNumber':
      return [reading.masked && field.sensitive ? maskIdentityNumber(plain(value)) : plain(value)];
    case 'radios':
    case 'select':
    case 'checkboxes': {
      const options = optionsOf(field, reading.books, reading.today);
      const chosen = Array.isArray(value) ? value : [value];
      return chosen.map((item) => options.find((option) => option.value === item)?.label[locale] ?? plain(item));
    }
    case 'address':
      return addressLines(field, value, reading);
    case 'file':
      return Array.isArray(value) ? value.map((id) => fileLine(plain(id), reading)) : [];
    case 'longText':
      return plain(value).split('\n');
    case 'table':
      return [];
    case 'text':
    case 'taxCode':
    case 'businessNumber':
    case 'email':
      return [plain(value)];
    default:
      return field satisfies never;
  }
}

function fileLine(id: string, { books, locale }: Reading): string {
  const file = books?.files?.find(id);
  if (!file) return id;
  return file.from ? `${file.name} (${file.from[locale]})` : file.name;
}

const plain = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value ?? '');
const sentence = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

function addressLines(field: AnswerField & { type: 'address' }, value: FieldValue, reading: Reading): string[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [plain(value)];
  const address: AddressValue = value;
  const units = reading.books?.addresses?.unitsOn(mapDateOf(field, reading.values, reading.today));
  const name = (parent: string | null, code: string | undefined): string | undefined => {
    const list = parent === null ? units?.provinces() : units?.children(parent);
    return code ? (list?.find((unit) => unit.code === code)?.name ?? code) : undefined;
  };
  const commune = name(address.district ?? address.province, address.commune);
  const parts = [
    address.detail,
    commune,
    address.district && name(address.province, address.district),
    name(null, address.province),
  ];
  return [parts.filter((part) => part !== undefined && part !== '').join(', ')];
}
