import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { getSubmission, publishForm, type FormDefinition } from '../../engines/forms/index.ts';
import { answersFor } from '../../engines/forms/testing/answer-maker.ts';
import type { Actor } from '../../platform/access.ts';
import { readConfig } from '../../platform/config.ts';
import { createHttp } from '../../platform/http/server.ts';
import { newId } from '../../platform/ids.ts';
import { createLogger } from '../../platform/log.ts';
import { testDatabase } from '../../testing/database.ts';
import { apiRoutes } from './api-routes.ts';
import { pointerOf } from './submit-with-answers.ts';
import { findDossier } from './dossier-queries.ts';
import { receiveDossier } from './receive-dossier.ts';
import { requestSupplement } from './request-supplement.ts';
import { anOfficer, insertPlace } from './testing.ts';

/* A partner submits the answers of an e-form over the API. */

const db = await testDatabase();
const form = JSON.parse(readFileSync('province/nghe-an/forms/thanh-lap-ho-kinh-doanh.json', 'utf8')) as FormDefinition;
const withForm = await db.write((tx) => insertPlace(tx));
const without = await db.write((tx) => insertPlace(tx));
const { formVersionId } = await db.write((tx) => publishForm(tx, { definition: form, validFrom: '2026-01-01' }));
for (const place of [withForm, without]) {
  await db.reader.raw(
    `insert into procedures.offer (id, unit_id, procedure_id, receiving_unit_id, valid_from, created_at) values (gen_random_uuid(), $1, $2, $3, '2014-01-01', now())`,
    [place.competentUnitId, place.procedureId, place.receivingUnitId],
  );
  await db.reader.raw(
    `update procedures.procedure_version set form_version_id = $2,
       content = '{"channels": [{"kind": "online", "time": {"amount": 5, "unit": "workingDay", "text": null}, "feesKnown": true, "fees": [], "note": null}], "papers": [], "steps": null}' where procedure_id = $1`,
    [place.procedureId, place === withForm ? formVersionId : null],
  );
}
const codeOf = async (procedureId: string) =>
  (await db.reader.raw<{ code: string }>('select code from procedures.procedure where id = $1', [procedureId]))[0]!
    .code;
const [formCode, plainCode] = [await codeOf(withForm.procedureId), await codeOf(without.procedureId)];

const client = (token: string): Actor => ({
  kind: 'client',
  id: token,
  label: token,
  accountId: null,
  grants: new Map(),
  scopes: token === 'papers' ? ['dossiers.submit', 'dossiers.submit-paper'] : ['dossiers.submit'],
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
  resolveClient: async (token) => client(token),
  renderDocument: async () => '',
  renderProblem: () => ({ kind: 'data', status: 500, body: '', type: 'text/plain', headers: {} }),
});
apiRoutes(http.webFor('dossiers'), context);
afterAll(() => http.app.close());

const answers = answersFor(form, 0);
const pdf = Buffer.from(`%PDF-1.7\n${'x'.repeat(300)}\n%%EOF`).toString('base64');
const body = (facts: object = {}) => ({
  procedureCode: formCode,
  applicant: { kind: 'citizen', name: 'Nguyễn Thị Ánh Nguyệt' },
  papers: [{ name: 'Bản sao hợp đồng', fileName: 'hop-dong.pdf', contentBase64: pdf }],
  ...facts,
});
const submit = (payload: object, { token = 'partner', key = newId() }: { token?: string; key?: string } = {}) =>
  http.app.inject({
    method: 'POST',
    url: '/api/v1/dossiers',
    payload,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
  });
