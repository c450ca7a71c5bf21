/** Changes of a definition as pure functions over JSON pointers, and the history that undo and redo walk through. */
import { fieldNameFrom, freeName, codeFrom } from '../../design/field-names.ts';
import { typeTitles } from '../../form-titles.ts';
import type { ColumnField, Field, FieldSchema, FieldType, FormDefinition, Group, Page } from '../../definition.ts';

/** What is chosen: '' for the form, else the pointer of a page, group, field or column. */
export type Pointer = string;

const steps = (pointer: Pointer): string[] => (pointer === '' ? [] : pointer.slice(1).split('/'));

/** The thing at a pointer; undefined when there is none. */
export function thingAt(form: FormDefinition, pointer: Pointer): unknown {
  return steps(pointer).reduce<unknown>(
    (node, step) => (node !== null && typeof node === 'object' ? (node as Record<string, unknown>)[step] : undefined),
    form,
  );
}

/** A copy with another value at the pointer; `undefined` takes the property away. */
export function withValue<T>(node: T, pointer: Pointer, value: unknown): T {
  const [step, ...rest] = steps(pointer);
  if (step === undefined) return value as T;
  const copy = (Array.isArray(node) ? [...(node as unknown[])] : { ...(node as object) }) as Record<string, unknown>;
  const next = rest.length === 0 ? value : withValue(copy[step] ?? {}, `/${rest.join('/')}`, value);
  if (next === undefined && !Array.isArray(copy)) delete copy[step];
  else copy[step] = next;
  return copy as T;
}

const splitLast = (pointer: Pointer): { list: Pointer; index: number } => {
  const at = pointer.lastIndexOf('/');
  return { list: pointer.slice(0, at), index: Number(pointer.slice(at + 1)) };
};
const listAt = (form: FormDefinition, list: Pointer): unknown[] => (thingAt(form, list) as unknown[] | undefined) ?? [];

export function withInserted(form: FormDefinition, list: Pointer, index: number, item: unknown): FormDefinition {
  const items = listAt(form, list);
  return withValue(form, list, [...items.slice(0, index), item, ...items.slice(index)]);
}

export function withRemoved(form: FormDefinition, pointer: Pointer): FormDefinition {
  const { list, index } = splitLast(pointer);
  return withValue(
    form,
    list,
    listAt(form, list).filter((_, i) => i !== index),
  );
}

/** Moves a thing before `index` of another list (or its own); gives the form and where it stands now. */
export function withMoved(
  form: FormDefinition,
  from: Pointer,
  toList: Pointer,
  toIndex: number,
): { form: FormDefinition; at: Pointer } {
  const { list, index } = splitLast(from);
  const item = thingAt(form, from);
  const isSame = list === toList;
  const target = isSame && index < toIndex ? toIndex - 1 : toIndex;
  if (isSame && target === index) return { form, at: from };
  const limits = narrowingOf(form, from);
  let next = withRemoved(form, from);
  next = withInserted(next, toList, target, item);
  const at = `${toList}/${target}`;
  if (limits && !isSame) next = withNarrowing(next, at, limits);
  return { form: next, at };
}

/** The pointer one step up or down; a field at the end of its group goes on into the next one of the page. Null when there is no such place. */
export function neighbour(form: FormDefinition, pointer: Pointer, by: 1 | -1): { list: Pointer; index: number } | null {
  const { list, index } = splitLast(pointer);
  const size = listAt(form, list).length;
  const next = index + by;
  if (next >= 0 && next < size) return { list, index: by === 1 ? next + 1 : next };
  if (!list.endsWith('/fields')) return null;
  const group = splitLast(list.slice(0, -'/fields'.length));
  const other = group.index + by;
  const groups = listAt(form, group.list) as Group[];
  if (other < 0 || other >= groups.length) return null;
  const fields = `${group.list}/${other}/fields`;
  return { list: fields, index: by === 1 ? 0 : listAt(form, fields).length };
}

