import { beforeAll, describe, expect, test } from 'vitest';
import { insertTestUnit } from '../../foundation/organisations/testing.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen, signedInOfficial, type SignedIn } from '../../testing/people.ts';
import { insertCitizen, type Browser, type TestAccount } from '../../foundation/identity/testing.ts';
import { submitDossier } from '../dossiers/index.ts';
import { aCitizen, aDossier, insertPlace, TEST_SECRET } from '../dossiers/testing.ts';
import { movePeople } from './move-people.ts';
import { remindOfTermsNow } from './remind-of-terms.ts';

const t = await testApp();
t.db.clock.set('2026-11-23T09:00:00+07:00');
const place = await t.db.write((tx) => insertPlace(tx));
const RIGHTS = ['people.requests', 'people.breaches', 'people.merge', 'people.approve-mergers'];
const REQUESTS = '/lam-viec/du-lieu-ca-nhan';
const BREACHES = '/lam-viec/vi-pham-du-lieu';
const MERGERS = '/lam-viec/hop-nhat';

let here: SignedIn;
let there: SignedIn;
let province: SignedIn;
let person: Browser & { account: TestAccount };
let asked: string;

/** The person asks something of an agency; returns the request's id. */
async function ask(unit: string): Promise<string> {
  const answer = await person.post('/tai-khoan/du-lieu/yeu-cau', { kind: 'complaint', text: 'Ai đã xem hồ sơ', unit });
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(303);
  return /yeu-cau\/([0-9a-f-]{36})/.exec(String(answer.headers.location))?.[1] ?? '';
}

beforeAll(async () => {
  here = await signedInOfficial(t, RIGHTS, { unitId: place.competentUnitId, name: 'Người Ở Đây' });
  const elsewhere = await t.db.write((tx) => insertTestUnit(tx, { nameVi: 'UBND xã Nơi Khác', agencyCode: 'H41.99' }));
  there = await signedInOfficial(t, RIGHTS, { unitId: elsewhere, name: 'Người Nơi Khác' });
  province = await signedInOfficial(t, RIGHTS, { reach: 'all', name: 'Người Của Tỉnh' });
  person = await signedInCitizen(t, { name: 'Nguyễn Thị Hỏi Đâu' });
  await t.db.write((tx) => {
    const input = aDossier(place);
    const applicant = { ...input.applicant, accountId: person.account.id, name: person.account.name };
    return submitDossier(tx, aCitizen(person.account.id), { ...input, applicant }, TEST_SECRET);
  });
  asked = await ask(place.competentUnitId);
});

describe('a request about data', () => {
  test('is sent to an agency that has a dossier of the person, or to the province, and nowhere else', async () => {
    const form = (await person.get('/tai-khoan/du-lieu/yeu-cau')).body;
    expect(form).toContain(place.competentUnitId);
    expect(form).not.toContain(there.unitId);
    for (const unit of [there.unitId, "'", '00000000-0000-0000-0000-000000000000'])
      expect(
        (await person.post('/tai-khoan/du-lieu/yeu-cau', { kind: 'see', text: 'Xem dữ liệu', unit })).statusCode,
      ).toBe(422);
  });

  test('is listed, read, taken, answered and exported by officials of its agency and of the province only', async () => {
    for (const [desk, sees] of [
      [here, true],
      [there, false],
      [province, true],
    ] as const) {
      expect((await desk.get(REQUESTS)).body.includes(asked)).toBe(sees);
      expect((await desk.get(`${REQUESTS}/xuat/csv`)).body.includes('YC-')).toBe(sees);
      expect((await desk.get(`${REQUESTS}/${asked}`)).statusCode).toBe(sees ? 200 : 404);
    }
    for (const act of ['take', 'answer', 'forward'])
      expect(
        (
          await there.post(`${REQUESTS}/${asked}`, {
            act,
            outcome: 'granted',
            answer: 'Đã xem',
            forwardReason: 'Vì sao',
          })
        ).statusCode,
        act,
      ).toBe(404);
    const whole = await ask('');
    expect((await here.get(`${REQUESTS}/${whole}`)).statusCode).toBe(404);
    expect((await province.get(`${REQUESTS}/${whole}`)).statusCode).toBe(200);
  });

  test('is handed on with a reason; the person is told, the term stays, and the first agency has no more to do with it', async () => {
    const id = await ask(place.competentUnitId);
    const send = (code: string, forwardReason: string) =>
      here.post(`${REQUESTS}/${id}`, { act: 'forward', code, forwardReason });
    for (const [code, reason] of [
      ['H41.99', ''],
      ['H41.12345', 'Thuộc xã khác'],
      ["'", 'Thuộc xã khác'],
    ] as const)
      expect((await send(code, reason)).statusCode, code).toBe(422);
    const due = async () =>
      (await t.db.reader.raw<{ at: Date }>('select due_at as at from people.request where id = $1', [id]))[0]?.at;
    const before = await due();
    const sent = await send('h41.99', 'Thuộc xã khác');
    expect(sent.statusCode).toBe(303);
    expect((await here.get(String(sent.headers.location))).body).toContain('Đã chuyển yêu cầu');
    expect((await here.get(`${REQUESTS}/${id}`)).statusCode).toBe(404);
    expect((await there.get(`${REQUESTS}/${id}`)).statusCode).toBe(200);
    expect(await due()).toEqual(before);
    const told = await t.db.reader.raw(
      `select 1 from notifications.message where template = 'people.request-forwarded' and recipient_id = $1`,
      [person.account.id],
    );
    expect(told.length).toBeGreaterThan(0);
    expect((await there.post(`${REQUESTS}/${id}`, { act: 'answer', outcome: 'granted', answer: 'Đã trả lời' })).statusCode).toBe(303); // prettier-ignore
  });

  test('that nobody has taken on is called to mind by officials of its agency', async () => {
    t.db.clock.set('2026-11-26T08:00:00+07:00');
    await remindOfTermsNow({ db: t.db, clock: t.db.clock, requestId: 'test' });
    const told = await t.db.reader.raw<{ id: string }>(
      `select distinct recipient_id as id from notifications.message where template = 'people.request-due' and subject_id = $1`,
      [asked],
    );
    expect(told.map((one) => one.id).sort()).toEqual([here.officerId, province.officerId].sort());
    t.db.clock.set('2026-11-23T09:00:00+07:00');
  });
});

