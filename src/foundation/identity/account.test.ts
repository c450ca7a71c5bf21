import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../testing/app.ts';
import notifications from '../notifications/module.ts';
import identity from './module.ts';
import { issuePasswordLink } from './set-password.ts';
import {
  browserOf,
  insertBusinessAccount,
  insertCitizen,
  insertOfficer,
  insertOfficialAccount,
  sessionFor,
  signIn,
  signInWith,
  type Browser,
} from './testing.ts';

const t = await testApp({ modules: [notifications, identity] });
const PASSWORD = 'hoa sen thơm 81';

const FORM = {
  identityNumber: '040090123456',
  fullName: 'Nguyễn Văn An',
  'birth-day': '27',
  'birth-month': '3',
  'birth-year': '1990',
  gender: 'male',
  contact: 'an.nguyen@example.vn',
  password: PASSWORD,
  passwordAgain: PASSWORD,
};

async function lastCode(address: string): Promise<string> {
  const [row] = await t.db.reader.raw<{ body: string }>(
    `select body from notifications.message where address = $1 and template in ('identity.code', 'identity.already-registered') order by created_at desc, id desc limit 1`,
    [address],
  );
  return /\b(\d{6})\b/.exec(row?.body ?? '')?.[1] ?? '';
}
const idOf = (location: string | undefined): string => new URL(location ?? '', 'http://x').searchParams.get('id') ?? '';

async function register(browser: Browser, fields: Record<string, string>) {
  const answer = await browser.post('/dang-ky', fields);
  return { answer, id: idOf(answer.headers.location) };
}

describe('registering', () => {
  it('makes the account once the code is proven, and the person signs in with number and contact', async () => {
    const browser = browserOf(t);
    const { answer, id } = await register(browser, FORM);
    expect(answer.statusCode).toBe(303);
    await expect(signIn(t, FORM.contact, PASSWORD)).rejects.toThrow('was refused');
    const proven = await browser.post('/dang-ky/xac-minh', { id, code: await lastCode(FORM.contact) });
    expect(proven.headers.location).toBe('/dang-ky/xong');
    await expect(signIn(t, FORM.contact, PASSWORD)).resolves.toBeDefined();
    await expect(signIn(t, FORM.identityNumber, PASSWORD)).resolves.toBeDefined();
    const notices = await t.db.reader.raw('select 1 from identity.notice');
    expect(notices).toHaveLength(1);
  });

  it('keeps code, address and password out of the events', async () => {
    const rows = await t.db.reader.raw<{ payload: unknown }>(
      `select payload from platform.event where name like 'identity.%'`,
    );
    const text = JSON.stringify(rows);
    expect(text).not.toContain(await lastCode(FORM.contact));
    expect(text).not.toContain(FORM.contact);
    expect(text).not.toContain(FORM.identityNumber);
  });

  it('says nothing on the page about an address that has an account, and tells the address itself', async () => {
    const browser = browserOf(t);
    const known = await register(browser, { ...FORM, identityNumber: '040090123457' });
    const fresh = await register(browser, { ...FORM, identityNumber: '040090123458', contact: 'moi@example.vn' });
    expect(known.answer.statusCode).toBe(fresh.answer.statusCode);
    const [row] = await t.db.reader.raw<{ body: string }>(
      'select body from notifications.message where address = $1 order by created_at desc, id desc limit 1',
      [FORM.contact],
    );
    expect(row?.body).toContain('đã thuộc về một tài khoản');
    for (let guess = 0; guess < 3; guess++)
      expect(
        (await browser.post('/dang-ky/xac-minh', { id: known.id, code: String(guess).padStart(6, '0') })).statusCode,
      ).toBe(422);
  });

  it('takes five guesses of a code and no more, right or wrong, even at once', async () => {
    const browser = browserOf(t);
    const { id } = await register(browser, { ...FORM, identityNumber: '040090123459', contact: '0987654321' });
    const code = await lastCode('0987654321');
    const wrong = code === '000000' ? '000001' : '000000';
    await Promise.all(Array.from({ length: 10 }, () => browser.post('/dang-ky/xac-minh', { id, code: wrong })));
    expect((await browser.post('/dang-ky/xac-minh', { id, code })).statusCode).toBe(422);
  });

  it('lets a code grow old and work only once', async () => {
    const browser = browserOf(t);
    const first = await register(browser, { ...FORM, identityNumber: '040090123460', contact: '0987654322' });
    const code = await lastCode('0987654322');
    t.db.clock.advance(11 * 60_000);
    expect((await browser.post('/dang-ky/xac-minh', { id: first.id, code })).statusCode).toBe(422);
    const second = await register(browser, { ...FORM, identityNumber: '040090123460', contact: '0987654322' });
    const fresh = await lastCode('0987654322');
    expect((await browser.post('/dang-ky/xac-minh', { id: second.id, code: fresh })).statusCode).toBe(303);
    expect((await browser.post('/dang-ky/xac-minh', { id: second.id, code: fresh })).statusCode).toBe(422);
  });

  it.each([
    [{ identityNumber: '123' }, '12 chữ số'],
    [{ identityNumber: '999090123456' }, '12 chữ số'],
    [{ identityNumber: '040091123456' }, 'không khớp'],
    [{ gender: 'female' }, 'không khớp'],
    [{ gender: 'robot' }, 'Hãy chọn giới tính'],
    [{ fullName: '<b>x</b>' }, 'họ và tên'],
    [{ 'birth-day': '31', 'birth-month': '2' }, 'Ngày sinh chưa đúng'],
    [{ 'birth-year': '2099' }, 'trước ngày hôm nay'],
    [{ contact: 'không phải' }, 'số điện thoại di động hoặc địa chỉ email'],
    [{ password: 'ngắn', passwordAgain: 'ngắn' }, 'ít nhất 8'],
    [{ password: 'matkhau123', passwordAgain: 'matkhau123' }, 'quá dễ đoán'],
    [{ password: '27031990', passwordAgain: '27031990' }, 'quá dễ đoán'],
    [{ password: 'an.nguyen 2026', passwordAgain: 'an.nguyen 2026' }, 'không được chứa'],
    [{ passwordAgain: 'khác' }, 'chưa giống nhau'],
    [{ password: 'x'.repeat(200), passwordAgain: 'x'.repeat(200) }, 'quá 128'],
  ])('refuses %j with what to do', async (change, text) => {
    const answer = await browserOf(t).post('/dang-ky', { ...FORM, ...(change as Record<string, string>) });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(text);
    expect(answer.body).not.toContain('<b>x</b>');
    expect(answer.body).not.toContain(`value="${PASSWORD}"`);
  });
});

