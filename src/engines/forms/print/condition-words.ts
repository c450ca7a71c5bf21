import type { AnswerField, FormDefinition, Locale, Logic } from '../definition.ts';
import { outlineOf } from '../outline.ts';

const WORDS = {
  vi: { when: 'Chỉ khai khi', is: 'là', isNot: 'không phải là', oneOf: 'là một trong', yes: 'Có', no: 'Không', or: ' hoặc ', and: ' và ', plain: 'Chỉ khai nếu có' }, // prettier-ignore
  en: { when: 'Only when', is: 'is', isNot: 'is not', oneOf: 'is one of', yes: 'Yes', no: 'No', or: ' or ', and: ' and ', plain: 'Only where it applies' }, // prettier-ignore
} as const;

/**
 * A condition of a form in words for paper: "Chỉ khai khi “Góp vốn” là “Có”". What has no short words (ages, sums, facts of
 * the caller) becomes "only where it applies".
 */
export function conditionInWords(definition: FormDefinition, logic: Logic | undefined, locale: Locale): string | null {
  if (logic === undefined) return null;
  const words = WORDS[locale];
  const said = partInWords(definition, logic, locale);
  return said === null ? words.plain : `${words.when} ${said}`;
}

function partInWords(definition: FormDefinition, logic: Logic, locale: Locale): string | null {
  if (typeof logic !== 'object' || logic === null || Array.isArray(logic)) return null;
  const [operator = '', given] = Object.entries(logic)[0] ?? [];
  const parts = Array.isArray(given) ? given : [];
  const words = WORDS[locale];
  if (operator === 'and' || operator === 'or') {
    const said = parts.map((part) => partInWords(definition, part, locale));
    return said.includes(null) || said.length > 3 ? null : said.join(operator === 'and' ? words.and : words.or);
  }
  const [left, right] = parts;
  if (operator === 'in') {
    // A fixed list of answers, or an answer among the boxes ticked.
    const field = Array.isArray(right) ? fieldOf(definition, left) : fieldOf(definition, right);
    const values = Array.isArray(right) ? right : [left];
    return field && values.length <= 4
      ? `“${field.label[locale]}” ${values.length > 1 ? words.oneOf : words.is} ${values.map((value) => `“${valueInWords(field, value, locale)}”`).join(', ')}`
      : null;
  }
  const verb = { '==': words.is, '===': words.is, '!=': words.isNot, '!==': words.isNot }[operator];
  const field = fieldOf(definition, left);
  if (verb === undefined || !field || typeof right === 'object') return null;
  return `“${field.label[locale]}” ${verb} “${valueInWords(field, right, locale)}”`;
}

function fieldOf(definition: FormDefinition, logic: Logic | undefined): AnswerField | undefined {
  if (typeof logic !== 'object' || logic === null || Array.isArray(logic)) return undefined;
  const name = logic['var'];
  if (typeof name !== 'string') return undefined;
  const { byKey, entries } = outlineOf(definition);
  if (name.startsWith('row.'))
    return entries.find((entry) => entry.list !== null && entry.name === name.slice(4))?.field;
  return byKey.get(name)?.field;
}

function valueInWords(field: AnswerField, value: Logic | undefined, locale: Locale): string {
  if (typeof value === 'boolean') return value ? WORDS[locale].yes : WORDS[locale].no;
  const options = 'options' in field ? (field.options ?? []) : [];
  return options.find((option) => option.value === value)?.label[locale] ?? JSON.stringify(value ?? '');
}
