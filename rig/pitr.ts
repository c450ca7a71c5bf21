import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { recoverPostgres } from '../bin/postgres-recover.mjs';
import { startPostgres } from '../bin/postgres.mjs';
import { backupTables, copyOut } from '../src/insight/operations/backup-tables.ts';
import { ask } from './_dossier-load.ts';
import { runSen, startProduct, stopProduct, type Place } from './_product.ts';
import { openDesk, query } from './_submissions.ts';

/*
 * The demonstration runs with continuous archiving and takes dossiers; a base back-up is made meanwhile; at a quiet moment
 * every table is hashed; more dossiers come, and an administrator's mistake deletes things; then data and files folder are
 * lost. `sen restore --to` that moment must bring back every row as it was hashed, and every file. `--control` restores with a
 * segment of the log replaced by an older one: what comes out must not pass.
 *
 * npm run rig -- pitr [--control]
 */

const isControl = process.argv.includes('--control');
const HOME = resolve('.sen/rig-pitr');
const BACKUPS = join(HOME, 'backups');
const PORT = 18_461;
rmSync(HOME, { recursive: true, force: true });
const options = { dir: join(HOME, 'data'), purpose: 'rig' as const, archive: join(BACKUPS, 'wal') };
const server = await startPostgres(options);
const place: Place = { url: server.url, files: join(HOME, 'files'), port: PORT };
process.env['SEN_BACKUPS'] = BACKUPS;
process.env['SEN_EMBEDDED'] = server.data;
const product = await startProduct(place);

const desk = await openDesk(place, 'pitr');
const load = { isOn: true, taken: 0 };
async function client(): Promise<void> {
  while (load.isOn) {
    const attempt = desk.next();
    const answer = await ask(PORT, '/api/v1/dossiers', { token: desk.token, key: attempt.key, body: attempt.body });
    if (answer.status === 201) load.taken++;
    else await sleep(50);
  }
}
let clients = Array.from({ length: 6 }, client);
const began = performance.now();
const base = await runSen(place, ['backup', '--base']);
if (base.code !== 0) throw new Error(`The base back-up failed: ${base.said}`);
const base_s = (performance.now() - began) / 1_000;
await sleep(4_000);
load.isOn = false;
await Promise.all(clients);
await stopProduct(product); // nothing writes: what is hashed now is what the moment holds
const before = await digests(server.url);
const [moment] = await query<{ now: Date }>(server.url, 'select clock_timestamp() as now');
const atMoment = load.taken;
await sleep(1_100);

const again = await startProduct(place);
load.isOn = true;
clients = Array.from({ length: 6 }, client);
await sleep(2_500);
load.isOn = false;
await Promise.all(clients);
await query(
  server.url,
  `delete from dossiers.submission_key; truncate platform.session cascade; select pg_switch_wal()`,
);
await keptByTheWorker();
await stopProduct(again);
await server.stop();

// The disk is lost: data and files.
rmSync(server.data, { recursive: true, force: true });
for (const path of [`${options.dir}.json`, place.files]) rmSync(path, { recursive: true, force: true });
if (isControl) forgeSegment();
const restoring = performance.now();
const result = { rows: 0, differences: 0, missing_files: 0, refused: false };
try {
  await recoverPostgres({
    dir: options.dir,
    backups: BACKUPS,
    moment: moment?.now,
    log: (line: string) => process.stdout.write(`${line}\n`),
  });
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  result.refused = true;
}
const restore_s = (performance.now() - restoring) / 1_000;
if (!result.refused) {
  const restored = await startPostgres(options);
  const files = await runSen({ ...place, url: restored.url }, ['restore', 'files', BACKUPS]);
  result.missing_files = Number(/(\d+) missing/.exec(files.said)?.[1] ?? -1);
  const after = await digests(restored.url);
  for (const [table, found] of before) {
    result.rows += found.rows;
    if (after.get(table)?.sha256 !== found.sha256) {
      result.differences++;
      process.stdout.write(`${table}: ${found.rows} rows before, ${after.get(table)?.rows ?? 0} after\n`);
    }
  }
  await restored.stop();
}
const isRight = isControl
  ? result.refused || result.differences > 0
  : !result.refused && result.differences === 0 && result.missing_files === 0 && result.rows > 0;
const figures = { taken: atMoment, lost_after: load.taken - atMoment, tables: before.size, ...result };
const seconds = { base_s: Number(base_s.toFixed(1)), restore_s: Number(restore_s.toFixed(1)) };
process.stdout.write(`${JSON.stringify({ rig: 'pitr', control: isControl, ...figures, ...seconds })}\n`);
process.exit(isRight ? 0 : 1);

/** Every table by its content, in the order a back-up reads it. */
async function digests(url: string): Promise<Map<string, { rows: number; sha256: string }>> {
  const connection = new pg.Client({ connectionString: url, options: '-c timezone=Asia/Ho_Chi_Minh' });
  await connection.connect();
  try {
    const found = new Map<string, { rows: number; sha256: string }>();
    for (const table of await backupTables(connection)) {
      const inner = /^copy \((.*)\) to stdout$/s.exec(copyOut(table))?.[1] ?? '';
      const { rows } = await connection.query<{ digest: string; n: number }>(
        `select coalesce(md5(string_agg(t::text, chr(10))), '') as digest, count(*)::int as n from (${inner}) t`,
      );
      found.set(table.name, { rows: rows[0]?.n ?? 0, sha256: rows[0]?.digest ?? '' });
    }
    return found;
  } finally {
    await connection.end();
  }
}

/** Waits until the worker has copied every paper (it does so every minute). */
async function keptByTheWorker(): Promise<void> {
  const named = await query<{ sha256: string }>(
    server.url,
    `select distinct encode(sha256, 'hex') as sha256 from files.file`,
  );
  const kept = join(BACKUPS, 'files');
  for (let tries = 0; tries < 180; tries++) {
    const there = new Set(
      (existsSync(kept) ? readdirSync(kept, { recursive: true, encoding: 'utf8' }) : []).map((path) => path.slice(-64)),
    );
    if (named.every(({ sha256 }) => there.has(sha256))) return;
    await sleep(1_000);
  }
  throw new Error('The worker did not copy the papers to the back-ups');
}

/** Puts noise where a segment of the log was. */
function forgeSegment(): void {
  const wal = join(BACKUPS, 'wal');
  const base = readdirSync(join(BACKUPS, 'base')).sort()[0] ?? '';
  const { startSegment } = JSON.parse(readFileSync(join(BACKUPS, 'base', base, 'base.json'), 'utf8')) as {
    startSegment: string;
  };
  const name =
    readdirSync(wal)
      .filter((one) => /^[0-9A-F]{24}/.test(one) && !one.includes('backup') && one.slice(0, 24) > startSegment)
      .sort()[0] ?? '';
  const noise = randomBytes(16 * 1024 * 1024);
  process.stdout.write(`${name} becomes ${createHash('sha256').update(noise).digest('hex').slice(0, 8)}\n`);
  writeFileSync(join(wal, name.slice(0, 24)), noise);
  rmSync(join(wal, `${name.slice(0, 24)}.gz`), { force: true });
}
