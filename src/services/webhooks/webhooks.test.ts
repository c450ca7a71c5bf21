import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createClient, endClient } from '../../foundation/identity/api-clients.ts';
import { insertTestUnit } from '../../foundation/organisations/testing.ts';
import { newId } from '../../platform/ids.ts';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import { receiveDossier, submitDossier, type Acknowledgement } from '../dossiers/index.ts';
import { aDossier, anOfficer, insertPlace } from '../dossiers/testing.ts';
import { MAX_ATTEMPTS, pauseAfter } from './retry.ts';
import { secretOf, signatureOf } from './signature.ts';
import { openReceiver } from './testing.ts';
import { sweepWebhooks } from './webhook-jobs.ts';

const app = await testApp({ settings: { SEN_OUTBOUND_ALLOW: '127.0.0.0/8' } });
const { db } = app;
/** The same as an installation is: nothing inside the network may be called. */
const strict = await testApp();
const strictToken = await strict.db.write((tx) => createClient(tx, 'nghiêm', ['webhooks.manage']));
const receiver = await openReceiver();
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.mood = 204;
  receiver.heard.length = 0;
});
const place = await db.write((tx) => insertPlace(tx));
const elsewhere = await db.write((tx) => insertTestUnit(tx));
const officer = anOfficer('all');

let made = 0;
async function aClient(scopes: readonly string[], units: readonly string[] = []) {
  const name = `phần mềm ${++made}`;
  const token = await db.write((tx) => createClient(tx, name, scopes, units));
  const [row] = await db.reader.raw<{ id: string }>('select id from identity.api_client where name = $1', [name]);
  const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, headers: object = {}) =>
    app.app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': newId(), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
  const subscribe = async (kinds: readonly string[], url = receiver.url) => {
    const answer = await call('POST', '/webhooks', { url, kinds });
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<{ id: string; secret: string; version: number }>();
  };
  const actor = {
    kind: 'client' as const,
    id: row!.id,
    label: name,
    accountId: null,
    grants: new Map(),
    scopes,
    assurance: 0 as const,
  };
  const submits = (): Promise<Acknowledgement> =>
    db.write((tx) => submitDossier(tx, actor, aDossier(place), app.context.config.secret));
  return { id: row!.id, name, call, subscribe, submits };
}
const receive = (dossierId: string) => db.write((tx) => receiveDossier(tx, officer, { dossierId, version: null }));
const messagesOf = (id: string) =>
  db.reader.raw<{ status: string; attempts: number; lastFault: string | null; nextAt: Date | null; kind: string }>(
    `select status, attempts, last_fault as "lastFault", next_at as "nextAt", kind from webhooks.message where subscription_id = $1 order by sequence`,
    [id],
  );
const statusOf = async (id: string) =>
  (
    await db.reader.raw<{ status: string; statusReason: string | null }>(
      'select status, status_reason as "statusReason" from webhooks.subscription where id = $1',
      [id],
    )
  )[0];
/** Lets the pauses between tries pass: the database's clock decides when a job is due, so it is made due. */
async function passTime(minutes: number): Promise<void> {
  db.clock.set(new Date(db.clock.now().getTime() + minutes * 60_000).toISOString());
  await db.reader.raw(`update graphile_worker._private_jobs set run_at = now() where run_at > now()`);
  await app.drain();
}
const heardKinds = () => receiver.heard.map(({ body }) => (JSON.parse(body) as { type: string }).type);
const FOLLOWS = ['dossiers.submit', 'dossiers.read', 'webhooks.manage'];