/** Every name of a field, list or column at the top level. */
export function takenNames(form: FormDefinition): Set<string> {
  const names = new Set<string>();
  for (const page of form.ui.pages)
    for (const group of page.groups) {
      if (group.repeat) names.add(group.repeat.name);
      for (const field of group.fields) names.add(field.name);
    }
  return names;
}
export const takenIds = (form: FormDefinition): Set<string> =>
  new Set(form.ui.pages.flatMap((page) => [page.id, ...page.groups.map((group) => group.id)]));

/** A new question of a type, with words to start from. */
export function newField(type: FieldType, taken: ReadonlySet<string>): Field {
  const title = typeTitles[type]!;
  const name = freeName(fieldNameFrom(title.vi), taken);
  const base = { name, type, label: { ...title } };
  const options = [
    { value: 'lua-chon-1', label: { vi: 'Lựa chọn 1', en: 'Option 1' } },
    { value: 'lua-chon-2', label: { vi: 'Lựa chọn 2', en: 'Option 2' } },
  ];
  if (type === 'content')
    return { name, type, text: { vi: 'Viết lời hướng dẫn ở đây.', en: 'Write what people should know here.' } };
  if (type === 'radios' || type === 'select' || type === 'checkboxes') return { ...base, options } as Field;
  if (type === 'file') return { ...base, accept: ['pdf', 'jpg', 'png'] } as Field;
  if (type === 'declaration')
    return {
      ...base,
      text: {
        vi: 'Tôi cam đoan những nội dung khai trên là đúng sự thật.',
        en: 'I declare that the above is true.',
      },
    } as Field;
  if (type === 'table')
    return { ...base, columns: [{ name: 'noiDung', type: 'text', label: { vi: 'Nội dung', en: 'Item' } }] } as Field;
  return base as Field;
}

export const newColumn = (taken: ReadonlySet<string>): ColumnField => ({
  name: freeName('cot', taken),
  type: 'text',
  label: { vi: 'Cột mới', en: 'New column' },
});

export function newPage(form: FormDefinition): Page {
  const ids = takenIds(form);
  const id = freeName('trang', ids, '-');
  ids.add(id);
  const group = { id: freeName('nhom', ids, '-'), fields: [] };
  return { id, title: { vi: 'Trang mới', en: 'New page' }, groups: [group] };
}
export const newGroup = (form: FormDefinition): Group => ({ id: freeName('nhom', takenIds(form), '-'), fields: [] });

/** A group of the library (or a copy of one) with names of its own; conditions inside follow the new names. */
export function freshGroup(form: FormDefinition, source: Group): Group {
  const taken = takenNames(form);
  const group = structuredClone(source);
  const renamed = new Map<string, string>();
  const take = (name: string): string => {
    const fresh = freeName(name, taken);
    taken.add(fresh);
    if (fresh !== name) renamed.set(name, fresh);
    return fresh;
  };
  group.id = freeName(codeFrom(source.id), takenIds(form), '-');
  if (group.repeat) group.repeat.name = take(group.repeat.name);
  else group.fields = group.fields.map((field) => ({ ...field, name: take(field.name) }));
  return renameReads(group, renamed);
}

/** Replaces the names that expressions read. */
function renameReads<T>(node: T, renamed: ReadonlyMap<string, string>): T {
  if (renamed.size === 0) return node;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (key === 'var' && typeof inner === 'string') {
          const [root = '', ...rest] = inner.split('.');
          return [key, [renamed.get(root) ?? root, ...rest].join('.')];
        }
        return [key, walk(inner)];
      }),
    );
  };
  return walk(node) as T;
}

