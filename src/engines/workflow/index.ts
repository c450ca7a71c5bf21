export { readBpmn, writeBpmn, type BpmnFile } from './read-bpmn.ts';
export { compileProcess, type Compiled } from './compile-process.ts';
export { checkProcess } from './soundness.ts';
export type { ProcessFinding } from './finding.ts';
export type { Definition, ProcessNode, WorkRule } from './definition.ts';
export { positionsOf, step } from './interpreter.ts';
export { newState, type Command, type Effect, type State, type StepResult } from './state.ts';
export { processUnreadable, processUnsound } from './workflow-problems.ts';
