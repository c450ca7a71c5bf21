import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../bin/postgres.mjs';
import { ask } from './_dossier-load.ts';
import { demandNginx, startNginx } from './_nginx.ts';
import { environmentOf, runSen, startProduct, stopProduct, type Place } from './_product.ts';
import { killHard, query, submissions } from './_submissions.ts';

/*
 * Two web nodes behind nginx (the configuration of `deploy/nginx`) and two workers, on one database and one folder of files, while
 * dossiers are submitted and pages read. Each node is started again in its turn, again and again: no request may fail, nothing may be lost or
 * doubled, and every event must have been handled once. Before that: what one node publishes is seen at the other one within a second.
 * `--control` kills the nodes instead of asking them to end: requests must fail.
 *
 * npm run rig -- rolling [--rounds 3] [--control]      (Debian: nginx)
 */

const isControl = process.argv.includes('--control');
const at = process.argv.indexOf('--rounds');
const ROUNDS = at > 0 ? Number(process.argv[at + 1]) : 3;
const HOME = resolve(isControl ? '.sen/rig-rolling-control' : '.sen/rig-rolling');
const FRONT = 18_540;
const READERS = 6;
const SEEN_LIMIT_MS = 1_000;

demandNginx();
rmSync(HOME, { recursive: true, force: true });
mkdirSync(HOME, { recursive: true, mode: 0o755 });
rmSync(`${HOME}/data.json`, { force: true });
const server = await startPostgres({ dir: `${HOME}/data`, purpose: 'rig' });
const settings = { SEN_ROLE: 'web', SEN_TRUSTED_PROXIES: '127.0.0.1', SEN_PUBLIC_URL: `http://127.0.0.1:${FRONT}` };
const nodes: Place[] = [18_541, 18_542].map((port) => ({ url: server.url, files: `${HOME}/files`, port, settings }));
const web: ChildProcess[] = [];
for (const place of nodes) web.push(await startProduct(place));
const workers = [await startWorker(nodes[0]!), await startWorker(nodes[0]!)];
const nginx = await startNginx(`${HOME}/nginx`, FRONT, nodes.map(({ port }) => port)); // prettier-ignore
const front: Place = { url: server.url, files: `${HOME}/files`, port: FRONT };

