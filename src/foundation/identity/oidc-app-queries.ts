import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { AppClaim, AppKind, AppStatus, RelyingApp } from './relying-app.ts';

const COLUMNS = `p.id, p.client_id as "clientId", p.unit_id as "unitId", p.name_vi as "nameVi", p.name_en as "nameEn", p.purpose_vi as "purposeVi",
  p.purpose_en as "purposeEn", p.home_url as "homeUrl", p.contact, p.kind, p.status, p.audience, p.redirect_uris as "redirectUris",
  p.post_logout_uris as "postLogoutUris", p.backchannel_uri as "backchannelUri", p.auth_method as "authMethod", p.jwks, p.jwks_uri as "jwksUri",
  p.is_pairwise as "isPairwise", p.service_scopes as "serviceScopes", p.reach_unit_ids as "reachUnitIds", p.valid_to as "validTo", p.secret_expires_at as "secretExpiresAt",
  p.allowed_origins as "allowedOrigins", p.notice_version as "noticeVersion", p.secret_made_at as "secretMadeAt",
  p.previous_secret_until as "previousSecretUntil", p.requested_by as "requestedBy", p.status_reason as "statusReason",
  p.last_used_at as "lastUsedAt", p.created_at as "createdAt", p.updated_at as "updatedAt", p.version,
  coalesce((select jsonb_agg(jsonb_build_object('claim', c.claim, 'purpose', c.purpose, 'legalBasis', c.legal_basis) order by c.claim)
    from identity.relying_app_claim c where c.app_id = p.id), '[]') as claims`;

const byId = statement('identity.find_relying_app', `select ${COLUMNS} from identity.relying_app p where p.id = $1`);
const byClient = statement(
  'identity.find_relying_app_by_client',
  `select ${COLUMNS} from identity.relying_app p where p.client_id = $1 and p.status = 'active' and (p.valid_to is null or p.valid_to >= current_date)`,
);
// Keyset over (id), newest first; a requester sees the units of the right only.
const list = statement(
  'identity.list_relying_apps',
  `select ${COLUMNS}, (select count(*)::int from identity.logout_delivery d where d.app_id = p.id and d.status = 'failed') as failed
   from identity.relying_app p
   where ($1::uuid[] is null or p.unit_id = any($1)) and ($2::text is null or p.status = $2) and ($3::text is null or p.kind = $3)
     and ($4::text is null or platform.fold(p.name_vi || ' ' || p.name_en || ' ' || p.client_id) like '%' || platform.fold($4) || '%')
     and ($5::uuid is null or p.id < $5)
   order by p.id desc limit $6`,
);
const waiting = statement(
  'identity.count_requested_apps',
  `select count(*)::int as count from (select from identity.relying_app where status = 'requested' limit 1000) w`,
);

export async function findApp(reader: Reader, id: string): Promise<RelyingApp | undefined> {
  return (await reader.run<RelyingApp>(byId, [id]))[0];
}
/** The application that may sign people in, or call, under this client identifier now. */
export async function findActiveApp(reader: Reader, clientId: string): Promise<RelyingApp | undefined> {
  return (await reader.run<RelyingApp>(byClient, [clientId]))[0];
}
export interface AppFilter {
  /** Units whose applications may be seen; null: all. */
  unitIds: readonly string[] | null;
  status: AppStatus | null;
  kind: AppKind | null;
  text: string | null;
  after: string | null;
}
export type AppLine = RelyingApp & { failed: number };
const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);
export const listApps = (reader: Reader, f: AppFilter, limit: number) =>
  reader.run<AppLine>(list, [f.unitIds, f.status, f.kind, f.text === null ? null : escapeLike(f.text), f.after, limit]);
export async function countRequestedApps(reader: Reader): Promise<number> {
  return (await reader.run<{ count: number }>(waiting))[0]?.count ?? 0;
}