const facts = {
  title: 'Gửi nhầm thư của Kim Liên',
  discoveredAt: '2026-11-22T21:00',
  nature: 'Thư gửi nhầm người nhận',
  place: 'UBND xã',
  dataKinds: 'Họ tên, điện thoại',
  personsCount: '12',
  contact: 'Một cửa 0238000000',
  consequences: 'Người ngoài biết số điện thoại',
  measures: 'Đã yêu cầu xóa thư',
};

test('a breach belongs to the unit that reported it', async () => {
  const address = String((await here.post(`${BREACHES}/moi`, facts)).headers.location);
  for (const [desk, sees] of [
    [here, true],
    [there, false],
    [province, true],
  ] as const) {
    expect((await desk.get(BREACHES)).body.includes(facts.title)).toBe(sees);
    expect((await desk.get(`${BREACHES}/xuat/csv`)).body.includes(facts.title)).toBe(sees);
    expect((await desk.get(address)).statusCode).toBe(sees ? 200 : 404);
  }
  for (const act of ['assess', 'notify', 'tell', 'close'])
    expect((await there.post(address, { act, risk: 'none', assessment: 'Không sao cả' })).statusCode, act).toBe(404);
});

test('a merger is decided on at the unit that proposed it', async () => {
  const citizen = (identityNumber: string) =>
    t.db.write((tx) => insertCitizen(tx, { name: 'Nguyễn Văn Đôi', identityNumber }));
  await citizen('040190000771');
  await citizen('040190000772');
  const form = { giu: '040190000771', bo: '040190000772', act: 'propose', proof: 'Căn cước bản chính', sure: 'yes' };
  const address = String((await here.post(MERGERS, form)).headers.location);
  const second = await signedInOfficial(t, RIGHTS, { unitId: place.competentUnitId, name: 'Người Thứ Hai' });
  expect((await there.get(MERGERS)).body).not.toContain('Nguyễn Văn Đôi');
  expect((await there.get(address)).statusCode).toBe(404);
  expect((await there.post(address, { act: 'approve' })).statusCode).toBe(404);
  expect((await second.get(MERGERS)).body).toContain('Nguyễn Văn Đôi');
  expect((await second.post(address, { act: 'approve' })).statusCode).toBe(303);
  expect((await there.post(address, { act: 'undo', reason: 'Không đúng người' })).statusCode).toBe(404);
});

test('all of it goes to the unit that takes over, and comes back when the reorganisation is undone', async () => {
  const plan = {
    operationId: '01900000-0000-7000-8000-000000000777',
    pairs: [{ fromUnitId: place.competentUnitId, toUnitId: there.unitId, ends: true }],
    founded: [],
  } as unknown as Parameters<typeof movePeople.apply>[1];
  const preview = await movePeople.preview(t.db.reader, plan);
  expect(preview.lines.map((line) => line.kind).sort()).toEqual(['people.breach', 'people.merger', 'people.request']);
  expect(await t.db.write((tx) => movePeople.apply(tx, plan, null))).toMatchObject({ isDone: true });
  expect((await here.get(`${REQUESTS}/${asked}`)).statusCode).toBe(404);
  expect((await there.get(`${REQUESTS}/${asked}`)).statusCode).toBe(200);
  expect((await there.get(BREACHES)).body).toContain(facts.title);
  await t.db.write((tx) => movePeople.undo(tx, plan));
  expect((await here.get(`${REQUESTS}/${asked}`)).statusCode).toBe(200);
  expect((await there.get(BREACHES)).body).not.toContain(facts.title);
});
