import { beforeAll, expect, test } from 'vitest';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial, type SignedIn } from '../../testing/people.ts';
import { findCatalogue } from './catalogue-queries.ts';
import { findDraft } from './version-queries.ts';
import { comparePairs, judgePairs, readPairSheet } from './mapping-sheet.ts';

const app = await testApp();
app.db.clock.set('2026-11-23T09:00:00+07:00');
const host = new URL(app.context.config.publicUrl).host;
const base = '/quan-tri/danh-muc';
const place = `${base}/cu-thu/anh-xa/moi-thu`;
let keeper: SignedIn;
let second: SignedIn;
let agency: SignedIn;

beforeAll(async () => {
  keeper = await signedInOfficial(app, ['catalogues.manage', 'catalogues.propose'], { reach: 'all' });
  second = await signedInOfficial(app, ['catalogues.manage'], { reach: 'all' });
  agency = await signedInOfficial(app, ['catalogues.propose']);
  const facts = { nameVi: 'Danh mục thử', nameEn: 'Test', scope: 'province', owner: 'Sở', legalBasis: 'Luật' };
  for (const [code, items] of [
    ['cu-thu', ['A', 'B', 'C']],
    ['moi-thu', ['1', '2', '3']],
  ] as const) {
    await keeper.post(`${base}/moi`, { ...facts, code });
    for (const item of items) await keeper.post(`${base}/${code}/muc`, { code: item, nameVi: `Mục ${item}` });
    const draft = (await findDraft(app.db.reader, (await findCatalogue(app.db.reader, code))!.id))!;
    const sent = { version: String(draft.rowVersion), validFrom: '01/01/2026', decision: 'QĐ 1' };
    await keeper.post(`${base}/${code}/ban-soan/ban-hanh`, sent);
  }
}, 120_000);

