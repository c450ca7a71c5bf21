import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { invalidInput, isProblem, problem } from '../../platform/problems.ts';
import { catalogueKind, proposalDecided } from './catalogue-events.ts';
import { manageCatalogues } from './catalogue-permissions.ts';
import { listWrong, ownProposal, proposalDone, proposalMissing, proposalStale } from './catalogue-problems.ts';
import { openDraftOf, saveDraftItems, withItem } from './edit-draft.ts';
import { endProposal, lockProposal } from './proposal-queries.ts';
import { itemsOf } from './version-queries.ts';

/**
 * Approves a proposal, which goes into the draft at once, or refuses it with a reason.
 * @throws Problem `own-proposal`, `proposal-done`, `proposal-stale` when the list no longer has (or has already) what it is about
 */
export async function decideProposal(
  tx: Tx,
  actor: Actor,
  id: string,
  input: { isApproved: boolean; reason: string },
): Promise<void> {
  demand(actor, manageCatalogues);
  const proposal = await lockProposal(tx, id);
  if (!proposal) throw problem(proposalMissing);
  if (proposal.state !== 'waiting') throw problem(proposalDone);
  if (proposal.proposedById === actor.id) throw problem(ownProposal);
  if (!input.isApproved && input.reason === '') throw problem(invalidInput, { errors: [{ pointer: '/reason' }] });
  let versionId: string | null = null;
  if (input.isApproved) {
    const draft = await openDraftOf(tx, proposal.catalogueId);
    const items = await itemsOf(tx, draft.id);
    const isThere = items.some((item) => item.code === proposal.itemCode);
    if (isThere === (proposal.kind === 'add')) throw problem(proposalStale);
    const catalogue = { id: proposal.catalogueId, code: proposal.catalogueCode };
    try {
      await saveDraftItems(tx, catalogue, draft, withItem(items, proposal.content), 'proposal');
    } catch (error) {
      throw isProblem(error, listWrong) ? problem(proposalStale) : error;
    }
    versionId = draft.id;
  }
  const state = input.isApproved ? 'approved' : 'refused';
  await endProposal(tx, id, state, input.reason || null, versionId);
  publish(tx, proposalDecided, {
    subject: { kind: catalogueKind, id: proposal.catalogueId },
    payload: { code: proposal.catalogueCode, proposalId: id, state },
  });
}
