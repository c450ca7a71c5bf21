import { EventEmitter } from 'node:events';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Logger as WorkerLogger,
  parseCronItems,
  run,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import { statement, type Database } from './database.ts';
import { dispatchEvents, isDispatchBehind, subscriberTask } from './dispatcher.ts';
import type { RecordedEvent, Subscription } from './events.ts';
import type { JobContext, JobType, Loop, Schedule } from './jobs.ts';
import { jobsFinished } from './metrics.ts';

export interface BackgroundWork {
  jobs: readonly JobType<never>[];
  subscriptions: readonly Subscription[];
  schedules: readonly Schedule[];
  loops?: readonly Loop[];
}
type Base = Omit<JobContext, 'attempt' | 'requestId'>;

const DISPATCH_IDLE_MS = 250;
const HEARTBEAT_MS = 4_000;
const RESTART_MS = 2_000;
/** A worker silent for this long is dead; its jobs are free again within HEARTBEAT_MS more. */
const DEAD_AFTER_MS = 15_000;

const beat = statement(
  'platform.beat_worker',
  `insert into platform.worker (id, host, seen_at) select id, $2, now() from unnest($1::text[]) as id
   on conflict (id) do update set seen_at = excluded.seen_at`,
);
const sweep = statement(
  'platform.sweep_dead_workers',
  `with dead as (
     select distinct locked_by from graphile_worker._private_jobs
     where locked_by is not null and locked_at < now() - make_interval(secs => 5)
       and locked_by not in (select id from platform.worker where seen_at > now() - make_interval(secs => $1))
   ), freed as (
     select graphile_worker.force_unlock_workers(array(select locked_by from dead)) where exists (select from dead)
   ), gone as (
     delete from platform.worker where seen_at < now() - interval '1 day'
   )
   select locked_by from dead left join freed on true`,
);

function taskList(work: BackgroundWork, base: Base): TaskList {
  const tasks: TaskList = {};
  const add = (name: string, handler: (context: JobContext, payload: never) => Promise<void>) => {
    if (tasks[name]) throw new Error(`Two jobs are named ${name}`);
    tasks[name] = async (payload, { job }) => {
      const requestId = `job-${job.id}`;
      const log = base.log.child({ task: name, requestId });
      try {
        await handler({ ...base, log, attempt: job.attempts, requestId }, payload as never);
        jobsFinished.inc({ task: name, outcome: 'done' });
      } catch (error) {
        jobsFinished.inc({ task: name, outcome: 'failed' });
        log.warn({ err: error, attempt: job.attempts, maxAttempts: job.max_attempts }, 'job failed');
        throw error;
      }
    };
  };
  for (const job of work.jobs) add(job.name, (context, payload) => job.run(context, payload));
  for (const subscription of work.subscriptions)
    add(subscriberTask(subscription.name), (context, event: RecordedEvent) => subscription.handle(context, event));
  for (const schedule of work.schedules) add(`at:${schedule.name}`, (context) => schedule.run(context));
  return tasks;
}

