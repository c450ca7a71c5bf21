import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { TraceRow } from './operation-trace-queries.ts';

/** A post of a unit that ends, with the people who hold it on or after the day of the change. */
export interface MovingPost {
  id: string;
  unitId: string;
  titleVi: string;
  titleEn: string;
  isLeader: boolean;
  validFrom: string;
  holders: { officerId: string; fullName: string; isPrimary: boolean }[];
  substitutions: number;
}

const moving = statement(
  'organisations.list_moving_posts',
  `select p.id, p.unit_id as "unitId", p.title_vi as "titleVi", p.title_en as "titleEn", p.is_leader as "isLeader", p.valid_from as "validFrom",
     coalesce((select jsonb_agg(jsonb_build_object('officerId', o.id, 'fullName', o.full_name, 'isPrimary', a.is_primary) order by o.given_name, o.id)
       from organisations.appointment a join organisations.officer o on o.id = a.officer_id
       where a.post_id = p.id and (a.valid_to is null or a.valid_to >= $2)), '[]') as holders,
     (select count(*)::int from organisations.substitution s where s.post_id = p.id and s.valid_to >= $2 and (s.revoked_on is null or s.revoked_on > $2)) as substitutions
   from organisations.post p where p.unit_id = any($1) and (p.valid_to is null or p.valid_to >= $2)
   order by p.unit_id, p.is_leader desc, p.sort_order, p.id`,
);
const leaders = statement(
  'organisations.count_leader_posts',
  `select p.unit_id as "unitId", count(*)::int as n from organisations.post p
   where p.unit_id = any($1) and p.is_leader and p.valid_from <= $2 and (p.valid_to is null or p.valid_to >= $2)
     and exists (select from organisations.appointment a where a.post_id = p.id and (a.valid_to is null or a.valid_to >= $2)) group by p.unit_id`,
);
const reaching = statement(
  'organisations.count_reaching_posts',
  `select l.unit_id as "unitId", count(*)::int as n from organisations.post_role_unit l where l.unit_id = any($1) group by l.unit_id`,
);

