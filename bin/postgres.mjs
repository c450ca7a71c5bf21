// The embedded PostgreSQL 18: made, started, shared, adopted and stopped here and nowhere else.
// Servers are shared by counting leases, so two test runs or a running site and a command get along; a server left behind
// by a killed program is adopted by the next one.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fault, isFault, knownCause } from './fault.mjs';
import { birthOf, isAlive, liveLeases, takeLease, withLock } from './lease.mjs';
import { handOver, postgresHome } from './postgres-home.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const major = '18';
const zone = "'Asia/Ho_Chi_Minh'";

const durable = {
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  max_connections: '100',
  synchronous_commit: 'on',
};
// Test data are thrown away: speed is all that counts.
const throwaway = {
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  max_connections: '200',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum_naptime: '5min',
};
const always = {
  listen_addresses: "'127.0.0.1'",
  unix_socket_directories: "''",
  password_encryption: "'scram-sha-256'",
  timezone: zone,
  log_timezone: zone,
  lc_messages: "'C'",
  // The log outlives the program that started the server: never a pipe.
  logging_collector: 'on',
  log_directory: "'log'",
  log_filename: "'postgresql-%a.log'",
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_line_prefix: "'%m [%p] '",
  random_page_cost: '1.1',
};

/** The files that go with a cluster, beside its folder in the checkout. */
function filesOf(dir) {
  const beside = (suffix) => join(dirname(dir), `${basename(dir)}.${suffix}`);
  return { state: beside('json'), lock: beside('lock'), users: beside('users'), log: beside('start.log') };
}

