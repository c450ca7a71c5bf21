import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadProvinceUnits } from '../../foundation/organisations/index.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen, signedInOfficial, type SignedIn } from '../../testing/people.ts';
import { loadProvinceProcedures } from './load-province.ts';
import { listImports } from './import-queries.ts';
import { findProcedure, listVersions } from './procedure-queries.ts';

const app = await testApp();
let admin: SignedIn;
const host = new URL(app.context.config.publicUrl).host;
const api = (url: string) => app.app.inject({ method: 'GET', url, headers: { host } });

beforeAll(async () => {
  await loadProvinceUnits(app.context);
  await loadProvinceProcedures(app.context);
  admin = await signedInOfficial(app, ['procedures.manage']);
});

/** Sends a file as a browser does. */
async function upload(bytes: Buffer, fileName: string) {
  const boundary = '----sen-test';
  const part = (headers: string, body: Buffer | string) =>
    Buffer.concat([Buffer.from(`--${boundary}\r\n${headers}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
  const payload = Buffer.concat([
    part('Content-Disposition: form-data; name="_csrf"', admin.session()!.csrf(app.context.config.secret)),
    part(
      `Content-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/gzip`,
      bytes,
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return app.app.inject({
    method: 'POST',
    url: '/quan-tri/thu-tuc/nhap',
    headers: {
      host,
      cookie: [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'sec-fetch-site': 'same-origin',
    },
    payload,
  });
}

describe('the public API', () => {
  test('searches as people type, lists, and tells one procedure without what is internal', async () => {
    const found = (await api('/api/v1/procedures?q=dang%20ky%20khai%20sih')).json();
    expect(found.items[0].code).toBe('1.001193');
    expect(found.searchedFor).toBe('đăng ký khai sinh');
    const list = (await api('/api/v1/procedures?level=commune&offered=true&limit=5')).json();
    expect(list.items.map((item: { code: string }) => item.code).length).toBeGreaterThan(0);
    const one = (await api('/api/v1/procedures/1.001193')).json();
    expect(one).toMatchObject({ code: '1.001193', name: { vi: 'Đăng ký khai sinh' }, onlineScope: 'full' });
    expect(one.steps).toBeUndefined();
    expect(one.channels).toHaveLength(3);
    expect((await api('/api/v1/procedures/9.999999')).statusCode).toBe(404);
    expect((await api('/api/v1/procedures/1.001193?on=2020-01-01')).statusCode).toBe(404);
  });

  test('tells who offers a procedure, and what a unit offers', async () => {
    const { items } = (await api('/api/v1/procedures/1.001193/offers')).json();
    expect(items).toHaveLength(130);
    const ofUnit = (await api(`/api/v1/offers?unit=${items[0].unit.id}`)).json();
    expect(ofUnit.items.map((item: { procedure: { code: string } }) => item.procedure.code)).toContain('1.001193');
    expect((await api('/api/v1/offers')).statusCode).toBe(422);
  });

  test.each([
    'limit=0',
    'limit=x',
    'level=moon',
    'unit=1',
    'on=2026-02-31',
    'on=x',
    `q=${'x'.repeat(400)}`,
    'cursor=%00',
    "q=%27%3B--&field='",
    'q=%EF%BF%BE',
  ])('wrong input %s is never an error of ours', async (query) => {
    expect((await api(`/api/v1/procedures?${query}`)).statusCode).toBeLessThan(500);
  });
});

describe('administration', () => {
  test('lists, filters, sorts and exports; others see nothing of it', async () => {
    const list = await admin.get('/quan-tri/thu-tuc?tim=khai%20sinh&sap-xep=-ten');
    expect(list.statusCode).toBe(200);
    expect(list.body).toContain('/quan-tri/thu-tuc/1.001193');
    expect((await admin.get('/quan-tri/thu-tuc?tim=%25%25khongco')).body).not.toContain('1.001193');
    expect((await admin.get('/en/quan-tri/thu-tuc')).body).toContain('Procedures');
    const csv = await admin.get('/quan-tri/thu-tuc/xuat/csv');
    expect(csv.body).toContain('1.001193');
    expect((await admin.get('/quan-tri/thu-tuc/xuat/exe')).statusCode).toBe(404);
    const citizen = await signedInCitizen(app);
    expect([303, 401, 403, 404]).toContain((await citizen.get('/quan-tri/thu-tuc')).statusCode);
    const clerk = await signedInOfficial(app, ['dossiers.view']);
    expect([403, 404]).toContain((await clerk.get('/quan-tri/thu-tuc')).statusCode);
  });

  test('shows a procedure with its versions; retiring asks for a reason; a stale form is refused', async () => {
    const shown = await admin.get('/quan-tri/thu-tuc/1.001193');
    expect(shown.body).toContain('Đang áp dụng');
    const [version] = await listVersions(app.db.reader, '1.001193');
    const at = `/quan-tri/thu-tuc/1.001193/phien-ban/${version!.versionId}`;
    const empty = await admin.post(`${at}/bai-bo`, { version: String(version!.rowVersion), reason: ' ' });
    expect(empty.statusCode).toBe(422);
    expect(empty.body).toContain('Hãy ghi lý do bãi bỏ');
    expect((await admin.post(`${at}/bai-bo`, { version: '77', reason: 'x' })).statusCode).toBe(409);
    expect(
      (await admin.post(`${at}/bai-bo`, { version: String(version!.rowVersion), reason: 'Hết hiệu lực' })).statusCode,
    ).toBe(303);
    expect(await findProcedure(app.db.reader, '1.001193', '2026-11-23')).toBeUndefined();
    const next = (await listVersions(app.db.reader, '1.001193'))[0]!;
    const wrong = await admin.post(`${at}/cong-bo`, { version: String(next.rowVersion), validFrom: '2026-02-31' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('2026-02-31');
    const right = await admin.post(`${at}/cong-bo`, { version: String(next.rowVersion), validFrom: '2026-11-01' });
    expect(right.statusCode).toBe(303);
    expect(await findProcedure(app.db.reader, '1.001193', '2026-11-23')).toMatchObject({ validFrom: '2026-11-01' });
    expect((await admin.post(`${at.replace('1.001193', '9.000000')}/cong-bo`, {})).statusCode).toBe(404);
  });

  test('imports an uploaded catalogue in the background and tells its defects', async () => {
    const record = {
      code: '9.100001',
      name: 'Thủ tục thử',
      field: 'Hộ tịch',
      level: ['Cấp xã'],
      applicants: ['Công dân Việt Nam'],
      channels: [{ channel: 'Trực tiếp', time: '7', fee: '100 VNĐ' }],
    };
    const sent = await upload(Buffer.from(`${JSON.stringify(record)}\nxxx\n`), 'danh-muc.jsonl');
    expect(sent.statusCode).toBe(303);
    expect((await admin.get(String(sent.headers.location))).body).toContain('Đang chờ');
    await app.drain();
    const [one] = await listImports(app.db.reader);
    expect(one).toMatchObject({ state: 'done', created: 1, skipped: 1 });
    const shown = await admin.get(`/quan-tri/thu-tuc/nhap/${one!.id}`);
    expect(shown.body).toContain('Thời hạn không có đơn vị');
    expect((await admin.get(`/quan-tri/thu-tuc/nhap/${one!.id}?loi=not-json`)).body).toContain('xxx');
    expect((await admin.get(`/quan-tri/thu-tuc/nhap/${one!.id}/xuat/csv`)).body).toContain('9.100001');
    expect((await admin.get('/quan-tri/thu-tuc/9.100001')).body).toContain('Chưa công bố được');
    const folder = join(app.context.config.filesFolder, 'catalogue-imports');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  test('an upload without a file comes back with a message', async () => {
    const empty = await admin.post('/quan-tri/thu-tuc/nhap', {});
    expect(empty.statusCode).toBe(422);
    expect(empty.body).toContain('Hãy chọn tệp danh mục');
  });
});
