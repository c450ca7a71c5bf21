import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { inTurn, type Dossier } from './dossier.ts';
import { legalBasisMissing, reasonMissing } from './dossier-problems.ts';
import { performAct, type DossierReference } from './perform-act.ts';
import { closed } from './withdraw-dossier.ts';

/**
 * Stops a received dossier for good (state 8) with the reason and the legal basis that form 05 shows (TT 03/2025/TT-VPCP).
 * @throws reasonMissing, legalBasisMissing, actNotPossible, staleVersion, forbidden
 */
export function stopDossier(
  tx: Tx,
  actor: Actor,
  input: DossierReference & { reason: string; legalBasis: string },
): Promise<Dossier> {
  if (input.reason.trim() === '') throw problem(reasonMissing);
  if (input.legalBasis.trim() === '') throw problem(legalBasisMissing);
  return performAct(tx, actor, 'stop', input, (dossier) => ({
    dossier: inTurn(closed(dossier, tx.now)),
    remark: input.reason.trim(),
    details: { legalBasis: input.legalBasis.trim() },
  }));
}
