import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import type { Dossier } from './dossier.ts';
import { feesOpen, feeUnknown, reasonMissing } from './dossier-problems.ts';
import { countOpenFees, payFee } from './fee-queries.ts';
import { performAct, type DossierReference } from './perform-act.ts';
import { resumed } from './request-supplement.ts';

export interface FeePayment {
  id: string;
  receiptNumber: string;
  method: 'cash' | 'transfer' | 'post' | 'online';
}

/**
 * Records that everything asked for was paid, each fee with its receipt number; the dossier goes back to where it was and its
 * clock goes on. Until payments exist the clerk does this.
 * @throws feeUnknown, feesOpen when one is left out, reasonMissing without a receipt number, actNotPossible, staleVersion, forbidden
 */
export function recordFee(
  tx: Tx,
  actor: Actor,
  input: DossierReference & { payments: readonly FeePayment[] },
): Promise<Dossier> {
  if (input.payments.some((payment) => payment.receiptNumber.trim() === '')) throw problem(reasonMissing);
  return performAct(tx, actor, 'recordFee', input, async (dossier) => {
    for (const payment of input.payments) {
      const receiptNumber = payment.receiptNumber.trim();
      if (!(await payFee(tx, dossier.id, { ...payment, receiptNumber }, actor.label))) throw problem(feeUnknown);
    }
    if ((await countOpenFees(tx, dossier.id)) > 0) throw problem(feesOpen);
    return {
      dossier: await resumed(tx, dossier, 'payment'),
      remark: input.payments.map((payment) => payment.receiptNumber.trim()).join(', '),
    };
  });
}
