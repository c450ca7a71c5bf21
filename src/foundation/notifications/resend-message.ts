import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem } from '../../platform/problems.ts';
import { messageDiscarded, messageResent } from './notification-events.ts';
import { messageNotWaiting } from './notification-problems.ts';
import { discardMessages, requeueMessages } from './notification-queries.ts';
import { wakeSenders } from './wake-senders.ts';

/** Puts messages that did not get out into the queue again, with all their tries. Returns how many; those in another state are left alone. */
export async function resendMessages(tx: Tx, ids: readonly string[]): Promise<number> {
  const moved = await requeueMessages(tx, ids);
  for (const { id, channel, template, unitId } of moved)
    publish(tx, messageResent, { subject: { kind: 'message', id }, unitId, payload: { channel, template } });
  wakeSenders(tx, moved);
  return moved.length;
}

/** Puts one message into the queue again. @throws messageNotWaiting when it is queued or sent */
export async function resendMessage(tx: Tx, id: string): Promise<void> {
  if ((await resendMessages(tx, [id])) === 0) throw problem(messageNotWaiting);
}

/** Ends the wait of messages for good, with a reason that stays with them. Returns how many. */
export async function discardAll(tx: Tx, ids: readonly string[], reason: string): Promise<number> {
  const moved = await discardMessages(tx, ids, reason);
  for (const { id, channel, template, unitId } of moved)
    publish(tx, messageDiscarded, { subject: { kind: 'message', id }, unitId, payload: { channel, template, reason } });
  return moved.length;
}
