import { describe, expect, test } from 'vitest';
import { h } from 'preact';
import { Type } from 'typebox';
import { testDatabase } from '../../testing/database.ts';
import { anonymous, definePermission, type Actor } from '../access.ts';
import { readConfig } from '../config.ts';
import { createLogger } from '../log.ts';
import { defineProblem, problem } from '../problems.ts';
import { csrfTokenOf, hashToken } from '../session.ts';
import { download, json, page, seeOther, text } from './reply.ts';
import { createHttp } from './server.ts';

const db = await testDatabase();
const config = readConfig({ SEN_MODE: 'test', DATABASE_URL: db.url });
const context = { db, clock: db.clock, config, log: createLogger('silent') };
const receive = definePermission('test.receive', { vi: 'Tiếp nhận', en: 'Receive' });

const official: Actor = {
  ...anonymous,
  kind: 'official',
  id: 'o',
  accountId: 'a',
  label: 'Mai',
  grants: new Map([['test.receive', ['unit-1']]]),
  assurance: 1,
};
const citizen: Actor = { ...anonymous, kind: 'citizen', id: 'c', accountId: 'c', label: 'An', assurance: 1 };
const people: Record<string, Actor> = { official, citizen };
const hashes = new Map(Object.entries(people).map(([name, actor]) => [hashToken(name).toString('hex'), actor]));

const http = await createHttp({
  context,
  addressLimit: 10_000,
  async resolveSession(_reader, tokenHash, now) {
    const actor = hashes.get(tokenHash.toString('hex'));
    return actor
      ? {
          actor,
          tokenHash,
          locked: false,
          seenAt: now,
          expiresAt: now,
          ssoSessionId: null,
          methods: [],
          provenAt: now,
          hasFactor: false,
        }
      : null;
  },
  resolveClient: async (token) =>
    token === 'good' ? { ...anonymous, kind: 'client', id: 'k', label: 'k', scopes: ['dossiers'] } : null,
  renderDocument: async (request, reply, csrf) =>
    `<html lang="${request.locale}">${JSON.stringify(reply.vnode.props.children)} ${csrf ?? 'no-token'}`,
  renderProblem: (request, failure) =>
    page(h('p', null, failure.definition.title[request.locale]), { status: failure.definition.status }),
});
let rendered = 0;
const known = defineProblem({ code: 'test.known', status: 409, title: { vi: 'Đã có', en: 'Exists' } });
const web = http.webFor('test');
web.get('/cong-khai', { access: 'public', cacheSeconds: 60 }, () =>
  page(h('p', null, `lần ${++rendered} ${'ộ'.repeat(1000)}`)),
);
web.get('/rieng', { access: 'signed-in' }, (r) => page(h('p', null, r.actor.label)));
web.get('/mot-cua', { access: { permission: receive } }, () => text('ok'));
web.get('/muc/:id/xem', { access: 'public' }, (r) => text(`muc ${r.params['id']}`));
web.get('/loi', { access: 'public' }, () => {
  throw new Error('password=hunter2');
});
web.get('/biet-truoc', { access: 'public' }, () => {
  throw problem(known, { id: 7 });
});
web.get('/tep', { access: 'public' }, () =>
  download(Buffer.from('x'), { fileName: 'Đơn "đề nghị".pdf', type: 'application/pdf' }),
);
web.post('/gui', { access: 'person' }, async (r) => json(Object.fromEntries(await r.form())));
web.post('/gui-an-danh', { access: 'public' }, async (r) => {
  await r.form();
  return seeOther(r.href('/xong'));
});
web.post('/tai-len', { access: 'person' }, async (r) => {
  const form = await r.form(async (file) => {
    let size = 0;
    for await (const chunk of file.stream as AsyncIterable<Buffer>) size += chunk.length;
    return `${file.fileName}:${size}`;
  });
  return json(Object.fromEntries(form));
});
web.post(
  '/api/may',
  {
    access: { scope: 'dossiers' },
    machine: true,
    body: Type.Object({ name: Type.String({ maxLength: 10 }) }, { additionalProperties: false }),
  },
  (r) => json(r.json),
);
await http.app.ready();

const as = (name: string, headers: Record<string, string> = {}) => ({ cookie: `sen_session=${name}`, ...headers });
const tokenFor = (name: string) => csrfTokenOf(config.secret, hashToken(name));
const form = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  payload: new URLSearchParams(fields).toString(),
});

