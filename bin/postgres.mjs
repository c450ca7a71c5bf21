// The embedded PostgreSQL 18: made, started, shared, adopted and stopped here and nowhere else.
// Servers are shared by counting leases, so two test runs or a running site and a command get along; a server left behind
// by a killed program is adopted by the next one.
import { chownSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fault, isFault, knownCause } from './fault.mjs';
import { liveLeases, takeLease, withLock } from './lease.mjs';
import { checkFolder, initialise, prepareArchive, settingsFor, writeSettings } from './postgres-cluster.mjs';
import { postgresHome, programsOfMajor, versionOf } from './postgres-home.mjs';
import { freePort, isPostmasterOf, launchPatiently, runningOn, shutDown, waitForReady } from './postgres-process.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The files that go with a cluster, beside its folder in the checkout. */
export function filesOf(dir) {
  const beside = (suffix) => join(dirname(dir), `${basename(dir)}.${suffix}`);
  return { state: beside('json'), lock: beside('lock'), users: beside('users'), log: beside('start.log') };
}

export function readState(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'EACCES')
      throw fault(`${file} belongs to another user: start as that user.`, { code: 'foreign' });
    return undefined;
  }
}

export function writeState(file, state) {
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  // Root starting an ordinary user's installation once must not lock that user out.
  const { uid, gid } = statSync(dirname(file));
  if (process.getuid?.() === 0) chownSync(fresh, uid, gid);
  renameSync(fresh, file);
}

const address = (state, database = 'sen') => `postgres://sen:${state.password}@127.0.0.1:${state.port}/${database}`;

async function connect(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Makes sure the server is ours (the password opens it) and has the database `sen`. */
async function checkServer(state, data) {
  let client;
  try {
    client = await connect(address(state, 'postgres'));
  } catch (error) {
    if (error.code === '28P01')
      throw fault(
        `The data folder ${data} was not made by this installation (its password differs): move it away, or restore .sen.`,
        { code: 'foreign' },
      );
    throw error;
  }
  try {
    const { rows } = await client.query(
      "select current_setting('data_directory') as data, exists (select from pg_database where datname = 'sen') as made",
    );
    if (realpathSync(rows[0].data) !== realpathSync(data))
      throw fault(`Port ${state.port} is served by another PostgreSQL (${rows[0].data}).`);
    if (!rows[0].made) await client.query('create database sen');
  } finally {
    await client.end();
  }
}

/** Brings the server up under the lock; returns what is needed to watch and stop it. */
async function bringUp(home, files, options, log) {
  let state = readState(files.state);
  if (checkFolder(home, state) !== 'ready') {
    log('Making the database folder …');
    const password = initialise(home, options.purpose);
    state = { password, port: await freePort(state?.port), data: home.data };
    writeState(files.state, state);
  }
  if (options.archive !== undefined) prepareArchive(home, options.archive);
  const { settings, key } = settingsFor(options.purpose, options.settings, options.archive);
  const found = runningOn(home.data);
  if (found !== undefined) {
    const others = liveLeases(files.users) > 0;
    // A server on other settings is restarted, unless somebody is using it. A command asks for nothing special.
    const fits = state.settings === key || options.purpose === 'command' || others;
    if (fits && (await waitForReady(home.data))) {
      if (found.port !== state.port) {
        state.port = found.port;
        writeState(files.state, state);
      }
      await checkServer(state, home.data);
      return { state, child: undefined, pid: found.pid, adopted: true };
    }
    await shutDown(home.data);
  }
  writeSettings(home, settings);
  state.port = await freePort(state.port);
  state.settings = key;
  writeState(files.state, state);
  const child = await launchPatiently(home, files, state, log, () => writeState(files.state, state));
  await checkServer(state, home.data);
  return { state, child, pid: child.pid, adopted: false };
}

/** Restarts the server whenever it ends unasked, at the same address; waits for disk space when that was the cause. */
function keepAlive(home, files, up, options, log) {
  const watch = { wanted: true, pid: up.pid };
  let failures = 0;
  const revive = async () => {
    log('PostgreSQL ended unexpectedly: starting it again …');
    let waiting = false;
    while (watch.wanted) {
      try {
        await withLock(files.lock, async () => {
          const found = runningOn(home.data);
          if (found !== undefined) watch.pid = found.pid;
          else if (watch.wanted) {
            // Somebody may have moved it to another version meanwhile.
            const programs = programsOfMajor(versionOf(home.data), home.user);
            const child = await launchPatiently({ ...home, programs }, files, up.state, log);
            child.unref();
            watch.pid = child.pid;
          }
        });
        log('PostgreSQL is running again.');
        failures = 0;
        return;
      } catch (error) {
        if (error.code === 'disk-full') {
          if (!waiting) log('The disk is full: PostgreSQL starts again as soon as there is space.');
          waiting = true;
          await pause(2000);
          continue;
        }
        failures += 1;
        if (failures >= 5) {
          watch.wanted = false;
          options.onLost?.(error);
          return;
        }
        await pause(1000 * failures);
      }
    }
  };
  const loop = async () => {
    while (watch.wanted) {
      await pause(250, undefined, { ref: false });
      if (watch.wanted && !isPostmasterOf(watch.pid, home.data)) await revive();
    }
  };
  void loop();
  return () => {
    watch.wanted = false;
  };
}

/** See postgres.d.mts. */
export async function startPostgres(options) {
  const dir = resolve(root, options.dir);
  const log = options.log ?? (() => undefined);
  const files = filesOf(dir);
  let home;
  try {
    home = postgresHome(dir, readState(files.state)?.data);
  } catch (error) {
    if (isFault(error)) throw error;
    const cause = knownCause(`${error.code} ${error.message}`, dirname(dir));
    throw cause === undefined ? error : fault(cause.message, cause);
  }
  let release;
  const up = await withLock(files.lock, async () => {
    let result;
    try {
      result = await bringUp(home, files, options, log);
    } catch (error) {
      // A test cluster is not durable: one that a crash damaged is made anew. A full disk or a foreign folder is not damage.
      if (options.purpose !== 'test' || error.code !== undefined || liveLeases(files.users) > 0) throw error;
      await shutDown(home.data);
      rmSync(home.data, { recursive: true, force: true });
      result = await bringUp(home, files, options, log);
    }
    release = takeLease(files.users);
    return result;
  }).catch((error) => {
    if (isFault(error)) throw error;
    const cause = knownCause(`${error.code} ${error.message}`, dir);
    throw cause === undefined ? error : fault(cause.message, cause);
  });
  up.child?.unref();
  const unwatch = options.keepAlive === true ? keepAlive(home, files, up, options, log) : () => undefined;
  let stopping;
  const stop = () =>
    (stopping ??= withLock(files.lock, async () => {
      unwatch();
      release();
      if (liveLeases(files.users) === 0) await shutDown(home.data);
    }));
  return { url: address(up.state), port: up.state.port, data: home.data, pid: up.pid, adopted: up.adopted, stop };
}
