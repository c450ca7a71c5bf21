import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { ScanState } from './file-queries.ts';

const save = statement(
  'files.save_scan',
  `insert into files.scan (sha256, state, signature, engine, scanned_at) values ($1, $2, $3, $4, $5)
   on conflict (sha256) do update set state = case when files.scan.state = 'released' and excluded.state = 'infected' and files.scan.signature = excluded.signature
       then 'released' else excluded.state end,
     signature = excluded.signature, engine = excluded.engine, scanned_at = excluded.scanned_at
   returning state, (xmax <> 0) as "wasKnown"`,
);
const states = statement('files.list_scan_states', 'select sha256, state from files.scan where sha256 = any($1)');
const owners = statement(
  'files.list_files_of_digest',
  `select id, file_name as "fileName", owner_kind as "ownerKind", owner_id as "ownerId", uploaded_by as "uploadedBy", created_at as "createdAt",
     unit_id is not null as "isByOfficial"
   from files.file where sha256 = $1 and erased_at is null order by created_at, id limit 100`,
);
const backlog = statement(
  'files.list_scan_backlog',
  `select f.id, f.sha256 from files.file f where f.id > $1 and f.erased_at is null order by f.id limit $2`,
);
const stale = statement(
  'files.list_stale_scans',
  `select sha256 from files.scan where state = 'clean' and engine <> $1 and scanned_at > $2 order by scanned_at desc limit $3`,
);
const infected = statement(
  'files.list_infected',
  `select sha256, state, signature, engine, scanned_at as "scannedAt", decided_by as "decidedBy", remark from files.scan
   where state in ('infected', 'released') and (state = 'infected' or not $1::boolean) order by state, scanned_at desc limit 200`,
);
const release = statement(
  'files.release_scan',
  `update files.scan set state = 'released', decided_by = $2, remark = $3 where sha256 = $1 and state = 'infected' returning sha256`,
);
const counts = statement(
  'files.count_scans',
  `select (select count(*)::int from files.scan where state = 'infected') as infected, (select count(*)::int from files.scan where state = 'failed') as failed,
     (select count(*)::int from (select from files.file f where f.id > coalesce((select scanned_until from files.scanner), '00000000-0000-0000-0000-000000000000')
        and f.erased_at is null and not exists (select from files.scan s where s.sha256 = f.sha256) limit 1001) waiting) as unscanned`,
);
const scanner = statement(
  'files.find_scanner',
  `select is_up as "isUp", engine, since, checked_at as "checkedAt", scanned_until as "scannedUntil" from files.scanner`,
);
const seen = statement(
  'files.save_scanner',
  `insert into files.scanner (id, is_up, engine, since, checked_at, scanned_until) values (1, $1, $2, $3, $3, '00000000-0000-0000-0000-000000000000')
   on conflict (id) do update set is_up = excluded.is_up, engine = coalesce(excluded.engine, files.scanner.engine), checked_at = excluded.checked_at,
     since = case when files.scanner.is_up = excluded.is_up then files.scanner.since else excluded.since end`,
);
const until = statement('files.save_scanned_until', 'update files.scanner set scanned_until = $1 where id = 1');

export interface Scanner {
  isUp: boolean;
  engine: string | null;
  since: Date;
  checkedAt: Date;
  scannedUntil: string;
}
export interface InfectedBlob {
  sha256: Buffer;
  state: 'infected' | 'released';
  signature: string | null;
  engine: string;
  scannedAt: Date;
  decidedBy: string | null;
  remark: string | null;
}
export interface FileOfDigest {
  id: string;
  fileName: string;
  ownerKind: string;
  ownerId: string;
  uploadedBy: string;
  isByOfficial: boolean;
  createdAt: Date;
}

/** Keeps what the scanner said; what was released stays so while the scanner names the same signature. */
export const saveScan = async (
  tx: Tx,
  sha256: Buffer,
  state: Exclude<ScanState, 'released'>,
  signature: string | null,
  engine: string,
): Promise<ScanState> =>
  (await tx.run<{ state: ScanState }>(save, [sha256, state, signature, engine, tx.now]))[0]!.state;
export async function scanStates(reader: Reader, digests: readonly Buffer[]): Promise<Map<string, ScanState>> {
  const rows = await reader.run<{ sha256: Buffer; state: ScanState }>(states, [digests]);
  return new Map(rows.map((row) => [row.sha256.toString('hex'), row.state]));
}
export const filesOfDigest = (reader: Reader, sha256: Buffer): Promise<FileOfDigest[]> =>
  reader.run<FileOfDigest>(owners, [sha256]);
export const listScanBacklog = (
  reader: Reader,
  after: string,
  limit: number,
): Promise<{ id: string; sha256: Buffer }[]> => reader.run(backlog, [after, limit]);
/** Clean bytes that an older engine or older signatures looked at, since `after`. */
export const listStaleScans = async (reader: Reader, engine: string, after: Date, limit: number): Promise<Buffer[]> =>
  (await reader.run<{ sha256: Buffer }>(stale, [engine, after, limit])).map((row) => row.sha256);
export const listInfected = (reader: Reader, onlyHeld: boolean): Promise<InfectedBlob[]> =>
  reader.run<InfectedBlob>(infected, [onlyHeld]);
export const releaseScan = async (tx: Tx, sha256: Buffer, remark: string): Promise<boolean> =>
  (await tx.run(release, [sha256, tx.actor.label, remark])).length === 1;
/** `unscanned` counts to 1,001 at most. */
export const countScans = async (reader: Reader): Promise<{ infected: number; failed: number; unscanned: number }> =>
  (await reader.run<{ infected: number; failed: number; unscanned: number }>(counts))[0]!;
export const findScanner = async (reader: Reader): Promise<Scanner | undefined> =>
  (await reader.run<Scanner>(scanner))[0];
export const saveScanner = (tx: Tx, isUp: boolean, engine: string | null): Promise<object[]> =>
  tx.run(seen, [isUp, engine, tx.now]);
export const saveScannedUntil = (tx: Tx, fileId: string): Promise<object[]> => tx.run(until, [fileId]);
