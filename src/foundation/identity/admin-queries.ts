import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { AccountKind, AccountStatus } from './account.ts';

const demos = statement(
  'identity.count_demo_accounts',
  `select count(*)::int as count from identity.account where is_demo and status = 'active'`,
);
const setStatus_ = statement(
  'identity.set_account_status',
  `update identity.account set status = $2, status_reason = $3, updated_at = $4, version = version + 1,
     failed_attempts = 0, lock_level = 0, locked_until = null,
     last_sign_in_at = case when $2 = 'active' then $4 else last_sign_in_at end
   where id = $1 and status <> 'closed' and (status <> $2 or locked_until is not null) returning id`,
);
// Whoever signs in seldom is an official only: citizens come once a year and stay welcome.
const inactive = statement(
  'identity.lock_inactive',
  `update identity.account set status = 'locked', status_reason = 'inactive', updated_at = $1, version = version + 1
   where kind = 'official' and status = 'active' and coalesce(last_sign_in_at, created_at) < $2 and not is_demo returning id`,
);
const soonInactive = statement(
  'identity.list_soon_inactive',
  `select id, coalesce(last_sign_in_at, created_at) as "usedAt" from identity.account
   where kind = 'official' and status = 'active' and not is_demo and coalesce(last_sign_in_at, created_at) >= $1
     and coalesce(last_sign_in_at, created_at) < $2 order by id limit 5000`,
);
const closeDemo = statement(
  'identity.close_demo_accounts',
  `update identity.account set status = 'closed', status_reason = 'demo', password_hash = null, updated_at = $1 where is_demo and status <> 'closed' returning id`,
);
const sweepSignIns_ = statement(
  'identity.sweep_sign_ins',
  `delete from identity.sign_in where occurred_at < $1::timestamptz - interval '180 days'`,
);
const LINE = `select a.id, a.kind, a.status, a.name, a.status_reason as "statusReason", a.locked_until as "lockedUntil", a.last_sign_in_at as "lastSignInAt",
     a.created_at as "createdAt", o.officer_id as "officerId",
     (select l.value from identity.login l where l.account_id = a.id order by array_position(array['user-name','identity-number','tax-code','email','phone'], l.kind) limit 1) as login
   from identity.account a left join identity.official o on o.account_id = a.id`;
const line = statement('identity.find_account_line', `${LINE} where a.id = $1`);
// Keyset over (id): ids of version 7 run in order of creation, so the newest come first and a deep page costs no more.
const list = statement(
  'identity.list_accounts',
  `${LINE}
   where ($1::text is null or a.kind = $1) and ($2::text is null or a.status = $2) and ($3::uuid is null or a.id < $3)
     and (($4::text is null and $5::text is null) or a.id in (
       select n.id from identity.account n where platform.fold(n.name) like '%' || platform.fold($4) || '%'
       union all select l.account_id from identity.login l where l.value = $5))
     and ($7::uuid[] is null or o.officer_id = any((select organisations.officers_within($7, $8::date))::uuid[]))
   order by a.id desc limit $6`,
);

export async function countDemoAccounts(reader: Reader): Promise<number> {
  return (await reader.run<{ count: number }>(demos))[0]?.count ?? 0;
}
/** False when the account is closed, gone, or in that state already. */
export async function updateStatus(tx: Tx, id: string, status: AccountStatus, reason: string | null): Promise<boolean> {
  return (await tx.run(setStatus_, [id, status, reason, tx.now])).length === 1;
}
export const lockInactive = (tx: Tx, before: Date) => tx.run<{ id: string }>(inactive, [tx.now, before]);
export const listSoonInactive = (reader: Reader, lockedFrom: Date, warnedFrom: Date) =>
  reader.run<{ id: string; usedAt: Date }>(soonInactive, [lockedFrom, warnedFrom]);
export const closeDemoAccounts = (tx: Tx) => tx.run<{ id: string }>(closeDemo, [tx.now]);
export const sweepSignIns = (tx: Tx) => tx.run(sweepSignIns_, [tx.now]);

