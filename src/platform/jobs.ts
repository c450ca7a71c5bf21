import { statement, type Database, type Tx } from './database.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import { bufferOf } from './transaction.ts';

export interface JobContext {
  db: Database;
  clock: Clock;
  config: Config;
  log: Logger;
  /** 1 at the first try. */
  attempt: number;
  /** Reference for the log and for transactions the job opens. */
  requestId: string;
}

/** A kind of background work. `name` is `module.verb`; at least once, so effects are made idempotent. */
export interface JobType<Payload extends object> {
  readonly name: string;
  readonly maxAttempts: number;
  run(context: JobContext, payload: Payload): Promise<void>;
}

export function defineJob<Payload extends object>(
  name: string,
  options: { maxAttempts?: number; run(context: JobContext, payload: Payload): Promise<void> },
): JobType<Payload> {
  return { name, maxAttempts: options.maxAttempts ?? 12, run: (context, payload) => options.run(context, payload) };
}

/** Work that returns at fixed times. `cron` has five fields and is read in UTC (Viet Nam is UTC+7). */
export interface Schedule {
  name: string;
  cron: string;
  run(context: JobContext): Promise<void>;
}

/**
 * Work that a process with background work does over and over, from start to stop; it sees to it itself that two processes do not get in each
 * other's way. What it throws is logged, and it runs again.
 */
export interface Loop {
  name: string;
  /** Pause between the end of one run and the next, in milliseconds. */
  everyMs: number;
  run(context: JobContext): Promise<void>;
}

/** Queues a job with the transaction: it runs only if that commits. `key` replaces a waiting job of the same key. */
export function enqueue<Payload extends object>(
  tx: Tx,
  job: JobType<Payload>,
  payload: Payload,
  options: { runAt?: Date; key?: string } = {},
): void {
  const { jobs } = bufferOf(tx);
  // Two jobs of one key in one statement would conflict with each other: the later one stands.
  const before = options.key === undefined ? -1 : jobs.findIndex((waiting) => waiting.key === options.key);
  if (before >= 0) jobs.splice(before, 1);
  jobs.push({
    task: job.name,
    payload,
    runAt: options.runAt ?? null,
    key: options.key ?? null,
    maxAttempts: job.maxAttempts,
  });
}

const claim = statement(
  'platform.claim_effect',
  `insert into platform.effect (key, claimed_at) values ($1, $2) on conflict (key) do nothing returning key`,
);

/**
 * Claims an effect once and for all: true for the first transaction that commits with this key, false ever after.
 * The effect must happen in the same transaction, or at a partner who knows the same key.
 */
export async function claimEffect(tx: Tx, key: string): Promise<boolean> {
  return (await tx.run(claim, [key, tx.now])).length === 1;
}
