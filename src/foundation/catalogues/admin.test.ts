import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial, type SignedIn } from '../../testing/people.ts';
import { findCatalogue } from './catalogue-queries.ts';
import { listMapping } from './mapping-queries.ts';
import { listProposals } from './proposal-queries.ts';
import { findDraft, itemsOf, listVersions, versionOn } from './version-queries.ts';

const app = await testApp();
const host = new URL(app.context.config.publicUrl).host;
const { reader } = app.db;
let keeper: SignedIn;
let agency: SignedIn;

beforeAll(async () => {
  keeper = await signedInOfficial(app, ['catalogues.manage', 'catalogues.propose'], { reach: 'all' });
  agency = await signedInOfficial(app, ['catalogues.propose']);
});

const facts = { nameVi: 'Loại đất thử', nameEn: 'Test land', scope: 'province', owner: 'Sở', legalBasis: 'Luật' };
const base = '/quan-tri/danh-muc';
const idOf = async (code: string) => (await findCatalogue(reader, code))!.id;

/** Sends a sheet as a browser does. */
async function upload(code: string, name: string, content: string | Buffer, mode = 'part') {
  const boundary = '----sen-test';
  const field = (header: string, body: string | Buffer) => [
    `--${boundary}\r\nContent-Disposition: form-data; ${header}\r\n\r\n`,
    body,
    '\r\n',
  ];
  const parts = [
    ...field('name="_csrf"', keeper.session()!.csrf(app.context.config.secret)),
    ...field('name="mode"', mode),
    ...field(`name="file"; filename="${name}"`, content),
    `--${boundary}--\r\n`,
  ];
  return app.app.inject({
    method: 'POST',
    url: `${base}/${code}/nhap`,
    headers: {
      host,
      cookie: [...keeper.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'sec-fetch-site': 'same-origin',
    },
    payload: Buffer.concat(parts.map((part) => Buffer.from(part))),
  });
}

test('a list is made, filled, published and never changed again', async () => {
  const wrong = await keeper.post(`${base}/moi`, { ...facts, code: "X'; drop", nameVi: '' });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain("X'; drop");
  expect((await keeper.post(`${base}/moi`, { ...facts, code: 'loai-dat-thu' })).statusCode).toBe(303);
  expect((await keeper.post(`${base}/moi`, { ...facts, code: 'loai-dat-thu' })).statusCode).toBe(422);
  expect((await keeper.post(`${base}/moi`, { ...facts, code: 'de-nghi' })).statusCode).toBe(422);
  const item = (fields: Record<string, string>) =>
    keeper.post(`${base}/loai-dat-thu/muc`, { nameVi: 'Đất', ...fields });
  expect((await item({ code: 'A' })).statusCode).toBe(303);
  expect((await item({ code: 'B', parent: 'A' })).statusCode).toBe(303);
  expect((await item({ code: 'B' })).statusCode).toBe(422);
  expect((await item({ code: 'C', parent: 'nowhere' })).statusCode).toBe(422);
  expect((await item({ code: 'D', validFrom: '31/02/2026' })).statusCode).toBe(422);
  expect((await keeper.post(`${base}/loai-dat-thu/muc/A`, { nameVi: 'Đất ở', parent: 'B' })).statusCode).toBe(422);
  const id = await idOf('loai-dat-thu');
  const draft = (await findDraft(reader, id))!;
  const publish = (version: number, validFrom: string) =>
    keeper.post(`${base}/loai-dat-thu/ban-soan/ban-hanh`, { version: String(version), validFrom, decision: 'QĐ 1' });
  expect((await publish(draft.rowVersion, 'hôm nay')).statusCode).toBe(422);
  expect((await publish(draft.rowVersion - 1, '01/01/2026')).statusCode).toBe(409);
  expect((await publish(draft.rowVersion, '01/01/2026')).statusCode).toBe(303);
  expect(await findDraft(reader, id)).toBeUndefined();
  // The next version ends an item; the day decides which one is read.
  expect(
    (await keeper.post(`${base}/loai-dat-thu/muc/B`, { nameVi: 'Đất', parent: 'A', validTo: '30/06/2026' })).statusCode,
  ).toBe(303);
  const page = (await keeper.get(`${base}/loai-dat-thu/ban-soan`)).body;
  expect(page).toContain('Ngừng dùng');
  const second = (await findDraft(reader, id))!;
  expect((await publish(second.rowVersion, '01/01/2026')).statusCode).toBe(422);
  expect((await publish(second.rowVersion, '01/07/2026')).statusCode).toBe(303);
  expect((await versionOn(reader, id, '2026-06-30'))!.number).toBe(1);
  expect((await versionOn(reader, id, '2026-07-01'))!.number).toBe(2);
  expect((await keeper.get(`${base}/loai-dat-thu/phien-ban/2`)).body).toContain('Ngừng dùng');
  expect((await keeper.get(`${base}/loai-dat-thu/phien-ban/9`)).statusCode).toBe(404);
});

test('an agency proposes, another decides, and the draft has it', async () => {
  const url = `${base}/loai-dat-thu/de-nghi`;
  expect((await agency.post(url, { code: 'E', nameVi: 'Đất mới', reason: '' })).statusCode).toBe(422);
  expect((await agency.post(url, { code: 'A', nameVi: 'Đất mới', reason: 'Cần' })).statusCode).toBe(422);
  expect((await agency.post(url, { code: 'E', nameVi: '<script>x</script>', reason: 'Cần' })).statusCode).toBe(303);
  const [made] = await listProposals(reader, {
    state: 'waiting',
    catalogue: null,
    unitIds: null,
    after: null,
    limit: 5,
  });
  const one = `${base}/de-nghi/${made!.id}`;
  expect((await agency.get(one)).body).not.toContain('<script>x');
  expect((await agency.post(one, { act: 'approve' })).statusCode).toBe(403);
  expect((await keeper.post(one, { act: 'refuse', reason: '' })).statusCode).toBe(422);
  expect((await keeper.post(one, { act: 'approve', reason: '' })).statusCode).toBe(303);
  expect((await keeper.post(one, { act: 'refuse', reason: 'muộn' })).statusCode).toBe(409);
  const id = await idOf('loai-dat-thu');
  expect((await itemsOf(reader, (await findDraft(reader, id))!.id)).map((item) => item.code)).toEqual(['A', 'B', 'E']);
  // Nobody decides on their own; who proposed may withdraw; others do not see it.
  expect((await keeper.post(url, { code: 'F', nameVi: 'Đất F', reason: 'Cần' })).statusCode).toBe(303);
  const [own] = await listProposals(reader, {
    state: 'waiting',
    catalogue: null,
    unitIds: null,
    after: null,
    limit: 5,
  });
  const mine = `${base}/de-nghi/${own!.id}`;
  expect((await keeper.post(mine, { act: 'approve' })).statusCode).toBe(403);
  expect((await agency.get(mine)).statusCode).toBe(404);
  expect((await keeper.post(mine, { act: 'withdraw' })).statusCode).toBe(303);
  expect((await agency.get(`${base}/loai-dat-thu/ban-soan`)).statusCode).toBe(403);
});

test('a sheet is judged and shown before it is taken over, once', async () => {
  const id = await idOf('loai-dat-thu');
  expect((await upload('loai-dat-thu', 'x.csv', 'Tên,Ghi chú\r\na,b')).statusCode).toBe(422);
  expect((await upload('loai-dat-thu', 'x.xlsx', Buffer.from('PK\u0003\u0004 no workbook'))).statusCode).toBe(422);
  expect((await upload('loai-dat-thu', 'x.exe', 'MZ')).statusCode).toBe(422);
  const sent = await upload(
    'loai-dat-thu',
    'x.csv',
    '\uFEFFMã,Tên,Mã cấp trên\r\nG,Đất G,A\r\nG,Lặp,\r\nH h,Sai mã,\r\nI,Treo,mất\r\n',
  );
  expect(sent.statusCode).toBe(303);
  const run = String(sent.headers['location']);
  const page = (await keeper.get(run)).body;
  expect(page).toContain('1 dòng đúng, 3 dòng có lỗi');
  expect(page).toContain('Mã bị lặp');
  expect((await itemsOf(reader, (await findDraft(reader, id))!.id)).map((item) => item.code)).not.toContain('G');
  expect((await keeper.post(run, { act: 'apply' })).statusCode).toBe(303);
  expect((await keeper.post(run, { act: 'apply' })).statusCode).toBe(409);
  expect((await itemsOf(reader, (await findDraft(reader, id))!.id)).map((item) => item.code)).toContain('G');
  const draft = (await findDraft(reader, id))!;
  expect((await keeper.post(`${base}/loai-dat-thu/ban-soan/bo`, { version: '-5' })).statusCode).toBe(409);
  expect(
    (await keeper.post(`${base}/loai-dat-thu/ban-soan/bo`, { version: String(draft.rowVersion) })).statusCode,
  ).toBe(303);
  expect((await listVersions(reader, id)).map((version) => version.state)).toEqual(['published', 'published']);
});

test('codes are mapped, and a pair is ended once', async () => {
  const id = await idOf('loai-dat-thu');
  const url = `${base}/loai-dat-thu/anh-xa/loai-dat-thu`;
  expect((await keeper.post(url, { fromCode: 'A', toCode: 'nowhere' })).statusCode).toBe(422);
  expect(
    (await keeper.post(url, { fromCode: 'A', toCode: 'B', validFrom: '2/1/2026', validTo: '1/1/2026' })).statusCode,
  ).toBe(422);
  expect((await keeper.post(url, { fromCode: 'A', toCode: 'B', validFrom: '01/01/2026' })).statusCode).toBe(303);
  expect((await keeper.post(url, { fromCode: 'A', toCode: 'B', validFrom: '01/01/2026' })).statusCode).toBe(422);
  const [pair] = await listMapping(reader, id, id, { on: '2026-02-01', limit: 5 });
  expect((await keeper.post(`${url}/ket-thuc`, { id: pair!.id, lastDay: '30/06/2026' })).statusCode).toBe(303);
  expect((await keeper.post(`${url}/ket-thuc`, { id: pair!.id, lastDay: '30/06/2026' })).statusCode).toBe(404);
  expect(await listMapping(reader, id, id, { on: '2026-07-01', limit: 5 })).toEqual([]);
});
