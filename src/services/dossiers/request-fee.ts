import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import type { Dossier } from './dossier.ts';
import { nothingRequested } from './dossier-problems.ts';
import { insertFees, type FeeInput } from './fee-queries.ts';
import { performAct, type DossierReference } from './perform-act.ts';
import { paused } from './request-supplement.ts';

/**
 * Asks the applicant to pay (state 6); the clock stands until the payment is recorded.
 * @throws nothingRequested, actNotPossible, staleVersion, forbidden
 */
export function requestFee(
  tx: Tx,
  actor: Actor,
  input: DossierReference & { fees: readonly Pick<FeeInput, 'name' | 'amountDong' | 'moment'>[] },
): Promise<Dossier> {
  if (input.fees.length === 0) throw problem(nothingRequested);
  return performAct(tx, actor, 'requestFee', input, async (dossier, before) => {
    await insertFees(
      tx,
      dossier.id,
      input.fees.map((fee) => ({ ...fee, receiptNumber: null, method: null })),
      actor.label,
    );
    return {
      dossier: await paused(tx, { ...dossier, resumeState: before.state }, 'payment'),
      remark: input.fees.map((fee) => fee.name).join('; '),
      details: { amountDong: input.fees.reduce((sum, fee) => sum + fee.amountDong, 0) },
    };
  });
}
