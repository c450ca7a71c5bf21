import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../src/platform/database.ts';
import { enqueue } from '../src/platform/jobs.ts';
import { migrate } from '../src/platform/migrate.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';
import { effectJob } from './_effect-worker.ts';

/*
 * Worker processes are killed with -9 under a steady load of jobs; then every job must have had its effect once, and what
 * the dead held must have been free again within 30 s (`freed_s` is the worst). `--control` runs the same job without
 * claiming its effect: the check must find doubles there.
 *
 * npm run rig -- worker [--rounds 6] [--control]
 */

const isControl = process.argv.includes('--control');
const roundsAt = process.argv.indexOf('--rounds');
const ROUNDS = roundsAt > 0 ? Number(process.argv[roundsAt + 1]) : isControl ? 3 : 6;
const WORKERS = 3;
const BATCH = 40;
const BACKLOG = 400;
const FREED_LIMIT_S = 30;
/** Ids that one process announces: its pool, and one for each of the six jobs it runs at a time. */
const IDS_OF_PROCESS = 7;

const url = process.env['DATABASE_URL'] ?? '';
await migrate(url, 'db/migrations');
const db = openDatabase(url, { max: 5, applicationName: 'rig' });
const sql = <Row extends object>(text: string, values: unknown[] = []) => db.reader.raw<Row>(text, values);
await sql('drop schema if exists rig cascade');
await sql('create schema rig');
await sql('create table rig.effect (key text not null, done_at timestamptz not null default now())');
await sql('truncate graphile_worker._private_jobs, platform.worker');
await sql(`delete from platform.effect where key like 'rig/%'`);

interface Worker {
  child: ChildProcess;
  ids: string[];
}
const workers: Worker[] = [];

async function announcedIds(): Promise<Set<string>> {
  return new Set((await sql<{ id: string }>('select id from platform.worker')).map((row) => row.id));
}

async function startWorkerProcess(): Promise<Worker> {
  const before = await announcedIds();
  const env = { ...process.env, SEN_ROLE: 'worker', RIG_WORKER: 'on', RIG_CONTROL: isControl ? 'on' : 'off' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'rig/_effect-worker.ts'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let tries = 0; tries < 300; tries++) {
    const ids = [...(await announcedIds())].filter((id) => !before.has(id));
    if (ids.length >= IDS_OF_PROCESS) return { child, ids };
    if (child.exitCode !== null) throw new Error('A worker process ended at its start');
    await sleep(100);
  }
  throw new Error('A worker process did not announce itself in 30 s');
}

let queued = 0;
const load = { isOn: true };
async function keepQueueFull(): Promise<void> {
  while (load.isOn) {
    const [row] = await sql<{ n: number }>('select count(*)::int as n from graphile_worker._private_jobs');
    if ((row?.n ?? 0) > BACKLOG) {
      await sleep(50);
      continue;
    }
    await inTransaction(db, { actor: systemActor('rig') }, async (tx) => {
      for (let i = 0; i < BATCH; i++) enqueue(tx, effectJob, { key: `job-${queued + i}` });
    });
    queued += BATCH;
  }
}

/** Seconds until nothing is held by these ids any more. */
async function freedAfter(ids: readonly string[], killedAt: number): Promise<number> {
  const held = 'select count(*)::int as n from graphile_worker._private_jobs where locked_by = any($1)';
  for (;;) {
    const [row] = await sql<{ n: number }>(held, [ids]);
    const seconds = (performance.now() - killedAt) / 1000;
    if (row?.n === 0 || seconds > 2 * FREED_LIMIT_S) return seconds;
    await sleep(100);
  }
}

for (let i = 0; i < WORKERS; i++) workers.push(await startWorkerProcess());
const loading = keepQueueFull();
let worst = 0;
for (let round = 1; round <= ROUNDS; round++) {
  await sleep(1_000 + Math.random() * 2_000);
  // One dies, or all but one at the same moment.
  const dead = workers.splice(0, round % 3 === 0 ? WORKERS - 1 : 1);
  for (const { child } of dead) child.kill('SIGKILL');
  const killedAt = performance.now();
  const ids = dead.flatMap((worker) => worker.ids);
  const [row] = await sql<{ n: number }>(
    'select count(*)::int as n from graphile_worker._private_jobs where locked_by = any($1)',
    [ids],
  );
  const seconds = await freedAfter(ids, killedAt);
  worst = Math.max(worst, seconds);
  process.stdout.write(
    `round ${round}: ${dead.length} killed, ${row?.n} jobs held by the dead, free after ${seconds.toFixed(1)} s\n`,
  );
  while (workers.length < WORKERS) workers.push(await startWorkerProcess());
}
load.isOn = false;
await loading;
const patience = performance.now() + 120_000;
let left = Number.NaN;
while (left !== 0 && performance.now() < patience) {
  left = (await sql<{ n: number }>('select count(*)::int as n from graphile_worker._private_jobs'))[0]?.n ?? 0;
  await sleep(200);
}
for (const { child } of workers) child.kill('SIGTERM');
const [found] = await sql<{ keys: number; effects: number }>(
  'select count(distinct key)::int as keys, count(*)::int as effects from rig.effect',
);
await db.close();
const done = found?.keys ?? 0;
const doubled = (found?.effects ?? 0) - done;
const lost = queued - done;
const isRight = isControl ? doubled > 0 : lost === 0 && doubled === 0 && left === 0 && worst < FREED_LIMIT_S;
process.stdout.write(
  `${JSON.stringify({ rig: 'worker', control: isControl, jobs: queued, done, lost, doubled, left, freed_s: Number(worst.toFixed(1)), rounds: ROUNDS })}\n`,
);
process.exit(isRight ? 0 : 1);
