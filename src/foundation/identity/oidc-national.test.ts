import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { startStandIn } from '../../../sandbox/identity-provider/server.ts';
import { readConfig } from '../../platform/config.ts';
import { testApp } from '../../testing/app.ts';
import { nationalDate, readNationalClaims } from './oidc-national-claims.ts';
import { isCompulsory } from './oidc-national-policy.ts';
import { browserOf, insertCitizen, signInWith, type Browser } from './testing.ts';

const stranger = (key: string, claims: Record<string, string | number>) => ({
  key,
  title: key,
  claims: { sub: `s-${key}`, loAs: 2, ...claims },
});
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const standIn = await startStandIn({
  port: 0,
  people: [
    stranger('doi-ten', {
      sub: 'dvcqg-tu',
      HoVaTen: 'Trần Tuấn Tú',
      SoDinhDanh: '040085001234',
      NgaySinh: '03/02/1985',
    }),
    stranger('lap-ho', { HoVaTen: 'Vũ Thị Thơm', SoDinhDanh: '040191000777', NgaySinh: '01/02/1991' }),
    stranger('hai', { sub: 'dvcqg-tu', HoVaTen: 'Trần Văn Tú', SoDinhDanh: '040085004321', NgaySinh: '03/02/1985' }),
    stranger('hiem', { HoVaTen: '<script>alert(1)</script>', SoDinhDanh: '040085004444' }),
  ],
});
const keyed = await startStandIn({ port: 0, clientKey: keys.publicKey.export({ format: 'jwk' }) as JsonWebKey });
afterAll(async () => {
  await Promise.all([standIn.stop(), keyed.stop()]);
});
afterEach(() => standIn.setMood('well'));

const settings = { SEN_OUTBOUND_ALLOW: '127.0.0.0/8' };
const app = await testApp({ settings: { ...settings, SEN_NATIONAL_ISSUER: standIn.issuer } });
const only = await testApp({
  settings: { ...settings, SEN_NATIONAL_ISSUER: standIn.issuer, SEN_NATIONAL_COMPULSORY_FROM: '2026-07-20' },
});

/** From the sign-in page to the stand-in and back, as `who`. Returns the last answer in the house. */
async function come(browser: Browser, who: string, start = '/dang-nhap?ve=/tai-khoan', at = standIn) {
  const { answer, trail } = await browser.follow(start);
  const step = trail.at(-1) ?? '';
  const href = /href="(\/dang-nhap\/quoc-gia\?buoc=[^"]+)"/.exec(answer.body)?.[1] ?? '';
  expect(href, 'the button is on the page').not.toBe('');
  const left = await browser.get(href);
  if (!left.headers.location) return { answer: left, step };
  const request = new URL(left.headers.location);
  const chosen = await fetch(`${at.issuer}/authorize`, {
    method: 'POST',
    body: new URLSearchParams({ request: request.search.slice(1), person: who }),
    redirect: 'manual',
  });
  const back = new URL(chosen.headers.get('location') ?? '');
  const end = await browser.follow(back.pathname + back.search);
  return { answer: end.answer, step, trail: end.trail, back };
}
const provenOf = (html: string): string => /name="proven" value="([^"]+)"/.exec(html)?.[1] ?? '';
async function reply(browser: Browser, step: string, html: string, fields: Record<string, string>) {
  const sent = await browser.post(`${step}/quoc-gia`, { proven: provenOf(html), ...fields });
  return sent.headers.location ? (await browser.follow(sent.headers.location)).answer : sent;
}
const accountOf = async (number: string) =>
  (
    await app.db.reader.raw<{ id: string; name: string; hash: string | null; assurance: number | null }>(
      `select a.id, a.name, a.password_hash as hash, (select max(s.assurance) from platform.session s where s.account_id = a.id) as assurance
       from identity.account a join identity.login l on l.account_id = a.id where l.value = $1`,
      [number],
    )
  )[0];

