import { demandUnitRoom } from './file-policy.ts';
import { askForScan } from './scan-files.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import type { Subject } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import type { StoredBlob } from './blob-store.ts';
import { changeOwner, deleteFiles, insertFile, insertFiles, listFilesByIds, type FileRow } from './file-queries.ts';
import { fileMissing } from './file-problems.ts';

/**
 * Names stored bytes as a file of `owner`. The bytes are already durable; if this transaction fails a sweep removes them.
 * @throws noRoomLeft when the official's unit has used up its room
 */
export async function registerFile(tx: Tx, blob: StoredBlob, owner: Subject, id = newId()): Promise<string> {
  if (tx.actor.unitId) await demandUnitRoom(tx, tx.actor.unitId, blob.sizeBytes);
  await insertFile(tx, { id, ...blob, ownerKind: owner.kind, ownerId: owner.id }, tx.actor.id ?? tx.actor.label);
  askForScan(tx, [blob.sha256]);
  return id;
}

/** A file whose id was needed before its transaction. */
export interface NamedBlob {
  id: string;
  blob: StoredBlob;
  owner: Subject;
  uploadedBy: string;
}

/** What the database function `files.register_files(jsonb, timestamptz)` takes: files as part of another module's one statement. */
export const fileRecordOf = ({ id, blob, owner, uploadedBy }: NamedBlob): object => ({
  id,
  ...blob,
  sha256: blob.sha256.toString('hex'),
  ownerKind: owner.kind,
  ownerId: owner.id,
  uploadedBy,
});

/** Names stored bytes of many people as files, in one statement. */
export async function registerFiles(tx: Tx, files: readonly NamedBlob[]): Promise<void> {
  if (files.length === 0) return;
  await insertFiles(tx, files.map(fileRecordOf));
  askForScan(
    tx,
    files.map(({ blob }) => blob.sha256),
  );
}

/** Hands files to another owner (a draft's files to its dossier). */
export async function handFilesTo(tx: Tx, ids: readonly string[], owner: Subject): Promise<void> {
  if (ids.length > 0) await changeOwner(tx, ids, owner.kind, owner.id);
}

/** Forgets files; their bytes go with the next sweep unless another file has the same content. */
export async function removeFiles(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await deleteFiles(tx, ids);
}

/** @throws fileMissing */
export async function getFile(reader: Reader, id: string): Promise<FileRow> {
  const [row] = await listFilesByIds(reader, [id]);
  if (!row) throw problem(fileMissing);
  return row;
}
