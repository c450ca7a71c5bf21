import { statement, type Reader, type Tx } from '../../platform/database.ts';

const count = statement(
  'identity.count_merge_things',
  `select (select count(*)::int from identity.login s where s.account_id = $1 and s.kind in ('email', 'phone')
       and not exists (select from identity.login t where t.account_id = $2 and t.kind = s.kind)) as contacts,
     (select count(*)::int from identity.login s where s.account_id = $1 and s.kind in ('email', 'phone')
       and exists (select from identity.login t where t.account_id = $2 and t.kind = s.kind)) as "contactsKept",
     (select count(*)::int from identity.business_member s where s.person_id = $1
       and not exists (select from identity.business_member t where t.person_id = $2 and t.business_id = s.business_id)) as memberships,
     (select count(*)::int from identity.national_identity s where s.account_id = $1
       and not exists (select from identity.national_identity t where t.account_id = $2)) as national,
     (select count(*)::int from identity.factor where account_id = $1) as factors,
     (select count(*)::int from platform.session where account_id = $1) as sessions`,
);
interface MergeCounts {
  contacts: number;
  contactsKept: number;
  memberships: number;
  national: number;
  factors: number;
  sessions: number;
}
/** What an account has that a merger would touch. */
export const countMergeThings = async (reader: Reader, sourceId: string, targetId: string): Promise<MergeCounts> =>
  (await reader.run<MergeCounts>(count, [sourceId, targetId]))[0]!;

// An e-mail or telephone goes over only where the target has none of its own.
const logins = statement(
  'identity.merge_logins',
  `update identity.login s set account_id = $2 where s.account_id = $1 and s.kind in ('email', 'phone')
     and not exists (select from identity.login t where t.account_id = $2 and t.kind = s.kind) returning s.kind as id`,
);
const loginsBack = statement(
  'identity.unmerge_logins',
  `update identity.login set account_id = $1 where account_id = $2 and kind = any($3::text[])`,
);
const members = statement(
  'identity.merge_memberships',
  `update identity.business_member s set person_id = $2 where s.person_id = $1
     and not exists (select from identity.business_member t where t.person_id = $2 and t.business_id = s.business_id) returning s.business_id as id`,
);
const membersBack = statement(
  'identity.unmerge_memberships',
  `update identity.business_member set person_id = $1 where person_id = $2 and business_id = any($3::uuid[])`,
);
const national = statement(
  'identity.merge_national',
  `update identity.national_identity s set account_id = $2 where s.account_id = $1
     and not exists (select from identity.national_identity t where t.account_id = $2) returning s.subject as id`,
);
const nationalBack = statement(
  'identity.unmerge_national',
  `update identity.national_identity set account_id = $1 where account_id = $2 and subject = any($3::text[])`,
);

const moveBy =
  (query: typeof logins) =>
  async (tx: Tx, sourceId: string, targetId: string): Promise<string[]> =>
    (await tx.run<{ id: string }>(query, [sourceId, targetId])).map((row) => row.id);
const backBy =
  (query: typeof logins) =>
  (tx: Tx, sourceId: string, targetId: string, ids: readonly string[]): Promise<object[]> =>
    tx.run(query, [sourceId, targetId, ids]);

/** Kinds of login names that went over. */
export const mergeLogins = moveBy(logins);
export const unmergeLogins = backBy(loginsBack);
/** Businesses the person now acts for with the target. */
export const mergeMemberships = moveBy(members);
export const unmergeMemberships = backBy(membersBack);
/** Subjects of the national account that went over. */
export const mergeNational = moveBy(national);
export const unmergeNational = backBy(nationalBack);
