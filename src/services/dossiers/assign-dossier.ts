import { descendantsOf, findPost, holdersOf, type Holder } from '../../foundation/organisations/index.ts';
import type { Actor, Permission } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { isProblem, problem, type Problem } from '../../platform/problems.ts';
import { currentStepOf, states, type Dossier } from './dossier.ts';
import { mayApprove, mayProcess, mayReceive, mayReturn } from './dossier-permissions.ts';
import { postElsewhere } from './dossier-problems.ts';
import { performAct, type DossierReference } from './perform-act.ts';

/**
 * Gives a dossier to a post that may work on it, or to nobody (null): a post of the unit whose turn it is or of a unit below it today, or
 * one whose rights reach that unit. It stays there: a supplement or a payment comes back to the same post.
 * @throws postElsewhere, actNotPossible, staleVersion, forbidden
 */
export function assignDossier(
  tx: Tx,
  actor: Actor,
  input: DossierReference & { postId: string | null; remark?: string | null },
): Promise<Dossier> {
  return performAct(tx, actor, 'assign', input, async (dossier) => {
    if (input.postId !== null && !(await worksThere(tx, input.postId, dossier))) throw problem(postElsewhere);
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

/** Whether a post in force today belongs to the unit whose turn it is, or to one below, or has the right that comes next over it. */
async function worksThere(tx: Tx, postId: string, dossier: Dossier): Promise<boolean> {
  const on = localDate(tx.now);
  const unitId = dossier.handlingUnitId;
  const post = await findPost(tx, postId);
  if (!post || post.validFrom > on || (post.validTo !== null && post.validTo < on)) return false;
  if (post.unitId === unitId || (await descendantsOf(tx, [unitId], on)).includes(post.unitId)) return true;
  const holders = await holdersOf(tx, nextRight(dossier).name, unitId, on);
  return holders.some((holder) => holder.postId === postId);
}

/** Who may be given a dossier on a day, by given name: everybody whose post has the right that its next work needs over the unit whose turn it is. */
export const listAssignees = (
  reader: Reader,
  dossier: Pick<Dossier, 'state' | 'steps' | 'currentStep' | 'handlingUnitId'>,
  on: string,
): Promise<Holder[]> => holdersOf(reader, nextRight(dossier).name, dossier.handlingUnitId, on);

/** The right that the next work on a dossier needs: to receive, to process or approve its step, or to hand the result over. */
export function nextRight(dossier: Pick<Dossier, 'state' | 'steps' | 'currentStep'>): Permission {
  if (dossier.state === states.submitted || dossier.state === states.payment) return mayReceive;
  if (dossier.state === states.decided) return mayReturn;
  const step = currentStepOf(dossier);
  if (step === null) return mayReceive; // a supplement asked for before receipt
  return step.kind === 'approve' ? mayApprove : mayProcess;
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
