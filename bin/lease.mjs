// Who is using a thing: a lock held for moments, and leases held for the life of a program. Both survive kill -9 of their
// holder, because a holder is named by process id and start time and is not believed when it is dead.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fault } from './fault.mjs';

/** The fields of /proc/PID/stat from the state on; undefined where there is no such file. */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** True while a process of that id runs (it may belong to another user). One that ended and was not collected yet is dead. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return !['Z', 'X'].includes(statOf(pid)?.[0] ?? '');
}

/** The moment a process began, in clock ticks since boot; '' where it cannot be known. Tells a process from a later one with the same id. */
export function birthOf(pid) {
  return statOf(pid)?.[19] ?? '';
}

function holderLives(text) {
  const [pid, birth = ''] = text.trim().split(' ');
  const id = Number(pid);
  return Number.isInteger(id) && id > 0 && isAlive(id) && (birth === '' || birthOf(id) === birth);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Runs `work` while no other process holds the same lock. A lock whose holder died is taken over.
 * @param {string} file the lock's file
 * @param {() => Promise<T>} work
 * @param {number} patience milliseconds to wait for another holder
 * @returns {Promise<T>}
 * @template T
 */
export async function withLock(file, work, patience = 120_000) {
  const me = `${process.pid} ${birthOf(process.pid)}`;
  const until = Date.now() + patience;
  for (;;) {
    try {
      writeFileSync(file, me, { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = read(file);
    if (holder !== undefined && holder !== '' && !holderLives(holder)) {
      // Two waiters may see the same dead holder: the rename lets only one of them clear it.
      const aside = `${file}.${process.pid}`;
      try {
        renameSync(file, aside);
        if (read(aside) !== holder) renameSync(aside, file);
        else rmSync(aside, { force: true });
      } catch {
        // Another waiter was first.
      }
      continue;
    }
    if (Date.now() > until)
      throw fault(
        `Another program (process ${holder}) has been preparing this installation for too long: stop it and start again.`,
      );
    await pause(25);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

let counter = 0;

/** Notes in `folder` that this process uses the thing, until the returned function is called or the process is gone. */
export function takeLease(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  counter += 1;
  const file = join(folder, `${process.pid}-${counter}`);
  writeFileSync(file, `${process.pid} ${birthOf(process.pid)}`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/** How many living holders there are; the notes of dead ones are cleared away. */
export function liveLeases(folder) {
  let names = [];
  try {
    names = readdirSync(folder);
  } catch {
    return 0;
  }
  let count = 0;
  for (const name of names) {
    const file = join(folder, name);
    const holder = read(file);
    if (holder === undefined) continue;
    if (holderLives(holder)) count += 1;
    else rmSync(file, { force: true });
  }
  return count;
}
