import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOf } from './doors.ts';
import { readConfig } from './platform/config.ts';
import { testApp } from './testing/app.ts';
import { signedInOfficial } from './testing/people.ts';
import { insertOfficialAccount } from './foundation/identity/testing.ts';
import { insertTestOfficer, insertTestPost, insertTestUnit } from './foundation/organisations/testing.ts';
import { addressOf } from './platform/http/doors.ts';

const ADMIN_URL = 'http://quan-tri.localhost:8081';
const app = await testApp({ settings: { SEN_ADMIN_PORT: '0', SEN_ADMIN_URL: ADMIN_URL } });
const administrator = await signedInOfficial(app, ['identity.manage'], { reach: 'all' });
const cookie = [...administrator.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
const csrf = administrator.session()?.csrf(app.context.config.secret) ?? '';
let service = 0;
let admin = 0;

beforeAll(async () => {
  await app.app.listen({ port: 0, host: '127.0.0.1' });
  service = (app.app.server.address() as AddressInfo).port;
  admin = (await app.listenAdmin())?.port ?? 0;
});
afterAll(() => app.app.close());

interface Answer {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: string;
}

/** Sends the request line as it stands: no client rewrites the address on the way. */
function send(port: number, line: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer to ${line}`)));
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const [head = '', ...rest] = text.split('\r\n\r\n');
      const [first = '', ...lines] = head.split('\r\n');
      const pairs = lines.map(
        (one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 2)] as const,
      );
      resolve({
        status: Number(first.split(' ')[1]),
        headers: Object.fromEntries(pairs),
        cookies: pairs.filter(([name]) => name === 'set-cookie').map(([, value]) => value),
        body: rest.join('\r\n\r\n'),
      });
    });
    const all = { host: 'localhost:8080', connection: 'close', accept: 'text/html', cookie, ...headers };
    const fields = Object.entries({ ...all, ...(body ? { 'content-length': String(Buffer.byteLength(body)) } : {}) });
    socket.write(
      `${line} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`,
    );
  });
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

describe('the service port', () => {
  const SPELLINGS = [
    '/quan-tri',
    '/quan-tri/',
    '/quan-tri?x=1',
    '/quan-tri/tai-khoan',
    '/en/quan-tri/tai-khoan',
    '/en/quan-tri',
    '//quan-tri',
    '//quan-tri/tai-khoan',
    '/en//quan-tri/tai-khoan',
    '/en/en/quan-tri/tai-khoan',
    '/%71uan-tri/tai-khoan',
    '/quan%2Dtri/tai-khoan',
    '/en/%71uan-tri/tai-khoan',
    '/%65n/quan-tri/tai-khoan',
    '/quan-tri%2Ftai-khoan',
    '/quan-tri%2ftai-khoan',
    '/quan-tri/%2e/tai-khoan',
    '/./quan-tri/tai-khoan',
    '/lam-viec/../quan-tri/tai-khoan',
    '/lam-viec/%2e%2e/quan-tri/tai-khoan',
    '/lam-viec%2f..%2fquan-tri/tai-khoan',
    '/assets/../quan-tri/tai-khoan',
    '/assets/..%2fquan-tri/tai-khoan',
    '/oidc/../quan-tri/tai-khoan',
    '/quan-tri./tai-khoan',
    '/quan-tri/tai-khoan.',
    '/quan-tri/tai-khoan/.',
    '/quan-tri/tai-khoan;x=1',
    '/quan-tri/tai-khoan%00',
    '/quan-tri/tai-khoan%20',
    '/QUAN-TRI/tai-khoan',
    '\\quan-tri\\tai-khoan',
    '/quan-tri\\tai-khoan',
    'quan-tri/tai-khoan',
    'http://localhost:8080/quan-tri/tai-khoan',
    `${ADMIN_URL}/quan-tri/tai-khoan`,
    `${ADMIN_URL}/en/quan-tri/tai-khoan`,
    '/quan-tri/tai-khoan/xuat/csv',
    '/quan-tri/tai-khoan/ra-soat/xuat/xlsx',
    '/quan-tri/nhat-ky/xuat/csv',
    '/api/quan-tri/tai-khoan',
    '/api/v1/../../quan-tri/tai-khoan',
  ];

  test.each(SPELLINGS)('answers nothing of administration to %s', async (address) => {
    const { status, body, headers } = await send(service, `GET ${address}`);
    expect([400, 404]).toContain(status);
    expect(body).not.toContain(administrator.account.name);
    expect(headers['location'] ?? '').not.toContain('quan-tri');
    expect(headers['content-disposition']).toBeUndefined();
  });

  test.each([
    { host: 'quan-tri.localhost:8081' },
    { host: 'localhost:8081' },
    { 'x-forwarded-host': 'quan-tri.localhost:8081', 'x-forwarded-port': '8081', 'x-forwarded-for': '127.0.0.1' },
    { forwarded: 'host=quan-tri.localhost:8081;proto=http' },
    { 'x-original-url': '/quan-tri/tai-khoan', 'x-rewrite-url': '/quan-tri/tai-khoan' },
    { 'x-http-method-override': 'GET', accept: 'application/json' },
  ])('believes no header about the port: %o', async (headers) => {
    expect((await send(service, 'GET /quan-tri/tai-khoan', headers)).status).toBe(404);
  });

  test('knows none of the routes of administration, by no method, for nobody', async () => {
    const routes = app.routes.filter(({ pattern }) => placeOf(pattern) === 'admin');
    expect(routes.length).toBeGreaterThan(90);
    for (const { method, pattern } of routes) {
      const address = pattern.replaceAll(/:\w+\??/g, 'x');
      const body = method === 'GET' ? '' : `_csrf=${encodeURIComponent(csrf)}`;
      const { status } = await send(service, `${method} ${address}`, method === 'GET' ? {} : FORM, body);
      expect(status, `${method} ${address}`).toBe(404);
    }
    expect((await send(service, 'HEAD /quan-tri/tai-khoan')).status).toBe(404);
    expect((await send(service, 'GET /quan-tri/tai-khoan', { cookie: '' })).status).toBe(404);
    expect((await send(service, 'OPTIONS /quan-tri/tai-khoan')).status).toBe(404);
  });

  test('links to administration, and leads there to sign in', async () => {
    const { status, body, headers } = await send(service, 'GET /lam-viec');
    expect(status).toBe(200);
    expect(body).toContain(`href="${ADMIN_URL}/quan-tri/tai-khoan"`);
    expect(body).not.toMatch(/(href|action)="(\/en)?\/quan-tri/);
    expect(headers['content-security-policy']).toContain(`form-action 'self' http://localhost:8080 ${ADMIN_URL};`);
    const anonymous = await send(service, 'GET /en/dang-nhap?ve=%2Fquan-tri%2Ftai-khoan', { cookie: '' });
    expect(anonymous.headers['location']).toBe(`${ADMIN_URL}/en/dang-nhap?ve=%2Fquan-tri%2Ftai-khoan`);
    expect(addressOf(app.context.config, '/en/quan-tri/tai-khoan')).toBe(`${ADMIN_URL}/en/quan-tri/tai-khoan`);
    expect(addressOf(app.context.config, '/quan-tri-vien')).toBe('http://localhost:8080/quan-tri-vien');
  });
});