/** Starts a worker on the same database and files, and waits until it says that it is alive. */
async function startWorker(place: Place): Promise<ChildProcess> {
  const alive = async () =>
    (await query<{ id: string }>(place.url, 'select id from platform.worker')).map(({ id }) => id);
  const before = new Set(await alive());
  const env = { ...environmentOf(place), SEN_ROLE: 'worker' };
  const child = spawn(process.execPath, ['dist/server/main.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  for (let tries = 0; tries < 600; tries++) {
    if ((await alive()).some((id) => !before.has(id))) return child;
    if (child.exitCode !== null) throw new Error('A worker ended at its start');
    await sleep(100);
  }
  throw new Error('A worker did not become alive in a minute');
}

/** Milliseconds until both nodes show, on a page that they had in memory, what another process has published. */
async function seenAfter(): Promise<number> {
  const pages = () => Promise.all(nodes.map(async ({ port }) => (await ask(port, '/')).text));
  await pages();
  await pages(); // from memory now
  const text = `Bảo trì thử ${process.pid}`;
  const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const times = ['--from', `${day}T22:00`, '--to', `${day}T23:00`];
  const seen: Promise<number>[] = nodes.map(async ({ port }) => {
    while (!(await ask(port, '/')).text.includes(text)) await sleep(10);
    return performance.now();
  });
  const announced = await runSen(nodes[0]!, ['downtime', 'announce', ...times, '--text', text, '--text-en', text]);
  if (announced.code !== 0) throw new Error(announced.said);
  const [row] = await query<{ at: Date }>(
    server.url,
    `select occurred_at as at from platform.event where name = 'operations.downtime-announced' order by id desc limit 1`,
  );
  const offset = Date.now() - performance.now();
  const late = Math.max(...(await Promise.all(seen)).map((at) => at + offset - (row?.at.getTime() ?? 0)));
  return Math.round(late);
}

const figures = { read: 0, failed: 0 };
const failures: Record<string, number> = {};
const reading = { isOn: true };
async function reader(): Promise<void> {
  while (reading.isOn) {
    const path = Math.random() < 0.5 ? '/' : `/thu-tuc-hanh-chinh/1.001193?lan=${Math.random()}`;
    const { status } = await ask(FRONT, path);
    if (status === 200) figures.read++;
    else {
      figures.failed++;
      failures[`read ${status}`] = (failures[`read ${status}`] ?? 0) + 1;
    }
    await sleep(15);
  }
}

const seen_ms = await seenAfter();
process.stdout.write(`  news of one node are seen at the other after ${seen_ms} ms\n`);
const load = await submissions(front, 6, 'rolling');
load.run();
const readers = Array.from({ length: READERS }, reader);
await sleep(2_000);
let restarts = 0;
for (let round = 1; round <= ROUNDS; round++) {
  for (const [index, place] of nodes.entries()) {
    if (isControl) await killHard(web[index]?.pid);
    else await stopProduct(web[index]!);
    web[index] = await startProduct(place);
    const worker = workers[index]!;
    if (isControl) await killHard(worker.pid);
    else await stopProduct(worker);
    workers[index] = await startWorker(place);
    restarts++;
    await sleep(2_500);
  }
  process.stdout.write(
    `round ${round}: ${load.acknowledged.size} submitted, ${figures.read} read, ${JSON.stringify({ ...failures, ...failed() })}\n`,
  );
}
/** Answers to submissions that were none, by their status. */
function failed(): Record<string, number> {
  return Object.fromEntries(
    [...load.statuses]
      .filter(([status]) => status !== 200 && status !== 201)
      .map(([status, n]) => [`sent ${status}`, n]),
  );
}
reading.isOn = false;
await Promise.all(readers);
await load.finish();
const failed_requests = figures.failed + Object.values(failed()).reduce((sum, n) => sum + n, 0);
const result = await load.verify(server.url);
const events = await eventsHandled();
for (const child of [...web, ...workers]) await stopProduct(child);
nginx.kill('SIGQUIT');
await server.stop();
const isWhole = result.lost + result.half + result.doubled === 0 && load.acknowledged.size > 0;
const isRight = isControl
  ? failed_requests > 0
  : isWhole && failed_requests === 0 && seen_ms <= SEEN_LIMIT_MS && events.unhandled === 0 && events.doubled === 0;
process.stdout.write(
  `${JSON.stringify({ rig: 'rolling', control: isControl, restarts, submitted: load.acknowledged.size, read: figures.read, failed: failed_requests, ...result, seen_ms, jobs_unhandled: events.unhandled, jobs_doubled: events.doubled })}\n`,
);
process.exit(isRight ? 0 : 1);

/** Events of submissions that no worker has handled, and those that were handled more than once. */
async function eventsHandled(): Promise<{ unhandled: number; doubled: number }> {
  for (let tries = 0; tries < 600; tries++) {
    const [row] = await query<{ jobs: number; behind: boolean }>(
      server.url,
      `select (select count(*)::int from graphile_worker._private_jobs where run_at <= now()) as jobs,
         exists (select from platform.subscription s, platform.event e where (e.xid, e.id) > (s.xid, s.event_id)) as behind`,
    );
    if (row && row.jobs === 0 && !row.behind) break;
    await sleep(200);
  }
  // The figures of the month are counted by a subscriber, once for each event.
  const [row] = await query<{ unhandled: number; doubled: number }>(
    server.url,
    `select greatest(0, events - counted)::int as unhandled, greatest(0, counted - events)::int as doubled
     from (select count(*) as events from platform.event where name = 'dossiers.submitted') e,
       (select coalesce(sum(submitted), 0) as counted from dossiers.monthly_figure) f`,
  );
  return row ?? { unhandled: Number.NaN, doubled: Number.NaN };
}
