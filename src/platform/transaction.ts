import type pg from 'pg';
import { readerOver, type ActorReference, type Database, type Reader, type Tx } from './database.ts';
import { systemClock, type Clock } from './clock.ts';
import { isDatabaseAway, isReadOnly, outcomeUnknown } from './database-failures.ts';
import { newId } from './ids.ts';
import { newsOf, TELL_SQL } from './node-news.ts';
import { isProblem, problem, type Problem } from './problems.ts';
import type { Subject } from './events.ts';

export interface PendingEvent {
  name: string;
  subject: Subject;
  unitId: string | null;
  payload: object;
}
export interface PendingJob {
  task: string;
  payload: object;
  runAt: Date | null;
  key: string | null;
  maxAttempts: number;
}
interface Buffer {
  events: PendingEvent[];
  jobs: PendingJob[];
  afterCommit: (() => void)[];
}

const buffers = new WeakMap<Tx, Buffer>();

export function bufferOf(tx: Tx): Buffer {
  const buffer = buffers.get(tx);
  if (!buffer) throw new Error('This transaction has ended');
  return buffer;
}

/** Runs `effect` in this process after the commit: for dropping caches only, never for anything that must not be lost. */
export function afterCommit(tx: Tx, effect: () => void): void {
  bufferOf(tx).afterCommit.push(effect);
}

export interface TransactionContext {
  actor: ActorReference;
  clock?: Clock;
  requestId?: string;
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
}

export const systemActor = (name: string): ActorReference => ({ kind: 'system', id: null, label: name });

/** One statement writes all events and jobs of a transaction. Parameters: see `flushValues`. */
export const FLUSH_SQL = `
with new_event as (
  insert into platform.event (occurred_at, name, subject_kind, subject_id, unit_id, actor_kind, actor_id, actor_label, request_id, payload)
  select $2::timestamptz, e.name, e.subject_kind, e.subject_id, e.unit_id, $3, $4, $5, $6, e.payload
  from jsonb_to_recordset($1::jsonb) as e (name text, subject_kind text, subject_id text, unit_id uuid, payload jsonb)
  returning 1
), new_job as (
  select graphile_worker.add_jobs(array_agg(row(
    j.task, j.payload, null, now() + j.delay_ms * interval '1 millisecond', j.max_attempts, j.key, 0, null)::graphile_worker.job_spec))
  from jsonb_to_recordset($7::jsonb) as j (task text, payload json, delay_ms float8, key text, max_attempts smallint)
  having count(*) > 0
)
select (select count(*) from new_event) as events, (select count(*) from new_job) as jobs`;

export function flushValues(
  context: { now: Date; actor: ActorReference; requestId: string },
  events: readonly PendingEvent[],
  jobs: readonly PendingJob[],
): unknown[] {
  const eventRows = events.map((e) => ({
    name: e.name,
    subject_kind: e.subject.kind,
    subject_id: e.subject.id,
    unit_id: e.unitId,
    payload: e.payload,
  }));
  const jobRows = jobs.map((j) => ({
    task: j.task,
    payload: j.payload,
    // A delay, not a moment: the database's clock says when it is over, whatever this machine's (or a test's) clock says.
    delay_ms: j.runAt === null ? 0 : j.runAt.getTime() - context.now.getTime(),
    key: j.key,
    max_attempts: j.maxAttempts,
  }));
  const { actor } = context;
  return [
    JSON.stringify(eventRows),
    context.now,
    actor.kind,
    actor.id,
    actor.label,
    context.requestId,
    JSON.stringify(jobRows),
  ];
}

const RETRIED = new Set(['40001', '40P01']);
const MAX_TRIES = 4;

/** Whether work that failed with this error, and surely left nothing behind, is tried again. */
function triesOf(db: Database): (error: unknown) => Promise<boolean> {
  const mayTryAgain = db.patience();
  let attempt = 0;
  return async (error) => {
    attempt += 1;
    const code = (error as { code?: unknown } | null)?.code;
    if (typeof code === 'string' && RETRIED.has(code)) return attempt < MAX_TRIES;
    return mayTryAgain(error);
  };
}

/** The commit was sent, and nothing or no certain answer came. */
const unknownOutcome = (error: unknown): Problem => Object.assign(problem(outcomeUnknown), { cause: error });

