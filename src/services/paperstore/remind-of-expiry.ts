import { notifyMany } from '../../foundation/notifications/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { JobContext, Schedule } from '../../platform/jobs.ts';
import { findSetting } from '../../platform/settings.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { formatDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { expiryMessage } from './paper-messages.ts';
import { lockDueReminders, markReminded } from './paper-queries.ts';
import { shippedRemindDays } from './stored-paper.ts';

const batch = 200;

/**
 * Tells people of papers that expire, once for each day of expiry: so many days before as they chose, else as the setting
 * `paperstore.remind-days` says. Returns how many papers.
 */
export async function remindOfExpiry(context: Pick<JobContext, 'db' | 'clock' | 'requestId'>): Promise<number> {
  const { db, clock, requestId } = context;
  const days = (await findSetting<number>(db.reader, 'paperstore.remind-days'))?.value ?? shippedRemindDays;
  let total = 0;
  for (;;) {
    const count = await inTransaction(db, { actor: systemActor('paperstore.remind'), clock, requestId }, async (tx) => {
      const due = await lockDueReminders(tx, localDate(tx.now), days, batch);
      await notifyMany(
        tx,
        due.map(({ id, accountId, name, validUntil }) => ({
          recipient: { kind: 'account', id: accountId },
          template: expiryMessage,
          values: { paper: name, day: formatDate(validUntil) },
          about: { kind: 'paper', id },
          link: paths.storedPaper({ id }),
          key: `paperstore.expires/${id}/${validUntil}`,
        })),
      );
      await markReminded(
        tx,
        due.map((row) => row.id),
      );
      return due.length;
    });
    total += count;
    if (count < batch) return total;
  }
}

/** Every morning at 07:10 in Viet Nam. */
export const remindDaily: Schedule = {
  name: 'paperstore.remind-of-expiry',
  cron: '10 0 * * *',
  run: async (context) => {
    const total = await remindOfExpiry(context);
    if (total > 0) context.log.info({ total }, 'people reminded of papers that expire');
  },
};
