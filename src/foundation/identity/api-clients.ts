import type { Actor } from '../../platform/access.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId, newSecret } from '../../platform/ids.ts';
import { hashToken } from '../../platform/session.ts';
import { findClientByToken, insertClient, revokeClient, type ApiClient } from './admin-queries.ts';
import { clientCreated, clientRevoked } from './identity-events.ts';
import { findActiveApp } from './oidc-app-queries.ts';
import { findPayload } from './oidc-queries.ts';

/* Partners' programs hold a long random token. It is no password: 256 bits need no slow hash, one SHA-256 is enough and costs nothing per call. */

/** Makes an API client with scopes such as `dossiers.submit`. Returns its token, shown once; only its hash is stored. */
export async function createClient(tx: Tx, name: string, scopes: readonly string[]): Promise<string> {
  const id = newId();
  const token = `sen_${newSecret()}`;
  await insertClient(tx, { id, name, scopes: [...scopes] }, hashToken(token));
  publish(tx, clientCreated, { subject: { kind: 'api-client', id }, payload: { name, scopes: [...scopes] } });
  return token;
}

/** Ends a client's access at once. False when there is none of that name. */
export async function endClient(tx: Tx, name: string): Promise<boolean> {
  const [client] = await revokeClient(tx, name);
  if (!client) return false;
  publish(tx, clientRevoked, { subject: { kind: 'api-client', id: client.id }, payload: { name } });
  return true;
}

/** A service of an agency that took a token from the sign-on (client credentials, RFC 6749 4.4). */
async function serviceOf(reader: Reader, token: string): Promise<ApiClient | undefined> {
  const payload = await findPayload(reader, 'ClientCredentials', 'id', token);
  const app = payload ? await findActiveApp(reader, String(payload['clientId'])) : undefined;
  if (!app) return undefined;
  const scopes = (payload?.['scope'] as string | undefined)?.split(' ') ?? [];
  return { id: app.id, name: app.nameVi, scopes: app.serviceScopes.filter((scope) => scopes.includes(scope)) };
}

/** The actor of a bearer token, or null. */
export async function resolveClient(reader: Reader, token: string): Promise<Actor | null> {
  if (token.length > 200) return null;
  const client = token.startsWith('sen_')
    ? await findClientByToken(reader, hashToken(token))
    : await serviceOf(reader, token);
  if (!client) return null;
  return {
    kind: 'client',
    id: client.id,
    label: client.name,
    accountId: null,
    grants: new Map(),
    scopes: client.scopes,
    assurance: 0,
  };
}
