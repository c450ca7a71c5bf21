import type { Reach } from '../../platform/access.ts';
import type { AssuranceLevel } from '../../platform/assurance.ts';
import { localDate } from '../../platform/clock.ts';
import { statement, type ActorReference, type Reader, type Tx } from '../../platform/database.ts';
import { SESSION_IDLE_MINUTES, type ResolveSession, type SessionView } from '../../platform/session.ts';
import { policy, type IdentityPolicy } from './identity-policy.ts';

interface SessionRow {
  account_kind: 'citizen' | 'business' | 'official';
  account_id: string;
  post_id: string | null;
  sso_session_id: string | null;
  assurance: AssuranceLevel;
  methods: string[];
  proven_at: Date | null;
  has_factor: boolean;
  seen_at: Date;
  expires_at: Date;
  locked_at: Date | null;
  name: string;
  person_name: string | null;
  person_id: string | null;
  member_role: 'owner' | 'agent' | 'viewer' | null;
  officer_id: string | null;
  officer_name: string | null;
  unit_id: string | null;
  unit_name: string | null;
  post_name: string | null;
  grants: Record<string, true | string[]> | null;
}

// Everything a request needs to know of its sender in one round trip. Rights come from organisations' own function.
const resolve = statement(
  'identity.resolve_session',
  `select s.account_kind, s.account_id, s.post_id, s.sso_session_id, s.assurance, s.methods, s.proven_at, s.seen_at, s.expires_at, s.locked_at,
     a.name, m.name as person_name, d.person_id, b.role as member_role, o.officer_id, f.officer_name, f.unit_id, f.unit_name, f.post_name, g.grants,
     exists (select from identity.factor x where x.account_id = coalesce(d.person_id, s.account_id)) as has_factor
   from platform.session s
   join identity.account a on a.id = s.account_id and a.status = 'active'
   left join identity.session_detail d on d.token_hash = s.token_hash
   left join identity.account m on m.id = d.person_id
   left join identity.official o on o.account_id = s.account_id
   left join identity.business_member b on b.business_id = s.account_id and b.person_id = d.person_id
     and b.valid_from <= $3::date and (b.valid_to is null or b.valid_to >= $3::date)
   left join lateral organisations.post_facts(o.officer_id, s.post_id, $3::date) f on o.officer_id is not null
   left join lateral (
     select jsonb_object_agg(permission, case when everywhere then 'true'::jsonb else to_jsonb(unit_ids) end) as grants
     from lateral organisations.grants_of(o.officer_id, s.post_id, $3::date)) g on s.post_id is not null
   where s.token_hash = $1 and s.expires_at > $2
     and (d.person_id is null or m.status = 'active')
     and (s.account_kind <> 'business' or d.person_id is null or b.person_id is not null)`,
);

const MANAGE = 'identity.manage';
const NO_GRANTS: ReadonlyMap<string, Reach> = new Map();

function grantsOf(row: SessionRow): ReadonlyMap<string, Reach> {
  if (!row.grants) return NO_GRANTS;
  return new Map(Object.entries(row.grants).map(([name, reach]) => [name, reach === true ? 'all' : reach]));
}

/** Minutes of silence after which the screen of this session locks; null: it never locks (people's own sessions end instead). */
export function idleLockMinutes(
  kind: string,
  grants: ReadonlyMap<string, Reach>,
  rules: IdentityPolicy = policy,
): number | null {
  if (kind !== 'official') return null;
  return grants.has(MANAGE) ? rules.administratorIdleLockMinutes : rules.idleLockMinutes;
}

function viewOf(row: SessionRow, tokenHash: Buffer, now: Date, rules: IdentityPolicy): SessionView | null {
  const silentMinutes = (now.getTime() - row.seen_at.getTime()) / 60_000;
  const grants = grantsOf(row);
  const lockAfter = idleLockMinutes(row.account_kind, grants, rules);
  // A citizen's forgotten session ends; an official's is locked, so that the work on the screen is not lost.
  if (lockAfter === null && silentMinutes > SESSION_IDLE_MINUTES) return null;
  const isOfficial = row.account_kind === 'official';
  return {
    tokenHash,
    locked: row.locked_at !== null || (lockAfter !== null && silentMinutes >= lockAfter),
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    ssoSessionId: row.sso_session_id,
    methods: row.methods,
    provenAt: row.proven_at,
    hasFactor: row.has_factor,
    actor: {
      kind: row.account_kind,
      id: isOfficial ? row.officer_id : row.account_id,
      label: isOfficial
        ? (row.officer_name ?? row.name)
        : row.person_name
          ? `${row.name} (${row.person_name})`
          : row.name,
      accountId: row.account_id,
      unitId: row.unit_id,
      postId: row.post_id,
      grants,
      scopes: [],
      assurance: row.assurance,
      ...(row.person_id === null || row.account_kind !== 'business' ? {} : { personId: row.person_id }),
      ...(row.member_role === 'viewer' ? { seesOnly: true } : {}),
      ...(row.unit_name === null ? {} : { unitName: row.unit_name }),
      ...(row.post_name === null ? {} : { postName: row.post_name }),
    },
  };
}