function readState(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function writeState(file, state) {
  writeFileSync(`${file}.new`, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const address = (state, database = 'sen') => `postgres://sen:${state.password}@127.0.0.1:${state.port}/${database}`;

function isFree(port) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}

/** A free loopback port below the range the system hands out to outgoing connections. */
export async function freePort(wanted) {
  if (wanted !== undefined && (await isFree(wanted))) return wanted;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
  throw fault('No free port was found on 127.0.0.1 for PostgreSQL.');
}

/** What postmaster.pid says: the process, its port, and whether it accepts connections. */
function pidFile(data) {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: (lines[7] ?? '').trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/** True when that process is a PostgreSQL server on that data folder, and not another program that got the same id. */
function isPostmasterOf(pid, data) {
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  if (!existsSync('/proc/self/cmdline')) return true;
  try {
    if (readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)) return true;
  } catch {
    // Another user's process: its command line is still readable.
  }
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return /postgres$/.test(words[0] ?? '') && words.includes(data);
  } catch {
    return false;
  }
}

/** The server running on this data folder, if any. A stale pid file is cleared, so that PostgreSQL does not trip over it. */
export function runningOn(data) {
  const found = pidFile(data);
  if (found === undefined) return undefined;
  if (isPostmasterOf(found.pid, data)) return found;
  rmSync(join(data, 'postmaster.pid'), { force: true });
  return undefined;
}

async function connect(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const cleanEnvironment = () => ({ PATH: process.env['PATH'] ?? '/usr/bin:/bin', LANG: 'C.UTF-8' });
const asUser = (user) => (user === undefined ? {} : { uid: user.uid, gid: user.gid });

function failOf(output, data, what) {
  const cause = knownCause(output, data);
  if (cause !== undefined) return fault(cause.message, { code: cause.code, detail: output });
  const told = output
    .split('\n')
    .map((line) => /(?:FATAL|PANIC|initdb: error|error while loading[^:]*):\s+(.*)/.exec(line)?.[1])
    .filter((line) => line !== undefined);
  return fault(`${what}: ${told.at(-1) ?? (output.trim().split('\n').at(-1) || 'no reason given')}.`, {
    detail: output,
  });
}

/** Fails with one sentence when the folder is there but is not a cluster this installation can run. */
function checkFolder(home, state) {
  const info = statSync(home.data, { throwIfNoEntry: false });
  if (info === undefined) return 'missing';
  const where = home.data;
  if (!info.isDirectory()) throw fault(`${where} is not a folder: move it away and start again.`, { code: 'foreign' });
  const mine = home.user?.uid ?? process.getuid?.();
  if (mine !== undefined && info.uid !== mine) {
    if (info.uid === 0 && readdirSync(where).length === 0) return 'empty';
    throw fault(
      `The data folder ${where} belongs to another user (uid ${info.uid}): start as that user, or move the folder away.`,
      { code: 'foreign' },
    );
  }
  const names = readdirSync(where);
  if (names.length === 0) return 'empty';
  if (!names.includes('PG_VERSION'))
    throw fault(`The folder ${where} holds files that are not a PostgreSQL database: move them away and start again.`, {
      code: 'foreign',
    });
  const version = readFileSync(join(where, 'PG_VERSION'), 'utf8').trim();
  if (version !== major)
    throw fault(
      `The data folder ${where} was made by PostgreSQL ${version}, this is ${major}: move it away, or upgrade it first.`,
      { code: 'foreign' },
    );
  if (state?.password === undefined)
    throw fault(
      `The data folder ${where} was not made by this installation (its password is not in .sen): move it away, or restore the password file.`,
      { code: 'foreign' },
    );
  return 'ready';
}

/** Makes the cluster in a folder beside, then renames it into place: a killed attempt leaves nothing half-made. */
function initialise(home, purpose) {
  const password = randomBytes(24).toString('base64url');
  const fresh = `${home.data}.new`;
  const secret = `${home.data}.pw`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  handOver(fresh, home.user);
  rmSync(secret, { force: true });
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  handOver(secret, home.user);
  const run = (locale) =>
    spawnSync(
      join(home.programs, 'bin', 'initdb'),
      [
        '-D',
        fresh,
        '-U',
        'sen',
        `--pwfile=${secret}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        `--locale=${locale}`,
        '--data-checksums',
        '--no-instructions',
        ...(purpose === 'test' ? ['--no-sync'] : []),
      ],
      { ...asUser(home.user), cwd: '/', env: cleanEnvironment(), encoding: 'utf8' },
    );
  try {
    let made = run('C.UTF-8');
    if (made.status !== 0 && /invalid locale/.test(made.stderr ?? '')) made = run('C');
    if (made.status !== 0)
      throw failOf(
        `${made.stderr}${made.error?.message ?? ''}`,
        home.data,
        'PostgreSQL could not make its data folder',
      );
    if (existsSync(home.data)) rmSync(home.data, { recursive: true });
    renameSync(fresh, home.data);
  } finally {
    rmSync(secret, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
  return password;
}

function writeSettings(home, settings) {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const text = `# Written at every start; lasting changes of your own: ALTER SYSTEM SET.\n${lines.join('\n')}\n`;
  const file = join(home.data, 'postgresql.conf');
  if (readFileSync(file, 'utf8') === text) return;
  writeFileSync(file, text);
  handOver(file, home.user);
}

const lastLines = (file) => {
  try {
    return readFileSync(file, 'utf8').slice(-4000);
  } catch {
    return '';
  }
};

/** All that a server which did not come up has said: before its log collector ran, and after. */
function spoken(home, files, since) {
  const folder = join(home.data, 'log');
  let collected = '';
  try {
    for (const name of readdirSync(folder))
      if (statSync(join(folder, name)).mtimeMs >= since - 1000) collected += lastLines(join(folder, name));
  } catch {
    // The collector had not begun.
  }
  return lastLines(files.log) + collected;
}

/** Starts the server process and waits until it accepts connections; resolves to its process. */
async function launch(home, files, state, log) {
  const since = Date.now();
  const out = openSync(files.log, 'w', 0o600);
  const child = spawn(join(home.programs, 'bin', 'postgres'), ['-D', home.data, '-p', String(state.port)], {
    ...asUser(home.user),
    cwd: '/',
    env: cleanEnvironment(),
    stdio: ['ignore', out, out],
    // Of its own session: Ctrl-C in the terminal must reach the site first, and PostgreSQL after it.
    detached: true,
  });
  closeSync(out);
  let ended;
  child.once('exit', (code, signal) => (ended = { code, signal }));
  child.once('error', (error) => (ended = { error }));
  let told = false;
  for (;;) {
    const now = pidFile(home.data);
    if (now?.ready === true && now.pid === child.pid) return child;
    if (ended !== undefined) {
      const said = `${spoken(home, files, since)}${ended.error?.message ?? ''}`;
      throw Object.assign(failOf(said, home.data, 'PostgreSQL did not start'), { said });
    }
    if (!told && Date.now() - since > 5000) {
      told = true;
      log('PostgreSQL is recovering its data after an unclean stop …');
    }
    await pause(10);
  }
}

/** Starts the server, trying again when the port was taken in between or a killed predecessor's processes are still ending. */
async function launchPatiently(home, files, state, log, { movePort }) {
  const until = Date.now() + 20_000;
  for (;;) {
    try {
      return await launch(home, files, state, log);
    } catch (error) {
      const said = error.said ?? '';
      const portTaken = /could not bind|could not create any TCP\/IP sockets/.test(said);
      const stillEnding = /pre-existing shared memory block|lock file .* already exists/.test(said);
      if (Date.now() > until || !(portTaken || stillEnding)) throw error;
      if (portTaken && movePort) {
        state.port = await freePort();
        writeState(files.state, state);
      } else {
        await pause(200);
      }
    }
  }
}

async function waitForEnd(pid, birth, milliseconds) {
  const until = Date.now() + milliseconds;
  while (isAlive(pid) && birthOf(pid) === birth) {
    if (Date.now() > until) return false;
    await pause(15);
  }
  return true;
}

/** Fast shutdown; immediate after a minute. */
async function shutDown(data) {
  const found = runningOn(data);
  if (found === undefined) return;
  const birth = birthOf(found.pid);
  for (const [signal, patience] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ]) {
    try {
      process.kill(found.pid, signal);
    } catch {
      return;
    }
    if (await waitForEnd(found.pid, birth, patience)) return;
  }
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
  const settings = { ...always, ...(options.purpose === 'test' ? throwaway : durable), ...options.settings };
  const settingsKey = createHash('sha256').update(JSON.stringify(settings)).digest('hex');

  const found = runningOn(home.data);
  if (found !== undefined) {
    const others = liveLeases(files.users) > 0;
    // A server on other settings is restarted, unless somebody is using it. A command asks for nothing special.
    const fits = state.settings === settingsKey || options.purpose === 'command' || others;
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
  state.settings = settingsKey;
  writeState(files.state, state);
  const child = await launchPatiently(home, files, state, log, { movePort: true });
  await checkServer(state, home.data);
  return { state, child, pid: child.pid, adopted: false };
}

async function waitForReady(data) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const now = runningOn(data);
    if (now === undefined) return false;
    if (now.ready) return true;
    await pause(20);
  }
  return false;
}

/** Restarts the server whenever it ends unasked, at the same address; waits for disk space when that was the cause. */
function keepAlive(home, files, up, options, log) {
  let wanted = true;
  let current = up.pid;
  let failures = 0;
  const revive = async () => {
    log('PostgreSQL ended unexpectedly: starting it again …');
    let waiting = false;
    while (wanted) {
      try {
        await withLock(files.lock, async () => {
          const found = runningOn(home.data);
          if (found !== undefined) current = found.pid;
          else if (wanted) {
            const child = await launchPatiently(home, files, up.state, log, { movePort: false });
            child.unref();
            current = child.pid;
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
          wanted = false;
          options.onLost?.(error);
          return;
        }
        await pause(1000 * failures);
      }
    }
  };
  const loop = async () => {
    while (wanted) {
      await pause(250, undefined, { ref: false });
      if (wanted && !isPostmasterOf(current, home.data)) await revive();
    }
  };
  void loop();
  return () => {
    wanted = false;
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
