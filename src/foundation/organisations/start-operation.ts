import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem } from '../../platform/problems.ts';
import { operationChecked, operationScheduled, operationStarted, undoStarted } from './operation-events.ts';
import { notYetDue, operationOpenQuestions, secondPersonNeeded, undoContradicted } from './operation-problems.ts';
import {
  insertParts,
  listOperationsOfUnit,
  markChecked,
  markStarted,
  markState,
  markUndoing,
  restartParts,
  storePreview,
  type Operation,
} from './operation-queries.ts';
import { previewPlan } from './preview-operation.ts';
import { movePlanOf, openAmbiguities, unitsOf, type OperationPreview } from './reorganisation.ts';
import { resolvePlan } from './resolve-plan.ts';
import { factsOf, operationFor } from './save-operation.ts';
import { unitMoves, type Obstacle } from './unit-move.ts';

/** The names of the first part, which is of this module: the tree and the people in one transaction. */
export const STRUCTURE = 'organisations';
const KINDS_OF_STRUCTURE = new Set(['units', 'posts', 'appointments', 'substitutions', 'rights']);

/** A preview of now, without open questions. @throws Problem `operation-open-questions` with how many there are */
async function freshPreview(tx: Tx, operation: Operation): Promise<OperationPreview> {
  const preview = await previewPlan(tx, operation);
  const open = openAmbiguities(preview, operation.plan.decisions).length;
  if (open > 0 || preview.obstacles.length > 0)
    throw problem(operationOpenQuestions, { undecided: open, obstacles: preview.obstacles.length });
  await storePreview(tx, operation.id, preview);
  return preview;
}

/**
 * A second person agrees to the plan as it stands: nothing open, nothing in the way.
 * @throws Problem `second-person-needed`, `operation-open-questions`, and as `operationFor`
 */
export async function checkOperation(
  tx: Tx,
  actor: Actor,
  reference: { id: string; version: number | null },
): Promise<void> {
  const operation = await operationFor(tx, actor, reference, 'checked');
  if (operation.createdById !== null && operation.createdById === tx.actor.id) throw problem(secondPersonNeeded);
  await freshPreview(tx, operation);
  await markChecked(tx, operation.id);
  publish(tx, operationChecked, { subject: { kind: 'operation', id: operation.id }, payload: factsOf(operation) });
}

/** Has a checked operation run by itself on its day. @throws Problem as `operationFor` */
export async function scheduleOperation(tx: Tx, actor: Actor, id: string): Promise<void> {
  const operation = await operationFor(tx, actor, { id, version: null }, 'scheduled');
  await markState(tx, id, 'scheduled');
  publish(tx, operationScheduled, { subject: { kind: 'operation', id }, payload: factsOf(operation) });
}

/** Takes a scheduled operation off the list of what runs. @throws Problem as `operationFor` */
export async function unscheduleOperation(tx: Tx, actor: Actor, id: string): Promise<void> {
  await operationFor(tx, actor, { id, version: null }, 'checked');
  await markState(tx, id, 'checked');
}

/**
 * Starts a checked operation: the plan is resolved, kept, and from then on the job does what it says. Not before its day.
 * @throws Problem `operation-not-due`, `operation-open-questions` (something changed since the check), and as `operationFor`
 */
export async function startOperation(tx: Tx, actor: Actor, id: string): Promise<void> {
  const operation = await operationFor(tx, actor, { id, version: null }, 'running');
  if (operation.effectiveOn > localDate(tx.now)) throw problem(notYetDue, { effectiveOn: operation.effectiveOn });
  const preview = await freshPreview(tx, operation);
  const resolved = await resolvePlan(tx, operation.plan, operation.effectiveOn);
  await markStarted(tx, id, resolved);
  const expected = (kinds: (kind: string) => boolean) =>
    preview.lines.reduce((sum, line) => sum + (kinds(line.kind) ? line.count : 0), 0);
  await insertParts(tx, id, [
    { name: STRUCTURE, position: 0, expected: expected((kind) => KINDS_OF_STRUCTURE.has(kind)) },
    ...unitMoves().map((move, at) => ({
      name: move.name,
      position: at + 1,
      expected: expected((kind) => kind.startsWith(`${move.name}.`)),
    })),
  ]);
  publish(tx, operationStarted, { subject: { kind: 'operation', id }, payload: factsOf(operation) });
}

/** What undoing an operation would contradict (`blocks`), and what it would leave as it is (`stays`). */
export async function contradictionsOf(
  reader: Reader,
  operation: Operation,
): Promise<{ blocks: Obstacle[]; stays: Obstacle[] }> {
  const blocks: Obstacle[] = [];
  const stays: Obstacle[] = [];
  if (operation.resolved === null) return { blocks, stays };
  for (const unitId of new Set(unitsOf(operation.plan).map((each) => each.unitId)))
    for (const later of await listOperationsOfUnit(reader, unitId)) {
      const [own, its] = [operation.startedAt?.getTime() ?? 0, later.startedAt?.getTime() ?? 0];
      const isLater = its > own || (its === own && later.effectiveOn > operation.effectiveOn);
      if (later.id === operation.id || !isLater || later.state === 'undone') continue;
      blocks.push({
        unitId,
        text: { vi: `Lần sắp xếp sau: ${later.title}`, en: `A later change of units: ${later.title}` },
      });
    }
  const plan = movePlanOf(operation, operation.resolved);
  for (const move of unitMoves()) {
    const found = await move.contradictions?.(reader, plan);
    blocks.push(...(found?.blocks ?? []));
    stays.push(...(found?.stays ?? []));
  }
  return { blocks, stays };
}

/** Starts to undo what an operation did. @throws Problem `undo-contradicted`, and as `operationFor` */
export async function startUndo(tx: Tx, actor: Actor, id: string): Promise<void> {
  const operation = await operationFor(tx, actor, { id, version: null }, 'undoing');
  const { blocks } = await contradictionsOf(tx, operation);
  if (blocks.length > 0) throw problem(undoContradicted, { blocks: blocks.slice(0, 20).map((each) => each.text.vi) });
  await restartParts(tx, id);
  await markUndoing(tx, id);
  publish(tx, undoStarted, { subject: { kind: 'operation', id }, payload: factsOf(operation) });
}