describe('the first time', () => {
  test('makes the account, with the assurance of an electronic identity, and the next time finds it', async () => {
    const browser = browserOf(app);
    const { answer } = await come(browser, 'tu');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Trần Văn Tú');
    expect(await accountOf('040085001234')).toMatchObject({ name: 'Trần Văn Tú', hash: null, assurance: 3 });
    const again = browserOf(app);
    expect((await come(again, 'tu')).answer.body).toContain('Trần Văn Tú');
    const count = await app.db.reader.raw<{ n: number }>(
      `select count(*)::int as n from identity.national_identity where subject = 'dvcqg-tu'`,
    );
    expect(count[0]?.n).toBe(1);
  });

  test('asks for a date of birth that the provider did not send, and holds it to the number', async () => {
    const browser = browserOf(app);
    const { answer, step } = await come(browser, 'hoa');
    expect(answer.body).toContain('Cho biết ngày sinh');
    const wrong = await reply(browser, step, answer.body, {
      'birth-day': '1',
      'birth-month': '2',
      'birth-year': '1991',
    });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('chưa đúng với số định danh');
    const forged = await browser.post(`${step}/quoc-gia`, {
      proven: `${provenOf(answer.body)}x`,
      'birth-year': '1992',
    });
    expect(forged.headers.location).toContain('khong-thanh');
    const right = await reply(browser, step, wrong.body, {
      'birth-day': '1',
      'birth-month': '2',
      'birth-year': '1992',
    });
    expect(right.body).toContain('Lê Thị Hòa');
  });

  test('an account that was opened under the number before is asked about, and taken back when it was somebody else’s', async () => {
    await app.db.write((tx) =>
      insertCitizen(tx, {
        name: 'Kẻ Mạo Danh',
        identityNumber: '040191000777',
        password: 'mao-danh-2026-dai',
        phone: '0987654321',
      }),
    );
    const thief = browserOf(app);
    await signInWith(thief, '0987654321', 'mao-danh-2026-dai', '/dang-nhap?ve=/tai-khoan');
    expect((await thief.get('/tai-khoan')).statusCode).toBe(200);
    const browser = browserOf(app);
    const { answer, step } = await come(browser, 'lap-ho');
    expect(answer.body).toContain('Đã có tài khoản mang số định danh của bạn');
    expect((await reply(browser, step, answer.body, {})).statusCode).toBe(422);
    const mine = await reply(browser, step, answer.body, { account: 'not-mine' });
    expect(mine.body).toContain('Vũ Thị Thơm');
    expect((await thief.get('/tai-khoan')).statusCode).not.toBe(200);
    expect(await accountOf('040191000777')).toMatchObject({ name: 'Vũ Thị Thơm', hash: null });
    expect(await accountOf('0987654321')).toBeUndefined();
  });

  test('a representative acts for the business from the start', async () => {
    const browser = browserOf(app);
    const { answer } = await come(browser, 'giam-doc');
    expect(answer.body).toContain('Công ty TNHH Chè Thanh Chương');
    const [member] = await app.db.reader.raw<{ role: string }>(
      `select m.role from identity.business_member m join identity.business b on b.account_id = m.business_id join identity.person p on p.account_id = m.person_id
       where b.tax_code = '2900000020' and p.identity_number = '040078009012'`,
    );
    expect(member?.role).toBe('owner');
  });
});

describe('what does not fit', () => {
  test('a changed name is asked about, and kept or taken over', async () => {
    await come(browserOf(app), 'tu');
    const browser = browserOf(app);
    const { answer, step } = await come(browser, 'doi-ten');
    expect(answer.body).toContain('Trần Tuấn Tú');
    await reply(browser, step, answer.body, { name: 'keep' });
    expect((await accountOf('040085001234'))?.name).toBe('Trần Văn Tú');
    const later = browserOf(app);
    const second = await come(later, 'doi-ten');
    await reply(later, second.step, second.answer.body, { name: 'new' });
    expect((await accountOf('040085001234'))?.name).toBe('Trần Tuấn Tú');
  });

  test.each([
    ['hai', 409, 'vướng hai tài khoản'],
    ['muc-1', 403, 'chưa đủ mức'],
    ['nuoc-ngoai', 403, 'chưa có số định danh'],
    ['hiem', 403, 'chưa có số định danh'],
    ['', 400, 'chưa đăng nhập bằng VNeID'],
  ])('%s ends with %i and says why', async (who, status, words) => {
    await come(browserOf(app), 'tu');
    const { answer } = await come(browserOf(app), who);
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain(words);
  });

  test.each([
    'wrong-nonce',
    'expired',
    'wrong-audience',
    'wrong-issuer',
    'unsigned',
    'wrong-signature',
    'other-subject',
  ] as const)('an answer with the fault %s signs nobody in', async (mood) => {
    standIn.setMood(mood);
    const browser = browserOf(app);
    const { answer } = await come(browser, 'tu');
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('không dùng được');
    expect(browser.session()).toBeNull();
  });

  test('an answer of another browser, or sent twice, is of no use', async () => {
    const browser = browserOf(app);
    const { back } = await come(browser, 'tu');
    const other = browserOf(app);
    expect((await other.follow(back!.pathname + back!.search)).answer.statusCode).toBe(400);
    expect((await browser.follow(back!.pathname + back!.search)).answer.statusCode).toBe(400);
  });

  test('while the provider is down a page says so and names the other ways', async () => {
    const fresh = browserOf(app);
    standIn.setMood('down');
    const { answer } = await come(fresh, 'tu').catch(() => ({ answer: null }));
    // The provider's document may be known already: then the fault shows on the way back.
    expect([503, undefined]).toContain(answer?.statusCode);
    const { answer: page } = await fresh.follow('/dang-nhap');
    expect(page.body).toContain('name="password"');
  });
});