describe('signatures', () => {
  test('are those of the Standard Webhooks reference libraries', () => {
    expect(
      signatureOf(
        'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        'msg_p5jXN8AQM9LWM0D4loKWxJek',
        1_614_265_330,
        '{"test": 2432232314}',
      ),
    ).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  test('are of one secret per subscription and generation, which cannot be had from another', () => {
    const secrets = [
      ['a', 1],
      ['a', 2],
      ['b', 1],
    ].map(([id, n]) => secretOf('installation', String(id), Number(n)));
    expect(new Set(secrets).size).toBe(3);
    for (const secret of secrets) expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
  });

  test('carry both secrets for a day after a rotation', async () => {
    const client = await aClient(FOLLOWS);
    const { id, secret } = await client.subscribe(['dossier.submitted']);
    const rotated = (await client.call('POST', `/webhooks/${id}/secret`, {})).json<{ secret: string }>().secret;
    expect(rotated).not.toBe(secret);
    await client.call('POST', `/webhooks/${id}/test`, {});
    await app.drain();
    const { headers, body } = receiver.heard[0]!;
    const expected = [rotated, secret].map((each) =>
      signatureOf(each, String(headers['webhook-id']), Number(headers['webhook-timestamp']), body),
    );
    expect(headers['webhook-signature']).toBe(expected.join(' '));
    expect(Math.abs(db.clock.now().getTime() / 1000 - Number(headers['webhook-timestamp']))).toBeLessThan(300);
  });
});

describe('a program', () => {
  test('hears of the dossiers it submitted, in order, with ids and no names', async () => {
    const client = await aClient(FOLLOWS);
    const { id } = await client.subscribe(['dossier.submitted', 'dossier.received', 'dossier.withdrawn']);
    const { dossierId } = await client.submits();
    await receive(dossierId);
    await app.drain();
    expect(heardKinds()).toEqual(['dossier.submitted', 'dossier.received']);
    const [, received] = receiver.heard.map(({ body }) => JSON.parse(body) as { data: Record<string, unknown> });
    expect(received!.data).toMatchObject({ id: dossierId, state: 2, receivingUnitId: place.receivingUnitId });
    for (const { body } of receiver.heard) expect(body).not.toMatch(/Nguyệt|040190001234|0912345678|example\.vn/);
    expect((await messagesOf(id)).map(({ status }) => status)).toEqual(['delivered', 'delivered']);
    const listed = (await client.call('GET', `/webhooks/${id}/messages`)).json<{
      items: { id: string; lastStatus: number }[];
    }>();
    expect(listed.items.map(({ lastStatus }) => lastStatus)).toEqual([204, 204]);
    const tries = await client.call('GET', `/webhooks/${id}/messages/${listed.items[0]!.id}`);
    expect(tries.json<{ tries: { status: number; durationMs: number }[] }>().tries).toMatchObject([{ status: 204 }]);
  });

  test('hears nothing of dossiers of others, nor of units that are not its own', async () => {
    const [mine, stranger] = [await aClient(FOLLOWS), await aClient(FOLLOWS)];
    const agency = await aClient(['dossiers.view', 'webhooks.manage'], [place.competentUnitId]);
    const other = await aClient(['dossiers.view', 'webhooks.manage'], [elsewhere]);
    const ids = [];
    for (const client of [mine, stranger, agency, other]) ids.push((await client.subscribe(['dossier.submitted'])).id);
    await mine.submits();
    await app.drain();
    const counts = await Promise.all(ids.map(async (id) => (await messagesOf(id)).length));
    expect(counts).toEqual([1, 0, 1, 0]);
    await agency.call('DELETE', `/webhooks/${ids[2]}`);
  });

  test('without a scope to read dossiers may not subscribe to them', async () => {
    const client = await aClient(['webhooks.manage']);
    const answer = await client.call('POST', '/webhooks', { url: receiver.url, kinds: ['dossier.submitted'] });
    expect(answer.json()).toMatchObject({ status: 403, code: 'webhooks.kind-not-allowed' });
    expect((await client.subscribe(['procedure.published'])).id).toBeDefined();
  });

  test('never sees or changes a webhook of another', async () => {
    const [mine, stranger] = [await aClient(FOLLOWS), await aClient(FOLLOWS)];
    const { id } = await mine.subscribe(['dossier.submitted']);
    for (const [method, path, payload] of [
      ['GET', '', undefined],
      ['PATCH', '', { status: 'paused' }],
      ['DELETE', '', undefined],
      ['POST', '/secret', {}],
      ['POST', '/test', {}],
      ['GET', '/messages', undefined],
      ['POST', '/replays', {}],
    ] as const)
      expect((await stranger.call(method, `/webhooks/${id}${path}`, payload, { 'if-match': '*' })).statusCode).toBe(
        404,
      );
    expect((await stranger.call('GET', '/webhooks')).json<{ items: object[] }>().items).toEqual([]);
  });

  test('that was revoked hears nothing more', async () => {
    const client = await aClient(FOLLOWS);
    await client.subscribe(['dossier.submitted', 'dossier.received']);
    const { dossierId } = await client.submits();
    await db.write((tx) => endClient(tx, client.name));
    await receive(dossierId);
    await app.drain();
    expect(receiver.heard).toEqual([]);
  });

  test('has 20 webhooks at most', async () => {
    const client = await aClient(FOLLOWS);
    for (let n = 0; n < 20; n++) await client.subscribe(['dossier.submitted']);
    expect(
      (await client.call('POST', '/webhooks', { url: receiver.url, kinds: ['dossier.received'] })).json(),
    ).toMatchObject({
      code: 'webhooks.too-many',
    });
  });
});

describe('an address', () => {
  test.each([
    'http://example.vn/',
    'https://localhost/',
    'https://10.0.0.8/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://user:secret@example.vn/',
    'file:///etc/passwd',
    'https://example.vn/#x',
    'nonsense',
  ])('%s is refused', async (url) => {
    const answer = await strict.app.inject({
      method: 'POST',
      url: '/api/v1/webhooks',
      payload: { url, kinds: ['procedure.published'] },
      headers: { authorization: `Bearer ${strictToken}`, 'idempotency-key': newId() },
    });
    expect(answer.statusCode, answer.body).toBe(422);
  });
});

describe('a receiver that', () => {
  test.each([
    [500, 'HTTP 500'],
    [404, 'HTTP 404'],
    ['closes', 'unreachable'],
    ['redirects', 'HTTP 307'],
    ['endless', 'too-large'],
  ] as const)('%s gets the message again after a pause, under the same id', async (mood, fault) => {
    const client = await aClient(FOLLOWS);
    const { id } = await client.subscribe(['dossier.submitted']);
    receiver.mood = mood;
    await client.submits();
    await app.drain();
    const [failed] = await messagesOf(id);
    expect(failed).toMatchObject({ status: 'waiting', attempts: 1, lastFault: fault });
    expect(failed!.nextAt!.getTime()).toBeGreaterThan(db.clock.now().getTime());
    expect(receiver.strayed, 'a redirect is never followed').toBe(0);
    receiver.mood = 200;
    await passTime(10);
    expect((await messagesOf(id))[0]).toMatchObject({ status: 'delivered', attempts: 2 });
    expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('fails holds the messages of that dossier back, and no other’s', async () => {
    const client = await aClient(FOLLOWS);
    const { id } = await client.subscribe(['dossier.submitted', 'dossier.received']);
    const first = await client.submits();
    receiver.mood = 503;
    await app.drain();
    await receive(first.dossierId);
    receiver.mood = 200;
    const second = await client.submits();
    await app.drain();
    const lanes = await db.reader.raw<{ lane: string; status: string }>(
      'select lane, status from webhooks.message where subscription_id = $1 order by sequence',
      [id],
    );
    const of = (dossierId: string) => lanes.filter(({ lane }) => lane.endsWith(dossierId)).map(({ status }) => status);
    expect(of(first.dossierId)).toEqual(['waiting', 'waiting']);
    expect(of(second.dossierId)).toEqual(['delivered']);
    receiver.heard.length = 0;
    await passTime(10);
    expect(heardKinds()).toEqual(['dossier.submitted', 'dossier.received']);
  });

  test('stays away is given up after ten tries, and gets everything again when asked for', async () => {
    const client = await aClient(FOLLOWS);
    const { id } = await client.subscribe(['dossier.submitted']);
    receiver.mood = 500;
    await client.submits();
    await app.drain();
    for (let tries = 1; tries < MAX_ATTEMPTS; tries++) await passTime(Math.ceil((pauseAfter(tries, 1) ?? 0) / 60) + 1);
    expect(receiver.heard).toHaveLength(MAX_ATTEMPTS);
    expect(await messagesOf(id)).toMatchObject([{ status: 'dead', attempts: MAX_ATTEMPTS }]);
    receiver.mood = 200;
    expect((await client.call('POST', `/webhooks/${id}/replays`, {})).json()).toEqual({ messages: 1 });
    await app.drain();
    expect(await messagesOf(id)).toMatchObject([{ status: 'delivered', attempts: MAX_ATTEMPTS + 1 }]);
  });

  test('is gone, or fails for five days, is switched off, and the administrators are told', async () => {
    const manager = await signedInOfficial(app, ['identity.apps-manage'], { reach: 'all' });
    const client = await aClient(FOLLOWS);
    const { id } = await client.subscribe(['dossier.submitted']);
    receiver.mood = 410;
    await client.submits();
    await app.drain();
    expect(await statusOf(id)).toEqual({ status: 'disabled', statusReason: 'gone' });
    const second = await client.subscribe(['dossier.submitted']);
    receiver.mood = 500;
    await client.submits();
    await app.drain();
    await db.reader.raw(`update webhooks.subscription set failing_since = $2 where id = $1`, [
      second.id,
      new Date(db.clock.now().getTime() - 5 * 86_400_000),
    ]);
    await passTime(10);
    expect(await statusOf(second.id)).toEqual({ status: 'disabled', statusReason: 'failing' });
    const page = await manager.get(`/quan-tri/gui-thong-bao/${second.id}`);
    expect(page.body).toContain('Đã tắt vì lỗi');
    expect((await manager.get('/quan-tri/gui-thong-bao')).statusCode).toBe(200);
  });
});

test('a lane whose job was lost is started again, and nothing is sent twice at once', async () => {
  const client = await aClient(FOLLOWS);
  const { id } = await client.subscribe(['dossier.submitted']);
  await client.submits();
  receiver.mood = 500;
  await app.drain();
  await db.reader.raw('delete from graphile_worker._private_jobs');
  receiver.mood = 204;
  db.clock.set(new Date(db.clock.now().getTime() + 600_000).toISOString());
  const context = { ...app.context, attempt: 1, requestId: 'test' };
  await Promise.all([sweepWebhooks.run(context), sweepWebhooks.run(context)]);
  await app.drain();
  expect(await messagesOf(id)).toMatchObject([{ status: 'delivered', attempts: 2 }]);
});

test('an administrator registers, tries, rotates, pauses, sends again and removes on the pages', async () => {
  const manager = await signedInOfficial(app, ['identity.apps-manage'], { reach: 'all' });
  const form: [string, string][] = [
    ['app', 'không có'],
    ['url', 'https://example.vn/x'],
    ['kinds', 'procedure.published'],
  ];
  expect((await manager.post('/quan-tri/gui-thong-bao/them', form)).statusCode).toBe(422);
  const client = await aClient(FOLLOWS);
  const { id } = await client.subscribe(['dossier.submitted']);
  const address = `/quan-tri/gui-thong-bao/${id}`;
  expect((await manager.post(`${address}/gui-thu`, {})).statusCode).toBe(303);
  await app.drain();
  expect((await manager.get(address)).body).toContain('Thông báo thử');
  expect((await manager.post(`${address}/doi-khoa`, {})).body).toContain('whsec_');
  expect((await manager.post(`${address}/tam-dung`, {})).statusCode).toBe(303);
  expect((await statusOf(id))?.status).toBe('paused');
  expect((await manager.post(`${address}/bat-lai`, {})).statusCode).toBe(303);
  expect((await manager.post(`${address}/gui-lai`, {})).statusCode).toBe(303);
  expect((await manager.post(`${address}/bo`, {})).statusCode).toBe(303);
  expect((await statusOf(id))?.status, 'not without the tick').toBe('active');
  await manager.post(`${address}/bo`, { sure: 'yes' });
  expect(await statusOf(id)).toBeUndefined();
  const stranger = await signedInOfficial(app, ['identity.apps-request']);
  const { id: other } = await client.subscribe(['dossier.submitted']);
  expect((await stranger.get(`/quan-tri/gui-thong-bao/${other}`)).statusCode).toBe(404);
});
