/** Reads a posted page of a form: the answers it can take, and everything typed, so that the page can show it again. */
import { isId } from '../../platform/ids.ts';
import { formatMessage, limitMessage } from './messages.ts';
import { parseAnswer, type Answer, type RawAnswer } from './answers.ts';
import type { Prefilled } from './books.ts';
import { fileFieldAt } from './file-places.ts';
import { outlineOf, hasValue, type Entry, type ListEntry } from './outline.ts';
import { applyPrefill, isLocked } from './prefill.ts';
import { validateAnswers, type Circumstances, type FormError } from './validate-answers.ts';
import type { Evaluation } from './evaluate-form.ts';
import {
  formLimits,
  type AnswerField,
  type FormDefinition,
  type Page,
  type RowValue,
  type Text,
  type Values,
} from './definition.ts';

/** What a post body has to offer: `URLSearchParams` does. */
export type PostBody = { getAll(name: string): string[]; keys(): Iterable<string> };

/** What the person pressed. */
export type Command =
  | { kind: 'continue' }
  | { kind: 'save' }
  | { kind: 'add'; list: string }
  | { kind: 'remove'; list: string; index: number }
  | { kind: 'choose'; field: string }
  /** Go and choose a stored paper for the file question at this place, or take that one at once. */
  | { kind: 'store'; at: string }
  | { kind: 'take'; at: string; paperId: string };

/** Control name → what was typed, for showing it again. Names as `controlName` makes them. */
export type Typed = ReadonlyMap<string, string[]>;

export type ParsedPost = {
  /** All values known so far with this page's answers in place; wrong ones are absent. Hidden ones are dropped. */
  values: Values;
  /** Of this page only; empty for commands that only change the page; for `store`, which leaves it, what could not be read. */
  errors: FormError[];
  typed: Typed;
  command: Command;
  /** Fields that only now turned out to be asked: show the page again, without a reproach. */
  revealed: string[];
  evaluation: Evaluation;
};

/** Name of the button that says what to do. */
export const commandName = '_do';
/** Names the conditional fields that were on the page. */
export const askedName = '_asked';

/** `phone`, `members.0.capital`, `birth-day`: the name of a control. Ids are the same with `f-` before and dots as dashes. */
export const controlName = (at: string, part = ''): string => (part === '' ? at : `${at}-${part}`);
export const controlId = (at: string, part = ''): string => `f-${controlName(at, part).replaceAll('.', '-')}`;
/** Hidden field with the number of rows a list had on the page. */
export const rowCountName = (list: string): string => `_rows.${list}`;

/** The parts a field's controls have; '' alone for a single control. */
function partsOf(field: AnswerField): string[] {
  if (field.type === 'date') return ['day', 'month', 'year'];
  if (field.type === 'address') return ['province', 'district', 'commune', 'detail'];
  // Files attached before come back by their boxes, new ones by the control itself.
  return field.type === 'file' ? ['kept', ''] : [''];
}

const maxTyped = formLimits.longText * 4;

function rawAnswer(field: AnswerField, at: string, body: PostBody, typed: Map<string, string[]>, as = at): RawAnswer {
  const raw: RawAnswer = {};
  for (const part of partsOf(field)) {
    // Line ends count as one character, as they will be stored.
    const found = body
      .getAll(controlName(at, part))
      .slice(0, formLimits.options)
      .map((text) => text.slice(0, maxTyped));
    if (found.length === 0) continue;
    raw[part] = found;
    typed.set(controlName(as, part), found);
  }
  return raw;
}

type Wrong = { part?: string; message: Text };

function wordsFor(field: AnswerField, { reason, part }: Extract<Answer, { kind: 'wrong' }>): Wrong {
  const message = reason === 'characters' ? limitMessage.controlCharacters(field) : formatMessage(field);
  return part === undefined ? { message } : { message, part };
}

type Reading = {
  definition: FormDefinition;
  body: PostBody;
  typed: Map<string, string[]>;
  wrong: Map<string, Wrong>;
  prefilled: Prefilled;
};

/**
 * Reads the post of one page and judges it. `known` are the values so far (the draft). Names that are not on the page are
 * ignored; locked fields keep what their source gave. Never throws for odd input.
 */
export function parseFormPost(
  definition: FormDefinition,
  pageId: string,
  body: PostBody,
  known: Values,
  circumstances: Circumstances,
  prefilled: Prefilled = {},
): ParsedPost {
  const outline = outlineOf(definition);
  const reading: Reading = { definition, body, typed: new Map(), wrong: new Map(), prefilled };
  const values: Values = applyPrefill(definition, known, prefilled, 'locked');
  const command = readCommand(body, outline.lists, (at) => fileFieldAt(definition, pageId, at) !== undefined);
  for (const entry of outline.entries.filter((entry) => entry.page.id === pageId && entry.list === null)) {
    readField(reading, entry, values);
  }
  for (const list of outline.lists.values()) {
    if (list.page.id === pageId) values[list.name] = readRows(reading, list, command);
  }
  const judged = validateAnswers(definition, values, circumstances, pageId);
  const errors = mergeErrors(judged.errors, reading.wrong, judged.evaluation);
  const revealed = revealedBy(definition, pageId, body, judged.evaluation);
  const isCheck = command.kind === 'continue';
  return {
    values: judged.values,
    errors: isCheck
      ? withoutRevealed(errors, revealed)
      : command.kind === 'store'
        ? mergeErrors([], reading.wrong, judged.evaluation)
        : [],
    typed: reading.typed,
    command,
    revealed: isCheck ? revealed : [],
    evaluation: judged.evaluation,
  };
}

