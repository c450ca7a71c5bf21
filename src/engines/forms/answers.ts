/** From what a person typed to a value: one parser per field type. Forgiving about spaces and dots, strict about the rest. */
import { addDays, addMonths, isDay } from './logic.ts';
import { formLimits, type AddressValue, type AnswerField, type FieldValue } from './definition.ts';

/** The controls of one field as posted: part name ('' for the field itself) → what was typed, in order. */
export type RawAnswer = { [part: string]: string[] };

/**
 * `wrong` keeps nothing: what was typed is shown again from the post itself. The words for a reason are in `messages.ts`, so that
 * the browser can use this file without them.
 */
export type Answer =
  | { kind: 'empty' }
  | { kind: 'value'; value: FieldValue }
  | { kind: 'wrong'; reason: 'format' | 'characters'; part?: string };

const empty: Answer = { kind: 'empty' };
const value = (found: FieldValue): Answer => ({ kind: 'value', value: found });
const wrong = (part?: string): Answer => ({ kind: 'wrong', reason: 'format', ...(part === undefined ? {} : { part }) });

// Besides C0 and C1: bidirectional overrides, byte order marks and lone surrogates, which can make a text read differently than stored.
const refused =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/u;

/** Does the text hold characters that no person types? Tabs and line ends are allowed here. */
export function hasControlCharacters(text: string): boolean {
  return refused.test(text);
}

/** Composed (NFC), without blanks at the ends; line ends as \n; one line when `lines` is false, runs of blanks as one. */
function tidyText(text: string, lines: boolean): string {
  const composed = text.normalize('NFC').replaceAll(/\r\n?/g, '\n').replaceAll('\u00a0', ' ');
  if (!lines) return composed.replaceAll(/\s+/g, ' ').trim();
  return composed
    .replaceAll(/[\t ]+\n/g, '\n')
    .replaceAll(/\n{4,}/g, '\n\n\n')
    .trim();
}

const one = (raw: RawAnswer, part = ''): string => (Object.hasOwn(raw, part) ? (raw[part]?.at(-1) ?? '') : '');
const all = (raw: RawAnswer, part = ''): string[] => (Object.hasOwn(raw, part) ? (raw[part] ?? []) : []);
const fullWidth = (text: string): string => text.normalize('NFKC');
const compact = (text: string): string => fullWidth(text).replaceAll(/[\s.\-–()]/g, '');

/** Reads one field. Never throws; `empty` when nothing was typed. Only the kind of the answer is judged here, its limits later. */
export function parseAnswer(field: AnswerField, raw: RawAnswer): Answer {
  if (Object.values(raw).flat().some(hasControlCharacters)) return { kind: 'wrong', reason: 'characters' };
  switch (field.type) {
    case 'text':
    case 'longText': {
      const text = tidyText(one(raw), field.type === 'longText');
      return text === '' ? empty : value(text);
    }
    case 'integer':
    case 'decimal':
    case 'money':
      return parseNumber(field, one(raw));
    case 'date':
      return parseDate(raw);
    case 'identityNumber':
    case 'businessNumber':
      return code(compact(one(raw)));
    case 'taxCode':
      return code(taxCode(compact(one(raw))));
    case 'phone':
      return code(normalPhone(one(raw)));
    case 'email':
      return code(normalEmail(one(raw)));
    case 'yesNo': {
      const text = one(raw);
      if (text === '') return empty;
      return text === 'yes' || text === 'no' ? value(text === 'yes') : wrong();
    }
    case 'radios':
    case 'select':
      return code(one(raw).trim());
    case 'checkboxes': {
      const chosen = [...new Set(all(raw).map((item) => item.trim()))].filter((item) => item !== '');
      return chosen.length === 0 ? empty : value(chosen.slice(0, formLimits.options + 1));
    }
    case 'address':
      return parseAddress(raw);
    case 'file': {
      const ids = [...new Set([...all(raw, 'kept'), ...all(raw)].map((item) => item.trim()))].filter(
        (item) => item !== '',
      );
      // Where one file is wanted, a new one takes the place of the old: the new one comes last in the post.
      const kept = (field.maxFiles ?? 1) === 1 ? ids.slice(-1) : ids.slice(0, 100);
      return kept.length === 0 ? empty : value(kept);
    }
    case 'declaration':
      return one(raw) === 'yes' ? value(true) : empty;
    case 'table':
      return empty;
    default:
      return field satisfies never;
  }
}