describe('a forgotten password', () => {
  beforeAll(async () => {
    await t.db.write((tx) =>
      insertCitizen(tx, { identityNumber: '040190777777', password: PASSWORD, email: 'quen@example.vn' }),
    );
  });

  it('is set again by code; old sessions end, old password is void', async () => {
    const session = await signIn(t, 'quen@example.vn', PASSWORD);
    const browser = browserOf(t);
    const id = idOf((await browser.post('/quen-mat-khau', { login: '040190777777' })).headers.location);
    const fresh = 'mùa lúa chín 55';
    const weak = await browser.post('/quen-mat-khau/ma', {
      id,
      code: '1',
      password: '12345678',
      passwordAgain: '12345678',
    });
    expect(weak.statusCode).toBe(422);
    const done = await browser.post('/quen-mat-khau/ma', {
      id,
      code: await lastCode('quen@example.vn'),
      password: fresh,
      passwordAgain: fresh,
    });
    expect(done.statusCode).toBe(200);
    expect(
      (await t.app.inject({ url: '/tai-khoan', headers: { cookie: session.cookie, accept: 'text/html' } })).statusCode,
    ).toBe(303);
    await expect(signIn(t, 'quen@example.vn', PASSWORD)).rejects.toThrow('was refused');
    await expect(signIn(t, 'quen@example.vn', fresh)).resolves.toBeDefined();
  });

  it('answers the same for a login nobody has', async () => {
    const answer = await browserOf(t).post('/quen-mat-khau', { login: 'khong.co@example.vn' });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toMatch(/^\/quen-mat-khau\/ma\?id=/);
    expect(await lastCode('khong.co@example.vn')).toBe('');
  });

  it('of an official is set by a link that works once and keeps the officials’ rules', async () => {
    const official = await t.db.write(async (tx) =>
      insertOfficialAccount(tx, { ...(await insertOfficer(tx)), userName: 'lien.ket', password: 'Cu-Rich-Bang-Sen-1' }),
    );
    const token = await t.db.write((tx) => issuePasswordLink(tx, official.id));
    const browser = browserOf(t);
    expect((await browser.get(`/dat-lai-mat-khau/${token}`)).statusCode).toBe(200);
    const set = (password: string) => browser.post(`/dat-lai-mat-khau/${token}`, { password, passwordAgain: password });
    expect((await set('chỉ chữ thường dài')).statusCode).toBe(422);
    expect((await set('Cu-Rich-Bang-Sen-1')).body).toContain('đã dùng trước đây');
    expect((await set('Moi-Tinh-Nhu-Sen-2')).statusCode).toBe(200);
    expect((await set('Moi-Tinh-Nhu-Sen-3')).statusCode).toBe(410);
    await expect(signIn(t, 'lien.ket', 'Moi-Tinh-Nhu-Sen-2')).resolves.toBeDefined();
  });

  it.each(['x', '%00', `${'0'.repeat(36)}.${'a'.repeat(43)}`, 'a'.repeat(190)])(
    'refuses the link %s',
    async (token) => {
      expect((await browserOf(t).get(`/dat-lai-mat-khau/${token}`)).statusCode).toBeGreaterThanOrEqual(400);
      expect((await browserOf(t).get(`/dat-lai-mat-khau/${token}`)).statusCode).toBeLessThan(500);
    },
  );
});

