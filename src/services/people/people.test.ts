import { beforeAll, describe, expect, test } from 'vitest';
import {
  browserOf,
  insertCitizen,
  insertOfficer,
  insertOfficialAccount,
  sessionFor,
  type Browser,
  type TestAccount,
} from '../../foundation/identity/testing.ts';
import { testApp } from '../../testing/app.ts';
import { submitDossier } from '../dossiers/index.ts';
import { aCitizen, aDossier, insertPlace, TEST_SECRET } from '../dossiers/testing.ts';
import { closeDueAccounts } from './close-own-account.ts';

const t = await testApp();
t.db.clock.set('2026-11-23T09:00:00+07:00');
const place = await t.db.write((tx) => insertPlace(tx));

const browserFor = async (account: TestAccount): Promise<Browser> => {
  const browser = browserOf(t);
  browser.cookies.set('sen_session', (await sessionFor(t.db, account)).token);
  return browser;
};
const answering = await t.db.write(async (tx) => {
  const permissions = ['people.requests', 'people.merge'];
  return insertOfficialAccount(tx, await insertOfficer(tx, { name: 'Hồ Thị Trả Lời', permissions, reach: 'all' }));
});
const citizen = (name: string, identityNumber?: string) =>
  t.db.write((tx) =>
    insertCitizen(tx, { name, ...(identityNumber ? { identityNumber } : {}), email: `${Math.random()}@example.vn` }),
  );
const eventsOf = (name: string, id: string) =>
  t.db.reader.raw<{ payload: Record<string, unknown> }>(
    'select payload from platform.event where name = $1 and subject_id = $2',
    [name, id],
  );

let person: TestAccount;
let own: Browser;
let other: Browser;
let desk: Browser;
let stranger: TestAccount;
const MORNING = '2026-11-23T09:00:00+07:00';
/** Another moment: sessions of before are over by then. */
const goTo = async (time: string): Promise<void> => {
  t.db.clock.set(time);
  own = await browserFor(person);
  other = await browserFor(stranger);
  desk = await browserFor(answering);
};
beforeAll(async () => {
  person = await citizen('Nguyễn Thị Hỏi', '040190000555');
  stranger = await citizen('Người Khác');
  await goTo(MORNING);
});

/** Sends a request and returns its address on the person's side. */
const ask = async (fields: Record<string, string> | [string, string][]): Promise<string> => {
  const answer = await own.post('/tai-khoan/du-lieu/yeu-cau', fields);
  expect(answer.statusCode).toBe(303);
  return String(answer.headers.location).split('?')[0]!;
};
const deskOf = (path: string) => path.replace('/tai-khoan/du-lieu/yeu-cau', '/lam-viec/du-lieu-ca-nhan');

