import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import { insertTestUnit } from '../organisations/testing.ts';
import { resolveClient } from './api-clients.ts';
import { isSecretOf } from './oidc-app-client.ts';

/* Programs that call without a person: OAuth 2.0 client credentials, over the units of their registration. */

const app = await testApp();
const { db } = app;
const [unit, below, foreign] = await db.write(async (tx) => {
  const parent = await insertTestUnit(tx, { nameVi: 'Sở Thí điểm Giao diện' });
  return [
    parent,
    await insertTestUnit(tx, { nameVi: 'Phòng Thí điểm Giao diện', parentId: parent }),
    await insertTestUnit(tx, { nameVi: 'Sở Người Ngoài' }),
  ] as const;
});
const manager = await signedInOfficial(app, ['identity.apps-manage'], { reach: 'all' });
const agency = await signedInOfficial(app, ['identity.apps-request'], { unitId: unit });

const fields = (more: Record<string, string> = {}): [string, string][] =>
  Object.entries({
    unit: 'Sở Thí điểm Giao diện',
    nameVi: `Phần mềm hộ tịch ${newId()}`,
    purposeVi: 'Cập nhật hồ sơ hộ tịch',
    homeUrl: 'https://ho-tich.example.vn',
    contact: 'Trần Thị Hoa, 0912345678',
    kind: 'service',
    authMethod: 'client_secret_basic',
    serviceScopes: 'dossiers.receive',
    reachUnits: 'Sở Thí điểm Giao diện',
    ...more,
  });
async function registered(more: Record<string, string> = {}) {
  const made = await manager.post('/quan-tri/ung-dung/them', fields(more));
  expect(made.statusCode, made.body.match(/error-summary[\s\S]{0,600}/)?.[0]).toBe(303);
  const id = String(made.headers.location).split('/').at(-1)!;
  const [row] = await db.reader.raw<{ clientId: string }>(
    'select client_id as "clientId" from identity.relying_app where id = $1',
    [id],
  );
  return { id, clientId: row!.clientId };
}
const secretFor = async (id: string) =>
  /data-secret[^>]*>([^<]+)</.exec((await manager.post(`/quan-tri/ung-dung/${id}/khoa-bi-mat`, {})).body)![1]!;
