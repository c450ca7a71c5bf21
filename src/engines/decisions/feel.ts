import { FeelDateTime, type FeelFunction, dateAndTime, evaluate, isFunction, unaryTest } from 'feelin';
import { problem } from '../../platform/problems.ts';
import { expressionFailed, expressionRefused } from './decision-problems.ts';
import { FEEL_LIMITS, feelFault, type FeelKind } from './feel-check.ts';
import { fromFeel, plainValue, toFeel, type Context, type Shape, type Value } from './feel-values.ts';

/*
 * The one door to FEEL (DMN 1.3, chapter 10). Behind it stands `feelin`; in front of it stand the limits of `feel-check.ts`. An expression sees the
 * context it is given and the built-in functions, nothing else: no clock but the caller's, no files, no program.
 */

export interface FeelOptions {
  /** What `now()` and `today()` answer; without it they are null, so that an evaluation can be repeated. */
  readonly now?: Date;
  /** Types of top-level names that are more than JSON shows (dates, times, durations). */
  readonly types?: Readonly<Record<string, Shape>>;
}

export interface FeelResult {
  readonly value: Value;
  /** What the language turned into null on the way (unknown names, values that cannot be compared), in English. */
  readonly warnings: readonly string[];
}

const KEPT = 2_000;
/** Checked already, by kind, shape of the names, and text. */
const checked = new Set<string>();

/**
 * The value of an expression in a context.
 * @throws expressionRefused when the check of the expression finds a fault, expressionFailed when a value is no data or the language gives up
 */
export function evaluateFeel(expression: string, context: Context, options: FeelOptions = {}): FeelResult {
  const text = expression.normalize('NFC');
  const scope = scopeOf(text, context, options);
  check(text, 'expression', scope);
  const compiled = compile(text, scope);
  if (compiled !== null) return run(text, () => compiled(scope));
  return run(text, () => evaluate(text, scope));
}

/**
 * Whether a value passes the tests of a cell ("-", ">= 18", "[1..5], 9", "not(…)"). A test that cannot be decided (null) does not pass.
 * @throws expressionRefused, expressionFailed
 */
export function testFeel(
  tests: string,
  value: Value,
  context: Context,
  options: FeelOptions & { readonly type?: Shape } = {},
): boolean {
  const text = tests.normalize('NFC');
  if (text.trim() === '-' || text.trim() === '') return true;
  const scope = { ...scopeOf(text, context, options), '?': toFeel(plain(value, text), options.type ?? 'any') };
  check(text, 'tests', scope);
  return run(text, () => unaryTest(text, scope)).value === true;
}

const plain = (value: unknown, text: string): Value => {
  try {
    return plainValue(value);
  } catch (error) {
    throw problem(expressionFailed, { expression: text.slice(0, 200), reason: (error as Error).message });
  }
};

const REGEX = /\b(matches|replace|split)\s*\(/;

function scopeOf(text: string, context: Context, { now, types }: FeelOptions): Record<string, unknown> {
  const values = plain(context, text) as Record<string, Value>;
  if (REGEX.test(text)) holdText(values, text);
  const scope: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) scope[name] = toFeel(value, types?.[name] ?? 'any');
  const at = now === undefined ? null : dateAndTime(localIso(now));
  // Never the machine's clock: the same decision comes out the same tomorrow.
  scope['now'] ??= () => at;
  scope['today'] ??= () => (at instanceof FeelDateTime ? (evaluate('date(at)', { at }).value as unknown) : null);
  return scope;
}

/** Regular expressions get short texts only, so that the worst of them still ends at once. */
function holdText(value: Value, text: string): void {
  if (typeof value === 'string' && value.length > FEEL_LIMITS.regexText)
    throw problem(expressionFailed, { expression: text.slice(0, 200), reason: 'text too long for a pattern' });
  if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) holdText(each as Value, text);
}

/** Hanoi's wall clock with its zone (UTC+7 all year). */
const localIso = (now: Date): string => `${new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;

function check(text: string, kind: FeelKind, scope: Readonly<Record<string, unknown>>): void {
  const key = `${kind}\n${shapeOf(scope)}\n${text}`;
  if (checked.has(key)) return;
  const fault = feelFault(text, kind, scope);
  if (fault) throw problem(expressionRefused, { expression: text.slice(0, 200), fault });
  if (checked.size >= KEPT) checked.clear();
  checked.add(key);
}

/** Which names there are, nested ones too: what the parser looks at to tell a name with spaces from two. */
function shapeOf(value: unknown, depth = 0): string {
  if (Array.isArray(value)) return `[${shapeOf(value[0], depth + 1)}]`;
  if (typeof value !== 'object' || value === null || depth > 3 || Object.getPrototypeOf(value) !== Object.prototype)
    return '';
  return Object.entries(value)
    .map(([name, each]) => `${name}:${shapeOf(each, depth + 1)}`)
    .join(',');
}

type Compiled = (scope: Readonly<Record<string, unknown>>) => {
  value: unknown;
  warnings: readonly { message: string }[];
};
const compiled = new Map<string, Compiled | null>();
const SIMPLE = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * Reading costs a hundred times what running costs. An expression over simple names is read once, as the body of a function of those names, and
 * kept; any other (null) is read each time.
 */
function compile(text: string, scope: Readonly<Record<string, unknown>>): Compiled | null {
  const key = `${shapeOf(scope)}\n${text}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  if (compiled.size >= KEPT) compiled.clear();
  const names = Object.keys(scope).filter((name) => typeof scope[name] !== 'function');
  const made = names.length <= 40 && names.every((name) => SIMPLE.test(name)) ? functionOf(text, names, scope) : null;
  compiled.set(key, made);
  return made;
}

/** Words of the language that are no names of parameters. */
const WORDS =
  /^(?:for|some|every|return|satisfies|in|if|then|else|and|or|not|between|instance|of|true|false|null|function|external|item|date|time|duration|list|context|string|number)$/;

function functionOf(text: string, names: readonly string[], scope: Readonly<Record<string, unknown>>): Compiled | null {
  if (names.some((name) => WORDS.test(name)) || /\b(now|today)\b/.test(text)) return null;
  const { value, warnings } = evaluate(`function(${names.join(', ')}) ${text}`, { ...scope });
  if (!isFunction(value)) return null;
  const body: FeelFunction = value;
  return (scope) => {
    // The library goes on writing into the list it gave us.
    warnings.length = 0;
    const result: unknown = body.fn(...names.map((name) => scope[name]));
    return { value: result, warnings: [...warnings] };
  };
}

function run(text: string, work: () => { value: unknown; warnings: readonly { message: string }[] }): FeelResult {
  try {
    const { value, warnings } = work();
    return { value: fromFeel(value), warnings: warnings.slice(0, 20).map(({ message }) => message) };
  } catch (error) {
    throw problem(expressionFailed, { expression: text.slice(0, 200), reason: (error as Error).message.slice(0, 200) });
  }
}
