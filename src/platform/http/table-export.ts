import { Readable } from 'node:stream';
import { writeXlsx } from 'hucre/xlsx';
import type { Locale } from './page-context.ts';
import { download, streamed, type Reply } from './reply.ts';
import { notFound, problem } from '../problems.ts';

export interface ExportColumn<Row> {
  heading: string;
  value(row: Row): string | number | Date | null | undefined;
  width?: number;
}

/** A list taken away is cut at so many rows, and its last line then says so. A workbook is made in memory as a whole, so it is cut sooner. */
export const MAX_EXPORT_ROWS = { csv: 100_000, xlsx: 20_000 } as const;

const cutNote = (max: number, format: 'csv' | 'xlsx', locale: Locale): string => {
  const many = max.toLocaleString(locale === 'en' ? 'en' : 'vi-VN');
  if (locale === 'en')
    return `Only the first ${many} rows. Filter the list${format === 'xlsx' ? ', or take it as CSV,' : ''} to have the others.`;
  return `Chỉ có ${many} dòng đầu. Hãy lọc danh sách${format === 'xlsx' ? ' hoặc tải CSV' : ''} để có các dòng còn lại.`;
};

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

export interface ExportTable<Row> {
  name: string;
  locale: Locale;
  columns: readonly ExportColumn<Row>[];
  rows: Iterable<Row> | AsyncIterable<Row>;
}

type Cells = (string | number)[];

/** The cells of each row up to the limit, then the line that says that it was reached. */
async function* cellsOf<Row>(table: ExportTable<Row>, format: 'csv' | 'xlsx'): AsyncGenerator<Cells> {
  const max = MAX_EXPORT_ROWS[format];
  let count = 0;
  for await (const row of table.rows) {
    if (count === max) {
      yield [cutNote(max, format, table.locale)];
      return;
    }
    count += 1;
    yield table.columns.map((column) => cellOf(column.value(row)));
  }
}

const quote = (cell: string | number): string =>
  typeof cell === 'number' ? String(cell) : /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
const csvLine = (cells: Cells): string => `${cells.map(quote).join(',')}\r\n`;

/** Lines go out in pieces of so many characters: few enough writes, and never a whole list in memory. */
const PIECE = 64 * 1024;

async function* csvOf<Row>(table: ExportTable<Row>): AsyncGenerator<string> {
  let piece = `\uFEFF${csvLine(table.columns.map((column) => column.heading))}`;
  for await (const cells of cellsOf(table, 'csv')) {
    piece += csvLine(cells);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/**
 * A list as a file to take away: `xlsx`, or `csv` (UTF-8 with a mark so that spreadsheets read Vietnamese), which is read
 * while it is sent. Times are Viet Nam's. Cut at MAX_EXPORT_ROWS. @throws notFound for another format, before a row is read
 */
export async function tableExport<Row>(format: string, table: ExportTable<Row>): Promise<Reply> {
  if (format !== 'xlsx' && format !== 'csv') throw problem(notFound);
  if (format === 'csv')
    return streamed(Readable.from(csvOf(table), { objectMode: false }), {
      fileName: `${table.name}.csv`,
      type: 'text/csv; charset=utf-8',
    });
  const rows: Cells[] = [table.columns.map((column) => column.heading)];
  for await (const cells of cellsOf(table, 'xlsx')) rows.push(cells);
  const bytes = await writeXlsx({
    sheets: [
      {
        name: table.name.slice(0, 31).replaceAll(/[\\/?*[\]:]/g, ' '),
        rows,
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
