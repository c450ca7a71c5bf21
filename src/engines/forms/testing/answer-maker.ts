/** Makes right answers for any form out of its definition. For tests and measurements; nothing on screen uses it. */
import { taxCheckDigit } from '../codes.ts';
import { dayOfBound } from '../answers.ts';
import { addDays } from '../logic.ts';
import { outlineOf, type Entry } from '../outline.ts';
import { testAddresses } from '../testing.ts';
import { validateAnswers, type Circumstances } from '../validate-answers.ts';
import type { FieldSchema, FieldValue, FormDefinition, RowValue, Values } from '../definition.ts';

const today = '2026-11-22';
const rounds = 400;

/** The day and the books the answers are right for. Every file id is a file of the kind its name ends in: `tep-pdf`. */
export const answerCircumstances: Circumstances = {
  today,
  books: {
    addresses: testAddresses,
    files: {
      find: (id) => {
        const kind = id.split('-').at(-1);
        return kind === undefined ? undefined : { id, name: id, kind: kind as 'pdf', sizeBytes: 1000 };
      },
    },
    options: { optionsOf: () => [{ value: 'mot', label: { vi: 'Một', en: 'One' } }] },
  },
};

/**
 * Answers that `validateAnswers` accepts, found by filling in what is missing and changing what is refused. `choice` picks
 * other options, so that several numbers walk several ways through the conditions. Gives what it has when it finds none.
 */
export function answersFor(form: FormDefinition, choice: number): Values {
  const outline = outlineOf(form);
  const values: Values = {};
  const attempts = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    const { errors } = validateAnswers(form, values, answerCircumstances);
    const at = errors[0]?.at;
    if (at === undefined) return values;
    const attempt = attempts.get(at) ?? 0;
    attempts.set(at, attempt + 1);
    const [name = '', row, column] = at.split('.');
    const entry = outline.byKey.get(column === undefined ? name : `${name}.${column}`);
    const list = outline.lists.get(name);
    if (list && (column === undefined || !entry))
      values[name] = [{}, ...((values[name] as RowValue[] | undefined) ?? [])].map((one) => ({ ...one }));
    if (list && !column) fillFirstColumn(form, list.name, values, choice);
    if (!entry) continue;
    const made = valueFor(form, entry, choice, attempt);
    if (made === undefined) continue;
    if (entry.list === null) values[name] = made;
    else rowOf(values, entry.list, Number(row))[entry.name] = made as never;
  }
  return values;
}

function rowOf(values: Values, list: string, index: number): RowValue {
  const rows = (values[list] as RowValue[] | undefined) ?? [];
  while (rows.length <= index) rows.push({});
  values[list] = rows;
  return rows[index]!;
}

/** A row counts once it holds something: the first column that is asked from everybody. */
function fillFirstColumn(form: FormDefinition, list: string, values: Values, choice: number): void {
  const entry = outlineOf(form).entries.find((one) => one.list === list && one.field.calculate === undefined);
  const made = entry && valueFor(form, entry, choice, 0);
  if (entry && made !== undefined) rowOf(values, list, 0)[entry.name] = made as never;
}

function limitsOf(form: FormDefinition, entry: Entry): FieldSchema {
  const top = form.schema.properties ?? {};
  return (entry.list === null ? top[entry.name] : top[entry.list]?.items?.properties?.[entry.name]) ?? {};
}

function valueFor(form: FormDefinition, entry: Entry, choice: number, attempt: number): FieldValue | undefined {
  const { field } = entry;
  const limits = limitsOf(form, entry);
  if (field.calculate !== undefined) return undefined;
  switch (field.type) {
    case 'text':
    case 'longText':
      return textFor(limits, attempt);
    case 'integer':
    case 'decimal':
    case 'money':
      return numberFor(limits, attempt);
    case 'date':
      return dateFor(field.earliest, field.latest, choice + attempt);
    case 'identityNumber':
      return '040195001234';
    case 'taxCode':
    case 'businessNumber':
      return `290012345${taxCheckDigit('290012345') ?? ''}`;
    case 'phone':
      return '0912345678';
    case 'email':
      return 'nguoi.dan@example.vn';
    case 'yesNo':
      return (choice + attempt) % 2 === 0;
    case 'radios':
    case 'select': {
      const values = (field.options ?? [{ value: 'mot' }]).map((option) => option.value);
      return values[(choice + attempt) % values.length];
    }
    case 'checkboxes': {
      const values = (field.options ?? [{ value: 'mot' }]).map((option) => option.value);
      return choice % 2 === 1 ? values : [values[(choice + attempt) % values.length]!];
    }
    case 'address':
      return attempt % 2 === 0
        ? { province: '40', commune: '16690', detail: '12 Lê Lợi' }
        : { province: '40', district: '412', commune: '16681', detail: '12 Lê Lợi' };
    case 'file':
      return [`tep-${field.accept[0]}`];
    case 'declaration':
      return true;
    case 'table':
      return undefined;
  }
}

function textFor(limits: FieldSchema, attempt: number): string {
  if (limits.pattern === undefined) return 'Nội dung khai thử của người dân'.slice(0, limits.maxLength ?? 30).trim();
  const found = [
    '1234',
    '12345',
    '123456',
    '2026',
    '2025-2026',
    'NA-12345',
    'NA-12345-TS',
    'B1234567',
    '12',
    'A1',
  ].filter((one) => new RegExp(limits.pattern!, 'u').test(one));
  return found[attempt % Math.max(found.length, 1)] ?? 'A';
}

function numberFor(limits: FieldSchema, attempt: number): number {
  const step = limits.multipleOf ?? 1;
  const low = Math.ceil(Math.max(limits.minimum ?? 0, (limits.exclusiveMinimum ?? -1) + step) / step) * step;
  const high = limits.maximum ?? low + 1000 * step;
  const tries = [
    low,
    low + step,
    low + 2 * step,
    low + 10 * step,
    low + 100 * step,
    high,
    Math.floor((low + high) / 2 / step) * step,
  ];
  return tries.filter((n) => n <= high)[attempt % tries.filter((n) => n <= high).length] ?? low;
}

/** Days spread over what the field allows, the later ones first. */
function dateFor(earliest: string | undefined, latest: string | undefined, turn: number): string {
  const first = earliest === undefined ? '1990-01-01' : (dayOfBound(earliest, today) ?? today);
  const last = latest === undefined ? '2030-12-31' : (dayOfBound(latest, today) ?? today);
  const days = [
    last,
    first,
    addDays(first, 1),
    addDays(first, 30),
    addDays(first, 300),
    addDays(last, -30),
    addDays(first, 7300),
    today,
  ].filter((day): day is string => day !== null && day >= first && day <= last);
  return days[turn % days.length] ?? first;
}
