import { spawnSync } from 'node:child_process';
import { cpSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../bin/postgres.mjs';
import { ask } from './_dossier-load.ts';
import { startProduct, stopProduct, type Place } from './_product.ts';
import { query, submissions } from './_submissions.ts';
import { demandMounts, makeVolume, type Volume } from './_volume.ts';

/*
 * The volumes of uploads, of data and of the log are filled in turn, under load. First with the product's own limits: writing must
 * stop with words of its own before a disk is full, reading must go on, and writing must come back when there is space. Then
 * without limits, to the last byte: what cannot be stored is refused, the database that ends because its log is full is started again, nothing
 * acknowledged is lost. `--control` leaves the supervisor out: after the log was full writing must not come back.
 *
 * npm run rig -- full [--only data] [--control]      (as root)
 */

const isControl = process.argv.includes('--control');
const HOME = resolve(isControl ? '.sen/rig-full-control' : '.sen/rig-full');
const PORT = 18_451;
demandMounts(['mkfs.ext4']);
const volumes = {
  files: await makeVolume(join(HOME, 'files'), 400),
  data: await makeVolume(join(HOME, 'data'), 1_500),
  log: await makeVolume(join(HOME, 'log'), 1_200),
};
type Name = keyof typeof volumes;
const options = {
  dir: join(volumes.data.path, 'cluster'),
  purpose: 'rig' as const,
  // A small log volume needs a small log.
  settings: { max_wal_size: '200MB', min_wal_size: '80MB' },
  log: (line: string) => process.stdout.write(`  ${line}\n`),
};
const first = await startPostgres(options);
await first.stop();
const own = join(first.data, 'pg_wal');
cpSync(own, join(volumes.log.path, 'wal'), { recursive: true });
spawnSync('chown', ['-R', '--reference', first.data, join(volumes.log.path, 'wal')]);
rmSync(own, { recursive: true });
symlinkSync(join(volumes.log.path, 'wal'), own);
const server = await startPostgres({ ...options, keepAlive: !isControl });
const place: Place = { url: server.url, files: join(volumes.files.path, 'store'), port: PORT };
process.env['SEN_EMBEDDED'] = server.data;

/** Half of what the product stops at on a disk of that size. */
const belowLimit = ({ path }: Volume): number => {
  const disk = statfsSync(path);
  return (disk.blocks * disk.bsize) / 40;
};

/** Fills a volume but for `leave` bytes. */
function fill({ path }: Volume, leave: number): void {
  const disk = statfsSync(path);
  const bytes = Math.max(0, disk.bavail * disk.bsize - leave);
  spawnSync('fallocate', ['-l', String(Math.floor(bytes)), join(path, 'ballast')]);
  if (leave > 0) return;
  try {
    writeFileSync(join(path, 'ballast2'), Buffer.alloc(64 * 1024 * 1024));
  } catch {
    // That was the last of it.
  }
}
/** Writes log until there is no room for more: a follower that never reads keeps the old segments from being used again. */
async function fillLog(): Promise<void> {
  await query(server.url, `select pg_create_physical_replication_slot('rig', true)`);
  for (let written = 0; written < 100; written++)
    try {
      await query(server.url, `select pg_logical_emit_message(true, 'rig', repeat('x', 8000000))`);
    } catch {
      return; // it has ended, as it must
    }
}
async function releaseLog(): Promise<void> {
  await query(
    server.url,
    `select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'rig'`,
  );
}
function free({ path }: Volume): void {
  for (const name of ['ballast', 'ballast2']) rmSync(join(path, name), { force: true });
}

async function isReadable(): Promise<boolean> {
  const { status } = await ask(PORT, `/thu-tuc-hanh-chinh/1.001193?lan=${Math.random()}`);
  if (status !== 200) process.stdout.write(`  a page answers ${status || 'nothing in 15 s'}\n`);
  return status === 200;
}

interface Outcome {
  refused: boolean;
  says: boolean;
  reads: boolean;
  resumed: boolean;
}

/** Fills, watches what happens for a few seconds, frees, and waits for writing to come back. */
async function tryVolume(load: Awaited<ReturnType<typeof submissions>>, name: Name, leave: number): Promise<Outcome> {
  const volume = volumes[name];
  load.run();
  await sleep(1_500);
  fill(volume, leave);
  const fillsLog = name === 'log' && leave === 0;
  if (fillsLog) await fillLog();
  const outcome: Outcome = { refused: false, says: false, reads: true, resumed: false };
  load.lastRefusal();
  const refusedBefore = load.statuses.get(503) ?? 0;
  for (let tries = 0; tries < 200; tries++) {
    await sleep(100);
    if ((load.statuses.get(503) ?? 0) <= refusedBefore) continue;
    outcome.refused = true;
    outcome.says ||= load.lastRefusal().includes('platform.out-of-space');
    if (outcome.says && tries > 40) break;
  }
  for (let tries = 0; tries < 10; tries++) outcome.reads &&= await isReadable();
  free(volume);
  const before = load.acknowledged.size;
  for (let tries = 0; tries < 600 && !outcome.resumed; tries++) {
    await sleep(100);
    outcome.resumed = load.acknowledged.size > before + 5;
  }
  await load.pause();
  if (fillsLog && outcome.resumed) await releaseLog();
  process.stdout.write(`${name} ${leave === 0 ? 'to the last byte' : 'with limits'}: ${JSON.stringify(outcome)}\n`);
  return outcome;
}

const figures: Record<string, boolean> = {};
const only = process.argv.indexOf('--only');
const names = (['files', 'data', 'log'] as const).filter((name) => only < 0 || process.argv[only + 1] === name);
const note = (title: string, outcome: Outcome, wanted: (keyof Outcome)[]) => {
  figures[title] = wanted.every((what) => outcome[what]);
};
let product = await startProduct(place);
const load = await submissions(place, 8, 'full');
if (isControl) {
  await stopProduct(product);
  process.env['SEN_SPACE_STOP_MB'] = '0';
  process.env['SEN_SPACE_WARN_MB'] = '0';
  product = await startProduct(place);
  const outcome = await tryVolume(load, 'log', 0);
  figures['log_resumed'] = outcome.resumed;
} else {
  for (const name of names)
    note(`${name}_limit`, await tryVolume(load, name, belowLimit(volumes[name])), [
      'refused',
      'says',
      'reads',
      'resumed',
    ]);
  await stopProduct(product);
  process.env['SEN_SPACE_STOP_MB'] = '0';
  process.env['SEN_SPACE_WARN_MB'] = '0';
  product = await startProduct(place);
  for (const name of names)
    note(
      `${name}_full`,
      await tryVolume(load, name, 0),
      // Without its log the database cannot answer at all until there is space.
      name === 'log' ? ['refused', 'resumed'] : ['refused', 'says', 'reads', 'resumed'],
    );
}
let result = { found: 0, lost: 0, half: 0, doubled: 0 };
if (!isControl) {
  await load.finish();
  result = await load.verify(server.url);
}
const isRight = isControl
  ? !figures['log_resumed']
  : Object.values(figures).every(Boolean) && result.lost + result.half + result.doubled === 0 && result.found > 0;
await stopProduct(product);
await server.stop();
for (const volume of Object.values(volumes)) await volume.remove();
process.stdout.write(
  `${JSON.stringify({ rig: 'full', control: isControl, acknowledged: load.acknowledged.size, ...result, ...figures })}\n`,
);
process.exit(isRight ? 0 : 1);
