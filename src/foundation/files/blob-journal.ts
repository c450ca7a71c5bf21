import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createBatcher } from '../../platform/batcher.ts';
import { blobPath } from './blob-path.ts';
import { entriesOf, type JournalEntry } from './journal-format.ts';
import type { JournalAnswer, JournalOrder, JournalPlace, JournalSizes } from './journal-worker.ts';
import { placeBlob, syncPlaced } from './place-blob.ts';

/*
 * Small blobs are made durable together: a write-ahead journal of preallocated segments, one write and one sync for all that
 * arrive while the last sync was under way, in a thread of its own. The blob's own file follows a moment later without a sync. When a
 * segment is full the file system is synced once and the segment used anew; after a crash the journal is read again and what is
 * missing is written. A paper of 20 kB with a sync of its own costs three commits of the file system's journal; this costs none.
 */

const FOLDER = '.journal';
/** A journal of another node that was not written for so long belongs to a node that is gone. */
const FOREIGN_DAYS = 7;
/** Larger blobs go to their file with a sync of their own. */
export const JOURNALED_BYTES = 256 * 1024;
/** Beside this file, and compiled as it is. */
const THREAD = new URL(`./journal-worker${extname(import.meta.filename)}`, import.meta.url);
/** How long another process may take to put a blob it acknowledged into its file. */
const ARRIVES_MS = 2_000;

const MIB = 1024 * 1024;
/** 464 MiB in all. */
const SIZES: JournalSizes = { firstBytes: 16 * MIB, nextBytes: 64 * MIB, segments: 8 };

export interface BlobJournal {
  /** Resolves when the bytes are durable. They can be read at once here, and a moment later by every process. */
  keep(sha256: Buffer, bytes: Buffer): Promise<void>;
  /** Resolves when everything kept so far lies under its digest. */
  settled(): Promise<void>;
  /** Syncs what is open, so that nothing has to be read again at the next start. */
  close(): Promise<void>;
}

const journals = new Map<string, Promise<BlobJournal>>();
const ownNames = new Set<string>();
/** Durable blobs that are not in their files yet, by their path. */
const pending = new Map<string, Buffer>();

/** The journal of a store, opened at first use with these sizes. @throws when the folder cannot be written */
export function journalOf(folder: string, sizes = SIZES): Promise<BlobJournal> {
  let journal = journals.get(folder);
  if (!journal) {
    journal = openJournal(folder, sizes);
    journal.catch(() => journals.delete(folder));
    journals.set(folder, journal);
  }
  return journal;
}

/** Closes every journal of this process: at the end of the program, so that the next start has nothing to do. */
export async function closeJournals(): Promise<void> {
  for (const journal of journals.values()) await (await journal).close();
}

/** Bytes of a small blob that this process has made durable and that are on their way to their file, or undefined. */
export const pendingBlob = (folder: string, sha256: Buffer): Buffer | undefined =>
  pending.get(blobPath(folder, sha256));

/** Waits for the file of a blob that another process may just have acknowledged. False when it does not come. */
export async function blobArrives(folder: string, sha256: Buffer): Promise<boolean> {
  const path = blobPath(folder, sha256);
  for (const until = Date.now() + ARRIVES_MS; ; await sleep(25)) {
    const found = await stat(path).catch(() => null);
    if (found !== null) return found.isFile();
    if (Date.now() >= until) return false;
  }
}

/** What a thread that failed left in its journal goes to its files; until that is done it is read from memory. */
async function takeBack(folder: string): Promise<void> {
  try {
    await recoverBlobs(folder);
  } catch {
    return; // it stays in memory and in the journal, which the next start reads again
  }
  for (const path of pending.keys()) if (path.startsWith(join(folder, '/'))) pending.delete(path);
}

