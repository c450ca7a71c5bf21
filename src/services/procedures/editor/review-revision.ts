import { demand, type Actor } from '../../../platform/access.ts';
import type { Tx } from '../../../platform/database.ts';
import { newId } from '../../../platform/ids.ts';
import { problem } from '../../../platform/problems.ts';
import { editProcedures, reviewProcedures } from '../procedure-permissions.ts';
import { notPublishable } from '../procedure-problems.ts';
import { findVersion } from '../procedure-queries.ts';
import type { Procedure } from '../procedure.ts';
import { missingParts } from '../publish-procedure.ts';
import {
  draftApproved,
  draftRecalled,
  draftSent,
  draftSentBack,
  remarkMade,
  remarkSettled,
} from './revision-events.ts';
import { draftMissing, draftShut, ownDraft } from './revision-problems.ts';
import { tellAuthor, tellReviewers } from './review-messages.ts';
import { insertComment, lockRevision, settleComment, updateRevisionState } from './revision-queries.ts';
import { isWritable, mayDecide, type Revision } from './revision.ts';
import { tell } from './write-revision.ts';

async function held(tx: Tx, versionId: string): Promise<{ revision: Revision; version: Procedure }> {
  const revision = await lockRevision(tx, versionId);
  const version = revision && (await findVersion(tx, versionId));
  if (!revision || !version) throw problem(draftMissing);
  return { revision, version };
}

/** Sends a draft to be reviewed. @throws draftMissing, draftShut, notPublishable with what is `missing` */
export async function sendForReview(tx: Tx, actor: Actor, versionId: string): Promise<void> {
  demand(actor, editProcedures);
  const { revision, version } = await held(tx, versionId);
  if (!isWritable(revision)) throw problem(draftShut);
  const missing = missingParts(version);
  if (missing.length > 0) throw problem(notPublishable, { missing });
  await updateRevisionState(tx, versionId, 'in-review');
  await tellReviewers(tx, revision);
  tell(tx, draftSent, version, {});
}

/** Takes a draft back before (or after) it is approved, to write on. @throws draftMissing, draftShut */
export async function recallDraft(tx: Tx, actor: Actor, versionId: string): Promise<void> {
  demand(actor, editProcedures);
  const { revision, version } = await held(tx, versionId);
  if (revision.state !== 'in-review' && revision.state !== 'approved') throw problem(draftShut);
  await updateRevisionState(tx, versionId, 'writing');
  tell(tx, draftRecalled, version, {});
}

/**
 * Approves a draft, or sends it back with what is to be done. Nobody decides on what they wrote.
 * @throws draftMissing, draftShut, ownDraft
 */
export async function decideReview(
  tx: Tx,
  actor: Actor,
  input: { versionId: string; isApproved: boolean; note: string },
): Promise<void> {
  demand(actor, reviewProcedures);
  const { revision, version } = await held(tx, input.versionId);
  if (revision.state !== 'in-review') throw problem(draftShut);
  if (!mayDecide(revision, actor.id)) throw problem(ownDraft);
  await updateRevisionState(tx, input.versionId, input.isApproved ? 'approved' : 'sent-back', input.note || null);
  await tellAuthor(tx, revision, input.isApproved, input.note);
  tell(tx, input.isApproved ? draftApproved : draftSentBack, version, { reason: input.note });
}

/** Leaves a remark on a section of a draft. @throws draftMissing */
export async function makeRemark(tx: Tx, input: { versionId: string; section: string; body: string }): Promise<void> {
  const { version } = await held(tx, input.versionId);
  const id = newId();
  await insertComment(tx, { id, ...input });
  tell(tx, remarkMade, version, { section: input.section, commentId: id });
}

/** Marks a remark as dealt with; a second click changes nothing. @throws draftMissing */
export async function settleRemark(tx: Tx, input: { versionId: string; commentId: string }): Promise<void> {
  const { version } = await held(tx, input.versionId);
  const settled = await settleComment(tx, input.versionId, input.commentId);
  if (settled) tell(tx, remarkSettled, version, { section: settled.section, commentId: input.commentId });
}
