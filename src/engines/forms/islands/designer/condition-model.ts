/** Conditions as rows a person can build, and the JsonLogic that stands for them. What has another shape stays an expression. */
import type { Logic } from '../../definition.ts';

export type Test =
  | 'is'
  | 'is-not'
  | 'one-of'
  | 'includes'
  | 'above'
  | 'at-least'
  | 'below'
  | 'at-most'
  | 'answered'
  | 'unanswered';
export type Rule = { read: string; test: Test; value: string | number | boolean | string[] };
/** Two levels: all (or any) of rules and of nested sets of rules. */
export type Condition = { join: 'and' | 'or'; rules: (Rule | Condition)[] };

export const isRule = (each: Rule | Condition): each is Rule => 'read' in each;
const comparisons: Partial<Record<Test, string>> = {
  is: '==',
  'is-not': '!=',
  above: '>',
  'at-least': '>=',
  below: '<',
  'at-most': '<=',
};

function ruleLogic(rule: Rule): Logic {
  const variable: Logic = { var: rule.read };
  if (rule.test === 'answered') return { '!': [{ empty: variable }] };
  if (rule.test === 'unanswered') return { empty: variable };
  if (rule.test === 'one-of') return { in: [variable, Array.isArray(rule.value) ? rule.value : [String(rule.value)]] };
  if (rule.test === 'includes') return { in: [String(rule.value), variable] };
  return { [comparisons[rule.test]!]: [variable, rule.value as Logic] };
}

/** The expression of a condition; undefined for one without rules. */
export function logicOf(condition: Condition): Logic | undefined {
  const parts = condition.rules
    .map((each) => (isRule(each) ? ruleLogic(each) : logicOf(each)))
    .filter((part): part is Logic => part !== undefined);
  if (parts.length === 0) return undefined;
  return parts.length === 1 ? parts[0] : { [condition.join]: parts };
}

const entryOf = (logic: Logic): [string, Logic] | null => {
  if (logic === null || typeof logic !== 'object' || Array.isArray(logic)) return null;
  const entries = Object.entries(logic);
  return entries.length === 1 ? entries[0]! : null;
};
const readOf = (logic: Logic | undefined): string | null => {
  const entry = logic === undefined ? null : entryOf(logic);
  return entry?.[0] === 'var' && typeof entry[1] === 'string' ? entry[1] : null;
};
const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

function ruleOf(logic: Logic): Rule | null {
  const entry = entryOf(logic);
  if (!entry) return null;
  const [operator, args] = entry;
  if (operator === 'var' && typeof args === 'string') return { read: args, test: 'is', value: true };
  if (operator === 'empty') {
    const read = readOf(Array.isArray(args) ? args[0] : args);
    return read === null ? null : { read, test: 'unanswered', value: '' };
  }
  if (operator === '!') {
    const inner = ruleOf((Array.isArray(args) ? args[0] : args) ?? null);
    if (inner?.test === 'unanswered') return { ...inner, test: 'answered' };
    return inner?.test === 'is' && inner.value === true ? { ...inner, value: false } : null;
  }
  if (!Array.isArray(args) || args.length !== 2) return null;
  const [left, right] = args as [Logic, Logic];
  if (operator === 'in') {
    const read = readOf(left);
    if (read !== null && Array.isArray(right) && right.every((item) => typeof item === 'string'))
      return { read, test: 'one-of', value: right as string[] };
    const list = readOf(right);
    return list !== null && typeof left === 'string' ? { read: list, test: 'includes', value: left } : null;
  }
  const alike: Record<string, string> = { '===': '==', '!==': '!=' };
  const test = (Object.entries(comparisons) as [Test, string][]).find(
    ([, sign]) => sign === (alike[operator] ?? operator),
  )?.[0];
  const read = readOf(left);
  return test && read !== null && isPlain(right) ? { read, test, value: right } : null;
}

/** The rows of an expression; null when it has another shape than rows can show. */
export function conditionOf(logic: Logic | undefined, depth = 0): Condition | null {
  if (logic === undefined) return { join: 'and', rules: [] };
  const entry = entryOf(logic);
  if (entry && (entry[0] === 'and' || entry[0] === 'or') && Array.isArray(entry[1])) {
    const rules = entry[1].map((part): Rule | Condition | null => {
      const inner = entryOf(part);
      const isJoin = inner?.[0] === 'and' || inner?.[0] === 'or';
      if (isJoin) return depth === 0 ? conditionOf(part, 1) : null;
      return ruleOf(part);
    });
    return rules.includes(null) ? null : { join: entry[0], rules: rules as (Rule | Condition)[] };
  }
  const rule = ruleOf(logic);
  return rule ? { join: 'and', rules: [rule] } : null;
}

