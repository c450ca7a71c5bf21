import { randomBytes } from 'node:crypto';
import { fdatasyncSync, rmSync, writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { entryBytes, headerOf, type JournalEntry } from './journal-format.ts';
import { placeBlob, syncPlaced } from './place-blob.ts';

/*
 * The thread that writes the papers' journal, started by blob-journal.ts with plain Node, which drops the types itself. One batch
 * at a time: one write, one sync, an answer; then the blobs go to their files, a few between two batches. A segment is used anew
 * when its blobs are in place and the file system was synced.
 */

/** What the thread is given at its start. */
export interface JournalPlace {
  folder: string;
  /** Where the segments lie. */
  journalFolder: string;
  /** Beginning of the segments' names. */
  owner: string;
  sizes: JournalSizes;
}
export interface JournalSizes {
  /** The first segment is small, for most stores never need another; those after it are larger, so that a busy one seldom syncs. */
  firstBytes: number;
  nextBytes: number;
  /** A rush fills one segment after the other before a sync of the file system is due, which holds up everybody. */
  segments: number;
}
export type JournalOrder = { append: readonly (JournalEntry & { path: string })[] } | { close: true };
export type JournalAnswer =
  | { durable: true }
  | { failed: string }
  | { placed: readonly string[] }
  | { waiting: string }
  | { closed: true };

const MIB = 1024 * 1024;
/** After so long without a batch nobody is held up by the sync. */
const QUIET_MS = 400;
/** Pause between two pieces of a segment in the making, so that the disk stays free for those who wait for it. */
const MAKING_PAUSE_MS = 20;
/** Bytes that may wait for their files; beyond it a batch waits. */
const MAX_WAITING_BYTES = 32 * MIB;
const RETRY_MS = 500;

interface Segment {
  path: string;
  file: FileHandle | null;
  size: number;
  epoch: bigint;
  offset: number;
  /** Blobs of this segment that are not in their files yet. */
  waiting: number;
  placed: string[];
  /** It was written full and its blobs are not known to be durable in their files. */
  isFull: boolean;
  /** A batch waits for it to be made. */
  isAwaited: boolean;
  /** Settles when the segment may be written: made, or synced after its last use. */
  free: Promise<void>;
}

const { folder, journalFolder, owner, sizes } = workerData as JournalPlace;
const answer = (message: JournalAnswer): void => parentPort?.postMessage(message);
const newEpoch = (): bigint => randomBytes(8).readBigUInt64LE();

const segments: Segment[] = [];
const unplaced: { segment: Segment; path: string; bytes: Uint8Array }[] = [];
const backlog = { bytes: 0 };
let active: Segment | undefined;
let isTidying = false;

/** A further segment, made in the background: written in full, so that a later write changes no metadata. */
function addSegment(): Segment {
  const size = segments.length === 0 ? sizes.firstBytes : sizes.nextBytes;
  const path = join(journalFolder, `${owner}_${segments.length}`);
  const segment: Segment = {
    path,
    file: null,
    size,
    epoch: newEpoch(),
    offset: 0,
    waiting: 0,
    placed: [],
    isFull: false,
    isAwaited: segments.length === 0,
    free: Promise.resolve(),
  };
  segments.push(segment);
  segment.free = make(segment);
  segment.free.catch(() => {
    segments.splice(segments.indexOf(segment), 1); // the next batch tries again
    if (active === segment) active = undefined;
    rmSync(path, { force: true });
  });
  return segment;
}

async function make(segment: Segment): Promise<void> {
  const file = await open(segment.path, 'w+');
  try {
    const zeros = Buffer.alloc(MIB);
    for (let at = 0; at < segment.size; at += MIB) {
      await file.write(zeros, 0, Math.min(MIB, segment.size - at), at);
      if (segment.isAwaited) continue;
      await file.datasync();
      await sleep(MAKING_PAUSE_MS);
    }
    await file.sync();
  } catch (error) {
    await file.close();
    throw error;
  }
  segment.file = file;
}

/** The segment that has room for a batch: the present one, or another, which may have to be made or become free first. */
async function segmentFor(bytes: number): Promise<Segment> {
  active ??= addSegment();
  const present = active;
  await present.free;
  if (present.offset > present.size / 2 && nextAfter(present) === undefined) {
    if (segments.length < sizes.segments) addSegment();
    else freeFullSegments();
  }
  if (present.offset + bytes <= present.size) return present;
  if (nextAfter(present) === undefined) freeFullSegments();
  const next = nextAfter(present) ?? addSegment();
  next.isAwaited = true;
  await next.free;
  present.isFull = true;
  next.epoch = newEpoch();
  next.offset = 0;
  active = next;
  return next;
}

/** A segment that is not full, or is about to be emptied. */
const nextAfter = (present: Segment): Segment | undefined =>
  segments.find((segment) => segment !== present && !segment.isFull);

/** Makes everything that full segments hold durable in its own place, by one sync for all of them. */
function freeFullSegments(): void {
  const full = segments.filter((segment) => segment.isFull);
  if (full.length === 0) return;
  const synced = checkpoint(full);
  for (const segment of full) {
    segment.isFull = false;
    segment.free = synced;
  }
  synced.catch(() => {
    // Whoever waits for a segment gets the error; the next try is for later.
    for (const segment of full) Object.assign(segment, { isFull: true, free: Promise.resolve() });
  });
}

async function checkpoint(group: readonly Segment[]): Promise<void> {
  while (group.some((segment) => segment.waiting > 0)) await sleep(5);
  const placed = group.flatMap((segment) => segment.placed);
  await syncPlaced(folder, placed);
  for (const segment of group) segment.placed = [];
}

const whenQuiet = setTimeout(freeFullSegments, QUIET_MS).unref();

async function append(entries: readonly (JournalEntry & { path: string })[]): Promise<void> {
  whenQuiet.refresh();
  const segment = await segmentFor(entries.reduce((sum, entry) => sum + entryBytes(entry), 0));
  while (backlog.bytes > MAX_WAITING_BYTES) await sleep(2);
  const file = segment.file!.fd;
  const block = Buffer.concat(entries.flatMap((entry) => [headerOf(segment.epoch, entry), entry.bytes]));
  for (let at = 0; at < block.length;) at += writeSync(file, block, at, block.length - at, segment.offset + at);
  fdatasyncSync(file);
  segment.offset += block.length;
  segment.waiting += entries.length;
  for (const { path, bytes } of entries) {
    unplaced.push({ segment, path, bytes });
    backlog.bytes += bytes.length;
  }
}

/** Puts waiting blobs into their files, one per turn of the loop, so that a batch never waits for more than one. */
function tidy(): void {
  const next = unplaced[0];
  if (next === undefined) {
    isTidying = false;
    return;
  }
  try {
    placeBlob(next.path, next.bytes);
  } catch (error) {
    // A full disk, say: the bytes are safe in the journal, which does not go on before they are in place.
    answer({ waiting: error instanceof Error ? error.message : String(error) });
    setTimeout(tidy, RETRY_MS);
    return;
  }
  unplaced.shift();
  backlog.bytes -= next.bytes.length;
  next.segment.placed.push(next.path);
  next.segment.waiting -= 1;
  answer({ placed: [next.path] });
  setImmediate(tidy);
}

function startTidying(): void {
  if (isTidying) return;
  isTidying = true;
  setImmediate(tidy);
}

async function close(): Promise<void> {
  for (const segment of segments) segment.isAwaited = true;
  await Promise.all(segments.map((segment) => segment.free));
  await checkpoint(segments);
  for (const segment of segments) {
    await segment.file?.close();
    rmSync(segment.path, { force: true });
  }
  answer({ closed: true });
  parentPort?.close();
}

parentPort?.on('message', (order: JournalOrder) => {
  if ('close' in order) return void close();
  append(order.append).then(
    () => {
      answer({ durable: true });
      startTidying();
    },
    (error: unknown) => answer({ failed: error instanceof Error ? error.message : String(error) }),
  );
});
