import { expect, test } from 'vitest';
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

const t = await testApp();
t.db.clock.set('2026-11-23T09:00:00+07:00');
const place = await t.db.write((tx) => insertPlace(tx));
const browserFor = async (account: TestAccount): Promise<Browser> => {
  const browser = browserOf(t);
  browser.cookies.set('sen_session', (await sessionFor(t.db, account)).token);
  return browser;
};
const official = (name: string, permissions: string[]) =>
  t.db.write(async (tx) => insertOfficialAccount(tx, await insertOfficer(tx, { name, permissions, reach: 'all' })));
const citizen = (name: string, identityNumber: string, email?: string) =>
  t.db.write((tx) => insertCitizen(tx, { name, identityNumber, ...(email ? { email } : {}) }));

const LIST = '/lam-viec/hop-nhat';
const both = ['people.merge', 'people.approve-mergers'];
const proposer = await browserFor(await official('Lê Đề Nghị', both));
const approver = await browserFor(await official('Lê Thị Duyệt', both));
const clerk = await browserFor(await official('Lê Một Cửa', ['dossiers.receive']));
const right = await citizen('Nguyễn Thị Hai', '040190000901');
const wrong = await citizen('Nguyễn Thị  hai', '040190000902', 'hai@example.vn');
await citizen('Trần Văn Khác', '040190000903');
const stranger = await citizen('Phạm Người Lạ', '040190000904');
const ofApplicant = (input: ReturnType<typeof aDossier>) => ({
  ...input,
  applicant: { ...input.applicant, accountId: wrong.id, name: wrong.name },
});
const { dossierId } = await t.db.write((tx) =>
  submitDossier(tx, aCitizen(wrong.id), ofApplicant(aDossier(place)), TEST_SECRET),
);
const numbers = { giu: '040190000901', bo: '040190000902' };
const eventsOf = (name: string) =>
  t.db.reader.raw<{ payload: Record<string, unknown> }>('select payload from platform.event where name = $1', [name]);
const ownerOf = async () =>
  (
    await t.db.reader.raw<{ owner: string }>(
      'select applicant_account_id as owner from dossiers.dossier where id = $1',
      [dossierId],
    )
  )[0]?.owner;

let address = '';

test('the preview says what moves, and refuses other people, wrong and hostile numbers', async () => {
  const page = await proposer.post(LIST, { ...numbers, act: 'preview' });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('Email, số điện thoại');
  expect(page.body).toContain('Hồ sơ');
  const other = await proposer.post(LIST, { ...numbers, bo: '040190000903', act: 'preview' });
  expect(other.body).toContain('Họ tên ở hai tài khoản khác nhau');
  const forced = { ...numbers, bo: '040190000903', act: 'propose', proof: 'Căn cước bản chính', sure: 'yes' };
  expect((await proposer.post(LIST, forced)).statusCode).toBe(422);
  for (const bo of ['', "' or 1=1", '040190000901', '999999999999', '\u0000', 'x'.repeat(5_000)])
    expect((await proposer.post(LIST, { ...numbers, bo, act: 'preview' })).statusCode, bo.slice(0, 20)).toBe(422);
  expect((await proposer.post(LIST, { ...numbers, act: 'propose', sure: 'yes' })).statusCode).toBe(422);
  expect(await eventsOf('people.merger-proposed')).toHaveLength(0);
});

test('nothing moves before a second person approves; others see nothing of it', async () => {
  const sent = await proposer.post(LIST, { ...numbers, act: 'propose', proof: 'Căn cước bản chính', sure: 'yes' });
  expect(sent.statusCode).toBe(303);
  address = String(sent.headers.location);
  expect(await ownerOf()).toBe(wrong.id);
  expect((await proposer.get(address)).body).toContain('một cán bộ khác phải duyệt');
  expect((await proposer.post(address, { act: 'approve' })).statusCode).toBe(403);
  expect((await clerk.get(address)).statusCode).toBe(403);
  expect((await clerk.get(LIST)).statusCode).toBe(403);
  expect((await clerk.post(address, { act: 'approve' })).statusCode).toBe(403);
  const citizens = await browserFor(stranger);
  expect((await citizens.get(address)).statusCode).toBe(403);
  const again = await proposer.post(LIST, { ...numbers, act: 'propose', proof: 'Căn cước bản chính', sure: 'yes' });
  expect(again.statusCode).toBe(422);
  expect(await ownerOf()).toBe(wrong.id);
});

test('approved: dossiers and contacts are the kept account’s, the other is closed, both were told; undone: all as before', async () => {
  const old = await browserFor(wrong);
  expect((await old.get(`/tai-khoan/ho-so/${dossierId}`)).statusCode).toBe(200);
  expect((await approver.post(address, { act: 'approve' })).statusCode).toBe(303);
  expect((await approver.post(address, { act: 'approve' })).statusCode).toBe(409);
  expect((await old.get('/tai-khoan')).statusCode).toBe(303);
  const kept = await browserFor(right);
  expect((await kept.get(`/tai-khoan/ho-so/${dossierId}`)).statusCode).toBe(200);
  expect((await (await browserFor(stranger)).get(`/tai-khoan/ho-so/${dossierId}`)).statusCode).toBe(404);
  const logins = await t.db.reader.raw('select kind from identity.login where account_id = $1 order by kind', [
    right.id,
  ]);
  expect(logins).toEqual([{ kind: 'email' }, { kind: 'identity-number' }]);
  const told = await t.db.reader.raw(
    `select distinct template from notifications.message where template in ('people.merger-proposed', 'people.merger-done') order by 1`,
  );
  expect(told).toHaveLength(2);
  expect((await eventsOf('people.accounts-merged'))[0]?.payload['moved']).toMatchObject({ 'dossiers.own': 1 });

  expect((await approver.post(address, { act: 'undo', reason: '' })).statusCode).toBe(422);
  expect((await approver.post(address, { act: 'undo', reason: 'Nhầm người' })).statusCode).toBe(303);
  expect(await ownerOf()).toBe(wrong.id);
  expect((await kept.get(`/tai-khoan/ho-so/${dossierId}`)).statusCode).toBe(404);
  expect((await (await browserFor(wrong)).get(`/tai-khoan/ho-so/${dossierId}`)).statusCode).toBe(200);
  expect((await approver.post(address, { act: 'undo', reason: 'Nhầm người' })).statusCode).toBe(409);
});
