import { defineJob, type JobContext, type Schedule } from '../../platform/jobs.ts';
import { releaseHeld } from './budget-queries.ts';
import { sendDigests } from './digest.ts';
import { deleteInboundBefore } from './inbound-queries.ts';
import { giveUpParts } from './join-texts.ts';
import { deleteMessagesBefore } from './notification-queries.ts';
import { paidChannels, sendingChannels } from './provider.ts';
import { providersOf } from './provider-settings.ts';
import { sendBatch } from './send-messages.ts';
import { deleteOrphanParts, listNextDue, markSlow } from './send-queries.ts';
import { transact } from './transact.ts';
import { keepBound } from './transport.ts';
import { sendJobName, wakeSenders } from './wake-senders.ts';

const KEPT_DAYS = 400;
/** Batches that one job sends before it lets others work. */
const BATCHES = 25;

/** Sends what is due in a channel, batch after batch. */
export const sendDue = defineJob<{ channel?: string }>(sendJobName, {
  run: async (context, { channel }) => {
    for (const each of channel ? [channel] : sendingChannels) {
      let batch = 0;
      while ((await sendBatch(context, each)) > 0)
        if (++batch >= BATCHES) {
          await transact(context, async (tx) => wakeSenders(tx, [{ channel: each, nextAttemptAt: null }]));
          break;
        }
    }
  },
});

/** Finds what is due although nobody was told (a worker died), and providers whose receipts come late. */
async function watch(context: JobContext): Promise<void> {
  keepBound(context);
  await transact(context, async (tx) => {
    const due = (await listNextDue(tx)).filter(({ at }) => at <= tx.now);
    wakeSenders(
      tx,
      due.map(({ channel }) => ({ channel, nextAttemptAt: null })),
    );
    for (const { key, slowSeconds } of providersOf(context.config))
      if (slowSeconds > 0) await markSlow(tx, key, slowSeconds);
  });
}

async function forget(context: JobContext): Promise<void> {
  await transact(context, async (tx) => {
    await deleteMessagesBefore(tx, new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000));
    await deleteInboundBefore(tx, new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000));
    await deleteOrphanParts(tx, new Date(tx.now.getTime() - 7 * 86_400_000));
  });
}

/** A new month, a new budget: what waited for it goes. */
async function beginMonth(context: JobContext): Promise<void> {
  await transact(context, async (tx) => {
    for (const channel of paidChannels)
      if ((await releaseHeld(tx, null, channel)).length > 0) wakeSenders(tx, [{ channel, nextAttemptAt: null }]);
  });
}

export const notificationSchedules: readonly Schedule[] = [
  { name: 'notifications.watch', cron: '* * * * *', run: watch },
  {
    name: 'notifications.give-up-parts',
    cron: '*/5 * * * *',
    run: async (context) => void (await giveUpParts(context)),
  },
  { name: 'notifications.digest', cron: '0 0 * * *', run: sendDigests }, // 07:00 in Viet Nam
  { name: 'notifications.begin-month', cron: '5 17 28-31 * *', run: beginMonth }, // 00:05 in Viet Nam; what is still beyond a budget is held again
  { name: 'notifications.forget', cron: '20 19 * * *', run: forget }, // 02:20 in Viet Nam
];
