import { describe, expect, test } from 'vitest';
import { createClient } from '../../../foundation/identity/api-clients.ts';
import { newId } from '../../../platform/ids.ts';
import { testApp } from '../../../testing/app.ts';
import { submitDossier } from '../submit-dossier.ts';
import { receiveDossier } from '../receive-dossier.ts';
import { aDossier, anOfficer, insertPlace, type TestPlace } from '../testing.ts';

/* What a program may see and do is what it was registered for, over the units it was registered for, and nothing else. */

const app = await testApp();
const { db } = app;
const [here, there] = await db.write(async (tx) => [await insertPlace(tx), await insertPlace(tx)]);
const ALL = ['view', 'receive', 'process', 'approve', 'return', 'stop'].map((verb) => `dossiers.${verb}`);

let made = 0;
async function aClient(scopes: readonly string[], place?: TestPlace) {
  const name = `chương trình ${++made}`;
  const units = place ? [place.receivingUnitId, place.competentUnitId] : [];
  const token = await db.write((tx) => createClient(tx, name, scopes, units));
  const [row] = await db.reader.raw<{ id: string }>('select id from identity.api_client where name = $1', [name]);
  const call = (method: 'GET' | 'POST', url: string, payload?: object, headers: object = {}) =>
    app.app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': newId(), 'if-match': '*', ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
  const actor = {
    kind: 'client' as const,
    id: row!.id,
    label: name,
    accountId: null,
    grants: new Map(),
    scopes,
    assurance: 0 as const,
  };
  return { id: row!.id, token, call, actor };
}
type Client = Awaited<ReturnType<typeof aClient>>;
const submitted = async (place: TestPlace, client: Client): Promise<string> =>
  (await db.write((tx) => submitDossier(tx, client.actor, aDossier(place), app.context.config.secret))).dossierId;