const POSTS = `jsonb_to_recordset($1::jsonb) as m ("fromPostId" uuid, "toPostId" uuid, "toUnitId" uuid)`;
const endPosts = statement(
  'organisations.end_moving_posts',
  `with old as (
     select p.id, p.valid_to from organisations.post p join ${POSTS} on m."fromPostId" = p.id where p.valid_from <= $2 for update of p
   ), ended as (
     update organisations.post p set valid_to = $2, version = version + 1 from old where p.id = old.id
   )
   select 'post' as relation, id as "rowId", jsonb_build_object('valid_to', valid_to) as before from old`,
);
const copyPosts = statement(
  'organisations.copy_moving_posts',
  `insert into organisations.post (id, key, unit_id, title_vi, title_en, is_leader, sort_order, is_example, valid_from, valid_to, created_at)
   select m."toPostId", null, m."toUnitId", p.title_vi, p.title_en, p.is_leader, p.sort_order, p.is_example, greatest(p.valid_from, $2::date), (o.before->>'valid_to')::date, $3
   from organisations.post p join ${POSTS} on m."fromPostId" = p.id
   left join jsonb_to_recordset($4::jsonb) as o ("rowId" uuid, before jsonb) on o."rowId" = p.id
   where m."toPostId" is not null returning 'post' as relation, id as "rowId"`,
);
const copyRoles = statement(
  'organisations.copy_moving_roles',
  `with old as (
     select r.id, gen_random_uuid() as new_id, m."toPostId" as post_id, r.role_id, r.reach
     from organisations.post_role r join ${POSTS} on m."fromPostId" = r.post_id where m."toPostId" is not null
   ), fresh as (
     insert into organisations.post_role (id, post_id, role_id, reach, created_at) select new_id, post_id, role_id, reach, $2 from old
   ), pairs as (
     select * from jsonb_to_recordset($3::jsonb) as u ("fromUnitId" uuid, "toUnitId" uuid)
   ), units as (
     insert into organisations.post_role_unit (post_role_id, unit_id)
     select distinct old.new_id, coalesce(u."toUnitId", l.unit_id) from old join organisations.post_role_unit l on l.post_role_id = old.id
     left join pairs u on u."fromUnitId" = l.unit_id
     returning post_role_id, unit_id
   )
   select 'post_role' as relation, new_id as "rowId", null::uuid as "otherId" from old
   union all select 'post_role_unit', post_role_id, unit_id from units`,
);
const extendReach = statement(
  'organisations.extend_listed_reach',
  `insert into organisations.post_role_unit (post_role_id, unit_id)
   select distinct l.post_role_id, u."toUnitId" from organisations.post_role_unit l
   join jsonb_to_recordset($1::jsonb) as u ("fromUnitId" uuid, "toUnitId" uuid) on u."fromUnitId" = l.unit_id
   on conflict do nothing returning 'post_role_unit' as relation, post_role_id as "rowId", unit_id as "otherId"`,
);
const endAppointments = statement(
  'organisations.end_moving_appointments',
  `with old as (
     select a.id, a.valid_to, a.ending_decision_number from organisations.appointment a join ${POSTS} on m."fromPostId" = a.post_id
     where a.valid_from <= $2 and (a.valid_to is null or a.valid_to > $2) for update of a
   ), ended as (
     update organisations.appointment a set valid_to = $2, ending_decision_number = $3 from old where a.id = old.id
   )
   select 'appointment' as relation, id as "rowId", jsonb_build_object('valid_to', valid_to, 'ending_decision_number', ending_decision_number) as before from old`,
);
const copyAppointments = statement(
  'organisations.copy_moving_appointments',
  `insert into organisations.appointment (id, officer_id, post_id, is_primary, decision_number, valid_from, valid_to, created_at)
   select gen_random_uuid(), a.officer_id, m."toPostId", a.is_primary and not (a.officer_id::text || ' ' || a.post_id::text = any($5::text[])), $3, $2::date + 1, (o.before->>'valid_to')::date, $4
   from jsonb_to_recordset($6::jsonb) as o ("rowId" uuid, before jsonb) join organisations.appointment a on a.id = o."rowId"
   join ${POSTS} on m."fromPostId" = a.post_id
   where m."toPostId" is not null returning 'appointment' as relation, id as "rowId"`,
);
const redirectAppointments = statement(
  'organisations.redirect_later_appointments',
  `with old as (
     select a.id, a.post_id, m."toPostId" as next from organisations.appointment a join ${POSTS} on m."fromPostId" = a.post_id
     where a.valid_from > $2 and m."toPostId" is not null for update of a
   ), changed as (
     update organisations.appointment a set post_id = old.next from old where a.id = old.id
   )
   select 'appointment' as relation, id as "rowId", jsonb_build_object('post_id', post_id) as before from old`,
);
const endSubstitutions = statement(
  'organisations.end_moving_substitutions',
  `with old as (
     select s.id, s.valid_to from organisations.substitution s join ${POSTS} on m."fromPostId" = s.post_id
     where s.valid_from <= $2 and s.valid_to > $2 and s.revoked_on is null for update of s
   ), ended as (
     update organisations.substitution s set valid_to = $2 from old where s.id = old.id
   )
   select 'substitution' as relation, id as "rowId", jsonb_build_object('valid_to', valid_to) as before from old`,
);
const copySubstitutions = statement(
  'organisations.copy_moving_substitutions',
  `insert into organisations.substitution (id, post_id, from_officer_id, to_officer_id, permissions, scope_note, document_number, valid_from, valid_to, created_at)
   select gen_random_uuid(), m."toPostId", s.from_officer_id, s.to_officer_id, s.permissions, s.scope_note, s.document_number, $2::date + 1, (o.before->>'valid_to')::date, $3
   from jsonb_to_recordset($4::jsonb) as o ("rowId" uuid, before jsonb) join organisations.substitution s on s.id = o."rowId"
   join ${POSTS} on m."fromPostId" = s.post_id
   where m."toPostId" is not null returning 'substitution' as relation, id as "rowId"`,
);
const redirectSubstitutions = statement(
  'organisations.redirect_later_substitutions',
  `with old as (
     select s.id, s.post_id, m."toPostId" as next from organisations.substitution s join ${POSTS} on m."fromPostId" = s.post_id
     where s.valid_from > $2 and m."toPostId" is not null for update of s
   ), changed as (
     update organisations.substitution s set post_id = old.next from old where s.id = old.id
   )
   select 'substitution' as relation, id as "rowId", jsonb_build_object('post_id', post_id) as before from old`,
);
const keepPosts = statement(
  'organisations.insert_operation_posts',
  `insert into organisations.operation_post (operation_id, from_post_id, to_post_id)
   select $2, m."fromPostId", m."toPostId" from ${POSTS} where m."toPostId" is not null`,
);

