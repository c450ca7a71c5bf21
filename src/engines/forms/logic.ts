/**
 * The one place where a form's conditions and calculations are worked out: the same file runs on the server, which
 * decides, and in the browser, which only shows. Total and deterministic: no clock, no chance, no exception for a missing answer.
 * No imports besides the JsonLogic engine and the constants of the contract.
 */
import { LogicEngine, defaultMethods } from 'json-logic-engine';
import { formLimits, logicOperators, type Logic } from './definition.ts';

/** What an expression can read. `today` is `YYYY-MM-DD` in Asia/Ho_Chi_Minh, passed in by the caller. */
export type LogicData = {
  today: string;
  context?: Record<string, unknown>;
  row?: unknown;
  [fieldName: string]: unknown;
};

const iterators = new Set(['map', 'filter', 'all', 'some', 'none']);
const allowed: ReadonlySet<string> = new Set(logicOperators);

const isMissing = (value: unknown): boolean => value === null || value === undefined || value === '';
const numeric = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const listOf = (args: unknown): unknown[] => (Array.isArray(args) ? args : [args]);
const settle = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Arithmetic where a missing or wrong operand makes the whole result missing. */
function arithmetic(step: (a: number, b: number) => number): (args: unknown) => number | null {
  return (args) => {
    const numbers = listOf(args).map(numeric);
    if (numbers.length === 0 || numbers.includes(null)) return null;
    return settle((numbers as number[]).reduce(step));
  };
}

function ordered(test: (a: number | string, b: number | string) => boolean): (args: unknown) => boolean {
  return (args) => {
    const list = listOf(args);
    if (list.length < 2) return false;
    return list.slice(1).every((right, i) => {
      const left = list[i];
      if (typeof left === 'number' && typeof right === 'number') return test(left, right);
      if (typeof left === 'string' && typeof right === 'string' && left !== '' && right !== '')
        return test(left, right);
      return false;
    });
  };
}

function extreme(pick: (...numbers: number[]) => number): (args: unknown) => number | null {
  return (args) => {
    const numbers = listOf(args)
      .flat()
      .map(numeric)
      .filter((n) => n !== null);
    return numbers.length === 0 ? null : pick(...numbers);
  };
}

type Day = { year: number; month: number; day: number };

function dayOf(value: unknown): Day | null {
  const match = typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? { year, month, day } : null;
}

function daysInMonth(year: number, month: number): number {
  return [
    31,
    year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ][month - 1]!;
}

const dayMs = 86_400_000;
const utc = (d: Day): number => {
  const date = new Date(0);
  date.setUTCFullYear(d.year, d.month - 1, d.day);
  return date.getTime();
};
const written = (d: Day): string =>
  `${String(d.year).padStart(4, '0')}-${String(d.month).padStart(2, '0')}-${String(d.day).padStart(2, '0')}`;

/** Is this `YYYY-MM-DD` a day that exists? */
export function isDay(value: unknown): value is string {
  return dayOf(value) !== null;
}

/** Adds whole days; null for a wrong date or a year outside 0001–9999. */
export function addDays(date: unknown, days: unknown): string | null {
  const day = dayOf(date);
  const n = numeric(days);
  if (!day || n === null || Math.abs(n) > 4_000_000) return null;
  const moved = new Date(utc(day) + Math.trunc(n) * dayMs);
  const year = moved.getUTCFullYear();
  if (year < 1 || year > 9999) return null;
  return written({ year, month: moved.getUTCMonth() + 1, day: moved.getUTCDate() });
}

/** Adds months, keeping the day or taking the last one of a shorter month (Bộ luật Dân sự 2015, điều 148). */
export function addMonths(date: unknown, months: unknown): string | null {
  const day = dayOf(date);
  const n = numeric(months);
  if (!day || n === null || Math.abs(n) > 120_000) return null;
  const index = day.year * 12 + day.month - 1 + Math.trunc(n);
  const year = Math.floor(index / 12);
  const month = (((index % 12) + 12) % 12) + 1;
  if (year < 1 || year > 9999) return null;
  return written({ year, month, day: Math.min(day.day, daysInMonth(year, month)) });
}

