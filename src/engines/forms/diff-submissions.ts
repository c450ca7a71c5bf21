/** What changed between two submissions of one form, answer by answer. */
import { outlineOf } from './outline.ts';
import type { FieldValue, FormDefinition, RowValue, Values } from './definition.ts';

/** `at` is the place of an answer (`phone`, `members.1.capital`) or of a whole row (`members.1`). */
export type Change = { at: string; kind: 'added' | 'removed' | 'changed'; before?: FieldValue; after?: FieldValue };

/**
 * Compares two sets of values by place, in the order of the form. Rows are paired from the front, skipping rows that are the same
 * at the end, so that one row added in the middle is one change and not a chain. Values of unknown names are ignored.
 */
export function diffSubmissions(definition: FormDefinition, before: Values, after: Values): Change[] {
  const outline = outlineOf(definition);
  const changes: Change[] = [];
  const done = new Set<string>();
  for (const entry of outline.entries) {
    const top = entry.list ?? entry.name;
    if (done.has(top)) continue;
    done.add(top);
    if (outline.lists.has(top)) changes.push(...diffRows(top, rowsOf(before, top), rowsOf(after, top)));
    else pushChange(changes, top, own(before, top), own(after, top));
  }
  return changes;
}

const own = (values: Values | RowValue, name: string): FieldValue | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

/** The rows of a list as stored; what is no row counts as an empty one. */
export function rowsOf(values: Values, name: string): RowValue[] {
  const rows: unknown = own(values, name);
  if (!Array.isArray(rows)) return [];
  return rows.map((row: unknown) =>
    row !== null && typeof row === 'object' && !Array.isArray(row) ? (row as RowValue) : {},
  );
}

function pushChange(
  changes: Change[],
  at: string,
  before: FieldValue | undefined,
  after: FieldValue | undefined,
): void {
  if (canonicalJson(before) === canonicalJson(after)) return;
  if (before === undefined) changes.push({ at, kind: 'added', after: after! });
  else if (after === undefined) changes.push({ at, kind: 'removed', before });
  else changes.push({ at, kind: 'changed', before, after });
}

function diffRows(list: string, before: RowValue[], after: RowValue[]): Change[] {
  const changes: Change[] = [];
  const same = (a: RowValue | undefined, b: RowValue | undefined): boolean => canonicalJson(a) === canonicalJson(b);
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && same(before[head], after[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && same(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  const left = before.slice(head, before.length - tail);
  const right = after.slice(head, after.length - tail);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const [a, b] = [left[i], right[i]];
    const at = `${list}.${head + i}`;
    if (a === undefined && b !== undefined) changes.push({ at, kind: 'added', after: [b] });
    else if (b === undefined && a !== undefined) changes.push({ at, kind: 'removed', before: [a] });
    else if (a && b) {
      for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
        pushChange(changes, `${at}.${name}`, own(a, name), own(b, name));
    }
  }
  return changes;
}

/** JSON with sorted keys and without blanks (RFC 8785 for the values a form can hold): the same values give the same text. */
export function canonicalJson(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