async function upload(person: SignedIn, name: string, content: string | Buffer, mode = 'part') {
  const boundary = '----sen-test';
  const parts: (string | Buffer)[] = [];
  const field = (header: string, body: string | Buffer) =>
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; ${header}\r\n\r\n`, body, '\r\n');
  field('name="_csrf"', person.session()!.csrf(app.context.config.secret));
  field('name="mode"', mode);
  field(`name="file"; filename="${name}"`, content);
  parts.push(`--${boundary}--\r\n`);
  return app.app.inject({
    method: 'POST',
    url: `${place}/nhap`,
    headers: {
      host,
      cookie: [...person.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'sec-fetch-site': 'same-origin',
    },
    payload: Buffer.concat(parts.map((part) => Buffer.from(part))),
  });
}
const HEAD = 'Mã nguồn,Mã tương ứng,Từ ngày,Đến ngày,Ghi chú\n';
const sheet = (...lines: string[]): string => HEAD + lines.join('\n');
const pairs = async () =>
  app.db.reader.raw<object>(
    `select m.from_code as f, m.to_code as t, m.valid_from::text as "from", m.valid_to::text as "to", m.note from catalogues.mapping m
     join catalogues.catalogue c on c.id = m.from_catalogue_id where c.code = 'cu-thu' order by 1, 2, 3 nulls first`,
  );

test('a sheet is judged line by line, proposed, approved by somebody else, and stands in the history', async () => {
  const content = sheet(
    'A,1,01/07/2025,,Sáp nhập',
    'B,2,,,',
    'Z,1,,,',
    'C,9,,,',
    'A,1,01/07/2025,,hai lần',
    'B,3,31/02/2026,,',
    ',1,,,',
  );
  const sent = await upload(agency, 'cap-ma.csv', content);
  const path = sent.headers.location!;
  const page = await agency.get(path);
  for (const part of [
    '2 dòng đúng, 5 dòng có lỗi',
    'Danh mục nguồn không có mã này',
    'Danh mục kia không có mã này',
    'bị lặp',
    'Ngày không có thật',
    'Thiếu mã nguồn',
    '2 cặp thêm, 0 cặp sửa, 0 cặp kết thúc',
  ])
    expect(page.body).toContain(part);
  expect(await pairs(), 'nothing is written yet').toEqual([]);
  expect((await second.get(path)).statusCode, 'nobody else sees it before it is sent').toBe(404);
  expect((await agency.post(path, { act: 'propose', reason: '' })).statusCode).toBe(422);
  expect((await agency.post(path, { act: 'propose', reason: 'Theo Nghị quyết 1656' })).statusCode).toBe(303);
  expect((await agency.post(path, { act: 'propose', reason: 'Lại' })).statusCode).toBe(409);
  expect((await second.get(`${base}/de-nghi`)).body).toContain(path);
  expect((await agency.post(path, { act: 'approve', reason: '' })).statusCode).toBe(403);
  expect((await second.post(path, { act: 'refuse', reason: '' })).statusCode).toBe(422);
  expect((await second.post(path, { act: 'approve', reason: '' })).statusCode).toBe(303);
  expect((await second.post(path, { act: 'approve', reason: '' })).statusCode).toBe(409);
  expect(await pairs()).toEqual([
    { f: 'A', t: '1', from: '2025-07-01', to: null, note: 'Sáp nhập' },
    { f: 'B', t: '2', from: null, to: null, note: null },
  ]);
  const history = await keeper.get(`${place}/nhap`);
  for (const part of ['Theo Nghị quyết 1656', 'Đã duyệt', 'cap-ma.csv']) expect(history.body).toContain(part);
  expect((await keeper.get(`/en${path}`)).body).toContain('2 pairs added');
});

test('what was taken away comes back the same; a whole sheet ends what it does not name', async () => {
  const csv = await keeper.get(`${place}/tai-ve/csv`);
  expect(csv.body).toContain('Mã tương ứng');
  const same = await upload(keeper, 'a.csv', csv.body, 'whole');
  expect((await keeper.get(same.headers.location!)).body).toContain('không làm thay đổi gì');
  expect((await keeper.post(same.headers.location!, { act: 'withdraw' })).statusCode).toBe(303);
  const book = Buffer.from(
    await writeXlsx({
      sheets: [
        {
          name: 'a',
          rows: [
            ['Stands for', 'Code', 'From', 'To', 'Note'],
            ['1', 'A', '01/07/2025', '30/11/2026', 'Sáp nhập'],
            ['3', 'C', '', '', "'=1+1"],
          ],
        },
      ],
    }),
  );
  const sent = await upload(keeper, 'b.xlsx', book, 'whole');
  const path = sent.headers.location!;
  expect((await keeper.get(path)).body).toContain('1 cặp thêm, 0 cặp sửa, 2 cặp kết thúc');
  await keeper.post(path, { act: 'propose', reason: 'Rà soát' });
  expect((await keeper.post(path, { act: 'approve', reason: '' })).statusCode, 'not one’s own').toBe(403);
  expect((await second.post(path, { act: 'approve', reason: 'Đúng' })).statusCode).toBe(303);
  expect(await pairs()).toEqual([
    { f: 'A', t: '1', from: '2025-07-01', to: '2026-11-30', note: 'Sáp nhập' },
    { f: 'B', t: '2', from: null, to: '2026-11-22', note: null },
    { f: 'C', t: '3', from: null, to: null, note: '=1+1' },
  ]);
  expect((await keeper.get(`${place}/tai-ve/xlsx`)).statusCode).toBe(200);
  expect((await keeper.get(`${place}/tai-ve/exe`)).statusCode).toBe(404);
});

test('what is no sheet is refused in words; a proposal can be refused and withdrawn', async () => {
  for (const [name, content] of [
    ['a.exe', 'MZ'],
    ['a.csv', Buffer.from([0xff, 0xfe, 0x00])],
    ['a.xlsx', Buffer.from('PK\u0003\u0004broken')],
    ['a.csv', 'Tên,Khác\nA,1\n'],
    ['a.csv', ''],
  ] as const)
    expect((await upload(keeper, name, content)).statusCode, name).toBe(422);
  const none = await upload(keeper, 'n.csv', sheet('Z,Z,,,'));
  expect((await keeper.get(none.headers.location!)).body).not.toContain('Gửi đề nghị');
  const refused = (await upload(keeper, 'r.csv', sheet('B,3,,,'))).headers.location!;
  await keeper.post(refused, { act: 'propose', reason: 'Thử' });
  expect((await second.post(refused, { act: 'refuse', reason: 'Chưa có căn cứ' })).statusCode).toBe(303);
  expect((await keeper.get(refused)).body).toContain('Chưa có căn cứ');
  const back = (await upload(keeper, 'w.csv', sheet('B,3,,,'))).headers.location!;
  await keeper.post(back, { act: 'propose', reason: 'Thử' });
  expect((await second.post(back, { act: 'withdraw' })).statusCode).toBe(403);
  expect((await keeper.post(back, { act: 'withdraw' })).statusCode).toBe(303);
  expect((await pairs()).length).toBe(3);
});

test('laying a sheet over what it came from changes nothing, and no line is lost or invented', () => {
  const day = fc.constantFrom(null, '2025-01-01', '2025-07-01', '2026-01-01');
  const pair = fc.record({
    fromCode: fc.constantFrom('A', 'B'),
    toCode: fc.constantFrom('1', '2'),
    validFrom: day,
    validTo: fc.constantFrom(null, '2026-12-31'),
    note: fc.constantFrom(null, 'x'),
  });
  const known = { from: new Set(['A', 'B']), to: new Set(['1', '2']) };
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 12 }), (list) => {
      const rows = readPairSheet([
        ['Code', 'Stands for', 'From', 'To', 'Note'],
        ...list.map((p) => [p.fromCode, p.toCode, p.validFrom ?? '', p.validTo ?? '', p.note ?? '']),
      ])!;
      const judged = judgePairs(rows, known, [], true);
      expect(judged).toHaveLength(list.length);
      const sound = judged.filter((row) => row.faults.length === 0).map((row) => row.pair);
      expect(comparePairs(sound, judged, true, '2026-11-22')).toEqual([]);
      expect(comparePairs([], judged, true, '2026-11-22').map((change) => change.pair)).toEqual(sound);
    }),
  );
});