describe('the port of administration', () => {
  const host = 'quan-tri.localhost:8081';

  test('serves administration, with relative links', async () => {
    const { status, body } = await send(admin, 'GET /quan-tri/tai-khoan', { host });
    expect(status).toBe(200);
    expect(body).toContain('href="/quan-tri/tai-khoan"');
    expect(body).not.toContain(`${ADMIN_URL}/quan-tri`);
    expect((await send(admin, 'GET /en/quan-tri/tai-khoan', { host })).status).toBe(200);
    expect((await send(admin, 'GET /health/live', { host })).status).toBe(200);
    expect((await send(admin, 'GET /tai-khoan/mat-khau', { host })).status).toBe(200);
  });

  test('leads to the service for what is the service’s, and does nothing there', async () => {
    const work = await send(admin, 'GET /lam-viec/ho-so?x=1', { host });
    expect([work.status, work.headers['location']]).toEqual([303, 'http://localhost:8080/lam-viec/ho-so?x=1']);
    const home = await send(admin, 'GET /', { host });
    expect(home.headers['location']).toBe(`${ADMIN_URL}/quan-tri`);
    const english = await send(admin, 'GET /en', { host });
    expect(english.headers['location']).toBe(`${ADMIN_URL}/en/quan-tri`);
    expect((await send(admin, 'POST /lam-viec/ho-so/hang-loat', { host, ...FORM }, `_csrf=${csrf}`)).status).toBe(404);
    expect((await send(admin, 'GET /api/v1/procedures', { host })).status).toBe(404);
    expect((await send(admin, 'GET http://evil.example/tra-cuu', { host })).status).toBe(404);
  });

  test('does not take pages of the service from memory', async () => {
    expect((await send(service, 'GET /ho-tro', { cookie: '' })).status).toBe(200);
    expect((await send(admin, 'GET /ho-tro', { host, cookie: '' })).status).toBe(303);
  });

  test('takes forms of its own origin only', async () => {
    const post = (headers: Record<string, string>) =>
      send(
        admin,
        'POST /quan-tri/tai-khoan/ra-soat',
        { host, 'content-type': FORM['content-type'], ...headers },
        `_csrf=${encodeURIComponent(csrf)}`,
      );
    expect((await post({ origin: ADMIN_URL, 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    // nginx may send a Host without the port: the address of the setting counts
    expect((await post({ host: 'quan-tri.localhost', origin: ADMIN_URL })).status).toBe(303);
    for (const origin of ['http://localhost:8080', 'http://evil.example', 'null'])
      expect((await post({ origin })).status, origin).toBe(403);
    expect((await post({ origin: ADMIN_URL, 'sec-fetch-site': 'same-site' })).status).toBe(403);
    const wrong = await send(admin, 'POST /quan-tri/tai-khoan/ra-soat', { host, ...FORM }, '_csrf=x');
    expect(wrong.status).toBe(403);
  });

  test('signs in without leaving, and ends at administration', async () => {
    const PASSWORD = 'Con-ca-vang-27-bo!';
    await app.db.write(async (tx) => {
      const unitId = await insertTestUnit(tx);
      const postId = await insertTestPost(tx, { unitId, permissions: ['identity.manage'] });
      const officer = await insertTestOfficer(tx, { postIds: [postId] });
      await insertOfficialAccount(tx, {
        officerId: officer.id,
        postId,
        name: officer.name,
        userName: 'quantri.cong',
        password: PASSWORD,
      });
    });
    const cookies = new Map<string, string>();
    const call = async (line: string, body?: string): Promise<Answer> => {
      const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await send(admin, line, { host, cookie: jar, ...(body ? FORM : {}) }, body);
      for (const one of answer.cookies) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
        cookies.set(name, value);
      }
      return answer;
    };
    const follow = async (answer: Answer): Promise<{ answer: Answer; path: string }> => {
      let [last, path] = [answer, ''];
      for (let hop = 0; hop < 10 && last.headers['location']; hop++) {
        path = last.headers['location'];
        expect(path).toMatch(/^\/(?!\/)/);
        last = await call(`GET ${path}`);
      }
      return { answer: last, path };
    };
    const page = await follow(await call('GET /quan-tri/tai-khoan'));
    expect(page.answer.status).toBe(200);
    const sent = await call(
      `POST ${page.path}`,
      new URLSearchParams({ login: 'quantri.cong', password: PASSWORD }).toString(),
    );
    const end = await follow(sent);
    expect(end.path).toBe('/quan-tri/tai-khoan');
    expect(end.answer.status).toBe(200);
  });
});

describe('settings', () => {
  const read = (settings: Record<string, string>) =>
    readConfig({ SEN_MODE: 'test', DATABASE_URL: 'postgres://x@y/z', PORT: '8080', ...settings });

  test.each([
    [{ SEN_ADMIN_PORT: '8080' }, /must differ/],
    [{ SEN_ADMIN_PORT: '9080' }, /must differ/],
    [{ SEN_ADMIN_PORT: '99999' }, /port number/],
    [{ SEN_ADMIN_PORT: 'x' }, /port number/],
    [{ SEN_ADMIN_URL: 'http://localhost:8081' }, /needs SEN_ADMIN_PORT/],
    [{ SEN_ADMIN_HOST: '10.0.0.1' }, /needs SEN_ADMIN_PORT/],
    [{ SEN_ADMIN_PORT: '8081', SEN_ADMIN_URL: 'quan-tri' }, /without a path/],
    [{ SEN_ADMIN_PORT: '8081', SEN_ADMIN_URL: 'http://localhost:8081/x' }, /without a path/],
    [{ SEN_ADMIN_PORT: '8081', SEN_ADMIN_URL: 'http://a:b@localhost:8081' }, /without a path/],
    [{ SEN_ADMIN_PORT: '8081', SEN_ADMIN_URL: 'https://localhost:8081' }, /start like/],
    [{ SEN_ADMIN_PORT: '8081', SEN_ADMIN_URL: 'http://localhost:8080' }, /must differ/],
    [{ SEN_ADMIN_PORT: '8081', SEN_ADMIN_URL: 'http://evil-localhost:8081' }, /below it/],
    [
      { SEN_MODE: 'production', SEN_SECRET: 'x'.repeat(40), SEN_PUBLIC_URL: 'https://a.vn', SEN_ADMIN_PORT: '8081' },
      /must be set/,
    ],
  ])('refuses %o', (settings, message) => {
    expect(() => read(settings)).toThrow(message);
  });

  test('takes a port, with the address from the public one or of its own', () => {
    expect(read({}).admin).toBeNull();
    expect(read({ SEN_ADMIN_PORT: 'off' }).admin).toBeNull();
    expect(read({ SEN_ADMIN_PORT: '8081' }).admin).toEqual({
      port: 8081,
      host: '127.0.0.1',
      url: 'http://localhost:8081',
    });
    const own = { SEN_ADMIN_PORT: '8081', SEN_ADMIN_HOST: '10.0.0.5', SEN_ADMIN_URL: 'http://qt.localhost/' };
    expect(read(own).admin).toEqual({ port: 8081, host: '10.0.0.5', url: 'http://qt.localhost' });
  });
});