/** Runs the background work of this process until `stop` is called: jobs, event dispatch, schedules, sweeper. */
export async function startWorker(work: BackgroundWork, base: Base): Promise<{ stop(): Promise<void> }> {
  const ids = new Set<string>();
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => void ids.add(workerPool.id));
  events.on('worker:create', ({ worker }) => void ids.add(worker.workerId));
  // Of a runner that broke off nothing may be called alive: what it held is free again soon.
  events.on('pool:release', ({ workerPool }) => void ids.delete(workerPool.id));
  events.on('worker:release', ({ worker }) => void ids.delete(worker.workerId));
  const stopForgiving = forgiveLostQueue(base);
  const startRunner = (): Promise<Runner> =>
    run({
      pgPool: base.db.pool,
      events,
      taskList: taskList(work, base),
      parsedCronItems: parseCronItems(
        work.schedules.map((s) => ({
          task: `at:${s.name}`,
          match: s.cron,
          identifier: s.name,
          options: { backfillPeriod: 0 },
        })),
      ),
      preset: {
        worker: {
          concurrentJobs: 6,
          pollInterval: 500,
          localQueue: { size: 100 },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
      noHandleSignals: true,
      logger: quietLogger(base),
    });
  const runner = await keepRunning(startRunner, base);
  const stopBeating = every(HEARTBEAT_MS, base, () => keepAlive(base.db, ids));
  const stopDispatching = every(DISPATCH_IDLE_MS, base, async () => {
    while ((await dispatchEvents(base.db, work.subscriptions)) > 0);
  });
  const stopLoops = (work.loops ?? []).map((loop) =>
    every(loop.everyMs, base, () =>
      loop.run({ ...base, log: base.log.child({ loop: loop.name }), attempt: 1, requestId: `loop-${loop.name}` }),
    ),
  );
  return {
    async stop() {
      await Promise.all([stopBeating(), stopDispatching(), ...stopLoops.map((stop) => stop())]);
      await runner.stop();
      stopForgiving();
    },
  };
}

/**
 * A runner that ends while the database is away cannot give back the jobs that it had fetched, and its library leaves that failure to
 * nobody: it would end the process. The jobs are free again when the runner is not seen any more (`keepAlive`). Every other failure that is
 * left to nobody ends the process, as it should.
 */
function forgiveLostQueue({ log }: Base): () => void {
  const listen = (reason: unknown) => {
    if (reason instanceof Error && reason.message.includes('returning jobs from local queue'))
      log.error({ err: reason }, 'fetched jobs could not be given back; they are free again in half a minute');
    else if (process.listenerCount('unhandledRejection') === 1) throw reason;
  };
  process.on('unhandledRejection', listen);
  return () => void process.off('unhandledRejection', listen);
}

/**
 * A runner that gives up (the database was read-only or away for longer than its own retries) is started again until it stays:
 * otherwise its failure would end the process, or leave it without background work.
 */
async function keepRunning(startRunner: () => Promise<Runner>, { log }: Base): Promise<{ stop(): Promise<void> }> {
  let current: Runner | null = await startRunner();
  const asked = { toStop: false };
  const watch = async (): Promise<void> => {
    while (!asked.toStop) {
      try {
        current ??= await startRunner();
        if (asked.toStop) await current.stop();
        await current.promise;
      } catch (error) {
        log.error({ err: error }, 'background work broke off and is started again');
      }
      current = null;
      if (!asked.toStop) await sleep(RESTART_MS);
    }
  };
  const watching = watch();
  return {
    async stop() {
      asked.toStop = true;
      await current?.stop();
      await watching;
    },
  };
}

/** Marks this process's workers as alive and frees what dead ones held. */
export async function keepAlive(db: Database, ids: ReadonlySet<string>): Promise<void> {
  await db.reader.run(beat, [[...ids], hostname()]);
  await db.reader.run(sweep, [DEAD_AFTER_MS / 1000]);
}

function every(milliseconds: number, base: Base, work: () => Promise<unknown>): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let stopped = false;
  const tick = () => {
    running = work()
      .catch((error: unknown) => base.log.error({ err: error }, 'background loop failed'))
      .then(() => {
        if (!stopped) timer = setTimeout(tick, milliseconds);
      });
  };
  tick();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

/** For tests: dispatches and runs everything that is due, in this process, until nothing is left. */
export async function drainBackground(work: BackgroundWork, base: Base): Promise<void> {
  const { runOnce } = await import('graphile-worker');
  const tasks = taskList(work, base);
  const patience = Date.now() + 10_000;
  for (;;) {
    const dispatched = await dispatchEvents(base.db, work.subscriptions);
    await runOnce({ pgPool: base.db.pool, taskList: tasks, logger: quietLogger(base), noHandleSignals: true });
    if (dispatched > 0) continue;
    if (!(await isDispatchBehind(base.db, work.subscriptions))) return;
    if (Date.now() > patience) throw new Error('Events wait behind a transaction that does not end');
    await sleep(5);
  }
}

function quietLogger(base: Base): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (level === 'error') base.log.error(message);
    else base.log.debug(message);
  });
}