const code = (text: string): Answer => (text === '' ? empty : value(text));

/** Vietnamese figures: `1.250.000`, `12,5`; also `1250000`, `12.5`, `1 250 000 đ`. */
export function readNumber(typed: string): number | null {
  const text = fullWidth(typed)
    .replaceAll(/\s/g, '')
    .replace(/(đ|₫|đồng|vnđ|vnd)$/i, '');
  const plain = /^([+−-]?)(\d{1,15})(?:[.,](\d{1,6}))?$/.exec(text);
  const grouped = /^([+−-]?)([1-9]\d{0,2}(?:([.,])\d{3})(?:\3\d{3})*)(?:[.,](\d{1,6}))?$/.exec(text);
  const negative = /^[-−]/.test(text);
  const build = (whole: string, fraction: string | undefined): number => {
    const size = Number(fraction === undefined ? whole : `${whole}.${fraction}`);
    return negative && size !== 0 ? -size : size;
  };
  if (grouped) {
    const [, , digits = '', separator, fraction] = grouped;
    const rest = text.replace(/^[+−-]/, '').slice(digits.length);
    // `1,234.5` mixes both on purpose; `1.234.5` does not mean anything; one group after a comma is a fraction: `1,234`.
    if (fraction !== undefined && rest.startsWith(separator ?? '')) return null;
    if (!(separator === ',' && fraction === undefined && digits.split(',').length === 2)) {
      return build(digits.replaceAll(/[.,]/g, ''), fraction);
    }
  }
  return plain ? build(plain[2] ?? '', plain[3]) : null;
}

function parseNumber(field: AnswerField, typed: string): Answer {
  if (typed.trim() === '') return empty;
  const read = readNumber(field.type !== 'decimal' ? typed.replaceAll(/,(?=\d{3}(\D|$))/g, '.') : typed);
  if (read === null || (field.type !== 'decimal' && !Number.isSafeInteger(read))) return wrong();
  return value(read);
}

function parseDate(raw: RawAnswer): Answer {
  const parts = (['day', 'month', 'year'] as const).map((part) => fullWidth(one(raw, part)).trim());
  if (parts.every((part) => part === '')) return empty;
  const [day = '', month = '', year = ''] = parts;
  const missing = (['day', 'month', 'year'] as const).find((_, i) => parts[i] === '');
  if (missing) return wrong(missing);
  if (!/^\d{1,2}$/.test(day)) return wrong('day');
  if (!/^\d{1,2}$/.test(month)) return wrong('month');
  if (!/^[12]\d{3}$/.test(year)) return wrong('year');
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(iso) ? value(iso) : wrong('day');
}

const taxCode = (digits: string): string =>
  /^\d{13}$/.test(digits) ? `${digits.slice(0, 10)}-${digits.slice(10)}` : digits;

function normalPhone(typed: string): string {
  const digits = compact(typed).replace(/^\+84/, '0').replace(/^0084/, '0');
  return /^84\d{9,10}$/.test(digits) ? `0${digits.slice(2)}` : digits;
}

function normalEmail(typed: string): string {
  const text = fullWidth(typed).trim();
  const at = text.lastIndexOf('@');
  return at < 0 ? text : text.slice(0, at) + text.slice(at).toLowerCase();
}

function parseAddress(raw: RawAnswer): Answer {
  const [province, district, commune] = ['province', 'district', 'commune'].map((part) => one(raw, part).trim());
  const detail = tidyText(one(raw, 'detail'), false);
  if (!province && !district && !commune && detail === '') return empty;
  const address: AddressValue = { province: province ?? '', commune: commune ?? '' };
  if (district) address.district = district;
  if (detail !== '') address.detail = detail;
  return value(address);
}

/** The day that a bound of a date field means: `2014-01-01`, `today`, `today-18y`. Null when out of the calendar. */
export function dayOfBound(bound: string, today: string): string | null {
  const match = /^today(?:([+-]\d{1,4})([dmy]))?$/.exec(bound);
  if (!match) return isDay(bound) ? bound : null;
  if (match[1] === undefined) return today;
  const amount = Number(match[1]);
  if (match[2] === 'd') return addDays(today, amount);
  return addMonths(today, match[2] === 'y' ? amount * 12 : amount);
}
