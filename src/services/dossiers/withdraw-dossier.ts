import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { inTurn, type Dossier } from './dossier.ts';
import { tick } from './dossier-clock.ts';
import { reasonMissing } from './dossier-problems.ts';
import { performAct, type DossierReference } from './perform-act.ts';

/**
 * Withdraws a dossier that is not decided yet (state 7), by its applicant or by the front desk at their request.
 * @throws reasonMissing, actNotPossible, staleVersion, forbidden, dossierNotFound
 */
export function withdrawDossier(tx: Tx, actor: Actor, input: DossierReference & { reason: string }): Promise<Dossier> {
  if (input.reason.trim() === '') throw problem(reasonMissing);
  return performAct(tx, actor, 'withdraw', input, (dossier) => ({
    dossier: inTurn(closed(dossier, tx.now)),
    remark: input.reason.trim(),
  }));
}

/** A dossier that ends without a result: its clock stops, nothing waits any more. */
export const closed = (dossier: Dossier, now: Date): Dossier => ({
  ...dossier,
  resumeState: null,
  finishedAt: now,
  pausedAt: null,
  stepDueAt: null,
  currentStep: null,
  clock: dossier.receivedAt === null ? dossier.clock : tick(dossier.clock, 'finish', now),
});
