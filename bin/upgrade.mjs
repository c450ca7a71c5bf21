// npx sen database upgrade: the embedded database moves to another major version of PostgreSQL while the site runs. The new server
// follows the old one by logical replication; then writing is frozen for moments, both are compared, and the new one takes
// the old one's address. Until that moment nothing of the old one is changed; after it, its folder is kept.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runChild } from './child.mjs';
import { archiveOption, backupsFolder } from './database.mjs';
import { fault } from './fault.mjs';
import { liveLeases, takeLease, withLock } from './lease.mjs';
import { initialise, major, prepareArchive, settingsFor, writeSettings } from './postgres-cluster.mjs';
import { programsOfMajor, postgresHome, versionOf } from './postgres-home.mjs';
import { freePort, launchPatiently, runningOn, shutDown } from './postgres-process.mjs';
import { filesOf, readState, startPostgres, writeState } from './postgres.mjs';
import { nodeProgram, root } from './setup.mjs';

const name = 'sen_upgrade';
/** Comparing inside the freeze may take so long; what it has not reached by then was compared by its number of rows. */
const compareBudget = 2000;

async function open(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, options: '-c timezone=Asia/Ho_Chi_Minh' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
const urlOf = (state, port) => `postgres://sen:${state.password}@127.0.0.1:${port}/sen`;

async function tablesOf(client) {
  const { rows } = await client.query(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name, c.relkind = 'p' as partitioned, c.relispartition as part,
       exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary) as keyed, c.reltuples::float8 as rows
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and c.relpersistence = 'p' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%' order by c.reltuples, 1`,
  );
  return rows;
}

/** Lets the new server follow the old one until it has caught up. */
async function follow(old, next, oldUrl, log) {
  for (const table of await tablesOf(old))
    if (!table.keyed && !table.partitioned) await old.query(`alter table ${table.name} replica identity full`);
  await old.query(`create publication ${name} for all tables with (publish_via_partition_root = true)`);
  await next.query(`create subscription ${name} connection '${oldUrl}' publication ${name} with (streaming = on)`);
  log('Copying the rows; the site runs on …');
  for (;;) {
    const { rows } = await next.query(
      `select count(*) filter (where srsubstate <> 'r')::int as waiting, count(*)::int as n from pg_subscription_rel`,
    );
    if (rows[0].n > 0 && rows[0].waiting === 0) break;
    await pause(200);
  }
  await caughtUp(old, 600_000);
}

/** Waits until the new server has applied everything that the old one has written up to now. */
async function caughtUp(old, patience) {
  const { rows } = await old.query('select pg_current_wal_lsn()::text as at');
  const until = Date.now() + patience;
  for (;;) {
    const found = await old.query(
      `select coalesce(bool_and(replay_lsn >= $1::pg_lsn), false) as done from pg_stat_replication where application_name = '${name}'`,
      [rows[0].at],
    );
    if (found.rows[0].done) return;
    if (Date.now() > until)
      throw fault('The new server does not catch up with the old one: try again at a quieter hour.');
    await pause(15);
  }
}

/** From here on nothing is written: new transactions may only read, those under way have a moment to end. */
async function freeze(old) {
  // This connection's own setting must not hide the server's.
  await old.query('reset default_transaction_read_only');
  await old.query('alter system set default_transaction_read_only = on');
  await old.query('select pg_reload_conf()');
  const heard = Date.now() + 3000;
  for (;;) {
    if (Date.now() > heard)
      throw fault('The old server does not take the setting that stops writing: nothing was changed over.');
    const { rows } = await old.query(`select current_setting('default_transaction_read_only') as now`);
    if (rows[0].now === 'on') break;
    await pause(10);
  }
  // Every other connection hears of it within moments as well; what began before then may still write.
  await pause(100);
  const { rows } = await old.query('select clock_timestamp()::text as now');
  const stillOpen = `from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and xact_start < $1::timestamptz`;
  const until = Date.now() + 1200;
  for (;;) {
    const found = await old.query(`select count(*)::int as n ${stillOpen}`, [rows[0].now]);
    if (found.rows[0].n === 0) return;
    if (Date.now() > until) await old.query(`select pg_terminate_backend(pid) ${stillOpen}`, [rows[0].now]);
    await pause(10);
  }
}

async function unfreeze(old) {
  await old.query('set default_transaction_read_only = off');
  await old.query('alter system reset default_transaction_read_only');
  await old.query('select pg_reload_conf()');
}

