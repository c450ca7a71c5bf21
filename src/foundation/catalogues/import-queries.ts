import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { SheetRow } from './item-sheet.ts';

export interface SheetImport {
  id: string;
  catalogueId: string;
  fileName: string;
  state: 'checked' | 'applied' | 'discarded';
  isWhole: boolean;
  rows: SheetRow[];
  validCount: number;
  invalidCount: number;
  createdById: string;
  createdBy: string;
  createdAt: Date;
}
const one = statement(
  'catalogues.find_import',
  `select id, catalogue_id as "catalogueId", file_name as "fileName", state, is_whole as "isWhole", rows, valid_count as "validCount",
     invalid_count as "invalidCount", created_by_id as "createdById", created_by as "createdBy", created_at as "createdAt"
   from catalogues.sheet_import where id = $1 and catalogue_id = $2`,
);
const insert = statement(
  'catalogues.insert_import',
  `insert into catalogues.sheet_import (id, catalogue_id, file_name, state, is_whole, rows, valid_count, invalid_count, created_by_id, created_by, created_at)
   values ($1, $2, $3, 'checked', $4, $5::jsonb, $6, $7, $8, $9, $10)`,
);
const finish = statement(
  'catalogues.finish_import',
  `update catalogues.sheet_import set state = $2, finished_at = $3 where id = $1 and state = 'checked' returning id`,
);
export const findImport = async (reader: Reader, id: string, catalogueId: string): Promise<SheetImport | undefined> =>
  (await reader.run<SheetImport>(one, [id, catalogueId]))[0];
export async function insertImport(
  tx: Tx,
  row: Pick<SheetImport, 'id' | 'catalogueId' | 'fileName' | 'isWhole' | 'rows' | 'validCount' | 'invalidCount'>,
): Promise<void> {
  await tx.run(insert, [
    row.id,
    row.catalogueId,
    row.fileName,
    row.isWhole,
    JSON.stringify(row.rows),
    row.validCount,
    row.invalidCount,
    tx.actor.id ?? '',
    tx.actor.label,
    tx.now,
  ]);
}
/** Ends an import once: false when it had ended before. */
export const finishImport = async (tx: Tx, id: string, state: 'applied' | 'discarded'): Promise<boolean> =>
  (await tx.run(finish, [id, state, tx.now])).length === 1;
