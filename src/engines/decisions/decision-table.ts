import type { ValueType } from './feel-values.ts';

/**
 * Which of the rules that hit make the result (DMN 1.3, 8.2.11): one (U), any of equal ones (A), by priority of outputs (P), the first (F); or all: in the order of
 * rules (R), of outputs' priority (O), collected (C), and their sum, least, greatest and number.
 */
export const HIT_POLICIES = ['U', 'A', 'P', 'F', 'R', 'O', 'C', 'C+', 'C<', 'C>', 'C#'] as const;
export type HitPolicy = (typeof HIT_POLICIES)[number];

export interface TableInput {
  readonly label: string;
  /** FEEL, over the names the table may speak of. */
  readonly expression: string;
  readonly type: ValueType;
  /** FEEL tests that every value passes; null = anything of the type. */
  readonly allowed: string | null;
}

export interface TableOutput {
  /** Empty only when the table has one output. */
  readonly name: string;
  readonly type: ValueType;
  /** FEEL list of the values that may come out; under P and O the first has the highest priority. */
  readonly allowed: string | null;
  /** FEEL, when no rule hits. */
  readonly fallback: string | null;
}

export interface TableRule {
  readonly id: string;
  /** One FEEL test per input; `-` = any. */
  readonly when: readonly string[];
  /** One FEEL expression per output. */
  readonly gives: readonly string[];
  readonly note: string;
}

/** A decision table: the shape it is kept in, whether it was drawn here or read from DMN. */
export interface DecisionTable {
  readonly hitPolicy: HitPolicy;
  readonly inputs: readonly TableInput[];
  readonly outputs: readonly TableOutput[];
  readonly rules: readonly TableRule[];
}

export const TABLE_LIMITS = { inputs: 30, outputs: 20, rules: 500 };
