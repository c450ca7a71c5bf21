import { statement, type Reader, type Tx } from '../../platform/database.ts';

/* Figures and records of the care of files: room, scans, erasures, readings. */

const person = statement(
  'files.sum_of_person',
  `select coalesce(sum(size_bytes), 0)::bigint as bytes from files.file
   where uploaded_by = $1 and owner_kind in ('application', 'paper') and erased_at is null`,
);
export const bytesOfPerson = async (reader: Reader, personId: string): Promise<number> =>
  (await reader.run<{ bytes: number }>(person, [personId]))[0]!.bytes;

const unit = statement(
  'files.sum_of_unit',
  `select (coalesce((select bytes from files.unit_space where unit_id = $1), 0)
     + coalesce((select sum(size_bytes) from files.file where unit_id = $1
         and created_at > coalesce((select measured_at from files.unit_space where unit_id = $1), '-infinity')), 0))::bigint as bytes`,
);
/** What was measured last night and what came since. */
export const bytesOfUnit = async (reader: Reader, unitId: string): Promise<number> =>
  (await reader.run<{ bytes: number }>(unit, [unitId]))[0]!.bytes;

const measure = statement(
  'files.measure_space',
  `insert into files.space (day, owner_kind, kind, files, bytes)
   select $1::date, owner_kind, kind, count(*), sum(size_bytes) from files.file where erased_at is null group by owner_kind, kind
   on conflict (day, owner_kind, kind) do update set files = excluded.files, bytes = excluded.bytes`,
);
const measureUnits = statement(
  'files.measure_units',
  `insert into files.unit_space (unit_id, bytes, files, measured_at)
   select unit_id, sum(size_bytes), count(*), $1 from files.file where unit_id is not null and erased_at is null group by unit_id
   on conflict (unit_id) do update set bytes = excluded.bytes, files = excluded.files, measured_at = excluded.measured_at`,
);
export async function measureSpace(tx: Tx, day: string): Promise<void> {
  await tx.run(measure, [day]);
  await tx.run(measureUnits, [tx.now]);
}

export interface SpaceLine {
  ownerKind: string;
  kind: string;
  files: number;
  bytes: number;
}
const space = statement(
  'files.list_space',
  `select owner_kind as "ownerKind", kind, files, bytes from files.space where day = (select max(day) from files.space) order by bytes desc, owner_kind, kind limit 200`,
);
const growth = statement(
  'files.list_growth',
  `select to_char(day, 'YYYY-MM-DD') as day, sum(files)::bigint as files, sum(bytes)::bigint as bytes from files.space
   where day in (select max(day) from files.space group by date_trunc('month', day)) group by 1 order by 1 desc limit 13`,
);
export const listSpace = (reader: Reader): Promise<SpaceLine[]> => reader.run<SpaceLine>(space);
/** The last measurement of each month, newest first. */
export const listGrowth = (reader: Reader): Promise<{ day: string; files: number; bytes: number }[]> =>
  reader.run(growth);

export interface Verification {
  id: string;
  startedAt: Date;
  finishedAt: Date;
  isSample: boolean;
  checked: number;
  checkedBytes: number;
  missing: number;
  damaged: number;
  orphans: number;
  faults: { sha256: string; what: 'missing' | 'damaged' }[];
}
const insertReading = statement(
  'files.insert_verification',
  `insert into files.verification (id, started_at, finished_at, is_sample, checked, checked_bytes, missing, damaged, orphans, faults)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)`,
);
const lastReading = statement(
  'files.find_last_verification',
  `select id, started_at as "startedAt", finished_at as "finishedAt", is_sample as "isSample", checked, checked_bytes as "checkedBytes",
     missing, damaged, orphans, faults from files.verification order by finished_at desc limit 1`,
);
export const insertVerification = (tx: Tx, v: Verification): Promise<object[]> =>
  tx.run(insertReading, [
    v.id,
    v.startedAt,
    v.finishedAt,
    v.isSample,
    v.checked,
    v.checkedBytes,
    v.missing,
    v.damaged,
    v.orphans,
    JSON.stringify(v.faults),
  ]);
export const findLastVerification = async (reader: Reader): Promise<Verification | undefined> =>
  (await reader.run<Verification>(lastReading))[0];
