/** Judges answers: the contract first, then what a schema cannot say (conditions, dates, maps, files, rules over fields). */
import type { ErrorObject } from 'ajv';
import { dayOfBound } from './answers.ts';
import type { Books } from './books.ts';
import { identityFacts } from './codes.ts';
import { compiledContract } from './contract.ts';
import { evaluateForm, type Evaluation, type Surroundings } from './evaluate-form.ts';
import { readsOf } from './logic.ts';
import { formatMessage, limitMessage, missingMessage } from './messages.ts';
import { outlineOf, resolveRead, type Entry, type Outline } from './outline.ts';
import {
  formLimits,
  type AddressValue,
  type AnswerField,
  type FieldValue,
  type FormDefinition,
  type RowValue,
  type Text,
  type Values,
} from './definition.ts';

/** What is wrong with one answer. `at`: `phone`, `members.0.capital`, or '' for the whole; `part` of a date or address. */
export type FormError = { at: string; part?: string; message: Text };

export type Circumstances = Surroundings & { books?: Books; /** Key of the compiled contract. */ versionId?: string };

export type Judgement = { values: Values; errors: FormError[]; evaluation: Evaluation };

/**
 * Judges the answers of one page (`pageId`) or of the whole form. Returns the settled values: hidden answers dropped,
 * calculations redone, empty rows gone (whole form). `errors` is empty exactly when everything asked is answered rightly; one per place,
 * in the order of the form. Never throws for odd values.
 */
export function validateAnswers(
  definition: FormDefinition,
  given: Values,
  circumstances: Circumstances,
  pageId?: string,
): Judgement {
  const outline = outlineOf(definition);
  const own = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  const evaluation = evaluateForm(definition, pageId === undefined ? tidyRows(outline, own) : own, circumstances);
  const { values } = evaluation;
  const found = new Map<string, FormError>();
  const add = (error: FormError): void => {
    if (!found.has(error.at)) found.set(error.at, error);
  };
  if (pageId === undefined) {
    const unknown = Object.keys(own).some((name) => !outline.byKey.has(name) && !outline.lists.has(name));
    if (unknown) add({ at: '', message: limitMessage.notOurs() });
  }
  if (JSON.stringify(values).length > formLimits.valuesBytes) {
    return { values, errors: [{ at: '', message: limitMessage.tooMuch() }], evaluation };
  }
  const validate = compiledContract(definition, circumstances.versionId);
  if (!validate(values)) for (const error of validate.errors ?? []) add(contractError(outline, error));
  for (const place of placesOf(outline, evaluation)) {
    const wrong = found.has(place.at) ? null : placeError(place, values, evaluation, circumstances);
    if (wrong) add({ at: place.at, ...wrong });
  }
  for (const error of listErrors(outline, evaluation)) add(error);
  for (const error of crossErrors(definition, outline, evaluation, found)) add(error);
  const errors = inFormOrder(outline, [...found.values()]);
  if (pageId === undefined) return { values, errors, evaluation };
  return { values, errors: errors.filter((error) => pageOf(outline, error.at) === pageId), evaluation };
}

/** One asked answer in its place. */
type Place = { at: string; entry: Entry; row: RowValue | undefined; value: FieldValue | undefined };

function placesOf(outline: Outline, evaluation: Evaluation): Place[] {
  const { values, shown } = evaluation;
  return outline.entries.flatMap((entry): Place[] => {
    if (entry.list === null) {
      return shown.has(entry.name) ? [{ at: entry.name, entry, row: undefined, value: values[entry.name] }] : [];
    }
    const rows = rowsOf(values, entry.list);
    return rows
      .map((row, i) => ({ at: `${entry.list}.${i}.${entry.name}`, entry, row, value: row[entry.name] }))
      .filter((place) => shown.has(place.at));
  });
}

const rowsOf = (values: Values, list: string): RowValue[] => {
  const rows = values[list];
  return Array.isArray(rows) ? (rows as RowValue[]) : [];
};

/** Must this field be answered where it stands? */
export function isRequired(field: AnswerField, evaluation: Evaluation, row?: RowValue): boolean {
  if (field.calculate !== undefined) return false;
  if (field.requiredWhen !== undefined) return evaluation.holds(field.requiredWhen, row);
  return field.required ?? true;
}

type Wrong = { message: Text; part?: string };

