import { findPost } from '../../foundation/organisations/index.ts';
import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { isProblem, problem, type Problem } from '../../platform/problems.ts';
import { currentStepOf, type Dossier } from './dossier.ts';
import { postElsewhere } from './dossier-problems.ts';
import { performAct, type DossierReference } from './perform-act.ts';

/**
 * Gives a dossier to a post of the unit whose turn it is, or to nobody (null). It stays there: a supplement or a payment comes back to
 * the same post.
 * @throws postElsewhere, actNotPossible, staleVersion, forbidden
 */
export function assignDossier(
  tx: Tx,
  actor: Actor,
  input: DossierReference & { postId: string | null; remark?: string | null },
): Promise<Dossier> {
  return performAct(tx, actor, 'assign', input, async (dossier) => {
    if (input.postId !== null) {
      const post = await findPost(tx, input.postId);
      if (post?.unitId !== dossier.handlingUnitId) throw problem(postElsewhere);
    }
    const step = currentStepOf(dossier);
    const steps = dossier.steps.map((each) =>
      each === step && each.unitId === dossier.handlingUnitId ? { ...each, assigneePostId: input.postId } : each,
    );
    return {
      dossier: { ...dossier, assigneePostId: input.postId, steps },
      remark: input.remark?.trim() || null,
      details: { postId: input.postId },
    };
  });
}

/**
 * Gives many dossiers to one post. Each stands for itself: what cannot be assigned is reported with its problem, the others are.
 * At most 200 at once; dossiers are locked in the order of their ids, so that two bulk assignments never wait for each other.
 */
export async function assignDossiers(
  tx: Tx,
  actor: Actor,
  input: { dossierIds: readonly string[]; postId: string | null },
): Promise<{ assigned: string[]; refused: { dossierId: string; problem: Problem }[] }> {
  const assigned: string[] = [];
  const refused: { dossierId: string; problem: Problem }[] = [];
  for (const dossierId of [...new Set(input.dossierIds)].sort().slice(0, 200)) {
    try {
      await assignDossier(tx, actor, { dossierId, version: null, postId: input.postId });
      assigned.push(dossierId);
    } catch (error) {
      if (!isProblem(error)) throw error; // a Problem is thrown before anything is written for that dossier
      refused.push({ dossierId, problem: error });
    }
  }
  return { assigned, refused };
}