const digestsAfter = statement(
  'files.list_digests_after',
  `select distinct sha256, size_bytes as "sizeBytes" from files.file where sha256 > $1 and erased_at is null order by sha256 limit $2`,
);
/** Digests that files name, in their order: to walk over all of them without holding them. */
export const listDigestsAfter = (
  reader: Reader,
  after: Buffer,
  limit: number,
): Promise<{ sha256: Buffer; sizeBytes: number }[]> => reader.run(digestsAfter, [after, limit]);

export interface Erasure {
  id: string;
  number: string;
  fileId: string;
  sha256: Buffer;
  sizeBytes: number;
  kind: string;
  ownerKind: string;
  ownerId: string;
  keptSince: Date;
  basis: string;
  decidedAt: Date;
  decidedBy: string;
  bytesGoneAt: Date | null;
  isShared: boolean | null;
  traces: { store: boolean; previews: number; journal: number; quarantine: boolean } | null;
}
const ERASURE = `id, number, file_id as "fileId", sha256, size_bytes as "sizeBytes", kind, owner_kind as "ownerKind", owner_id as "ownerId",
  kept_since as "keptSince", basis, decided_at as "decidedAt", decided_by as "decidedBy", bytes_gone_at as "bytesGoneAt", is_shared as "isShared", traces`;
const mark = statement(
  'files.mark_erased',
  `update files.file set erased_at = $2 where id = $1 and erased_at is null
   returning sha256, size_bytes as "sizeBytes", kind, owner_kind as "ownerKind", owner_id as "ownerId", created_at as "createdAt"`,
);
const insertErasure_ = statement(
  'files.insert_erasure',
  `insert into files.erasure (id, number, file_id, sha256, size_bytes, kind, owner_kind, owner_id, kept_since, basis, decided_at, decided_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);
const openErasures = statement(
  'files.list_open_erasures',
  `select ${ERASURE} from files.erasure where sha256 = $1 and bytes_gone_at is null for update`,
);
const close = statement(
  'files.close_erasures',
  `update files.erasure set bytes_gone_at = $2, is_shared = $3, traces = $4::jsonb where sha256 = $1 and bytes_gone_at is null`,
);
const erasures = statement(
  'files.list_erasures',
  `select ${ERASURE} from files.erasure where (decided_at, id) < ($1, $2::uuid) order by decided_at desc, id desc limit $3`,
);
const erasure = statement('files.find_erasure', `select ${ERASURE} from files.erasure where id = $1`);
export const markErased = async (
  tx: Tx,
  fileId: string,
): Promise<
  { sha256: Buffer; sizeBytes: number; kind: string; ownerKind: string; ownerId: string; createdAt: Date } | undefined
> => (await tx.run<never>(mark, [fileId, tx.now]))[0];
export const insertErasure = (
  tx: Tx,
  e: Omit<Erasure, 'decidedAt' | 'bytesGoneAt' | 'isShared' | 'traces'>,
): Promise<object[]> =>
  tx.run(insertErasure_, [
    e.id,
    e.number,
    e.fileId,
    e.sha256,
    e.sizeBytes,
    e.kind,
    e.ownerKind,
    e.ownerId,
    e.keptSince,
    e.basis,
    tx.now,
    e.decidedBy,
  ]);
export const lockOpenErasures = (tx: Tx, sha256: Buffer): Promise<Erasure[]> => tx.run<Erasure>(openErasures, [sha256]);
export const closeErasures = (
  tx: Tx,
  sha256: Buffer,
  isShared: boolean,
  traces: Erasure['traces'],
): Promise<object[]> => tx.run(close, [sha256, tx.now, isShared, JSON.stringify(traces)]);
/** Erasures, the newest first. */
export const listErasures = (
  reader: Reader,
  before: { at: Date; id: string } | null,
  limit: number,
): Promise<Erasure[]> =>
  reader.run<Erasure>(erasures, [
    before?.at ?? new Date('9999-01-01T00:00:00Z'),
    before?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    limit,
  ]);
export const findErasure = async (reader: Reader, id: string): Promise<Erasure | undefined> =>
  (await reader.run<Erasure>(erasure, [id]))[0];