const insert = statement(
  'identity.insert_relying_app',
  `insert into identity.relying_app (id, client_id, unit_id, name_vi, name_en, purpose_vi, purpose_en, home_url, contact, kind, status, audience,
     redirect_uris, post_logout_uris, backchannel_uri, auth_method, jwks, jwks_uri, is_pairwise, service_scopes, reach_unit_ids, valid_to, allowed_origins, requested_by, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $25)`,
);
const update = statement(
  'identity.update_relying_app',
  `update identity.relying_app set name_vi = $3, name_en = $4, purpose_vi = $5, purpose_en = $6, home_url = $7, contact = $8, kind = $9, status = $10,
     audience = $11, redirect_uris = $12, post_logout_uris = $13, backchannel_uri = $14, auth_method = $15, jwks = $16, jwks_uri = $17,
     is_pairwise = $18, service_scopes = $19, reach_unit_ids = $20, valid_to = $21, allowed_origins = $22,
     notice_version = notice_version + $23::int, updated_at = $24, version = version + 1,
     secret_hash = case when $15 in ('client_secret_basic', 'client_secret_post') then secret_hash end,
     secret_made_at = case when $15 in ('client_secret_basic', 'client_secret_post') then secret_made_at end
   where id = $1 and version = $2 returning id`,
);
const replaceClaims = statement(
  'identity.replace_relying_app_claims',
  `with gone as (delete from identity.relying_app_claim where app_id = $1 and claim <> all($2::text[]))
   insert into identity.relying_app_claim (app_id, claim, purpose, legal_basis)
   select $1, c.claim, c.purpose, c.legal_basis from unnest($2::text[], $3::text[], $4::text[]) as c (claim, purpose, legal_basis)
   on conflict (app_id, claim) do update set purpose = excluded.purpose, legal_basis = excluded.legal_basis`,
);
const setStatus = statement(
  'identity.set_relying_app_status',
  `update identity.relying_app set status = $2, status_reason = $3, updated_at = $4, version = version + 1
   where id = $1 and status = any($5::text[]) returning id`,
);
const setSecret = statement(
  'identity.set_relying_app_secret',
  `update identity.relying_app set previous_secret_hash = secret_hash, previous_secret_until = case when secret_hash is null then null else $4::timestamptz end,
     secret_hash = $2, secret_made_at = $3, secret_expires_at = $5, updated_at = $3, version = version + 1 where id = $1`,
);
const secrets = statement(
  'identity.find_relying_app_secrets',
  `select case when secret_expires_at is null or secret_expires_at > $2 then secret_hash end as current, case when previous_secret_until > $2 then previous_secret_hash end as previous
   from identity.relying_app where client_id = $1 and status = 'active'`,
);

export type AppDetails = Omit<
  RelyingApp,
  | 'id'
  | 'clientId'
  | 'unitId'
  | 'status'
  | 'noticeVersion'
  | 'secretMadeAt'
  | 'secretExpiresAt'
  | 'previousSecretUntil'
  | 'requestedBy'
  | 'statusReason'
  | 'lastUsedAt'
  | 'createdAt'
  | 'updatedAt'
  | 'version'
