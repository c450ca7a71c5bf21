import { spawn, type ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/*
 * How long the second `npm start` takes on demonstration data: from starting npm to the first 200 of /health/ready, its own
 * PostgreSQL included, against the 3 seconds that are promised. The first start (build and demonstration data) is not measured.
 *
 * npm run bench -- start [times]
 */

const TIMES = Number(process.argv[2] ?? 5);
const LIMIT_S = 3;
const PORT = 18_451;

const env: NodeJS.ProcessEnv = {
  ...process.env,
  PORT: String(PORT),
  HOST: '127.0.0.1',
  SEN_METRICS_PORT: 'off',
  SEN_DATA: '.sen/bench-start',
  SEN_FILES: '.sen/bench-start-files',
};
delete env['DATABASE_URL']; // the bench's own: the start measured has its own server
// npm's own settings of the command that runs this bench.
for (const name of Object.keys(env)) if (name.startsWith('npm_')) delete env[name];

function isReady(): Promise<boolean> {
  return new Promise((done) => {
    request({ port: PORT, host: '127.0.0.1', path: '/health/ready', timeout: 2_000 }, (response) => {
      response.resume();
      done(response.statusCode === 200);
    })
      .on('error', () => done(false))
      .end();
  });
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done));
  // To the whole group, as Ctrl-C in a terminal does; npm itself passes nothing on reliably.
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await ended;
  while (await isReady()) await sleep(20);
}

async function secondsToReady(patience: number): Promise<number> {
  const started = performance.now();
  const child = spawn('npm', ['start'], { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  while (!(await isReady())) {
    const waited = (performance.now() - started) / 1000;
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}: ${said}`);
    if (waited > patience) {
      await stop(child);
      throw new Error(`npm start was not ready after ${patience} s: ${said}`);
    }
    await sleep(5);
  }
  const seconds = (performance.now() - started) / 1000;
  await stop(child);
  return seconds;
}

const round = (value: number, digits = 2) => Number(value.toFixed(digits));
const first = await secondsToReady(600);
console.log(`the start before the first measured one: ${round(first)} s`);
const times: number[] = [];
for (let i = 0; i < TIMES; i++) {
  times.push(await secondsToReady(120));
  console.log(`start ${i + 1}: ${round(times.at(-1) ?? 0)} s`);
}
const sorted = times.toSorted((a, b) => a - b);
const product = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
console.log(
  JSON.stringify({
    bench: 'start',
    unit: 's',
    product: round(product),
    limit: LIMIT_S,
    ratio: round(LIMIT_S / product),
    min_s: round(sorted[0] ?? Number.NaN),
    max_s: round(sorted.at(-1) ?? Number.NaN),
    n: TIMES,
    load: round(loadavg()[0] ?? Number.NaN, 1),
    cores: cpus().length,
  }),
);
process.exit(product <= LIMIT_S ? 0 : 1);
