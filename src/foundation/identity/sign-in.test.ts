import { beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../../platform/session.ts';
import { testApp } from '../../testing/app.ts';
import identity from './module.ts';
import { browserOf, insertCitizen, insertOfficer, insertOfficialAccount, signIn, signInWith } from './testing.ts';

const t = await testApp({ modules: [identity] });
const PASSWORD = 'con cá vàng 27';
const OFFICIAL = 'Sen-Trong-Dam-2026!';
let citizenId = '';

beforeAll(async () => {
  await t.db.write(async (tx) => {
    citizenId = (
      await insertCitizen(tx, {
        name: 'Trần Thị Mai',
        identityNumber: '040190001234',
        password: PASSWORD,
        email: 'mai@example.vn',
        phone: '0912345678',
      })
    ).id;
    const officer = await insertOfficer(tx, { name: 'Lê Văn Hùng', posts: 2 });
    await insertOfficialAccount(tx, { ...officer, userName: 'hung.lv', password: OFFICIAL });
  });
});

const sessionsOf = async (accountId: string) =>
  (
    await t.db.reader.raw<{ n: number }>('select count(*)::int as n from platform.session where account_id = $1', [
      accountId,
    ])
  )[0]?.n;
const events = async (name: string) =>
  t.db.reader.raw<{ payload: Record<string, unknown> }>(
    'select payload from platform.event where name = $1 order by id',
    [name],
  );

describe('signing in', () => {
  it('leads from the page asked for through the provider and back to it', async () => {
    const browser = browserOf(t);
    const { answer, trail } = await signInWith(
      browser,
      '040190001234',
      PASSWORD,
      '/dang-nhap?ve=%2Ftai-khoan%3Ftab%3D1',
    );
    expect(trail.some((url) => url.startsWith('/oidc/auth/'))).toBe(true);
    expect(trail.at(-1)).toBe('/tai-khoan?tab=1');
    expect(answer.statusCode).not.toBe(500);
    const view = await t.db.reader.raw<{ client_id: string; sso_session_id: string | null }>(
      'select client_id, sso_session_id from platform.session where account_id = $1',
      [citizenId],
    );
    expect(view[0]?.client_id).toBe('portal');
    expect(view[0]?.sso_session_id).toBeTruthy();
  });

  it.each(['mai@example.vn', ' MAI@Example.VN ', '0912 345 678', '+84912345678', '040190001234'])(
    'knows the person by %s',
    async (login) => {
      await expect(signIn(t, login, PASSWORD)).resolves.toBeDefined();
    },
  );

  it('keeps the login and says one thing for a wrong password and an unknown account', async () => {
    const browser = browserOf(t);
    const wrong = await signInWith(browser, 'mai@example.vn', 'sai rồi');
    const unknown = await signInWith(browserOf(t), 'khong.co@example.vn', 'sai rồi');
    expect(wrong.answer.statusCode).toBe(422);
    expect(unknown.answer.statusCode).toBe(422);
    expect(wrong.answer.body).toContain('value="mai@example.vn"');
    const text = (body: string) => body.replaceAll(/value="[^"]*"|xac-thuc\/[\w-]+|href="[^"]*"/g, '');
    expect(text(wrong.answer.body)).toBe(text(unknown.answer.body));
    expect(wrong.answer.body).not.toContain('sai rồi');
    expect(browser.session()).toBeNull();
  });

  it('shows what is missing', async () => {
    const { answer } = await signInWith(browserOf(t), '', '');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Hãy nhập tên đăng nhập');
    expect(answer.body).toContain('Hãy nhập mật khẩu');
  });

  it('speaks English where the page was English', async () => {
    const { answer, trail } = await browserOf(t).follow('/en/dang-nhap');
    expect(trail.at(-1)).toMatch(/^\/en\/dang-nhap\/xac-thuc\//);
    expect(answer.body).toContain('Identity number, phone, e-mail or tax code');
  });

  it.each([
    '<script>alert(1)</script>',
    "' or 1=1 --",
    'a'.repeat(5_000),
    '\u0000\u0001',
    '../../etc/passwd',
    '{{7*7}}',
    '%00',
  ])('takes hostile input %# as one more wrong login', async (login) => {
    const { answer } = await signInWith(browserOf(t), login, 'x'.repeat(20_000));
    expect(answer.statusCode).toBe(422);
    expect(answer.body).not.toContain('<script>alert');
  });

  it('gives a fresh token, whatever token the browser came with', async () => {
    const browser = browserOf(t);
    browser.cookies.set('sen_session', 'chosen-by-an-attacker');
    await signInWith(browser, 'mai@example.vn', PASSWORD);
    const first = browser.session()?.token;
    expect(first).not.toBe('chosen-by-an-attacker');
    browser.cookies.delete('sen_op');
    browser.cookies.delete('sen_op.sig');
    const old = browser.session();
    browser.cookies.delete('sen_session');
    await signInWith(browser, 'mai@example.vn', PASSWORD);
    expect(browser.session()?.token).not.toBe(old?.token);
  });

  it('does not take a step from another browser', async () => {
    const { trail } = await browserOf(t).follow('/dang-nhap');
    const answer = await browserOf(t).post(trail.at(-1) ?? '', { login: 'mai@example.vn', password: PASSWORD });
    expect(answer.headers.location).toBe('/dang-nhap/khong-thanh');
  });

  it('refuses a form that another site sends', async () => {
    const browser = browserOf(t);
    const { trail } = await browser.follow('/dang-nhap');
    const answer = await browser.post(
      trail.at(-1) ?? '',
      { login: 'mai@example.vn', password: PASSWORD },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(answer.statusCode).toBe(403);
  });

  it('refuses a callback used twice, forged or without its flow', async () => {
    const browser = browserOf(t);
    const { trail } = await signInWith(browser, 'mai@example.vn', PASSWORD);
    const callback = trail.find((url) => url.startsWith('/dang-nhap/tro-lai')) ?? '';
    expect(callback).toContain('code=');
    expect((await browser.get(callback)).statusCode).toBe(400);
    const other = browserOf(t);
    await other.follow('/dang-nhap');
    expect((await other.get(callback)).statusCode).toBe(400);
    expect((await other.get('/dang-nhap/tro-lai?code=x&state=y')).statusCode).toBe(400);
    expect((await other.get('/dang-nhap/tro-lai')).statusCode).toBe(400);
    expect(other.session()).toBeNull();
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    'javascript:alert(1)',
    '/\tevil',
    '/dang-xuat',
    `/${'a'.repeat(3000)}`,
  ])('never leaves for %s', async (target) => {
    const { trail } = await signInWith(
      browserOf(t),
      'mai@example.vn',
      PASSWORD,
      `/dang-nhap?ve=${encodeURIComponent(target)}`,
    );
    const last = trail.at(-1) ?? '';
    expect(last.startsWith('/')).toBe(true);
    expect(new URL(last, 'http://localhost:8080').host).toBe('localhost:8080');
    expect(last).not.toContain('/dang-xuat');
  });

  it('writes events without the password and without the address typed', async () => {
    const all = JSON.stringify([...(await events('identity.signed-in')), ...(await events('identity.sign-in-failed'))]);
    expect(all).not.toContain(PASSWORD);
    expect(all).not.toContain('khong.co@example.vn');
  });
});

describe('one sign-on for portal and workspace', () => {
  it('opens the workspace without asking again, and signing out there ends both', async () => {
    const browser = browserOf(t);
    await signInWith(browser, 'hung.lv', OFFICIAL, '/dang-nhap?ve=/tai-khoan');
    const portal = browser.session();
    browser.cookies.delete('sen_session');
    const { trail } = await browser.follow('/lam-viec/dang-nhap');
    expect(trail.some((url) => url.includes('xac-thuc'))).toBe(false);
    expect(trail.at(-1)).toBe('/lam-viec');
    const workspace = browser.session();
    expect(workspace?.token).not.toBe(portal?.token);
    const answer = await browser.post('/dang-xuat', {});
    expect(answer.headers.location).toBe('/');
    for (const session of [portal, workspace]) {
      const rows = await t.db.reader.raw('select 1 from platform.session where token_hash = $1', [
        hashToken(session?.token ?? ''),
      ]);
      expect(rows).toHaveLength(0);
    }
    const again = await browser.follow('/lam-viec/dang-nhap');
    expect(again.trail.at(-1)).toContain('/dang-nhap/xac-thuc/');
  });

  it('does not sign out without the form token', async () => {
    const browser = browserOf(t);
    await signInWith(browser, 'mai@example.vn', PASSWORD);
    expect((await browser.post('/dang-xuat', { _csrf: 'wrong' })).statusCode).toBe(403);
    expect((await browser.get('/dang-xuat')).statusCode).toBe(200);
    expect(await sessionsOf(citizenId)).toBeGreaterThan(0);
  });

  it('signs out by the cookie of the provider alone when the session is over already', async () => {
    const browser = browserOf(t);
    await signInWith(browser, 'mai@example.vn', PASSWORD);
    browser.cookies.delete('sen_session');
    await browser.post('/dang-xuat', {});
    expect((await browser.follow('/dang-nhap')).trail.at(-1)).toContain('/dang-nhap/xac-thuc/');
  });
});

describe('locking out', () => {
  it('stops after five wrong tries, even sent at once, and opens again after a quarter of an hour', async () => {
    await t.db.write((tx) => insertCitizen(tx, { identityNumber: '040190005678', password: PASSWORD }));
    const tries = await Promise.all(Array.from({ length: 12 }, () => signInWith(browserOf(t), '040190005678', 'sai')));
    expect(tries.every(({ answer }) => answer.statusCode === 422)).toBe(true);
    const outcomes = await t.db.reader.raw<{ outcome: string; n: number }>(
      `select s.outcome, count(*)::int as n from identity.sign_in s join identity.login l on l.account_id = s.account_id
       where l.value = '040190005678' group by 1 order by 1`,
    );
    expect(outcomes).toEqual([
      { outcome: 'refused-locked', n: 7 },
      { outcome: 'wrong-password', n: 5 },
    ]);
    await expect(signIn(t, '040190005678', PASSWORD)).rejects.toThrow('was refused');
    t.db.clock.advance(16 * 60_000);
    await expect(signIn(t, '040190005678', PASSWORD)).resolves.toBeDefined();
  });

  it('locks twice as long the second time', async () => {
    await t.db.write((tx) => insertCitizen(tx, { identityNumber: '040190009999', password: PASSWORD }));
    const fail = async () => {
      for (let i = 0; i < 5; i++) await signInWith(browserOf(t), '040190009999', 'sai');
    };
    await fail();
    t.db.clock.advance(16 * 60_000);
    await fail();
    t.db.clock.advance(16 * 60_000);
    await expect(signIn(t, '040190009999', PASSWORD)).rejects.toThrow('was refused');
    t.db.clock.advance(15 * 60_000);
    await expect(signIn(t, '040190009999', PASSWORD)).resolves.toBeDefined();
  });
});

describe('an official’s screen', () => {
  it('locks after silence, asks the password, and leads back', async () => {
    const browser = browserOf(t);
    await signInWith(browser, 'hung.lv', OFFICIAL, '/lam-viec/dang-nhap');
    t.db.clock.advance(16 * 60_000);
    const page = await browser.get('/mo-khoa?ve=%2Flam-viec%2Fho-so%3Ftrang%3D2');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Lê Văn Hùng');
    expect((await browser.post('/doi-vi-tri', { postId: 'x' })).statusCode).toBe(401);
    expect((await browser.post('/mo-khoa', { password: 'sai', ve: '/lam-viec' })).statusCode).toBe(422);
    const token = browser.session()?.token;
    const opened = await browser.post('/mo-khoa', { password: OFFICIAL, ve: '/lam-viec/ho-so?trang=2' });
    expect(opened.headers.location).toBe('/lam-viec/ho-so?trang=2');
    expect(browser.session()?.token).toBe(token);
    expect((await browser.get('/mo-khoa')).headers.location).toBe('/lam-viec');
  });

  it('changes post only to one the officer holds, and rights change with it', async () => {
    const browser = browserOf(t);
    await signInWith(browser, 'hung.lv', OFFICIAL, '/lam-viec/dang-nhap');
    const posts = await t.db.reader.raw<{ id: string }>(
      `select p.id from organisations.post p join organisations.appointment a on a.post_id = p.id join organisations.officer o on o.id = a.officer_id
       where o.full_name = 'Lê Văn Hùng' order by p.sort_order`,
    );
    const foreign = await t.db.write((tx) => insertOfficer(tx, { name: 'Người Khác' }));
    expect((await browser.post('/doi-vi-tri', { postId: foreign.postId })).statusCode).toBe(403);
    expect((await browser.post('/doi-vi-tri', { postId: "x' or 1=1" })).statusCode).toBe(403);
    const changed = await browser.post('/doi-vi-tri', { postId: posts[1]?.id ?? '' });
    expect(changed.statusCode).toBe(303);
    const rows = await t.db.reader.raw<{ post_id: string }>(
      'select post_id from platform.session where token_hash = $1',
      [hashToken(browser.session()?.token ?? '')],
    );
    expect(rows[0]?.post_id).toBe(posts[1]?.id);
  });
});

describe('the provider', () => {
  it('publishes its configuration under the public address, whatever Host came in', async () => {
    const answer = await t.app.inject({
      url: '/oidc/.well-known/openid-configuration',
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    });
    expect(answer.json()).toMatchObject({
      issuer: 'http://localhost:8080/oidc',
      authorization_endpoint: 'http://localhost:8080/oidc/auth',
    });
  });

  it('hands out public keys only', async () => {
    const { keys } = (await t.app.inject({ url: '/oidc/jwks' })).json<{ keys: Record<string, unknown>[] }>();
    expect(keys[0]).toHaveProperty('x');
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('asks for PKCE and known redirect addresses', async () => {
    const ask = (query: string) =>
      t.app.inject({
        url: `/oidc/auth?client_id=portal&response_type=code&scope=openid&${query}`,
        headers: { accept: 'text/html' },
      });
    const noPkce = await ask(`redirect_uri=${encodeURIComponent('http://localhost:8080/dang-nhap/tro-lai')}`);
    expect(noPkce.headers.location).toContain('error=invalid_request');
    const foreign = await ask(`redirect_uri=${encodeURIComponent('https://evil.example/')}`);
    expect(foreign.headers.location).toMatch(/^\/dang-nhap\/khong-thanh(\?|$)/);
  });

  it('refuses a token request without the client’s secret', async () => {
    const answer = await t.app.inject({
      method: 'POST',
      url: '/oidc/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'grant_type=authorization_code&code=x&client_id=portal',
    });
    expect(answer.statusCode).toBe(401);
  });
});

describe('one address that knocks without end', () => {
  it('is told to wait, while others go on', async () => {
    const browser = browserOf(t);
    const statuses = new Set<number>();
    // 130 knocks put more than 60 into one window, wherever the minute turns.
    for (let i = 0; i < 130; i++) statuses.add((await browser.get('/dang-nhap')).statusCode);
    expect(statuses).toEqual(new Set([303, 429]));
    expect((await browserOf(t).get('/dang-nhap')).statusCode).toBe(303);
  });
});
