export { readBpmn, writeBpmn, type BpmnFile } from './read-bpmn.ts';
export { compileProcess, type Compiled } from './compile-process.ts';
export { checkProcess } from './soundness.ts';
export type { ProcessFinding } from './finding.ts';
export type { Definition, ProcessNode, WorkRule } from './definition.ts';
export { positionsOf, step } from './interpreter.ts';
export { newState, type Command, type Effect, type State, type StepResult } from './state.ts';
export { lookThrough, publishProcess, type ProcessFile } from './publish-process.ts';
export { findProcess, findValidProcess, listVersions, type PublishedProcess } from './definition-queries.ts';
export { advance, advanceAlone, startAlone, startProcess, type Advanced, type NewProcess } from './advance.ts';
export { findInstance, listInstancesOf, type Instance, type Places } from './instance-queries.ts';
export {
  assignMany,
  claimWork,
  completeMany,
  completeWork,
  completeWorkAlone,
  releaseWork,
  setParts,
  type BulkAnswer,
  type WorkInput,
} from './do-work.ts';
export {
  listParts,
  listWorkOf,
  listWorkOfPosts,
  listWorkOfUnits,
  listWorkWithPart,
  type Work,
  type WorkReference,
} from './work-queries.ts';
export { ProcessError, provideService, sendMessage, type Service } from './run-errands.ts';
export {
  processEnded,
  processMoved,
  processPublished,
  processStarted,
  processStopped,
  workAssigned,
  workFallsDue,
} from './workflow-events.ts';
export { assignWork, doWork, ownProcesses } from './workflow-permissions.ts';
export { processUnreadable, processUnsound } from './workflow-problems.ts';
export { drawSteps, stepsOf, type TableStep } from './step-table.ts';
export { migrateInstance } from './migrate-instance.ts';
export { migrateState, type MigrationObstacle, type MigrationPlan } from './migrate-state.ts';
