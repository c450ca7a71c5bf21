import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { ImportRow } from './officer-import.ts';

const insert = statement(
  'organisations.insert_import',
  `insert into organisations.officer_import (id, file_name, state, rows, valid_count, invalid_count, created_by, created_at)
   values ($1, $2, 'checked', $3, $4, $5, $6, $7)`,
);
const one = statement(
  'organisations.find_import',
  `select id, file_name as "fileName", state, rows, valid_count as "validCount", invalid_count as "invalidCount", created_by as "createdBy", created_at as "createdAt"
   from organisations.officer_import where id = $1`,
);
const finish = statement(
  'organisations.finish_import',
  `update organisations.officer_import set state = $2, finished_at = $3 where id = $1 and state = 'checked' returning id`,
);
const emails = statement(
  'organisations.list_known_emails',
  'select lower(email) as email from organisations.officer where lower(email) = any($1)',
);

export interface OfficerImport {
  id: string;
  fileName: string;
  state: 'checked' | 'applied' | 'discarded';
  rows: ImportRow[];
  validCount: number;
  invalidCount: number;
  createdBy: string;
  createdAt: Date;
}

export const insertImport = (tx: Tx, row: Omit<OfficerImport, 'state' | 'createdAt'>) =>
  tx.run(insert, [
    row.id,
    row.fileName,
    JSON.stringify(row.rows),
    row.validCount,
    row.invalidCount,
    row.createdBy,
    tx.now,
  ]);
export const findImport = async (reader: Reader, id: string): Promise<OfficerImport | undefined> =>
  (await reader.run<OfficerImport>(one, [id]))[0];
/** Ends an import once: false when it had ended before. */
export const finishImport = async (tx: Tx, id: string, state: 'applied' | 'discarded'): Promise<boolean> =>
  (await tx.run(finish, [id, state, tx.now])).length === 1;
export const knownEmails = async (reader: Reader, candidates: readonly string[]): Promise<Set<string>> =>
  new Set((await reader.run<{ email: string }>(emails, [candidates])).map((row) => row.email));
