import type { Books } from '../books.ts';
import type { AnswerField, ContentField, Field, FormDefinition, Group, Locale, Page, Values } from '../definition.ts';
import { canonicalJson, rowsOf } from '../diff-submissions.ts';
import { answerLines, type Reading } from '../display.ts';
import { evaluateForm, type Surroundings } from '../evaluate-form.ts';
import { hasValue } from '../outline.ts';
import { blankCell, blankControl, isShort } from './blank-controls.ts';
import { conditionInWords } from './condition-words.ts';
import type { Block, Control, FormSheet, Section, SheetItem } from './sheet.ts';

const WORDS = {
  vi: { to: 'Kính gửi', optional: '(nếu có)', enclosed: 'Gửi kèm', sign: 'NGƯỜI KHAI', signHint: '(Ký và ghi rõ họ tên)', page: 'Trang', number: 'TT', dateline: '……………………, ngày …… tháng …… năm ………', blank: 'Mẫu để trống', filled: 'Bản in nội dung đã khai' }, // prettier-ignore
  en: { to: 'To', optional: '(if any)', enclosed: 'Enclosed', sign: 'SIGNED', signHint: '(Signature and full name)', page: 'Page', number: 'No.', dateline: '……………………, day …… month …… year ………', blank: 'Blank form', filled: 'Print of what was entered' }, // prettier-ignore
} as const;

/** Rows left blank in a table, and items side by side when a group is too wide for rows. */
const BLANK_ROWS = 4;
const BLANK_ITEMS = 2;
const WIDEST = 5;

export interface SheetSetting {
  locale: Locale;
  /** `YYYY-MM-DD`: of printing for a blank form, of submission for a filled one. */
  today: string;
  books?: Books | undefined;
  /** Name of the procedure, under the title. */
  subtitle?: string | null;
  /** Where it is handed in; a blank line when it is not known. */
  addressee?: string | null;
  /** What stands at the foot: code and version. */
  footer: string;
}

export interface Filled {
  values: Values;
  context?: Surroundings['context'];
  /** Hide the middle of sensitive numbers. */
  masked?: boolean;
}

interface Look {
  definition: FormDefinition;
  setting: SheetSetting;
  filled: { reading: Reading; shown: ReadonlySet<string> } | null;
}

/** A form as a sheet of paper: blank, or with what was entered (then only what was asked of this person). */
export function formSheet(definition: FormDefinition, setting: SheetSetting, filled: Filled | null): FormSheet {
  const { locale, today, books } = setting;
  const words = WORDS[locale];
  const surroundings = { today, ...(filled?.context ? { context: filled.context } : {}) };
  const look: Look = {
    definition,
    setting,
    filled: filled && {
      reading: { locale, today, books, values: filled.values, masked: filled.masked },
      shown: evaluateForm(definition, filled.values, surroundings).shown,
    },
  };
  return {
    lang: locale,
    nation: ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'],
    nationBeside: locale === 'en' ? ['SOCIALIST REPUBLIC OF VIET NAM', 'Independence - Freedom - Happiness'] : [],
    title: definition.title[locale],
    subtitle: setting.subtitle ?? null,
    addressee: { label: words.to, name: setting.addressee ?? null },
    sections: definition.ui.pages.map((page) => sectionOf(look, page)).filter(({ blocks }) => blocks.length > 0),
    dateline: words.dateline,
    signer: words.sign,
    signHint: words.signHint,
    footer: `${filled ? words.filled : words.blank} · ${setting.footer}`,
    pageWord: words.page,
  };
}

function sectionOf(look: Look, page: Page): Section {
  const { locale } = look.setting;
  return {
    title: page.title[locale],
    note: noteOf(look, page.showWhen),
    intro: [],
    blocks: page.groups.flatMap((group) => groupBlocks(look, group)),
  };
}