describe('signing out', () => {
  test('here leads on to signing out there', async () => {
    const browser = browserOf(app);
    await come(browser, 'tu');
    const out = await browser.post('/dang-xuat', {});
    expect(out.headers['refresh']).toBe('0; url=/dang-xuat/quoc-gia');
    expect(browser.session()).toBeNull();
    const on = new URL((await browser.get('/dang-xuat/quoc-gia')).headers.location ?? '');
    expect(on.origin).toBe(standIn.issuer);
    expect(on.searchParams.get('id_token_hint')).toBeTruthy();
    expect((await browser.get('/dang-xuat/quoc-gia')).headers.location).toBe('/');
  });
});

describe('settings', () => {
  test('where it is compulsory, a citizen’s password opens nothing any more; an official’s does', async () => {
    await only.db.write((tx) => insertCitizen(tx, { identityNumber: '040190000555', password: 'song-lam-xanh-2026' }));
    const browser = browserOf(only);
    const { answer } = await signInWith(browser, '040190000555', 'song-lam-xanh-2026');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('đăng nhập bằng VNeID');
    expect(answer.body).not.toContain('Chưa có tài khoản?');
    expect(browser.session()).toBeNull();
    // Nobody opens an account with a password either, by any of the pages.
    const closed = await browser.get('/dang-ky');
    expect(closed.body).toContain('Không cần đăng ký');
    expect(closed.body).not.toContain('name="password"');
    const accounts = () => only.db.reader.raw<{ n: number }>('select count(*)::int as n from identity.account');
    const before = await accounts();
    expect((await browser.post('/dang-ky', { identityNumber: '040190000556', password: 'x' })).statusCode).toBe(403);
    expect((await browser.post('/dang-ky/xac-minh', { id: randomUUID(), code: '123456' })).statusCode).toBe(403);
    expect(await accounts()).toEqual(before);
    const { national } = only.context.config;
    expect(isCompulsory({ national }, new Date('2026-07-19T16:59:00Z'))).toBe(false);
    expect(isCompulsory({ national }, new Date('2026-07-19T17:00:00Z'))).toBe(true);
  });

  test('are read with the date of the law in production, and refused when they cannot work', () => {
    const env = {
      SEN_MODE: 'production',
      SEN_SECRET: 'x'.repeat(40),
      SEN_PUBLIC_URL: 'https://a.vn',
      DATABASE_URL: 'postgres://a@b/c?sslmode=verify-full',
    };
    expect(readConfig(env).national).toBeNull();
    const whole = { ...env, SEN_NATIONAL_ISSUER: 'https://id.example.vn', SEN_NATIONAL_SECRET: 's' };
    expect(readConfig(whole).national).toMatchObject({ compulsoryFrom: '2026-07-20', minimumLevel: 2 });
    expect(() => readConfig({ ...env, SEN_NATIONAL_ISSUER: 'https://id.example.vn' })).toThrow('SEN_NATIONAL_SECRET');
    expect(() => readConfig({ ...whole, SEN_NATIONAL_ISSUER: 'http://id.example.vn' })).toThrow('https');
    expect(() => readConfig({ ...whole, SEN_NATIONAL_COMPULSORY_FROM: 'soon' })).toThrow('2026-07-20');
  });

  test('claims are read carefully', () => {
    expect(nationalDate('31/02/1990')).toBeNull();
    expect(nationalDate('19900512')).toBe('1990-05-12');
    expect(
      readNationalClaims({ sub: 'a', HoVaTen: 'A\u0000B', SoDinhDanh: '12', loAs: ['1', '2'], ThuDienTu: {} }),
    ).toMatchObject({
      fullName: null,
      identityNumber: null,
      level: 2,
      email: null,
    });
  });
});

const folder = mkdtempSync(join(tmpdir(), 'sen-national-'));
writeFileSync(join(folder, 'key.json'), JSON.stringify({ ...keys.privateKey.export({ format: 'jwk' }), kid: 'k1' }));
writeFileSync(
  join(folder, 'addresses.json'),
  JSON.stringify({
    issuer: keyed.issuer,
    authorization_endpoint: `${keyed.issuer}/authorize`,
    token_endpoint: `${keyed.issuer}/token`,
    userinfo_endpoint: `${keyed.issuer}/userinfo`,
    jwks_uri: `${keyed.issuer}/jwks`,
  }),
);
const explicit = await testApp({
  settings: {
    ...settings,
    SEN_NATIONAL_ISSUER: keyed.issuer,
    SEN_NATIONAL_METADATA: join(folder, 'addresses.json'),
    SEN_NATIONAL_KEY_FILE_PATH: join(folder, 'key.json'),
  },
});
test('a key instead of a secret, and addresses from a file instead of discovery', async () => {
  const { answer } = await come(browserOf(explicit), 'tu', '/dang-nhap?ve=/tai-khoan', keyed);
  expect(answer.body).toContain('Trần Văn Tú');
});
