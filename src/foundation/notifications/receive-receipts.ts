import type { Database, Tx } from '../../platform/database.ts';
import type { Clock } from '../../platform/clock.ts';
import { createBatcher } from '../../platform/batcher.ts';
import { publish } from '../../platform/events.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { messageDelivered, messageUndelivered } from './notification-events.ts';
import { applyReceipts, recordReceipts, type ProviderReceipt } from './send-queries.ts';

/** Notes receipts and moves their messages on. A receipt that comes twice, or before its message is noted as sent, does no harm. */
export async function receiveReceipts(tx: Tx, receipts: readonly ProviderReceipt[]): Promise<void> {
  const ids = [...new Set(await recordReceipts(tx, receipts))];
  if (ids.length > 0) await moveOn(tx, ids);
}

/** Applies what receipts say to messages that are sent. */
export async function moveOn(tx: Tx, messageIds: readonly string[]): Promise<void> {
  for (const message of await applyReceipts(tx, messageIds)) {
    const about = { subject: { kind: 'message', id: message.id }, unitId: message.unitId };
    const payload = { channel: message.channel, template: message.template };
    if (message.state === 'delivered')
      publish(tx, messageDelivered, { ...about, payload: { ...payload, provider: message.provider ?? null } });
    else publish(tx, messageUndelivered, { ...about, payload: { ...payload, reason: message.error ?? '' } });
  }
}

const batchers = new WeakMap<Database, (receipt: ProviderReceipt) => Promise<null>>();

/** Takes one receipt of a stream of many: those that come together are written in one transaction. Resolves once it is committed. */
export async function takeReceipts(
  { db, clock }: { db: Database; clock: Clock },
  receipt: ProviderReceipt,
): Promise<void> {
  let take = batchers.get(db);
  if (!take) {
    take = createBatcher(
      async (receipts) => {
        await inTransaction(db, { actor: systemActor('notifications'), clock }, (tx) => receiveReceipts(tx, receipts));
        return receipts.map(() => null);
      },
      { maxBatch: 256, inFlight: 1 },
    );
    batchers.set(db, take);
  }
  await take(receipt);
}