/** The platform's `ResolveSession` under the given policy: one round trip, null when the session or its account is over. */
export const resolveSessionWith =
  (rules: IdentityPolicy): ResolveSession =>
  async (reader, tokenHash, now) => {
    const [row] = await reader.run<SessionRow>(resolve, [tokenHash, now, localDate(now)]);
    return row ? viewOf(row, tokenHash, now, rules) : null;
  };

/** Turns a session cookie into an actor. `actor.id` is the officer for officials, the account for everybody else. */
export const resolveSession: ResolveSession = resolveSessionWith(policy);

const insertDetail = statement(
  'identity.insert_session_detail',
  'insert into identity.session_detail (token_hash, person_id) values ($1, $2)',
);
const personOf = statement(
  'identity.session_person',
  'select person_id from identity.session_detail where token_hash = $1',
);
const list = statement(
  'identity.list_sessions',
  `select encode(s.token_hash, 'hex') as id, s.client_id as "clientId", s.created_at as "createdAt", s.seen_at as "seenAt",
     s.user_agent as "userAgent", s.address, s.account_kind as "accountKind", s.assurance as level
   from platform.session s left join identity.session_detail d on d.token_hash = s.token_hash
   where (s.account_id = $1 or d.person_id = $1) and s.expires_at > $2 order by s.seen_at desc limit 100`,
);
const endOne = statement(
  'identity.end_session',
  `delete from platform.session s where s.token_hash = decode($2, 'hex') and (s.account_id = $1
     or exists (select from identity.session_detail d where d.token_hash = s.token_hash and d.person_id = $1)) returning s.sso_session_id`,
);
const endAll = statement(
  'identity.end_sessions_of_account',
  `with ended as (
     delete from platform.session s where (s.account_id = $1
       or s.token_hash in (select token_hash from identity.session_detail where person_id = $1)) and s.token_hash is distinct from $2
     returning s.sso_session_id)
   select sso_session_id from ended`,
);
const endSso = statement(
  'identity.end_sessions_of_sso',
  'delete from platform.session where sso_session_id = $1 returning account_id as "accountId", client_id as "clientId"',
);
const setPost = statement(
  'identity.set_session_post',
  'update platform.session set post_id = $2 where token_hash = $1',
);
const lock = statement(
  'identity.lock_session',
  'update platform.session set locked_at = coalesce(locked_at, $2) where token_hash = $1',
);
const unlock = statement(
  'identity.unlock_session',
  'update platform.session set locked_at = null, seen_at = $2 where token_hash = $1',
);

export interface SessionLine {
  id: string;
  clientId: string;
  createdAt: Date;
  seenAt: Date;
  userAgent: string | null;
  address: string | null;
  accountKind: ActorReference['kind'];
  level: AssuranceLevel;
}

export const insertSessionDetail = (tx: Tx, tokenHash: Buffer, personId: string) =>
  tx.run(insertDetail, [tokenHash, personId]);
export async function findSessionPerson(reader: Reader, tokenHash: Buffer): Promise<string | null> {
  return (await reader.run<{ person_id: string }>(personOf, [tokenHash]))[0]?.person_id ?? null;
}
export const listSessions = (reader: Reader, accountId: string, now: Date) =>
  reader.run<SessionLine>(list, [accountId, now]);
export const deleteSession = (tx: Tx, accountId: string, id: string) =>
  tx.run<{ sso_session_id: string | null }>(endOne, [accountId, id]);
export const deleteSessionsOf = (tx: Tx, accountId: string, except: Buffer | null) =>
  tx.run<{ sso_session_id: string | null }>(endAll, [accountId, except]);
export const deleteSessionsOfSso = (tx: Tx, ssoSessionId: string) =>
  tx.run<{ accountId: string; clientId: string }>(endSso, [ssoSessionId]);
export const updateSessionPost = (tx: Tx, tokenHash: Buffer, postId: string) => tx.run(setPost, [tokenHash, postId]);
export const lockSession = (tx: Tx, tokenHash: Buffer) => tx.run(lock, [tokenHash, tx.now]);
export const unlockSession = (tx: Tx, tokenHash: Buffer) => tx.run(unlock, [tokenHash, tx.now]);

const posts = statement(
  'identity.list_posts_of_officer',
  `select post_id as "postId", post_name as "postName", unit_id as "unitId", unit_name as "unitName", is_primary as "isPrimary"
   from lateral organisations.posts_of($1, $2::date)`,
);
export interface PostOption {
  postId: string;
  postName: string;
  unitId: string;
  unitName: string | null;
  isPrimary: boolean;
}
/** The posts an officer may work in on the day of `now`, the primary one first. */
export const listPostsOf = (reader: Reader, officerId: string, now: Date) =>
  reader.run<PostOption>(posts, [officerId, localDate(now)]);

const endBusiness = statement(
  'identity.end_business_sessions',
  `delete from platform.session s using identity.session_detail d where d.token_hash = s.token_hash and s.account_id = $1 and d.person_id = $2`,
);
export const deleteBusinessSessionsOf = (tx: Tx, businessId: string, personId: string) =>
  tx.run(endBusiness, [businessId, personId]);
