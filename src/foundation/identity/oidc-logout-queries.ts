import { statement, type Reader, type Tx } from '../../platform/database.ts';

const insert = statement(
  'identity.insert_logout_deliveries',
  `insert into identity.logout_delivery (id, app_id, account_id, sid, status, created_at)
   select l.id, p.id, l.account_id, l.sid, 'waiting', $5 from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[]) as l (id, client_id, account_id, sid)
   join identity.relying_app p on p.client_id = l.client_id and p.backchannel_uri is not null returning id`,
);
const find = statement(
  'identity.find_logout_delivery',
  `select d.id, d.app_id as "appId", d.account_id as "accountId", d.sid, d.status, p.client_id as "clientId", p.backchannel_uri as uri,
     p.is_pairwise as "isPairwise", p.redirect_uris as "redirectUris"
   from identity.logout_delivery d join identity.relying_app p on p.id = d.app_id where d.id = $1`,
);
const settle = statement(
  'identity.settle_logout_delivery',
  `update identity.logout_delivery set status = $2, attempts = attempts + 1, last_error = $3, settled_at = case when $2 = 'waiting' then null else $4::timestamptz end
   where id = $1 and status <> 'delivered'`,
);
const again = statement(
  'identity.repeat_logout_deliveries',
  `update identity.logout_delivery set status = 'waiting', settled_at = null where app_id = $1 and status = 'failed' returning id`,
);
const list = statement(
  'identity.list_logout_deliveries',
  `select id, status, attempts, last_error as "lastError", created_at as "createdAt", settled_at as "settledAt"
   from identity.logout_delivery where app_id = $1 order by id desc limit $2`,
);
const sweep = statement(
  'identity.sweep_logout_deliveries',
  `delete from identity.logout_delivery where created_at < $1::timestamptz - interval '90 days'`,
);
/*
 * Sessions of the provider in which people are signed in to one application: of everybody (an index of authorizations leads), or of one account (its own
 * index leads). Two statements each, because a prepared statement with "or $2 is null" reads every session.
 */
const IN_APP = `kind = 'Session' and payload -> 'authorizations' ? $1`;
const SIDS = `select payload ->> 'accountId' as "accountId", payload -> 'authorizations' -> $1 ->> 'sid' as sid from identity.oidc_payload where ${IN_APP}`;
const OF_ACCOUNT = `payload ->> 'accountId' = $2`;
const sidsOfApp = statement('identity.list_sids_of_app', SIDS);
const sidsOfAccount = statement('identity.list_sids_of_app_and_account', `${SIDS} and ${OF_ACCOUNT}`);
const forgetSql = (condition: string): string => `with touched as (
     update identity.oidc_payload set payload = payload #- array['authorizations', $1::text] where ${IN_APP}${condition}
   ), grants as (
     delete from identity.oidc_payload where kind = 'Grant' and payload ->> 'clientId' = $1${condition} returning id
   ), tokens as (
     delete from identity.oidc_payload where grant_id in (select id from grants)
   )`;
const forgetAccount = statement(
  'identity.forget_app_in_sessions_of_account',
  `${forgetSql(` and ${OF_ACCOUNT}`)} select count(*)::int as grants from grants`,
);
const forget = statement(
  'identity.forget_app_in_sessions',
  `${forgetSql('')} delete from identity.oidc_payload where kind = 'ClientCredentials' and payload ->> 'clientId' = $1`,
);
/** Statements that must stay reads of an index, however many sessions are open: a test holds them to it. */
export const signOnStatements = [sidsOfApp, sidsOfAccount, forget, forgetAccount];

export interface Logout {
  clientId: string;
  accountId: string;
  sid: string | null;
}
export async function insertLogouts(tx: Tx, ids: readonly string[], logouts: readonly Logout[]): Promise<string[]> {
  const values = [
    ids,
    logouts.map((one) => one.clientId),
    logouts.map((one) => one.accountId),
    logouts.map((one) => one.sid),
    tx.now,
  ];
  return (await tx.run<{ id: string }>(insert, values)).map((row) => row.id);
}
export interface LogoutDelivery extends Logout {
  id: string;
  appId: string;
  status: 'waiting' | 'delivered' | 'failed';
  uri: string | null;
  isPairwise: boolean;
  redirectUris: string[];
}
export async function findLogout(reader: Reader, id: string): Promise<LogoutDelivery | undefined> {
  return (await reader.run<LogoutDelivery>(find, [id]))[0];
}
export const settleLogout = (tx: Tx, id: string, status: LogoutDelivery['status'], error: string | null) =>
  tx.run(settle, [id, status, error?.slice(0, 300) ?? null, tx.now]);
export async function repeatLogouts(tx: Tx, appId: string): Promise<string[]> {
  return (await tx.run<{ id: string }>(again, [appId])).map((row) => row.id);
}
export interface LogoutLine {
  id: string;
  status: LogoutDelivery['status'];
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  settledAt: Date | null;
}
export const listLogouts = (reader: Reader, appId: string, limit: number) =>
  reader.run<LogoutLine>(list, [appId, limit]);
export const sweepLogouts = (tx: Tx) => tx.run(sweep, [tx.now]);
interface SignOn {
  accountId: string;
  sid: string | null;
}
/** The sign-ons of an application that are open now, of one account or of all. */
export const listSignOns = (reader: Reader, clientId: string, accountId: string | null) =>
  accountId === null
    ? reader.run<SignOn>(sidsOfApp, [clientId])
    : reader.run<SignOn>(sidsOfAccount, [clientId, accountId]);
/** Takes an application out of the provider's sessions, with its grants and tokens. */
export const forgetSignOns = (tx: Tx, clientId: string, accountId: string | null) =>
  accountId === null ? tx.run(forget, [clientId]) : tx.run(forgetAccount, [clientId, accountId]);
