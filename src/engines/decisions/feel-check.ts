import { parseExpression, parseUnaryTests } from 'feelin';
import { isRefusedName } from './feel-values.ts';

/** What is wrong with an expression before it is ever run, and at which letter. */
export interface FeelFault {
  readonly code:
    | 'too-long'
    | 'syntax'
    | 'too-deep'
    | 'too-many-parts'
    | 'function-refused'
    | 'loop-too-deep'
    | 'open-range'
    | 'self-reference'
    | 'name-refused'
    | 'pattern-refused'
    | 'unknown-name';
  readonly at: number;
  /** The piece of text it is about. */
  readonly text: string;
}

export type FeelKind = 'expression' | 'tests';

export const FEEL_LIMITS = { length: 2_000, parts: 600, depth: 60, loops: 2, pattern: 200, regexText: 500 };

/** Functions that make work without end, read a clock, or make ranges of unknown length. `now` and `today` are given by the caller's clock. */
const REFUSED_FUNCTIONS = new Set(['range', 'partial']);
const LOOPS = new Set(['ForExpression', 'QuantifiedExpression', 'FilterExpression']);
const REGEX_FUNCTIONS = new Set(['matches', 'replace', 'split']);

interface Part {
  readonly name: string;
  readonly text: string;
  readonly from: number;
  readonly children: Part[];
  readonly parent: Part | null;
}

/**
 * Reads an expression (or the tests of a cell) and holds it to what may be run: its length, the number and depth of its parts, no functions of one's own
 * (but the order given to `sort`), loops at most two deep over lists or written ranges, no values that grow out of themselves, regular expressions that cannot run away.
 * So every expression that passes ends after a bounded number of steps. `names`, with sample values where names are nested, are what may be spoken of;
 * null leaves that unchecked.
 */
export function feelFault(
  expression: string,
  kind: FeelKind,
  shape: Readonly<Record<string, unknown>>,
  names: ReadonlySet<string> | null = null,
): FeelFault | null {
  if (expression.length > FEEL_LIMITS.length) return { code: 'too-long', at: FEEL_LIMITS.length, text: '' };
  if (bracketDepth(expression) > FEEL_LIMITS.depth) return { code: 'too-deep', at: 0, text: '' };
  const read = treeOf(expression, kind, shape);
  if (!('root' in read)) return read;
  return firstFault(read.all, names);
}

/** Before the parser sees it: brackets outside of text. */
function bracketDepth(expression: string): number {
  let depth = 0;
  let deepest = 0;
  let isText = false;
  for (let i = 0; i < expression.length; i++) {
    const letter = expression[i]!;
    if (isText && letter === '\\') i++;
    else if (letter === '"') isText = !isText;
    else if (!isText && '([{'.includes(letter)) deepest = Math.max(deepest, ++depth);
    else if (!isText && ')]}'.includes(letter)) depth--;
  }
  return deepest;
}

function treeOf(
  expression: string,
  kind: FeelKind,
  shape: Readonly<Record<string, unknown>>,
): { root: Part; all: Part[] } | FeelFault {
  const tree =
    kind === 'expression'
      ? parseExpression(expression, shape, undefined)
      : parseUnaryTests(expression, shape, undefined);
  const all: Part[] = [];
  let fault: FeelFault | null = null;
  const stack: Part[] = [];
  tree.iterate({
    enter({ name, from, to, type }) {
      const text = expression.slice(from, to);
      const parent = stack.at(-1) ?? null;
      const part: Part = { name, text, from, children: [], parent };
      if (type.isError) fault ??= { code: 'syntax', at: from, text };
      if (all.length >= FEEL_LIMITS.parts) fault ??= { code: 'too-many-parts', at: from, text: '' };
      if (stack.length > FEEL_LIMITS.depth) fault ??= { code: 'too-deep', at: from, text: '' };
      parent?.children.push(part);
      all.push(part);
      stack.push(part);
    },
    leave: () => void stack.pop(),
  });
  const root = all[0];
  if (fault !== null || root === undefined) return fault ?? { code: 'syntax', at: 0, text: expression };
  if (root.children.length === 0) return { code: 'syntax', at: 0, text: expression };
  return { root, all };
}

function* above(part: Part): Generator<Part> {
  for (let parent = part.parent; parent !== null; parent = parent.parent) yield parent;
}

function firstFault(all: readonly Part[], names: ReadonlySet<string> | null): FeelFault | null {
  const loops = all.some((part) => LOOPS.has(part.name));
  const keys = new Set(all.filter((part) => part.name === 'Key').map((part) => unquoted(part.text)));
  for (const part of all) {
    const code = faultOf(part, loops, keys) ?? (names !== null && isUnknown(part, names) ? 'unknown-name' : null);
    if (code !== null) return { code, at: part.from, text: part.text.slice(0, 80) };
  }
  return null;
}

