import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres, type RunningPostgres } from '../bin/postgres.mjs';
import { startProduct, stopProduct, type Place } from './_product.ts';
import { killHard, submissions } from './_submissions.ts';

/*
 * Program and database are killed with -9 while dossiers with papers are being submitted, again and again; then every
 * acknowledged dossier must be there, once, whole: row, paper, file, bytes, event. `--control` runs on a server that
 * answers before its log is on disk: the same check must find the loss, or it proves nothing.
 *
 * npm run rig -- crash [--rounds 20] [--control]
 */

const argument = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const isControl = process.argv.includes('--control');
const ROUNDS = argument('rounds', isControl ? 4 : 20);
const DATA = isControl ? '.sen/rig-crash-control' : '.sen/rig-crash';
const FILES = resolve(`${DATA}-files`);

const settings = {
  synchronous_commit: isControl ? 'off' : 'on',
  wal_writer_delay: isControl ? '10s' : '200ms',
  autovacuum: 'on',
};
const startServer = (): Promise<RunningPostgres> => startPostgres({ dir: DATA, purpose: 'rig', settings });

rmSync(DATA, { recursive: true, force: true });
rmSync(FILES, { recursive: true, force: true });
let server = await startServer();
const place: Place = { url: server.url, files: FILES, port: argument('port', 18_431) };
let product = await startProduct(place);
const load = await submissions(place, argument('clients', 16), 'crash');
for (let round = 1; round <= ROUNDS; round++) {
  const before = load.acknowledged.size;
  load.run();
  await sleep(1_200 + Math.random() * 1_500);
  const paused = load.pause();
  const order = round % 3;
  if (order !== 1) void killHard(server.pid); // the signal goes out at once; whether it is gone is asked below
  if (order === 2) await sleep(Math.random() * 60);
  await killHard(product.pid);
  await killHard(server.pid);
  await paused;
  process.stdout.write(
    `round ${round}: ${load.acknowledged.size - before} acknowledged, ${load.unknown.length} unknown\n`,
  );
  server = await startServer();
  place.url = server.url;
  product = await startProduct(place);
}
await load.finish();
const result = await load.verify(server.url);
await stopProduct(product);
await server.stop();
const isWhole = result.lost === 0 && result.doubled === 0 && result.half === 0 && load.unknown.length === 0;
process.stdout.write(
  `${JSON.stringify({ rig: 'crash', control: isControl, acknowledged: load.acknowledged.size, ...result, rounds: ROUNDS })}\n`,
);
process.exit((isControl ? result.lost > 0 : isWhole) ? 0 : 1);
