import { localDate } from '../../platform/clock.ts';
import type { JobContext, Schedule } from '../../platform/jobs.ts';
import { publish } from '../../platform/events.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { draftDiscarded, draftKind } from './form-events.ts';
import { deleteExpiredDrafts } from './form-queries.ts';
import { deleteExpiredHandoffs } from './handoff-queries.ts';
import { recordLeft } from './save-draft.ts';
import { rollUpVisits } from './figures/figure-queries.ts';

const batch = 500;

/** Takes away drafts whose time is over, in short transactions; each leaves an event without the answers. Returns how many. */
export async function expireDrafts(context: Pick<JobContext, 'db' | 'clock' | 'requestId'>): Promise<number> {
  let total = 0;
  for (;;) {
    const { requestId, clock } = context;
    const count = await inTransaction(
      context.db,
      { actor: systemActor('forms.expire-drafts'), clock, requestId },
      async (tx) => {
        await deleteExpiredHandoffs(tx);
        const gone = await deleteExpiredDrafts(tx, batch);
        for (const draft of gone) {
          await recordLeft(tx, draft);
          publish(tx, draftDiscarded, {
            subject: { kind: draftKind, id: draft.id },
            payload: { formVersionId: draft.formVersionId, page: draft.page, reason: 'expired' },
          });
        }
        return gone.length;
      },
    );
    total += count;
    if (count < batch) return total;
  }
}

/** Every night at 01:20 in Viet Nam. */
export const expireDraftsNightly: Schedule = {
  name: 'forms.expire-drafts',
  cron: '20 18 * * *',
  run: async (context) => {
    const total = await expireDrafts(context);
    if (total > 0) context.log.info({ total }, 'drafts expired');
  },
};

/** Adds up what happened at pages on days that are over, in short transactions. Returns how many visits. */
export async function addUpFigures(context: Pick<JobContext, 'db' | 'clock' | 'requestId'>): Promise<number> {
  const { requestId, clock } = context;
  let total = 0;
  for (;;) {
    const actor = systemActor('forms.add-up-figures');
    const count = await inTransaction(context.db, { actor, clock, requestId }, (tx) =>
      rollUpVisits(tx, localDate(tx.now), 10_000),
    );
    total += count;
    if (count < 10_000) return total;
  }
}

/** Every night at 01:40 in Viet Nam. */
export const addUpFiguresNightly: Schedule = {
  name: 'forms.add-up-figures',
  cron: '40 18 * * *',
  run: async (context) => {
    const total = await addUpFigures(context);
    if (total > 0) context.log.info({ total }, 'visits of forms added up');
  },
};
