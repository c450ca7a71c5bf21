/**
 * Which fields are asked, with what they calculate. Pure and the same on both sides; no imports from node. What is hidden
 * has no value, so nothing that depends on it can see an answer that the person no longer gives.
 */
import { evaluate, holds, isDay, type LogicData } from './logic.ts';
import { outlineOf, type Entry, type ListEntry, type Outline } from './outline.ts';
import {
  formLimits,
  type AnswerField,
  type FieldValue,
  type FormDefinition,
  type Logic,
  type RowValue,
  type Values,
} from './definition.ts';

/** What the caller knows: the day in Asia/Ho_Chi_Minh, and facts the conditions may read as `context.…`. */
export type Surroundings = { today: string; context?: Record<string, string | number | boolean> };

export type Evaluation = {
  /** Own, known and shown names only; calculated values in place. */
  values: Values;
  /** What is asked: `trade`, `members`, `members.0.share`. */
  shown: ReadonlySet<string>;
  /** Ids of the pages and groups that are asked. */
  shownPages: ReadonlySet<string>;
  shownGroups: ReadonlySet<string>;
  /** Does a condition hold after everything is settled? `row` is a row of the values. */
  holds(condition: Logic | undefined, row?: RowValue): boolean;
};

/** Settles a form: drops what is hidden or unknown, works out what is calculated. Never throws for odd values. */
export function evaluateForm(definition: FormDefinition, given: Values, surroundings: Surroundings): Evaluation {
  const outline = outlineOf(definition);
  const values = knownValues(outline, given);
  const data: LogicData = Object.assign(values as LogicData, {
    today: surroundings.today,
    context: { ...surroundings.context },
  });
  const shown = new Set<string>();
  const decided = new Map<Logic, boolean>();
  const once = (condition: Logic): boolean => {
    const known = decided.get(condition);
    if (known !== undefined) return known;
    const result = holds(condition, data);
    decided.set(condition, result);
    return result;
  };
  for (const key of outline.order) {
    const entry = outline.byKey.get(key);
    const list = outline.lists.get(key);
    if (entry && entry.list !== null) settleRows(entry, outline.lists.get(entry.list)!, data, shown, once);
    else if (entry ?? list) {
      const isShown = (entry ?? list)!.showWhen.every(once);
      if (isShown) shown.add(key);
      else delete data[key];
      if (isShown && entry?.field.calculate !== undefined) settleCalculated(entry.field, data, data);
    }
  }
  delete data['row'];
  const { shownPages, shownGroups } = shownPlaces(definition, once);
  delete (data as Partial<LogicData>).today;
  delete data['context'];
  let settled: LogicData | undefined;
  return {
    values,
    shown,
    shownPages,
    shownGroups,
    holds: (condition, row) => {
      if (condition === undefined) return true;
      settled ??= { ...values, today: surroundings.today, context: { ...surroundings.context } };
      return holds(condition, row ? { ...settled, row } : settled);
    },
  };
}

function shownPlaces(definition: FormDefinition, once: (condition: Logic) => boolean) {
  const shownPages = new Set<string>();
  const shownGroups = new Set<string>();
  for (const page of definition.ui.pages) {
    if (page.showWhen !== undefined && !once(page.showWhen)) continue;
    shownPages.add(page.id);
    for (const group of page.groups)
      if (group.showWhen === undefined || once(group.showWhen)) shownGroups.add(group.id);
  }
  return { shownPages, shownGroups };
}

function settleRows(
  entry: Entry,
  list: ListEntry,
  data: LogicData,
  shown: Set<string>,
  once: (condition: Logic) => boolean,
): void {
  const rows = data[list.name];
  if (!Array.isArray(rows)) return;
  const own = entry.field.showWhen;
  const isOuterShown = list.showWhen.every(once);
  rows.forEach((row: RowValue, index) => {
    data.row = row;
    if (isOuterShown && (own === undefined || holds(own, data))) {
      shown.add(`${list.name}.${index}.${entry.name}`);
      if (entry.field.calculate !== undefined) settleCalculated(entry.field, row, data);
    } else delete row[entry.name];
  });
  delete data.row;
}

function settleCalculated(field: AnswerField, target: RowValue | LogicData, data: LogicData): void {
  const result = calculatedValue(field, evaluate(field.calculate ?? null, data));
  if (result === null) delete target[field.name];
  else target[field.name] = result;
}

/** A calculated result as a value of the field; null when it is none. Money and whole numbers are rounded half away from zero. */
function calculatedValue(field: AnswerField, result: unknown): FieldValue | null {
  switch (field.type) {
    case 'money':
    case 'integer': {
      if (typeof result !== 'number' || Math.abs(result) > formLimits.moneyDong) return null;
      return Math.sign(result) * Math.round(Math.abs(result)) + 0;
    }
    case 'decimal':
      // Twelve digits are exact for people and hide the dust of binary fractions.
      return typeof result === 'number' ? Number(result.toPrecision(12)) : null;
    case 'date':
      return isDay(result) ? result : null;
    case 'yesNo':
      return typeof result === 'boolean' ? result : null;
    case 'text':
    case 'longText':
    case 'identityNumber':
    case 'taxCode':
    case 'businessNumber':
    case 'phone':
    case 'email':
    case 'radios':
    case 'select':
      if (typeof result === 'number') return String(result);
      return typeof result === 'string' && result.trim() !== '' ? result.trim().slice(0, formLimits.text) : null;
    case 'address':
    case 'checkboxes':
    case 'declaration':
    case 'file':
    case 'table':
      return null;
    default:
      return field satisfies never;
  }
}

/** A copy with own, known names only; lists are lists of plain rows, at most `formLimits.rows` long. */
function knownValues(outline: Outline, given: Values): Values {
  const values: Values = {};
  for (const entry of outline.entries) {
    if (entry.list !== null || outline.lists.has(entry.name) || !Object.hasOwn(given, entry.name)) continue;
    const value = given[entry.name];
    if (value !== undefined && value !== null && entry.field.calculate === undefined)
      values[entry.name] = copyOf(value);
  }
  for (const list of outline.lists.values()) {
    const rows = Object.hasOwn(given, list.name) ? given[list.name] : undefined;
    if (!Array.isArray(rows)) continue;
    values[list.name] = rows.slice(0, formLimits.rows).map((row) => knownRow(list, row));
  }
  return values;
}

function knownRow(list: ListEntry, row: unknown): RowValue {
  const copy: RowValue = {};
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return copy;
  for (const field of list.rowFields) {
    if (field.type === 'content' || field.calculate !== undefined || !Object.hasOwn(row, field.name)) continue;
    const value = (row as RowValue)[field.name];
    if (value !== undefined && value !== null) copy[field.name] = copyOf(value);
  }
  return copy;
}

/** A copy of a plain value; lists of plain texts are copied the short way, they are many. */
function copyOf(value: FieldValue): FieldValue {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return [...value];
  return structuredClone(value);
}
