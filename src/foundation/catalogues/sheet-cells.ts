import { buffer } from 'node:stream/consumers';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import type { WebRequest } from '../../platform/http/web.ts';
import { MAX_ITEMS } from './catalogue.ts';

/** Rows of the first sheet of a workbook, or of a CSV. */
export type Cells = readonly (readonly unknown[])[];
export const MAX_SHEET_BYTES = 5_000_000;

/** Rows of a workbook's first sheet or of a CSV; null when it is neither. */
async function cellsOf(fileName: string, bytes: Buffer): Promise<Cells | null> {
  try {
    if (bytes.subarray(0, 2).toString('latin1') === 'PK')
      return (await readXlsx(bytes, { sheets: [0], maxRows: MAX_ITEMS + 2 })).sheets[0]?.rows ?? [];
    if (!/\.(csv|txt)$/i.test(fileName)) return null;
    return parseCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null; // the readers' own errors say which part is broken: nothing a person can use
  }
}

/** The sheet in the field `file` of a sent form, with the other fields; or what is wrong with it. */
export async function receiveSheet(
  request: WebRequest,
): Promise<
  { fields: URLSearchParams } & ({ fileName: string; cells: Cells } | { fault: 'missing' | 'long' | 'unreadable' })
> {
  const files: { name: string; bytes: Buffer }[] = [];
  const fields = await request.form(async (file) => {
    if (file.field !== 'file' || files.length > 0 || file.fileName === '') {
      file.stream.resume();
      return null;
    }
    files.push({ name: file.fileName, bytes: await buffer(file.stream) });
    return null;
  });
  const [file] = files;
  if (!file || file.bytes.length === 0) return { fields, fault: 'missing' };
  if (file.bytes.length > MAX_SHEET_BYTES) return { fields, fault: 'long' };
  const cells = await cellsOf(file.name, file.bytes);
  if (cells === null) return { fields, fault: 'unreadable' };
  if (cells.length > MAX_ITEMS + 1) return { fields, fault: 'long' };
  return { fields, fileName: file.name, cells };
}

/** A cell as the text that a person sees. */
export const cellText = (cell: unknown): string => {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  // Exports put an apostrophe before what a spreadsheet would run.
  return typeof cell === 'string'
    ? cell
        .normalize('NFC')
        .trim()
        .replace(/^'(?=[=+\-@])/, '')
    : '';
};
