import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { createBatcher } from '../../platform/batcher.ts';
import { blobPath } from './blob-path.ts';

/*
 * Small blobs are made durable together: a write-ahead journal of preallocated segments, one write and one sync for all
 * that arrive while the last sync was under way. The blob's own file is then written without a sync of its own. When a
 * segment is full the file system is synced once and the segment used anew; after a crash the journal is read again and what is
 * missing is written. A paper of 20 kB with a sync of its own costs three commits of the file system's journal; this costs none.
 */

const FOLDER = '.journal';
const SEGMENT_BYTES = 16 * 1024 * 1024;
/** A journal of another node that was not written for so long belongs to a node that is gone. */
const FOREIGN_DAYS = 7;
const HEADER_BYTES = 64;
const MAGIC = 0x53_45_4e_42;
/** Larger blobs go to their file with a sync of their own. */
export const JOURNALED_BYTES = 256 * 1024;

interface Segment {
  path: string;
  file: FileHandle;
  epoch: bigint;
  offset: number;
  /** Blob files of this segment that are still being written. */
  placing: number;
  placed: string[];
  whenPlaced: (() => void) | null;
  /** Settles when the segment may be used anew. */
  free: Promise<void>;
}
interface Entry {
  sha256: Buffer;
  bytes: Buffer;
}

export interface BlobJournal {
  /** Resolves when the bytes are durable and lie under their digest. */
  keep(sha256: Buffer, bytes: Buffer): Promise<void>;
  /** Syncs what is open, so that nothing has to be read again at the next start. */
  close(): Promise<void>;
}

const journals = new Map<string, Promise<BlobJournal>>();
const ownNames = new Set<string>();

/** The journal of a store, opened at first use. @throws when the folder cannot be written */
export function journalOf(folder: string): Promise<BlobJournal> {
  let journal = journals.get(folder);
  if (!journal) {
    journal = openJournal(folder);
    journal.catch(() => journals.delete(folder));
    journals.set(folder, journal);
  }
  return journal;
}

/** Closes every journal of this process: at the end of the program, so that the next start has nothing to do. */
export async function closeJournals(): Promise<void> {
  for (const journal of journals.values()) await (await journal).close();
}

async function openJournal(folder: string): Promise<BlobJournal> {
  await mkdir(join(folder, FOLDER), { recursive: true });
  const owner = `${hostname()}_${process.pid}_${randomBytes(4).toString('hex')}`;
  const segments: Segment[] = [];
  const addSegment = async (): Promise<Segment> => {
    const name = `${owner}_${segments.length}`;
    ownNames.add(name);
    const segment = await newSegment(join(folder, FOLDER, name));
    segments.push(segment);
    return segment;
  };
  let active = await addSegment();

  /** Goes on in the other segment and frees the full one in the background; waits when the other is not free yet. */
  async function rotate(full: Segment): Promise<Segment> {
    const next = segments.find((segment) => segment !== full) ?? (await addSegment());
    await next.free;
    full.free = checkpoint(folder, full);
    full.free.catch(() => {}); // whoever waits for the segment gets the error
    next.epoch = newEpoch();
    next.offset = 0;
    return next;
  }

  async function append(entries: readonly Entry[]): Promise<Segment[]> {
    const bytes = entries.reduce((sum, entry) => sum + HEADER_BYTES + entry.bytes.length, 0);
    if (active.offset + bytes > SEGMENT_BYTES) active = await rotate(active);
    const segment = active;
    const block = Buffer.concat(entries.flatMap((entry) => [headerOf(segment.epoch, entry), entry.bytes]));
    await segment.file.write(block, 0, block.length, segment.offset);
    await segment.file.datasync();
    segment.offset += block.length;
    segment.placing += entries.length;
    return entries.map(() => segment);
  }
  const durable = createBatcher<Entry, Segment>(append, { maxBatch: 64, inFlight: 1, maxWaiting: 10_000 });

  return {
    async keep(sha256, bytes) {
      const path = blobPath(folder, sha256);
      // Side by side: the answer waits for both, and whichever a crash leaves alone is an orphan or is written again.
      const placing = placeBlob(path, bytes);
      placing.catch(() => {}); // told below, once the segment is known
      const segment = await durable({ sha256, bytes });
      try {
        await placing;
        segment.placed.push(path);
      } finally {
        segment.placing--;
        if (segment.placing === 0) segment.whenPlaced?.();
      }
    },
    async close() {
      journals.delete(folder);
      for (const segment of segments) {
        await segment.free;
        await checkpoint(folder, segment);
        await segment.file.close();
        await rm(segment.path, { force: true });
      }
    },
  };
}

