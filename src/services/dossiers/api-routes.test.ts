import { afterAll, expect, test } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '../../platform/access.ts';
import { readConfig } from '../../platform/config.ts';
import { createHttp } from '../../platform/http/server.ts';
import { newId } from '../../platform/ids.ts';
import { createLogger } from '../../platform/log.ts';
import { testDatabase } from '../../testing/database.ts';
import { apiRoutes } from './api-routes.ts';
import { receiveDossier } from './receive-dossier.ts';
import { anOfficer, insertPlace } from './testing.ts';

const db = await testDatabase();
const place = await db.write((tx) => insertPlace(tx));
const [row] = await db.reader.raw<{ code: string }>('select code from procedures.procedure where id = $1', [
  place.procedureId,
]);
const procedureCode = row!.code;
await db.reader.raw(
  `insert into procedures.offer (id, unit_id, procedure_id, receiving_unit_id, valid_from, created_at) values (gen_random_uuid(), $1, $2, $3, '2014-01-01', now())`,
  [place.competentUnitId, place.procedureId, place.receivingUnitId],
);
await db.reader.raw(
  `update procedures.procedure_version set content = '{"channels": [{"kind": "online", "time": {"amount": 5, "unit": "workingDay", "text": null}, "feesKnown": true, "fees": [], "note": null}], "papers": [], "steps": null}' where procedure_id = $1`,
  [place.procedureId],
);

const client = (token: string): Actor => ({
  kind: 'client',
  id: token,
  label: token,
  accountId: null,
  grants: new Map(),
  scopes:
    token === 'reader' ? ['dossiers.read'] : ['dossiers.submit', ...(token === 'follower' ? ['dossiers.read'] : [])],
  assurance: 0,
});
const config = readConfig({
  SEN_MODE: 'test',
  DATABASE_URL: db.url,
  SEN_FILES: mkdtempSync(join(tmpdir(), 'sen-files-')),
  PORT: '8080',
  SEN_METRICS_PORT: 'off',
});
const context = { db, clock: db.clock, config, log: createLogger('silent') };
const http = await createHttp({
  context,
  resolveSession: async () => null,
  resolveClient: async (token) => (token === 'wrong' ? null : client(token)),
  renderDocument: async () => '',
  renderProblem: () => ({ kind: 'data', status: 500, body: '', type: 'text/plain', headers: {} }),
});
apiRoutes(http.webFor('dossiers'), context);
afterAll(() => http.app.close());

const pdf = Buffer.from(`%PDF-1.7\n${'x'.repeat(300)}\n%%EOF`).toString('base64');
const aBody = (facts: object = {}) => ({
  procedureCode,
  applicant: { kind: 'citizen', name: 'Nguyễn Thị Ánh Nguyệt', identity: '040190001234' },
  papers: [{ componentCode: 'GCS', name: 'Giấy chứng sinh', fileName: 'giay.pdf', contentBase64: pdf }],
  ...facts,
});
const submit = (payload: unknown, { token = 'partner', key = newId() }: { token?: string; key?: string } = {}) =>
  http.app.inject({
    method: 'POST',
    url: '/api/v1/dossiers',
    payload: payload as object,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
  });
const follow = (path: string, token?: string, secret?: string) =>
  http.app.inject({
    url: `/api/v1/dossiers/${path}`,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(secret ? { 'tracking-secret': secret } : {}),
    },
  });

test('a partner submits with its papers and anybody with the secret follows it', async () => {
  const answer = await submit(aBody(), { token: 'follower' });
  expect(answer.statusCode).toBe(201);
  const { id, trackingSecret } = answer.json<{ id: string; trackingSecret: string }>();
  expect((await follow(id, undefined, trackingSecret)).json()).toEqual({
    code: null,
    state: 1,
    completionPercent: 5,
  });
  expect((await follow(`${id}?secret=${trackingSecret}`)).statusCode, 'no secret is read from an address').toBe(404);
  const files = await db.reader.raw<object>(
    `select f.owner_id from dossiers.paper p join files.file f on f.id = p.file_id where p.dossier_id = $1`,
    [id],
  );
  expect(files).toEqual([{ owner_id: id }]);
  const { code } = await db.write((tx) => receiveDossier(tx, anOfficer('all'), { dossierId: id, version: null }));
  expect((await follow(`${code}`, 'reader')).statusCode, 'what somebody else submitted').toBe(404);
  expect((await follow(`${code}`, 'follower')).json()).toMatchObject({ id, code, state: 2, procedureCode });
  expect((await follow(`${code}`, 'partner')).statusCode).toBe(404);
  expect((await follow(`${code}`)).headers['content-type']).toContain('application/problem+json');
});

