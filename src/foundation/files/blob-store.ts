import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { problem } from '../../platform/problems.ts';
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

/** Where the bytes of a digest lie: two levels of folders, so that no folder grows past some thousands. */
export function blobPath(folder: string, sha256: Buffer): string {
  const hex = sha256.toString('hex');
  return join(folder, hex.slice(0, 2), hex.slice(2, 4), hex);
}

/**
 * Streams an upload into the store: never held in memory, hashed on the way, held to its limits, sniffed against its
 * extension, synced to disk, and only then moved to its final name. Whatever goes wrong, nothing half-written stays.
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
  await mkdir(join(folder, INCOMING), { recursive: true });
  const temporary = join(folder, INCOMING, randomUUID());
  try {
    const { sha256, sizeBytes, head } = await writeSynced(temporary, upload.stream, limits.maxBytes, facts);
    await checkContent(kind, temporary, sizeBytes, head, facts);
    await settle(folder, temporary, sha256);
    return { sha256, sizeBytes, kind: kind.kind, mediaType: kind.mediaType, fileName };
  } finally {
    upload.stream.resume();
    await rm(temporary, { force: true });
  }
}

/** Keeps bytes that the program itself made (a slip, an import); no sniffing, same durability. */
export async function storeBytes(
  folder: string,
  bytes: Buffer,
  facts: { kind: FileKind; fileName: string },
): Promise<StoredBlob> {
  await mkdir(join(folder, INCOMING), { recursive: true });
  const temporary = join(folder, INCOMING, randomUUID());
  const sha256 = createHash('sha256').update(bytes).digest();
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
  return {
    sha256,
    sizeBytes: bytes.length,
    kind: facts.kind.kind,
    mediaType: facts.kind.mediaType,
    fileName: facts.fileName,
  };
}

async function writeSynced(path: string, stream: Readable, maxBytes: number, facts: Record<string, unknown>) {
  const file = await open(path, 'wx');
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let headBytes = 0;
  let sizeBytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw problem(fileTooLarge, facts);
      hash.update(chunk);
      if (headBytes < HEAD_BYTES) {
        head.push(chunk);
        headBytes += chunk.length;
      }
      await file.write(chunk);
    }
    if ((stream as { truncated?: boolean }).truncated) throw problem(fileTooLarge, facts);
    await file.datasync();
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    throw code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'ABORT_ERR'
      ? problem(uploadBroken, facts)
      : error;
  } finally {
    await file.close();
  }
  if (sizeBytes === 0) throw problem(fileEmpty, facts);
  return { sha256: hash.digest(), sizeBytes, head: Buffer.concat(head).subarray(0, HEAD_BYTES) };
}

async function checkContent(
  kind: FileKind,
  path: string,
  sizeBytes: number,
  head: Buffer,
  facts: Record<string, unknown>,
) {
  const sniffed = await fileTypeFromBuffer(head).catch(() => undefined);
  if (!sniffed || !kind.sniffed.includes(sniffed.mime))
    throw problem(fileContentDiffers, { ...facts, found: sniffed?.ext ?? null });
  if (kind.isZip && !(await isSafeZip(path, sizeBytes))) throw problem(fileUnsafe, facts);
}

/** Moves synced bytes to their final name and syncs the folder, so that the name survives a power cut as well. */
async function settle(folder: string, temporary: string, sha256: Buffer): Promise<void> {
  const target = blobPath(folder, sha256);
  const parent = join(target, '..');
  try {
    const now = new Date();
    await utimes(target, now, now); // already there: young again, so that the sweep of orphans leaves it alone
    return;
  } catch {
    await mkdir(parent, { recursive: true });
  }
  await rename(temporary, target);
  const directory = await open(parent, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** The bytes of a digest; the stream fails when they are gone. */
export const readBlob = (folder: string, sha256: Buffer): Readable => createReadStream(blobPath(folder, sha256));

export async function hasBlob(folder: string, sha256: Buffer): Promise<boolean> {
  return stat(blobPath(folder, sha256)).then(
    (found) => found.isFile(),
    () => false,
  );
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
