import { setTimeout as sleep } from 'node:timers/promises';
import type { TestDatabase } from '../../testing/database.ts';
import { sealEvents, type SealerMemory } from './seal-events.ts';

const PATIENCE_MS = 20_000;

/**
 * Seals every committed event and returns how many. Databases of other tests share the server: an event waits until transactions there that are older have ended.
 */
export async function sealAll(db: TestDatabase, limit?: number): Promise<number> {
  let [total, memory]: [number, SealerMemory | null] = [0, null];
  for (const until = Date.now() + PATIENCE_MS; ;) {
    const done = await sealEvents(db, db.clock, memory, limit);
    if (done) {
      total += done.sealed;
      ({ memory } = done);
    }
    const [row] = await db.reader.raw<{ left: boolean }>(
      'select exists (select from platform.event e, ledger.head h where (e.xid, e.id) > (h.xid, h.event_id)) as left',
    );
    if (!row?.left) return total;
    if (Date.now() > until) throw new Error('Events wait behind a transaction that does not end');
    if (done?.sealed === 0) await sleep(5);
  }
}
