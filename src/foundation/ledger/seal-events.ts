import { randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { entryOf, SALT_BYTES } from './event-record.ts';
import { appendToLog, claimHead, listEventsAfter, type BundlePart, type EventRow } from './ledger-queries.ts';
import { appendEntries, TILE_WIDTH, type Edge } from './tiles.ts';
import { readEdge } from './tree-reader.ts';

/** Events that are sealed in one transaction. */
export const SEAL_BATCH = 8_192;
/** Events after which the sealer lets others have their turn: it may share its process with requests. */
const TURN = 512;

/** What the sealer remembers from batch to batch: the unfinished tiles, and the size at which they were so. */
export interface SealerMemory {
  size: number;
  edge: Edge;
}

/**
 * Seals the oldest events that are not sealed yet: one transaction, in the order in which they became visible, so that none is missed; where it is
 * broken off nothing of it is there. Only one process seals at a time: the others' calls return at once.
 * @returns how many were sealed, and what the next call should be given; null when another process is sealing
 */
export async function sealEvents(
  db: Database,
  clock: Clock,
  memory: SealerMemory | null = null,
  limit = SEAL_BATCH,
): Promise<{ sealed: number; memory: SealerMemory | null } | null> {
  return inTransaction(db, { actor: systemActor('ledger'), clock }, async (tx) => {
    const head = await claimHead(tx);
    if (!head) return null;
    const events = await listEventsAfter(tx, head, limit);
    const last = events.at(-1);
    if (!last) return { sealed: 0, memory };
    const known = memory?.size === head.size ? memory.edge : await readEdge(tx, head.size);
    const { entries, salts } = await entriesOf(events);
    const { size, edge, parts } = appendEntries(head.size, known, entries);
    const bundles = bundlesOf(head.size, events, entries, salts);
    const isMoved = await appendToLog(tx, parts, bundles, head.size, { size, xid: last.xid, eventId: last.id });
    if (!isMoved) throw new Error('The head of the ledger was moved under the lock of the sealer');
    return { sealed: events.length, memory: { size, edge } };
  });
}

async function entriesOf(events: readonly EventRow[]): Promise<{ entries: Buffer[]; salts: Buffer }> {
  const salts = randomBytes(events.length * SALT_BYTES);
  const entries: Buffer[] = [];
  for (const [at, event] of events.entries()) {
    if (at % TURN === TURN - 1) await turn();
    entries.push(entryOf(salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES), event));
  }
  return { entries, salts };
}

/** The new entries, cut where bundles end. */
function bundlesOf(size: number, events: readonly EventRow[], entries: readonly Buffer[], salts: Buffer): BundlePart[] {
  const parts: BundlePart[] = [];
  for (let from = 0; from < events.length;) {
    const number = Math.floor((size + from) / TILE_WIDTH);
    const to = Math.min(events.length, (number + 1) * TILE_WIDTH - size);
    const first = events[from]!;
    parts.push({
      number,
      firstXid: first.xid,
      firstEventId: first.id,
      eventIds: events.slice(from, to).map((event) => event.id),
      entries: Buffer.concat(entries.slice(from, to)),
      salts: salts.subarray(from * SALT_BYTES, to * SALT_BYTES),
    });
    from = to;
  }
  return parts;
}