function placeError(place: Place, values: Values, evaluation: Evaluation, circumstances: Circumstances): Wrong | null {
  const { entry, row, value } = place;
  const { field } = entry;
  if (field.type === 'table') return null;
  if (value === undefined) return isRequired(field, evaluation, row) ? { message: missingMessage(field) } : null;
  if (field.type === 'date') return dateError(field, value as string, circumstances.today);
  if (field.type === 'identityNumber') {
    const facts = identityFacts(value as string);
    return facts && facts.birthYear > Number(circumstances.today.slice(0, 4))
      ? { message: formatMessage(field) }
      : null;
  }
  if (field.type === 'address') return addressError(field, value as AddressValue, values, circumstances);
  if (field.type === 'file') return fileError(field, value as string[], circumstances);
  if ('optionsFrom' in field && field.optionsFrom !== undefined) {
    const options = circumstances.books?.options?.optionsOf(field.optionsFrom, circumstances.today) ?? [];
    const chosen = Array.isArray(value) ? (value as string[]) : [value];
    return chosen.every((item) => options.some((option) => option.value === item))
      ? null
      : { message: formatMessage(field) };
  }
  return null;
}

function dateError(field: AnswerField & { type: 'date' }, day: string, today: string): Wrong | null {
  const earliest = field.earliest === undefined ? null : dayOfBound(field.earliest, today);
  const latest = field.latest === undefined ? null : dayOfBound(field.latest, today);
  if (earliest !== null && day < earliest) return { message: limitMessage.tooEarly(field, earliest) };
  if (latest !== null && day > latest) return { message: limitMessage.tooLate(field, latest) };
  return null;
}

/** The date whose map an address is read by. */
export function mapDateOf(field: AnswerField & { type: 'address' }, values: Values, today: string): string {
  if (typeof field.on === 'object') {
    const day = Object.hasOwn(values, field.on.field) ? values[field.on.field] : undefined;
    return typeof day === 'string' && dayOfBound(day, today) !== null ? day : today;
  }
  return (field.on === undefined ? null : dayOfBound(field.on, today)) ?? today;
}

function addressError(
  field: AnswerField & { type: 'address' },
  address: AddressValue,
  values: Values,
  circumstances: Circumstances,
): Wrong | null {
  const units = circumstances.books?.addresses?.unitsOn(mapDateOf(field, values, circumstances.today));
  const has = (list: readonly { code: string }[] | undefined, code: string): boolean =>
    list?.some((unit) => unit.code === code) ?? false;
  if (address.province === '') return { message: missingMessage(field), part: 'province' };
  if (!units || !has(units.provinces(), address.province)) return { message: formatMessage(field), part: 'province' };
  if (units.hasDistricts && !address.district) return { message: limitMessage.missingDistrict(), part: 'district' };
  if (units.hasDistricts && !has(units.children(address.province), address.district ?? '')) {
    return { message: limitMessage.missingDistrict(), part: 'district' };
  }
  const parent = units.hasDistricts ? (address.district ?? '') : address.province;
  if (!units.hasDistricts && address.district) return { message: formatMessage(field), part: 'commune' };
  if (!has(units.children(parent), address.commune)) return { message: limitMessage.missingCommune(), part: 'commune' };
  if (field.detail !== false && !address.detail) return { message: limitMessage.missingDetail(), part: 'detail' };
  return null;
}

function fileError(field: AnswerField & { type: 'file' }, ids: string[], circumstances: Circumstances): Wrong | null {
  const megabytes = field.maxMegabytes ?? 10;
  for (const id of ids) {
    const file = circumstances.books?.files?.find(id);
    if (!file) return { message: formatMessage(field) };
    const kind = file.kind === 'jpeg' ? 'jpg' : file.kind;
    if (!field.accept.some((accepted) => accepted === kind))
      return { message: limitMessage.wrongFileKind(field, field.accept) };
    if (file.sizeBytes > megabytes * 1_000_000) return { message: limitMessage.fileTooLarge(field, megabytes) };
  }
  return null;
}

function listErrors(outline: Outline, evaluation: Evaluation): FormError[] {
  return [...outline.lists.values()].flatMap((list): FormError[] => {
    if (!evaluation.shown.has(list.name)) return [];
    const count = rowsOf(evaluation.values, list.name).length;
    const table = outline.byKey.get(list.name)?.field;
    const isOptional = table !== undefined && !isRequired(table, evaluation);
    const label = list.group.title ?? list.itemTitle;
    if (table && count === 0 && !isOptional) return [{ at: list.name, message: missingMessage(table) }];
    if (count < list.min && !(isOptional && count === 0)) {
      return [{ at: list.name, message: limitMessage.tooFew(table ? list.itemTitle : label, list.min) }];
    }
    return [];
  });
}

function crossErrors(
  definition: FormDefinition,
  outline: Outline,
  evaluation: Evaluation,
  found: ReadonlyMap<string, FormError>,
): FormError[] {
  const { values, shown } = evaluation;
  return (definition.ui.checks ?? []).flatMap((check): FormError[] => {
    if (!shown.has(check.field) || found.has(check.field)) return [];
    const isReady = readsOf(check.test).every((read) => {
      const key = resolveRead(outline, read, null);
      if (key === null || key === undefined) return true;
      const top = key.split('.')[0] ?? '';
      const isWrong = [...found.keys()].some((at) => at === top || at.startsWith(`${top}.`));
      return values[top] !== undefined && !isWrong;
    });
    return isReady && !evaluation.holds(check.test) ? [{ at: check.field, message: check.message }] : [];
  });
}