function readCommand(
  body: PostBody,
  lists: ReadonlyMap<string, ListEntry>,
  takesFiles: (at: string) => boolean,
): Command {
  const [kind, name = '', index = ''] = (body.getAll(commandName).at(-1) ?? '').slice(0, 200).split(':');
  if (kind === 'add' && lists.has(name)) return { kind, list: name };
  if (kind === 'remove' && lists.has(name) && /^\d{1,3}$/.test(index))
    return { kind, list: name, index: Number(index) };
  if (kind === 'choose' && name !== '') return { kind, field: name };
  if (kind === 'store' && takesFiles(name)) return { kind, at: name };
  if (kind === 'take' && takesFiles(name) && isId(index)) return { kind, at: name, paperId: index };
  return kind === 'save' ? { kind } : { kind: 'continue' };
}

function readField(reading: Reading, entry: Entry, values: Values): void {
  const { field } = entry;
  if (field.type === 'table' || field.calculate !== undefined) return;
  if (isLocked(reading.definition, entry, reading.prefilled)) return;
  const answer = parseAnswer(field, rawAnswer(field, entry.name, reading.body, reading.typed));
  if (answer.kind === 'value') values[entry.name] = answer.value;
  else delete values[entry.name];
  if (answer.kind === 'wrong') reading.wrong.set(entry.name, wordsFor(field, answer));
}

/**
 * Rows as posted: the removed one gone, empty ones gone (but as many kept as the list needs), one more when asked. What was
 * typed moves with its row.
 */
function readRows(reading: Reading, list: ListEntry, command: Command): RowValue[] {
  const claimed = Number(reading.body.getAll(rowCountName(list.name)).at(-1) ?? 0);
  const count = Math.min(Number.isInteger(claimed) && claimed > 0 ? claimed : 0, formLimits.rows);
  const fields = list.rowFields
    .filter(hasValue)
    .filter((field) => field.type !== 'table' && field.calculate === undefined);
  const rows: RowValue[] = [];
  const isAdding = command.kind === 'add' && command.list === list.name;
  // A paper is on its way to a row of this list: rows keep their places.
  const isTaking = (command.kind === 'store' || command.kind === 'take') && command.at.startsWith(`${list.name}.`);
  for (let from = 0; from < count; from += 1) {
    if (command.kind === 'remove' && command.list === list.name && command.index === from) continue;
    const to = rows.length;
    const typed = new Map<string, string[]>();
    const wrong: [string, Wrong][] = [];
    const row: RowValue = {};
    for (const field of fields) {
      const at = `${list.name}.${to}.${field.name}`;
      const raw = rawAnswer(field, `${list.name}.${from}.${field.name}`, reading.body, typed, at);
      const answer = parseAnswer(field, raw);
      if (answer.kind === 'value') row[field.name] = answer.value;
      if (answer.kind === 'wrong') wrong.push([at, wordsFor(field, answer)]);
    }
    const isBlank = Object.keys(row).length === 0 && wrong.length === 0;
    const isNeeded = list.kind === 'group' && count - from <= list.min - to;
    if (isBlank && !isAdding && !isTaking && !isNeeded) continue;
    rows.push(row);
    for (const [name, found] of typed) reading.typed.set(name, found);
    for (const [at, error] of wrong) reading.wrong.set(at, error);
  }
  while (list.kind === 'group' && rows.length < Math.min(list.min, list.max)) rows.push({});
  if (isAdding && rows.length < Math.min(list.max, formLimits.rows)) rows.push({});
  return rows;
}

/** What could not be read is said before what is missing; hidden fields are not spoken of. */
function mergeErrors(judged: FormError[], wrong: Reading['wrong'], evaluation: Evaluation): FormError[] {
  const merged = judged.map((error) => {
    const unread = wrong.get(error.at);
    return unread ? { at: error.at, ...unread } : error;
  });
  const extra = [...wrong]
    .filter(([at]) => evaluation.shown.has(at) && !judged.some((error) => error.at === at))
    .map(([at, error]) => ({ at, ...error }));
  return [...merged, ...extra];
}

/** Conditional fields that are asked now and were not on the posted page. */
function revealedBy(definition: FormDefinition, pageId: string, body: PostBody, evaluation: Evaluation): string[] {
  const asked = new Set(body.getAll(askedName));
  const page = definition.ui.pages.find((page) => page.id === pageId);
  if (!page) return [];
  return conditionalPlaces(page, evaluation.values).filter((at) => evaluation.shown.has(at) && !asked.has(at));
}

/** Places on a page that a condition of the same page may show or hide. */
function conditionalPlaces(page: Page, values: Values): string[] {
  return page.groups.flatMap((group) => {
    const rows = group.repeat ? values[group.repeat.name] : undefined;
    const count = Array.isArray(rows) ? rows.length : 0;
    const own = group.fields.filter(hasValue).filter((field) => field.calculate === undefined);
    if (!group.repeat) {
      return own
        .filter((field) => group.showWhen !== undefined || field.showWhen !== undefined)
        .map((field) => field.name);
    }
    const { name } = group.repeat;
    const inRows = own
      .filter((field) => field.showWhen !== undefined)
      .flatMap((field) => Array.from({ length: count }, (_, i) => `${name}.${i}.${field.name}`));
    return group.showWhen === undefined ? inRows : [name, ...inRows];
  });
}

const withoutRevealed = (errors: FormError[], revealed: string[]): FormError[] =>
  errors.filter(({ at }) => !revealed.some((place) => at === place || at.startsWith(`${place}.`)));
