import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import type { Reply } from './reply.ts';
import { MAX_EXPORT_ROWS, tableExport, type ExportTable } from './table-export.ts';

function* numbers(count: number): Generator<number> {
  for (let n = 1; n <= count; n += 1) yield n;
}
const table = (rows: Iterable<number>, locale: 'vi' | 'en' = 'vi'): ExportTable<number> => ({
  name: 'số',
  locale,
  rows,
  columns: [
    { heading: 'Số', value: (n) => n },
    { heading: 'Chữ', value: (n) => `=${n}, "x"` },
  ],
});
const csvOf = async (reply: Reply): Promise<string> =>
  reply.kind === 'stream' ? (await buffer(reply.body)).toString() : '';
const sheetOf = async (reply: Reply) =>
  (await readXlsx(reply.kind === 'data' ? Buffer.from(reply.body) : Buffer.alloc(0))).sheets[0]!.rows;

describe('a list as a file', () => {
  test('is CSV with a mark for spreadsheets, quoted, and without formulas', async () => {
    expect(await csvOf(await tableExport('csv', table([1])))).toBe('\uFEFFSố,Chữ\r\n1,"\'=1, ""x"""\r\n');
    expect(await csvOf(await tableExport('csv', table([])))).toBe('\uFEFFSố,Chữ\r\n');
  });
  test('is read while it is sent: what nobody takes is not read', async () => {
    let read = 0;
    const reply = await tableExport('csv', table(counted()));
    function* counted() {
      for (const n of numbers(50_000)) {
        read = n;
        yield n;
      }
    }
    expect(read).toBe(0);
    const body = reply.kind === 'stream' ? reply.body : Readable.from([]);
    const first: unknown = await body.iterator({ destroyOnReturn: true }).next();
    body.destroy();
    expect(String((first as { value: unknown }).value)).toMatch(/^\uFEFF/);
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(50_000);
  });
  test('ends at its limit, and its last line says so', async () => {
    const full = (await csvOf(await tableExport('csv', table(numbers(MAX_EXPORT_ROWS.csv))))).split('\r\n');
    expect(full).toHaveLength(MAX_EXPORT_ROWS.csv + 2);
    const cut = (await csvOf(await tableExport('csv', table(numbers(MAX_EXPORT_ROWS.csv + 1))))).split('\r\n');
    expect(cut.at(-2)).toContain('Chỉ có 100.000 dòng đầu');
    const sheet = await sheetOf(await tableExport('xlsx', table(numbers(MAX_EXPORT_ROWS.xlsx + 5), 'en')));
    expect(sheet).toHaveLength(MAX_EXPORT_ROWS.xlsx + 2);
    expect(String(sheet.at(-1)![0])).toContain('Only the first 20,000 rows');
    expect(String(sheet.at(-1)![0])).toContain('CSV');
  });
  test.each(['exe', '', 'CSV', '../csv'])('is not made as %j, and no row is read for it', async (format) => {
    let read = false;
    await expect(
      tableExport(format, {
        ...table([]),
        rows: (function* () {
          read = true;
          yield 1;
        })(),
      }),
    ).rejects.toThrow(/./);
    expect(read).toBe(false);
  });
});
