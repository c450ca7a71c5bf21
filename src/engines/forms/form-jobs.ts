import type { JobContext, Schedule } from '../../platform/jobs.ts';
import { publish } from '../../platform/events.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { draftDiscarded, draftKind } from './form-events.ts';
import { deleteExpiredDrafts } from './form-queries.ts';

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
        const gone = await deleteExpiredDrafts(tx, batch);
        for (const draft of gone) {
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
