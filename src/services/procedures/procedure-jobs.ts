import { localDate } from '../../platform/clock.ts';
import type { JobContext, Schedule } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { listTurned } from './offer-change-queries.ts';
import { refreshIndex } from './publish-procedure.ts';

/** A night or a week without the program is caught up with. */
const DAYS_BACK = 7;

/**
 * Brings the search to today for procedures of which a version or an offer has begun or ended in the last days. Repeating it
 * changes nothing. Returns how many.
 */
export async function refreshTurned(context: Pick<JobContext, 'db' | 'clock' | 'requestId'>): Promise<number> {
  const now = context.clock.now();
  const first = localDate(new Date(now.getTime() - DAYS_BACK * 86_400_000));
  const found = await listTurned(context.db.reader, first, localDate(now));
  const actor = systemActor('procedures.refresh');
  for (const { id, code } of found)
    await inTransaction(context.db, { actor, clock: context.clock, requestId: context.requestId }, (tx) =>
      refreshIndex(tx, code, id),
    );
  return found.length;
}

/** Every night at 00:05 in Viet Nam. */
export const refreshTurnedNightly: Schedule = {
  name: 'procedures.refresh-turned',
  cron: '5 17 * * *',
  run: async (context) => {
    const total = await refreshTurned(context);
    if (total > 0) context.log.info({ total }, 'procedures found anew');
  },
};
