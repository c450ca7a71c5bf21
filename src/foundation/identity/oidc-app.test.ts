import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import { isRedirectAddress } from './relying-app.ts';
import { resolveClient } from './api-clients.ts';
import { browserOf, insertCitizen, signInWith, type Browser } from './testing.ts';

const app = await testApp({ settings: { SEN_OUTBOUND_ALLOW: '127.0.0.0/8' } });
const PASSWORD = 'song-lam-xanh-2026';
const CALLBACK = 'https://thu-vien.example.vn/tro-lai';

/** The application's own end of the line: what was told to it. */
const heard: string[] = [];
let answer = 200;
const listener = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    heard.push(new URLSearchParams(body).get('logout_token') ?? '');
    response.writeHead(answer).end();
  });
});
await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
afterAll(() => void listener.close());
const backchannel = `http://127.0.0.1:${(listener.address() as { port: number }).port}/dang-xuat`;

const manager = await signedInOfficial(app, ['identity.apps-manage'], { reach: 'all' });
const agency = await signedInOfficial(app, ['identity.apps-request']);
const stranger = await signedInOfficial(app, ['identity.apps-request']);

const fields = (more: Record<string, string> = {}): [string, string][] =>
  Object.entries({
    unit: 'none',
    nameVi: 'Thư viện số',
    purposeVi: 'Mượn sách điện tử',
    homeUrl: 'https://thu-vien.example.vn',
    contact: 'Trần Thị Hoa, 0912345678',
    kind: 'web',
    redirectUris: CALLBACK,
    postLogoutUris: 'https://thu-vien.example.vn/',
    backchannelUri: backchannel,
    authMethod: 'client_secret_basic',
    audience: 'citizen',
    claims: 'name',
    'purpose-name': 'Ghi tên trên thẻ bạn đọc',
    'basis-name': 'Điều 38 Luật Thư viện 2019',
    ...more,
  });

/** Registers an application of the agency's unit (which asks; the province approves) and takes its secret. */
async function connect(more: Record<string, string> = {}): Promise<{ id: string; clientId: string; secret: string }> {
  const made = await agency.post('/quan-tri/ung-dung/them', fields(more));
  expect(made.statusCode, made.body.slice(0, 3_000)).toBe(303);
  const address = made.headers.location ?? '';
  expect((await manager.post(`${address}/duyet`, {})).statusCode).toBe(303);
  const [row] = await app.db.reader.raw<{ id: string; clientId: string }>(
    'select id, client_id as "clientId" from identity.relying_app where id = $1',
    [address.split('/').at(-1)],
  );
  const shown = await agency.post(`${address}/khoa-bi-mat`, {});
  const secret = /data-secret[^>]*>([^<]+)</.exec(shown.body)?.[1] ?? '';
  return { ...row!, secret };
}

const verifier = randomBytes(32).toString('base64url');
const authAddress = (clientId: string, more: Record<string, string> = {}): string =>
  `/oidc/auth?${new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid profile',
    state: 's1',
    nonce: 'n1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  }).toString()}`;

/** Follows redirects inside the house; returns the last answer, or the address outside. */
async function walk(browser: Browser, from: string) {
  let address = from;
  for (let hop = 0; hop < 12; hop++) {
    const reply = await browser.get(address);
    const next = reply.headers.location ?? /^0; url=(.*)$/.exec(reply.headers['refresh'] ?? '')?.[1];
    if (!next) return { reply, address, outside: null };
    if (!next.startsWith('/')) return { reply, address, outside: new URL(next) };
    address = next;
  }
  throw new Error('redirects without end');
}
const nextOf = (reply: { headers: { location?: string | undefined } }): string =>
  reply.headers.location ?? /url=(.*)$/.exec((reply.headers as Record<string, string>)['refresh'] ?? '')?.[1] ?? '';

/** A citizen signs in to the application for the first time. Returns the browser and the address outside. */
async function arrive(clientId: string, login: string): Promise<{ browser: Browser; outside: URL }> {
  const browser = browserOf(app);
  const step = await walk(browser, authAddress(clientId));
  const sent = await browser.post(step.address, { login, password: PASSWORD });
  const notice = await walk(browser, nextOf(sent));
  expect(notice.reply.body.includes('Thư viện số'), notice.address).toBe(true);
  const gone = await browser.post(notice.address, { answer: 'yes' });
  const { outside } = await walk(browser, nextOf(gone));
  return { browser, outside: outside! };
}

