import type { Books } from '../books.ts';
import type { AnswerField, ColumnField, Locale } from '../definition.ts';
import { optionsOf } from '../display.ts';
import type { Control } from './sheet.ts';

/** Above so many options a line is left to write on: nobody ticks a box out of two hundred. */
const MOST_BOXES = 16;

const WORDS = {
  vi: { yes: 'Có', no: 'Không', dong: 'đồng', inWords: 'Bằng chữ', street: 'Số nhà, đường, thôn (xóm)', commune: 'Xã, phường', province: 'Tỉnh, thành phố' }, // prettier-ignore
  en: { yes: 'Yes', no: 'No', dong: 'đồng', inWords: 'In words', street: 'House number, street, hamlet', commune: 'Commune or ward', province: 'Province or city' }, // prettier-ignore
} as const;

/** Room to write the answer of a field by hand. */
export function blankControl(field: AnswerField, locale: Locale, books: Books | undefined, today: string): Control {
  const words = WORDS[locale];
  switch (field.type) {
    case 'longText':
      return { kind: 'lines', count: Math.min(Math.max(field.rows ?? 3, 2), 8) };
    case 'integer':
    case 'decimal':
      return { kind: 'line', suffix: field.suffix?.[locale] ?? null };
    case 'money':
      return { kind: 'money', suffix: words.dong, inWords: words.inWords };
    case 'date':
      return { kind: 'digits', groups: [2, 2, 4], between: '/' };
    case 'identityNumber':
      return { kind: 'digits', groups: [12], between: '' };
    case 'businessNumber':
      return { kind: 'digits', groups: [10], between: '' };
    case 'taxCode':
      return { kind: 'digits', groups: [10, 3], between: '-' };
    case 'phone':
      return { kind: 'digits', groups: [10], between: '' };
    case 'yesNo':
      return { kind: 'choices', items: [words.yes, words.no], columns: 0 };
    case 'radios':
    case 'select':
    case 'checkboxes': {
      const items = optionsOf(field, books, today).map((option) => option.label[locale]);
      if (items.length === 0 || items.length > MOST_BOXES) return { kind: 'line', suffix: null };
      return { kind: 'choices', items, columns: columnsFor(items) };
    }
    case 'address':
      return {
        kind: 'parts',
        rows: [...(field.detail === false ? [] : [[words.street]]), [words.commune, words.province]],
      };
    case 'text':
    case 'email':
    case 'file':
    case 'table':
    case 'declaration':
      return { kind: 'line', suffix: null };
    default:
      return field satisfies never;
  }
}

/** 0: all on the line of the label; else boxes in so many columns below it. */
function columnsFor(items: readonly string[]): number {
  const longest = Math.max(...items.map((item) => item.length));
  if (items.reduce((sum, item) => sum + item.length + 6, 0) <= 52) return 0;
  return longest > 42 ? 1 : longest > 24 ? 2 : 3;
}

/** The same inside a narrow cell of a table: nothing that needs width. */
export function blankCell(field: AnswerField | ColumnField, locale: Locale, books: Books | undefined, today: string) {
  const control = blankControl(field, locale, books, today);
  if (control.kind === 'choices') return { ...control, columns: 1 };
  return control.kind === 'line' ? control : ({ kind: 'value', lines: [] } satisfies Control);
}

/** Answers short enough for half a line of A4. */
export function isShort(field: AnswerField, control: Control, locale: Locale): boolean {
  if (field.label[locale].length > 24 || field.hint !== undefined) return false;
  if (control.kind === 'line')
    return field.type === 'integer' || field.type === 'decimal' || (field.type === 'text' && (field.width ?? 30) <= 20);
  return (
    (control.kind === 'digits' && field.type === 'date') ||
    (control.kind === 'choices' && control.columns === 0 && control.items.join('').length < 14) ||
    (control.kind === 'digits' && control.groups.length === 1 && field.label[locale].length <= 15)
  );
}
