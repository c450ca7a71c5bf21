import { h } from 'preact';
import { expect, test } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import { anonymous, definePermission, type Actor } from '../access.ts';
import { readConfig } from '../config.ts';
import { createLogger } from '../log.ts';
import { hashToken } from '../session.ts';
import { page, text } from './reply.ts';
import { createHttp } from './server.ts';

/* What an operator reads in the log of those who were refused, and of faults. */

const db = await testDatabase();
const config = readConfig({ SEN_MODE: 'test', DATABASE_URL: db.url });
const lines: string[] = [];
const log = createLogger('info', { write: (line: string) => void lines.push(line) });
const right = definePermission('test.refusals', { vi: 'Thử', en: 'Test' });
const citizen: Actor = {
  ...anonymous,
  kind: 'citizen',
  id: 'c1',
  accountId: 'c1',
  label: 'Nguyễn Thị Bí Mật',
  assurance: 1,
};
const http = await createHttp({
  context: { db, clock: db.clock, config, log },
  resolveSession: async (_reader, tokenHash, now) =>
    tokenHash.equals(hashToken('citizen'))
      ? {
          actor: citizen,
          tokenHash,
          locked: false,
          seenAt: now,
          expiresAt: now,
          ssoSessionId: null,
          methods: [],
          provenAt: now,
          hasFactor: false,
        }
      : null,
  renderDocument: async () => '<html lang="vi"></html>',
  renderProblem: (_request, failure) =>
    page(h('p', null, failure.definition.code), { status: failure.definition.status }),
});
const web = http.webFor('test');
web.get('/can-quyen/:token', { access: { permission: right } }, () => text('ok'));
web.post('/gui', { access: 'person' }, () => text('ok'));
web.get('/hong/:token', { access: 'public' }, () => {
  throw new Error('cannot reach postgres://sen:hunter2-secret@db/sen');
});
await http.app.ready();

interface Asked {
  url: string;
  method?: 'POST';
  headers?: Record<string, string>;
  payload?: string;
}
const said = async (request: Asked): Promise<Record<string, unknown>[]> => {
  lines.length = 0;
  await http.app.inject(request);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};
const cookie = 'sen_session=citizen';

test('a refused right is logged with who, where and when, and without names and tokens', async () => {
  const [line] = await said({ url: '/can-quyen/bi-mat-cua-lien-ket', headers: { cookie } });
  expect(line).toMatchObject({
    level: 40,
    msg: 'request refused',
    code: 'platform.forbidden',
    route: 'GET /can-quyen/:token',
    actor: { kind: 'citizen', id: 'c1' },
    address: '127.0.0.1',
  });
  expect(line).toHaveProperty('requestId');
  expect(line).toHaveProperty('time');
  expect(JSON.stringify(line)).not.toMatch(/bi-mat-cua-lien-ket|Bí Mật/);
});

test('a form without its token, or from another site, is logged', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded', cookie };
  for (const headers of [form, { ...form, origin: 'https://evil.example' }]) {
    const [line] = await said({ method: 'POST', url: '/gui', headers, payload: 'a=1' });
    expect(line).toMatchObject({ msg: 'request refused', route: 'POST /gui', actor: { id: 'c1' } });
  }
});

test('a fault is logged with its cause and without what the cause gives away', async () => {
  const [line] = await said({ url: '/hong/bi-mat-cua-lien-ket' });
  expect(line).toMatchObject({ level: 50, msg: 'request failed', route: 'GET /hong/:token' });
  expect(JSON.stringify(line)).toContain('cannot reach postgres://sen:[Redacted]@db/sen');
  expect(JSON.stringify(line)).not.toMatch(/bi-mat-cua-lien-ket|hunter2/);
});

test('what is not found, or wrongly filled in, fills no log', async () => {
  expect(await said({ url: '/khong-co' })).toEqual([]);
});
