import { publish } from '../../platform/events.ts';
import { localDate } from '../../platform/clock.ts';
import { dropEventsBefore } from '../../platform/event-log.ts';
import type { Schedule } from '../../platform/jobs.ts';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { backUpDaily, drillNightly, keepUp } from './keep-up.ts';
import { eventsDropped } from './operations-events.ts';

/** Events are kept for ten years; level 3 asks for at least three months, the archives for more. */
const EVENTS_KEPT_YEARS = 10;

export const operationsSchedules: readonly Schedule[] = [
  {
    name: 'operations.keep-up', // every minute: what was written since then becomes restorable
    cron: '* * * * *',
    run: (context) => keepUp(context),
  },
  {
    name: 'operations.backup-daily',
    cron: '30 18 * * *', // 01:30 in Viet Nam
    run: (context) => backUpDaily(context),
  },
  {
    name: 'operations.drill',
    cron: '30 20 * * *', // 03:30 in Viet Nam
    run: (context) => drillNightly(context),
  },
  {
    name: 'operations.forget-events',
    cron: '0 20 1 * *', // the 2nd of the month, 03:00 in Viet Nam
    run: ({ db, clock, requestId }) => forgetEvents({ db, clock }, requestId),
  },
];

/** Drops whole months of events that are past their retention, and records that it did. */
export async function forgetEvents({ db, clock }: Pick<AppContext, 'db' | 'clock'>, requestId: string): Promise<void> {
  const today = localDate(clock.now());
  const partitions = await dropEventsBefore(db, `${Number(today.slice(0, 4)) - EVENTS_KEPT_YEARS}${today.slice(4)}`);
  if (partitions.length === 0) return;
  await inTransaction(db, { actor: systemActor('operations'), clock, requestId }, async (tx) =>
    publish(tx, eventsDropped, { subject: { kind: 'event-log', id: 'retention' }, payload: { partitions } }),
  );
}