async function openJournal(folder: string, sizes: JournalSizes): Promise<BlobJournal> {
  const journalFolder = join(folder, FOLDER);
  await mkdir(journalFolder, { recursive: true });
  const owner = `${hostname()}_${process.pid}_${randomBytes(4).toString('hex')}`;
  ownNames.add(owner);
  const place: JournalPlace = { folder, journalFolder, owner, sizes };
  const thread = new Worker(THREAD, { workerData: place, execArgv: [] });
  thread.unref();
  let appended: { resolve(): void; reject(error: Error): void } | null = null;
  let whenClosed: (() => void) | null = null;
  /** The thread is gone. When nobody asked it to go, what it had not put in place yet is read back from its journal. */
  const end = (error: Error): void => {
    if (journals.get(folder) === opened) journals.delete(folder);
    appended?.reject(error);
    appended = null;
    if (whenClosed === null && ownNames.delete(owner)) void takeBack(folder);
    whenClosed?.();
  };
  thread.on('message', (message: JournalAnswer) => {
    if ('placed' in message) for (const path of message.placed) pending.delete(path);
    else if ('closed' in message) whenClosed?.();
    else if ('durable' in message) appended?.resolve();
    else if ('failed' in message)
      appended?.reject(new Error(`The journal of papers cannot be written: ${message.failed}`));
    if ('durable' in message || 'failed' in message) appended = null;
  });
  thread.on('error', end);
  thread.on('exit', () => end(new Error('The thread that writes the journal of papers has ended')));

  const order = (message: JournalOrder) => thread.postMessage(message);
  const append = async (entries: readonly JournalEntry[]): Promise<null[]> => {
    const placed = entries.map((entry) => ({ ...entry, path: blobPath(folder, Buffer.from(entry.sha256)) }));
    const durable = new Promise<void>((resolve, reject) => (appended = { resolve, reject }));
    thread.ref(); // the program does not end while somebody waits
    order({ append: placed });
    try {
      await durable;
    } finally {
      thread.unref();
    }
    return entries.map(() => null);
  };
  const durable = createBatcher<JournalEntry, null>(append, { maxBatch: 64, inFlight: 1, maxWaiting: 10_000 });

  const opened: Promise<BlobJournal> = Promise.resolve({
    async keep(sha256, bytes) {
      const path = blobPath(folder, sha256);
      pending.set(path, bytes);
      try {
        await durable({ sha256, bytes });
      } catch (error) {
        pending.delete(path);
        throw error;
      }
    },
    async settled() {
      const ownPaths = join(folder, '/');
      while ([...pending.keys()].some((path) => path.startsWith(ownPaths))) await sleep(5);
    },
    async close() {
      if (journals.get(folder) === opened) journals.delete(folder);
      thread.ref();
      const closed = new Promise<void>((done) => (whenClosed = done));
      order({ close: true });
      await closed;
    },
  });
  return opened;
}

/**
 * After a crash: writes every blob of the journals that is not whole in its place, syncs, and drops journals whose owner is
 * gone. Harmless at any time, also beside a running program. Returns how many blobs had to be written.
 */
export async function recoverBlobs(folder: string): Promise<number> {
  const names = await readdir(join(folder, FOLDER)).catch(() => []);
  let written = 0;
  for (const name of names) {
    const path = join(folder, FOLDER, name);
    const placed: string[] = [];
    for (const { sha256, bytes } of entriesOf(await readFile(path).catch(() => Buffer.alloc(0)))) {
      const target = blobPath(folder, sha256);
      placed.push(target);
      if ((await readFile(target).catch(() => null))?.equals(bytes)) continue;
      placeBlob(target, bytes);
      written++;
    }
    await syncPlaced(folder, placed);
    if (await isAbandoned(name, path)) await rm(path, { force: true });
  }
  return written;
}

async function isAbandoned(name: string, path: string): Promise<boolean> {
  const [host, pid] = name.split('_');
  if (host !== hostname()) {
    const facts = await stat(path).catch(() => null);
    return facts !== null && facts.mtimeMs < Date.now() - FOREIGN_DAYS * 86_400_000;
  }
  if (Number(pid) === process.pid) return !ownNames.has(name.slice(0, name.lastIndexOf('_')));
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code !== 'EPERM';
  }
}
