import { problem } from '../../platform/problems.ts';
import { modelUnreadable } from './decision-problems.ts';
import { HIT_POLICIES, TABLE_LIMITS, type DecisionTable } from './decision-table.ts';
import { VALUE_TYPES, type ValueType } from './feel-values.ts';

const CELL = 2_000;

/**
 * Reads a table from the JSON it is kept in; a copy with nothing but its own fields, text in NFC.
 * @throws modelUnreadable that names the place
 */
export function readTable(input: unknown): DecisionTable {
  const table = fields(input, 'table');
  return {
    hitPolicy: oneOf(table['hitPolicy'], HIT_POLICIES, 'hitPolicy'),
    inputs: items(table['inputs'], TABLE_LIMITS.inputs, 'inputs').map((each, at) => {
      const where = `inputs[${at}]`;
      const entry = fields(each, where);
      return {
        label: text(entry['label'] ?? '', where),
        expression: text(entry['expression'], where),
        type: typeOf(entry['type'], where),
        allowed: optional(entry['allowed'], where),
      };
    }),
    outputs: items(table['outputs'], TABLE_LIMITS.outputs, 'outputs').map((each, at) => {
      const where = `outputs[${at}]`;
      const entry = fields(each, where);
      return {
        name: text(entry['name'] ?? '', where),
        type: typeOf(entry['type'], where),
        allowed: optional(entry['allowed'], where),
        fallback: optional(entry['fallback'], where),
      };
    }),
    rules: items(table['rules'], TABLE_LIMITS.rules, 'rules').map((each, at) => {
      const where = `rules[${at}]`;
      const entry = fields(each, where);
      return {
        id: text(entry['id'] ?? `rule-${at + 1}`, where),
        when: items(entry['when'], TABLE_LIMITS.inputs, where).map((cell) => text(cell, where)),
        gives: items(entry['gives'], TABLE_LIMITS.outputs, where).map((cell) => text(cell, where)),
        note: text(entry['note'] ?? '', where),
      };
    }),
  };
}

const refuse = (at: string): never => {
  throw problem(modelUnreadable, { reason: 'no-table', at });
};

function fields(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(at);
  // Own fields only: a name like `constructor` finds nothing.
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}
function items(value: unknown, most: number, at: string): readonly unknown[] {
  return Array.isArray(value) && value.length <= most ? (value as unknown[]) : refuse(at);
}
function text(value: unknown, at: string): string {
  return typeof value === 'string' && value.length <= CELL ? value.normalize('NFC') : refuse(at);
}
const optional = (value: unknown, at: string): string | null =>
  value === undefined || value === null ? null : text(value, at);
const typeOf = (value: unknown, at: string): ValueType => oneOf(value ?? 'any', VALUE_TYPES, at);
function oneOf<T extends string>(value: unknown, among: readonly T[], at: string): T {
  const found = among.find((each) => each === value);
  return found ?? refuse(at);
}
