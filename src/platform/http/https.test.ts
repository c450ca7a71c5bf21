import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { browserOf, insertCitizen, sessionFor, signInWith } from '../../foundation/identity/testing.ts';
import { testApp } from '../../testing/app.ts';
import { SESSION_COOKIE } from '../session.ts';

/* How the whole program looks over https, as a province runs it. */

const app = await testApp({
  publicUrl: 'https://dichvucong.example.vn',
  settings: { SEN_TRUSTED_PROXIES: '127.0.0.1' },
});
const NAME = `__Host-${SESSION_COOKIE}`;

describe('cookies', () => {
  test('of a whole sign-in are bound to the host and to TLS, closed to scripts and to other sites', async () => {
    const password = 'Mot-mat-khau-du-dai-1';
    await app.db.write((tx) => insertCitizen(tx, { identityNumber: '040190000921', password }));
    const lines: string[] = [];
    const get = app.app.inject.bind(app.app) as unknown as (
      options: object,
    ) => Promise<{ headers: Record<string, unknown> }>;
    const spied = { ...app, app: { ...app.app, inject: undefined } };
    spied.app.inject = (async (options: object) => {
      const answer = await get(options);
      lines.push(...[answer.headers['set-cookie'] ?? []].flat().map(String));
      return answer;
    }) as never;
    const watched = browserOf(spied as never);
    await signInWith(watched, '040190000921', password);
    expect(watched.cookies.has(NAME)).toBe(true);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      expect(line).toMatch(/^__(Host|Secure)-/);
      expect(line).toMatch(/; ?secure/i);
      expect(line).toMatch(/; ?httponly/i);
      expect(line).toMatch(/; ?samesite=lax/i);
      expect(line).not.toMatch(/; ?domain=/i);
      expect(line).toMatch(/^__Secure-|; ?path=\/(;|$)/i);
    }
    const token = watched.cookies.get(NAME)!;
    const mine = await app.app.inject({ url: '/tai-khoan', headers: { cookie: `${NAME}=${token}` } });
    expect(mine.statusCode).toBe(200);
    expect(mine.body).toContain('/dang-xuat');
    const unprefixed = await app.app.inject({ url: '/tai-khoan', headers: { cookie: `${SESSION_COOKIE}=${token}` } });
    expect(unprefixed.statusCode).not.toBe(200);
  });
});

describe('headers', () => {
  test.each([
    '/',
    '/khong-co-trang-nay',
    '/tai-khoan',
    '/api/v1/procedures',
    '/health/live',
    '/robots.txt',
    '/tai-len',
  ])('of %s keep browsers from everything that is not needed', async (url) => {
    const { headers } = await app.app.inject({ url });
    expect(headers['strict-transport-security']).toMatch(/max-age=(3153[6-9]\d{3}|[4-9]\d{7}); includeSubDomains/);
    const policy = String(headers['content-security-policy']);
    for (const part of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:.*script/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-powered-by'] ?? headers['server']).toBeUndefined();
  });
  test('are on what HTTP itself refuses, and nothing that was sent comes back', async () => {
    await app.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.app.server.address() as { port: number };
    for (const sent of [
      'GET / HTTP/1.1\r\nhost: a\r\ncontent-length: x<script>\r\n\r\n',
      `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'garbage\r\n\r\n',
    ]) {
      const said = await new Promise<string>((done) => {
        let text = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(sent));
        socket.on('data', (chunk) => (text += chunk.toString()));
        socket.on('close', () => done(text));
        socket.on('error', () => {});
      });
      expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(said).toContain('strict-transport-security');
      expect(said).toContain("default-src 'none'");
      expect(said).not.toMatch(/script>|yyyy|garbage/);
    }
  });
});

describe('methods', () => {
  test.each(['TRACE', 'CONNECT', 'PROPFIND'])('%s is not served', async (method) => {
    const answer = await app.app.inject({ method: method as 'TRACE', url: '/' });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  });
});

describe('the sign-on', () => {
  test('offers the code flow with PKCE, signed by ES256, and no registering by strangers', async () => {
    const { body } = await app.app.inject({ url: '/oidc/.well-known/openid-configuration' });
    const offered = JSON.parse(body) as Record<string, unknown>;
    expect(offered).toMatchObject({
      issuer: 'https://dichvucong.example.vn/oidc',
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['ES256'],
    });
    expect(offered['grant_types_supported']).toEqual(
      expect.not.arrayContaining([
        'implicit',
        'password',
        'refresh_token',
        'urn:ietf:params:oauth:grant-type:device_code',
      ]),
    );
    expect(offered).not.toHaveProperty('registration_endpoint');
    const registered = await app.app.inject({
      method: 'POST',
      url: '/oidc/reg',
      payload: { redirect_uris: ['https://evil.example'] },
    });
    expect(registered.statusCode).toBe(404);
  });
  test('tells the browser to forget at its end', async () => {
    const account = await app.db.write((tx) => insertCitizen(tx));
    const session = await sessionFor(app.db, account);
    const answer = await app.app.inject({
      method: 'POST',
      url: '/dang-xuat',
      headers: {
        cookie: `${NAME}=${session.token}`,
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
      payload: new URLSearchParams({ _csrf: session.csrf(app.context.config.secret) }).toString(),
    });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers['clear-site-data']).toContain('"cache"');
    expect(String(answer.headers['set-cookie'])).toContain(`${NAME}=;`);
    const after = await app.app.inject({ url: '/tai-khoan', headers: { cookie: `${NAME}=${session.token}` } });
    expect(after.statusCode).not.toBe(200);
  });
});