async function exchange(client: { clientId: string; secret: string }, code: string) {
  const reply = await app.app.inject({
    method: 'POST',
    url: '/oidc/token',
    headers: {
      authorization: `Basic ${Buffer.from(`${client.clientId}:${encodeURIComponent(client.secret)}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    }).toString(),
  });
  return { status: reply.statusCode, body: reply.json<Record<string, string>>() };
}
const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
const userinfo = async (accessToken: string) =>
  (await app.app.inject({ url: '/oidc/me', headers: { authorization: `Bearer ${accessToken}` } })).json<
    Record<string, unknown>
  >();

const person = { login: '', id: '' };
beforeAll(async () => {
  const account = await app.db.write((tx) =>
    insertCitizen(tx, { identityNumber: '040190000991', password: PASSWORD, name: 'Phan Thị Sen' }),
  );
  person.id = account.id;
  person.login = '040190000991';
});

describe('registering', () => {
  test('an agency asks, others cannot see it, only the province decides', async () => {
    const made = await agency.post('/quan-tri/ung-dung/them', fields());
    const address = made.headers.location ?? '';
    expect((await agency.get(address)).body).toContain('Chờ duyệt');
    expect((await stranger.get(address)).statusCode).toBe(404);
    expect((await stranger.get('/quan-tri/ung-dung')).body).not.toContain(address);
    expect((await agency.post(`${address}/duyet`, {})).statusCode).toBe(403);
    expect((await agency.post(`${address}/khoa-bi-mat`, {})).statusCode).toBe(403);
    expect((await stranger.post(`${address}/khoa-bi-mat`, {})).statusCode).toBe(404);
    expect((await manager.post(`${address}/tu-choi`, {})).statusCode).toBe(422);
    expect((await manager.post(`${address}/tu-choi`, { reason: 'Thiếu căn cứ' })).statusCode).toBe(303);
    expect((await agency.get(address)).body).toContain('Thiếu căn cứ');
    const csv = await agency.get('/quan-tri/ung-dung/xuat/csv');
    expect(csv.body).toContain('Thư viện số');
  });

  test('wrong input comes back with its faults and what was typed', async () => {
    const wrong = await agency.post(
      '/quan-tri/ung-dung/them',
      fields({
        redirectUris: 'https://a.example.vn/*\nhttp://b.example.vn/',
        backchannelUri: 'https://169.254.169.254/latest',
        'basis-name': '',
        contact: '<script>alert(1)</script>',
        authMethod: 'none',
      }),
    );
    expect(wrong.statusCode).toBe(422);
    for (const part of ['https://a.example.vn/*', '169.254.169.254', 'Hãy ghi mục đích', 'phải có khóa', '&lt;script>'])
      expect(wrong.body).toContain(part);
    const key = { kty: 'EC', crv: 'P-256', x: 'a', y: 'b', d: 'private' };
    const secretKey = await agency.post(
      '/quan-tri/ung-dung/them',
      fields({
        authMethod: 'private_key_jwt',
        jwks: JSON.stringify({ keys: [key] }),
      }),
    );
    expect(secretKey.body).toContain('Đừng dán khóa riêng');
    const twoHosts = await agency.post(
      '/quan-tri/ung-dung/them',
      fields({
        isPairwise: 'yes',
        redirectUris: 'https://a.example.vn/x https://b.example.vn/x',
      }),
    );
    expect(twoHosts.body).toContain('cùng một máy chủ');
  });

  test.each([
    ['https://a.vn/x', 'web', true],
    ['http://a.vn/x', 'web', false],
    ['http://localhost:8080/x', 'web', false],
    ['https://a.vn/x#y', 'web', false],
    ['https://u:p@a.vn/', 'web', false],
    ['javascript:alert(1)', 'web', false],
    ['vn.nghean.app:/x', 'web', false],
    ['vn.nghean.app:/x', 'native', true],
    ['myapp:/x', 'native', false],
    ['javascript:alert(1)', 'native', false],
    ['http://127.0.0.1/x', 'native', true],
    ['http://127.0.0.1.evil.vn/x', 'native', false],
  ] as const)('%s for a %s application: %s', (address, kind, isFit) => {
    expect(isRedirectAddress(address, kind, true)).toBe(isFit);
  });

  test('what an agency changes of an approved application waits again; the contact does not', async () => {
    const made = await connect();
    const [row] = await app.db.reader.raw<{ version: number }>(
      'select version from identity.relying_app where id = $1',
      [made.id],
    );
    const contact = await agency.post(`/quan-tri/ung-dung/${made.id}/sua`, [
      ...fields({ contact: 'Người khác' }),
      ['version', String(row!.version)],
    ]);
    expect(contact.statusCode).toBe(303);
    const status = async () =>
      (
        await app.db.reader.raw<{ status: string }>('select status from identity.relying_app where id = $1', [made.id])
      )[0]?.status;
    expect(await status()).toBe('active');
    const stale = await agency.post(`/quan-tri/ung-dung/${made.id}/sua`, [
      ...fields({ redirectUris: 'https://evil.example.vn/' }),
      ['version', '1'],
    ]);
    expect(stale.statusCode).toBe(409);
    await agency.post(`/quan-tri/ung-dung/${made.id}/sua`, [
      ...fields({ redirectUris: 'https://evil.example.vn/' }),
      ['version', String(row!.version + 1)],
    ]);
    expect(await status()).toBe('requested');
  });
});