describe('a request about one’s data', () => {
  test('is held to its form, keeps what was typed, and is nobody else’s business', async () => {
    for (const wrong of [
      { kind: '', text: 'Xin xem' },
      { kind: 'see', text: ' ' },
      { kind: 'correct', text: 'Sửa tên', field: 'password', value: 'x' },
      { kind: 'correct', text: 'Sửa ngày sinh', field: 'birthDate', value: '31/02/1990' },
      { kind: 'erase', text: 'Xóa hết' },
      { kind: 'see', text: `<script>${'a'.repeat(3_000)}` },
    ]) {
      const answer = await own.post('/tai-khoan/du-lieu/yeu-cau', wrong as Record<string, string>);
      expect(answer.statusCode).toBe(422);
      expect(answer.body).not.toContain('<script>a');
    }
    const address = await ask({ kind: 'see', text: 'Cho tôi biết đang giữ gì' });
    expect((await other.get(address)).statusCode).toBe(404);
    expect((await other.post(address, {})).statusCode).toBe(404);
    expect((await own.get(deskOf(address))).statusCode).toBe(403);
    await own.post(address, {});
    expect((await own.get(address)).body).toContain('Đã rút');
    expect((await own.post(address, {})).statusCode).toBe(409);
  });

  test('has seventy-two hours of the clock, is late after them, and its answer is told and counted', async () => {
    const address = await ask({ kind: 'restrict', text: 'Đừng gửi tin nhắn quảng bá' });
    expect((await own.get(address)).body).toContain('26/11/2026');
    const at = deskOf(address);
    expect((await desk.get('/lam-viec/du-lieu-ca-nhan')).body).toContain('Nguyễn Thị Hỏi');
    await desk.post(at, { act: 'take' });
    for (const wrong of [
      { act: 'answer', outcome: '', answer: 'Được rồi' },
      { act: 'answer', outcome: 'granted', answer: ' ' },
      { act: 'answer', outcome: 'refused', answer: 'Không được', ground: '', reason: '' },
    ])
      expect((await desk.post(at, wrong)).statusCode).toBe(422);
    await goTo('2026-11-26T09:00:01+07:00');
    expect((await desk.get('/lam-viec/du-lieu-ca-nhan')).body).toContain('sen-row--late');
    await desk.post(at, { act: 'answer', outcome: 'granted', answer: 'Chúng tôi không gửi nữa.' });
    expect((await desk.post(at, { act: 'answer', outcome: 'granted', answer: 'Lần nữa.' })).statusCode).toBe(409);
    expect((await own.get(address)).body).toContain('Chúng tôi không gửi nữa.');
    const [event] = await eventsOf('people.request-answered', address.split('/').at(-1)!);
    expect(event!.payload).toEqual({ kind: 'restrict', outcome: 'granted', isInTime: false });
    expect((await own.get('/tai-khoan/thong-bao')).body).toContain('đã được trả lời');
    expect((await desk.get('/lam-viec/du-lieu-ca-nhan/xuat/csv?xem=xong')).body).toContain('Hạn chế xử lý');
    await goTo(MORNING);
  });

  test('a correction that is granted is made; what the State keeps by law is not erased', async () => {
    const correction = await ask({
      kind: 'correct',
      text: 'Tên thiếu chữ',
      field: 'fullName',
      value: 'Nguyễn Thị Ánh Hỏi',
    });
    await desk.post(deskOf(correction), { act: 'answer', outcome: 'granted', answer: 'Đã sửa.' });
    expect((await own.get('/tai-khoan')).body).toContain('Nguyễn Thị Ánh Hỏi');
    const erasure = await ask([
      ['kind', 'erase'],
      ['text', 'Xóa email và hồ sơ đã nộp'],
      ['things', 'email'],
      ['things', 'other'],
    ]);
    const at = deskOf(erasure);
    expect((await desk.post(at, { act: 'answer', outcome: 'granted', answer: 'Đã xóa.' })).statusCode).toBe(422);
    const partly = {
      act: 'answer',
      outcome: 'partly',
      ground: 'archive',
      reason: 'Hồ sơ phải lưu trữ',
      answer: 'Đã xóa email.',
    };
    expect((await desk.post(at, partly)).statusCode).toBe(303);
    const logins = await t.db.reader.raw<{ kind: string }>('select kind from identity.login where account_id = $1', [
      person.id,
    ]);
    expect(logins.map((row) => row.kind)).toEqual(['identity-number']);
    expect((await own.get(erasure)).body).toContain('Đang trong thời hạn lưu trữ hồ sơ: Hồ sơ phải lưu trữ');
  });
});

