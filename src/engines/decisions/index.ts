export { evaluateFeel, testFeel, type FeelOptions, type FeelResult } from './feel.ts';
export { feelFault, type FeelFault } from './feel-check.ts';
export { plainValue, type Context, type Shape, type Value, type ValueType } from './feel-values.ts';
export type { DecisionTable, HitPolicy, TableInput, TableOutput, TableRule } from './decision-table.ts';
export { evaluateTable, type RuleHit, type TableAnswer } from './evaluate-table.ts';
export { checkTable, faultWords, type TableFinding } from './check-table.ts';
export { readTable } from './read-table.ts';
export { readDmn } from './read-dmn.ts';
export { evaluateDecision, type DecisionAnswer, type DecisionModel } from './decision-model.ts';
