import { writeCsv } from 'hucre/csv';
import { writeXlsx } from 'hucre/xlsx';
import type { HeldPost, Officer } from './officer.ts';
import type { UnitName } from './unit-queries.ts';

/** Columns of the sheet of officers: exports have them, imports ask for the first seven. */
export const sheetColumns = [
  { key: 'staffCode', header: 'Mã cán bộ', width: 14 },
  { key: 'fullName', header: 'Họ và tên', width: 28 },
  { key: 'email', header: 'Thư điện tử', width: 28 },
  { key: 'phone', header: 'Điện thoại', width: 14 },
  { key: 'unitCode', header: 'Mã định danh đơn vị', width: 22 },
  { key: 'title', header: 'Vị trí', width: 36 },
  { key: 'validFrom', header: 'Từ ngày', width: 12 },
] as const;
export type SheetRow = Record<(typeof sheetColumns)[number]['key'] | 'unitName', string>;

// A cell that begins like a formula would run in a spreadsheet: it is kept as text.
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** The rows of a sheet, one per post held; officers without a post have one row. */
export function sheetRows(
  officers: readonly Officer[],
  posts: ReadonlyMap<string, readonly HeldPost[]>,
  names: ReadonlyMap<string, UnitName>,
  codes: ReadonlyMap<string, string>,
): SheetRow[] {
  return officers.flatMap((officer) => {
    const held: readonly (HeldPost | null)[] = posts.get(officer.id) ?? [null];
    return held.map((post) => ({
      staffCode: officer.staffCode,
      fullName: harmless(officer.fullName),
      email: harmless(officer.email ?? ''),
      phone: officer.phone ?? '',
      unitCode: post ? (codes.get(post.unitId) ?? '') : '',
      title: harmless(post?.titleVi ?? ''),
      validFrom: post ? post.validFrom.split('-').toReversed().join('/') : '',
      unitName: harmless(post ? (names.get(post.unitId)?.nameVi ?? '') : ''),
    }));
  });
}

/** An XLSX workbook with one sheet; with no rows it is the template of the import. */
export async function toXlsx(rows: readonly SheetRow[]): Promise<Buffer> {
  const columns = [...sheetColumns, ...(rows.length > 0 ? [{ key: 'unitName', header: 'Tên đơn vị', width: 40 }] : [])];
  return Buffer.from(
    await writeXlsx({
      sheets: [
        { name: 'Cán bộ', columns: columns.map((column) => ({ ...column })), data: rows.map((row) => ({ ...row })) },
      ],
    }),
  );
}

/** The same as CSV with a byte order mark, so that spreadsheets read Vietnamese letters. */
export function toCsv(rows: readonly SheetRow[]): string {
  const header = [...sheetColumns.map((column) => column.header), 'Tên đơn vị'];
  const keys = [...sheetColumns.map((column) => column.key), 'unitName'] as const;
  return `\uFEFF${writeCsv([header, ...rows.map((row) => keys.map((key) => row[key]))])}`;
}
