/** What changed between two definitions of a form, thing by thing, ready to be said in words. */
import { canonicalJson } from './diff-submissions.ts';
import { conditionInWords } from './print/condition-words.ts';
import { sourceTitles, typeTitles } from './form-titles.ts';
import type { Field, FormDefinition, Group, Locale, Page, Text } from './definition.ts';

/** A form laid out as things with names: pages, groups, fields and columns. Keys survive moving. */
type Thing = {
  kind: 'form' | 'page' | 'group' | 'field' | 'column' | 'check';
  title: Text;
  at: string;
  facts: Record<string, unknown>;
};

/** One difference. `part` is the property that changed, null when the whole thing came or went. */
export type DefinitionChange = {
  kind: 'added' | 'removed' | 'changed' | 'moved';
  thing: Thing['kind'];
  key: string;
  title: Text;
  part: string | null;
  before: unknown;
  after: unknown;
};

const without = (value: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
const nothing: Text = { vi: '', en: '' };

function thingsOf(form: FormDefinition): Map<string, Thing> {
  const things = new Map<string, Thing>();
  const limits = form.schema.properties ?? {};
  things.set('form', {
    kind: 'form',
    title: form.title,
    at: '',
    facts: { title: form.title, signers: form.ui.signers },
  });
  form.ui.pages.forEach((page: Page, p) => {
    things.set(`page ${page.id}`, {
      kind: 'page',
      title: page.title,
      at: String(p),
      facts: without(page, ['id', 'groups']),
    });
    page.groups.forEach((group: Group) => {
      const title = group.title ?? group.repeat?.itemTitle ?? page.title;
      things.set(`group ${group.id}`, { kind: 'group', title, at: page.id, facts: without(group, ['id', 'fields']) });
      group.fields.forEach((field: Field) => {
        const key = group.repeat ? `${group.repeat.name}.${field.name}` : field.name;
        const own = group.repeat ? limits[group.repeat.name]?.items?.properties?.[field.name] : limits[field.name];
        const label = field.type === 'content' ? field.text : field.label;
        things.set(`field ${key}`, {
          kind: 'field',
          title: label ?? nothing,
          at: group.id,
          facts: { ...without(field, ['name', 'columns']), ...without(own ?? {}, ['items']) },
        });
        if (field.type !== 'table') return;
        for (const column of field.columns ?? []) {
          things.set(`column ${key}.${column.name}`, {
            kind: 'column',
            title: column.label,
            at: field.name,
            facts: { ...without(column, ['name']), ...limits[field.name]?.items?.properties?.[column.name] },
          });
        }
      });
    });
  });
  for (const check of form.ui.checks ?? [])
    things.set(`check ${check.id}`, {
      kind: 'check',
      title: check.message,
      at: check.field,
      facts: without(check, ['id']),
    });
  return things;
}

/** Differences in the order of the newer form; what went comes last. A field is the same as long as its name is. */
export function compareDefinitions(before: FormDefinition, after: FormDefinition): DefinitionChange[] {
  const [old, fresh] = [thingsOf(before), thingsOf(after)];
  const changes: DefinitionChange[] = [];
  for (const [key, thing] of fresh) {
    const was = old.get(key);
    const base = { thing: thing.kind, key: key.slice(key.indexOf(' ') + 1), title: thing.title };
    if (!was) {
      changes.push({ ...base, kind: 'added', part: null, before: null, after: null });
      continue;
    }
    if (was.at !== thing.at && thing.kind !== 'page')
      changes.push({ ...base, kind: 'moved', part: 'at', before: was.at, after: thing.at });
    for (const part of new Set([...Object.keys(was.facts), ...Object.keys(thing.facts)])) {
      const [a, b] = [was.facts[part], thing.facts[part]];
      if (canonicalJson(a) !== canonicalJson(b)) changes.push({ ...base, kind: 'changed', part, before: a, after: b });
    }
  }
  const order = (form: FormDefinition, names: ReadonlySet<string>): string[] =>
    [...thingsOf(form).keys()].filter((key) => key !== 'form' && names.has(key));
  const shared = new Set([...fresh.keys()].filter((key) => old.has(key)));
  const [orderBefore, orderAfter] = [order(before, shared), order(after, shared)];
  const moved = new Set(
    changes.filter((change) => change.kind === 'moved').map((change) => `${change.thing} ${change.key}`),
  );
  for (const key of outOfOrder(orderBefore, orderAfter)) {
    if (moved.has(key)) continue;
    const thing = fresh.get(key)!;
    changes.push({
      kind: 'moved',
      thing: thing.kind,
      key: key.slice(key.indexOf(' ') + 1),
      title: thing.title,
      part: 'order',
      before: null,
      after: null,
    });
  }
  for (const [key, thing] of old) {
    if (fresh.has(key)) continue;
    changes.push({
      kind: 'removed',
      thing: thing.kind,
      key: key.slice(key.indexOf(' ') + 1),
      title: thing.title,
      part: null,
      before: null,
      after: null,
    });
  }
  return changes;
}

/** The fewest things that have to be taken as moved, so that the rest keeps its order (longest increasing subsequence). */
function outOfOrder(before: readonly string[], after: readonly string[]): string[] {
  const place = new Map(before.map((key, i) => [key, i]));
  const numbers = after.map((key) => place.get(key)!);
  const tails: number[] = [];
  const previous: number[] = Array.from({ length: numbers.length }, () => -1);
  const at: number[] = [];
  numbers.forEach((number, i) => {
    let low = 0;
    while (low < tails.length && numbers[at[low]!]! < number) low += 1;
    previous[i] = low > 0 ? at[low - 1]! : -1;
    at[low] = i;
    tails[low] = number;
  });
  const kept = new Set<number>();
  for (let i = at[tails.length - 1] ?? -1; i >= 0; i = previous[i] ?? -1) kept.add(i);
  return after.filter((_, i) => !kept.has(i));
}

type PartWords = Record<string, Text>;
const parts: PartWords = {
  title: { vi: 'tiêu đề', en: 'title' },
  intro: { vi: 'lời dẫn', en: 'introduction' },
  label: { vi: 'câu hỏi', en: 'question' },
  text: { vi: 'nội dung', en: 'text' },
  hint: { vi: 'gợi ý', en: 'hint' },
  help: { vi: 'giải thích', en: 'explanation' },
  basis: { vi: 'căn cứ', en: 'legal basis' },
  type: { vi: 'loại câu hỏi', en: 'type' },
  required: { vi: 'bắt buộc', en: 'required' },
  requiredWhen: { vi: 'điều kiện bắt buộc', en: 'condition for being required' },
  showWhen: { vi: 'điều kiện hiện', en: 'condition for being shown' },
  calculate: { vi: 'phép tính', en: 'calculation' },
  prefill: { vi: 'nguồn điền sẵn', en: 'source' },
  options: { vi: 'các lựa chọn', en: 'options' },
  optionsFrom: { vi: 'danh mục', en: 'catalogue' },
  repeat: { vi: 'việc lặp lại', en: 'repetition' },
  accept: { vi: 'loại tệp', en: 'kinds of file' },
  maxMegabytes: { vi: 'dung lượng tối đa (MB)', en: 'largest size (MB)' },
  maxFiles: { vi: 'số tệp tối đa', en: 'most files' },
  earliest: { vi: 'ngày sớm nhất', en: 'earliest day' },
  latest: { vi: 'ngày muộn nhất', en: 'latest day' },
  minLength: { vi: 'số ký tự ít nhất', en: 'fewest characters' },
  maxLength: { vi: 'số ký tự nhiều nhất', en: 'most characters' },
  minimum: { vi: 'giá trị nhỏ nhất', en: 'lowest value' },
  maximum: { vi: 'giá trị lớn nhất', en: 'highest value' },
  pattern: { vi: 'mẫu ký tự', en: 'pattern' },
  min: { vi: 'số dòng ít nhất', en: 'fewest rows' },
  max: { vi: 'số dòng nhiều nhất', en: 'most rows' },
  suffix: { vi: 'đơn vị', en: 'unit' },
  width: { vi: 'độ rộng ô', en: 'width' },
  sensitive: { vi: 'che khi hiển thị', en: 'masked' },
  signers: { vi: 'những người cùng xác nhận', en: 'signers' },
  style: { vi: 'kiểu trình bày', en: 'style' },
  test: { vi: 'quy tắc', en: 'rule' },
  message: { vi: 'lời báo', en: 'message' },
  field: { vi: 'câu hỏi liên quan', en: 'question concerned' },
};
const things: Record<Thing['kind'], Text> = {
  form: { vi: 'Biểu mẫu', en: 'Form' },
  page: { vi: 'Trang', en: 'Page' },
  group: { vi: 'Nhóm', en: 'Group' },
  field: { vi: 'Câu', en: 'Question' },
  column: { vi: 'Cột', en: 'Column' },
  check: { vi: 'Quy tắc', en: 'Rule' },
};

/** A change as a sentence: `Câu “Họ tên”: đổi gợi ý từ “…” thành “…”`. `before` and `after` give names and options their words. */
export function changeInWords(
  change: DefinitionChange,
  forms: { before: FormDefinition; after: FormDefinition },
  locale: Locale,
): string {
  const name = `${things[change.thing][locale]} “${change.title[locale] || change.key}”`;
  const vi = locale === 'vi';
  if (change.kind === 'added') return vi ? `${name}: mới thêm` : `${name}: added`;
  if (change.kind === 'removed') return vi ? `${name}: đã bỏ` : `${name}: removed`;
  if (change.kind === 'moved') return vi ? `${name}: chuyển sang chỗ khác` : `${name}: moved`;
  const part = parts[change.part ?? '']?.[locale] ?? (vi ? 'thiết lập khác' : 'another setting');
  const from = valueInWords(change.before, change.part, forms.before, locale);
  const to = valueInWords(change.after, change.part, forms.after, locale);
  if (from === null) return vi ? `${name}: thêm ${part}: ${to}` : `${name}: ${part} added: ${to}`;
  if (to === null) return vi ? `${name}: bỏ ${part} (${from})` : `${name}: ${part} removed (${from})`;
  return vi ? `${name}: đổi ${part} từ ${from} thành ${to}` : `${name}: ${part} changed from ${from} to ${to}`;
}

const fieldTypeWords = (type: string, locale: Locale): string => typeTitles[type]?.[locale] ?? type;

function valueInWords(value: unknown, part: string | null, form: FormDefinition, locale: Locale): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? (locale === 'vi' ? 'có' : 'yes') : locale === 'vi' ? 'không' : 'no';
  if (part === 'type' && typeof value === 'string') return `“${fieldTypeWords(value, locale)}”`;
  if (part === 'showWhen' || part === 'requiredWhen')
    return `“${conditionInWords(form, value as never, locale)?.replace(/^(Chỉ khai khi|Only when) /, '') ?? ''}”`;
  if (part === 'prefill') return `“${sourceTitles[(value as { source: string }).source]?.[locale] ?? ''}”`;
  if (typeof value === 'string' || typeof value === 'number') return `“${value}”`;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) =>
      typeof item === 'string'
        ? item
        : (((item as { label?: Text; title?: Text }).label ?? (item as { title?: Text }).title)?.[locale] ?? '…'),
    );
    return `“${items.slice(0, 12).join('; ')}${items.length > 12 ? '…' : ''}”`;
  }
  const text = value as Partial<Text>;
  if (typeof text.vi === 'string') {
    const shown = text[locale] ?? text.vi;
    return `“${shown.length > 160 ? `${shown.slice(0, 160)}…` : shown}”`;
  }
  return locale === 'vi' ? '(biểu thức)' : '(an expression)';
}