>;
const detailValues = (d: AppDetails): unknown[] => [
  d.audience,
  d.redirectUris,
  d.postLogoutUris,
  d.backchannelUri,
  d.authMethod,
  d.jwks === null ? null : JSON.stringify(d.jwks),
  d.jwksUri,
  d.isPairwise,
  d.serviceScopes,
  d.reachUnitIds,
  d.validTo,
  d.allowedOrigins,
];
export interface NewApp extends AppDetails {
  id: string;
  clientId: string;
  unitId: string;
  status: AppStatus;
  requestedBy: string;
}
export async function insertApp(tx: Tx, app: NewApp): Promise<void> {
  await tx.run(insert, [
    app.id,
    app.clientId,
    app.unitId,
    app.nameVi,
    app.nameEn,
    app.purposeVi,
    app.purposeEn,
    app.homeUrl,
    app.contact,
    app.kind,
    app.status,
    ...detailValues(app),
    app.requestedBy,
    tx.now,
  ]);
  await saveClaims(tx, app.id, app.claims);
}
/** False when somebody else changed it since `version`. */
export async function updateApp(
  tx: Tx,
  id: string,
  version: number,
  app: AppDetails & { status: AppStatus },
  isMore: boolean,
): Promise<boolean> {
  const rows = await tx.run(update, [
    id,
    version,
    app.nameVi,
    app.nameEn,
    app.purposeVi,
    app.purposeEn,
    app.homeUrl,
    app.contact,
    app.kind,
    app.status,
    ...detailValues(app),
    isMore ? 1 : 0,
    tx.now,
  ]);
  if (rows.length === 0) return false;
  await saveClaims(tx, id, app.claims);
  return true;
}
const saveClaims = (tx: Tx, id: string, claims: readonly AppClaim[]) =>
  tx.run(replaceClaims, [
    id,
    claims.map((c) => c.claim),
    claims.map((c) => c.purpose),
    claims.map((c) => c.legalBasis),
  ]);
export async function updateAppStatus(
  tx: Tx,
  id: string,
  status: AppStatus,
  reason: string | null,
  from: readonly AppStatus[],
): Promise<boolean> {
  return (await tx.run(setStatus, [id, status, reason, tx.now, from])).length === 1;
}
export const updateAppSecret = (tx: Tx, id: string, hash: Buffer, previousUntil: Date, expiresAt: Date) =>
  tx.run(setSecret, [id, hash, tx.now, previousUntil, expiresAt]);
export async function listSecretHashes(reader: Reader, clientId: string, now: Date): Promise<Buffer[]> {
  const [row] = await reader.run<{ current: Buffer | null; previous: Buffer | null }>(secrets, [clientId, now]);
  return [row?.current, row?.previous].filter((hash) => hash != null);
}

const noteTokenUse = statement(
  'identity.note_service_use',
  `with app as (select id from identity.relying_app where client_id = $1), used as (
     update identity.relying_app set last_used_at = $2 where id = (select id from app)
       and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')
   )
   insert into identity.api_client_use as u (client_id, day, tokens, last_at)
   select app.id, $3::date, 1, $2 from app, set_config('synchronous_commit', 'off', true)
   on conflict (client_id, day) do update set tokens = u.tokens + 1, last_at = excluded.last_at`,
);
/**
 * Counts a token that a program took. A count and not a record: one statement of its own, which does not wait for the disk. When the program
 * was last seen is kept to the minute.
 */
export const noteServiceUse = (db: Reader, clientId: string, now: Date, day: string) =>
  db.run(noteTokenUse, [clientId, now, day]);

const tokenDays = statement(
  'identity.list_service_days',
  `select day, tokens as "signIns" from identity.api_client_use where client_id = $1 and day > $2::date - 30 order by day desc`,
);
/** Tokens taken by a program, by day, of the last 30. */
export const listServiceDays = (reader: Reader, appId: string, day: string) =>
  reader.run<{ day: string; signIns: number }>(tokenDays, [appId, day]);

const origins = statement(
  'identity.find_allowed_origin',
  `select 1 as found from identity.relying_app where $1 = any(allowed_origins) and status = 'active' limit 1`,
);
/** Whether some application in use named this web site. */
export const isAllowedOrigin = async (reader: Reader, origin: string): Promise<boolean> =>
  (await reader.run(origins, [origin])).length > 0;

const servicesByName = statement(
  'identity.list_services_by_name',
  `select ${COLUMNS} from identity.relying_app p where p.kind = 'service' and p.status = 'active'
     and (p.client_id = $1 or lower(p.name_vi) = lower($1) or lower(p.name_en) = lower($1)) order by p.id limit 2`,
);
/** Services in use with a name or client identifier. */
export const listServicesByName = (reader: Reader, text: string) => reader.run<RelyingApp>(servicesByName, [text]);
