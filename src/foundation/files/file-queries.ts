import { statement, type Reader, type Tx } from '../../platform/database.ts';

export interface FileRow {
  id: string;
  sha256: Buffer;
  sizeBytes: number;
  kind: string;
  mediaType: string;
  fileName: string;
  ownerKind: string;
  ownerId: string;
  createdAt: Date;
  /** Set when its bytes were erased on purpose; the row stays for those who refer to it. */
  erasedAt: Date | null;
  /** What the virus scanner said; null: not looked at yet. */
  scanState: ScanState | null;
}
export type ScanState = 'clean' | 'infected' | 'released' | 'failed';
/** A row as it is written. */
export type NewFileRow = Omit<FileRow, 'createdAt' | 'erasedAt' | 'scanState'>;

const COLUMNS = `f.id, f.sha256, f.size_bytes as "sizeBytes", f.kind, f.media_type as "mediaType", f.file_name as "fileName",
  f.owner_kind as "ownerKind", f.owner_id as "ownerId", f.created_at as "createdAt", f.erased_at as "erasedAt", s.state as "scanState"`;
const TABLES = 'files.file f left join files.scan s on s.sha256 = f.sha256';

const insert = statement(
  'files.insert_file',
  `insert into files.file (id, sha256, size_bytes, kind, media_type, file_name, owner_kind, owner_id, uploaded_by, created_at, unit_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
const insertMany = statement('files.insert_files', `select files.register_files($1::jsonb, $2) as written`);
const byIds = statement('files.list_by_ids', `select ${COLUMNS} from ${TABLES} where f.id = any($1)`);
const byOwner = statement(
  'files.list_by_owner',
  `select ${COLUMNS} from ${TABLES} where f.owner_kind = $1 and f.owner_id = $2 order by f.created_at, f.id limit 500`,
);
const hand = statement(
  'files.change_owner',
  `update files.file set owner_kind = $2, owner_id = $3 where id = any($1) returning id`,
);
const remove = statement('files.delete_files', 'delete from files.file where id = any($1)');
const known = statement(
  'files.list_known_digests',
  `select sha256 from files.file where sha256 = any($1) and erased_at is null union select sha256 from files.upload where sha256 = any($1)`,
);

export const insertFile = (tx: Tx, row: NewFileRow, uploadedBy: string): Promise<object[]> =>
  tx.run(insert, [
    row.id,
    row.sha256,
    row.sizeBytes,
    row.kind,
    row.mediaType,
    row.fileName,
    row.ownerKind,
    row.ownerId,
    uploadedBy,
    tx.now,
    tx.actor.unitId ?? null,
  ]);
export const listFilesByIds = (reader: Reader, ids: readonly string[]): Promise<FileRow[]> =>
  reader.run<FileRow>(byIds, [ids]);
export const listFilesByOwner = (reader: Reader, ownerKind: string, ownerId: string): Promise<FileRow[]> =>
  reader.run<FileRow>(byOwner, [ownerKind, ownerId]);
export const changeOwner = (tx: Tx, ids: readonly string[], ownerKind: string, ownerId: string): Promise<object[]> =>
  tx.run(hand, [ids, ownerKind, ownerId]);
export const deleteFiles = (tx: Tx, ids: readonly string[]): Promise<object[]> => tx.run(remove, [ids]);
export async function knownDigests(reader: Reader, digests: readonly Buffer[]): Promise<Set<string>> {
  const rows = await reader.run<{ sha256: Buffer }>(known, [digests]);
  return new Set(rows.map((row) => row.sha256.toString('hex')));
}

const stored = statement(
  'files.list_stored_digests',
  `select distinct encode(sha256, 'hex') as sha256, size_bytes as "sizeBytes" from files.file f
   where erased_at is null and not exists (select from files.scan s where s.sha256 = f.sha256 and s.state = 'infected') order by 1`,
);
/** Every digest that some file names (erased ones and those in quarantine not), with its size: what a back-up must hold. */
export const listStoredDigests = (reader: Reader): Promise<{ sha256: string; sizeBytes: number }[]> =>
  reader.run(stored);
export const insertFiles = (tx: Tx, records: readonly object[]): Promise<object[]> =>
  tx.run(insertMany, [JSON.stringify(records), tx.now]);
const storedSince = statement(
  'files.list_digests_since',
  `select distinct encode(sha256, 'hex') as sha256, size_bytes as "sizeBytes" from files.file f
   where id >= $1 and erased_at is null and not exists (select from files.scan s where s.sha256 = f.sha256 and s.state = 'infected') order by 1`,
);
/** Digests of the files registered from that moment on: their ids are ordered by time. */
export const listDigestsSince = (reader: Reader, since: Date): Promise<{ sha256: string; sizeBytes: number }[]> => {
  const time = since.getTime().toString(16).padStart(12, '0');
  return reader.run(storedSince, [`${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`]);
};

const byDigest = statement(
  'files.list_by_digest',
  `select ${COLUMNS} from ${TABLES} where f.sha256 = $1 order by f.created_at, f.id limit 100`,
);
export const findByDigest = (reader: Reader, sha256: Buffer): Promise<FileRow[]> =>
  reader.run<FileRow>(byDigest, [sha256]);