describe('access', () => {
  test.each([
    ['/rieng', {}, 401],
    ['/rieng', as('citizen'), 200],
    ['/mot-cua', as('citizen'), 403],
    ['/mot-cua', as('official'), 200],
    ['/mot-cua', as('forged'), 401],
    ['/khong-co', {}, 404],
  ])('%s with %j answers %i', async (url, headers, status) => {
    expect((await http.app.inject({ url, headers })).statusCode).toBe(status);
  });
});

describe('every answer', () => {
  test('carries the security headers, errors too', async () => {
    for (const url of ['/cong-khai', '/loi', '/khong-co', '/tep']) {
      const { headers } = await http.app.inject(url);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });
  test('to a person is never stored by caches', async () => {
    expect((await http.app.inject({ url: '/rieng', headers: as('citizen') })).headers['cache-control']).toBe(
      'private, no-store',
    );
  });
  test('names files safely', async () => {
    const { headers } = await http.app.inject('/tep');
    expect(headers['content-disposition']).toBe(
      `attachment; filename="on e nghi.pdf"; filename*=UTF-8''${encodeURIComponent('Đơn "đề nghị".pdf')}`,
    );
  });
});

describe('failures', () => {
  test("an address whose parameter is empty is nobody's page", async () => {
    expect((await http.app.inject('/muc/7/xem')).body).toBe('muc 7');
    for (const url of ['/muc//xem', '/en/muc//xem', '/muc//xem?id=7'])
      expect((await http.app.inject(url)).statusCode, url).toBe(404);
  });
  test('that are expected come out as problem+json for machines and as a page for people', async () => {
    const machine = await http.app.inject({ url: '/biet-truoc', headers: { accept: 'application/json' } });
    expect(machine.statusCode).toBe(409);
    expect(machine.headers['content-type']).toContain('application/problem+json');
    expect(machine.json()).toMatchObject({
      code: 'test.known',
      title: 'Đã có',
      id: 7,
      reference: expect.stringMatching(/^[0-9A-F]{12}$/),
    });
    expect((await http.app.inject('/en/biet-truoc')).body).toContain('Exists');
  });
  test('that are not expected tell nothing of the inside', async () => {
    const answer = await http.app.inject({ url: '/loi', headers: { accept: 'application/json' } });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('hunter2');
  });
});

describe('forms', () => {
  test('need the token of the session', async () => {
    const good = await http.app.inject({
      method: 'POST',
      url: '/gui',
      ...form({ ten: 'An', _csrf: tokenFor('citizen') }, as('citizen')),
    });
    expect(good.json()).toEqual({ ten: 'An' });
    for (const token of ['', 'x', tokenFor('official')]) {
      const bad = await http.app.inject({
        method: 'POST',
        url: '/gui',
        ...form({ ten: 'An', _csrf: token }, as('citizen')),
      });
      expect(bad.statusCode).toBe(403);
    }
  });
  test('from another site are refused, with or without a session', async () => {
    for (const foreign of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ] as const) {
      const answer = await http.app.inject({
        method: 'POST',
        url: '/gui-an-danh',
        ...form({}, foreign as unknown as Record<string, string>),
      });
      expect(answer.statusCode).toBe(403);
    }
    expect((await http.app.inject({ method: 'POST', url: '/en/gui-an-danh', ...form({}) })).headers.location).toBe(
      '/en/xong',
    );
  });
  test('are normalised: NFC, no control characters', async () => {
    const sent = { ten: 'Nguye\u0302\u0303n\u0000\u0007', _csrf: tokenFor('citizen') };
    expect((await http.app.inject({ method: 'POST', url: '/gui', ...form(sent, as('citizen')) })).json()).toEqual({
      ten: 'Nguyễn',
    });
  });
  test('with thousands of fields or megabytes are refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`f${i}`, '1']));
    expect((await http.app.inject({ method: 'POST', url: '/gui', ...form(many, as('citizen')) })).statusCode).toBe(413);
    expect(
      (await http.app.inject({ method: 'POST', url: '/gui', ...form({ a: 'x'.repeat(1_100_000) }, as('citizen')) }))
        .statusCode,
    ).toBe(413);
  });
  test('with files stream them to their reader', async () => {
    const boundary = 'abc';
    const part = (name: string, value: string, fileName?: string) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${fileName ? `; filename="${fileName}"\r\ncontent-type: application/pdf` : ''}\r\n\r\n${value}\r\n`;
    const payload = `${part('_csrf', tokenFor('citizen'))}${part('ten', 'An')}${part('giay', 'x'.repeat(5000), 'a.pdf')}--${boundary}--\r\n`;
    const headers = as('citizen', { 'content-type': `multipart/form-data; boundary=${boundary}` });
    expect((await http.app.inject({ method: 'POST', url: '/tai-len', headers, payload })).json()).toEqual({
      ten: 'An',
      giay: 'a.pdf:5000',
    });
    const broken = await http.app.inject({ method: 'POST', url: '/tai-len', headers, payload: payload.slice(0, 300) });
    expect(broken.statusCode).toBeGreaterThanOrEqual(400);
    expect(broken.statusCode).toBeLessThan(500);
  });
});

describe('machines', () => {
  const call = (payload: unknown, token = 'good') =>
    http.app.inject({
      method: 'POST',
      url: '/api/may',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      payload: JSON.stringify(payload),
    });
  test('are held to scope and schema', async () => {
    expect((await call({ name: 'An' })).json()).toEqual({ name: 'An' });
    expect((await call({ name: 'An' }, 'bad')).statusCode).toBe(401);
    for (const wrong of [{ name: 1 }, {}, { name: 'x'.repeat(11) }, { name: 'a', more: 1 }, [], null]) {
      const answer = await call(wrong);
      expect([400, 422]).toContain(answer.statusCode);
      expect(answer.headers['content-type']).toContain('problem+json');
    }
  });
  test('gain nothing from a cookie', async () => {
    const answer = await http.app.inject({
      method: 'POST',
      url: '/api/may',
      headers: as('official', { 'content-type': 'application/json' }),
      payload: '{"name":"a"}',
    });
    expect(answer.statusCode).toBe(401);
  });
});

describe('the micro-cache', async () => {
  const address = await http.app.listen({ port: 0, host: '127.0.0.1' });
  test('answers anonymous pages before the router, compressed, with 304 for those who have them', async () => {
    const first = await fetch(`${address}/cong-khai?a=1`);
    const once = rendered;
    await first.text();
    const again = await fetch(`${address}/cong-khai?a=1`);
    await again.text();
    expect(rendered).toBe(once);
    expect(again.headers.get('content-security-policy')).toContain("default-src 'none'");
    const etag = again.headers.get('etag') ?? '';
    expect((await fetch(`${address}/cong-khai?a=1`, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
  test('never serves a signed-in person or stores their page', async () => {
    const before = rendered;
    const mine = await fetch(`${address}/cong-khai?b=1`, { headers: as('citizen') });
    expect(await mine.text()).toContain(tokenFor('citizen'));
    const anonymousPage = await fetch(`${address}/cong-khai?b=1`);
    expect(await anonymousPage.text()).toContain('no-token');
    expect(rendered).toBe(before + 2);
  });
});

test('50 hostile requests per route end without a 5xx', async () => {
  const nasty = [
    '%00',
    '%ff%fe',
    "' or 1=1--",
    '../../etc/passwd',
    '{{7*7}}',
    '<script>',
    '%E0%A4%A',
    'A'.repeat(8000),
    '__proto__',
    'constructor[prototype]',
    '%0d%0aset-cookie:x',
  ];
  for (const route of http.routes.filter((r) => r.pattern !== '/loi'))
    for (let i = 0; i < 50; i++) {
      const bad = nasty[i % nasty.length] ?? '';
      const answer = await http.app.inject({
        method: route.method,
        url: `${i % 7 === 0 ? '/en' : ''}${route.pattern}?${bad}=${bad}`,
        headers: {
          cookie: `sen_session=${encodeURIComponent(bad).slice(0, 500)}`,
          'content-type':
            [
              'application/json',
              'application/x-www-form-urlencoded',
              'multipart/form-data; boundary=x',
              'text/xml',
              ';;;',
            ][i % 5] ?? '',
          accept: bad.replaceAll(/[^ -~]/g, ''),
        },
        payload: route.method === 'GET' ? undefined : `${bad}&__proto__[x]=1`,
      } as never);
      expect(answer.statusCode, `${route.method} ${route.pattern} ${i}`).toBeLessThan(500);
    }
});