/** An error of Ajv in words, at the field it belongs to. */
function contractError(outline: Outline, error: ErrorObject): FormError {
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const [root = '', second, third] = steps;
  if (outline.lists.has(root)) {
    const entry = third === undefined ? undefined : outline.byKey.get(`${root}.${third}`);
    if (entry) return { at: `${root}.${second}.${third}`, ...wordsFor(entry.field, error, steps[3]) };
    const list = outline.lists.get(root)!;
    return { at: root, message: listWords(list.itemTitle, error) };
  }
  const entry = outline.byKey.get(root);
  return entry ? { at: root, ...wordsFor(entry.field, error, second) } : { at: '', message: limitMessage.notOurs() };
}

function listWords(label: Text, error: ErrorObject): Text {
  const limit = (error.params as { limit?: number }).limit ?? 0;
  if (error.keyword === 'maxItems') return limitMessage.tooMany(label, limit);
  if (error.keyword === 'minItems') return limitMessage.tooFew(label, limit);
  return error.keyword === 'uniqueItems' ? limitMessage.doubled(label) : limitMessage.notOurs();
}

function wordsFor(field: AnswerField, error: ErrorObject, part: string | undefined): Wrong {
  const limit = (error.params as { limit?: number }).limit ?? 0;
  const where = field.type === 'address' && part !== undefined ? { part } : {};
  switch (error.keyword) {
    case 'maxLength':
      return ['text', 'longText', 'address'].includes(field.type)
        ? { message: limitMessage.tooLong(field, limit), ...where }
        : { message: formatMessage(field) };
    case 'minLength':
      return { message: limitMessage.tooShort(field, limit), ...where };
    case 'minimum':
      return { message: limitMessage.tooLow(field, limit, false) };
    case 'exclusiveMinimum':
      return { message: limitMessage.tooLow(field, limit, true) };
    case 'maximum':
      return { message: limitMessage.tooHigh(field, limit, false) };
    case 'exclusiveMaximum':
      return { message: limitMessage.tooHigh(field, limit, true) };
    case 'multipleOf':
      return {
        message: limitMessage.notMultiple(field, (error.params as { multipleOf?: number }).multipleOf ?? 1),
      };
    case 'pattern':
      return field.type === 'text' || field.type === 'longText'
        ? { message: limitMessage.wrongPattern(field) }
        : { message: formatMessage(field), ...where };
    case 'maxItems':
    case 'minItems':
    case 'uniqueItems':
      return { message: listWords(field.label, error) };
    default:
      return { message: formatMessage(field), ...where };
  }
}

/** Empty rows do not count; a list keeps as many as it must have, so that what is missing can be pointed at. */
function tidyRows(outline: Outline, given: Values): Values {
  const tidy: Values = { ...given };
  for (const list of outline.lists.values()) {
    const rows = Object.hasOwn(given, list.name) ? given[list.name] : undefined;
    if (rows !== undefined && !Array.isArray(rows)) continue;
    const calculated = new Set(
      list.rowFields.filter((f) => f.type !== 'content' && f.calculate !== undefined).map((f) => f.name),
    );
    const isFilled = (row: unknown): boolean =>
      row !== null && typeof row === 'object' && Object.keys(row).some((name) => !calculated.has(name));
    const kept: RowValue[] = ((rows ?? []) as RowValue[]).filter(isFilled);
    if (list.kind === 'group') while (kept.length < Math.min(list.min, formLimits.rows)) kept.push({});
    if (kept.length > 0 || rows !== undefined) tidy[list.name] = kept;
  }
  return tidy;
}

/** The page an error belongs to; the first page for what belongs to none. */
export function pageOf(outline: Outline, at: string): string | undefined {
  const [root = '', , third] = at.split('.');
  return (outline.byKey.get(third === undefined ? root : `${root}.${third}`) ?? outline.lists.get(root))?.page.id;
}

function inFormOrder(outline: Outline, errors: FormError[]): FormError[] {
  const ranks = new Map<string, number>();
  outline.entries.forEach((entry, i) => {
    const top = entry.list ?? entry.name;
    if (!ranks.has(top)) ranks.set(top, i);
    ranks.set(entry.key, i);
  });
  const rank = (error: FormError): [number, number, number] => {
    const [root = '', index, name] = error.at.split('.');
    return [ranks.get(root) ?? -1, index === undefined ? -1 : Number(index), ranks.get(`${root}.${name}`) ?? -1];
  };
  return errors
    .map((error) => ({ error, rank: rank(error) }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2])
    .map(({ error }) => error);
}
