import { writeXlsx } from 'hucre/xlsx';
import { download, type Reply } from './reply.ts';
import { notFound, problem } from '../problems.ts';

export interface ExportColumn<Row> {
  heading: string;
  value(row: Row): string | number | Date | null | undefined;
  width?: number;
}

/** A list taken away is cut at so many rows; the last line then says so. */
export const MAX_EXPORT_ROWS = 100_000;

/** A cell that a spreadsheet would run as a formula is made text: `=1+1` becomes `'=1+1` (OWASP, CSV injection). */
const asText = (value: string): string =>
  /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d.,\s]+$/.test(value) ? `'${value}` : value;

const twoDigits = (n: number) => String(n).padStart(2, '0');
function localDateTime(value: Date): string {
  const d = new Date(value.getTime() + 7 * 3_600_000);
  return `${twoDigits(d.getUTCDate())}/${twoDigits(d.getUTCMonth() + 1)}/${d.getUTCFullYear()} ${twoDigits(d.getUTCHours())}:${twoDigits(d.getUTCMinutes())}`;
}

function cellOf(value: string | number | Date | null | undefined): string | number {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return value;
  return value instanceof Date ? localDateTime(value) : asText(value);
}

/**
 * A list as a file to take away: `xlsx`, or `csv` (UTF-8 with a mark so that spreadsheets read Vietnamese). Times are
 * Viet Nam's. @throws notFound for another format
 */
export async function tableExport<Row>(
  format: string,
  table: { name: string; columns: readonly ExportColumn<Row>[]; rows: Iterable<Row> | AsyncIterable<Row> },
): Promise<Reply> {
  if (format !== 'xlsx' && format !== 'csv') throw problem(notFound);
  const rows: (string | number)[][] = [];
  for await (const row of table.rows) {
    if (rows.length === MAX_EXPORT_ROWS) {
      rows.push([`… ${MAX_EXPORT_ROWS}`]);
      break;
    }
    rows.push(table.columns.map((column) => cellOf(column.value(row))));
  }
  const headings = table.columns.map((column) => column.heading);
  if (format === 'csv') {
    const quote = (cell: string | number) =>
      typeof cell === 'number' ? String(cell) : /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    const lines = [headings, ...rows].map((cells) => cells.map(quote).join(','));
    return download(`\uFEFF${lines.join('\r\n')}\r\n`, {
      fileName: `${table.name}.csv`,
      type: 'text/csv; charset=utf-8',
    });
  }
  const bytes = await writeXlsx({
    sheets: [
      {
        name: table.name.slice(0, 31).replaceAll(/[\\/?*[\]:]/g, ' '),
        rows: [headings, ...rows],
        columns: table.columns.map((column) => ({ width: column.width ?? 22 })),
        freezePane: { rows: 1 },
      },
    ],
  });
  return download(Buffer.from(bytes), {
    fileName: `${table.name}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  });
}