/** Full years from `birth` to `on`; null when either is missing or wrong. */
export function ageOn(birth: unknown, on: unknown): number | null {
  const [a, b] = [dayOf(birth), dayOf(on)];
  if (!a || !b) return null;
  const before = b.month < a.month || (b.month === a.month && b.day < a.day);
  return b.year - a.year - (before ? 1 : 0);
}

function roundHalfAway(args: unknown): number | null {
  const [value, digits] = listOf(args);
  const n = numeric(value);
  const places = Math.min(Math.max(numeric(digits) ?? 0, 0), 6);
  if (n === null) return null;
  // Through text, so that 1.005 becomes 1.01: binary fractions would lose the half.
  const shifted = Number(`${Math.abs(n)}e${places}`);
  const whole = Number.isFinite(shifted) ? Math.floor(shifted + 0.5) : Number.NaN;
  return Number.isFinite(whole) ? Math.sign(n) * Number(`${whole}e-${places}`) + 0 : n;
}

const ours: Record<string, (args: unknown) => unknown> = {
  '+': arithmetic((a, b) => a + b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
  '%': arithmetic((a, b) => a % b),
  '-': (args) => {
    const list = listOf(args);
    if (list.length > 1) return arithmetic((a, b) => a - b)(list);
    const only = numeric(list[0]);
    return only === null ? null : 0 - only;
  },
  min: extreme(Math.min),
  max: extreme(Math.max),
  '<': ordered((a, b) => a < b),
  '<=': ordered((a, b) => a <= b),
  '>': ordered((a, b) => a > b),
  '>=': ordered((a, b) => a >= b),
  in: (args) => {
    const [item, list] = listOf(args);
    if (isMissing(item)) return false;
    if (Array.isArray(list)) return list.includes(item);
    return typeof list === 'string' && typeof item === 'string' && list.includes(item);
  },
  cat: (args) =>
    listOf(args)
      .flat(2)
      .map((part) => (typeof part === 'string' || typeof part === 'number' ? String(part) : ''))
      .join('')
      .slice(0, formLimits.longText),
  sum: (args) =>
    settle(
      listOf(args)
        .flat(2)
        .reduce<number>((total, item) => total + (numeric(item) ?? 0), 0),
    ),
  count: (args) =>
    listOf(args)
      .flat(1)
      .filter((item) => !isMissing(item)).length,
  round: roundHalfAway,
  empty: (args) => listOf(args).every((item) => isMissing(item) || (Array.isArray(item) && item.length === 0)),
  age: (args) => ageOn(listOf(args)[0], listOf(args)[1]),
  daysBetween: (args) => {
    const [from, to] = listOf(args).map(dayOf);
    return from && to ? Math.round((utc(to) - utc(from)) / dayMs) : null;
  },
  addDays: (args) => addDays(listOf(args)[0], listOf(args)[1]),
  addMonths: (args) => addMonths(listOf(args)[0], listOf(args)[1]),
  year: (args) => dayOf(listOf(args)[0])?.year ?? null,
};

function makeEngine(): LogicEngine {
  const methods: Record<string, unknown> = {};
  for (const name of logicOperators) {
    if (!Object.hasOwn(ours, name)) methods[name] = (defaultMethods as Record<string, unknown>)[name];
  }
  // Interpreted, never compiled: a strict content security policy forbids making functions out of text.
  const engine = new LogicEngine(methods, {
    disableInterpretedOptimization: true,
    maxArrayLength: 1000,
    maxStringLength: 10_000,
  });
  for (const [name, method] of Object.entries(ours)) engine.addMethod(name, method, { deterministic: true });
  return engine;
}

const engine = makeEngine();

/** What is wrong with an expression as such (operator, depth, size, variable form), in English; null when it may run. */
export function logicDefect(logic: unknown): string | null {
  let nodes = 0;
  const walk = (node: unknown, depth: number, loops: number): string | null => {
    nodes += 1;
    if (nodes > formLimits.logicNodes) return `has more than ${formLimits.logicNodes} parts`;
    if (depth > formLimits.logicDepth) return `is deeper than ${formLimits.logicDepth} levels`;
    if (node === null || typeof node === 'boolean') return null;
    if (typeof node === 'string') return node.length <= 500 ? null : 'holds a text longer than 500 characters';
    if (typeof node === 'number') return Number.isFinite(node) ? null : 'holds a number that is not finite';
    if (Array.isArray(node)) return firstOf(node, (item) => walk(item, depth + 1, loops));
    if (typeof node !== 'object') return 'is not JSON';
    const keys = Object.keys(node);
    if (keys.length !== 1) return 'has an object that is not exactly one operator';
    const operator = keys[0]!;
    if (!allowed.has(operator)) return `uses the operator "${operator}", which is not in the list`;
    const args = (node as Record<string, unknown>)[operator];
    if (operator === 'var') return variableDefect(args);
    const inner = iterators.has(operator) ? loops + 1 : loops;
    if (inner > 2) return 'has lists inside lists more than two deep';
    if (iterators.has(operator) && !(Array.isArray(args) && args.length === 2))
      return `"${operator}" needs a list and an expression`;
    return walk(args, depth + 1, inner);
  };
  return walk(logic, 0, 0);
}

function variableDefect(args: unknown): string | null {
  const path = Array.isArray(args) && args.length === 1 ? args[0] : args;
  if (path === '') return null;
  if (typeof path !== 'string') return '"var" takes one name, written out';
  return /^[a-z][A-Za-z0-9]{0,39}(\.[a-z][A-Za-z0-9]{0,39}){0,2}$/.test(path) &&
    !/(^|\.)(constructor|prototype|toString|valueOf)($|\.)/.test(path)
    ? null
    : `"${path}" is not a name a form can have`;
}

function firstOf<T>(items: T[], test: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = test(item);
    if (found !== null) return found;
  }
  return null;
}