describe('a system of one agency', () => {
  test('works its dossiers through to the end, by the same rules as the desk', async () => {
    const [agency, sender] = [
      await aClient([...ALL, 'dossiers.personal-data'], here),
      await aClient(['dossiers.read']),
    ];
    const id = await submitted(here!, sender);
    const act = async (path: string, body: object) => {
      const answer = await agency.call('POST', `/dossiers/${id}/${path}`, body);
      expect(answer.statusCode, `${path}: ${answer.body}`).toBe(200);
      return answer.json<{ state: number; acts: string[]; code: string }>();
    };
    expect((await act('receipt', {})).code).toMatch(/^H41\./);
    const asked = { reason: 'Bản chụp mờ', items: [{ name: 'Giấy chứng sinh', what: 'Chụp lại' }] };
    expect((await act('supplement-requests', asked)).state).toBe(5);
    const supplied = await sender.call('GET', `/dossiers/${id}`);
    expect(supplied.json()).toMatchObject({ state: 5, supplements: [{ reason: 'Bản chụp mờ' }] });
    await db.reader.raw(`update identity.api_client set scopes = '{dossiers.read,dossiers.submit}' where id = $1`, [
      sender.id,
    ]);
    const pdf = Buffer.from(`%PDF-1.7\n${'x'.repeat(300)}\n%%EOF`).toString('base64');
    const sent = { papers: [{ name: 'Giấy chứng sinh', fileName: 'giay.pdf', contentBase64: pdf }] };
    expect((await sender.call('POST', `/dossiers/${id}/supplements`, sent)).json()).toMatchObject({ state: 2 });
    await act('steps', { outcome: 'started' });
    await act('steps', { outcome: 'finished' });
    await act('steps', { outcome: 'approved' });
    const file = { fileName: 'ket-qua.pdf', contentBase64: pdf };
    expect((await act('results', { outcome: 'granted', title: 'Giấy khai sinh', file })).state).toBe(9);
    expect((await act('handover', { receivedBy: 'Nguyệt', channel: 'counter' })).state).toBe(10);
    const { results } = (await sender.call('GET', `/dossiers/${id}`)).json<{ results: { fileId: string }[] }>();
    const download = await sender.call('GET', `/dossiers/${id}/files/${results[0]!.fileId}`);
    expect([download.statusCode, download.body.slice(0, 8)]).toEqual([200, '%PDF-1.7']);
    const history = await db.reader.raw<{ name: string; actorLabel: string }>(
      'select name, actor_label as "actorLabel" from dossiers.act where dossier_id = $1 order by number',
      [id],
    );
    expect(history.map(({ name }) => name)).toEqual([
      'receive',
      'requestSupplement',
      'answerSupplement',
      'startStep',
      'finishStep',
      'approve',
      'complete',
      'returnResult',
    ]);
    expect(history[0]!.actorLabel).toBe(agency.actor.label);
  });

  test('neither sees nor touches, nor learns of, what belongs to another', async () => {
    const [agency, sender] = [
      await aClient([...ALL, 'dossiers.personal-data'], here),
      await aClient(['dossiers.read', 'dossiers.submit']),
    ];
    const id = await submitted(there!, sender);
    await db.write((tx) => receiveDossier(tx, anOfficer('all'), { dossierId: id, version: null }));
    const [{ code } = { code: '' }] = await db.reader.raw<{ code: string }>(
      'select code from dossiers.dossier where id = $1',
      [id],
    );
    const doings: [string, object][] = [
      ['receipt', {}],
      ['refusal', { reason: 'x', legalBasis: 'y' }],
      ['supplement-requests', { reason: 'x', items: [{ name: 'a', what: 'b' }] }],
      ['fee-requests', { fees: [{ name: 'a', amountDong: 1 }] }],
      ['steps', { outcome: 'started' }],
      ['results', { outcome: 'granted', title: 'x' }],
      ['handover', { receivedBy: 'x', channel: 'post' }],
      ['stop', { reason: 'x', legalBasis: 'y' }],
      ['states', { state: 4 }],
      ['notes', { text: 'x' }],
    ];
    for (const name of [id, code]) {
      expect((await agency.call('GET', `/dossiers/${name}`)).statusCode).toBe(404);
      expect((await agency.call('GET', `/dossiers/${name}/slips/receipt`)).statusCode).toBe(404);
      for (const [path, body] of doings)
        expect([path, (await agency.call('POST', `/dossiers/${name}/${path}`, body)).statusCode]).toEqual([path, 404]);
    }
    expect((await agency.call('GET', `/worklist?unit=${there!.receivingUnitId}`)).statusCode).toBe(403);
    expect(
      (await agency.call('GET', `/figures?from=2026-01&to=2026-12&unit=${there!.competentUnitId}`)).statusCode,
    ).toBe(403);
    const worklist = await agency.call('GET', '/worklist');
    expect(worklist.body).not.toContain(id);
    const stranger = await aClient(['dossiers.read', 'dossiers.submit']);
    expect((await stranger.call('GET', `/dossiers/${id}`)).statusCode).toBe(404);
    expect((await stranger.call('POST', `/dossiers/${id}/withdrawal`, { reason: 'x' })).statusCode).toBe(404);
    expect((await stranger.call('GET', '/dossiers')).json()).toEqual({ items: [], next: null });
  });

  test('gets names and papers only with the scope for them, and its reading is on record', async () => {
    const [plain, trusted, sender] = [
      await aClient(ALL, here),
      await aClient([...ALL, 'dossiers.personal-data'], here),
      await aClient(['dossiers.read']),
    ];
    const id = await submitted(here!, sender);
    const hidden = await plain.call('GET', `/dossiers/${id}`);
    expect(hidden.json()).toMatchObject({ applicant: null });
    expect(hidden.body).not.toMatch(/Nguyệt|040190001234|0912345678/);
    expect((await plain.call('GET', `/dossiers/${id}/slips/acknowledgement`)).statusCode).toBe(403);
    expect((await trusted.call('GET', `/dossiers/${id}`)).json()).toMatchObject({
      applicant: { identity: '040190001234' },
    });
    const [{ n } = { n: 0 }] = await db.reader.raw<{ n: number }>(
      `select count(*)::int as n from readings.reading where subject_id = $1 and reader_kind = 'client'`,
      [id],
    );
    expect(n).toBeGreaterThanOrEqual(2);
  });

  test('with one scope does what that scope is for, and nothing more', async () => {
    const sender = await aClient(['dossiers.read']);
    const viewer = await aClient(['dossiers.view'], here);
    const id = await submitted(here!, sender);
    expect((await viewer.call('GET', `/dossiers/${id}`)).statusCode).toBe(200);
    expect((await viewer.call('POST', `/dossiers/${id}/receipt`, {})).statusCode).toBe(403);
    const receiver = await aClient(['dossiers.receive'], here);
    expect((await receiver.call('POST', `/dossiers/${id}/receipt`, {})).statusCode).toBe(200);
    expect((await receiver.call('POST', `/dossiers/${id}/steps`, { outcome: 'started' })).statusCode).toBe(403);
    const nowhere = await aClient(ALL);
    expect((await nowhere.call('POST', `/dossiers/${id}/steps`, { outcome: 'started' })).statusCode).toBe(404);
  });
});

describe('a line-of-business system', () => {
  test('pushes a state, and everything between is done; pushed again nothing happens', async () => {
    const [agency, sender] = [await aClient(ALL, here), await aClient(['dossiers.read'])];
    const id = await submitted(here!, sender);
    const push = (body: object) => agency.call('POST', `/dossiers/${id}/states`, body);
    expect((await push({ state: 4 })).json()).toMatchObject({ state: 4 });
    const acts = async () =>
      (
        await db.reader.raw<{ name: string }>('select name from dossiers.act where dossier_id = $1 order by number', [
          id,
        ])
      ).map(({ name }) => name);
    expect(await acts()).toEqual(['receive', 'startStep']);
    expect((await push({ state: 4 })).json()).toMatchObject({ state: 4 });
    expect(await acts()).toHaveLength(2);
    expect((await push({ state: 9 })).json()).toMatchObject({ code: 'dossiers.reason-missing' });
    expect(await acts(), 'what failed left nothing').toHaveLength(2);
    const result = { outcome: 'granted', title: 'Giấy khai sinh' };
    expect((await push({ state: 10, result, receivedBy: 'Nguyệt' })).json()).toMatchObject({ state: 10 });
    expect(await acts()).toEqual(['receive', 'startStep', 'finishStep', 'approve', 'complete', 'returnResult']);
    expect((await push({ state: 2 })).statusCode).toBe(409);
  });
});

