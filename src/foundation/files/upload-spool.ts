import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { isProblem, problem } from '../../platform/problems.ts';
import { isId } from '../../platform/ids.ts';
import { uploadChecksumDiffers, uploadOverrun } from './upload-problems.ts';

/* The bytes of uploads that are not whole yet: one file each below `.uploads/`, valid up to the offset that the database holds. */

const FOLDER = '.uploads';
const WRITE_BYTES = 512 * 1024;

export const spoolPath = (folder: string, id: string): string => join(folder, FOLDER, id);

/** A checksum that a piece must have (tus: `Upload-Checksum`). */
export interface PieceChecksum {
  algorithm: string;
  digest: Buffer;
}

/** Digests of what lies in the spool so far, so that a whole upload need not be read again; lost with the process, no harm. */
const running = new Map<string, { offset: number; hash: Hash }>();
const MAX_RUNNING = 500;

/**
 * Writes one piece behind `offset`, on disk when this returns, and tells how far the file is now. A line that breaks leaves what came; a piece over
 * the announced size or with another checksum leaves nothing. @throws uploadOverrun, uploadChecksumDiffers
 */
export async function writePiece(
  folder: string,
  upload: { id: string; offset: number; sizeBytes: number },
  stream: Readable,
  checksum: PieceChecksum | null,
  beat: () => Promise<void>,
): Promise<number> {
  await mkdir(join(folder, FOLDER), { recursive: true });
  const path = spoolPath(folder, upload.id);
  const file = await open(path, 'r+').catch(() => open(path, 'w+'));
  const known = running.get(upload.id);
  running.delete(upload.id);
  const hash = upload.offset === 0 ? createHash('sha256') : known?.offset === upload.offset ? known.hash : null;
  const piece = checksum ? createHash(checksum.algorithm) : null;
  let at = upload.offset;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let isOurs = false;
  const flush = async () => {
    const block = waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    isOurs = true; // what fails in here is the disk or the lease, not the line
    const writing = file.write(block, 0, block.length, at);
    hash?.update(block);
    piece?.update(block);
    await writing;
    at += block.length;
    await beat();
    isOurs = false;
  };
  try {
    if ((await file.stat()).size > at) await file.truncate(at); // left over from a crash: never acknowledged
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (at + waitingBytes + chunk.length > upload.sizeBytes) throw problem(uploadOverrun);
        waiting.push(chunk);
        waitingBytes += chunk.length;
        if (waitingBytes >= WRITE_BYTES) await flush();
      }
    } catch (error) {
      if (isOurs || isProblem(error) || checksum) throw error;
      // The line broke: what came is kept.
    }
    if (waitingBytes > 0) await flush();
    if (piece && checksum && !piece.digest().equals(checksum.digest)) throw problem(uploadChecksumDiffers);
    if (at > upload.offset) await file.datasync();
  } finally {
    await file.close();
  }
  if (hash) {
    running.set(upload.id, { offset: at, hash });
    if (running.size > MAX_RUNNING) running.delete(running.keys().next().value!);
  }
  return at;
}

/** The SHA-256 of a whole spool file: kept while its pieces came, or read again. */
export async function digestOfSpool(folder: string, id: string, sizeBytes: number): Promise<Buffer> {
  const known = running.get(id);
  running.delete(id);
  if (known?.offset === sizeBytes) return known.hash.digest();
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(spoolPath(folder, id))) hash.update(chunk as Buffer);
  return hash.digest();
}

export async function headOfSpool(folder: string, id: string, bytes: number): Promise<Buffer> {
  const file = await open(spoolPath(folder, id), 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

export async function dropSpool(folder: string, id: string): Promise<void> {
  running.delete(id);
  if (isId(id)) await rm(spoolPath(folder, id), { force: true });
}

/** Spool files that have not been touched since `before`. */
export async function* oldSpools(folder: string, before: Date): AsyncGenerator<string> {
  for (const name of await readdir(join(folder, FOLDER)).catch(() => [])) {
    const facts = await stat(spoolPath(folder, name)).catch(() => null);
    if (facts && facts.mtime < before && isId(name)) yield name;
  }
}