/**
 * The names an expression reads, without doubles: `trade`, `row.price`, `members`, and `members.capital` for a name
 * used inside `map` or `filter` over `members`.
 */
export function readsOf(logic: Logic): string[] {
  const found = new Set<string>();
  const walk = (node: Logic, list: string | null): void => {
    if (Array.isArray(node)) {
      for (const item of node) walk(item, list);
      return;
    }
    if (node === null || typeof node !== 'object') return;
    const [operator, args] = Object.entries(node)[0] ?? ['', null];
    if (operator === 'var') {
      const path = variablePath(args);
      if (list === null ? path !== '' : path !== '') found.add(list === null ? path : `${list}.${path}`);
      return;
    }
    if (iterators.has(operator) && Array.isArray(args)) {
      walk(args[0] ?? null, list);
      walk(args[1] ?? null, sourceList(args[0] ?? null) ?? list);
      return;
    }
    walk(args, list);
  };
  walk(logic, null);
  return [...found];
}

const variablePath = (args: Logic): string => {
  const path = Array.isArray(args) ? args[0] : args;
  return typeof path === 'string' ? path : '';
};

/** The list that a `map`/`filter` chain walks over; null when it is not a plain variable. */
function sourceList(node: Logic): string | null {
  if (node === null || typeof node !== 'object' || Array.isArray(node)) return null;
  const [operator, args] = Object.entries(node)[0] ?? ['', null];
  if (operator === 'var') return variablePath(args);
  if (operator === 'filter' && Array.isArray(args)) return sourceList(args[0] ?? null);
  return null;
}

const vetted = new WeakMap<object, boolean>();

/**
 * Works an expression out. Never throws for a missing or odd answer: the result is then null or false. Throws a
 * `TypeError` only for an expression that `logicDefect` refuses, which a published form cannot hold.
 */
export function evaluate(logic: Logic, data: LogicData): unknown {
  if (logic === null || typeof logic !== 'object') return logic;
  if (!vetted.has(logic)) {
    const defect = logicDefect(logic);
    if (defect !== null) throw new TypeError(`Expression refused: ${defect}`);
    vetted.set(logic, true);
  }
  try {
    return engine.run(logic, data) ?? null;
  } catch {
    // The engine throws plain objects for values of the wrong type; to a form that is "not known yet".
    return null;
  }
}

/** Does a condition hold? An absent condition does. */
export function holds(logic: Logic | undefined, data: LogicData): boolean {
  if (logic === undefined) return true;
  const result = evaluate(logic, data);
  return Array.isArray(result) ? result.length > 0 : Boolean(result);
}
