import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Adapter, type AdapterPayload } from 'oidc-provider';
import { insertApp, updateAppSecret } from '../src/foundation/identity/oidc-app-queries.ts';
import { PROVIDER_PREFIX } from '../src/foundation/identity/oidc-provider.ts';
import { newId, newSecret } from '../src/platform/ids.ts';
import type { AppContext } from '../src/platform/module.ts';
import { hashToken } from '../src/platform/session.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';
import { insertTestUnit } from '../src/foundation/organisations/testing.ts';

const SCOPE = 'dossiers.submit';

/** The library alone with everything in memory: one registered service, the same grant and the same lifetime of a token. */
async function bareProvider(clientId: string, secret: string): Promise<{ origin: string; close: () => Promise<void> }> {
  const kept = new Map<string, AdapterPayload>();
  const adapter = (kind: string): Adapter => ({
    upsert: async (id, payload) => void kept.set(`${kind}/${id}`, payload),
    find: async (id) => kept.get(`${kind}/${id}`),
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    consume: async () => {},
    destroy: async (id) => void kept.delete(`${kind}/${id}`),
    revokeByGrantId: async () => {},
  });
  const server = createServer();
  // Longer than the rounds between its turns: a connection closed under a request is no figure.
  server.keepAliveTimeout = 300_000;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(origin, {
    adapter,
    clients: [
      {
        client_id: clientId,
        client_secret: secret,
        redirect_uris: [],
        grant_types: ['client_credentials'],
        response_types: [],
        scope: SCOPE,
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    scopes: [SCOPE],
    features: { devInteractions: { enabled: false }, clientCredentials: { enabled: true } },
    ttl: { ClientCredentials: 600 },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return { origin, close: () => new Promise((done) => void server.close(() => done())) };
}

/** One token of a service at the province's provider, and one at the bare library: each over HTTP, each checked to be a token. */
export async function tokenRates(
  context: AppContext,
  origin: string,
): Promise<{ product: () => Promise<void>; bare: () => Promise<void>; close: () => Promise<void> }> {
  const [clientId, secret] = [`bench-${newId()}`, newSecret()];
  await inTransaction(context.db, { actor: systemActor('bench') }, async (tx) => {
    const id = newId();
    await insertApp(tx, {
      id,
      clientId,
      unitId: await insertTestUnit(tx),
      status: 'active',
      requestedBy: 'bench',
      nameVi: 'Đo tốc độ',
      nameEn: 'Bench',
      purposeVi: 'Đo tốc độ cấp mã truy cập',
      purposeEn: 'Measures how fast tokens are issued',
      homeUrl: 'https://bench.example.vn',
      contact: 'bench',
      kind: 'service',
      audience: [],
      redirectUris: [],
      postLogoutUris: [],
      backchannelUri: null,
      authMethod: 'client_secret_basic',
      jwks: null,
      jwksUri: null,
      isPairwise: false,
      serviceScopes: [SCOPE],
      reachUnitIds: [],
      validTo: null,
      allowedOrigins: [],
      claims: [],
    });
    await updateAppSecret(tx, id, hashToken(secret), tx.now, new Date(tx.now.getTime() + 86_400_000));
  });
  const plain = await bareProvider(clientId, secret);
  const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
  const ask = async (url: string): Promise<void> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: SCOPE }),
    });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (!token) throw new Error(`no token from ${url}: ${answer.status}`);
  };
  const product = (): Promise<void> => ask(`${origin}${PROVIDER_PREFIX}/token`);
  const bare = (): Promise<void> => ask(`${plain.origin}/token`);
  await product();
  await bare();
  return { product, bare, close: plain.close };
}
