import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { inTurn, type Dossier } from './dossier.ts';
import { legalBasisMissing, reasonMissing } from './dossier-problems.ts';
import { performAct, type DossierReference } from './perform-act.ts';

/**
 * Refuses to receive a dossier (state 3), also when a supplement asked for before receipt never came, with the reason and its legal basis, as form 03 wants (NĐ 61/2018 Đ17.1).
 * @throws reasonMissing, legalBasisMissing, actNotPossible, staleVersion, forbidden
 */
export function refuseDossier(
  tx: Tx,
  actor: Actor,
  input: DossierReference & { reason: string; legalBasis: string },
): Promise<Dossier> {
  const [reason, legalBasis] = [input.reason.trim(), input.legalBasis.trim()];
  if (reason === '') throw problem(reasonMissing);
  if (legalBasis === '') throw problem(legalBasisMissing);
  return performAct(tx, actor, 'refuse', input, (dossier) => ({
    dossier: inTurn({ ...dossier, resumeState: null, finishedAt: tx.now }),
    remark: reason,
    details: { legalBasis },
  }));
}