/** Gives a field (or list) another name everywhere: its limits, conditions, checks, signers, dates of addresses. */
export function withName(form: FormDefinition, pointer: Pointer, name: string): FormDefinition {
  const thing = thingAt(form, pointer) as { name?: string };
  const old = thing.name ?? '';
  let next = withValue(form, `${pointer}/name`, name);
  const isColumn = pointer.includes('/columns/');
  const group = thingAt(form, pointer.split('/').slice(0, 6).join('/')) as Group | undefined;
  const isRow = !isColumn && pointer.includes('/fields/') && group?.repeat !== undefined;
  if (isColumn || isRow) {
    const list = isColumn
      ? (thingAt(form, pointer.split('/').slice(0, 8).join('/')) as Field).name
      : group!.repeat!.name;
    const limits = form.schema.properties?.[list]?.items?.properties?.[old];
    if (limits) {
      const { [old]: _gone, ...rest } = form.schema.properties?.[list]?.items?.properties ?? {};
      next = withValue(next, `/schema/properties/${list}/items/properties`, { ...rest, [name]: limits });
    }
    const rowReads = new Map([
      [`row.${old}`, `row.${name}`],
      [`${list}.${old}`, `${list}.${name}`],
    ]);
    return replaceReads(next, (read) => rowReads.get(read) ?? read);
  }
  const limits = form.schema.properties?.[old];
  if (limits) {
    const { [old]: _gone, ...rest } = form.schema.properties ?? {};
    next = withValue(next, '/schema/properties', { ...rest, [name]: limits });
  }
  next = renameReads(next, new Map([[old, name]]));
  next = withValue(
    next,
    '/ui/checks',
    next.ui.checks?.map((check) => (check.field === old ? { ...check, field: name } : check)),
  );
  const follow = (field: string | undefined) => (field === old ? name : field);
  const signers = next.ui.signers?.map((signer) => {
    const { nameField, identityField, contactField, ...rest } = signer;
    return {
      ...rest,
      ...(nameField === undefined ? {} : { nameField: follow(nameField)! }),
      ...(identityField === undefined ? {} : { identityField: follow(identityField)! }),
      ...(contactField === undefined ? {} : { contactField: follow(contactField)! }),
    };
  });
  return withValue(next, '/ui/signers', signers);
}

function replaceReads<T>(node: T, replace: (read: string) => string): T {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === 'var' && typeof inner === 'string' ? replace(inner) : walk(inner),
      ]),
    );
  };
  return walk(node) as T;
}

/** Where the limits of the field at a pointer stand in `schema`. */
function narrowingPath(form: FormDefinition, pointer: Pointer): string {
  const parts = pointer.split('/');
  const field = thingAt(form, pointer) as { name: string };
  const group = thingAt(form, parts.slice(0, 6).join('/')) as Group | undefined;
  if (parts.includes('columns')) {
    const table = thingAt(form, parts.slice(0, 8).join('/')) as Field;
    return `/schema/properties/${table.name}/items/properties/${field.name}`;
  }
  return group?.repeat
    ? `/schema/properties/${group.repeat.name}/items/properties/${field.name}`
    : `/schema/properties/${field.name}`;
}

export const narrowingOf = (form: FormDefinition, pointer: Pointer): FieldSchema | undefined =>
  pointer.includes('/fields/') ? (thingAt(form, narrowingPath(form, pointer)) as FieldSchema | undefined) : undefined;

/** Writes the limits of a field; empty ones go. */
export function withNarrowing(form: FormDefinition, pointer: Pointer, limits: FieldSchema): FormDefinition {
  const kept = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined && value !== ''));
  const base = form.schema.properties ? form : withValue(form, '/schema/properties', {});
  return withValue(base, narrowingPath(form, pointer), Object.keys(kept).length === 0 ? undefined : kept);
}

/** A question that conditions may read, in the order of the form. */
export type Readable = { read: string; label: { vi: string; en: string }; field: Field; place: Pointer };