const noteOf = (look: Look, logic: Page['showWhen']): string | null =>
  look.filled ? null : conditionInWords(look.definition, logic, look.setting.locale);

function groupBlocks(look: Look, group: Group): Block[] {
  const { locale } = look.setting;
  const note = noteOf(look, group.showWhen);
  if (group.repeat) {
    const title = group.title?.[locale] ?? group.repeat.itemTitle[locale];
    const fields = group.fields.filter(hasValue);
    return tableBlocks(look, {
      list: group.repeat.name,
      title,
      note,
      fields,
      itemTitle: group.repeat.itemTitle[locale],
    });
  }
  const blocks = fieldBlocks(look, group.fields);
  if (blocks.length === 0 || (group.title === undefined && note === null)) return blocks;
  const hint = look.filled ? null : (group.hint?.[locale] ?? null);
  return [{ kind: 'heading', text: group.title?.[locale] ?? '', note, hint }, ...blocks];
}

function fieldBlocks(look: Look, fields: readonly Field[]): Block[] {
  const { locale } = look.setting;
  const blocks: Block[] = [];
  let half: SheetItem | null = null;
  const flush = (): void => {
    if (half) blocks.push({ kind: 'row', items: [half] });
    half = null;
  };
  for (const [i, field] of fields.entries()) {
    const shares = (other: Field | undefined): boolean =>
      field.showWhen !== undefined && canonicalJson(other?.showWhen ?? null) === canonicalJson(field.showWhen);
    const isSaid = shares(fields[i - 1]);
    if (!look.filled && !isSaid && shares(fields[i + 1])) {
      // One condition over several fields is said once, above them.
      flush();
      blocks.push({ kind: 'paragraph', text: `${noteOf(look, field.showWhen)}:`, isWarning: false });
    }
    const isUnderNote = isSaid || shares(fields[i + 1]);
    if (hasValue(field) && isPlain(field)) {
      const item = itemOf(look, field, isUnderNote);
      if (!item) continue;
      const short = isShort(field, blankControl(field, locale, look.setting.books, look.setting.today), locale);
      if (!short || item.remark !== null) {
        flush();
        blocks.push({ kind: 'row', items: [item] });
      } else if (half === null) half = item;
      else {
        blocks.push({ kind: 'row', items: [half, item] });
        half = null;
      }
      continue;
    }
    flush();
    blocks.push(...otherBlocks(look, field));
  }
  flush();
  return blocks;
}

const isPlain = (field: AnswerField): boolean =>
  field.type !== 'table' && field.type !== 'declaration' && field.type !== 'file';

function itemOf(look: Look, field: AnswerField, isUnderNote: boolean): SheetItem | null {
  const { locale, books, today } = look.setting;
  const label = field.label[locale];
  if (look.filled) {
    if (!look.filled.shown.has(field.name)) return null;
    const lines = answerLines(field, look.filled.reading.values[field.name], look.filled.reading);
    return { label, remark: null, hint: null, control: { kind: 'value', lines } };
  }
  return {
    label,
    remark: remarkOf(look, field, isUnderNote),
    hint: field.hint?.[locale] ?? null,
    control: blankControl(field, locale, books, today),
  };
}

/** "(nếu có)" for what may be left out, unless the label says so; the condition when it is not said above already. */
function remarkOf(look: Look, field: AnswerField, isUnderNote = false): string | null {
  if (look.filled) return null;
  const condition = isUnderNote ? null : noteOf(look, field.showWhen);
  if (condition !== null) return `(${condition})`;
  const isOptional = field.required === false || (field.required === undefined && field.requiredWhen !== undefined);
  const saysSo = /nếu có|if any/i.test(field.label[look.setting.locale]);
  return isOptional && !saysSo ? WORDS[look.setting.locale].optional : null;
}