/** Calculations that have a shape of their own. */
export type Calculation =
  | { kind: 'sum' | 'product'; reads: string[] }
  | { kind: 'difference'; reads: string[] }
  | { kind: 'column'; list: string; name: string }
  | { kind: 'count'; list: string }
  | { kind: 'age'; birth: string; on: string }
  | { kind: 'days'; from: string; to: string }
  | { kind: 'later'; date: string; amount: number; unit: 'days' | 'months' }
  | { kind: 'percent'; read: string; percent: number }
  | { kind: 'copy'; read: string };

export function calculationLogic(calculation: Calculation): Logic {
  const read = (name: string): Logic => ({ var: name });
  switch (calculation.kind) {
    case 'sum':
      return { sum: [calculation.reads.map(read)] };
    case 'product':
      return { '*': calculation.reads.map(read) };
    case 'difference':
      return { '-': calculation.reads.map(read) };
    case 'column':
      return { sum: [{ map: [read(calculation.list), read(calculation.name)] }] };
    case 'count':
      return { count: [read(calculation.list)] };
    case 'age':
      return { age: [read(calculation.birth), read(calculation.on)] };
    case 'days':
      return { daysBetween: [read(calculation.from), read(calculation.to)] };
    case 'later':
      return { [calculation.unit === 'days' ? 'addDays' : 'addMonths']: [read(calculation.date), calculation.amount] };
    case 'percent':
      return { round: [{ '/': [{ '*': [read(calculation.read), calculation.percent] }, 100] }] };
    case 'copy':
      return read(calculation.read);
  }
}

/** The shape of an expression; null when it has none of those above. */
export function calculationOf(logic: Logic | undefined): Calculation | null {
  const entry = logic === undefined ? null : entryOf(logic);
  if (!entry) return null;
  const [operator, args] = entry;
  const parts = Array.isArray(args) ? args : [args];
  const reads = parts.map((part) => readOf(part));
  const allRead = reads.every((each) => each !== null);
  if (operator === 'var' && typeof args === 'string') return { kind: 'copy', read: args };
  if (operator === 'sum' && Array.isArray(parts[0])) {
    const inner = parts[0].map((part) => readOf(part));
    return inner.every((each) => each !== null) ? { kind: 'sum', reads: inner as string[] } : null;
  }
  if (operator === 'sum') {
    const map = entryOf(parts[0] ?? null);
    if (map?.[0] !== 'map' || !Array.isArray(map[1])) return null;
    const [list, name] = [readOf(map[1][0]), readOf(map[1][1])];
    return list !== null && name !== null ? { kind: 'column', list, name } : null;
  }
  if (operator === 'round') {
    const divided = entryOf(parts[0] ?? null);
    const product =
      divided?.[0] === '/' && Array.isArray(divided[1]) && divided[1][1] === 100
        ? entryOf(divided[1][0] ?? null)
        : null;
    if (product?.[0] !== '*' || !Array.isArray(product[1])) return null;
    const read = readOf(product[1][0]);
    return read !== null && typeof product[1][1] === 'number'
      ? { kind: 'percent', read, percent: product[1][1] }
      : null;
  }
  if ((operator === 'addDays' || operator === 'addMonths') && reads[0] && typeof parts[1] === 'number')
    return { kind: 'later', date: reads[0], amount: parts[1], unit: operator === 'addDays' ? 'days' : 'months' };
  if (!allRead) return null;
  const names = reads as string[];
  if (operator === '+') return { kind: 'sum', reads: names };
  if (operator === '*') return { kind: 'product', reads: names };
  if (operator === '-' && names.length === 2) return { kind: 'difference', reads: names };
  if (operator === 'count' && names.length === 1) return { kind: 'count', list: names[0]! };
  if (operator === 'age' && names.length === 2) return { kind: 'age', birth: names[0]!, on: names[1]! };
  if (operator === 'daysBetween' && names.length === 2) return { kind: 'days', from: names[0]!, to: names[1]! };
  return null;
}