/**
 * Runs `work` in one transaction: commits once, after all buffered events and jobs were flushed in one statement; rolls
 * back on any throw. Serialization failures, deadlocks, and a database that was lost or takes no writes for a moment before the commit
 * was sent are tried again from the start, so `work` does nothing outside the database.
 * @throws outcomeUnknown when the commit was sent and no answer came in `db.commitTimeoutMs`
 */
export async function inTransaction<R>(
  db: Database,
  context: TransactionContext,
  work: (tx: Tx) => Promise<R>,
): Promise<R> {
  for (const isTriedAgain = triesOf(db); ;) {
    try {
      return await attemptTransaction(db, context, work);
    } catch (error) {
      if (!(await isTriedAgain(error))) throw error;
    }
  }
}

/**
 * Runs one statement as a transaction of its own: no begin, no commit, one round trip instead of three or four. For hot paths whose
 * whole effect, event included, is one statement; a second statement, `publish` and `enqueue` throw.
 * @throws outcomeUnknown when no answer came in `db.commitTimeoutMs`, or the connection was lost
 */
export async function inOneStatement<R>(
  db: Database,
  context: TransactionContext,
  work: (tx: Tx) => Promise<R>,
): Promise<R> {
  for (const isTriedAgain = triesOf(db); ;) {
    try {
      return await attemptStatement(db, context, work);
    } catch (error) {
      if (!(await isTriedAgain(error))) throw error;
    }
  }
}

async function attemptStatement<R>(
  db: Database,
  context: TransactionContext,
  work: (tx: Tx) => Promise<R>,
): Promise<R> {
  const client = await db.connect();
  const over = readerOver(client, db.commitTimeoutMs);
  let isUsed = false;
  const once = (): void => {
    if (isUsed) throw new Error('A second statement: use inTransaction');
    isUsed = true;
  };
  const reader: Pick<Reader, 'run' | 'raw'> = {
    run(...given) {
      once();
      return over.run(...given);
    },
    raw(...given) {
      once();
      return over.raw(...given);
    },
  };
  let broken: Error | undefined;
  try {
    const result = await work(handleOf(reader, context));
    if (db.isUnconfirmed(client)) throw unknownOutcome(new Error('The standby has not confirmed the commit'));
    return result;
  } catch (error) {
    if (isLost(error)) broken = error as Error;
    throw isDatabaseAway(error) ? unknownOutcome(error) : error;
  } finally {
    client.release(broken);
  }
}

/** After these errors the connection is of no use any more. */
const isLost = (error: unknown): boolean =>
  isDatabaseAway(error) || isReadOnly(error) || isProblem(error, outcomeUnknown);

async function attemptTransaction<R>(
  db: Database,
  context: TransactionContext,
  work: (tx: Tx) => Promise<R>,
): Promise<R> {
  const client = await db.connect();
  let broken: Error | undefined;
  try {
    await client.query(context.isolation ? `begin isolation level ${context.isolation}` : 'begin');
    const tx = openTx(client, context);
    const buffer = bufferOf(tx);
    try {
      const result = await work(tx);
      if (buffer.events.length > 0 || buffer.jobs.length > 0)
        await tx.run({ name: 'platform.flush', text: FLUSH_SQL }, flushValues(tx, buffer.events, buffer.jobs));
      const news = newsOf(buffer.events.map(({ name }) => name));
      if (news !== null) await tx.run({ name: 'platform.tell_news', text: TELL_SQL }, [news]);
      await commit(db, client);
      for (const effect of buffer.afterCommit) effect();
      return result;
    } finally {
      buffers.delete(tx);
    }
  } catch (error) {
    if (isLost(error)) broken = error as Error;
    else await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function commit(db: Database, client: pg.PoolClient): Promise<void> {
  try {
    await client.query({ text: 'commit', query_timeout: db.commitTimeoutMs } as pg.QueryConfig);
  } catch (error) {
    throw isDatabaseAway(error) ? unknownOutcome(error) : error;
  }
  if (db.isUnconfirmed(client)) throw unknownOutcome(new Error('The standby has not confirmed the commit'));
}

function openTx(client: pg.PoolClient, context: TransactionContext): Tx {
  const tx = handleOf(readerOver(client), context);
  buffers.set(tx, { events: [], jobs: [], afterCommit: [] });
  return tx;
}

const handleOf = (reader: Pick<Reader, 'run' | 'raw'>, { clock, actor, requestId }: TransactionContext): Tx =>
  Object.assign(reader, {
    now: (clock ?? systemClock).now(),
    actor,
    requestId: requestId ?? newId(),
  }) as Tx;