const count = async (table: string) =>
  (await db.reader.raw<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;
const counts = async () => [
  await count('dossiers.dossier'),
  await count('forms.submission'),
  await count('files.file'),
];

test('the answers are stored with the dossier and its papers, settled as the portal settles them', async () => {
  const answer = await submit(body({ answers }));
  expect(answer.statusCode).toBe(201);
  const { id } = answer.json<{ id: string }>();
  const [row] = await db.reader.raw<{ form: string; files: number }>(
    `select form_submission_id as form, (select count(*)::int from files.file f where f.owner_id = d.id::text) as files
     from dossiers.dossier d where id = $1`,
    [id],
  );
  expect(row!.files).toBe(1);
  const stored = await getSubmission(db.reader, row!.form);
  expect(stored.formVersionId).toBe(formVersionId);
  expect(Object.keys(stored.values).length).toBeGreaterThan(3);
});

test('one key sent ten times at once is one dossier, one set of answers, one file', async () => {
  const [dossiers, submissions, files] = await counts();
  const key = newId();
  const sent = await Promise.all(Array.from({ length: 10 }, () => submit(body({ answers }), { key })));
  expect(new Set(sent.map((each) => each.json<{ id: string }>().id)).size).toBe(1);
  expect(sent.map((each) => each.statusCode).toSorted((a, b) => a - b)).toEqual([...Array<number>(9).fill(200), 201]);
  expect(await counts()).toEqual([dossiers! + 1, submissions! + 1, files! + 1]);
  const other = await submit(body({ answers, delivery: 'post' }), { key });
  expect(other.json()).toMatchObject({ code: 'dossiers.key-used-for-other-content' });
  expect(await counts()).toEqual([dossiers! + 1, submissions! + 1, files! + 1]);
});

test('wrong answers are refused field by field, with a pointer and both languages, and leave nothing', async () => {
  const before = await counts();
  const answer = await submit(body({ answers: { ...answers, noSuchField: 1 } }));
  const empty = await submit(body({ answers: {} }));
  for (const each of [answer, empty]) {
    expect(each.statusCode).toBe(422);
    expect(each.headers['content-type']).toContain('application/problem+json');
    const { code, errors } = each.json<{
      code: string;
      errors: { pointer: string; message: { vi: string; en: string } }[];
    }>();
    expect(code).toBe('dossiers.answers-wrong');
    expect(errors.length).toBeGreaterThan(0);
    for (const { pointer, message } of errors) {
      expect(pointer).toMatch(/^\/answers/);
      expect(message.vi.length * message.en.length).toBeGreaterThan(0);
    }
  }
  expect(empty.json<{ errors: object[] }>().errors.length).toBeGreaterThan(3);
  expect(await counts()).toEqual(before);
});

test.each([
  ['a list', []],
  ['text', 'x'],
  ['nested rubbish', { a: { b: { c: [null] } } }],
  ['a prototype', JSON.parse('{"__proto__": {"x": 1}, "constructor": {"prototype": 1}}')],
  ['600 names', Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`n${i}`, 1]))],
] as const)('%s instead of answers is refused', async (_name, wrong) => {
  expect([400, 422]).toContain((await submit(body({ answers: wrong }))).statusCode);
});

test('a form without answers needs the scope for papers; a procedure without a form takes none', async () => {
  const refused = await submit(body());
  expect(refused.statusCode).toBe(422);
  expect(refused.json()).toMatchObject({ code: 'dossiers.answers-wrong', errors: [{ pointer: '/answers' }] });
  expect((await submit(body(), { token: 'papers' })).statusCode).toBe(201);
  expect((await submit(body({ procedureCode: plainCode }))).statusCode).toBe(201);
  expect((await submit(body({ procedureCode: plainCode, answers }))).statusCode).toBe(422);
});

test('a place in the form is a JSON pointer', () => {
  expect(pointerOf({ at: 'members.0.capital' })).toBe('/answers/members/0/capital');
  expect(pointerOf({ at: 'address', part: 'commune' })).toBe('/answers/address/commune');
  expect(pointerOf({ at: '' })).toBe('/answers');
});

test('a supplement changes answers: what differs is listed, what is wrong is refused, and only over the version that was seen', async () => {
  const { id } = (await submit(body({ answers }))).json<{ id: string }>();
  await db.write(async (tx) => {
    const official = anOfficer('all');
    const submitted = (await findDossier(tx, id))!;
    await receiveDossier(tx, official, { dossierId: id, version: submitted.version });
    const { version } = (await findDossier(tx, id))!;
    const items = [{ paperId: null, componentCode: null, name: 'Tờ khai', what: 'Sửa họ tên' }];
    await requestSupplement(tx, official, { dossierId: id, version, reason: 'Sai tên', items, answerBy: null });
  });
  const { version } = (await findDossier(db.reader, id))!;
  const send = (payload: object, seen = version, token = 'partner') =>
    http.app.inject({
      method: 'POST',
      url: `/api/v1/dossiers/${id}/supplements`,
      payload,
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': newId(), 'if-match': `"${seen}"` },
    });
  const texts = Object.entries(answers as Record<string, unknown>).filter(
    (one): one is [string, string] => typeof one[1] === 'string',
  );
  const [field, value] = texts.find(([, text]) => /\p{L}/u.test(text))!;
  const changed = { ...answers, [field]: `${value} sửa` };
  expect((await send({ papers: [], answers: changed }, version - 1)).statusCode).toBe(412);
  expect((await send({ papers: [], answers: { ...changed, noSuchField: 1 } })).json()).toMatchObject({
    code: 'dossiers.answers-wrong',
  });
  expect((await send({ papers: [], answers })).json()).toMatchObject({ code: 'dossiers.nothing-answered' });
  const answer = await send({ papers: [], answers: changed });
  expect(answer.statusCode, answer.body).toBe(200);
  const [row] = await db.reader.raw<{ form: string; changes: { at: string; before: unknown; after: unknown }[] }>(
    'select form_submission_id as form, changes from dossiers.supplement where dossier_id = $1',
    [id],
  );
  expect(row!.changes).toMatchObject([{ at: field, before: value, after: `${value} sửa` }]);
  expect((await getSubmission(db.reader, row!.form)).values[field]).toBe(`${value} sửa`);
});
