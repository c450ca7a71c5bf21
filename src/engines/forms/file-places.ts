/** Where files stand in the answers of a form. A place is `portrait`, or `members.0.photo` in a row of a list. */
import type { FieldValue, FileField, FormDefinition, RowValue, Values } from './definition.ts';
import { outlineOf } from './outline.ts';

/** The file question at a place of a page; undefined when nothing there takes files. */
export function fileFieldAt(definition: FormDefinition, pageId: string, at: string): FileField | undefined {
  const [top = '', index, name] = at.split('.');
  if (index !== undefined && !/^\d{1,3}$/.test(index)) return undefined;
  const entry = outlineOf(definition).byKey.get(name === undefined ? top : `${top}.${name}`);
  const isRow = index !== undefined && name !== undefined;
  if (!entry || entry.page.id !== pageId || (entry.list !== null) !== isRow) return undefined;
  return entry.field.type === 'file' && at.split('.').length === (isRow ? 3 : 1) ? entry.field : undefined;
}

const idsOf = (value: FieldValue | undefined): string[] =>
  Array.isArray(value) ? (value as unknown[]).filter((each) => typeof each === 'string') : [];

const rowOf = (values: Values, at: string): { list: string; index: number; name: string; rows: RowValue[] } | null => {
  const [list = '', index, name = ''] = at.split('.');
  if (index === undefined || !Object.hasOwn(values, list)) return null;
  const rows = values[list];
  return Array.isArray(rows) ? { list, index: Number(index), name, rows: rows as RowValue[] } : null;
};

/** The ids that stand at a place. */
export function filesAt(values: Values, at: string): string[] {
  const row = rowOf(values, at);
  if (row) {
    const found = row.rows[row.index];
    return found && Object.hasOwn(found, row.name) ? idsOf(found[row.name]) : [];
  }
  return Object.hasOwn(values, at) ? idsOf(values[at]) : [];
}

/** The same answers with these files at a place; null when the row is not there. */
export function withFilesAt(values: Values, at: string, ids: readonly string[]): Values | null {
  if (!at.includes('.')) return { ...values, [at]: [...ids] };
  const row = rowOf(values, at);
  if (!row || row.rows[row.index] === undefined) return null;
  const rows = row.rows.map((each, i) => (i === row.index ? { ...each, [row.name]: [...ids] } : each));
  return { ...values, [row.list]: rows };
}

/** Every text of a list in the answers that may be the id of a file, rows included. */
export function fileIdsIn(definition: FormDefinition, values: Values): string[] {
  return outlineOf(definition).entries.flatMap(({ field, name, list }) => {
    if (field.type !== 'file') return [];
    if (list === null) return filesAt(values, name);
    const rows = Object.hasOwn(values, list) ? values[list] : undefined;
    return Array.isArray(rows) ? rows.flatMap((_, i) => filesAt(values, `${list}.${i}.${name}`)) : [];
  });
}
