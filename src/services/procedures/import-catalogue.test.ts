import { createReadStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { testDatabase } from '../../testing/database.ts';
import { exportDefects } from './defects/export-import.ts';
import { importCatalogue } from './import-catalogue.ts';
import { countDefects, findImport, insertImport, listDefects } from './import-queries.ts';
import { findProcedure, listVersions, upsertFields } from './procedure-queries.ts';

const db = await testDatabase();
const catalogue = '../shared/data/tthc/dvcqg_2642_parsed.jsonl.gz';

async function read(source: Readable, fileName = 'tep.jsonl') {
  const importId = newId();
  await db.write((tx) => insertImport(tx, { id: importId, fileName, state: 'running' }));
  const context = { actor: { kind: 'system' as const, id: null, label: 'test' }, clock: db.clock };
  const counts = await importCatalogue(db, context, source, { importId, fileName });
  return { importId, counts, kinds: new Map((await countDefects(db.reader, importId)).map((row) => [row.kind, row])) };
}
const lines = (...records: unknown[]) =>
  Readable.from([Buffer.from(records.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'))]);

const birth = {
  code: '9.000001',
  name: 'Đăng ký khai sinh',
  field: 'Hộ tịch',
  level: ['Cấp xã'],
  type: 'Loại khác',
  decision: '1/QĐ',
  applicants: ['Công dân Việt Nam', 'Tổ chức (không bao gồm doanh nghiệp', 'HTX)'],
  agency: 'Ủy ban nhân dân cấp xã',
  channels: [
    { channel: 'Trực tuyến', time: '1', fee: '8,000 VNĐ', note: 'Không có thông tinNộp trên cổng' },
    { channel: 'Trực tiếp', time: '5 Ngày làm việc', fee: '100 VNĐ', note: '(không có)' },
    { channel: 'Dịch vụ bưu chính', time: '2 Tháng', fee: null, note: null },
  ],
  documents: [{ case: null, items: [{ name: 'Giấy chứng sinh', original: 1, copy: 0 }] }],
  steps: ['Nộp', 'Nhận'],
  results: [{ name: 'Giấy khai sinh', code: 'KQ.1' }],
  legal_basis: ['60/2014/QH13'],
  url: 'javascript:alert(1)',
};

beforeAll(() =>
  db.write((tx) =>
    upsertFields(tx, [
      {
        code: 'ho-tich',
        name: { vi: 'Hộ tịch', en: 'Civil status' },
        position: 1,
        listed: true,
        nationalNames: ['Hộ tịch'],
      },
    ]),
  ),
);

describe('reading the national catalogue', () => {
  test('keeps what the source says, leaves unknown what it does not, and tells every defect', async () => {
    const { kinds, counts } = await read(lines(birth));
    expect(counts).toMatchObject({ lines: 1, created: 1, skipped: 0 });
    const [version] = await listVersions(db.reader, '9.000001');
    expect(version).toMatchObject({
      status: 'draft',
      source: 'national',
      fieldCode: 'ho-tich',
      audiences: ['citizen', 'organisation'],
    });
    const [online, counter, post] = version!.content.channels;
    expect(online!.time).toEqual({ amount: 1, unit: null, text: '1' });
    expect(online!.fees[0]).toMatchObject({ amountDong: 8000 });
    expect(online!.note).toEqual({ vi: 'Nộp trên cổng' });
    expect(counter!.time).toEqual({ amount: 5, unit: 'workingDay', text: null });
    expect(counter!.fees[0]).toMatchObject({ amountDong: null, text: '100 VNĐ' });
    expect(post).toMatchObject({ time: { amount: 2, unit: 'month' }, feesKnown: false, fees: [] });
    expect(version!.content.sourceUrl).toBeNull();
    expect([...kinds.keys()].toSorted()).toEqual([
      'audience-split',
      'fee-unknown',
      'fee-unlikely',
      'note-glued',
      'time-unit-missing',
    ]);
    expect(await findProcedure(db.reader, '9.000001', '2026-11-23')).toBeUndefined();
  });

  test('reading the same again changes nothing; a changed record is a new version', async () => {
    expect((await read(lines(birth))).counts).toMatchObject({ created: 0, changed: 0, unchanged: 1 });
    const changed = await read(lines({ ...birth, decision: '2/QĐ' }));
    expect(changed.counts).toMatchObject({ created: 0, changed: 1 });
    expect((await listVersions(db.reader, '9.000001')).map((one) => one.number)).toEqual([2, 1]);
  });

  test('a hostile file is told line by line and the good lines are read', async () => {
    const { importId, counts, kinds } = await read(
      lines(
        '{"code": "9.000002", broken',
        'null',
        '[]',
        '42',
        JSON.stringify({ code: '9.000003', name: 'x'.repeat(5 * 1024 * 1024) }),
        { code: 9, name: ['a'] },
        { code: "1'; drop table x", name: 'Tên' },
        { code: '9.000004', name: '' },
        {
          ...birth,
          code: '9.000005',
          channels: 'no',
          documents: { a: 1 },
          steps: [1, null, { a: 1 }],
          results: ['x'],
          level: 'Cấp xã',
          applicants: 7,
          legal_basis: [[]],
        },
        { ...birth, code: '9.000005' },
        {
          ...birth,
          code: '9.000006',
          name: 'Tên có\u0000 số không',
          channels: [null, { channel: 'Bồ câu' }, { channel: 'Trực tiếp', time: { a: 1 }, fee: 5 }],
        },
        '',
        { ...birth, code: '9.000007', __proto__: { polluted: true } },
      ),
    );
    expect(counts).toMatchObject({ created: 3, skipped: 9 });
    const rows = await listDefects(db.reader, importId, { limit: 500 });
    const at = (line: number) => rows.filter((row) => row.line === line).map((row) => row.kind);
    expect(at(1)).toEqual(['not-json']);
    expect([at(2), at(3), at(4)]).toEqual([['wrong-type'], ['wrong-type'], ['wrong-type']]);
    expect(at(5)).toEqual(['line-too-long']);
    expect(at(6)).toContain('bad-code');
    expect(at(8)).toContain('name-missing');
    expect(at(10)).toContain('duplicate-code');
    expect(kinds.get('channel-unknown')?.count).toBe(1);
  });

  test('reads gzip, an empty file, and tells a broken archive', async () => {
    const packed = gzipSync(Buffer.from(`${JSON.stringify({ ...birth, code: '9.000008' })}\n`));
    expect((await read(Readable.from([packed]))).counts.created).toBe(1);
    expect((await read(Readable.from([]))).counts.lines).toBe(0);
    await expect(read(Readable.from([packed.subarray(0, 40)]), 'cut.gz')).rejects.toThrow(/./);
    const failed = await db.reader.raw<{ id: string }>(
      `select id from procedures.catalogue_import where file_name = 'cut.gz'`,
    );
    expect(await findImport(db.reader, failed[0]!.id)).toMatchObject({ state: 'failed' });
  });

  test('the report can be taken away, with formulas made harmless', async () => {
    const { importId } = await read(
      lines({ ...birth, code: '9.000009', channels: [{ channel: 'Trực tiếp', time: '=1+1', fee: 'Miễn phí' }] }),
    );
    const csv = await exportDefects(db.reader, importId, 'csv', 'vi');
    const xlsx = await exportDefects(db.reader, importId, 'xlsx', 'en');
    expect(csv.kind === 'stream' ? await text(csv.body) : '').toContain("'=1+1");
    expect(xlsx.kind === 'data' ? xlsx.body.slice(0, 2).toString() : '').toBe('PK');
  });
});

const present = existsSync(catalogue);
test.skipIf(!present)(
  `the 2,642 procedures of the national catalogue${present ? '' : ' (skipped: ../shared/data is not there)'}`,
  { timeout: 120_000 },
  async () => {
    const first = await read(createReadStream(catalogue), 'catalogue.jsonl.gz');
    expect(first.counts).toMatchObject({ lines: 2642, created: 2642, changed: 0, skipped: 0 });
    expect(first.kinds.get('time-unit-missing')?.procedures).toBe(356);
    expect(first.kinds.get('fee-unlikely')?.procedures).toBe(96);
    expect(first.kinds.get('papers-lost')?.procedures).toBe(48);
    expect(first.kinds.get('channels-missing')?.procedures).toBe(15);
    const second = await read(createReadStream(catalogue), 'catalogue.jsonl.gz');
    expect(second.counts).toMatchObject({ created: 0, changed: 0, unchanged: 2642 });
  },
);
