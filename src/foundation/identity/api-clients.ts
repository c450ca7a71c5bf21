import { definedScopes, type Actor, type Reach } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId, newSecret } from '../../platform/ids.ts';
import { hashToken } from '../../platform/session.ts';
import { descendantsOf, heirsOf } from '../organisations/index.ts';
import {
  findClientByToken,
  insertClient,
  listClientsByIds,
  renewClientRow,
  revokeClient,
  type ApiClient,
} from './admin-queries.ts';
import { clientCreated, clientRenewed, clientRevoked } from './identity-events.ts';
import { findActiveApp, listServicesByName } from './oidc-app-queries.ts';
import type { RelyingApp } from './relying-app.ts';
import { findPayload } from './oidc-queries.ts';

/* Partners' programs hold a long random token. It is no password: 256 bits need no slow hash, one SHA-256 is enough and costs nothing per call. */

/** Days for which a token is good, unless the operator says otherwise, and at most. */
export const clientDays = { usual: 90, most: 365 } as const;
const endAfter = (tx: Tx, days: number): Date => new Date(tx.now.getTime() + days * 86_400_000);

/** Makes an API client with scopes such as `dossiers.submit`. Returns its token, shown once; only its hash is stored, and it ends. */
export async function createClient(
  tx: Tx,
  name: string,
  scopes: readonly string[],
  reachUnitIds: readonly string[] = [],
  days: number = clientDays.usual,
): Promise<string> {
  const id = newId();
  const token = `sen_${newSecret()}`;
  await insertClient(
    tx,
    { id, name, scopes: [...scopes], reachUnitIds: [...reachUnitIds] },
    hashToken(token),
    endAfter(tx, days),
  );
  publish(tx, clientCreated, { subject: { kind: 'api-client', id }, payload: { name, scopes: [...scopes] } });
  return token;
}

/** A new token for a client; the one before works for another day, so that nothing stands still. Null when there is none of that name. */
export async function renewClient(tx: Tx, name: string, days: number = clientDays.usual): Promise<string | null> {
  const token = `sen_${newSecret()}`;
  const [client] = await renewClientRow(tx, name, hashToken(token), endAfter(tx, days));
  if (!client) return null;
  publish(tx, clientRenewed, { subject: { kind: 'api-client', id: client.id }, payload: { name, days } });
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
  return {
    id: app.id,
    name: app.nameVi,
    scopes: app.serviceScopes.filter((scope) => scopes.includes(scope)),
    reachUnitIds: [...app.reachUnitIds],
    unitId: app.unitId,
  };
}

/** What the scopes of a program are as rights: over its units and everything below them today, or over what the province has once. */
async function grantsOf(reader: Reader, client: ApiClient): Promise<Map<string, Reach>> {
  const held = definedScopes().flatMap(({ name, permission }) =>
    permission && client.scopes.includes(name) ? [permission] : [],
  );
  const whole = held.filter(({ field }) => field !== 'unit').map(({ name }): [string, Reach] => [name, 'all']);
  const rights = held.filter(({ field }) => field === 'unit').map(({ name }) => name);
  if (rights.length === 0 || client.reachUnitIds.length === 0) return new Map(whole);
  const today = localDate(new Date());
  // A unit that was merged away is stood in for by whoever took over.
  const heirs = [...(await heirsOf(reader, client.reachUnitIds, today)).values()].flat();
  const units = [...new Set([...heirs, ...(await descendantsOf(reader, heirs, today))])];
  return new Map([...whole, ...rights.map((right): [string, Reach] => [right, units])]);
}

const actorOf = async (reader: Reader, client: ApiClient): Promise<Actor> => ({
  kind: 'client',
  id: client.id,
  label: client.name,
  accountId: null,
  unitId: client.unitId ?? null,
  grants: await grantsOf(reader, client),
  scopes: client.scopes,
  assurance: 0,
});

/** Programs by id as they may act now, with all their scopes; those that are suspended, ended or revoked are absent. */
export async function clientActors(reader: Reader, ids: readonly string[]): Promise<Map<string, Actor>> {
  if (ids.length === 0) return new Map();
  const found = new Map<string, Actor>();
  for (const client of await listClientsByIds(reader, ids)) found.set(client.id, await actorOf(reader, client));
  return found;
}

/** A service in use by its exact name or client identifier; undefined when the name fits none or several. */
export async function findServiceByName(reader: Reader, text: string): Promise<RelyingApp | undefined> {
  if (text === '') return undefined;
  const found = await listServicesByName(reader, text);
  return found.length === 1 ? found[0] : undefined;
}

/** The actor of a bearer token, or null. Its rights hold over the units that it is registered for, and nowhere else. */
export async function resolveClient(reader: Reader, token: string, now = new Date()): Promise<Actor | null> {
  if (token.length > 200) return null;
  const client = token.startsWith('sen_')
    ? await findClientByToken(reader, hashToken(token), now)
    : await serviceOf(reader, token);
  return client ? actorOf(reader, client) : null;
}
