import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { linkErased } from './ledger-events.ts';
import { eraseSalt, findEntry, findEventText } from './ledger-queries.ts';

/**
 * Erases the salt of an event's entry: the entry stays in the tree and says nothing any more about the event. That it was done, and why, is an event itself.
 * @returns the leaf, or null when the event is not sealed
 */
export async function eraseLink(tx: Tx, eventId: number, reason: string): Promise<number | null> {
  const event = await findEventText(tx, eventId);
  const entry = event && (await findEntry(tx, event));
  if (!entry) return null;
  await eraseSalt(tx, entry.leaf, eventId, reason);
  publish(tx, linkErased, {
    subject: { kind: 'ledger', id: String(entry.leaf) },
    payload: { eventId, leaf: entry.leaf, reason },
  });
  return entry.leaf;
}
