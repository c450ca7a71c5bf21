import { parseDay } from '../../../platform/day.ts';
import type { EditField, EditSection } from './sections.ts';

/** What stands in one field: a text, or the chosen values. */
export type RowValues = Record<string, string | readonly string[]>;
export interface SectionInput {
  fields: RowValues;
  rows: RowValues[];
}
export type FieldError = 'missing' | 'too-long' | 'no-number' | 'no-whole-number' | 'no-day' | 'no-choice' | 'too-many-rows' | 'no-link' | 'twice' | 'reason-missing' | 'no-template'; // prettier-ignore

/** Names of form fields: `f.name`, `r.2.name`. */
export const fieldName = (name: string, row?: number): string => (row === undefined ? `f.${name}` : `r.${row}.${name}`);

const isEmpty = (values: RowValues, fields: readonly EditField[]): boolean =>
  fields.every((field) => field.kind === 'hidden' || values[field.name] === '' || values[field.name]?.length === 0);

function take(form: URLSearchParams, fields: readonly EditField[], row?: number): RowValues {
  return Object.fromEntries(
    fields.map((field) => {
      const name = fieldName(field.name, row);
      if (field.kind === 'choices') return [field.name, form.getAll(name)];
      return [field.name, (form.get(name) ?? '').replaceAll('\u0000', '').replaceAll('\r\n', '\n').trim()];
    }),
  );
}

/** Reads what was typed, in order; rows in which nothing stands are left out. `limit` keeps a hostile count from costing anything. */
export function takeSection(form: URLSearchParams, section: EditSection): SectionInput {
  const rows: RowValues[] = [];
  const { rows: kind } = section;
  if (kind) {
    const count = Math.min(Number(form.get('rows')) || 0, kind.max + 20);
    for (let row = 0; row < count; row += 1) {
      const values = take(form, kind.fields, row);
      if (!isEmpty(values, kind.fields)) rows.push(values);
    }
  }
  return { fields: take(form, section.fields), rows };
}

/** A row moved up or down, or taken out, as `up:2`, `down:0`, `remove:1` say; anything else changes nothing. */
export function reorder(rows: RowValues[], act: string): RowValues[] {
  const match = /^(up|down|remove):(\d{1,3})$/.exec(act);
  const at = Number(match?.[2] ?? -1);
  if (!match || !rows[at]) return rows;
  if (match[1] === 'remove') return rows.toSpliced(at, 1);
  const to = match[1] === 'up' ? at - 1 : at + 1;
  if (!rows[to]) return rows;
  return rows.toSpliced(at, 1).toSpliced(to, 0, rows[at]);
}

/** What is wrong with single fields, by the names of the form. Whether a procedure is whole is asked when it is sent for review. */
export function checkSection(
  section: EditSection,
  input: SectionInput,
  fieldCodes: readonly string[],
): Record<string, FieldError> {
  const errors: Record<string, FieldError> = {};
  const checkAll = (fields: readonly EditField[], values: RowValues, row?: number) => {
    for (const field of fields) {
      const error = errorIn(field, values[field.name] ?? '', fieldCodes);
      if (error) errors[fieldName(field.name, row)] = error;
    }
  };
  checkAll(section.fields, input.fields);
  if (section.rows) {
    for (const [row, values] of input.rows.entries()) checkAll(section.rows.fields, values, row);
    if (input.rows.length > section.rows.max) errors['rows'] = 'too-many-rows';
  }
  return { ...errors, ...errorsBetween(section, input) };
}

function errorIn(
  field: EditField,
  value: string | readonly string[],
  fieldCodes: readonly string[],
): FieldError | null {
  if (typeof value !== 'string')
    return value.every((one) => field.options?.some(([known]) => known === one)) ? null : 'no-choice';
  if (value === '') return field.isRequired ? 'missing' : null;
  if (value.length > field.max) return 'too-long';
  if (field.kind === 'number') {
    const amount = Number(value.replaceAll(/\.(?=\d{3}(\D|$))/g, '').replace(',', '.'));
    if (!Number.isFinite(amount) || amount < 0 || amount > 1e12) return 'no-number';
    return field.isWhole && !Number.isInteger(amount) ? 'no-whole-number' : null;
  }
  if (field.kind === 'date') return parseDay(value) === null ? 'no-day' : null;
  if (field.kind === 'choice') {
    const known = field.name === 'field' ? fieldCodes : (field.options ?? []).map(([one]) => one);
    return known.includes(value) ? null : 'no-choice';
  }
  if (field.kind === 'hidden') return /^[a-z0-9-]{1,60}$/.test(value) ? null : 'no-choice';
  if (field.name === 'link') return /^https:\/\/[^\s"'<>]+$/.test(value) ? null : 'no-link';
  if (field.name === 'template') return /^[a-z0-9][a-z0-9.-]*\.(docx|pdf|xlsx)$/.test(value) ? null : 'no-template';
  return null;
}

/** What two fields say against each other. */
function errorsBetween(section: EditSection, { fields, rows }: SectionInput): Record<string, FieldError> {
  const errors: Record<string, FieldError> = {};
  const once = (name: string) => {
    for (const [row, values] of rows.entries())
      if (values[name] !== '' && rows.findIndex((other) => other[name] === values[name]) !== row)
        errors[fieldName(name, row)] = 'twice';
  };
  if (section.key === 'channels') {
    once('kind');
    for (const [row, values] of rows.entries())
      if (values['amount'] !== '' && values['unit'] === '' && values['timeText'] === '')
        errors[fieldName('unit', row)] = 'missing';
  }
  if (section.key === 'online' && fields['scope'] === 'partial' && fields['reason'] === '')
    errors[fieldName('reason')] = 'reason-missing';
  if (section.key === 'steps')
    for (const [row, values] of rows.entries())
      if (values['unit'] === 'division' && values['division'] === '') errors[fieldName('division', row)] = 'missing';
  if (section.key === 'papers')
    for (const [row, values] of rows.entries())
      if (String(values['required']).match(/no|when/) && values['whenVi'] === '')
        errors[fieldName('whenVi', row)] = 'missing';
  return errors;
}

/** A number as people type it: `1.250.000`, `2,5`; null for none. */
export function numberOf(value: string | readonly string[] | undefined): number | null {
  if (typeof value !== 'string' || value === '') return null;
  return Number(value.replaceAll(/\.(?=\d{3}(\D|$))/g, '').replace(',', '.'));
}
