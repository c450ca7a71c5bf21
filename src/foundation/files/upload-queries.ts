import { statement, type Reader, type Tx } from '../../platform/database.ts';

export interface UploadRow {
  id: string;
  senderId: string;
  ownerKind: string;
  ownerId: string;
  fileName: string;
  kind: string;
  sizeBytes: number;
  offsetBytes: number;
  expiresAt: Date;
  completedAt: Date | null;
  sha256: Buffer | null;
  storedBytes: number | null;
  mediaType: string | null;
}

const COLUMNS = `id, sender_id as "senderId", owner_kind as "ownerKind", owner_id as "ownerId", file_name as "fileName", kind,
  size_bytes as "sizeBytes", offset_bytes as "offsetBytes", expires_at as "expiresAt", completed_at as "completedAt", sha256,
  stored_bytes as "storedBytes", media_type as "mediaType"`;

const insert = statement(
  'files.insert_upload',
  `insert into files.upload (id, sender_id, owner_kind, owner_id, file_name, kind, size_bytes, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const find = statement('files.find_upload', `select ${COLUMNS} from files.upload where id = $1 and sender_id = $2`);
const open = statement(
  'files.sum_open_uploads',
  `select count(*)::int as files, coalesce(sum(size_bytes), 0)::bigint as bytes from files.upload where sender_id = $1 and expires_at > $2`,
);
// Leases go by the database's clock: it is the one that all nodes share.
const claim = statement(
  'files.claim_upload',
  `update files.upload set writer_id = $3, writer_until = now() + $5::int * interval '1 second'
   where id = $1 and sender_id = $2 and completed_at is null and expires_at > $4 and (writer_id is null or writer_until < now())
   returning ${COLUMNS}`,
);
const renew = statement(
  'files.renew_upload_writer',
  `update files.upload set writer_until = now() + $3::int * interval '1 second' where id = $1 and writer_id = $2 returning id`,
);
const advance = statement(
  'files.advance_upload',
  `update files.upload set offset_bytes = $3, writer_id = null, writer_until = null where id = $1 and writer_id = $2 returning id`,
);
const complete = statement(
  'files.complete_upload',
  `update files.upload set offset_bytes = size_bytes, writer_id = null, writer_until = null, completed_at = $3, sha256 = $4, stored_bytes = $5, media_type = $6, kind = $7, file_name = $8
   where id = $1 and writer_id = $2 returning id`,
);
const finished = statement(
  'files.list_finished_uploads',
  `select ${COLUMNS} from files.upload where id = any($1::uuid[]) and sender_id = $2 and owner_kind = $3 and owner_id = $4 and completed_at is not null and expires_at > $5`,
);
const remove = statement('files.delete_uploads', 'delete from files.upload where id = any($1::uuid[]) returning id');
const removeOwn = statement(
  'files.delete_own_upload',
  'delete from files.upload where id = $1 and sender_id = $2 returning id',
);
const expired = statement(
  'files.delete_expired_uploads',
  `delete from files.upload where id in (select id from files.upload where expires_at <= $1 order by expires_at limit 500 for update skip locked) returning id`,
);
const present = statement('files.list_present_uploads', 'select id from files.upload where id = any($1::uuid[])');

export const insertUpload = (
  tx: Tx,
  row: Pick<UploadRow, 'id' | 'senderId' | 'ownerKind' | 'ownerId' | 'fileName' | 'kind' | 'sizeBytes' | 'expiresAt'>,
): Promise<object[]> =>
  tx.run(insert, [
    row.id,
    row.senderId,
    row.ownerKind,
    row.ownerId,
    row.fileName,
    row.kind,
    row.sizeBytes,
    tx.now,
    row.expiresAt,
  ]);
export const findUpload = async (reader: Reader, id: string, senderId: string): Promise<UploadRow | undefined> =>
  (await reader.run<UploadRow>(find, [id, senderId]))[0];
/** What a person has under way, finished but not yet used included. */
export const sumOpenUploads = async (
  reader: Reader,
  senderId: string,
  now: Date,
): Promise<{ files: number; bytes: number }> =>
  (await reader.run<{ files: number; bytes: number }>(open, [senderId, now]))[0]!;
/** Makes the caller the one writer for `seconds`; nothing when there is no such upload or somebody else writes. */
export const claimUpload = async (
  tx: Tx,
  id: string,
  senderId: string,
  writerId: string,
  seconds: number,
): Promise<UploadRow | undefined> => (await tx.run<UploadRow>(claim, [id, senderId, writerId, tx.now, seconds]))[0];
/** False when the lease was lost to another. */
export const renewWriter = async (tx: Tx, id: string, writerId: string, seconds: number): Promise<boolean> =>
  (await tx.run(renew, [id, writerId, seconds])).length === 1;
/** Notes how far the bytes are on disk and lets the upload go; false when the lease was lost. */
export const advanceUpload = async (tx: Tx, id: string, writerId: string, offset: number): Promise<boolean> =>
  (await tx.run(advance, [id, writerId, offset])).length === 1;
export const completeUpload = async (
  tx: Tx,
  id: string,
  writerId: string,
  blob: { sha256: Buffer; sizeBytes: number; mediaType: string; kind: string; fileName: string },
): Promise<boolean> =>
  (
    await tx.run(complete, [
      id,
      writerId,
      tx.now,
      blob.sha256,
      blob.sizeBytes,
      blob.mediaType,
      blob.kind,
      blob.fileName,
    ])
  ).length === 1;
export const listFinishedUploads = (
  reader: Reader,
  ids: readonly string[],
  senderId: string,
  owner: { kind: string; id: string },
  now: Date,
): Promise<UploadRow[]> => reader.run<UploadRow>(finished, [ids, senderId, owner.kind, owner.id, now]);
export const deleteUploads = (tx: Tx, ids: readonly string[]): Promise<object[]> => tx.run(remove, [ids]);
export const deleteOwnUpload = async (tx: Tx, id: string, senderId: string): Promise<boolean> =>
  (await tx.run(removeOwn, [id, senderId])).length === 1;
/** Forgets up to 500 uploads whose time is over. */
export const deleteExpiredUploads = async (tx: Tx): Promise<string[]> =>
  (await tx.run<{ id: string }>(expired, [tx.now])).map((row) => row.id);
export const presentUploads = async (reader: Reader, ids: readonly string[]): Promise<Set<string>> =>
  new Set((await reader.run<{ id: string }>(present, [ids])).map((row) => row.id));