const basic = (clientId: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(secret)}`).toString('base64')}`,
});
const ask = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  app.app.inject({
    method: 'POST',
    url: `/oidc/token${path}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  });
const take = async (clientId: string, secret: string, scope = 'dossiers.receive') =>
  (await ask('', { grant_type: 'client_credentials', scope }, basic(clientId, secret))).json<{
    access_token?: string;
  }>().access_token;

describe('a program', () => {
  test('has its scopes as rights over its units and all below them, and nowhere else', async () => {
    const { id, clientId } = await registered();
    const token = await take(clientId, await secretFor(id));
    const actor = await resolveClient(db.reader, token!);
    expect(actor).toMatchObject({ kind: 'client', id, unitId: unit, scopes: ['dossiers.receive'] });
    expect(new Set(actor!.grants.get('dossiers.receive'))).toEqual(new Set([unit, below]));
    expect([...actor!.grants.keys()]).toEqual(['dossiers.receive']);
  });

  test('is asked for with units of the agency only, and with units where its scopes hold over units', async () => {
    const post = (more: Record<string, string>) => agency.post('/quan-tri/ung-dung/them', fields(more));
    expect((await post({ reachUnits: 'Sở Người Ngoài' })).statusCode, 'a foreign unit').toBe(422);
    expect((await post({ reachUnits: '' })).statusCode, 'no unit').toBe(422);
    expect((await post({ reachUnits: 'Không có đơn vị này' })).statusCode, 'an unknown unit').toBe(422);
    expect((await post({ validTo: '31/02/2027' })).statusCode, 'no day').toBe(422);
    expect((await post({ allowedOrigins: 'https://x.vn/path' })).statusCode, 'no origin').toBe(422);
    expect((await post({ serviceScopes: 'dossiers.submit', reachUnits: '' })).statusCode).toBe(303);
    expect((await post({})).statusCode).toBe(303);
    expect(foreign).toBeDefined();
  });

  test('changes its secret without a gap; each has its own end', async () => {
    const { id, clientId } = await registered();
    const [first, second] = [await secretFor(id), await secretFor(id)];
    expect(await take(clientId, first)).toBeDefined();
    expect(await take(clientId, second)).toBeDefined();
    const later = new Date(db.clock.now().getTime() + 25 * 3_600_000);
    expect(await isSecretOf(db.reader, clientId, first, later)).toBe(false);
    expect(await isSecretOf(db.reader, clientId, second, later)).toBe(true);
    const nextYear = new Date(db.clock.now().getTime() + 366 * 86_400_000);
    expect(await isSecretOf(db.reader, clientId, second, nextYear)).toBe(false);
    const shown = await manager.get(`/quan-tri/ung-dung/${id}`);
    expect(shown.body).toContain('Khóa bí mật hết hạn');
    expect(shown.body).toContain('Sở Thí điểm Giao diện');
  });

  test('notes when it was last used, and ends with its registration', async () => {
    const { id, clientId } = await registered();
    const secret = await secretFor(id);
    const token = await take(clientId, secret);
    await take(clientId, secret);
    await expect
      .poll(
        async () =>
          (
            await db.reader.raw<{ n: number }>(
              'select sum(tokens)::int as n from identity.api_client_use where client_id = $1',
              [id],
            )
          )[0]?.n,
      )
      .toBe(2);
    await db.reader.raw(`update identity.relying_app set valid_to = '2020-01-01' where id = $1`, [id]);
    expect(await resolveClient(db.reader, token!)).toBeNull();
    expect(await take(clientId, secret)).toBeUndefined();
    await db.reader.raw('update identity.relying_app set valid_to = null where id = $1', [id]);
    expect(await resolveClient(db.reader, token!)).not.toBeNull();
    await manager.post(`/quan-tri/ung-dung/${id}/tam-dung`, { reason: 'Sự cố' });
    expect(await resolveClient(db.reader, token!)).toBeNull();
  });

  test('gives a token back, and learns of its own tokens only', async () => {
    const [one, two] = [await registered(), await registered()];
    const [first, second] = [await secretFor(one.id), await secretFor(two.id)];
    const token = (await take(one.clientId, first))!;
    const about = async (clientId: string, secret: string) =>
      (await ask('/introspection', { token }, basic(clientId, secret))).json<{ active: boolean; scope?: string }>();
    expect(await about(one.clientId, first)).toMatchObject({ active: true, scope: 'dossiers.receive' });
    expect(await about(two.clientId, second)).toEqual({ active: false });
    await ask('/revocation', { token }, basic(two.clientId, second));
    expect(await resolveClient(db.reader, token), 'another’s revocation does nothing').not.toBeNull();
    expect((await ask('/revocation', { token }, basic(one.clientId, first))).statusCode).toBe(200);
    expect(await resolveClient(db.reader, token)).toBeNull();
    expect(await about(one.clientId, first)).toEqual({ active: false });
  });

  test('signs in with its own key (private_key_jwt), once per assertion', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwks = JSON.stringify({
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'a', use: 'sig', alg: 'ES256' }],
    });
    const { clientId } = await registered({ authMethod: 'private_key_jwt', jwks });
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const assertion = (claims: object = {}, key = privateKey) => {
      const now = Math.floor(Date.now() / 1000);
      const body = `${part({ alg: 'ES256', kid: 'a' })}.${part({
        iss: clientId,
        sub: clientId,
        aud: 'http://localhost:8080/oidc',
        jti: newId(),
        iat: now,
        exp: now + 60,
        ...claims,
      })}`;
      const pem = createPrivateKey(key.export({ format: 'pem', type: 'pkcs8' }));
      return `${body}.${sign('sha256', Buffer.from(body), { key: pem, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    };
    const send = (text: string) =>
      ask('', {
        grant_type: 'client_credentials',
        scope: 'dossiers.receive',
        client_id: clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: text,
      });
    const good = assertion();
    expect((await send(good)).json()).toHaveProperty('access_token');
    expect((await send(good)).statusCode, 'the same assertion again').toBe(401);
    expect((await send(assertion({ exp: 1 }))).statusCode, 'an old one').toBe(401);
    expect((await send(assertion({ aud: 'https://elsewhere.vn' }))).statusCode, 'one for another').toBe(401);
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect((await send(assertion({}, stranger))).statusCode, 'one of another key').toBe(401);
  });
});

test('a web site that a program named may call from the browser, any other may not', async () => {
  await registered({ allowedOrigins: 'https://tra-cuu.example.vn' });
  const from = (origin: string, method: 'GET' | 'OPTIONS', url = '/api/v1/units?limit=1') =>
    app.app.inject({ method, url, headers: { origin, 'access-control-request-method': 'GET' } });
  const allowed = await from('https://tra-cuu.example.vn', 'GET');
  expect(allowed.headers['access-control-allow-origin']).toBe('https://tra-cuu.example.vn');
  expect(allowed.headers['access-control-allow-credentials']).toBeUndefined();
  const before = await from('https://tra-cuu.example.vn', 'OPTIONS');
  expect([before.statusCode, before.headers['access-control-allow-origin']]).toEqual([
    204,
    'https://tra-cuu.example.vn',
  ]);
  for (const origin of ['https://evil.example', 'null', 'https://tra-cuu.example.vn.evil.example'])
    expect((await from(origin, 'GET')).headers['access-control-allow-origin']).toBeUndefined();
  expect((await from('https://tra-cuu.example.vn', 'GET', '/')).headers['access-control-allow-origin']).toBeUndefined();
});
