import { expect, test } from 'vitest';
import {
  browserOf,
  insertCitizen,
  insertOfficer,
  insertOfficialAccount,
  sessionFor,
  type Browser,
} from '../../foundation/identity/testing.ts';
import { testApp } from '../../testing/app.ts';
import { remindOfTermsNow } from './remind-of-terms.ts';

const t = await testApp();
t.db.clock.set('2026-11-23T09:00:00+07:00');
const official = await t.db.write(async (tx) =>
  insertOfficialAccount(
    tx,
    await insertOfficer(tx, { permissions: ['people.breaches', 'people.requests'], reach: 'all' }),
  ),
);
const citizen = await t.db.write((tx) => insertCitizen(tx, { identityNumber: '040190000911' }));
const browserFor = async (account: typeof official): Promise<Browser> => {
  const browser = browserOf(t);
  browser.cookies.set('sen_session', (await sessionFor(t.db, account)).token);
  return browser;
};
let desk = await browserFor(official);
const LIST = '/lam-viec/vi-pham-du-lieu';
const facts = {
  title: 'Gửi nhầm danh sách',
  discoveredAt: '2026-11-22T21:00',
  nature: 'Thư gửi nhầm người nhận',
  place: 'UBND xã',
  dataKinds: 'Họ tên, điện thoại',
  personsCount: '12',
  contact: 'Một cửa 0238000000',
  consequences: 'Người ngoài biết số điện thoại',
  measures: 'Đã yêu cầu xóa thư',
};
const record = async (): Promise<string> => String((await desk.post(`${LIST}/moi`, facts)).headers.location);

test('a breach is recorded, assessed, notified late only with a reason, told to people, closed and exported', async () => {
  for (const wrong of [
    { title: '' },
    { discoveredAt: '2026-11-23T09:01' },
    { discoveredAt: "'" },
    { personsCount: '-1' },
  ])
    expect((await desk.post(`${LIST}/moi`, { ...facts, ...wrong })).statusCode, JSON.stringify(wrong)).toBe(422);
  const address = await record();
  expect((await desk.get(address)).body).toContain('21:00 ngày 25/11/2026');
  expect((await desk.post(address, { act: 'close', note: 'Xong việc rồi' })).statusCode).toBe(409);
  expect((await desk.post(address, { act: 'assess', risk: 'x', assessment: 'Vì sao đó' })).statusCode).toBe(422);
  expect((await desk.post(address, { act: 'assess', risk: 'high', assessment: 'Lộ số điện thoại' })).statusCode).toBe(
    303,
  );
  t.db.clock.set('2026-11-26T09:00:00+07:00');
  desk = await browserFor(official);
  const notice = { act: 'notify', at: '2026-11-26T08:00', to: 'A05, công văn 12/UBND' };
  expect((await desk.post(address, notice)).statusCode).toBe(422);
  expect((await desk.post(address, { ...notice, at: '2026-11-20T08:00', late: 'Chờ xác minh' })).statusCode).toBe(422);
  expect((await desk.post(address, { ...notice, late: 'Chờ xác minh' })).statusCode).toBe(303);
  expect((await desk.post(address, { act: 'tell', numbers: 'abc', text: 'Hãy cẩn thận' })).statusCode).toBe(422);
  const told = await desk.post(address, { act: 'tell', numbers: '040190000911\n040190000919', text: 'Hãy cẩn thận' });
  expect(told.statusCode).toBe(303);
  expect((await desk.get(address)).body).toContain('1 người');
  const messages = await t.db.reader.raw(
    `select 1 from notifications.message where recipient_id = $1 and template = 'people.breach' and channel = 'in-app'`,
    [citizen.id],
  );
  expect(messages).toHaveLength(1);
  expect((await desk.post(address, { act: 'close', note: 'Đã tập huấn lại' })).statusCode).toBe(303);
  expect((await desk.post(address, { act: 'close', note: 'Đã tập huấn lại' })).statusCode).toBe(409);
  expect((await desk.get(`${LIST}/xuat/csv`)).body).toContain('Gửi nhầm danh sách');
  expect((await desk.get(LIST)).body).toContain('quá hạn báo');
  expect((await desk.get(`${LIST}?xem=%27&sau=x`)).statusCode).toBe(200);
});

test('nobody else sees the register', async () => {
  const address = await record();
  const other = await t.db.write(async (tx) => insertOfficialAccount(tx, await insertOfficer(tx, {})));
  for (const browser of [await browserFor(other), await browserFor(citizen)])
    for (const path of [LIST, address, `${LIST}/xuat/csv`]) expect((await browser.get(path)).statusCode).toBe(403);
});

test('whoever has taken a request on is reminded a day before its term, and once more when it is late', async () => {
  const own = await browserFor(citizen);
  const sent = await own.post('/tai-khoan/du-lieu/yeu-cau', { kind: 'see', text: 'Cho tôi xem dữ liệu đang giữ' });
  const id = /yeu-cau\/([0-9a-f-]{36})/.exec(String(sent.headers.location))?.[1] ?? '';
  await desk.post(`/lam-viec/du-lieu-ca-nhan/${id}`, { act: 'take' });
  const context = { db: t.db, clock: t.db.clock, requestId: 'test' };
  const remind = async (time: string): Promise<string[]> => {
    t.db.clock.set(time);
    await remindOfTermsNow(context);
    const rows = await t.db.reader.raw<{ name: string }>(
      `select template as name from notifications.message where template like 'people.request-%' and recipient_kind = 'official' and channel = 'in-app' order by created_at, id`,
    );
    return rows.map((row) => row.name);
  };
  expect(await remind('2026-11-27T09:00:00+07:00')).toEqual([]);
  expect(await remind('2026-11-28T10:00:00+07:00')).toEqual(['people.request-due']);
  expect(await remind('2026-11-28T11:00:00+07:00')).toEqual(['people.request-due']);
  expect(await remind('2026-11-29T10:00:00+07:00')).toEqual(['people.request-due', 'people.request-late']);
});
