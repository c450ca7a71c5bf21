import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres, type RunningPostgres } from '../bin/postgres.mjs';
import { startProduct, stopProduct, type Place } from './_product.ts';
import { killHard, submissions } from './_submissions.ts';
import { demandMounts, makeVolume } from './_volume.ts';

/*
 * The power fails while dossiers with papers are being submitted, again and again: the file system that holds database, papers and
 * the papers' journal is shut down at once (nothing that was not synced survives), the programs are killed, it is mounted again.
 * Every acknowledged dossier must be there, once, whole. `--control` runs PostgreSQL without syncing (fsync=off): the same check must find the
 * loss, or it proves nothing.
 *
 * npm run rig -- power [--rounds 20] [--control]      (as root)
 */

const argument = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const isControl = process.argv.includes('--control');
const ROUNDS = argument('rounds', isControl ? 4 : 20);
const DISK = resolve(isControl ? '.sen/rig-power-control/disk' : '.sen/rig-power/disk');

demandMounts(['mkfs.ext4', 'xfs_io']);
const disk = await makeVolume(DISK, 3_000);
const settings = isControl ? { fsync: 'off' } : {};
const startServer = (): Promise<RunningPostgres> =>
  startPostgres({ dir: join(DISK, 'data'), purpose: 'rig', settings });
let server = await startServer();
if (!server.data.startsWith(DISK))
  throw new Error(`PostgreSQL's user may not enter ${DISK}: allow it (chmod o+x on the folders above)`);
const place: Place = { url: server.url, files: join(DISK, 'files'), port: argument('port', 18_441) };
let product = await startProduct(place);
const load = await submissions(place, argument('clients', 16), 'power');
spawnSync('sync', ['-f', DISK]);

let unstartable = 0;
let rounds = 0;
try {
  for (; rounds < ROUNDS; rounds++) {
    const before = load.acknowledged.size;
    load.run();
    await sleep(1_200 + Math.random() * 1_800);
    disk.cut();
    const paused = load.pause();
    await killHard(product.pid);
    await killHard(server.pid);
    await paused;
    await disk.mountAgain();
    process.stdout.write(
      `round ${rounds + 1}: ${load.acknowledged.size - before} acknowledged, ${load.unknown.length} unknown\n`,
    );
    try {
      server = await startServer();
      place.url = server.url;
      product = await startProduct(place);
    } catch (error) {
      // Without syncs the cluster itself may be beyond repair: everything is lost.
      process.stdout.write(
        `the database does not start again: ${error instanceof Error ? error.message : String(error)}\n`,
      );
      unstartable = load.acknowledged.size;
      break;
    }
  }
  const result =
    unstartable > 0
      ? { found: 0, lost: unstartable, half: 0, doubled: 0 }
      : (await load.finish(), await load.verify(server.url));
  const isRight = isControl
    ? result.lost + result.half > 0
    : result.lost === 0 && result.half === 0 && result.doubled === 0 && load.acknowledged.size > 0;
  if (unstartable === 0) await stopProduct(product);
  // Each round took a lease of the server; this ends it whoever holds one.
  await killHard(server.pid);
  await disk.remove();
  process.stdout.write(
    `${JSON.stringify({ rig: 'power', control: isControl, acknowledged: load.acknowledged.size, ...result, rounds })}\n`,
  );
  process.exit(isRight ? 0 : 1);
} catch (error) {
  await killHard(product.pid);
  await killHard(server.pid);
  throw error;
}
