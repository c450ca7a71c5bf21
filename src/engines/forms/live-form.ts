/** What the browser needs to keep one page of a form alive: its logic without its words, and the few answers of other pages it reads. */
import type { Surroundings } from './evaluate-form.ts';
import { dependenciesOf, outlineOf } from './outline.ts';
import type { Field, FormDefinition, Group, Locale, Page, Text, Values } from './definition.ts';

export type LiveFormProps = {
  /** A definition reduced to one page; fields of other pages stand as plain ones. */
  form: FormDefinition;
  known: Values;
  surroundings: Surroundings;
  locale: Locale;
};

const noWords: Text = { vi: '', en: '' };

/** What of it is the same for everybody: made once per page of a definition. */
type Bare = { form: FormDefinition; outside: ReadonlySet<string>; locked: readonly string[] };
const bares = new WeakMap<FormDefinition, Map<Page, Bare | null>>();

/** Null when nothing on the page changes while it is filled in: then no script is sent. */
export function liveFormOf(
  definition: FormDefinition,
  page: Page,
  values: Values,
  surroundings: Surroundings,
  locale: Locale,
): LiveFormProps | null {
  const pages = bares.get(definition) ?? new Map<Page, Bare | null>();
  bares.set(definition, pages);
  const bare = pages.has(page) ? pages.get(page)! : bareOf(definition, page);
  pages.set(page, bare);
  if (bare === null) return null;
  const known: Values = {};
  for (const name of bare.outside) if (Object.hasOwn(values, name)) known[name] = values[name]!;
  // A locked field has no control on the page: its value is told.
  for (const name of bare.locked) if (values[name] !== undefined) known[name] = values[name];
  return { form: bare.form, known, surroundings, locale };
}

function bareOf(definition: FormDefinition, page: Page): Bare | null {
  if (!isLive(page)) return null;
  const outside = readOutside(definition, page);
  const groups = page.groups.map(bareGroup);
  const form: FormDefinition = {
    code: definition.code,
    title: noWords,
    schema: { type: 'object' },
    ui: { pages: [...plainPages(definition, outside), { id: page.id, title: noWords, groups }] },
  };
  const locked = outlineOf(definition)
    .entries.filter((entry) => entry.page === page && entry.list === null && entry.field.prefill?.locked)
    .map((entry) => entry.name);
  return { form, outside, locked };
}

function isLive(page: Page): boolean {
  return (
    page.groups.some((group) => group.showWhen !== undefined) ||
    page.groups
      .flatMap((group) => group.fields)
      .some(
        (field) =>
          field.showWhen !== undefined ||
          field.type === 'money' ||
          ('calculate' in field && field.calculate !== undefined) ||
          (field.type === 'table' &&
            field.columns.some((column) => column.calculate !== undefined || column.showWhen !== undefined)),
      )
  );
}

/** Names on other pages that anything on this page depends on; settled already, so one step is enough. */
function readOutside(definition: FormDefinition, page: Page): Set<string> {
  const outline = outlineOf(definition);
  const found = new Set<string>();
  const here = [...outline.entries, ...outline.lists.values()].filter((place) => place.page === page);
  for (const place of here) {
    for (const key of dependenciesOf(outline, 'key' in place ? place.key : place.name)) {
      const target = outline.byKey.get(key) ?? outline.lists.get(key);
      if (target && target.page !== page) found.add(key.split('.')[0] ?? key);
    }
  }
  return found;
}

function plainPages(definition: FormDefinition, names: ReadonlySet<string>): Page[] {
  const outline = outlineOf(definition);
  const groups: Group[] = [];
  for (const name of names) {
    const list = outline.lists.get(name);
    const entry = outline.byKey.get(name);
    if (list) {
      const repeat = { name, itemTitle: noWords, min: 0, max: list.max };
      groups.push({
        id: `known-${groups.length}`,
        repeat,
        fields: list.rowFields.map((field) => plain(bareField(field))),
      });
    } else if (entry) groups.push({ id: `known-${groups.length}`, fields: [plain(bareField(entry.field))] });
  }
  return groups.length === 0 ? [] : [{ id: 'known', title: noWords, groups }];
}

/** Values of other pages are given, not worked out again. */
function plain(field: Field): Field {
  const { showWhen: _showWhen, ...rest } = field;
  if (rest.type === 'content') return rest;
  const { calculate: _calculate, requiredWhen: _requiredWhen, ...kept } = rest;
  return kept as Field;
}

function bareGroup(group: Group): Group {
  const { id, showWhen, repeat, fields } = group;
  return {
    id,
    ...(showWhen === undefined ? {} : { showWhen }),
    ...(repeat ? { repeat: { ...repeat, itemTitle: noWords } } : {}),
    fields: fields.map(bareField),
  };
}

/** A field without its words; options keep their values only. */
function bareField(field: Field): Field {
  if (field.type === 'content') {
    const { name, type, showWhen } = field;
    return { name, type, text: noWords, ...(showWhen === undefined ? {} : { showWhen }) };
  }
  const { hint: _hint, help: _help, basis: _basis, prefill: _prefill, ...rest } = field;
  const bare = { ...rest, label: noWords };
  if ('options' in bare) delete bare.options;
  if (bare.type === 'declaration') bare.text = noWords;
  if (bare.type === 'table') bare.columns = bare.columns.map((column) => bareField(column) as typeof column);
  return bare;
}
