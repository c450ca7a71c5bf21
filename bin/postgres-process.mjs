// The server's process: begun, recognised, waited for, ended.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fault, knownCause } from './fault.mjs';
import { birthOf, isAlive } from './lease.mjs';

/** PostgreSQL's programs get nothing of ours: PG… variables would change what they do. */
export const cleanEnvironment = () => ({ PATH: process.env['PATH'] ?? '/usr/bin:/bin', LANG: 'C.UTF-8' });
/** Options of spawn for running as the given user, or as ourselves. */
export const asUser = (user) => (user === undefined ? {} : { uid: user.uid, gid: user.gid });

/** The fault behind a program's output. */
export function failOf(output, data, what) {
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
export function isPostmasterOf(pid, data) {
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  if (!existsSync('/proc/self/cmdline')) return true;
  try {
    if (readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)) return true;
  } catch {
    // Another user's process: its command line is still readable.
  }
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return (words[0] ?? '').endsWith('postgres') && words.includes(data);
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

/**
 * Starts the server, trying again when the port was taken in between or a killed predecessor's processes are still ending.
 * `newPort` is told when the state got another port; without it the port stays.
 */
export async function launchPatiently(home, files, state, log, newPort) {
  const until = Date.now() + 20_000;
  for (;;) {
    try {
      return await launch(home, files, state, log);
    } catch (error) {
      const said = error.said ?? '';
      const portTaken = /could not bind|could not create any TCP\/IP sockets/.test(said);
      const stillEnding = /pre-existing shared memory block|lock file .* already exists/.test(said);
      if (Date.now() > until || !(portTaken || stillEnding)) throw error;
      if (portTaken && newPort !== undefined) {
        state.port = await freePort();
        newPort();
      } else {
        await pause(200);
      }
    }
  }
}

/** True once the server that runs on this folder accepts connections; false when none runs. */
export async function waitForReady(data) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const now = runningOn(data);
    if (now === undefined) return false;
    if (now.ready) return true;
    await pause(20);
  }
  return false;
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
export async function shutDown(data) {
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
