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
