import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from '../bin/postgres.mjs';
import { blobPath } from '../src/foundation/files/index.ts';
import { readManifest } from '../src/insight/operations/backup.ts';
import { compare, type Comparison } from '../src/insight/operations/restore.ts';
import { ask } from './_dossier-load.ts';
import { runSen, startProduct, stopProduct, type Place } from './_product.ts';
import { openDesk, query } from './_submissions.ts';

/*
 * The demonstration province runs and takes dossiers; `sen backup` is run meanwhile; everything is restored on an empty
 * server and into an empty folder and compared row by row and file by file; then the product starts there: every dossier
 * acknowledged before the back-up began must be there, and a new one is submitted and followed by its effects.
 * `--control` damages one row and one file of the copy: the comparison must find both.
 *
 * npm run rig -- restore [--control]
 */

const isControl = process.argv.includes('--control');
const CLIENTS = 8;
/** Below the number of questions that one address may ask in a minute. */
const READ_OVER_API = 40;
const work = mkdtempSync(join(tmpdir(), 'sen-rig-restore-'));
const folder = join(work, 'backup');
const clusters = ['.sen/rig-restore-from', '.sen/rig-restore-to'] as const;
for (const path of clusters) rmSync(path, { recursive: true, force: true });

const fromServer = await startPostgres({ dir: clusters[0], purpose: 'rig' });
const from: Place = { url: fromServer.url, files: join(work, 'files-from'), port: 18_441 };
const product = await startProduct(from);
const desk = await openDesk(from, 'restore', ['dossiers.read']);
const { token } = desk;

const acknowledged: string[] = [];
const load = { isOn: true };
const clients = Array.from({ length: CLIENTS }, async () => {
  while (load.isOn) {
    const id = await submit(from);
    if (id) acknowledged.push(id);
  }
});
await sleep(4_000);
const before = [...acknowledged];
const started = performance.now();
const written = await runSen(from, ['backup', folder]);
const backupSeconds = (performance.now() - started) / 1000;
if (written.code !== 0) throw new Error(written.said);
const after = acknowledged.length;
load.isOn = false;
await Promise.all(clients);
await stopProduct(product);
await fromServer.stop();
process.stdout.write(
  `${written.said.split('\n').at(-1)}\n${before.length} dossiers before the back-up, ${after - before.length} while it ran\n`,
);

const toServer = await startPostgres({ dir: clusters[1], purpose: 'rig' });
const to: Place = { url: toServer.url, files: join(work, 'files-to'), port: 18_442 };
const restoring = performance.now();
const restored = await runSen(to, ['restore', folder]);
const restoreSeconds = (performance.now() - restoring) / 1000;
process.stdout.write(`${restored.said.split('\n').slice(-2).join('\n')}\n`);
if (isControl) await damage();
const comparison = await compareAgain();
for (const line of comparison.differences) process.stdout.write(`✗ ${line}\n`);

let missing = before.length;
let isHeard = false;
if (!isControl) {
  const second = await startProduct(to);
  missing = await countMissing();
  isHeard = await newOneIsHeard();
  await stopProduct(second);
}
await toServer.stop();
rmSync(work, { recursive: true, force: true });
for (const path of clusters) rmSync(path, { recursive: true, force: true });

const differences = comparison.differences.length;
const isRight = isControl
  ? differences === 2
  : restored.code === 0 && differences === 0 && missing === 0 && isHeard && before.length > 0;
const figures = { tables: comparison.tables, rows: comparison.rows, files: comparison.files, differences };
const life = isControl ? {} : { acknowledged: before.length, during: after - before.length, missing, heard: isHeard };
const seconds = { backup_s: Number(backupSeconds.toFixed(1)), restore_s: Number(restoreSeconds.toFixed(1)) };
process.stdout.write(`${JSON.stringify({ rig: 'restore', control: isControl, ...figures, ...life, ...seconds })}\n`);
process.exit(isRight ? 0 : 1);

async function submit(place: Place): Promise<string | null> {
  const attempt = desk.next();
  const answer = await ask(place.port, '/api/v1/dossiers', { token, key: attempt.key, body: attempt.body });
  if (answer.status !== 201) return null;
  return (JSON.parse(answer.text) as { id: string }).id;
}

async function compareAgain(): Promise<Comparison> {
  const connection = new pg.Client({ connectionString: to.url, options: '-c timezone=Asia/Ho_Chi_Minh' });
  await connection.connect();
  try {
    return await compare(connection, to.files, await readManifest(folder));
  } finally {
    await connection.end();
  }
}

/** One letter of one row, and one byte of one file. */
async function damage(): Promise<void> {
  await query(
    to.url,
    `update dossiers.dossier set applicant_name = applicant_name || '.' where id = (select id from dossiers.dossier limit 1)`,
  );
  const sha256 = (await readManifest(folder)).files[0]?.sha256 ?? '';
  writeFileSync(blobPath(to.files, Buffer.from(sha256, 'hex')), Buffer.alloc(15_000));
}

/** Dossiers acknowledged before the back-up that are not there: all by their rows, some as an integrator reads them. */
async function countMissing(): Promise<number> {
  const [found] = await query<{ n: number }>(
    to.url,
    `select count(*)::int as n from dossiers.dossier d where id = any($1::uuid[]) and exists (select from dossiers.paper p join files.file f on f.id = p.file_id where p.dossier_id = d.id)`,
    [before],
  );
  let unknown = before.length - (found?.n ?? 0);
  for (const id of before.slice(-READ_OVER_API)) {
    const answer = await ask(to.port, `/api/v1/dossiers/${id}`, { token });
    if (answer.status !== 200 || (JSON.parse(answer.text) as { id: string }).id !== id) unknown++;
  }
  return unknown;
}

/** Life goes on: a new dossier is taken, and what follows from its event (the month's figures) is done. */
async function newOneIsHeard(): Promise<boolean> {
  const id = await submit(to);
  if (id === null) return false;
  const counted = `select e.id from platform.event e join platform.effect f on f.key = 'dossiers.count-month/' || e.id where e.subject_id = $1`;
  for (let tries = 0; tries < 300; tries++) {
    if ((await query(to.url, counted, [id])).length > 0) return true;
    await sleep(100);
  }
  return false;
}
