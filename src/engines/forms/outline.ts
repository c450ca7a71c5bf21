/** A form laid flat: every field with its place and the conditions above it. Pure; computed once per definition. */
import { readsOf } from './logic.ts';
import type {
  AnswerField,
  ColumnField,
  Field,
  FormDefinition,
  Group,
  Logic,
  Page,
  TableField,
  Text,
} from './definition.ts';

/** One field with a value. `key` is its name, or `list.name` inside a repeated group or table. */
export type Entry = {
  key: string;
  name: string;
  field: AnswerField;
  /** The list it is a row field of. */
  list: string | null;
  page: Page;
  pageIndex: number;
  group: Group;
  /** All must hold for it to be asked; those of page, group and list first. */
  showWhen: Logic[];
};

/** A repeated group or a table. */
export type ListEntry = {
  name: string;
  min: number;
  max: number;
  itemTitle: Text;
  addLabel: Text | null;
  rowFields: Field[];
  kind: 'group' | 'table';
  page: Page;
  pageIndex: number;
  group: Group;
  showWhen: Logic[];
};

export type Outline = {
  entries: Entry[];
  byKey: ReadonlyMap<string, Entry>;
  lists: ReadonlyMap<string, ListEntry>;
  /** Keys of entries and lists so that what is read comes before what reads it; circles keep the order of the form. */
  order: string[];
};

const outlines = new WeakMap<FormDefinition, Outline>();

/** The outline of a definition, made once. */
export function outlineOf(definition: FormDefinition): Outline {
  const known = outlines.get(definition);
  if (known) return known;
  const made = makeOutline(definition);
  outlines.set(definition, made);
  return made;
}

export const hasValue = (field: Field): field is AnswerField => field.type !== 'content';
const present = (conditions: (Logic | undefined)[]): Logic[] => conditions.filter((c): c is Logic => c !== undefined);

function makeOutline(definition: FormDefinition): Outline {
  const entries: Entry[] = [];
  const lists = new Map<string, ListEntry>();
  definition.ui.pages.forEach((page, pageIndex) => {
    for (const group of page.groups) {
      const place = { page, pageIndex, group };
      const outer = present([page.showWhen, group.showWhen]);
      if (group.repeat) {
        const { name, min = 1, max = 10, itemTitle, addLabel = null } = group.repeat;
        lists.set(name, {
          name,
          min,
          max,
          itemTitle,
          addLabel,
          rowFields: group.fields,
          kind: 'group',
          ...place,
          showWhen: outer,
        });
        entries.push(...rowEntries(name, group.fields, place, outer));
        continue;
      }
      for (const field of group.fields.filter(hasValue)) {
        const showWhen = [...outer, ...present([field.showWhen])];
        entries.push({ key: field.name, name: field.name, field, list: null, ...place, showWhen });
        if (field.type !== 'table') continue;
        lists.set(field.name, { ...tableList(field), ...place, showWhen });
        entries.push(...rowEntries(field.name, field.columns, place, showWhen));
      }
    }
  });
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const outline = { entries, byKey, lists };
  return { ...outline, order: orderOf(outline) };
}

function tableList(field: TableField) {
  const { name, min = 1, max = 10, addLabel = null, columns, label } = field;
  return { name, min, max, addLabel, itemTitle: label, rowFields: columns, kind: 'table' as const };
}

function rowEntries(
  list: string,
  fields: (Field | ColumnField)[],
  place: Pick<Entry, 'page' | 'pageIndex' | 'group'>,
  outer: Logic[],
): Entry[] {
  return fields.filter(hasValue).map((field) => ({
    key: `${list}.${field.name}`,
    name: field.name,
    field,
    list,
    ...place,
    showWhen: [...outer, ...present([field.showWhen])],
  }));
}

/**
 * What a name in an expression means: the key of an entry or list, `null` for a fact of the caller, `undefined` when the
 * form has no such name. `list` is the list the expression stands in.
 */
export function resolveRead(
  outline: Pick<Outline, 'byKey' | 'lists'>,
  read: string,
  list: string | null,
): string | null | undefined {
  const [root = '', second, third] = read.split('.');
  if (root === 'today') return second === undefined ? null : undefined;
  if (root === 'context') return second === undefined ? undefined : null;
  if (root === 'row') {
    if (list === null || second === undefined) return undefined;
    return resolveRead(outline, third === undefined ? `${list}.${second}` : `${list}.${second}.${third}`, null);
  }
  if (outline.lists.has(root)) {
    if (second === undefined) return root;
    const key = `${root}.${second}`;
    return partOf(outline.byKey.get(key), third) ? key : undefined;
  }
  return third === undefined && partOf(outline.byKey.get(root), second) ? root : undefined;
}

function partOf(entry: Entry | undefined, part: string | undefined): boolean {
  if (!entry) return false;
  if (part === undefined) return true;
  return entry.field.type === 'address' && ['province', 'district', 'commune', 'detail'].includes(part);
}

/** The keys that decide whether and with what value a key stands: reads of its conditions and its calculation. */
export function dependenciesOf(outline: Pick<Outline, 'byKey' | 'lists'>, key: string): string[] {
  const found = new Set<string>();
  const take = (logic: Logic | undefined, list: string | null): void => {
    if (logic === undefined) return;
    for (const read of readsOf(logic)) {
      const target = resolveRead(outline, read, list);
      if (target !== null && target !== undefined) found.add(target);
    }
  };
  const entry = outline.byKey.get(key);
  if (entry) {
    for (const condition of entry.showWhen) take(condition, entry.list);
    take(entry.field.calculate, entry.list);
    if (entry.list !== null) found.add(entry.list);
  }
  const list = outline.lists.get(key);
  if (list) for (const condition of list.showWhen) take(condition, null);
  return [...found];
}

function orderOf(outline: Pick<Outline, 'entries' | 'byKey' | 'lists'>): string[] {
  const keys = [...outline.lists.keys(), ...outline.entries.map((entry) => entry.key)];
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (key: string): void => {
    if (state.has(key)) return;
    state.set(key, 'open');
    for (const dependency of dependenciesOf(outline, key)) visit(dependency);
    state.set(key, 'done');
    order.push(key);
  };
  for (const key of keys) visit(key);
  return order;
}

/** Circles among conditions and calculations, each as the keys walked through; empty when there is none. */
export function circlesOf(outline: Outline): string[][] {
  const circles: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const visit = (key: string): void => {
    if (state.get(key) === 'done') return;
    if (state.get(key) === 'open') {
      circles.push([...path.slice(path.indexOf(key)), key]);
      return;
    }
    state.set(key, 'open');
    path.push(key);
    for (const dependency of dependenciesOf(outline, key)) visit(dependency);
    path.pop();
    state.set(key, 'done');
  };
  for (const key of outline.order) visit(key);
  return circles;
}
