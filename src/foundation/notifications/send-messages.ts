import { createBatcher } from '../../platform/batcher.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import type { JobContext } from '../../platform/jobs.ts';
import { deletePush, findPushes } from './addressee-queries.ts';
import { withinBudget } from './budget.ts';
import { browserRemoved, messageGivenUp, messageSent } from './notification-events.ts';
import {
  chanceOf,
  FAILURES_TO_OPEN,
  freshHealth,
  orderProviders,
  REST_SECONDS,
  type Candidate,
  type Outcome,
  type ProviderSettings,
} from './provider.ts';
import { providersOf } from './provider-settings.ts';
import type { Outgoing } from './providers/provider-contract.ts';
import { moveOn } from './receive-receipts.ts';
import { claimDue, listHealth, saveHealth, settleMessages, type DueMessage, type Settlement } from './send-queries.ts';
import { addSpending, WHOLE_PROVINCE } from './budget-queries.ts';
import { providerFor } from './transport.ts';
import { findTrial, isOfTeam, keptBy, type Trial } from './trial.ts';
import { wakeSenders } from './wake-senders.ts';
import { transact } from './transact.ts';

/** 48 tries, five minutes apart: a provider may be away for four hours before a message is given up. */
export const MAX_TRIES = 48;
export const RETRY_MINUTES = 5;
/** Messages taken at once; what a worker that dies has taken is free again after the lease. */
const BATCH = 200;
const LEASE_SECONDS = 180;
const AT_ONCE = 100;

/**
 * Sends one batch of what is due in a channel. Each answer is written as soon as it is there (answers that come together, in one transaction), so
 * that a crash leaves open only what was under way: that is sent again after the lease, with the same id. Returns how many were taken.
 */
export async function sendBatch(context: JobContext, channel: string): Promise<number> {
  const { db } = context;
  const claimed = await transact(context, async (tx) => {
    const due = await claimDue(tx, channel, BATCH, LEASE_SECONDS);
    return { due: await withinBudget(tx, channel, due, dearest(context, channel)), taken: due.length };
  });
  if (claimed.taken === 0) return 0;
  const [pushes, health, { value: trial }] = await Promise.all([
    channel === 'push'
      ? findPushes(
          db.reader,
          claimed.due.map((each) => each.address),
        )
      : [],
    listHealth(db.reader),
    findTrial(db.reader),
  ]);
  const browsers = new Map(pushes.map((push) => [push.key, push]));
  const course = courseOf(context, channel, health);
  const settle = createBatcher<Settled, null>(
    async (settled) => {
      await transact(context, (tx) => writeSettled(tx, channel, settled));
      return settled.map(() => null);
    },
    { maxBatch: BATCH, inFlight: 1 },
  );
  await inParallel(claimed.due, AT_ONCE, async (message) => {
    const held = heldBack(message, trial);
    const { provider, outcome } = held ?? (await course.send({ ...message, push: browsers.get(message.address) }));
    await settle({
      message,
      settlement: settlementOf(context, message, provider, outcome),
      isGone: outcome.kind === 'gone',
    });
  });
  await course.save();
  return claimed.taken;
}

type Result = {
  provider: ProviderSettings | null;
  outcome: Outcome | { kind: 'no-provider' } | { kind: 'kept'; by: string };
};
interface Settled {
  message: DueMessage;
  settlement: Settlement;
  isGone: boolean;
}

/** The highest price of the channel: what a budget holds until the real price is known. */
const dearest = ({ config }: JobContext, channel: string): number =>
  Math.max(
    0,
    ...providersOf(config)
      .filter((each) => each.channel === channel)
      .map((each) => each.costDong),
  );

/** Messages of a trial: `test` never leaves the house, `team` goes only to the addresses of the team; the same for all while the province tries the system out. */
function heldBack(message: DueMessage, trial: Trial): Result | null {
  if (message.mode === 'test') return { provider: null, outcome: { kind: 'kept', by: keptBy.test } };
  const isTeam = isOfTeam(trial, message.address);
  if (trial.mode === 'test' || (trial.mode === 'team' && !isTeam))
    return { provider: null, outcome: { kind: 'kept', by: keptBy.trial } };
  if (message.mode === 'team' && !isTeam)
    return { provider: null, outcome: { kind: 'refused', reason: 'not an address of the team' } };
  return null;
}