export interface AccountLine {
  id: string;
  kind: AccountKind;
  status: AccountStatus;
  statusReason: string | null;
  name: string;
  login: string | null;
  lockedUntil: Date | null;
  lastSignInAt: Date | null;
  createdAt: Date;
  officerId: string | null;
}
export async function findAccountLine(reader: Reader, id: string): Promise<AccountLine | undefined> {
  return (await reader.run<AccountLine>(line, [id]))[0];
}
export interface AccountFilter {
  kind: AccountKind | null;
  status: AccountStatus | null;
  text: string | null;
  /** The text is a number or an address: only the exact login name is looked for. */
  isExact: boolean;
  /** Normalised login name, when the text is one. */
  login: string | null;
  /** Only accounts of officials of these units on `day`; null for every account. */
  unitIds: readonly string[] | null;
  day: string;
  after: string | null;
  limit: number;
}
const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);
export const listAccounts = (reader: Reader, f: AccountFilter) =>
  reader.run<AccountLine>(list, [
    f.kind,
    f.status,
    f.after,
    f.text === null || f.isExact ? null : escapeLike(f.text),
    f.login,
    f.limit,
    f.unitIds,
    f.day,
  ]);

const insertClient_ = statement(
  'identity.insert_api_client',
  'insert into identity.api_client (id, name, token_hash, scopes, created_at, reach_unit_ids, expires_at) values ($1, $2, $3, $4, $5, $6, $7)',
);
const clientByToken = statement(
  'identity.find_api_client',
  `select id, name, scopes, reach_unit_ids as "reachUnitIds" from identity.api_client
   where revoked_at is null and coalesce(expires_at, created_at + interval '365 days') > $2
     and (token_hash = $1 or (former_hash = $1 and former_until > $2))`,
);
const renew = statement(
  'identity.renew_api_client',
  `update identity.api_client set former_hash = token_hash, former_until = least(expires_at, $3::timestamptz + interval '1 day'), token_hash = $2, expires_at = $4
   where name = $1 and revoked_at is null returning id`,
);
const ending = statement(
  'identity.list_ending_api_clients',
  `select name, expires_at as "expiresAt" from identity.api_client where revoked_at is null and expires_at between $1 and $2 order by expires_at limit 100`,
);
const revokeClient_ = statement(
  'identity.revoke_api_client',
  'update identity.api_client set revoked_at = $2 where name = $1 and revoked_at is null returning id',
);
const clients = statement(
  'identity.list_api_clients',
  'select id, name, scopes, created_at as "createdAt", revoked_at as "revokedAt", expires_at as "expiresAt" from identity.api_client order by name',
);
export interface ApiClient {
  id: string;
  name: string;
  scopes: string[];
  reachUnitIds: string[];
  /** The agency that answers for it; null for tokens that the operator made. */
  unitId?: string | null;
}
export const insertClient = (tx: Tx, client: ApiClient, tokenHash: Buffer, expiresAt: Date) =>
  tx.run(insertClient_, [client.id, client.name, tokenHash, client.scopes, tx.now, client.reachUnitIds, expiresAt]);
/** The program whose token it is at a moment: not revoked, not ended; the token before counts for a day after a renewal. */
export async function findClientByToken(reader: Reader, tokenHash: Buffer, now: Date): Promise<ApiClient | undefined> {
  return (await reader.run<ApiClient>(clientByToken, [tokenHash, now]))[0];
}
export const renewClientRow = (tx: Tx, name: string, tokenHash: Buffer, expiresAt: Date) =>
  tx.run<{ id: string }>(renew, [name, tokenHash, tx.now, expiresAt]);
/** Programs whose token ends within a time, the next first. */
export const listEndingClients = (reader: Reader, from: Date, to: Date) =>
  reader.run<{ name: string; expiresAt: Date }>(ending, [from, to]);
export const revokeClient = (tx: Tx, name: string) => tx.run<{ id: string }>(revokeClient_, [name, tx.now]);
export const listClients = (reader: Reader) =>
  reader.run<ApiClient & { createdAt: Date; revokedAt: Date | null; expiresAt: Date | null }>(clients);

const clientsById = statement(
  'identity.list_clients_by_ids',
  `select id, name, scopes, reach_unit_ids as "reachUnitIds", null::uuid as "unitId" from identity.api_client
   where id = any($1::uuid[]) and revoked_at is null
   union all
   select id, name_vi, service_scopes, reach_unit_ids, unit_id from identity.relying_app
   where id = any($1::uuid[]) and status = 'active' and kind = 'service' and (valid_to is null or valid_to >= current_date)`,
);
/** Programs that may call now: tokens of the operator's and services of agencies. */
export const listClientsByIds = (reader: Reader, ids: readonly string[]) => reader.run<ApiClient>(clientsById, [ids]);