describe('the list of what a client submitted', () => {
  test('goes by the last change, page by page, and says from when on', async () => {
    const client = await aClient(['dossiers.read']);
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      db.clock.set(`2026-11-23T0${n + 2}:00:00Z`);
      ids.push(await submitted(here!, client));
    }
    db.clock.set('2026-11-23T09:00:00Z');
    await db.write((tx) => receiveDossier(tx, anOfficer('all'), { dossierId: ids[1]!, version: null }));
    type Page = { items: { id: string; state: number }[]; next: string | null };
    const seen: string[] = [];
    let url = '/dossiers?limit=2';
    for (let page = 0; page < 5 && url; page++) {
      const answer = await client.call('GET', url);
      const { items, next } = answer.json<Page>();
      seen.push(...items.map(({ id }) => id));
      const link = /<([^>]+)>; rel="next"/.exec(String(answer.headers.link))?.[1];
      expect(link !== undefined).toBe(next !== null);
      url = link ? link.slice(link.indexOf('/dossiers')) : '';
    }
    expect(seen).toEqual([ids[0], ids[2], ids[3], ids[4], ids[1]]);
    const since = (await client.call('GET', '/dossiers?updatedSince=2026-11-23T06:00:00Z')).json<Page>();
    expect(since.items.map(({ id }) => id)).toEqual([ids[4], ids[1]]);
    const received = (await client.call('GET', '/dossiers?state=2')).json<Page>();
    expect(received.items.map(({ id }) => id)).toEqual([ids[1]]);
    expect((await client.call('GET', '/dossiers?cursor=nonsense')).json()).toMatchObject({
      code: 'platform.cursor-wrong',
    });
  });
});

test('a paper is uploaded in pieces, named when submitting, and not by anybody else', async () => {
  const [client, other] = [
    await aClient(['dossiers.submit', 'dossiers.submit-paper', 'dossiers.read']),
    await aClient(['dossiers.submit']),
  ];
  const bytes = Buffer.from(`%PDF-1.7\n${'x'.repeat(300)}\n%%EOF`);
  const tus = { 'tus-resumable': '1.0.0' };
  const begun = await client.call('POST', '/uploads', undefined, {
    ...tus,
    'upload-length': String(bytes.length),
    'upload-metadata': `filename ${Buffer.from('giay.pdf').toString('base64')}`,
  });
  expect(begun.statusCode, begun.body).toBe(201);
  const address = String(begun.headers.location);
  const piece = (from: number, to: number) =>
    app.app.inject({
      method: 'PATCH',
      url: address,
      headers: {
        authorization: `Bearer ${client.token}`,
        ...tus,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(from),
      },
      payload: bytes.subarray(from, to),
    });
  expect((await other.call('GET', address.replace('/api/v1', ''), undefined, tus)).statusCode).toBe(404);
  expect((await piece(0, 100)).statusCode).toBe(204);
  expect((await client.call('GET', address.replace('/api/v1', ''), undefined, tus)).headers['upload-offset']).toBe(
    '100',
  );
  expect((await piece(100, bytes.length)).statusCode).toBe(204);
  const uploadId = address.split('/').at(-1);
  const [row] = await db.reader.raw<{ code: string }>('select code from procedures.procedure where id = $1', [
    here!.procedureId,
  ]);
  await db.reader.raw(
    `insert into procedures.offer (id, unit_id, procedure_id, receiving_unit_id, valid_from, created_at) values (gen_random_uuid(), $1, $2, $3, '2014-01-01', now())`,
    [here!.competentUnitId, here!.procedureId, here!.receivingUnitId],
  );
  await db.reader.raw(
    `update procedures.procedure_version set content = '{"channels": [{"kind": "online", "time": {"amount": 5, "unit": "workingDay", "text": null}, "feesKnown": true, "fees": [], "note": null}], "papers": [], "steps": null}' where procedure_id = $1`,
    [here!.procedureId],
  );
  const body = {
    procedureCode: row!.code,
    applicant: { kind: 'citizen', name: 'Nguyệt' },
    papers: [{ name: 'Giấy chứng sinh', uploadId }],
  };
  expect((await other.call('POST', '/dossiers', body)).json()).toMatchObject({ code: 'dossiers.upload-unknown' });
  const key = newId();
  const sent = await client.call('POST', '/dossiers', body, { 'idempotency-key': key });
  expect(sent.statusCode, sent.body).toBe(201);
  expect((await client.call('POST', '/dossiers', body, { 'idempotency-key': key })).json()).toMatchObject({
    isNew: false,
  });
  const { papers } = (await client.call('GET', `/dossiers/${sent.json<{ id: string }>().id}`)).json<{
    papers: { fileId: string }[];
  }>();
  expect(papers[0]!.fileId).toMatch(/^[0-9a-f-]{36}$/);
});