async function copySequences(old, next) {
  const { rows } = await old.query(
    `select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, last_value::text as value from pg_sequences where last_value is not null`,
  );
  for (const { name: sequence, value } of rows)
    await next.query('select setval($1::regclass, $2::bigint)', [sequence, value]);
  return rows.length;
}

const digest = (table) =>
  `select count(*)::text as rows, coalesce(sum(('x' || substr(md5(t::text), 1, 16))::bit(64)::bigint::numeric), 0)::text as digest from ${table} t`;

/** Holds every table of both servers against each other: content while the time allows, number of rows in any case. */
async function compare(old, next) {
  const until = Date.now() + compareBudget;
  const found = { tables: 0, rows: 0, byContent: 0 };
  for (const table of (await tablesOf(old)).filter((one) => !one.part)) {
    const sql =
      Date.now() < until ? digest(table.name) : `select count(*)::text as rows, '' as digest from ${table.name}`;
    const [a, b] = await Promise.all([old.query(sql), next.query(sql)]);
    if (a.rows[0].rows !== b.rows[0].rows || a.rows[0].digest !== b.rows[0].digest)
      throw fault(
        `${table.name} differs on the new server (${a.rows[0].rows} rows, ${b.rows[0].rows} there): nothing was changed over.`,
      );
    found.tables += 1;
    found.rows += Number(a.rows[0].rows);
    if (a.rows[0].digest !== '') found.byContent += 1;
  }
  return found;
}

/** The folder that an upgrade from that version leaves behind. */
const keptFolder = (data, version) => `${data}.postgresql-${version}`;

/**
 * @param {{ dir: string, log: (line: string) => void }} options
 * @returns {Promise<{ from: string, to: string, freeze_s: number, tables: number, rows: number, byContent: number, kept: string }>}
 */
export async function upgradeDatabase({ dir: asked, log }) {
  const dir = resolve(root, asked);
  const files = filesOf(dir);
  let state = readState(files.state);
  const home = postgresHome(dir, state?.data);
  const from = versionOf(home.data);
  if (from === undefined || state === undefined) throw fault(`There is no database in ${home.data} yet.`);
  if (from === major)
    throw fault(`The database is of PostgreSQL ${major} already: there is nothing to upgrade.`, { code: 'newest' });
  const kept = keptFolder(home.data, from);
  if (existsSync(kept)) throw fault(`${kept} is left from an earlier upgrade: move it away first.`);
  const server = await startPostgres({ dir, purpose: 'command', ...archiveOption(), log });
  state = readState(files.state);
  const old = await open(server.url);
  const following = { ...home, programs: programsOfMajor(major, home.user), data: `${home.data}.next` };
  const nextFiles = { ...files, log: `${files.log}.next` };
  const nextState = { password: state.password, port: await freePort() };
  const release = takeLease(files.users);
  let next;
  let frozenAt;
  let switched = false;
  try {
    const { rows } = await old.query(`select current_setting('wal_level') as level`);
    if (rows[0].level !== 'logical')
      throw fault('The running server was started by an older Sen: restart the site once, then upgrade.');
    await abandon(old, following);
    log(`Making a server of PostgreSQL ${major} …`);
    initialise(following, 'command', state.password);
    const { settings, key } = settingsFor('command', undefined, archiveOption().archive);
    if (archiveOption().archive !== undefined) prepareArchive(following, archiveOption().archive);
    // It archives nothing before it is the one.
    writeSettings(following, {
      ...settings,
      ...(archiveOption().archive === undefined ? {} : { archive_mode: 'off' }),
    });
    (await launchPatiently(following, nextFiles, nextState, log)).unref();
    const admin = await open(urlOf(nextState, nextState.port).replace(/\/sen$/, '/postgres'));
    await admin.query('create database sen');
    await admin.end();
    const prepared = await runChild(nodeProgram, ['dist/server/cli.js', 'database', 'prepare-copy'], {
      env: { DATABASE_URL: server.url, SEN_COPY_URL: urlOf(nextState, nextState.port) },
    });
    if (prepared !== 0) throw fault('The tables could not be made on the new server (see above).');
    next = await open(urlOf(nextState, nextState.port));
    await follow(old, next, server.url, log);
    // Stopping writes what is in memory to disk: most of it now, little of it later.
    await Promise.all([old.query('checkpoint'), next.query('checkpoint')]);
    await caughtUp(old, 600_000);
    const result = await withLock(files.lock, async () => {
      frozenAt = Date.now();
      await freeze(old);
      await caughtUp(old, 3000);
      await copySequences(old, next);
      const found = await compare(old, next);
      await next.query(`alter subscription ${name} disable`);
      await next.query(`alter subscription ${name} set (slot_name = none)`);
      await next.query(`drop subscription ${name}`);
      await next.end();
      await forgetFollower(old);
      await Promise.all([shutDown(following.data), shutDown(home.data)]);
      switched = true;
      renameSync(home.data, kept);
      renameSync(following.data, home.data);
      writeSettings({ ...following, data: home.data }, settings);
      state.settings = key;
      writeState(files.state, state);
      (await launchPatiently({ ...following, data: home.data }, files, state, log)).unref();
      return { ...found, freeze_s: Number(((Date.now() - frozenAt) / 1000).toFixed(2)) };
    });
    const fresh = await open(urlOf(state, state.port));
    await fresh.query('analyze');
    await fresh.end();
    return { from, to: major, ...result, kept };
  } catch (error) {
    log('Going back to the old server …');
    if (switched) await goBack(home, following, kept, files, state, log);
    else {
      if (frozenAt !== undefined) await unfreeze(old).catch(() => undefined);
      await next?.query(`alter subscription ${name} disable`).catch(() => undefined);
      await abandon(old, following).catch(() => undefined);
    }
    throw error;
  } finally {
    await old.end().catch(() => undefined);
    rmSync(nextFiles.log, { force: true });
    release();
    await server.stop();
  }
}

