import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { forbidden, problem } from '../../platform/problems.ts';
import { catalogueKind, proposalDecided, proposalMade } from './catalogue-events.ts';
import { proposeCatalogues } from './catalogue-permissions.ts';
import { proposalDone, proposalMissing } from './catalogue-problems.ts';
import type { Catalogue } from './catalogue-queries.ts';
import type { Item } from './catalogue.ts';
import { endProposal, insertProposal, lockProposal, type ProposalKind } from './proposal-queries.ts';

/** Asks the province, for the actor's unit, to add, change or end an item. Returns the proposal's id. */
export async function propose(
  tx: Tx,
  actor: Actor,
  catalogue: Catalogue,
  input: { kind: ProposalKind; item: Item; reason: string },
): Promise<string> {
  const unitId = actor.unitId ?? null;
  demand(actor, proposeCatalogues, { unitId });
  const id = newId();
  const { kind, item: content, reason } = input;
  await insertProposal(tx, { id, catalogueId: catalogue.id, kind, content, reason, unitId });
  publish(tx, proposalMade, {
    subject: { kind: catalogueKind, id: catalogue.id },
    payload: { code: catalogue.code, proposalId: id, kind },
  });
  return id;
}

/** Takes a waiting proposal back; only who made it. @throws Problem `proposal-not-found`, `forbidden`, `proposal-done` */
export async function withdrawProposal(tx: Tx, actor: Actor, id: string): Promise<void> {
  const proposal = await lockProposal(tx, id);
  if (!proposal) throw problem(proposalMissing);
  if (proposal.proposedById !== actor.id) throw problem(forbidden);
  if (proposal.state !== 'waiting') throw problem(proposalDone);
  await endProposal(tx, id, 'withdrawn', null, null);
  publish(tx, proposalDecided, {
    subject: { kind: catalogueKind, id: proposal.catalogueId },
    payload: { code: proposal.catalogueCode, proposalId: id, state: 'withdrawn' },
  });
}
