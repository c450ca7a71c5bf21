import { problem } from '../../platform/problems.ts';
import { tableUndecided } from './decision-problems.ts';
import type { DecisionTable, TableOutput, TableRule } from './decision-table.ts';
import { evaluateFeel, testFeel, type FeelOptions } from './feel.ts';
import { isOfType, type Context, type Value } from './feel-values.ts';

/** A rule that hit: its number in the table (from 1), the tests that its inputs passed, and what it says. */
export interface RuleHit {
  readonly rule: number;
  readonly ruleId: string;
  readonly tests: readonly string[];
  readonly outputs: readonly Value[];
}

/** What a table answered, and how it came about; enough to show a person why. */
export interface TableAnswer {
  readonly value: Value;
  readonly inputs: readonly { readonly label: string; readonly value: Value }[];
  readonly hits: readonly RuleHit[];
  /** Numbers of the rules that made the value; none when it is the default. */
  readonly chosen: readonly number[];
  readonly isDefault: boolean;
  /** Inputs outside of what they may be: then the value is null, whatever the rules say (DMN 1.3, 8.2.8). */
  readonly notAllowed: readonly string[];
}

/**
 * Answers a table in a context. The same table, context and options give the same answer.
 * @throws tableUndecided when two rules hit under U, or rules that hit under A do not agree: it names them; expressionRefused, expressionFailed
 */
export function evaluateTable(table: DecisionTable, context: Context, options: FeelOptions = {}): TableAnswer {
  const inputs = table.inputs.map((input) => ({
    label: input.label || input.expression,
    value: evaluateFeel(input.expression, context, options).value,
  }));
  const notAllowed = table.inputs.flatMap((input, at) => {
    const { label, value } = inputs[at]!;
    const isFine =
      value === null ||
      (isOfType(value, input.type) &&
        (input.allowed === null ||
          allMembers(value).every((v) => testFeel(input.allowed!, v, context, { ...options, type: input.type }))));
    return isFine ? [] : [label];
  });
  const empty = { inputs, hits: [], chosen: [], isDefault: false, notAllowed };
  if (notAllowed.length > 0) return { ...empty, value: null };
  const hits = table.rules.flatMap((rule, at) => hitOf(table, rule, at, inputs, context, options));
  if (hits.length === 0) return { ...empty, value: fallbackOf(table, context, options), isDefault: true };
  const chosen = choose(table, hits, context, options);
  return {
    inputs,
    hits,
    notAllowed,
    isDefault: false,
    chosen: chosen.hits.map(({ rule }) => rule),
    value: chosen.value,
  };
}

const allMembers = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : [value]);

function hitOf(
  table: DecisionTable,
  rule: TableRule,
  at: number,
  inputs: TableAnswer['inputs'],
  context: Context,
  options: FeelOptions,
): RuleHit[] {
  const passes = table.inputs.every((input, i) =>
    testFeel(rule.when[i] ?? '-', inputs[i]!.value, context, { ...options, type: input.type }),
  );
  if (!passes) return [];
  const outputs = table.outputs.map((_, i) => expressionValue(rule.gives[i] ?? '', context, options));
  return [{ rule: at + 1, ruleId: rule.id, tests: rule.when, outputs }];
}

const expressionValue = (text: string, context: Context, options: FeelOptions): Value =>
  text.trim() === '' || text.trim() === '-' ? null : evaluateFeel(text, context, options).value;

/** One output: its value. Several: a context by their names. */
const valueOf = (table: DecisionTable, outputs: readonly Value[]): Value =>
  table.outputs.length === 1
    ? (outputs[0] ?? null)
    : Object.fromEntries(table.outputs.map((output, i) => [output.name, outputs[i] ?? null]));

function fallbackOf(table: DecisionTable, context: Context, options: FeelOptions): Value {
  if (table.outputs.every(({ fallback }) => fallback === null)) return null;
  return valueOf(
    table,
    table.outputs.map(({ fallback }) => expressionValue(fallback ?? '', context, options)),
  );
}

const same = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);

function choose(
  table: DecisionTable,
  hits: readonly RuleHit[],
  context: Context,
  options: FeelOptions,
): { value: Value; hits: readonly RuleHit[] } {
  const one = (hit: RuleHit) => ({ value: valueOf(table, hit.outputs), hits: [hit] });
  const list = (ordered: readonly RuleHit[]) => ({
    value: ordered.map((h) => valueOf(table, h.outputs)),
    hits: ordered,
  });
  const first = hits[0]!;
  const undecided = () =>
    problem(tableUndecided, {
      policy: table.hitPolicy,
      rules: hits.map(({ rule }) => rule),
      ruleIds: hits.map(({ ruleId }) => ruleId),
    });
  switch (table.hitPolicy) {
    case 'U':
      if (hits.length > 1) throw undecided();
      return one(first);
    case 'A':
      if (hits.some((hit) => !same(hit.outputs, first.outputs))) throw undecided();
      return { value: valueOf(table, first.outputs), hits };
    case 'F':
      return one(first);
    case 'P':
      return one(byPriority(table, hits, context, options)[0]!);
    case 'O':
      return list(byPriority(table, hits, context, options));
    case 'R':
    case 'C':
      return list(hits);
    case 'C+':
    case 'C<':
    case 'C>':
    case 'C#':
      return {
        value: aggregate(
          table.hitPolicy,
          hits.map((hit) => hit.outputs[0] ?? null),
        ),
        hits,
      };
  }
}

function byPriority(table: DecisionTable, hits: readonly RuleHit[], context: Context, options: FeelOptions): RuleHit[] {
  const orders = table.outputs.map((output) => prioritiesOf(output, context, options));
  const rank = (hit: RuleHit): number[] =>
    hit.outputs.map((value, i) => {
      const order = orders[i]!;
      const at = order.findIndex((each) => same(each, value));
      return at === -1 ? order.length : at;
    });
  return hits
    .map((hit) => ({ hit, rank: rank(hit) }))
    .sort((a, b) => a.rank.map((r, i) => r - b.rank[i]!).find((d) => d !== 0) ?? a.hit.rule - b.hit.rule)
    .map(({ hit }) => hit);
}

/** The values of an output from the highest priority to the lowest. */
export function prioritiesOf(
  { allowed }: TableOutput,
  context: Context = {},
  options: FeelOptions = {},
): readonly Value[] {
  if (allowed === null || allowed.trim() === '') return [];
  return allMembers(evaluateFeel(`[${allowed}]`, context, options).value);
}

function aggregate(policy: 'C+' | 'C<' | 'C>' | 'C#', values: readonly Value[]): Value {
  if (policy === 'C#') return values.length;
  if (values.every((value) => typeof value === 'number')) {
    if (policy === 'C+') return Number(values.reduce((sum, value) => sum + value, 0).toPrecision(15));
    return policy === 'C<' ? Math.min(...values) : Math.max(...values);
  }
  if (policy === 'C+' || !values.every((value) => typeof value === 'string')) return null;
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return (policy === 'C<' ? sorted[0] : sorted.at(-1)) ?? null;
}