/** Removes what a broken-off upgrade has made: the new server, and what the old one keeps for it. */
async function abandon(old, following) {
  await shutDown(following.data);
  rmSync(following.data, { recursive: true, force: true });
  await forgetFollower(old);
}

/** The old server keeps its log for a follower until it is told that there is none any more. */
async function forgetFollower(old) {
  await old.query('set default_transaction_read_only = off');
  for (let tries = 0; tries < 100; tries += 1) {
    const dropped = await old
      .query(`select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '${name}'`)
      .then(
        () => true,
        () => false,
      );
    if (dropped) break;
    await pause(20);
  }
  await old.query(`drop publication if exists ${name}`);
  await old.query('reset default_transaction_read_only');
}

async function goBack(home, following, kept, files, state, log) {
  await shutDown(home.data);
  if (existsSync(kept)) {
    if (existsSync(home.data)) renameSync(home.data, following.data);
    renameSync(kept, home.data);
  }
  allowWriting(home.data);
  rmSync(following.data, { recursive: true, force: true });
  (await launchPatiently(home, files, state, log)).unref();
}

/** Takes the freeze out of a stopped server's settings. */
function allowWriting(data) {
  const file = join(data, 'postgresql.auto.conf');
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, lines.filter((line) => !line.startsWith('default_transaction_read_only')).join('\n'));
}

/** Returns to the folder that the last upgrade kept. What was written since then stays in the folder that is moved aside. */
export async function undoUpgrade({ dir: asked, log }) {
  const dir = resolve(root, asked);
  const files = filesOf(dir);
  const home = postgresHome(dir, readState(files.state)?.data);
  const versions = ['15', '16', '17', '18', '19'].filter((one) => existsSync(keptFolder(home.data, one)));
  if (versions.length === 0) throw fault('There is no upgrade to undo: no folder of an older version is kept.');
  return withLock(files.lock, async () => {
    if (runningOn(home.data) !== undefined || liveLeases(files.users) > 0)
      throw fault('Sen is running: stop it first.');
    const aside = `${home.data}.undone-${Date.now()}`;
    renameSync(home.data, aside);
    renameSync(keptFolder(home.data, versions.at(-1)), home.data);
    allowWriting(home.data);
    log(`✓ PostgreSQL ${versions.at(-1)} is back. What was written since the upgrade is in ${aside} only.`);
  });
}

/** npx sen database upgrade [--undo] */
export async function upgradeCommand(args, dir) {
  const log = (line) => process.stderr.write(`${line}\n`);
  if (args.includes('--undo')) {
    await undoUpgrade({ dir, log });
    return 0;
  }
  if (backupsFolder() === undefined)
    log('There are no automatic back-ups (SEN_BACKUPS): make one first with npx sen backup.');
  const done = await upgradeDatabase({ dir, log });
  log(
    `✓ PostgreSQL ${done.from} → ${done.to}: ${done.tables} tables, ${done.rows} rows the same (${done.byContent} tables by content); nothing could be written for ${done.freeze_s} s.\n  The old folder is kept in ${done.kept}; npx sen database upgrade --undo returns to it, without what is written from now on.`,
  );
  console.log(JSON.stringify(done));
  return 0;
}
