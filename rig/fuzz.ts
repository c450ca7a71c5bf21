import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FuzzNotice, FuzzReport } from './_fuzz-worker.ts';
import { learnWorld, sendersOf } from './_fuzz-world.ts';
import { speak } from './_http-client.ts';
import { keepSignedIn } from './_keep-signed-in.ts';
import { startProduct, stopProduct } from './_product.ts';
import { openTown, PUBLIC_HOST } from './_secured.ts';

/*
 * A million generated requests against the running product in production mode, from processes of their own: every route and method, parameters, queries,
 * headers, cookies, forms, multipart, JSON, ranges and conditions, resumable uploads, static files, shapes of request smuggling over raw
 * connections, bodies that come slowly or never end, as people of several roles. No answer may be 5xx, the program may not end, and neither
 * its memory nor its open files may grow with the requests. What fails is kept as bytes in `.sen/rig-fuzz-failures`, its reason in
 * `.sen/rig-product-18471.log`. `--control` breaks one page from outside (`_broken-handler.mjs`): it must be found.
 *
 * A file `stop` in the folder of failures ends it early.
 *
 * npm run rig -- fuzz [--n 1000000] [--seed 1] [--processes 2] [--control]
 */

const argument = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const isControl = process.argv.includes('--control');
const N = argument('n', isControl ? 60_000 : 1_000_000);
const SEED = argument('seed', 1);
const PROCESSES = argument('processes', 2);
/** Memory is looked at from here on: until then caches and compiled code grow, and may. */
const WARM = Math.min(100_000, N / 4);
const MAY_GROW_MB = 300;
const MAY_GROW_FILES = 100;
const PORT = 18_471;
/** What the program says of its faults lies there. */
const LOG = `.sen/rig-product-${PORT}.log`;
const FAILURES = resolve('.sen/rig-fuzz-failures');

rmSync(LOG, { force: true });
rmSync(FAILURES, { recursive: true, force: true });
const site = await openTown('fuzz', PORT);
const place = { ...site.place, preload: isControl ? ['rig/_broken-handler.mjs'] : [] };
place.settings = { ...place.settings, SEN_LOG_LEVEL: 'error' };

let product: ChildProcess;
let crashes = 0;
let isEnding = false;
async function startWatched(): Promise<void> {
  product = await startProduct(place);
  product.once('exit', (code, signal) => {
    if (isEnding) return;
    crashes++;
    process.stdout.write(`CRASH: the program ended with ${code ?? signal}\n`);
    startWatched().catch((error: unknown) => process.stdout.write(`it does not start again: ${String(error)}\n`));
  });
}
await startWatched();
const world = await learnWorld(site);
const visitors = sendersOf(site);
const restore = await keepSignedIn(site, visitors);
process.stdout.write(
  `${world.routes.length} routes, ${world.senders.length} senders, ${world.fields.length} fields, ${world.ids.length} ids\n`,
);

const agent = new Agent({ keepAlive: true });
const probes = { asked: 0, signedIn: 0 };
/** Whether each who has a session is still somebody. */
async function probe(): Promise<void> {
  for (const [at, { headers, kind }] of visitors.entries()) {
    if (!headers['cookie'] || kind === 'nobody') continue;
    const { status } = await speak(agent, {
      port: place.port,
      method: 'GET',
      path: '/tai-khoan',
      headers: { host: PUBLIC_HOST, 'x-forwarded-for': `10.251.0.${at}`, ...headers },
    });
    probes.asked++;
    if (status === 200) probes.signedIn++;
  }
}

const memoryMb = (): number => {
  try {
    const status = readFileSync(`/proc/${product.pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
};
const openFiles = (): number => {
  try {
    return readdirSync(`/proc/${product.pid}/fd`).length;
  } catch {
    return 0;
  }
};

const statuses: Record<string, number> = {};
const failures = new Map<string, number>();
let sent = 0;
function hear(report: FuzzReport): void {
  if (report.kind === 'progress') {
    sent += report.sent;
    for (const [status, count] of Object.entries(report.statuses)) statuses[status] = (statuses[status] ?? 0) + count;
    return;
  }
  if (report.kind === 'done') return;
  const sort = report.line.replaceAll(/\?.*|[0-9a-f-]{36}/g, '…').slice(0, 80);
  const times = (failures.get(sort) ?? 0) + 1;
  failures.set(sort, times);
  const reference =
    /"reference":"(\w+)"|Mã tham chiếu[^0-9A-F]*([0-9A-F]{12})|([0-9A-F]{12})/.exec(report.answer)?.[0] ?? '';
  if (times === 1) process.stdout.write(`${report.status} number ${report.number}: ${report.line} ${reference}\n`);
}

const startedAt = performance.now();
const workers = Array.from({ length: PROCESSES }, (_none, first) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'rig/_fuzz-worker.ts'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const order = {
    port: place.port,
    seed: SEED,
    first,
    stride: PROCESSES,
    count: N,
    connections: 8,
    failures: FAILURES,
    world,
  };
  child.send({ kind: 'order', order } satisfies FuzzNotice);
  child.on('message', (report: FuzzReport) => hear(report));
  return { child, ended: new Promise<void>((done) => child.once('exit', () => done())) };
});
const running = Promise.all(workers.map(({ ended }) => ended)).then(() => true);

const growth = { mbBefore: 0, filesBefore: 0, mbMost: 0 };
for (let round = 0, isDone = false; !isDone; round++) {
  isDone = await Promise.race([running, sleep(2_000).then(() => false)]);
  await restore();
  if (round % 5 === 0) await probe();
  if (growth.mbBefore === 0 && sent >= WARM) Object.assign(growth, { mbBefore: memoryMb(), filesBefore: openFiles() });
  growth.mbMost = Math.max(growth.mbMost, memoryMb());
  if (round % 15 === 14)
    process.stdout.write(
      `${sent} sent, ${Math.round(sent / ((performance.now() - startedAt) / 1000))}/s, ${memoryMb()} MB, ${openFiles()} files, ${[...failures.values()].reduce((sum, one) => sum + one, 0)} × 5xx\n`,
    );
}
const seconds = (performance.now() - startedAt) / 1000;
await sleep(5_000);
const mbAfter = memoryMb();
const filesAfter = openFiles();
isEnding = true;
agent.destroy();
await site.close();
await stopProduct(product!);
const count = (from: number, below: number): number =>
  Object.entries(statuses).reduce(
    (sum, [status, times]) => (Number(status) >= from && Number(status) < below ? sum + times : sum),
    0,
  );
const errors = count(500, 600);
for (const [sort, times] of failures) process.stdout.write(`${times} × ${sort}\n`);
const result = {
  rig: 'fuzz',
  control: isControl,
  n: sent,
  errors_5xx: errors,
  crashes,
  seed: SEED,
  per_s: Math.round(sent / seconds),
  answered_2xx: count(200, 300),
  answered_3xx: count(300, 400),
  answered_4xx: count(400, 500),
  unanswered: statuses['0'] ?? 0,
  signed_in: Number((probes.signedIn / Math.max(1, probes.asked)).toFixed(3)),
  mb_before: growth.mbBefore,
  mb_after: mbAfter,
  mb_most: growth.mbMost,
  files_before: growth.filesBefore,
  files_after: filesAfter,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
const hasGrown = mbAfter - growth.mbBefore > MAY_GROW_MB || filesAfter - growth.filesBefore > MAY_GROW_FILES;
const isSound = sent >= N && errors === 0 && crashes === 0 && !hasGrown && result.signed_in > 0.8;
process.exit((isControl ? errors > 0 : isSound) ? 0 : 1);
