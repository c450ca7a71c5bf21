import { clientActors } from '../../foundation/identity/index.ts';
import type { Config } from '../../platform/config.ts';
import { publish } from '../../platform/events.ts';
import { outbound, OutboundError } from '../../platform/http/outbound.ts';
import { defineJob, enqueue, type JobContext } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { claimMessage, findNextAt, settleMessage, type Message, type Outcome } from './message-queries.ts';
import { FAILING_DAYS, MAX_ATTEMPTS, pauseAfter } from './retry.ts';
import { signedHeaders } from './signature.ts';
import { webhookDisabled } from './webhook-events.ts';
import {
  disableSubscription,
  findSubscription,
  updateFailure,
  updateSuccess,
  type Subscription,
} from './webhook-queries.ts';

/** A message is one worker's for so long; after that it is taken for dead. Longer than a call may last. */
const LEASE_SECONDS = 60;
const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 64 * 1024;
/** Messages of one lane that a job sends before it lets others go first. */
const AT_ONCE = 25;

/** Sends a message once. A redirect is a failure: it could lead anywhere. */
async function send(
  config: Config,
  subscription: Subscription,
  message: Message,
  now: number,
): Promise<Pick<Outcome, 'status' | 'fault'>> {
  try {
    const answer = await outbound(config, subscription.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...signedHeaders(config.secret, subscription, message, now),
      },
      body: message.body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_ANSWER_BYTES,
    });
    return { status: answer.status, fault: answer.ok ? null : `HTTP ${answer.status}` };
  } catch (error) {
    if (error instanceof OutboundError) return { status: null, fault: error.reason };
    throw error;
  }
}

const asSystem = ({ clock, requestId }: JobContext) => ({ actor: systemActor('webhooks'), clock, requestId });

/** Writes down how a try went, and what follows from it. Returns whether the lane may go on to its next message at once. */
async function settle(
  context: JobContext,
  subscription: Subscription,
  message: Message & { firstAttempt: number },
  outcome: Outcome,
): Promise<boolean> {
  return inTransaction(context.db, asSystem(context), async (tx) => {
    if (outcome.fault === null) {
      await settleMessage(tx, message.id, outcome, 'delivered', null);
      await updateSuccess(tx, subscription.id);
      return true;
    }
    const tried = outcome.number - message.firstAttempt;
    // Spread by the message's own id, so that a receiver that comes back is not met by everything at once.
    const spread = Number.parseInt(message.id.slice(-4), 16) / 0xff_ff;
    const pause = tried >= MAX_ATTEMPTS ? null : pauseAfter(tried, spread);
    const nextAt = pause === null ? null : new Date(tx.now.getTime() + pause * 1000);
    await settleMessage(tx, message.id, outcome, nextAt === null ? 'dead' : 'waiting', nextAt);
    const { id: subscriptionId } = subscription;
    const { lane } = message;
    if (nextAt)
      enqueue(tx, deliver, { subscriptionId, lane }, { key: `webhook/${subscriptionId}/${lane}`, runAt: nextAt });
    const failingSince = await updateFailure(tx, subscriptionId);
    const isLong = tx.now.getTime() - failingSince.getTime() >= FAILING_DAYS * 86_400_000;
    const reason = outcome.status === 410 ? 'gone' : isLong ? 'failing' : null;
    if (reason !== null && (await disableSubscription(tx, subscriptionId, reason))) {
      publish(tx, webhookDisabled, {
        subject: { kind: 'webhook', id: subscriptionId },
        unitId: subscription.unitId,
        payload: { clientId: subscription.clientId, host: new URL(subscription.url).host, reason },
      });
      return false;
    }
    return nextAt === null;
  });
}

/**
 * Sends what waits in one lane of a subscription, in order, until it is empty or a message fails. Whoever runs it beside another finds
 * the first message taken and goes away. A job that dies leaves a lease that runs out, and the sweeper starts the lane again; the
 * receiver knows a message that comes twice by its id.
 */
export const deliver = defineJob<{ subscriptionId: string; lane: string }>('webhooks.deliver', {
  maxAttempts: 5,
  async run(context, { subscriptionId, lane }) {
    const { db, config, clock } = context;
    for (let sent = 0; sent < AT_ONCE; sent++) {
      const subscription = await findSubscription(db.reader, subscriptionId);
      if (subscription?.status !== 'active') return;
      // A program that was suspended, or whose registration ended, hears nothing until it is back.
      if (!(await clientActors(db.reader, [subscription.clientId])).has(subscription.clientId)) return;
      const message = await inTransaction(db, asSystem(context), (tx) =>
        claimMessage(tx, subscriptionId, lane, new Date(tx.now.getTime() + LEASE_SECONDS * 1000)),
      );
      if (!message) {
        // What came new may have taken the place of the job that was to try again: the first of the lane keeps its time.
        const nextAt = await findNextAt(db.reader, subscriptionId, lane);
        if (nextAt && nextAt > clock.now()) await queueAt(context, subscriptionId, lane, nextAt);
        return;
      }
      const begun = performance.now();
      const at = clock.now();
      const told = await send(config, subscription, message, at.getTime());
      const outcome = { ...told, number: message.attempts + 1, at, durationMs: Math.round(performance.now() - begun) };
      if (!(await settle(context, subscription, message, outcome))) return;
    }
    await queueAt(context, subscriptionId, lane, clock.now());
  },
});

const queueAt = (context: JobContext, subscriptionId: string, lane: string, runAt: Date): Promise<void> =>
  inTransaction(context.db, asSystem(context), async (tx) =>
    enqueue(tx, deliver, { subscriptionId, lane }, { key: `webhook/${subscriptionId}/${lane}`, runAt }),
  );
