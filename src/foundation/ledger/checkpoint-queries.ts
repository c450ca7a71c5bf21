import { statement, type Reader, type Tx } from '../../platform/database.ts';

/** A checkpoint as it was signed by the log; cosignatures are kept beside it. */
export interface IssuedCheckpoint {
  size: number;
  origin: string;
  root: Buffer;
  /** The signed note, with the log's own signatures only. */
  note: string;
  issuedAt: Date;
}
const COLUMNS = 'size, origin, root, note, issued_at as "issuedAt"';
const newest = statement(
  'ledger.find_newest_checkpoint',
  `select ${COLUMNS} from ledger.checkpoint order by size desc, issued_at desc limit 1`,
);
const insert = statement(
  'ledger.insert_checkpoint',
  'insert into ledger.checkpoint (size, origin, root, note, issued_at) values ($1, $2, $3, $4, $5)',
);

export const findNewestCheckpoint = async (reader: Reader): Promise<IssuedCheckpoint | null> =>
  (await reader.run<IssuedCheckpoint>(newest))[0] ?? null;

export const insertCheckpoint = async (tx: Tx, row: Omit<IssuedCheckpoint, 'issuedAt'>): Promise<void> =>
  void (await tx.run(insert, [row.size, row.origin, row.root, row.note, tx.now]));

const newestCosigned = statement(
  'ledger.find_newest_cosigned',
  `select c.size, c.origin, c.root, c.note, c.issued_at as "issuedAt" from ledger.checkpoint c
   join (select size, origin from ledger.cosignature order by size desc, cosigned_at desc limit 1) s on s.size = c.size and s.origin = c.origin`,
);
/** The largest checkpoint that a witness has cosigned. */
export const findNewestCosigned = async (reader: Reader): Promise<IssuedCheckpoint | null> =>
  (await reader.run<IssuedCheckpoint>(newestCosigned))[0] ?? null;

const over = statement(
  'ledger.find_checkpoint_over',
  `select size, origin, root, note, issued_at as "issuedAt" from (
     (select c.*, 0 as rank from ledger.checkpoint c join ledger.cosignature s on s.size = c.size and s.origin = c.origin where c.size >= $1 order by c.size limit 1)
     union all (select c.*, 1 from ledger.checkpoint c where c.size >= $1 order by c.size desc, c.issued_at desc limit 1)
   ) as found order by rank limit 1`,
);
/** A checkpoint over at least so many entries: one that a witness cosigned where there is one. */
export const findCheckpointOver = async (reader: Reader, size: number): Promise<IssuedCheckpoint | null> =>
  (await reader.run<IssuedCheckpoint>(over, [size]))[0] ?? null;

export interface Cosignature {
  verifierKey: string;
  line: string;
  cosignedAt: Date;
}
const cosignatures = statement(
  'ledger.list_cosignatures',
  `select verifier_key as "verifierKey", line, cosigned_at as "cosignedAt" from ledger.cosignature where size = $1 and origin = $2 order by cosigned_at`,
);
export const listCosignatures = (reader: Reader, size: number, origin: string): Promise<Cosignature[]> =>
  reader.run<Cosignature>(cosignatures, [size, origin]);
const insertLine = statement(
  'ledger.insert_cosignature',
  `insert into ledger.cosignature (size, origin, verifier_key, line, cosigned_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
);
export const insertCosignature = async (
  tx: Tx,
  of: Pick<IssuedCheckpoint, 'size' | 'origin'>,
  signature: Cosignature,
): Promise<void> =>
  void (await tx.run(insertLine, [of.size, of.origin, signature.verifierKey, signature.line, signature.cosignedAt]));

const thin = statement(
  'ledger.thin_checkpoints',
  `delete from ledger.checkpoint c where c.issued_at < $1::timestamptz - interval '2 days'
     and not exists (select from ledger.cosignature s where s.size = c.size and s.origin = c.origin)
     and exists (select from ledger.checkpoint n where n.issued_at > c.issued_at and n.issued_at < date_trunc('hour', c.issued_at) + interval '1 hour')`,
);
/** Past two days one checkpoint of each hour is enough to find the place of a change; those that were cosigned stay. */
export const thinCheckpoints = async (tx: Tx): Promise<void> => void (await tx.run(thin, [tx.now]));
