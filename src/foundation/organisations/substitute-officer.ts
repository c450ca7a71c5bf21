import { demand, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { demandPostHandout } from './hand-out-rights.ts';
import { findOfficer, holdsPostThroughout } from './officer-queries.ts';
import { officerSubstituted, substitutionRevoked } from './organisation-events.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import {
  officerMissing,
  periodWrong,
  postMissing,
  substitutionMissing,
  substitutionWithoutPost,
} from './organisation-problems.ts';
import { findPost, findSubstitution, insertSubstitution, revokeSubstitutionRow } from './post-queries.ts';

export interface SubstitutionInput {
  postId: string;
  fromOfficerId: string;
  toOfficerId: string;
  /** Only these permissions of the post; null for all of them. */
  permissions: string[] | null;
  scopeNote: string | null;
  documentNumber: string;
  validFrom: string;
  validTo: string;
}

/**
 * Lets one officer act at another's post for a time (uỷ quyền). Done by whoever manages the unit, or by the holder of the post. The
 * rights end with the period, with a revocation, or when the holder leaves the post.
 * @throws Problem `post-missing`, `officer-missing`, `period-wrong`, `substitution-without-post`, `substitution-overlap`
 */
export async function substituteOfficer(tx: Tx, actor: Actor, input: SubstitutionInput): Promise<string> {
  const post = await findPost(tx, input.postId);
  if (!post) throw problem(postMissing);
  const isHolder = actor.kind === 'official' && actor.id === input.fromOfficerId;
  if (!isHolder) {
    demand(actor, manageOrganisations, { unitId: post.unitId });
    await demandPostHandout(tx, actor, [post.id]);
  }
  const to = await findOfficer(tx, input.toOfficerId);
  if (!to || to.id === input.fromOfficerId || (to.leftOn !== null && to.leftOn < input.validTo))
    throw problem(officerMissing);
  if (input.validTo < input.validFrom) throw problem(periodWrong);
  if (!(await holdsPostThroughout(tx, input.fromOfficerId, input.postId, input.validFrom, input.validTo)))
    throw problem(substitutionWithoutPost);
  const id = newId();
  await insertSubstitution(tx, { id, ...input });
  const { fromOfficerId, toOfficerId, postId, validFrom, validTo, documentNumber } = input;
  publish(tx, officerSubstituted, {
    subject: { kind: 'officer', id: fromOfficerId },
    unitId: post.unitId,
    payload: { fromOfficerId, toOfficerId, postId, validFrom, validTo, documentNumber },
  });
  return id;
}

/** Takes a substitution back from today on. @throws Problem `substitution-missing` (also when it was revoked before) */
export async function revokeSubstitution(tx: Tx, actor: Actor, substitutionId: string): Promise<void> {
  const substitution = await findSubstitution(tx, substitutionId);
  const post = substitution && (await findPost(tx, substitution.postId));
  if (!substitution || !post) throw problem(substitutionMissing);
  const isHolder = actor.kind === 'official' && actor.id === substitution.fromOfficerId;
  if (!isHolder) demand(actor, manageOrganisations, { unitId: post.unitId });
  const revokedOn = localDate(tx.now);
  if (!(await revokeSubstitutionRow(tx, substitutionId, revokedOn))) throw problem(substitutionMissing);
  publish(tx, substitutionRevoked, {
    subject: { kind: 'officer', id: substitution.fromOfficerId },
    unitId: post.unitId,
    payload: { substitutionId, postId: post.id, revokedOn },
  });
}