describe('signing in', () => {
  test('tells the person once, gives registered claims only, and is silent the next time', async () => {
    const client = await connect();
    const { browser, outside } = await arrive(client.clientId, person.login);
    expect(outside.origin + outside.pathname).toBe(CALLBACK);
    expect(outside.searchParams.get('state')).toBe('s1');
    const tokens = await exchange(client, outside.searchParams.get('code') ?? '');
    expect(tokens.status).toBe(200);
    expect(claimsOf(tokens.body['id_token']!)).toMatchObject({ sub: person.id, aud: client.clientId, nonce: 'n1' });
    const known = await userinfo(tokens.body['access_token']!);
    expect(known).toMatchObject({ sub: person.id, name: 'Phan Thị Sen' });
    expect(known).not.toHaveProperty('identity_number');
    expect(known).not.toHaveProperty('birthdate');
    expect(known).not.toHaveProperty('sso');
    expect((await exchange(client, outside.searchParams.get('code') ?? '')).status).toBe(400);
    const again = await walk(browser, authAddress(client.clientId));
    expect(again.outside?.searchParams.get('code')).toBeTruthy();
    // The portal itself is signed in to without a password, too.
    expect((await browser.follow('/dang-nhap?ve=/tai-khoan/ung-dung')).answer.body).toContain('Thư viện số');
    await vi.waitFor(async () =>
      expect((await agency.get(`/quan-tri/ung-dung/${client.id}`)).body).toMatch(/Lượt đăng nhập mỗi ngày/),
    );
  });

  test('asks again after the application asks for more, and after the person withdrew', async () => {
    const client = await connect();
    const { browser, outside } = await arrive(client.clientId, person.login);
    await exchange(client, outside.searchParams.get('code') ?? '');
    await browser.follow('/dang-nhap?ve=/tai-khoan');
    expect((await browser.post('/tai-khoan/ung-dung', { id: client.id })).statusCode).toBe(303);
    const asked = await walk(browser, authAddress(client.clientId));
    expect(asked.outside).toBeNull();
    expect(asked.reply.body).toContain('Ghi tên trên thẻ bạn đọc');
    const no = await browser.post(asked.address, { answer: 'no' });
    expect((await walk(browser, nextOf(no))).outside?.searchParams.get('error')).toBe('access_denied');
    heard.length = 0;
    await app.drain();
    expect(heard).toHaveLength(1);
  });

  test('is refused for a wrong address, without PKCE, to the wrong people, and to a suspended application', async () => {
    const client = await connect({ audience: 'official' });
    const browser = browserOf(app);
    const lost = await walk(browser, authAddress(client.clientId, { redirect_uri: 'https://evil.example.vn/' }));
    expect(lost.reply.body).toContain('chưa đăng nhập được');
    const plain = await walk(
      browser,
      `/oidc/auth?client_id=${client.clientId}&response_type=code&scope=openid&redirect_uri=${CALLBACK}`,
    );
    expect(plain.outside?.searchParams.get('error')).toBe('invalid_request');
    await signInWith(browser, person.login, PASSWORD);
    const notForThem = await walk(browser, authAddress(client.clientId));
    expect(notForThem.reply.statusCode).toBe(403);
    await manager.post(`/quan-tri/ung-dung/${client.id}/tam-dung`, { reason: 'Sự cố' });
    expect((await walk(browser, authAddress(client.clientId))).reply.body).toContain('chưa đăng nhập được');
  });

  test('a secret works for a day after the next one was made, and no longer', async () => {
    const client = await connect();
    const { browser, outside } = await arrive(client.clientId, person.login);
    const shown = await agency.post(`/quan-tri/ung-dung/${client.id}/khoa-bi-mat`, {});
    const next = /data-secret[^>]*>([^<]+)</.exec(shown.body)?.[1] ?? '';
    expect(next).not.toBe(client.secret);
    expect((await agency.get(`/quan-tri/ung-dung/${client.id}`)).body).not.toContain(next);
    expect((await exchange(client, outside.searchParams.get('code') ?? '')).status).toBe(200);
    const fresh = async () =>
      (await walk(browser, authAddress(client.clientId))).outside?.searchParams.get('code') ?? '';
    expect((await exchange({ ...client, secret: 'kept as a hash' }, await fresh())).status).toBe(401);
    expect((await exchange({ ...client, secret: next }, await fresh())).status).toBe(200);
    await app.db.write((tx) =>
      tx.raw(`update identity.relying_app set previous_secret_until = $2 where id = $1`, [client.id, tx.now]),
    );
    expect((await exchange(client, await fresh())).status).toBe(401);
  });

  test('own identifiers differ between applications and are the same each time', async () => {
    const subject = async (host: string): Promise<unknown> => {
      const uri = `https://${host}/x`;
      const client = await connect({
        isPairwise: 'yes',
        redirectUris: CALLBACK.replace('thu-vien.example.vn', host),
      });
      const browser = browserOf(app);
      const address = authAddress(client.clientId, { redirect_uri: uri.replace('/x', '/tro-lai') });
      const step = await walk(browser, address);
      const sent = await browser.post(step.address, { login: person.login, password: PASSWORD });
      const notice = await walk(browser, nextOf(sent));
      const gone = await browser.post(notice.address, { answer: 'yes' });
      const { outside } = await walk(browser, nextOf(gone));
      const reply = await app.app.inject({
        method: 'POST',
        url: '/oidc/token',
        headers: {
          authorization: `Basic ${Buffer.from(`${client.clientId}:${encodeURIComponent(client.secret)}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: new URLSearchParams({
          grant_type: 'authorization_code',
          code: outside!.searchParams.get('code') ?? '',
          redirect_uri: uri.replace('/x', '/tro-lai'),
          code_verifier: verifier,
        }).toString(),
      });
      return claimsOf(reply.json<{ id_token: string }>().id_token)['sub'];
    };
    const [a, b, again] = [await subject('a.example.vn'), await subject('b.example.vn'), await subject('a.example.vn')];
    expect(new Set([a, b, person.id]).size).toBe(3);
    expect(again).toBe(a);
  });

  test('a service takes a token without a person and may call what it was given', async () => {
    const client = await connect({ kind: 'service', serviceScopes: 'dossiers.submit', redirectUris: '' });
    const take = (scope: string) =>
      app.app.inject({
        method: 'POST',
        url: '/oidc/token',
        headers: {
          authorization: `Basic ${Buffer.from(`${client.clientId}:${encodeURIComponent(client.secret)}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: new URLSearchParams({ grant_type: 'client_credentials', scope }).toString(),
      });
    const { access_token: token } = (await take('dossiers.submit')).json<{ access_token: string }>();
    expect(await resolveClient(app.db.reader, token)).toMatchObject({ kind: 'client', scopes: ['dossiers.submit'] });
    expect((await take('dossiers.submit-paper')).statusCode).toBe(400);
    await manager.post(`/quan-tri/ung-dung/${client.id}/tam-dung`, { reason: 'Sự cố' });
    expect(await resolveClient(app.db.reader, token)).toBeNull();
  });
});

describe('signing out', () => {
  const signedIn = async () => {
    const client = await connect();
    const { browser, outside } = await arrive(client.clientId, person.login);
    const tokens = await exchange(client, outside.searchParams.get('code') ?? '');
    await app.drain();
    heard.length = 0;
    return { client, browser, idToken: tokens.body['id_token']! };
  };
  async function verified(token: string): Promise<Record<string, unknown>> {
    const [head = '', body = '', signature = ''] = token.split('.');
    const { keys } = (await app.app.inject({ url: '/oidc/jwks' })).json<{ keys: { kid: string }[] }>();
    const { kid, typ } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string; typ: string };
    expect(typ).toBe('logout+jwt');
    const key = createPublicKey({ key: keys.find((one) => one.kid === kid) as never, format: 'jwk' });
    const isRight = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    expect(isRight).toBe(true);
    return claimsOf(token);
  }

  test('of the portal reaches the application with a signed token of its session, once', async () => {
    const { client, browser, idToken } = await signedIn();
    await browser.follow('/dang-nhap');
    await browser.post('/dang-xuat', {});
    await app.drain();
    await app.drain();
    expect(heard).toHaveLength(1);
    const token = await verified(heard[0]!);
    expect(token).toMatchObject({
      iss: 'http://localhost:8080/oidc',
      aud: client.clientId,
      sub: person.id,
      sid: claimsOf(idToken)['sid'],
    });
    expect(token).not.toHaveProperty('nonce');
    expect(token['events']).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} });
    expect((await walk(browser, authAddress(client.clientId))).reply.body).toContain('name="password"');
  });

  test('asked for by the application ends the portal’s session and comes back to the application', async () => {
    const { client, browser, idToken } = await signedIn();
    await browser.follow('/dang-nhap?ve=/tai-khoan');
    const end = `/oidc/session/end?${new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: 'https://thu-vien.example.vn/', state: 'z' }).toString()}`;
    const confirm = await browser.get(end);
    expect(String(confirm.headers['content-security-policy'])).toContain(
      "form-action 'self' https://thu-vien.example.vn",
    );
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(confirm.body)?.[1] ?? '';
    const done = await browser.post('/oidc/session/end/confirm', { xsrf, logout: 'yes' });
    expect(done.headers.location).toBe('https://thu-vien.example.vn/?state=z');
    await app.drain();
    expect(heard).toHaveLength(1);
    expect((await verified(heard[0]!))['aud']).toBe(client.clientId);
    await vi.waitFor(async () => expect((await browser.get('/tai-khoan')).statusCode).not.toBe(200));
    const bad = await browser.get(
      `/oidc/session/end?client_id=${client.clientId}&post_logout_redirect_uri=https://evil.example.vn/`,
    );
    expect(bad.headers.location ?? '').not.toContain('evil');
  });

  test('is tried again while the application does not answer, shown when it never did, and can be sent once more', async () => {
    const { client, browser } = await signedIn();
    answer = 500;
    await browser.follow('/dang-nhap');
    await browser.post('/dang-xuat', {});
    await app.drain();
    const state = async () =>
      (
        await app.db.reader.raw<{ status: string; attempts: number }>(
          'select status, attempts from identity.logout_delivery where app_id = $1 order by id desc limit 1',
          [client.id],
        )
      )[0];
    expect(await state()).toEqual({ status: 'waiting', attempts: 1 });
    for (let round = 0; round < 40 && (await state())?.status === 'waiting'; round++) {
      await app.db.write((tx) =>
        tx.raw(`update graphile_worker._private_jobs set run_at = now() where key like 'logout/%'`, []),
      );
      await app.drain();
    }
    expect(await state()).toEqual({ status: 'failed', attempts: 10 });
    const shown = await manager.get(`/quan-tri/ung-dung/${client.id}`);
    expect(shown.body).toContain('HTTP 500');
    answer = 204;
    heard.length = 0;
    await agency.post(`/quan-tri/ung-dung/${client.id}/bao-lai`, {});
    await app.drain();
    expect(heard).toHaveLength(1);
    expect(await state()).toMatchObject({ status: 'delivered' });
    answer = 200;
  });

  test('an administrator who ends an account’s sessions, and a suspended application, sign people out of it', async () => {
    const { client } = await signedIn();
    await manager.post(`/quan-tri/ung-dung/${client.id}/tam-dung`, { reason: 'Sự cố' });
    await app.drain();
    expect(heard.length).toBeGreaterThan(0);
  });
});
