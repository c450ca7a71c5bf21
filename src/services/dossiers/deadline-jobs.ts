import { calendarChanged } from '../../engines/calendar/index.ts';
import { subscribe } from '../../platform/events.ts';
import { defineJob, enqueue, type JobContext, type Schedule } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import type { Tx } from '../../platform/database.ts';
import { REMINDER_BATCH, remindHours, remindOfDates } from './remind-of-dates.ts';
import { recomputeDeadlines, type CalendarChange } from './recompute-deadlines.ts';

interface RecomputePayload extends CalendarChange {
  /** Id of the event of the change: one chain of batches per change. */
  eventId: number;
  /** Id of the last dossier of the batch before. */
  position: string | null;
}

const write = <R>({ db, clock, requestId }: JobContext, work: (tx: Tx) => Promise<R>): Promise<R> =>
  inTransaction(db, { actor: systemActor('dossiers.deadlines'), clock, requestId }, work);

const queue = (tx: Tx, payload: RecomputePayload): void =>
  enqueue(tx, recomputeBatch, payload, { key: `dossiers.deadlines/${payload.eventId}/${payload.position ?? 'first'}` });

/** One batch, which queues the next with its own transaction: a stopped program goes on where it was. */
export const recomputeBatch = defineJob<RecomputePayload>('dossiers.recompute-deadlines', {
  run: (context, payload) =>
    write(context, async (tx) => {
      const { next } = await recomputeDeadlines(tx, payload, payload.position);
      if (next !== null) queue(tx, { ...payload, position: next });
    }),
});

/** A calendar changed: the dates of the dossiers it touches are computed again. */
export const followCalendar = subscribe('dossiers.follow-calendar', [calendarChanged], (context, event) =>
  write(context, async (tx) => {
    const { unitId, firstDate, lastDate, reason } = event.payload;
    queue(tx, { unitId, firstDate, lastDate, reason, eventId: event.id, position: null });
    await Promise.resolve();
  }),
);

/** Every quarter of an hour from six to eight in the evening (Viet Nam), batch by batch, so that a large office waits for nobody. */
export const remindOften: Schedule = {
  name: 'dossiers.remind-of-dates',
  cron: '*/15 0-12,23 * * *',
  async run(context) {
    const hours = await remindHours(context.db.reader);
    for (let batches = 0; batches < 100; batches += 1)
      if ((await write(context, (tx) => remindOfDates(tx, hours))) < REMINDER_BATCH) return;
  },
};