const unquoted = (text: string): string => text.replaceAll('"', '').trim();

function faultOf(part: Part, loops: boolean, keys: ReadonlySet<string>): FeelFault['code'] | null {
  switch (part.name) {
    case 'FunctionDefinition':
      return isOrderOfSort(part) ? null : 'function-refused';
    case 'FunctionInvocation':
      return invocationFault(part);
    case 'IterationContext':
      return part.children.length > 1 && !part.children.every((c) => c.name === '..' || isWhole(c.text))
        ? 'open-range'
        : null;
    case 'Interval':
      // A range that is walked must be of whole numbers: the walk to 2.5 would never arrive.
      return loops && !isWholeInterval(part) ? 'open-range' : null;
    case 'ForExpression':
    case 'QuantifiedExpression':
    case 'FilterExpression':
      return loopDepth(part) > FEEL_LIMITS.loops ? 'loop-too-deep' : null;
    case 'VariableName':
    case 'PathName':
    case 'Key':
      return nameFault(part, keys);
    default:
      return null;
  }
}

function nameFault(part: Part, keys: ReadonlySet<string>): FeelFault['code'] | null {
  const name = unquoted(part.text);
  if (isRefusedName(name) || name === 'partial') return 'name-refused';
  // Entries that are made of earlier entries could double with every line.
  const isWithinContext = part.name === 'VariableName' && [...above(part)].some(({ name }) => name === 'Context');
  return isWithinContext && keys.has(name) ? 'self-reference' : null;
}

const isWhole = (text: string): boolean => /^-?\d{1,4}$/.test(text.replaceAll(/\s/g, ''));
const isWholeInterval = (part: Part): boolean => /^[[(\]]\s*-?\d{1,4}\s*\.\.\s*-?\d{1,4}\s*[\])[]$/.test(part.text);

/** How many loops one runs in another: those around, and each list of `for a in x, b in y` counts. */
function loopDepth(part: Part): number {
  const own = (each: Part): number =>
    each.name === 'FilterExpression'
      ? 1
      : (each.children.find(({ name }) => name === 'InExpressions')?.children.filter((c) => c.name === 'InExpression')
          .length ?? 1);
  const around = [...above(part)].filter(({ name }) => LOOPS.has(name));
  return around.reduce((sum, each) => sum + own(each), own(part));
}

function isOrderOfSort(part: Part): boolean {
  const around = [...above(part)].find(({ name }) => name === 'FunctionInvocation');
  return (
    around !== undefined && around.children[0]?.text === 'sort' && ![...above(part)].some((p) => LOOPS.has(p.name))
  );
}

function invocationFault(part: Part): FeelFault['code'] | null {
  const name = part.children[0]?.text.replaceAll(/\s+/g, ' ') ?? '';
  if (REFUSED_FUNCTIONS.has(name)) return 'function-refused';
  if (!REGEX_FUNCTIONS.has(name)) return null;
  if ([...above(part)].some((p) => LOOPS.has(p.name))) return 'pattern-refused';
  const [, pattern] = part.children.find(({ name }) => name.endsWith('Parameters'))?.children ?? [];
  return pattern?.name === 'StringLiteral' && isTamePattern(pattern.text.slice(1, -1)) ? null : 'pattern-refused';
}

/** A regular expression whose work is bounded by a small power of the text's length: few repetitions, none within another, nothing that looks back. */
function isTamePattern(pattern: string): boolean {
  if (pattern.length > FEEL_LIMITS.pattern) return false;
  const bare = pattern.replaceAll(/\\\\[^\d]|\\[^\d\\]/g, 'x').replaceAll(/\[(?:[^\]])*\]/g, 'x');
  if (/\\|\(\?/.test(bare)) return false;
  if (/\)\s*[*+{?]/.test(bare)) return false;
  return (bare.match(/[*+]|\{\d+,/g) ?? []).length <= 2;
}

function isUnknown(part: Part, names: ReadonlySet<string>): boolean {
  if (part.name !== 'VariableName') return false;
  const name = part.text.replaceAll(/\s+/g, ' ').trim();
  if (names.has(name) || name === 'item' || name === '?') return false;
  const parent = part.parent;
  if (parent?.name === 'FunctionInvocation' && parent.children[0] === part) return false;
  // Names that a loop, a sort or the context itself brings.
  const bound = [...above(part)].some((around) => bindsName(around, name));
  return !bound && ![...above(part)].some((around) => around.name === 'FilterExpression');
}

const bindsName = (around: Part, name: string): boolean => {
  if (around.name === 'FunctionDefinition') return around.text.slice(0, 200).includes(name);
  return around.children
    .filter((child) => child.name === 'InExpressions')
    .some((list) => list.children.some((each) => each.children[0]?.text.trim() === name));
};