describe('one’s own account', () => {
  it('shows the number masked', async () => {
    const citizen = await t.db.write((tx) =>
      insertCitizen(tx, { identityNumber: '040190888888', email: 'che@example.vn' }),
    );
    const { cookie } = await sessionFor(t.db, citizen);
    const { body } = await t.app.inject({ url: '/tai-khoan', headers: { cookie } });
    expect(body).not.toContain('040190888888');
    expect(body).not.toContain('che@example.vn');
    expect(body).toContain('c***@example.vn');
  });

  it('changes the e-mail only after its code, and signs in by it then', async () => {
    await t.db.write((tx) =>
      insertCitizen(tx, { identityNumber: '040190666666', password: PASSWORD, email: 'cu@example.vn' }),
    );
    const browser = browserOf(t);
    await signInWith(browser, 'cu@example.vn', PASSWORD);
    expect((await browser.post('/tai-khoan/lien-he/email', { address: 'sai' })).statusCode).toBe(422);
    const id = idOf(
      (await browser.post('/tai-khoan/lien-he/email', { address: 'Moi.Tinh@example.vn' })).headers.location,
    );
    await expect(signIn(t, 'moi.tinh@example.vn', PASSWORD)).rejects.toThrow('was refused');
    const proven = await browser.post('/tai-khoan/xac-minh-lien-he', {
      id,
      code: await lastCode('moi.tinh@example.vn'),
    });
    expect(proven.headers.location).toBe('/tai-khoan');
    await expect(signIn(t, 'moi.tinh@example.vn', PASSWORD)).resolves.toBeDefined();
    await expect(signIn(t, 'cu@example.vn', PASSWORD)).rejects.toThrow('was refused');
  });

  it('does not let another person use a code meant for me', async () => {
    const [mine, other] = await t.db.write(async (tx) => [await insertCitizen(tx), await insertCitizen(tx)]);
    const [me, you] = [browserOf(t), browserOf(t)];
    me.cookies.set('sen_session', (await sessionFor(t.db, mine)).token);
    you.cookies.set('sen_session', (await sessionFor(t.db, other)).token);
    const id = idOf((await me.post('/tai-khoan/lien-he/phone', { address: '0912000111' })).headers.location);
    const stolen = await you.post('/tai-khoan/xac-minh-lien-he', { id, code: await lastCode('0912000111') });
    expect(stolen.statusCode).toBe(422);
  });

  it('lists sessions and ends another one, never somebody else’s', async () => {
    const citizen = await t.db.write((tx) => insertCitizen(tx));
    const stranger = await sessionFor(t.db, await t.db.write((tx) => insertCitizen(tx)));
    const other = await sessionFor(t.db, citizen);
    const browser = browserOf(t);
    browser.cookies.set('sen_session', (await sessionFor(t.db, citizen)).token);
    const { body } = await browser.get('/tai-khoan/bao-mat');
    const ids = [...body.matchAll(/name="id" value="([0-9a-f]{64})"|value="([0-9a-f]{64})"/g)].map((m) => m[1] ?? m[2]);
    expect(new Set(ids).size).toBe(1);
    await browser.post('/tai-khoan/phien', { id: ids[0] ?? '' });
    await browser.post('/tai-khoan/phien', {
      id: (await import('../../platform/session.ts')).hashToken(stranger.token).toString('hex'),
    });
    const status = async (cookie: string) =>
      (await t.app.inject({ url: '/tai-khoan', headers: { cookie, accept: 'text/html' } })).statusCode;
    expect(await status(other.cookie)).toBe(303);
    expect(await status(stranger.cookie)).toBe(200);
  });

  it('changes the password with the current one only, and ends the other sessions', async () => {
    await t.db.write((tx) => insertCitizen(tx, { identityNumber: '040190555555', password: PASSWORD }));
    const other = await signIn(t, '040190555555', PASSWORD);
    const browser = browserOf(t);
    await signInWith(browser, '040190555555', PASSWORD);
    const fresh = 'gió biển Cửa Lò 9';
    const fields = { password: fresh, passwordAgain: fresh };
    expect((await browser.post('/tai-khoan/mat-khau', { ...fields, current: 'sai' })).statusCode).toBe(422);
    expect((await browser.post('/tai-khoan/mat-khau', { ...fields, current: PASSWORD })).headers.location).toBe(
      '/tai-khoan',
    );
    expect((await browser.get('/tai-khoan')).statusCode).toBe(200);
    expect(
      (await t.app.inject({ url: '/tai-khoan', headers: { cookie: other.cookie, accept: 'text/html' } })).statusCode,
    ).toBe(303);
  });

  it('acts for a business of one’s own under a fresh token, and back', async () => {
    const [citizen, business, foreign] = await t.db.write(async (tx) => {
      const citizen = await insertCitizen(tx, { name: 'Trần Thị Mai' });
      return [
        citizen,
        await insertBusinessAccount(tx, citizen, { name: 'Hợp tác xã Sen Vàng' }),
        await insertBusinessAccount(tx, await insertCitizen(tx)),
      ];
    });
    const browser = browserOf(t);
    browser.cookies.set('sen_session', (await sessionFor(t.db, citizen)).token);
    const before = browser.session()?.token;
    expect((await browser.post('/tai-khoan/tu-cach', { businessId: foreign.id })).statusCode).toBe(403);
    await browser.post('/tai-khoan/tu-cach', { businessId: business.id });
    expect(browser.session()?.token).not.toBe(before);
    expect((await browser.get('/tai-khoan')).body).toContain('Bạn đang làm việc cho Hợp tác xã Sen Vàng');
    await browser.post('/tai-khoan/tu-cach', { businessId: '' });
    expect((await browser.get('/tai-khoan')).body).toContain('Trần Thị Mai');
  });

  it('lets the owner of a business add and remove people, and nobody else', async () => {
    const [owner, agent] = await t.db.write(async (tx) => [
      await insertCitizen(tx, { name: 'Chủ Doanh Nghiệp' }),
      await insertCitizen(tx, { name: 'Lô Thị Nhân Viên', identityNumber: '040190111222' }),
    ]);
    const business = await t.db.write((tx) => insertBusinessAccount(tx, owner));
    const [boss, staff] = [browserOf(t), browserOf(t)];
    boss.cookies.set('sen_session', (await sessionFor(t.db, owner)).token);
    staff.cookies.set('sen_session', (await sessionFor(t.db, agent)).token);
    const person = { identityNumber: '040190111222', fullName: 'lo thi nhan vien' };
    expect((await boss.get('/tai-khoan/thanh-vien')).statusCode).toBe(403);
    expect((await boss.post('/tai-khoan/thanh-vien', person)).statusCode).toBe(403);
    await boss.post('/tai-khoan/tu-cach', { businessId: business.id });
    expect((await boss.post('/tai-khoan/thanh-vien', { ...person, fullName: 'Người Khác' })).statusCode).toBe(422);
    expect((await boss.post('/tai-khoan/thanh-vien', person)).statusCode).toBe(303);
    expect((await boss.get('/tai-khoan/thanh-vien')).body).toContain('Lô Thị Nhân Viên');
    expect((await staff.post('/tai-khoan/tu-cach', { businessId: business.id })).statusCode).toBe(403); // not accepted yet
    const invitations = await staff.get('/tai-khoan/loi-moi');
    const id = /name="id" value="([0-9a-f-]{36})"/.exec(invitations.body)?.[1] ?? '';
    expect((await boss.post('/tai-khoan/thanh-vien', person)).statusCode).toBe(422); // one invitation at a time
    await staff.post('/tai-khoan/loi-moi', { id, answer: 'accept' });
    expect((await staff.post('/tai-khoan/loi-moi', { id, answer: 'accept' })).statusCode).toBe(404);
    await staff.post('/tai-khoan/tu-cach', { businessId: business.id });
    expect((await staff.get('/tai-khoan')).statusCode).toBe(200);
    expect((await staff.get('/tai-khoan/thanh-vien')).statusCode).toBe(403);
    expect((await staff.post('/tai-khoan/thanh-vien', { remove: owner.id })).statusCode).toBe(403);
    await boss.post('/tai-khoan/thanh-vien', { remove: owner.id });
    await boss.post('/tai-khoan/thanh-vien', { remove: agent.id });
    const left = (await boss.get('/tai-khoan/thanh-vien')).body;
    expect(left).not.toContain(`value="${agent.id}"`);
    expect(left).toContain('thôi làm việc');
    expect((await staff.get('/tai-khoan')).statusCode).toBe(303);
  });

  it('gives roles for their days: who may only see sends nothing, and the representation is handed over', async () => {
    const [owner, other] = await t.db.write(async (tx) => [
      await insertCitizen(tx, { name: 'Chủ Cũ' }),
      await insertCitizen(tx, { name: 'Chủ Mới', identityNumber: '040190111333' }),
    ]);
    const business = await t.db.write((tx) => insertBusinessAccount(tx, owner));
    const [boss, next] = [browserOf(t), browserOf(t)];
    boss.cookies.set('sen_session', (await sessionFor(t.db, owner)).token);
    next.cookies.set('sen_session', (await sessionFor(t.db, other)).token);
    await boss.post('/tai-khoan/tu-cach', { businessId: business.id });
    const person = { identityNumber: '040190111333', fullName: 'Chủ Mới' };
    const today = new Date(t.db.clock.now().getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
    for (const wrong of [{ role: 'king' }, { validTo: '2001-01-01' }, { validFrom: '2001-01-01' }, { validTo: 'x' }])
      expect((await boss.post('/tai-khoan/thanh-vien', { ...person, ...wrong })).statusCode).toBe(422);
    const accept = async () => {
      const { body } = await next.get('/tai-khoan/loi-moi');
      await next.post('/tai-khoan/loi-moi', {
        id: /name="id" value="([0-9a-f-]{36})"/.exec(body)?.[1] ?? '',
        answer: 'accept',
      });
    };
    await boss.post('/tai-khoan/thanh-vien', { ...person, role: 'viewer', validTo: today });
    await accept();
    await next.post('/tai-khoan/tu-cach', { businessId: business.id });
    expect((await next.get('/tai-khoan')).statusCode).toBe(200);
    expect((await next.post('/tai-khoan/lien-he/email', { address: 'moi@example.vn' })).statusCode).toBe(403);
    await next.post('/tai-khoan/tu-cach', { businessId: '' });
    await boss.post('/tai-khoan/thanh-vien', { ...person, role: 'owner' });
    await accept();
    expect((await boss.get('/tai-khoan/thanh-vien')).statusCode).toBe(403);
    await next.post('/tai-khoan/tu-cach', { businessId: business.id });
    const members = await next.get('/tai-khoan/thanh-vien');
    expect(members.body).toContain('chuyển giao đại diện');
    expect((await next.get('/tai-khoan')).body).toContain('Chủ Mới');
  });

  it('registers a business, whose owner then acts for it', async () => {
    const browser = browserOf(t);
    browser.cookies.set('sen_session', (await sessionFor(t.db, await t.db.write((tx) => insertCitizen(tx)))).token);
    const form = { taxCode: '0100109106', name: 'Công ty TNHH Gốm Bát Tràng', representativeName: 'Nguyễn Văn Gốm' };
    expect((await browser.post('/dang-ky/doanh-nghiep', { ...form, taxCode: '0100109107' })).statusCode).toBe(422);
    expect((await browser.post('/dang-ky/doanh-nghiep', form)).headers.location).toBe('/tai-khoan');
    expect((await browser.post('/dang-ky/doanh-nghiep', form)).statusCode).toBe(422);
    expect((await browser.get('/tai-khoan')).body).toContain('Công ty TNHH Gốm Bát Tràng');
  });
});