/** What may be read at a place: everything asked before or on the same page; inside rows also the row's own fields. */
export function readablesAt(form: FormDefinition, pointer: Pointer): Readable[] {
  const parts = pointer.split('/');
  const pageIndex = parts[3] === undefined ? Number.POSITIVE_INFINITY : Number(parts[3]);
  const isPage = parts.length <= 4 && parts[3] !== undefined;
  const found: Readable[] = [];
  form.ui.pages.forEach((page, p) => {
    if (p > pageIndex || (isPage && p === pageIndex)) return;
    page.groups.forEach((group, g) => {
      const groupPath = `/ui/pages/${p}/groups/${g}`;
      group.fields.forEach((field, f) => {
        const place = `${groupPath}/fields/${f}`;
        if (field.type === 'content' || place === pointer) return;
        if (group.repeat) {
          if (pointer.startsWith(`${groupPath}/fields/`))
            found.push({ read: `row.${field.name}`, label: field.label, field, place });
          return;
        }
        if (field.type === 'table') {
          if (!pointer.startsWith(`${place}/columns/`)) return;
          field.columns.forEach((column, c) => {
            const at = `${place}/columns/${c}`;
            if (at !== pointer)
              found.push({ read: `row.${column.name}`, label: column.label, field: column as Field, place: at });
          });
          return;
        }
        if (field.type !== 'file' && field.type !== 'address')
          found.push({ read: field.name, label: field.label, field, place });
      });
    });
  });
  return found;
}

/** Columns of numbers that may be added up: `members` and `capital`. */
export function numberColumns(form: FormDefinition): { list: string; name: string; label: string }[] {
  return form.ui.pages.flatMap((page) =>
    page.groups.flatMap((group) => {
      const isNumber = (field: Field | ColumnField): boolean => ['integer', 'decimal', 'money'].includes(field.type);
      const rows = group.repeat
        ? group.fields.filter(isNumber).map((field) => ({
            list: group.repeat!.name,
            name: field.name,
            label: `${group.title?.vi ?? group.repeat!.itemTitle.vi}: ${'label' in field ? field.label.vi : ''}`,
          }))
        : [];
      const tables = group.fields.flatMap((field) =>
        field.type === 'table'
          ? field.columns.filter(isNumber).map((column) => ({
              list: field.name,
              name: column.name,
              label: `${field.label.vi}: ${column.label.vi}`,
            }))
          : [],
      );
      return [...rows, ...tables];
    }),
  );
}

/** The state of the designer that undo walks through. */
export type History = {
  past: FormDefinition[];
  present: FormDefinition;
  future: FormDefinition[];
  lastKey: string | null;
};
const maxPast = 100;

/** Puts a new present; changes with the same `key` in a row (typing into one box) are one step. */
export function changed(history: History, present: FormDefinition, key: string | null): History {
  if (present === history.present) return history;
  const isSame = key !== null && key === history.lastKey;
  const past = isSame ? history.past : [...history.past, history.present].slice(-maxPast);
  return { past, present, future: [], lastKey: key };
}
export function undone(history: History): History {
  const before = history.past.at(-1);
  if (!before) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    lastKey: null,
  };
}
export function redone(history: History): History {
  const [after, ...future] = history.future;
  if (!after) return history;
  return { past: [...history.past, history.present], present: after, future, lastKey: null };
}

/** The nearest place above a pointer that still exists. */
export function livingPointer(form: FormDefinition, pointer: Pointer): Pointer {
  let at = pointer;
  while (at !== '' && thingAt(form, at) === undefined) at = at.slice(0, at.lastIndexOf('/'));
  return placeOf(at);
}

/** The page, group, field or column a pointer of a finding belongs to. */
export function placeOf(pointer: Pointer): Pointer {
  const match =
    /^\/ui\/pages\/\d+\/groups\/\d+\/fields\/\d+\/columns\/\d+/.exec(pointer) ??
    /^\/ui\/pages\/\d+\/groups\/\d+\/fields\/\d+/.exec(pointer) ??
    /^\/ui\/pages\/\d+\/groups\/\d+/.exec(pointer) ??
    /^\/ui\/pages\/\d+/.exec(pointer);
  return match?.[0] ?? '';
}
