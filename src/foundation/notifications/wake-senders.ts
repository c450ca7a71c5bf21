import type { Tx } from '../../platform/database.ts';
import { enqueue, type JobType } from '../../platform/jobs.ts';

/** The job that looks, by its name; its work is in notification-jobs.ts, which stands above those who wake it. */
export const sendJobName = 'notifications.send';
const sendDue: JobType<{ channel?: string }> = {
  name: sendJobName,
  maxAttempts: 12,
  run: () => Promise.reject(new Error('run by notification-jobs.ts')),
};

/**
 * Has what is due sent: one job a channel for what goes now, however many messages there are, and one for the first that goes later. The queue is
 * the table of messages; a job only says that somebody should look.
 */
export function wakeSenders(tx: Tx, messages: readonly { channel: string; nextAttemptAt: Date | null }[]): void {
  const later = new Map<string, Date>();
  for (const { channel, nextAttemptAt } of messages) {
    if (nextAttemptAt === null || nextAttemptAt <= tx.now)
      enqueue(tx, sendDue, { channel }, { key: `notifications/${channel}` });
    else if (!later.has(channel) || nextAttemptAt < (later.get(channel) as Date)) later.set(channel, nextAttemptAt);
  }
  for (const [channel, at] of later)
    enqueue(
      tx,
      sendDue,
      { channel },
      { runAt: at, key: `notifications/${channel}/${Math.floor(at.getTime() / 60_000)}` },
    );
}
