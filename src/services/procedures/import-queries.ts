import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { SourceDefect } from './national-record.ts';

export interface CatalogueImport {
  id: string;
  fileName: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  startedAt: Date;
  finishedAt: Date | null;
  startedBy: string;
  lines: number;
  created: number;
  changed: number;
  unchanged: number;
  skipped: number;
  defects: number;
  failure: string | null;
}

const COLUMNS = `id, file_name as "fileName", state, started_at as "startedAt", finished_at as "finishedAt", started_by as "startedBy",
  lines, created, changed, unchanged, skipped, defects, failure`;

const insert = statement(
  'procedures.insert_import',
  `insert into procedures.catalogue_import (id, file_name, state, started_at, started_by) values ($1, $2, $3, $4, $5)`,
);

/** Opens the record of an import. */
export async function insertImport(
  tx: Tx,
  one: { id: string; fileName: string; state: 'waiting' | 'running' },
): Promise<void> {
  await tx.run(insert, [one.id, one.fileName, one.state, tx.now, tx.actor.label]);
}

const update = statement(
  'procedures.update_import',
  `update procedures.catalogue_import set state = $2, lines = $3, created = $4, changed = $5, unchanged = $6, skipped = $7, defects = $8,
     failure = $9, finished_at = $10 where id = $1`,
);

/** How far an import is. */
export type ImportCounts = Pick<CatalogueImport, 'lines' | 'created' | 'changed' | 'unchanged' | 'skipped' | 'defects'>;

/** Writes how far an import is, or how it ended. */
export async function updateImport(
  tx: Tx,
  id: string,
  state: CatalogueImport['state'],
  counts: ImportCounts,
  failure: string | null = null,
): Promise<void> {
  const ended = state === 'done' || state === 'failed' ? tx.now : null;
  await tx.run(update, [
    id,
    state,
    counts.lines,
    counts.created,
    counts.changed,
    counts.unchanged,
    counts.skipped,
    counts.defects,
    failure,
    ended,
  ]);
}

const drop = statement('procedures.delete_import_defects', `delete from procedures.import_defect where import_id = $1`);

/** Forgets the defects of an import that starts again. */
export async function deleteDefects(tx: Tx, importId: string): Promise<void> {
  await tx.run(drop, [importId]);
}

const insertAll = statement(
  'procedures.insert_defects',
  `insert into procedures.import_defect (import_id, number, line, procedure_code, kind, place, source_text)
   select $1, d.number, d.line, d.code, d.kind, d.place, d.source
   from jsonb_to_recordset($2::jsonb) as d (number int, line int, code text, kind text, place text, source text)`,
);

export interface LineDefect extends SourceDefect {
  line: number;
  code: string | null;
}

/** Writes defects with running numbers from `first`. */
export async function insertDefects(
  tx: Tx,
  importId: string,
  first: number,
  defects: readonly LineDefect[],
): Promise<void> {
  if (defects.length === 0) return;
  await tx.run(insertAll, [importId, JSON.stringify(defects.map((d, index) => ({ ...d, number: first + index })))]);
}

const one = statement('procedures.find_import', `select ${COLUMNS} from procedures.catalogue_import where id = $1`);
const all = statement(
  'procedures.list_imports',
  `select ${COLUMNS} from procedures.catalogue_import order by started_at desc limit 50`,
);

export const findImport = async (reader: Reader, id: string): Promise<CatalogueImport | undefined> =>
  (await reader.run<CatalogueImport>(one, [id]))[0];

/** The last fifty imports, the newest first. */
export const listImports = (reader: Reader): Promise<CatalogueImport[]> => reader.run(all);

const kinds = statement(
  'procedures.count_defects',
  `select kind, count(*)::int as count, count(distinct procedure_code)::int as procedures from procedures.import_defect
   where import_id = $1 group by kind order by count(*) desc, kind`,
);

/** Defects of an import by kind: how many, in how many procedures. */
export const countDefects = (
  reader: Reader,
  importId: string,
): Promise<{ kind: string; count: number; procedures: number }[]> => reader.run(kinds, [importId]);

export interface DefectRow {
  number: number;
  line: number;
  code: string | null;
  kind: string;
  place: string;
  source: string | null;
}

const list = statement(
  'procedures.list_defects',
  `select number, line, procedure_code as code, kind, place, source_text as source from procedures.import_defect
   where import_id = $1 and ($2::text is null or kind = $2) and number > $3 order by number limit $4`,
);

/** Defects in the order of the file, a page at a time. */
export const listDefects = (
  reader: Reader,
  importId: string,
  page: { kind?: string | null; after?: number; limit?: number } = {},
): Promise<DefectRow[]> => reader.run(list, [importId, page.kind ?? null, page.after ?? 0, page.limit ?? 50]);