/** Everything that is no label with an answer beside it: words, oaths, enclosures, tables. */
function otherBlocks(look: Look, field: Field): Block[] {
  const { locale } = look.setting;
  const values = look.filled?.reading.values ?? {};
  if (look.filled && field.type !== 'table' && field.type !== 'content' && !look.filled.shown.has(field.name))
    return [];
  if (field.type === 'content') return contentBlocks(look, field);
  if (field.type === 'declaration')
    return [{ kind: 'tick', text: field.text[locale], remark: null, isTicked: values[field.name] === true }];
  if (field.type === 'table') {
    const itemTitle = WORDS[locale].number;
    const { name: list, columns: fields } = field;
    return tableBlocks(look, { list, title: field.label[locale], note: remarkOf(look, field), fields, itemTitle });
  }
  if (field.type !== 'file') return [];
  const names = look.filled ? answerLines(field, values[field.name], look.filled.reading) : [];
  const text = `${WORDS[locale].enclosed}: ${field.label[locale]}${names.length > 0 ? ` (${names.join(', ')})` : ''}`;
  return [{ kind: 'tick', text, remark: remarkOf(look, field), isTicked: names.length > 0 }];
}

/** Help that only makes sense on a screen is short; on paper the words of law and warnings stand. */
function contentBlocks(look: Look, field: ContentField): Block[] {
  if (look.filled) return [];
  return field.text[look.setting.locale]
    .split(/\n\s*\n/)
    .map((text) => ({ kind: 'paragraph', text: text.trim(), isWarning: field.style === 'warning' }));
}

interface ListLook {
  list: string;
  title: string;
  note: string | null;
  itemTitle: string;
  fields: readonly AnswerField[];
}

/** Rows when the columns fit across A4; else one column per item, the labels at the left. */
function tableBlocks(look: Look, list: ListLook): Block[] {
  const { locale, books, today } = look.setting;
  const { filled } = look;
  const rows = filled ? (filled.shown.has(list.list) ? rowsOf(filled.reading.values, list.list) : []) : null;
  if (rows?.length === 0) return [];
  const cell = (field: AnswerField, index: number): Control =>
    filled && rows
      ? { kind: 'value', lines: answerLines(field, rows[index]?.[field.name], { ...filled.reading }) }
      : blankCell(field, locale, books, today);
  const label = (field: AnswerField): string => field.label[locale];
  const shared = { kind: 'table', title: list.title, note: list.note } as const;
  if (list.fields.length <= WIDEST) {
    const count = rows?.length ?? BLANK_ROWS;
    return [
      {
        ...shared,
        head: [WORDS[locale].number, ...list.fields.map(label)],
        widths: [0.45, ...list.fields.map(widthOf)],
        rows: Array.from({ length: count }, (_, i) => [
          text(String(i + 1)),
          ...list.fields.map((field) => cell(field, i)),
        ]),
        rowHeight: 8,
        isFirstColumnLabel: false,
      },
    ];
  }
  const count = rows?.length ?? BLANK_ITEMS;
  const blocks: Block[] = [];
  for (let from = 0; from < count; from += BLANK_ITEMS) {
    const items = Array.from({ length: Math.min(BLANK_ITEMS, count - from) }, (_, i) => from + i);
    blocks.push({
      ...shared,
      title: from === 0 ? list.title : null,
      note: from === 0 ? list.note : null,
      head: ['', ...items.map((i) => `${list.itemTitle} ${i + 1}`)],
      widths: [1.15, ...items.map(() => 2)],
      rows: list.fields.map((field) => [text(label(field)), ...items.map((i) => cell(field, i))]),
      rowHeight: 7.5,
      isFirstColumnLabel: true,
    });
  }
  return blocks;
}

const text = (line: string): Control => ({ kind: 'value', lines: [line] });

function widthOf(field: AnswerField): number {
  if (field.type === 'integer' || field.type === 'decimal' || field.type === 'date') return 1.1;
  if (field.type === 'address' || field.type === 'longText') return 2.6;
  return field.type === 'text' ? 2 : 1.5;
}
