import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem, staleVersion } from '../../platform/problems.ts';
import { operationDiscarded, operationSaved } from './operation-events.ts';
import { operationMissing, operationState } from './operation-problems.ts';
import {
  insertOperation,
  lockOperation,
  markState,
  replaceOperationUnits,
  storePreview,
  updateOperation,
  type ImportReport,
  type Operation,
  type OperationFacts,
} from './operation-queries.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { previewPlan } from './preview-operation.ts';
import { followers, unitsOf, type OperationState, type ReorganisationPlan } from './reorganisation.ts';

/** Whoever changes units has to manage every one that the plan names; a new one counts by its parent. @throws Problem `forbidden` */
export function demandUnits(actor: Actor, plan: ReorganisationPlan): void {
  const founded = new Set<string>();
  for (const change of plan.changes) {
    if (change.kind === 'found') {
      if (!(change.unit.parentId !== null && founded.has(change.unit.parentId)))
        demand(actor, manageOrganisations, { unitId: change.unit.parentId });
      founded.add(change.unit.id);
    }
    if (change.kind === 'move' && !founded.has(change.parentId))
      demand(actor, manageOrganisations, { unitId: change.parentId });
  }
  for (const { unitId } of unitsOf(plan)) if (!founded.has(unitId)) demand(actor, manageOrganisations, { unitId });
  for (const { toUnitId } of plan.rules)
    if (!founded.has(toUnitId)) demand(actor, manageOrganisations, { unitId: toUnitId });
}

export const factsOf = (operation: Pick<Operation, 'id' | 'title' | 'decisionNumber' | 'effectiveOn'>) => ({
  operationId: operation.id,
  title: operation.title,
  decisionNumber: operation.decisionNumber,
  effectiveOn: operation.effectiveOn,
});

/** Locks an operation that may go over into a state. @throws Problem `operation-missing`, `operation-state`, `stale-version`, `forbidden` */
export async function operationFor(
  tx: Tx,
  actor: Actor,
  reference: { id: string; version: number | null },
  next: OperationState,
): Promise<Operation> {
  const operation = await lockOperation(tx, reference.id);
  if (!operation) throw problem(operationMissing);
  demandUnits(actor, operation.plan);
  if (reference.version !== null && reference.version !== operation.version)
    throw problem(staleVersion, { given: reference.version, stored: operation.version });
  if (!followers[operation.state].includes(next)) throw problem(operationState, { state: operation.state });
  return operation;
}

/** Draws up an operation as a draft, with its first preview. Nothing moves. @throws Problem `forbidden` */
export async function createOperation(
  tx: Tx,
  actor: Actor,
  facts: OperationFacts,
  report: ImportReport | null = null,
): Promise<string> {
  demandUnits(actor, facts.plan);
  const id = newId();
  await insertOperation(tx, id, facts, report);
  await replaceOperationUnits(tx, id, unitsOf(facts.plan));
  await storePreview(tx, id, await previewPlan(tx, { id, ...facts }));
  publishSaved(tx, { id, ...facts });
  return id;
}

/** Changes a draft; one that was checked has to be checked again. @throws Problem as `operationFor` */
export async function changeOperation(
  tx: Tx,
  actor: Actor,
  reference: { id: string; version: number | null },
  change: (operation: Operation) => OperationFacts,
): Promise<void> {
  const operation = await operationFor(tx, actor, reference, 'draft');
  const facts = change(operation);
  demandUnits(actor, facts.plan);
  await updateOperation(tx, operation.id, facts);
  await replaceOperationUnits(tx, operation.id, unitsOf(facts.plan));
  await storePreview(tx, operation.id, await previewPlan(tx, { id: operation.id, ...facts }));
  publishSaved(tx, { id: operation.id, ...facts });
}

function publishSaved(tx: Tx, operation: OperationFacts & { id: string }): void {
  publish(tx, operationSaved, {
    subject: { kind: 'operation', id: operation.id },
    payload: { ...factsOf(operation), changes: operation.plan.changes.length },
  });
}

/** Throws a draft or a checked plan away; it stays in the list as discarded. @throws Problem as `operationFor` */
export async function discardOperation(tx: Tx, actor: Actor, id: string): Promise<void> {
  const operation = await operationFor(tx, actor, { id, version: null }, 'discarded');
  await markState(tx, id, 'discarded');
  publish(tx, operationDiscarded, { subject: { kind: 'operation', id }, payload: factsOf(operation) });
}
