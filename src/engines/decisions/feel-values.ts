import { FeelDate, FeelDateTime, FeelDuration, FeelTime, date, dateAndTime, duration, isRange, time } from 'feelin';

/** A value as the house keeps it: JSON. Dates, times and durations are ISO 8601 text; the declared type says what they are. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };
export type Context = Readonly<Record<string, Value>>;

/** Types that an input, an output or a variable may have. */
export const VALUE_TYPES = ['string', 'number', 'boolean', 'date', 'time', 'dateTime', 'duration', 'any'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];
/** A declared type: a simple one, or that of a context by the names of its parts. Lists have the type of their members. */
export type Shape = ValueType | { readonly [name: string]: Shape };

export const VALUE_LIMITS = { depth: 12, parts: 10_000, list: 500, text: 4_000, name: 200 };

/** Names that reach into a program instead of data. */
const REFUSED_NAMES = new Set(['__proto__', 'prototype', 'constructor', '__defineGetter__', '__defineSetter__']);
export const isRefusedName = (name: string): boolean => REFUSED_NAMES.has(name.trim());

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * A copy of a value that holds nothing but data: text and names in NFC, finite numbers, plain lists and contexts within the limits.
 * @throws RangeError that names the place, for anything else (functions, getters of classes, refused names, too deep, too long)
 */
export function plainValue(value: unknown, budget = { parts: VALUE_LIMITS.parts }, at = '', depth = 0): Value {
  const refuse = (why: string): never => {
    throw new RangeError(`${at || 'value'}: ${why}`);
  };
  if (--budget.parts < 0) return refuse('too many values');
  if (depth > VALUE_LIMITS.depth) return refuse('too deep');
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : refuse('not a number');
  if (typeof value === 'string') {
    if (value.length > VALUE_LIMITS.text) return refuse('text too long');
    return value.normalize('NFC');
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? refuse('no date') : value.toISOString();
  if (Array.isArray(value)) {
    if (value.length > VALUE_LIMITS.list) return refuse('list too long');
    return value.map((each, index) => plainValue(each, budget, `${at}[${index}]`, depth + 1));
  }
  if (typeof value !== 'object' || !isPlain(value)) return refuse('no data');
  const entries = Object.entries(value).map(([name, each]): [string, Value] => {
    const plain = name.normalize('NFC');
    if (isRefusedName(plain)) return refuse(`the name ${plain} is refused`);
    if (plain === '' || plain.length > VALUE_LIMITS.name) return refuse('a name is empty or too long');
    return [plain, plainValue(each, budget, at === '' ? plain : `${at}.${plain}`, depth + 1)];
  });
  return Object.fromEntries(entries);
}

/** What an expression calculated, as JSON again. Ranges and functions are no values: they become null. Floating dust is cut at 15 digits. */
export function fromFeel(value: unknown, depth = 0): Value {
  if (value === null || value === undefined || depth > 2 * VALUE_LIMITS.depth) return null;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? Number(value.toPrecision(15)) : null;
  if (
    value instanceof FeelDate ||
    value instanceof FeelTime ||
    value instanceof FeelDateTime ||
    value instanceof FeelDuration
  )
    return value.toString();
  if (Array.isArray(value)) return value.map((each) => fromFeel(each, depth + 1));
  if (typeof value !== 'object' || isRange(value) || !isPlain(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fromFeel(each, depth + 1)]));
}

/** The value as an expression sees it: text of a declared date, time or duration becomes one. Null when it is no such thing. */
export function toFeel(value: Value, type: Shape): unknown {
  if (Array.isArray(value)) return value.map((each: Value) => toFeel(each, type));
  if (typeof value === 'object' && value !== null && typeof type === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toFeel(each, type[name] ?? 'any')]));
  if (typeof value !== 'string') return value;
  if (type === 'date') return date(value);
  if (type === 'time') return time(value);
  if (type === 'dateTime') return dateAndTime(value);
  if (type === 'duration') return duration(value);
  return value;
}

/** Whether a value (from JSON) is of a type; null is of every type, a list is when all its members are. */
export function isOfType(value: Value, type: ValueType): boolean {
  if (value === null || type === 'any') return true;
  if (Array.isArray(value)) return value.every((each: Value) => isOfType(each, type));
  if (type === 'string' || type === 'number' || type === 'boolean') return typeof value === type;
  return typeof value === 'string' && toFeel(value, type) !== null;
}
