import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnSync } from 'node:child_process';
import { fetchPrograms } from '../bin/older-programs.mjs';
import { initialise } from '../bin/postgres-cluster.mjs';
import { postgresHome, programsOfMajor } from '../bin/postgres-home.mjs';
import { startPostgres } from '../bin/postgres.mjs';
import { undoUpgrade, upgradeDatabase } from '../bin/upgrade.mjs';
import { startProduct, stopProduct, type Place } from './_product.ts';
import { query, submissions } from './_submissions.ts';

/*
 * A province on the embedded PostgreSQL of the version before is moved to this one's while dossiers are being submitted: none may be lost,
 * and writing may stand still for 5 s at most. Then the move is undone, and the old server runs again. `--control` writes
 * one row on the new server before the change: the comparison must find it and leave the old server in place.
 *
 * npm run rig -- upgrade [--control]
 */

const isControl = process.argv.includes('--control');
const OLD = '17';
const HOME = resolve(isControl ? '.sen/rig-upgrade-control' : '.sen/rig-upgrade');
const LIMIT_S = 5;
const dir = join(HOME, 'data');
await fetchPrograms(OLD);
for (const path of [HOME, `${dir}.json`]) rmSync(path, { recursive: true, force: true });
mkdirSync(HOME, { recursive: true, mode: 0o755 });
makeOldCluster();
const log = (line: string) => process.stdout.write(`  ${line}\n`);
const server = await startPostgres({ dir, purpose: 'rig', keepAlive: true, log });
const place: Place = { url: server.url, files: join(HOME, 'files'), port: 18_481 };
const product = await startProduct(place);
const load = await submissions(place, 8, 'upgrade');
load.run();
await sleep(3_000);
load.longestGap();
const version = async () =>
  (await query<{ v: string }>(server.url, `select split_part(current_setting('server_version'), '.', 1) as v`))[0]?.v;
const before = await version();
const during = load.acknowledged.size;
let outcome: Partial<Awaited<ReturnType<typeof upgradeDatabase>>> & { refused?: string } = {};
const disturbing = isControl ? disturb() : null;
try {
  outcome = await upgradeDatabase({ dir, log });
} catch (error) {
  outcome.refused = error instanceof Error ? error.message : String(error);
}
await disturbing;
const meanwhile = load.acknowledged.size - during;
for (let tries = 0, from = load.acknowledged.size; tries < 600 && load.acknowledged.size < from + 50; tries++)
  await sleep(50);
const gap_s = load.longestGap();
await load.finish();
const result = await load.verify(server.url);
const after = await version();
await stopProduct(product);
await server.stop();
let undone: string | undefined;
if (!isControl && outcome.refused === undefined) {
  await undoUpgrade({ dir, log });
  const back = await startPostgres({ dir, purpose: 'rig' });
  undone = (
    await query<{ v: string }>(back.url, `select split_part(current_setting('server_version'), '.', 1) as v`)
  )[0]?.v;
  await query(back.url, 'create table written (n int)');
  await back.stop();
}
const isRight = isControl
  ? outcome.refused?.includes('differs') === true && after === OLD && result.lost === 0
  : result.lost + result.half + result.doubled === 0 &&
    (outcome.freeze_s ?? 99) <= LIMIT_S &&
    after === '18' &&
    undone === OLD;
const figures = {
  before,
  after,
  undone,
  acknowledged: load.acknowledged.size,
  meanwhile,
  ...result,
  freeze_s: outcome.freeze_s,
  gap_s,
  tables: outcome.tables,
  rows: outcome.rows,
  by_content: outcome.byContent,
  refused: outcome.refused,
};
process.stdout.write(`${JSON.stringify({ rig: 'upgrade', control: isControl, ...figures })}\n`);
process.exit(isRight ? 0 : 1);

/** A cluster as an installation of the older version has left it: its folder and its password. */
function makeOldCluster(): void {
  const home = postgresHome(dir, undefined);
  const old = { ...home, programs: programsOfMajor(OLD, home.user) };
  const password = initialise(old, 'rig');
  const state = { password, port: 18_482, data: home.data };
  spawnSync('sh', ['-c', `umask 077; cat > "$0"`, `${dir}.json`], { input: JSON.stringify(state) });
  if (!existsSync(join(home.data, 'PG_VERSION'))) throw new Error('The old cluster was not made');
}

/** Waits for the new server to follow, and changes something there. */
async function disturb(): Promise<void> {
  const password = new URL(server.url).password;
  for (let tries = 0; tries < 3_000; tries++) {
    await sleep(100);
    const next = `${server.data}.next`;
    if (!existsSync(join(next, 'postmaster.pid'))) continue;
    const port = readFileSync(join(next, 'postmaster.pid'), 'utf8').split('\n')[3] ?? '';
    const url = `postgres://sen:${password}@127.0.0.1:${port}/sen`;
    const ready = await query<{ n: number }>(
      url,
      `select count(*) filter (where srsubstate = 'r')::int as n from pg_subscription_rel`,
    ).catch(() => []);
    if ((ready[0]?.n ?? 0) === 0) continue;
    await query(
      url,
      `insert into platform.setting (key, value, version, updated_at, updated_by) values ('rig.stray', '1', 1, now(), 'rig')`,
    );
    return;
  }
}