/** Posts of units that are held or open on or after a day, with their holders. */
export const listMovingPosts = (
  reader: Reader,
  unitIds: readonly string[],
  effectiveOn: string,
): Promise<MovingPost[]> => reader.run<MovingPost>(moving, [unitIds, effectiveOn]);
/** How many held leading posts units have on a day. */
export async function countLeaders(
  reader: Reader,
  unitIds: readonly string[],
  on: string,
): Promise<Map<string, number>> {
  const rows = await reader.run<{ unitId: string; n: number }>(leaders, [unitIds, on]);
  return new Map(rows.map((row) => [row.unitId, row.n]));
}
/** How many rights of posts name units one by one. */
export async function countListedRights(reader: Reader, unitIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await reader.run<{ unitId: string; n: number }>(reaching, [unitIds]);
  return new Map(rows.map((row) => [row.unitId, row.n]));
}

export interface StaffMove {
  operationId: string;
  decisionNumber: string;
  lastDay: string;
  effectiveOn: string;
  posts: readonly { fromPostId: string; toPostId: string | null; toUnitId: string | null }[];
  pairs: readonly { fromUnitId: string; toUnitId: string }[];
  /** `OFFICER POST`: appointments that are no longer the officer's main one. */
  secondary: readonly string[];
}

/** Ends posts, appointments and substitutions on the last day and opens them at the successors on the next, with their rights. */
export async function moveStaff(tx: Tx, move: StaffMove): Promise<TraceRow[]> {
  const posts = JSON.stringify(move.posts);
  const pairs = JSON.stringify(move.pairs);
  const { lastDay, effectiveOn, decisionNumber } = move;
  const inserted = (rows: readonly Omit<TraceRow, 'before'>[]): TraceRow[] =>
    rows.map((row) => ({ ...row, before: null }));
  const substitutions = await tx.run<TraceRow>(endSubstitutions, [posts, lastDay]);
  const appointments = await tx.run<TraceRow>(endAppointments, [posts, lastDay, decisionNumber]);
  const ended = await tx.run<TraceRow>(endPosts, [posts, lastDay]);
  const fresh = await tx.run<TraceRow>(copyPosts, [posts, effectiveOn, tx.now, JSON.stringify(ended)]);
  const roles = await tx.run<TraceRow>(copyRoles, [posts, tx.now, pairs]);
  const held = await tx.run<TraceRow>(copyAppointments, [
    posts,
    lastDay,
    decisionNumber,
    tx.now,
    move.secondary,
    JSON.stringify(appointments),
  ]);
  const acted = await tx.run<TraceRow>(copySubstitutions, [posts, lastDay, tx.now, JSON.stringify(substitutions)]);
  const later = await tx.run<TraceRow>(redirectAppointments, [posts, lastDay]);
  const laterActed = await tx.run<TraceRow>(redirectSubstitutions, [posts, lastDay]);
  const reach = await tx.run<TraceRow>(extendReach, [pairs]);
  await tx.run(keepPosts, [posts, move.operationId]);
  return [
    ...substitutions,
    ...appointments,
    ...ended,
    ...later,
    ...laterActed,
    ...inserted([...fresh, ...roles, ...held, ...acted, ...reach]),
  ];
}
