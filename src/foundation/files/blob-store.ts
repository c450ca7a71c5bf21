import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { problem } from '../../platform/problems.ts';
import { blobArrives, JOURNALED_BYTES, journalOf, pendingBlob } from './blob-journal.ts';
import { blobPath } from './blob-path.ts';
import { extensionsOf, kindOfName, type FileKind } from './file-kinds.ts';
import {
  fileContentDiffers,
  fileEmpty,
  fileKindRefused,
  fileTooLarge,
  fileUnsafe,
  uploadBroken,
} from './file-problems.ts';
import { isSafeZip } from './zip-check.ts';

const HEAD_BYTES = 4_100;
const INCOMING = '.incoming';

/** Bytes that are durably on disk, not yet named by any file row. */
export interface StoredBlob {
  sha256: Buffer;
  sizeBytes: number;
  kind: string;
  mediaType: string;
  fileName: string;
}

export interface UploadLimits {
  maxBytes: number;
  kinds: readonly string[];
}

/**
 * Takes an upload into the store: held to its limits, hashed, sniffed against its extension, durable before it has its
 * final name. Up to 256 KiB it goes through the journal, together with others; what is larger streams through a file of its own
 * and is never held in memory. Whatever goes wrong, nothing half-written stays.
 * @throws fileEmpty, fileTooLarge, fileKindRefused, fileContentDiffers, fileUnsafe, uploadBroken
 */
export async function storeUpload(
  folder: string,
  upload: { fileName: string; stream: Readable },
  limits: UploadLimits,
): Promise<StoredBlob> {
  upload.stream.on('error', () => {}); // it may break before anybody reads it; the reader below gets the error all the same
  const fileName = baseName(upload.fileName);
  const kind = kindOfName(fileName);
  const facts = { fileName, limitBytes: limits.maxBytes, allowed: extensionsOf(limits.kinds) };
  if (!kind || !limits.kinds.includes(kind.kind)) {
    upload.stream.resume();
    throw problem(fileKindRefused, facts);
  }
  try {
    const start = await readStart(upload.stream, Math.min(limits.maxBytes, JOURNALED_BYTES), facts);
    const stored = { kind: kind.kind, mediaType: kind.mediaType, fileName };
    if (!start.isWhole) return { ...stored, ...(await storeLarge(folder, start, kind, limits.maxBytes, facts)) };
    await checkContent(kind, start.bytes, start.bytes.length, start.bytes, facts);
    const sha256 = createHash('sha256').update(start.bytes).digest();
    await (await journalOf(folder)).keep(sha256, start.bytes);
    return { ...stored, sha256, sizeBytes: start.bytes.length };
  } finally {
    upload.stream.resume();
  }
}

/** The beginning of an upload; `isWhole` when that was all of it, else `rest` brings what follows. */
interface UploadStart {
  bytes: Buffer;
  isWhole: boolean;
  rest: AsyncIterator<Buffer>;
  /** Cut off by the parser's own limit; known at the end only. */
  isTruncated(): boolean;
}

async function readStart(stream: Readable, upTo: number, facts: Record<string, unknown>): Promise<UploadStart> {
  const rest = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const isTruncated = () => (stream as { truncated?: boolean }).truncated === true;
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for (;;) {
    const { done, value } = await nextChunk(rest, facts);
    if (done) break;
    chunks.push(value);
    sizeBytes += value.length;
    if (sizeBytes > upTo) return { bytes: Buffer.concat(chunks), isWhole: false, rest, isTruncated };
  }
  if (isTruncated()) throw problem(fileTooLarge, facts);
  if (sizeBytes === 0) throw problem(fileEmpty, facts);
  return { bytes: Buffer.concat(chunks), isWhole: true, rest, isTruncated };
}

async function nextChunk(
  chunks: AsyncIterator<Buffer>,
  facts: Record<string, unknown>,
): Promise<IteratorResult<Buffer, unknown>> {
  try {
    return await chunks.next();
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    throw code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'ABORT_ERR'
      ? problem(uploadBroken, facts)
      : error;
  }
}

