import { isProblem } from '../../platform/problems.ts';
import type { DecisionTable } from './decision-table.ts';
import { tableUndecided } from './decision-problems.ts';
import { evaluateTable, type TableAnswer } from './evaluate-table.ts';
import { evaluateFeel, type FeelOptions } from './feel.ts';
import { isOfType, type Context, type Shape, type Value } from './feel-values.ts';

/** How one decision of a model is made. */
export type DecisionLogic =
  | { readonly kind: 'table'; readonly table: DecisionTable }
  | { readonly kind: 'expression'; readonly text: string };

export interface Decision {
  readonly id: string;
  readonly name: string;
  readonly shape: Shape;
  /** Names of input data, and of decisions that are made before. */
  readonly inputs: readonly string[];
  readonly decisions: readonly string[];
  readonly logic: DecisionLogic;
}

/** What a DMN file says, as far as it is claimed: input data, and decisions in an order in which each finds what it needs. */
export interface DecisionModel {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly decisions: readonly Decision[];
  /** Parts of the file that are not claimed; a model that has any is not published. */
  readonly unclaimed: readonly { readonly element: string; readonly name: string }[];
}

export interface DecisionAnswer {
  readonly value: Value;
  /** The tables that were asked on the way, the last one last. */
  readonly tables: readonly { readonly decision: string; readonly answer: TableAnswer }[];
}

/**
 * Makes one decision of a model, after those it needs.
 * @throws RangeError when the model has no such decision; as `evaluateTable` and `evaluateFeel`
 */
export function evaluateDecision(
  model: DecisionModel,
  name: string,
  given: Context,
  options: FeelOptions = {},
): DecisionAnswer {
  const wanted = model.decisions.find((decision) => decision.name === name || decision.id === name);
  if (!wanted) throw new RangeError(`No decision ${name}`);
  const needed = neededBy(model, wanted);
  const types: Record<string, Shape> = { ...model.inputs };
  for (const decision of needed) types[decision.name] = decision.shape;
  const known: Record<string, Value> = {};
  for (const input of Object.keys(model.inputs)) known[input] = given[input] ?? null;
  const tables: { decision: string; answer: TableAnswer }[] = [];
  for (const decision of needed) {
    const scope = Object.fromEntries(
      [...decision.inputs, ...decision.decisions].map((each): [string, Value] => [each, known[each] ?? null]),
    );
    known[decision.name] = conforming(make(decision, scope, { ...options, types }, tables), decision.shape);
  }
  return { value: known[wanted.name] ?? null, tables };
}

function neededBy(model: DecisionModel, wanted: Decision): Decision[] {
  const names = new Set<string>();
  const visit = (decision: Decision): void => {
    if (names.has(decision.name)) return;
    names.add(decision.name);
    for (const name of decision.decisions) {
      const before = model.decisions.find((each) => each.name === name);
      if (before) visit(before);
    }
  };
  visit(wanted);
  return model.decisions.filter(({ name }) => names.has(name));
}

function make(
  { name, logic }: Decision,
  scope: Context,
  options: FeelOptions,
  tables: { decision: string; answer: TableAnswer }[],
): Value {
  if (logic.kind === 'expression') return evaluateFeel(logic.text, scope, options).value;
  const answer = evaluateTable(logic.table, scope, options);
  tables.push({ decision: name, answer });
  return answer.value;
}

/** A value of the declared type; a list of one stands for its member (DMN 1.3, 10.3.2.9.4); anything else is null. */
function conforming(value: Value, shape: Shape): Value {
  if (typeof shape !== 'string' || isOfType(value, shape)) return value;
  if (Array.isArray(value) && value.length === 1) return conforming((value as readonly Value[])[0] ?? null, shape);
  return null;
}

/** Whether an error says that rules contradict each other: then the answer of the specification is null. */
export const isUndecided = (error: unknown): boolean => isProblem(error, tableUndecided);