test('taking one’s data away: JSON, page and PDF hold the own data and nobody else’s, and it is recorded', async () => {
  const send = (accountId: string, name: string) =>
    t.db.write((tx) => {
      const base = aDossier(place);
      return submitDossier(
        tx,
        aCitizen(accountId),
        { ...base, applicant: { ...base.applicant, accountId, name } },
        TEST_SECRET,
      );
    });
  await send(person.id, 'Nguyễn Thị Ánh Hỏi');
  await send((await citizen('Bí Mật')).id, 'Bí Mật Không Lộ');
  const answer = await own.get('/tai-khoan/du-lieu/tai-ve/json');
  expect(answer.headers['content-disposition']).toContain('attachment');
  const data = JSON.parse(answer.body) as { format: string; account: { person: object }; dossiers: object[] };
  expect(data).toMatchObject({ format: 'sen.personal-data.v1', isComplete: true });
  expect(data.account.person).toMatchObject({ identityNumber: '040190000555' });
  expect(data.dossiers).toHaveLength(1);
  expect(answer.body).not.toContain('Bí Mật Không Lộ');
  expect((await own.get('/tai-khoan/du-lieu/tai-ve/trang')).body).toContain('Đăng ký khai sinh');
  expect((await own.get('/tai-khoan/du-lieu/tai-ve/pdf')).body.slice(0, 5)).toBe('%PDF-');
  expect((await own.get('/tai-khoan/du-lieu/tai-ve/exe')).statusCode).toBe(404);
  expect(await eventsOf('people.data-exported', person.id)).toHaveLength(3);
});

test('who has looked: post and agency, reason, filters and download; hostile filters find nothing', async () => {
  const page = await own.get('/tai-khoan/lich-su-truy-cap');
  expect(page.body).toContain('Xử lý yêu cầu về dữ liệu cá nhân');
  expect(page.body).toContain('Chuyên viên H. T. T. Lời');
  expect(page.body).not.toContain('Hồ Thị Trả Lời');
  expect((await own.get('/tai-khoan/lich-su-truy-cap?viec=export')).body).toContain('Không có lượt xem nào khớp');
  expect((await own.get('/tai-khoan/lich-su-truy-cap/xuat/csv')).body).toContain('Chuyên viên');
  for (const query of ['viec=%27', 'tu=2026-99-99&den=x', 'sau=9999_zz', `sau=${'x'.repeat(3_000)}`, 'tu=%00'])
    expect((await own.get(`/tai-khoan/lich-su-truy-cap?${query}`)).statusCode).toBe(200);
});

test('an account closes after days to think, keeps what the law keeps, and is reopened for its owner', async () => {
  const leaving = await citizen('Lê Thị Đi', '040190000777');
  const browser = await browserFor(leaving);
  const context = { db: t.db, clock: t.db.clock, requestId: 'test' };
  expect((await browser.post('/tai-khoan/dong', { act: 'close' })).statusCode).toBe(422);
  await browser.post('/tai-khoan/dong', { act: 'close', sure: 'yes', reason: 'Không dùng nữa' });
  expect((await browser.post('/tai-khoan/dong', { act: 'close', sure: 'yes' })).statusCode).toBe(409);
  expect((await browser.get('/tai-khoan/dong')).body).toContain('Tài khoản sẽ đóng ngày 08/12/2026');
  await browser.post('/tai-khoan/dong', { act: 'cancel' });
  expect((await browser.post('/tai-khoan/dong', { act: 'cancel' })).statusCode).toBe(409);
  await browser.post('/tai-khoan/dong', { act: 'close', sure: 'yes' });
  expect(await closeDueAccounts(context)).toBe(0);
  await goTo('2026-12-09T09:00:00+07:00');
  expect(await closeDueAccounts(context)).toBe(1);
  await goTo(MORNING);
  expect((await browser.get('/tai-khoan')).statusCode).toBe(303);
  const logins = await t.db.reader.raw('select kind from identity.login where account_id = $1', [leaving.id]);
  expect(logins).toEqual([{ kind: 'identity-number' }]);
  const reopening = '/lam-viec/mo-lai-tai-khoan';
  expect((await own.post(reopening, { number: '040190000777', papers: 'Căn cước' })).statusCode).toBe(403);
  for (const wrong of [
    { number: '040190000777', papers: '' },
    { number: '040190000555', papers: 'Căn cước' },
  ])
    expect((await desk.post(reopening, wrong)).statusCode).toBe(422);
  expect((await desk.post(reopening, { number: '040190000777', papers: 'Căn cước bản chính' })).statusCode).toBe(303);
  expect((await (await browserFor(leaving)).get('/tai-khoan')).statusCode).toBe(200);
  expect(await eventsOf('people.account-reopened', leaving.id)).toHaveLength(1);
});
