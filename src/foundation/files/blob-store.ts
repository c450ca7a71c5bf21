import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, opendir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { problem } from '../../platform/problems.ts';
import { blobArrives, JOURNALED_BYTES, journalOf, pendingBlob } from './blob-journal.ts';
import { blobPath } from './blob-path.ts';
import { extensionsOf, kindNamed, kindOfName, type FileKind } from './file-kinds.ts';
import {
  fileContentDiffers,
  fileEmpty,
  fileKindRefused,
  fileTooLarge,
  fileUnsafe,
  uploadBroken,
} from './file-problems.ts';
import { primaryRemoteOf, remoteOf, type RemoteStore } from './remote-store.ts';
import {
  defaultPictureRules,
  isPicture,
  isTaken,
  jpegOfHeic,
  refuseBomb,
  straightenPicture,
  type PictureRules,
} from './straighten-picture.ts';
import { headOfSpool, spoolPath } from './upload-spool.ts';
import { isSafeZip } from './zip-check.ts';

const HEAD_BYTES = 4_100;
/** Where files lie, inside the folder, until they have their names. */
export const INCOMING = '.incoming';

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
  /** Straightens and reduces pictures before they are kept; left out, they are kept as they come. */
  pictures?: PictureRules | undefined;
}

/**
 * Takes an upload into the store: held to its limits, hashed, sniffed against its extension, durable before it has its
 * final name. Up to 256 KiB it goes through the journal, together with others; what is larger streams through a file of its own
 * and is never held in memory. Whatever goes wrong, nothing half-written stays.
 * A HEIC becomes a JPEG on the way, whatever the rules for pictures.
 * @throws fileEmpty, fileTooLarge, fileKindRefused, fileContentDiffers, fileUnsafe, uploadBroken, heicUnreadable, pictureBusy
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
  if (!kind || !isTaken(limits.kinds, kind.kind)) {
    upload.stream.resume();
    throw problem(fileKindRefused, facts);
  }
  try {
    const start = await readStart(upload.stream, Math.min(limits.maxBytes, JOURNALED_BYTES), facts);
    const stored = named(kind, fileName);
    if (!start.isWhole) return { ...stored, ...(await storeLarge(folder, start, kind, limits, facts)) };
    await checkContent(kind, start.bytes, start.bytes.length, start.bytes, facts);
    const better = await betterPicture(kind, start.bytes, limits.pictures, facts);
    return { ...stored, ...(await keepBytes(folder, better ?? start.bytes)) };
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
  limits: UploadLimits,
  facts: Record<string, unknown>,
): Promise<{ sha256: Buffer; sizeBytes: number }> {
  await mkdir(join(folder, INCOMING), { recursive: true });
  const temporary = join(folder, INCOMING, randomUUID());
  try {
    const written = await writeSynced(temporary, start, limits.maxBytes, facts);
    await checkContent(kind, temporary, written.sizeBytes, start.bytes, facts);
    const better = await betterPicture(kind, temporary, limits.pictures, facts);
    if (better) return await keepBytes(folder, better);
    await settle(folder, temporary, written.sha256, written.sizeBytes);
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
  return {
    ...(await keepBytes(folder, bytes)),
    kind: facts.kind.kind,
    mediaType: facts.kind.mediaType,
    fileName: facts.fileName,
  };
}

/** Makes bytes durable under their digest: in the remote store, the journal, or a file of their own. */
export async function keepBytes(folder: string, bytes: Buffer): Promise<{ sha256: Buffer; sizeBytes: number }> {
  const sha256 = createHash('sha256').update(bytes).digest();
  const remote = primaryRemoteOf(folder);
  if (remote) await remote.put(sha256, bytes);
  else if (bytes.length <= JOURNALED_BYTES) await (await journalOf(folder)).keep(sha256, bytes);
  else await storeSynced(folder, bytes, sha256);
  return { sha256, sizeBytes: bytes.length };
}

/** What is kept instead of what came: HEIC becomes JPEG everywhere, other pictures are straightened where the caller has rules. */
async function betterPicture(
  kind: FileKind,
  content: string | Buffer,
  rules: PictureRules | undefined,
  facts: Record<string, unknown>,
): Promise<Buffer | null> {
  const isHeic = kind.kind === 'heic';
  if (!isHeic && (!rules || !isPicture(kind.kind))) return null;
  const bytes = typeof content === 'string' ? await readFile(content) : content;
  return isHeic
    ? jpegOfHeic(bytes, rules ?? defaultPictureRules, facts)
    : straightenPicture(kind.kind, bytes, rules ?? defaultPictureRules);
}

/** What the kept file is called: `IMG_1.HEIC` is `IMG_1.jpg` once it is one. */
function named({ kind, mediaType }: FileKind, fileName: string): Pick<StoredBlob, 'kind' | 'mediaType' | 'fileName'> {
  if (kind !== 'heic') return { kind, mediaType, fileName };
  const jpeg = kindNamed('jpeg')!;
  return { kind: jpeg.kind, mediaType: jpeg.mediaType, fileName: fileName.replace(/\.hei[cf]$/i, '.jpg') };
}

