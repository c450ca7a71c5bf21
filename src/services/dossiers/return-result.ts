import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import type { Channel, Dossier } from './dossier.ts';
import { performAct, type DossierReference } from './perform-act.ts';

/**
 * Hands the result over (state 10).
 * @throws actNotPossible while there is no result, staleVersion, forbidden
 */
export function returnResult(
  tx: Tx,
  actor: Actor,
  input: DossierReference & { channel: Channel; receivedBy: string; remark?: string | null },
): Promise<Dossier> {
  return performAct(tx, actor, 'returnResult', input, (dossier) => ({
    dossier: { ...dossier, returnedAt: tx.now },
    remark: input.remark?.trim() || null,
    details: { channel: input.channel, receivedBy: input.receivedBy.trim() },
  }));
}
