import { publish } from '../../platform/events.ts';
import { defineJob, enqueue, type JobContext, type Schedule } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { messageGivenUp, messageSent } from './notification-events.ts';
import { deleteMessagesBefore, lockQueuedMessage, settleMessage, type MessageRow } from './notification-queries.ts';
import { deliver, type Outcome } from './transport.ts';

/** 48 tries, five minutes apart: a mail server may be away for four hours before a message is given up. */
export const MAX_TRIES = 48;
export const RETRY_MINUTES = 5;
const KEPT_DAYS = 400;

/**
 * Sends one message. The row stays locked while the provider answers, so two workers never send it at once; the message
 * id is the same at every try, so that a mailbox can drop the double of a try whose answer was lost.
 */
export const sendMessage = defineJob<{ id: string }>('notifications.send', {
  run: (context, { id }) =>
    inTransaction(
      context.db,
      { actor: systemActor('notifications'), clock: context.clock, requestId: context.requestId },
      async (tx) => {
        const message = await lockQueuedMessage(tx, id);
        if (!message) return;
        const outcome = await deliver(context.config, message);
        const about = {
          subject: { kind: 'message', id },
          payload: { channel: message.channel, template: message.template },
        };
        const settlement = settle(outcome, message, context);
        await settleMessage(tx, id, settlement);
        if (settlement.state === 'sent') publish(tx, messageSent, about);
        else if (settlement.nextAttemptAt)
          enqueue(
            tx,
            sendMessage,
            { id },
            { runAt: settlement.nextAttemptAt, key: `message/${id}/${message.attempts + 1}` },
          );
        else
          publish(tx, messageGivenUp, {
            ...about,
            payload: { ...about.payload, reason: settlement.error ?? settlement.state },
          });
      },
    ),
});

function settle(outcome: Outcome, message: MessageRow, { clock, config }: JobContext) {
  const base = { error: null, nextAttemptAt: null, providerReference: null, forgetText: config.mode !== 'demo' };
  switch (outcome.kind) {
    case 'sent':
      return { ...base, state: 'sent' as const, providerReference: outcome.reference };
    case 'refused':
      return { ...base, state: 'refused' as const, error: outcome.reason };
    case 'no-provider':
      return { ...base, state: 'no-provider' as const };
    case 'later': {
      if (message.attempts + 1 >= MAX_TRIES) return { ...base, state: 'dead' as const, error: outcome.reason };
      const nextAttemptAt = new Date(clock.now().getTime() + RETRY_MINUTES * 60_000);
      return { ...base, state: 'queued' as const, error: outcome.reason, nextAttemptAt };
    }
  }
}

export const notificationSchedules: readonly Schedule[] = [
  {
    name: 'notifications.forget',
    cron: '20 19 * * *', // 02:20 in Viet Nam
    run: ({ db, clock, requestId }) =>
      inTransaction(db, { actor: systemActor('notifications'), clock, requestId }, async (tx) => {
        await deleteMessagesBefore(tx, new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000));
      }),
  },
];
