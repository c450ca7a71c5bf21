import { statement, type Reader, type Tx } from '../../platform/database.ts';

/*
 * The provider's own state. It is protocol state, not the province's record: each statement stands alone and writes no event. What is put
 * down here lasts minutes or one sign-on, so it does not wait for the disk: after a crash of the database somebody may have to sign in once
 * more. What ends something (used, revoked, signed out) waits as every other write does.
 */

const upsert_ = statement(
  'identity.upsert_oidc_payload',
  `insert into identity.oidc_payload (kind, id, payload, grant_id, user_code, uid, expires_at)
   select $1, $2, $3::jsonb, $4, $5, $6, $7::timestamptz from set_config('synchronous_commit', 'off', true)
   on conflict (kind, id) do update set payload = excluded.payload, grant_id = excluded.grant_id, user_code = excluded.user_code,
     uid = excluded.uid, expires_at = excluded.expires_at`,
);
const LIVE = '(expires_at is null or expires_at > $3)';
const FOUND = `select payload, extract(epoch from consumed_at)::int as consumed from identity.oidc_payload where kind = $1`;
const byId = statement('identity.find_oidc_payload', `${FOUND} and id = $2 and ${LIVE}`);
const byUid = statement('identity.find_oidc_payload_by_uid', `${FOUND} and uid = $2 and ${LIVE}`);
const byUserCode = statement('identity.find_oidc_payload_by_user_code', `${FOUND} and user_code = $2 and ${LIVE}`);
const remove_ = statement(
  'identity.delete_oidc_payload',
  'delete from identity.oidc_payload where kind = $1 and id = $2',
);
const consume_ = statement(
  'identity.consume_oidc_payload',
  'update identity.oidc_payload set consumed_at = $3 where kind = $1 and id = $2',
);
const revoke_ = statement(
  'identity.revoke_oidc_grant',
  `delete from identity.oidc_payload where grant_id = $1 and kind <> 'Session'`,
);
const sweep_ = statement('identity.sweep_oidc_payloads', 'delete from identity.oidc_payload where expires_at < $1');
const endSessions_ = statement(
  'identity.end_oidc_sessions',
  `with gone as (
     delete from identity.oidc_payload where kind = 'Session' and (uid = any($1::text[]) or id = any($2::text[])) returning payload, uid
   ), grants as (
     select a.value ->> 'grantId' as grant_id from gone, jsonb_each(coalesce(gone.payload -> 'authorizations', '{}')) a
   ), revoked as (
     delete from identity.oidc_payload where grant_id in (select grant_id from grants)
   ), dropped as (
     delete from identity.oidc_payload where kind = 'Grant' and id in (select grant_id from grants)
   )
   select uid, payload ->> 'accountId' as "accountId", payload -> 'authorizations' as authorizations from gone`,
);
const endAccount_ = statement(
  'identity.end_oidc_sessions_of_account',
  `with gone as (
     delete from identity.oidc_payload where kind = 'Session' and payload ->> 'accountId' = $1 returning payload, uid
   ), grants as (
     select a.value ->> 'grantId' as grant_id from gone, jsonb_each(coalesce(gone.payload -> 'authorizations', '{}')) a
   ), revoked as (
     delete from identity.oidc_payload where grant_id in (select grant_id from grants)
   ), dropped as (
     delete from identity.oidc_payload where kind = 'Grant' and id in (select grant_id from grants)
   )
   select uid, payload ->> 'accountId' as "accountId", payload -> 'authorizations' as authorizations from gone`,
);

interface PayloadRow {
  payload: Record<string, unknown>;
  consumed: number | null;
}
export interface StoredPayload {
  kind: string;
  id: string;
  payload: object;
  grantId: string | null;
  userCode: string | null;
  uid: string | null;
  expiresAt: Date | null;
}
export const upsertPayload = (db: Reader, p: StoredPayload) =>
  db.run(upsert_, [p.kind, p.id, JSON.stringify(p.payload), p.grantId, p.userCode, p.uid, p.expiresAt]);

const FINDERS = { id: byId, uid: byUid, userCode: byUserCode };
export async function findPayload(
  db: Reader,
  kind: string,
  by: keyof typeof FINDERS,
  value: string,
): Promise<Record<string, unknown> | undefined> {
  const [row] = await db.run<PayloadRow>(FINDERS[by], [kind, value, new Date()]);
  return row && { ...row.payload, ...(row.consumed === null ? {} : { consumed: row.consumed }) };
}
export const deletePayload = (db: Reader, kind: string, id: string) => db.run(remove_, [kind, id]);
export const consumePayload = (db: Reader, kind: string, id: string) => db.run(consume_, [kind, id, new Date()]);
export const revokeGrant = (db: Reader, grantId: string) => db.run(revoke_, [grantId]);
export const sweepPayloads = (db: Reader) => db.run(sweep_, [new Date()]);
/** A session of the provider that has ended, with the clients that were signed in to by it. */
export interface EndedSession {
  uid: string | null;
  accountId: string | null;
  authorizations: Record<string, { sid?: string }> | null;
}
/** Ends provider sessions by their public uid or their secret id, with what they granted. Call `endSignOns`: applications have to hear of it. */
export const endProviderSessions = (tx: Tx, by: { uids?: readonly string[]; ids?: readonly string[] }) =>
  tx.run<EndedSession>(endSessions_, [by.uids ?? [], by.ids ?? []]);
/** Statements that must stay reads of an index, however many sessions are open: a test holds them to it. */
export const sessionStatements = [endSessions_, endAccount_];
export const endProviderSessionsOf = (tx: Tx, accountId: string) => tx.run<EndedSession>(endAccount_, [accountId]);

const lockKeys_ = statement('identity.lock_oidc_keys', `select pg_advisory_xact_lock(hashtext('identity.oidc_key'))`);
const keys_ = statement(
  'identity.list_oidc_keys',
  'select kid, jwk_sealed as sealed from identity.oidc_key where retired_at is null order by created_at desc',
);
const insertKey_ = statement(
  'identity.insert_oidc_key',
  'insert into identity.oidc_key (kid, jwk_sealed, created_at) values ($1, $2, $3)',
);

/** Makes the other processes wait until this transaction has made the first key. */
export const lockKeys = (tx: Tx) => tx.run(lockKeys_);
export const listKeys = (reader: Reader) => reader.run<{ kid: string; sealed: Buffer }>(keys_);
export const insertKey = (tx: Tx, kid: string, sealed: Buffer) => tx.run(insertKey_, [kid, sealed, tx.now]);
