import type { Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { isProblem } from '../../platform/problems.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { applyStructure, undoStructure } from './move-structure.ts';
import { operationFinished, operationUndone } from './operation-events.ts';
import {
  advance,
  findOperation,
  isPast,
  listParts,
  lockOperation,
  markClosed,
  markFailure,
  markFinished,
  markUndone,
  type Operation,
} from './operation-queries.ts';
import { trace, undoStaffTrace } from './operation-trace-queries.ts';
import { movePlanOf, type ResolvedPlan } from './reorganisation.ts';
import { factsOf } from './save-operation.ts';
import { moveStaff } from './staff-move-queries.ts';
import { STRUCTURE } from './start-operation.ts';
import { unitMoves, type UnitMovePlan } from './unit-move.ts';

export interface RunContext {
  db: Database;
  clock: Clock;
  requestId?: string;
}
/** What one step did: `again` = there is more, `wait` = somebody else has to finish first, `done`. */
export type StepOutcome = 'again' | 'wait' | 'done';

/**
 * Does one bounded step of an operation under way, forwards or backwards, in one transaction that locks the operation: two runners never
 * work at once, and a step that was lost with its process is simply done again. What went wrong is kept with the operation and thrown.
 */
export async function stepOperation(context: RunContext, operationId: string): Promise<StepOutcome> {
  const actor = systemActor('organisations.operation');
  const { db, clock, requestId } = context;
  const options = { actor, clock, ...(requestId === undefined ? {} : { requestId }) };
  try {
    return await inTransaction(db, options, async (tx) => {
      const operation = await lockOperation(tx, operationId);
      if (!operation?.resolved) return 'done';
      const { resolved } = operation;
      if (operation.state === 'running') return stepForward(tx, operation, resolved);
      return operation.state === 'undoing' ? stepBack(tx, operation, resolved) : 'done';
    });
  } catch (error) {
    const said = isProblem(error) ? error.definition.title.vi : error instanceof Error ? error.message : String(error);
    await inTransaction(db, options, (tx) => markFailure(tx, operationId, said.slice(0, 500)));
    throw error;
  }
}

async function stepForward(tx: Tx, operation: Operation, resolved: ResolvedPlan): Promise<StepOutcome> {
  const part = (await listParts(tx, operation.id)).find((each) => each.finishedAt === null);
  const plan = movePlanOf(operation, resolved);
  if (part?.name === STRUCTURE) {
    const units = await applyStructure(tx, operation, resolved);
    const staff = await moveStaff(tx, { ...plan, posts: resolved.posts, secondary: resolved.secondary });
    await trace(tx, operation.id, staff);
    await markClosed(tx, operation.id);
    await advance(tx, operation.id, STRUCTURE, { moved: units + staff.length, isDone: true });
    return 'again';
  }
  if (part) {
    const move = unitMoves().find((each) => each.name === part.name);
    const step = move ? await move.apply(tx, plan, part.cursor) : { moved: 0, isDone: true };
    await advance(tx, operation.id, part.name, step);
    return 'again';
  }
  return settle(tx, operation, plan);
}

/** Moves what arrived for a closed unit while the operation ran; it is over once nobody can write there any more. */
async function settle(tx: Tx, operation: Operation, plan: UnitMovePlan): Promise<StepOutcome> {
  if (operation.closedXid !== null && !(await isPast(tx, operation.closedXid))) return 'wait';
  for (const move of unitMoves()) {
    const step = await move.settle?.(tx, plan);
    if (!step || (step.moved === 0 && step.isDone)) continue;
    await advance(tx, operation.id, move.name, { moved: step.moved, isDone: true });
    return 'again';
  }
  await markFinished(tx, operation.id);
  await publishEnd(tx, operation, operationFinished);
  return 'done';
}

async function stepBack(tx: Tx, operation: Operation, resolved: ResolvedPlan): Promise<StepOutcome> {
  const part = (await listParts(tx, operation.id)).findLast((each) => each.finishedAt === null);
  if (!part) {
    await markUndone(tx, operation.id);
    await publishEnd(tx, operation, operationUndone);
    return 'done';
  }
  if (part.name === STRUCTURE) {
    await undoStaffTrace(tx, operation.id);
    await advance(tx, operation.id, STRUCTURE, { moved: await undoStructure(tx, operation), isDone: true });
    return 'again';
  }
  const move = unitMoves().find((each) => each.name === part.name);
  const step = move ? await move.undo(tx, movePlanOf(operation, resolved)) : { moved: 0, isDone: true };
  await advance(tx, operation.id, part.name, step);
  return 'again';
}

async function publishEnd(
  tx: Tx,
  operation: Operation,
  type: typeof operationFinished | typeof operationUndone,
): Promise<void> {
  const parts = await listParts(tx, operation.id);
  publish(tx, type, {
    subject: { kind: 'operation', id: operation.id },
    payload: { ...factsOf(operation), moved: Object.fromEntries(parts.map((part) => [part.name, part.moved])) },
  });
}

/** Runs an operation to its end in this process; `onStep` hears of every step. For the command line and measurements. */
export async function runOperation(
  context: RunContext,
  operationId: string,
  options: { onStep?: (step: number) => Promise<void> | void; pause?: () => Promise<void> } = {},
): Promise<Operation | undefined> {
  for (let step = 1; ; step += 1) {
    const outcome = await stepOperation(context, operationId);
    if (outcome === 'done') return findOperation(context.db.reader, operationId);
    if (outcome === 'wait') await options.pause?.();
    await options.onStep?.(step);
  }
}
