import { statement, type Reader, type Tx } from '../../../platform/database.ts';

export interface PackageImport {
  id: string;
  fileId: string;
  fileName: string;
  sha256: string;
  province: string;
  codes: string[];
  state: 'waiting' | 'done' | 'discarded';
  uploadedAt: Date;
  uploadedBy: string;
  decidedAt: Date | null;
  decidedBy: string | null;
  report: { code: string; outcome: string; number: number | null }[] | null;
}

const COLUMNS = `id, file_id as "fileId", file_name as "fileName", sha256, province, codes, state, uploaded_at as "uploadedAt", uploaded_by as "uploadedBy",
  decided_at as "decidedAt", decided_by as "decidedBy", report`;

const insert = statement(
  'procedures.insert_package',
  `insert into procedures.package_import (id, file_id, file_name, sha256, province, codes, state, uploaded_at, uploaded_by)
   values ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8)`,
);
export async function insertPackage(
  tx: Tx,
  row: Pick<PackageImport, 'id' | 'fileId' | 'fileName' | 'sha256' | 'province' | 'codes'>,
): Promise<void> {
  await tx.run(insert, [row.id, row.fileId, row.fileName, row.sha256, row.province, row.codes, tx.now, tx.actor.label]);
}

const one = statement('procedures.find_package', `select ${COLUMNS} from procedures.package_import where id = $1`);
const locked = statement(
  'procedures.lock_package',
  `select ${COLUMNS} from procedures.package_import where id = $1 for update`,
);
const list = statement(
  'procedures.list_packages',
  `select ${COLUMNS} from procedures.package_import order by uploaded_at desc, id limit 50`,
);
export const findPackage = async (reader: Reader, id: string): Promise<PackageImport | undefined> =>
  (await reader.run<PackageImport>(one, [id]))[0];
export const lockPackage = async (tx: Tx, id: string): Promise<PackageImport | undefined> =>
  (await tx.run<PackageImport>(locked, [id]))[0];
/** The last fifty packages, the newest first. */
export const listPackages = (reader: Reader): Promise<PackageImport[]> => reader.run(list);

const end = statement(
  'procedures.end_package',
  `update procedures.package_import set state = $2, decided_at = $3, decided_by = $4, report = $5::jsonb where id = $1 and state = 'waiting'`,
);
export async function endPackage(
  tx: Tx,
  id: string,
  state: 'done' | 'discarded',
  report: PackageImport['report'],
): Promise<void> {
  await tx.run(end, [id, state, tx.now, tx.actor.label, report === null ? null : JSON.stringify(report)]);
}

export interface Template {
  file: string;
  fileId: string;
  sha256: string;
}
const templates = statement(
  'procedures.list_templates',
  `select file, file_id as "fileId", sha256 from procedures.template where file = any($1::text[])`,
);
export const listTemplates = async (reader: Reader, files: readonly string[]): Promise<Map<string, Template>> =>
  files.length === 0
    ? new Map()
    : new Map((await reader.run<Template>(templates, [files])).map((row) => [row.file, row]));
const put = statement(
  'procedures.upsert_template',
  `insert into procedures.template (file, file_id, sha256, added_at, added_by) values ($1, $2, $3, $4, $5)
   on conflict (file) do update set file_id = excluded.file_id, sha256 = excluded.sha256, added_at = excluded.added_at, added_by = excluded.added_by`,
);
export async function putTemplate(tx: Tx, row: Template): Promise<void> {
  await tx.run(put, [row.file, row.fileId, row.sha256, tx.now, tx.actor.label]);
}