async function newSegment(path: string): Promise<Segment> {
  const file = await open(path, 'w+');
  await file.writeFile(Buffer.alloc(SEGMENT_BYTES)); // written in full, so that a later write changes no metadata
  await file.sync();
  return {
    path,
    file,
    epoch: newEpoch(),
    offset: 0,
    placing: 0,
    placed: [],
    whenPlaced: null,
    free: Promise.resolve(),
  };
}

const newEpoch = (): bigint => randomBytes(8).readBigUInt64LE();

/** Makes everything a segment holds durable in its own place. */
async function checkpoint(folder: string, segment: Segment): Promise<void> {
  if (segment.placing > 0) await new Promise<void>((done) => (segment.whenPlaced = done));
  segment.whenPlaced = null;
  const placed = segment.placed;
  segment.placed = [];
  if (placed.length > 0) await syncAll(folder, placed);
}

/** One sync of the whole file system where the system offers it, else one of each file and folder. */
async function syncAll(folder: string, paths: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)('sync', ['-f', folder]);
  } catch {
    for (const path of [...paths, ...new Set(paths.map((path) => dirname(path))), folder]) {
      const file = await open(path, 'r').catch(() => null);
      await file?.sync();
      await file?.close();
    }
  }
}

const madeFolders = new Set<string>();

/** Writes a blob under its name without a sync: the journal holds it until a checkpoint. */
async function placeBlob(path: string, bytes: Buffer): Promise<void> {
  const parent = dirname(path);
  if (!madeFolders.has(parent)) {
    await mkdir(parent, { recursive: true });
    madeFolders.add(parent);
  }
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    madeFolders.delete(parent);
    await rm(temporary, { force: true });
    throw error;
  }
}

function headerOf(epoch: bigint, { sha256, bytes }: Entry): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(MAGIC, 0);
  header.writeBigUInt64LE(epoch, 4);
  header.writeUInt32LE(bytes.length, 12);
  sha256.copy(header, 16);
  header.writeUInt32LE(crc32(header.subarray(0, 48)), 48);
  return header;
}

/** The entries of one epoch from the beginning of a segment, up to the first that is torn or of an older use. */
export function* entriesOf(segment: Buffer): Generator<Entry> {
  let epoch: bigint | null = null;
  for (let offset = 0; offset + HEADER_BYTES <= segment.length;) {
    const header = segment.subarray(offset, offset + HEADER_BYTES);
    if (header.readUInt32LE(0) !== MAGIC || header.readUInt32LE(48) !== crc32(header.subarray(0, 48))) return;
    epoch ??= header.readBigUInt64LE(4);
    if (header.readBigUInt64LE(4) !== epoch) return;
    const start = offset + HEADER_BYTES;
    const bytes = segment.subarray(start, start + header.readUInt32LE(12));
    const sha256 = Buffer.from(header.subarray(16, 48));
    if (!createHash('sha256').update(bytes).digest().equals(sha256)) return;
    yield { sha256, bytes };
    offset = start + bytes.length;
  }
}

/**
 * After a crash: writes every blob of the journals that is not in its place, syncs, and drops journals whose owner is
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
      if ((await stat(target).catch(() => null))?.size === bytes.length) continue;
      await placeBlob(target, bytes);
      written++;
    }
    if (placed.length > 0) await syncAll(folder, placed);
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
  if (Number(pid) === process.pid) return !ownNames.has(name);
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code !== 'EPERM';
  }
}