/** Keeps bytes in the folder, whatever the settings say: for moving between homes. @throws when they are not of that digest */
export async function keepLocally(folder: string, bytes: Buffer, sha256: Buffer): Promise<void> {
  if (!createHash('sha256').update(bytes).digest().equals(sha256))
    throw new Error(`What came is not ${sha256.toString('hex')}`);
  if (bytes.length <= JOURNALED_BYTES) await (await journalOf(folder)).keep(sha256, bytes);
  else await storeSynced(folder, bytes, sha256, settleLocally);
}

async function storeSynced(folder: string, bytes: Buffer, sha256: Buffer, place = settle): Promise<void> {
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
    await place(folder, temporary, sha256, bytes.length);
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
  refuseBomb(kind.kind, head, facts);
  if (kind.isZip && !(await isSafeZip(content, sizeBytes))) throw problem(fileUnsafe, facts);
}

/**
 * Takes a whole upload from the spool: checked like any other, then named by its digest. The spool file stays until the caller drops it, so that
 * a crash in between is only work done twice. @throws fileContentDiffers, fileUnsafe
 */
export async function settleUpload(
  folder: string,
  upload: { id: string; fileName: string; sizeBytes: number },
  kind: FileKind,
  sha256: Buffer,
  rules: PictureRules | undefined,
): Promise<StoredBlob> {
  const path = spoolPath(folder, upload.id);
  const head = await headOfSpool(folder, upload.id, JOURNALED_BYTES);
  await checkContent(kind, path, upload.sizeBytes, head, { fileName: upload.fileName });
  const stored = named(kind, upload.fileName);
  const better = await betterPicture(kind, path, rules, { fileName: upload.fileName });
  if (better) return { ...stored, ...(await keepBytes(folder, better)) };
  await mkdir(join(folder, INCOMING), { recursive: true });
  const second = join(folder, INCOMING, randomUUID());
  try {
    await link(path, second);
    await settle(folder, second, sha256, upload.sizeBytes);
  } finally {
    await rm(second, { force: true });
  }
  return { ...stored, sha256, sizeBytes: upload.sizeBytes };
}

/** Moves synced bytes to their final name, in the home of new bytes, and syncs the folder, so that the name survives a power cut as well. */
export async function settle(folder: string, temporary: string, sha256: Buffer, sizeBytes: number): Promise<void> {
  const remote = primaryRemoteOf(folder);
  if (remote) await remote.put(sha256, { path: temporary, sizeBytes });
  else await settleLocally(folder, temporary, sha256);
}

async function settleLocally(folder: string, temporary: string, sha256: Buffer): Promise<void> {
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
  if (bytes !== undefined) return Readable.from([bytes]);
  const remote = remoteOf(folder);
  return remote ? Readable.from(eitherHome(folder, sha256, remote)) : createReadStream(blobPath(folder, sha256));
}

/** While files move, each lies in one home or the other. */
async function* eitherHome(folder: string, sha256: Buffer, remote: RemoteStore): AsyncGenerator<Buffer> {
  const isLocal = (await localSize(folder, sha256)) !== null;
  yield* (isLocal ? createReadStream(blobPath(folder, sha256)) : await remote.get(sha256)) as AsyncIterable<Buffer>;
}

async function localSize(folder: string, sha256: Buffer): Promise<number | null> {
  return stat(blobPath(folder, sha256)).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
}

/** How large the bytes of a digest are, wherever they lie; null when they are gone. */
export const blobSize = async (folder: string, sha256: Buffer): Promise<number | null> =>
  pendingBlob(folder, sha256)?.length ??
  (await localSize(folder, sha256)) ??
  (await remoteOf(folder)?.sizeOf(sha256)) ??
  null;

/** True when the bytes can be read; waits a moment for what another process has just taken in. */
export const hasBlob = async (folder: string, sha256: Buffer): Promise<boolean> =>
  (await blobSize(folder, sha256)) !== null ||
  (primaryRemoteOf(folder) === null && (await blobArrives(folder, sha256)));

/** Takes the bytes of a digest away from every home. */
export async function removeBlob(folder: string, sha256: Buffer): Promise<void> {
  if (pendingBlob(folder, sha256)) await (await journalOf(folder)).settled();
  await rm(blobPath(folder, sha256), { force: true });
  await remoteOf(folder)?.remove(sha256);
}

/** Walks all blobs older than `before` in every home, and removes uploads that were broken off before it. */
export async function* oldBlobs(folder: string, before: Date): AsyncGenerator<{ sha256: Buffer }> {
  for await (const { sha256, modifiedAt } of remoteOf(folder)?.list() ?? []) if (modifiedAt < before) yield { sha256 };
  for await (const entry of await opendir(folder, { recursive: true }).catch(() => [])) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const facts = await stat(path).catch(() => null);
    if (!facts || facts.mtime >= before) continue;
    if (entry.parentPath.endsWith(INCOMING)) await rm(path, { force: true });
    else if (/^[0-9a-f]{64}$/.test(entry.name) && /[\\/][0-9a-f]{3}$/.test(entry.parentPath))
      yield { sha256: Buffer.from(entry.name, 'hex') };
  }
}

/** The plain name of a file: no folders, no control characters, no marks that turn the direction of reading. */
export function baseName(fileName: string): string {
  const last = fileName.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  return last
    .replaceAll(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .slice(-200);
}