test('50 sendings with one key are one dossier with one file', async () => {
  const key = newId();
  const answers = await Promise.all(Array.from({ length: 50 }, () => submit(aBody(), { key })));
  expect(new Set(answers.map((answer) => answer.json<{ id: string }>().id)).size).toBe(1);
  expect(answers.map((answer) => answer.statusCode).filter((status) => status === 201)).toHaveLength(1);
  const [count] = await db.reader.raw<{ n: number }>('select count(*) as n from files.file where owner_id = $1', [
    answers[0]!.json<{ id: string }>().id,
  ]);
  expect(count!.n).toBe(1);
  expect((await submit(aBody({ delivery: 'post' }), { key })).json()).toMatchObject({
    code: 'dossiers.key-used-for-other-content',
  });
});

test('nobody without the scope submits', async () => {
  expect((await submit(aBody(), { token: 'wrong' })).statusCode).toBe(401);
  expect((await submit(aBody(), { token: 'reader' })).statusCode).toBe(403);
});

test.each([
  ['nothing', {}, 422],
  ['a list', [], 422],
  ['null', null, 422],
  ['an unknown procedure', aBody({ procedureCode: 'no.such' }), 404],
  ['a unit that does not offer it', aBody({ unitId: newId() }), 404],
  ['a unit that is no id', aBody({ unitId: 'x' }), 422],
  ['an empty name', aBody({ applicant: { kind: 'citizen', name: '  ' } }), 422],
  ['a name of 301 letters', aBody({ applicant: { kind: 'citizen', name: 'x'.repeat(301) } }), 422],
  ['a name with a zero byte', aBody({ applicant: { kind: 'citizen', name: 'a\u0000b' } }), 422],
  ['an unknown field', aBody({ state: 10 }), 422],
  ['a prototype', JSON.parse('{"__proto__": {"procedureCode": "x"}}'), 422],
  ['bytes that are no base64', aBody({ papers: [{ name: 'x', fileName: 'x.pdf', contentBase64: '***' }] }), 422],
  ['an empty file', aBody({ papers: [{ name: 'x', fileName: 'x.pdf', contentBase64: '' }] }), 422],
  [
    'a program named like a paper',
    aBody({
      papers: [
        { name: 'x', fileName: 'x.pdf', contentBase64: Buffer.from('MZ\u0000\u0000'.repeat(50)).toString('base64') },
      ],
    }),
    422,
  ],
  ['41 papers', aBody({ papers: Array.from({ length: 41 }, () => ({ name: 'x' })) }), 422],
] as const)('%s is refused clearly and leaves nothing', async (_what, body, status) => {
  const [before] = await db.reader.raw<{ n: number }>('select count(*) as n from dossiers.dossier');
  const answer = await submit(body);
  expect(
    answer.statusCode === status || (status === 422 && [400, 415].includes(answer.statusCode)),
    `${answer.statusCode} ${answer.body.slice(0, 300)}`,
  ).toBe(true);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  const [after] = await db.reader.raw<{ n: number }>('select count(*) as n from dossiers.dossier');
  expect(after!.n).toBe(before!.n);
});

test.each(['short', 'x'.repeat(201)])('the key %j is refused', async (key) => {
  expect((await submit(aBody(), { key })).json()).toMatchObject({ code: 'platform.idempotency-key-missing' });
});

test.each(['%00', "'%20or%201=1", 'x'.repeat(150), '..%2f..%2fetc', '%E1%BA%A0'])(
  'following %s finds nothing and breaks nothing',
  async (code) => {
    const { statusCode } = await follow(code, undefined, '%00\u00ff');
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(statusCode).toBeLessThan(500);
  },
);