async function storeLarge(
  folder: string,
  start: UploadStart,
  kind: FileKind,
  maxBytes: number,
  facts: Record<string, unknown>,
): Promise<{ sha256: Buffer; sizeBytes: number }> {
  await mkdir(join(folder, INCOMING), { recursive: true });
  const temporary = join(folder, INCOMING, randomUUID());
  try {
    const written = await writeSynced(temporary, start, maxBytes, facts);
    await checkContent(kind, temporary, written.sizeBytes, start.bytes.subarray(0, HEAD_BYTES), facts);
    await settle(folder, temporary, written.sha256);
    return written;
  } finally {
    await start.rest.return?.();
    await rm(temporary, { force: true });
  }
}

/** Keeps bytes that the program itself made (a slip, an import); no sniffing, same durability. */
export async function storeBytes(
  folder: string,
  bytes: Buffer,
  facts: { kind: FileKind; fileName: string },
): Promise<StoredBlob> {
  const sha256 = createHash('sha256').update(bytes).digest();
  if (bytes.length <= JOURNALED_BYTES) await (await journalOf(folder)).keep(sha256, bytes);
  else await storeSynced(folder, bytes, sha256);
  return {
    sha256,
    sizeBytes: bytes.length,
    kind: facts.kind.kind,
    mediaType: facts.kind.mediaType,
    fileName: facts.fileName,
  };
}

async function storeSynced(folder: string, bytes: Buffer, sha256: Buffer): Promise<void> {
  await mkdir(join(folder, INCOMING), { recursive: true });
  const temporary = join(folder, INCOMING, randomUUID());
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.datasync();
    } finally {
      await file.close();
    }
    await settle(folder, temporary, sha256);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeSynced(path: string, start: UploadStart, maxBytes: number, facts: Record<string, unknown>) {
  const file = await open(path, 'wx');
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for (let chunk: Buffer | undefined = start.bytes; chunk;) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw problem(fileTooLarge, facts);
      hash.update(chunk);
      await file.write(chunk);
      const next = await nextChunk(start.rest, facts);
      chunk = next.done ? undefined : next.value;
    }
    if (start.isTruncated()) throw problem(fileTooLarge, facts);
    await file.datasync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest(), sizeBytes };
}

async function checkContent(
  kind: FileKind,
  content: string | Buffer,
  sizeBytes: number,
  head: Buffer,
  facts: Record<string, unknown>,
) {
  const sniffed = await fileTypeFromBuffer(head.subarray(0, HEAD_BYTES)).catch(() => undefined);
  if (!sniffed || !kind.sniffed.includes(sniffed.mime))
    throw problem(fileContentDiffers, { ...facts, found: sniffed?.ext ?? null });
  if (kind.isZip && !(await isSafeZip(content, sizeBytes))) throw problem(fileUnsafe, facts);
}

/** Moves synced bytes to their final name and syncs the folder, so that the name survives a power cut as well. */
async function settle(folder: string, temporary: string, sha256: Buffer): Promise<void> {
  const target = blobPath(folder, sha256);
  const parent = dirname(target);
  let isNewFolder = false;
  try {
    const now = new Date();
    await utimes(target, now, now); // already there: young again, so that the sweep of orphans leaves it alone
    return;
  } catch {
    isNewFolder = (await mkdir(parent, { recursive: true })) !== undefined;
  }
  await rename(temporary, target);
  await syncFolder(parent);
  if (isNewFolder) await syncFolder(folder);
}

async function syncFolder(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** The bytes of a digest; the stream fails when they are gone. */
export function readBlob(folder: string, sha256: Buffer): Readable {
  const bytes = pendingBlob(folder, sha256);
  return bytes === undefined ? createReadStream(blobPath(folder, sha256)) : Readable.from([bytes]);
}

/** True when the bytes can be read; waits a moment for what another process has just taken in. */
export async function hasBlob(folder: string, sha256: Buffer): Promise<boolean> {
  return pendingBlob(folder, sha256) !== undefined || (await blobArrives(folder, sha256));
}

/** Walks all blobs older than `before`, and removes uploads that were broken off before it. */
export async function* oldBlobs(folder: string, before: Date): AsyncGenerator<{ sha256: Buffer; path: string }> {
  for await (const entry of await opendir(folder, { recursive: true }).catch(() => [])) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const facts = await stat(path).catch(() => null);
    if (!facts || facts.mtime >= before) continue;
    if (entry.parentPath.endsWith(INCOMING)) await rm(path, { force: true });
    else if (/^[0-9a-f]{64}$/.test(entry.name)) yield { sha256: Buffer.from(entry.name, 'hex'), path };
  }
}

function baseName(fileName: string): string {
  const last = fileName.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  return last
    .replaceAll(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .slice(-200);
}
