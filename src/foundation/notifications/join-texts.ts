import type { JobContext } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/database.ts';
import {
  beginLong,
  countWaitingParts,
  deleteLongBefore,
  hadPart,
  insertPart,
  listParts,
  lockLong,
  lockStaleLong,
  settleLong,
} from './long-text-queries.ts';
import type { IncomingPart, SendContext } from './providers/provider-contract.ts';
import { takeText } from './receive-text.ts';
import { joinParts } from './sms-parts.ts';

/** A text whose parts have not all come is given up after so many minutes: it is taken as far as it came. */
export const GIVE_UP_MINUTES = 10;
/** Parts of one sender that may wait at a time; beyond them a part is taken as a text of its own. */
export const MAX_WAITING_PARTS = 40;
/** A joined text is remembered so long, for parts that the provider sends again. */
const REMEMBER_MS = 24 * 3_600_000;

const minutesBefore = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

/**
 * Takes one part of a long text, in any order and as often as the provider sends it; the last to come joins them and has the text answered. What
 * resolves is kept: parts survive a restart, and may come in over different nodes.
 */
export function receivePart(context: SendContext, part: IncomingPart): Promise<void> {
  return inTransaction(context.db, { actor: systemActor('notifications'), clock: context.clock }, async (tx) => {
    await lockLong(tx, part);
    if (await hadPart(tx, part, minutesBefore(tx.now, GIVE_UP_MINUTES))) return;
    if ((await countWaitingParts(tx, part.sender)) >= MAX_WAITING_PARTS) {
      const { provider, reference, sender } = part;
      await takeText(tx, { provider, reference, sender, body: joinParts([{ ...part, number: 1 }], 1) });
      return;
    }
    const { id, total } = await beginLong(tx, newId(), part);
    await insertPart(tx, id, part);
    const parts = await listParts(tx, id);
    if (parts.length < total) return;
    await settle(tx, { ...part, id, total }, parts);
  });
}

type Whole = Pick<IncomingPart, 'provider' | 'sender'> & { id: string; total: number };

async function settle(tx: Tx, whole: Whole, parts: Awaited<ReturnType<typeof listParts>>): Promise<void> {
  await settleLong(tx, whole.id);
  const body = joinParts(parts, whole.total);
  await takeText(tx, { provider: whole.provider, reference: `long/${whole.id}`, sender: whole.sender, body });
}

/** Takes texts whose parts did not all come as far as they came, and forgets those joined long ago. Returns how many were given up. */
export async function giveUpParts({
  db,
  clock,
  requestId,
}: Pick<JobContext, 'db' | 'clock' | 'requestId'>): Promise<number> {
  for (let total = 0; ; total += 1) {
    const hadOne = await inTransaction(
      db,
      { actor: systemActor('notifications'), clock, requestId },
      async (tx): Promise<boolean> => {
        const whole = await lockStaleLong(tx, minutesBefore(tx.now, GIVE_UP_MINUTES));
        if (whole) await settle(tx, whole, await listParts(tx, whole.id));
        else await deleteLongBefore(tx, new Date(tx.now.getTime() - REMEMBER_MS));
        return whole !== undefined;
      },
    );
    if (!hadOne) return total;
  }
}
