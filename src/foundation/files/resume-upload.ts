import type { Readable } from 'node:stream';
import type { Actor } from '../../platform/access.ts';
import type { Config } from '../../platform/config.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import type { Subject } from '../../platform/events.ts';
import { isId, newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { baseName, settleUpload, type StoredBlob } from './blob-store.ts';
import { extensionsOf, kindNamed, kindOfName } from './file-kinds.ts';
import { fileKindRefused, fileTooLarge } from './file-problems.ts';
import { demandRoom, readPolicy } from './file-policy.ts';
import { isPicture, isTaken } from './straighten-picture.ts';
import { readGrant, senderOf } from './upload-grant.ts';
import { tooManyUploads, uploadBusy, uploadGone, uploadOffsetWrong } from './upload-problems.ts';
import {
  advanceUpload,
  claimUpload,
  completeUpload,
  deleteExpiredUploads,
  deleteOwnUpload,
  deleteUploads,
  findUpload,
  insertUpload,
  listFinishedUploads,
  presentUploads,
  renewWriter,
  sumOpenUploads,
  type UploadRow,
} from './upload-queries.ts';
import { digestOfSpool, dropSpool, oldSpools, writePiece, type PieceChecksum } from './upload-spool.ts';

const KEPT_HOURS = 24;
const LEASE_SECONDS = 30;
const BEAT_MS = 10_000;
const MAX_OPEN_FILES = 40;
const MAX_OPEN_BYTES = 500_000_000;

/** Runs work in a transaction of its own: an upload lasts longer than one. */
type Command = <R>(work: (tx: Tx) => Promise<R>) => Promise<R>;

/** Announces an upload. @throws uploadNotGranted, fileKindRefused, fileTooLarge, tooManyUploads */
export async function beginUpload(
  tx: Tx,
  config: Config,
  actor: Actor,
  input: { grant: string; fileName: string; sizeBytes: number },
): Promise<UploadRow> {
  const grant = readGrant(config, actor, input.grant, tx.now);
  const fileName = baseName(input.fileName);
  const kind = kindOfName(fileName);
  const facts = { fileName, limitBytes: grant.maxBytes, allowed: extensionsOf(grant.kinds) };
  if (!kind || !isTaken(grant.kinds, kind.kind)) throw problem(fileKindRefused, facts);
  if (input.sizeBytes > grant.maxBytes) throw problem(fileTooLarge, facts);
  await demandRoom(tx, senderOf(actor), input.sizeBytes);
  const under = await sumOpenUploads(tx, senderOf(actor), tx.now);
  if (under.files >= MAX_OPEN_FILES || under.bytes + input.sizeBytes > MAX_OPEN_BYTES) throw problem(tooManyUploads);
  const row = {
    id: newId(),
    senderId: senderOf(actor),
    ownerKind: grant.owner.kind,
    ownerId: grant.owner.id,
    fileName,
    kind: kind.kind,
    sizeBytes: input.sizeBytes,
    expiresAt: new Date(tx.now.getTime() + KEPT_HOURS * 3_600_000),
  };
  await insertUpload(tx, row);
  return { ...row, offsetBytes: 0, completedAt: null, sha256: null, storedBytes: null, mediaType: null };
}

/** Writers of this process, so that a person who comes back takes over from the dead line at once. */
const writers = new Map<string, { stream: Readable; ended: Promise<void> }>();

/** Ends a writer of this process and waits for what it got to be on disk. */
async function interrupt(id: string): Promise<void> {
  const writer = writers.get(id);
  if (!writer) return;
  writer.stream.destroy();
  await writer.ended;
}

/** Where an upload stands. A writer whose line has died is ended first. @throws uploadGone for everybody but its sender */
export async function findOwnUpload(reader: Reader, actor: Actor, id: string, now: Date): Promise<UploadRow> {
  const known = isId(id) ? await findUpload(reader, id, senderOf(actor)) : undefined;
  if (!known || known.expiresAt <= now) throw problem(uploadGone);
  if (!writers.has(id)) return known;
  await interrupt(id);
  return findOwnUpload(reader, actor, id, now);
}

/**
 * Adds a piece; the last one makes a whole file, checked like any other and durable in the store. Only one writes at a time, also across nodes.
 * @throws uploadGone, uploadBusy, uploadOffsetWrong, uploadOverrun, uploadChecksumDiffers; at the end fileContentDiffers, fileUnsafe
 */
export async function appendToUpload(
  command: Command,
  config: Config,
  actor: Actor,
  input: { id: string; offset: number; stream: Readable; checksum: PieceChecksum | null },
): Promise<UploadRow> {
  const { id, stream } = input;
  const writerId = newId();
  const claimed = isId(id)
    ? await command((tx) => claimUpload(tx, id, senderOf(actor), writerId, LEASE_SECONDS))
    : undefined;
  if (!claimed) return refusedPiece(command, actor, input);
  let end = () => {};
  writers.set(id, { stream, ended: new Promise((done) => (end = done)) });
  let offset = claimed.offsetBytes;
  let beaten = Date.now();
  const beat = async () => {
    if (Date.now() - beaten < BEAT_MS) return;
    beaten = Date.now();
    if (!(await command((tx) => renewWriter(tx, id, writerId, LEASE_SECONDS)))) throw problem(uploadBusy);
  };
  try {
    if (input.offset !== claimed.offsetBytes) throw problem(uploadOffsetWrong, { offset: claimed.offsetBytes });
    const at = { id, offset, sizeBytes: claimed.sizeBytes };
    offset = await writePiece(config.filesFolder, at, stream, input.checksum, beat);
    if (offset < claimed.sizeBytes) return { ...claimed, offsetBytes: offset };
    return await finishUpload(command, config, claimed, writerId);
  } finally {
    // Nothing to note once it is finished or forgotten: the row has no such writer then.
    await command((tx) => advanceUpload(tx, id, writerId, offset)).catch(() => {});
    writers.delete(id);
    end();
  }
}

/** Says why a piece could not be taken; a finished upload that is sent its end again is no failure. */
async function refusedPiece(
  command: Command,
  actor: Actor,
  { id, offset, stream }: { id: string; offset: number; stream: Readable },
): Promise<UploadRow> {
  stream.resume();
  const known = isId(id) ? await command((tx) => findUpload(tx, id, senderOf(actor))) : undefined;
  if (!known) throw problem(uploadGone);
  if (known.completedAt && offset === known.sizeBytes) return known;
  if (known.completedAt) throw problem(uploadOffsetWrong, { offset: known.sizeBytes });
  throw problem(uploadBusy);
}

async function finishUpload(command: Command, config: Config, row: UploadRow, writerId: string): Promise<UploadRow> {
  const kind = kindNamed(row.kind)!;
  const rules = isPicture(row.kind) || row.kind === 'heic' ? (await command(readPolicy)).pictures : undefined;
  try {
    const sha256 = await digestOfSpool(config.filesFolder, row.id, row.sizeBytes);
    const blob = await settleUpload(config.filesFolder, row, kind, sha256, rules);
    if (!(await command((tx) => completeUpload(tx, row.id, writerId, blob)))) throw problem(uploadBusy);
    await dropSpool(config.filesFolder, row.id);
    return {
      ...row,
      offsetBytes: row.sizeBytes,
      completedAt: new Date(),
      sha256: blob.sha256,
      storedBytes: blob.sizeBytes,
      mediaType: blob.mediaType,
      kind: blob.kind,
      fileName: blob.fileName,
    };
  } catch (error) {
    const code = (error as { definition?: { code: string } }).definition?.code;
    if (code === 'files.content-differs' || code === 'files.unsafe' || code === 'files.heic-unreadable') {
      await command((tx) => deleteUploads(tx, [row.id]));
      await dropSpool(config.filesFolder, row.id);
    }
    throw error;
  }
}

/** Ends an upload before its time (tus: termination). @throws uploadGone */
export async function cancelUpload(command: Command, config: Config, actor: Actor, id: string): Promise<void> {
  if (!isId(id)) throw problem(uploadGone);
  const known = await command((tx) => findUpload(tx, id, senderOf(actor)));
  if (!known) throw problem(uploadGone);
  await interrupt(id);
  await command((tx) => deleteOwnUpload(tx, id, senderOf(actor)));
  await dropSpool(config.filesFolder, id);
}

/** A finished upload, as if it had come with the form. */
export interface FinishedUpload {
  uploadId: string;
  blob: StoredBlob;
}

/**
 * Finished uploads that a form names, of this person and for this thing only; ids of others and of unfinished ones are left out. The bytes stay
 * until `useUploads` forgets them within the transaction that names the file.
 */
export async function finishedUploads(
  reader: Reader,
  actor: Actor,
  owner: Subject,
  ids: readonly string[],
  now: Date,
): Promise<FinishedUpload[]> {
  const wanted = ids.filter(isId).slice(0, MAX_OPEN_FILES);
  if (wanted.length === 0) return [];
  const rows = await listFinishedUploads(reader, wanted, senderOf(actor), owner, now);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return wanted.flatMap((id) => {
    const row = byId.get(id);
    return row?.sha256 && row.storedBytes !== null && row.mediaType !== null
      ? [
          {
            uploadId: id,
            blob: {
              sha256: row.sha256,
              sizeBytes: row.storedBytes,
              kind: row.kind,
              mediaType: row.mediaType,
              fileName: row.fileName,
            },
          },
        ]
      : [];
  });
}

/** Forgets uploads whose bytes have a file now. */
export const useUploads = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await deleteUploads(tx, ids);
};

/** Takes away what was begun and never finished or used. Returns how many. */
export async function sweepUploads(command: Command, reader: Reader, config: Config, now: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const ids = await command(deleteExpiredUploads);
    for (const id of ids) await dropSpool(config.filesFolder, id);
    total += ids.length;
    if (ids.length < 500) break;
  }
  // Spool files whose row went in a crash, or on another node.
  const old: string[] = [];
  for await (const id of oldSpools(config.filesFolder, new Date(now.getTime() - KEPT_HOURS * 3_600_000))) old.push(id);
  const there = await presentUploads(reader, old);
  for (const id of old) if (!there.has(id)) await dropSpool(config.filesFolder, id);
  return total;
}
