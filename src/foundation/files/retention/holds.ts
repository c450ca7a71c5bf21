import { demand, type Actor } from '../../../platform/access.ts';
import type { Tx } from '../../../platform/database.ts';
import { publish } from '../../../platform/events.ts';
import { isId, newId } from '../../../platform/ids.ts';
import { notFound, problem } from '../../../platform/problems.ts';
import { manageFiles } from '../file-permissions.ts';
import { holdLifted, holdOpen, holdPlaced } from './retention-events.ts';
import { insertHold, liftHoldRow } from './retention-queries.ts';

/** Keeps the files of a dossier (in a complaint, a suit, an inspection) from being disposed of until the hold is lifted. @throws forbidden, holdOpen */
export async function placeHold(
  tx: Tx,
  actor: Actor,
  input: { ownerKind: string; ownerId: string; label: string; reason: string },
): Promise<string> {
  demand(actor, manageFiles);
  const id = newId();
  if (!(await insertHold(tx, { id, ...input }))) throw problem(holdOpen);
  const { ownerKind, ownerId, reason } = input;
  publish(tx, holdPlaced, { subject: { kind: 'hold', id }, payload: { ownerKind, ownerId, reason } });
  return id;
}

/** @throws forbidden, notFound */
export async function liftHold(tx: Tx, actor: Actor, input: { id: string; reason: string }): Promise<void> {
  demand(actor, manageFiles);
  const lifted = isId(input.id) ? await liftHoldRow(tx, input.id, input.reason) : undefined;
  if (!lifted) throw problem(notFound);
  publish(tx, holdLifted, { subject: { kind: 'hold', id: input.id }, payload: { ...lifted, reason: input.reason } });
}