/** Tries providers in their order, and remembers how each of them does. */
function courseOf(context: JobContext, channel: string, rows: Awaited<ReturnType<typeof listHealth>>) {
  const all = providersOf(context.config).filter((each) => each.channel === channel);
  const candidates: Candidate[] = all.map((settings) => ({
    settings,
    health: { ...(rows.find((row) => row.key === settings.key) ?? freshHealth) },
  }));
  const seen = new Map<string, { worked: boolean; faults: number; error: string | null }>();
  const tried = new Set<string>();
  const mayTry = (key: string): boolean => !tried.has(key) && Boolean(tried.add(key));
  const note = (settings: ProviderSettings, outcome: Outcome): void => {
    const health = candidates.find((each) => each.settings === settings)?.health;
    if (!health) return;
    const now = context.clock.now();
    const marks = seen.get(settings.key) ?? { worked: false, faults: 0, error: null };
    seen.set(settings.key, marks);
    if (outcome.kind === 'failed' && outcome.isFault) {
      marks.error = outcome.reason;
      // Answers that were under way while it was put to rest do not count again.
      if (health.openUntil && health.openUntil > now) return;
      marks.faults += 1;
      health.failures += 1;
      if (health.failures >= FAILURES_TO_OPEN)
        health.openUntil = new Date(now.getTime() + (REST_SECONDS[0] ?? 30) * 1000);
    } else if (outcome.kind !== 'failed') {
      Object.assign(marks, { worked: true, faults: 0 });
      Object.assign(health, { failures: 0, openUntil: null });
      tried.delete(settings.key);
    }
  };
  return {
    async send(message: Outgoing): Promise<Result> {
      if (all.length === 0)
        return {
          provider: null,
          outcome: context.config.mode === 'production' ? { kind: 'no-provider' } : { kind: 'kept', by: keptBy.outbox },
        };
      const order = orderProviders(candidates, context.clock.now(), chanceOf(message.id), mayTry);
      let last: Result = { provider: null, outcome: { kind: 'failed', reason: 'all providers rest', isFault: false } };
      for (const settings of order) {
        const outcome = await providerFor(context, settings).send(message);
        note(settings, outcome);
        last = { provider: settings, outcome };
        if (outcome.kind !== 'failed' || !outcome.isFault) break;
      }
      return last;
    },
    /** Writes how the providers did, for all workers. */
    async save(): Promise<void> {
      for (const [key, marks] of seen) await transact(context, (tx) => saveHealth(tx, { key, channel, ...marks }));
    },
  };
}

function settlementOf(
  context: JobContext,
  message: DueMessage,
  provider: ProviderSettings | null,
  outcome: Result['outcome'],
): Settlement {
  const { clock, config } = context;
  const base = {
    id: message.id,
    error: null,
    provider: provider?.key ?? null,
    refs: [],
    parts: null,
    costDong: null,
    nextAttemptAt: null,
    forgetText: config.mode !== 'demo',
  };
  switch (outcome.kind) {
    case 'sent': {
      const refs = outcome.references.length > 0 ? outcome.references : outcome.reference ? [outcome.reference] : [];
      return {
        ...base,
        state: 'sent',
        refs,
        parts: outcome.parts,
        costDong: outcome.parts * (provider?.costDong ?? 0),
      };
    }
    case 'kept':
      return { ...base, state: 'sent', provider: outcome.by };
    case 'no-provider':
      return { ...base, state: 'no-provider' };
    case 'refused':
    case 'gone':
      return { ...base, state: 'refused', error: outcome.reason };
    case 'failed': {
      if (message.attempts >= MAX_TRIES) return { ...base, state: 'dead', error: outcome.reason };
      const nextAttemptAt = new Date(clock.now().getTime() + RETRY_MINUTES * 60_000);
      return { ...base, state: 'queued', error: outcome.reason, nextAttemptAt };
    }
  }
}

/** Writes results with their events, gives back what a budget held too much, and has the next try made. */
async function writeSettled(tx: Tx, channel: string, settled: readonly Settled[]): Promise<void> {
  const done = await settleMessages(
    tx,
    settled.map((each) => each.settlement),
  );
  const refunds = settled.flatMap(({ message, settlement }) =>
    message.costDong === null
      ? []
      : [{ unitId: message.unitId ?? WHOLE_PROVINCE, dong: (settlement.costDong ?? 0) - message.costDong }],
  );
  if (refunds.some(({ dong }) => dong !== 0))
    await addSpending(
      tx,
      channel,
      refunds.flatMap((each) =>
        each.unitId === WHOLE_PROVINCE ? [each] : [each, { ...each, unitId: WHOLE_PROVINCE }],
      ),
    );
  const byId = new Map(settled.map((each) => [each.settlement.id, each]));
  for (const message of done) {
    const about = { subject: { kind: 'message', id: message.id }, unitId: message.unitId };
    const payload = { channel: message.channel, template: message.template };
    if (message.state === 'sent')
      publish(tx, messageSent, {
        ...about,
        payload: { ...payload, provider: byId.get(message.id)?.settlement.provider ?? null },
      });
    else if (message.state !== 'queued')
      publish(tx, messageGivenUp, { ...about, payload: { ...payload, reason: message.error ?? message.state } });
  }
  for (const { message, isGone } of settled)
    if (isGone && channel === 'push') {
      await deletePush(tx, message.address);
      publish(tx, browserRemoved, { subject: { kind: 'browser', id: message.address }, payload: { by: 'service' } });
    }
  wakeSenders(
    tx,
    settled
      .filter((each) => each.settlement.state === 'queued')
      .map(({ settlement }) => ({ channel, nextAttemptAt: settlement.nextAttemptAt })),
  );
  // Receipts that were faster than this transaction wait in the table of parts.
  if (channel === 'sms' || channel === 'chat')
    await moveOn(
      tx,
      done.filter((each) => each.state === 'sent').map((each) => each.id),
    );
}

async function inParallel<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const run = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, run));
}
