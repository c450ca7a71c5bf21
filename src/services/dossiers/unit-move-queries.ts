import { statement, type Reader, type Tx } from '../../platform/database.ts';

/* Set-based moves of dossiers between units, a bounded number of rows at a time. Each finds what is left by itself. */

/** How many dossiers one step moves at most: a second or two of work, so that nobody waits long for a row. */
export const MOVE_BATCH = 10_000;
/** The last stage (closed); everything before it is work that somebody still has to do. */
const CLOSED = 6;

/** A pair of units as the statements take it. */
export interface UnitPair {
  fromUnitId: string;
  toUnitId: string;
}
/** A rule of a split with its words resolved: procedures by id, folded words of an address, codes. */
export interface ResolvedRule {
  n: number;
  fromUnitId: string;
  toUnitId: string;
  procedureIds: readonly string[];
  words: readonly string[];
  codes: readonly string[];
}

const PAIRS = `unnest($1::uuid[], $2::uuid[]) as p (from_id, to_id)`;
// Where a dossier of a split unit goes: by the first rule that fits, else to the main successor.
const target = (dossier: string, hasRules: boolean) =>
  hasRules
    ? `coalesce((select r."toUnitId" from jsonb_to_recordset($5::jsonb) as r (n int, "fromUnitId" uuid, "toUnitId" uuid, "procedureIds" uuid[], words text[], codes text[])
        where r."fromUnitId" = p.from_id and (${dossier}.procedure_id = any(r."procedureIds") or ${dossier}.code = any(r.codes) or ${dossier}.tracking_number = any(r.codes)
          or exists (select from unnest(r.words) as word where position(platform.fold(word) in platform.fold(coalesce(${dossier}.applicant_address, ''))) > 0))
        order by r.n limit 1), p.to_id)`
    : 'p.to_id';
const log = `insert into dossiers.unit_move as m (operation_id, dossier_id, at, effective_on, handling_from, handling_to, receiving_from, receiving_to,
     competent_from, competent_to, support_from, support_to, assignee_from, assignee_to)`;
const onceMore = `on conflict (dossier_id, operation_id) do update set
     handling_from = coalesce(m.handling_from, excluded.handling_from), handling_to = coalesce(excluded.handling_to, m.handling_to),
     receiving_from = coalesce(m.receiving_from, excluded.receiving_from), receiving_to = coalesce(excluded.receiving_to, m.receiving_to),
     competent_from = coalesce(m.competent_from, excluded.competent_from), competent_to = coalesce(excluded.competent_to, m.competent_to),
     support_from = coalesce(m.support_from, excluded.support_from), support_to = coalesce(excluded.support_to, m.support_to),
     assignee_from = coalesce(m.assignee_from, excluded.assignee_from), assignee_to = coalesce(excluded.assignee_to, m.assignee_to)`;

/** Closed dossiers change hands only: where they were handed in and decided stays written in them. */
function closedStatement(name: string, hasRules: boolean) {
  return statement(
    name,
    `with picked as materialized (
       select d.id, p.from_id, ${target('d', hasRules)} as to_id from ${PAIRS}
       cross join lateral (
         select w.* from dossiers.dossier w where w.handling_unit_id = p.from_id and w.stage = ${CLOSED}
           ${hasRules ? `and ${target('w', true)} <> p.from_id` : ''} limit $3 for no key update skip locked) d
       limit $3
     ), moved as (
       update dossiers.dossier d set handling_unit_id = k.to_id from picked k where d.id = k.id
     ), logged as (
       ${log} select $4::uuid, k.id, $6, $7, k.from_id, k.to_id, null, null, null, null, null, null, null, null from picked k
       ${onceMore}
     )
     select from_id as "fromUnitId", to_id as "toUnitId", count(*)::int as n from picked where $5::jsonb is not null group by from_id, to_id`,
  );
}
const closed = {
  plain: closedStatement('dossiers.move_closed', false),
  ruled: closedStatement('dossiers.move_closed_by_rule', true),
};

/** Running dossiers move with all their units, their open steps, and whoever has them. */
function runningStatement(name: string, hasRules: boolean, found: string) {
  return statement(
    name,
    `with found as (
       ${found}
     ), locked as materialized (
       select d.id, d.handling_unit_id, d.receiving_unit_id, d.competent_unit_id, d.support_unit_id, d.assignee_post_id, p.from_id, ${target('d', hasRules)} as to_id
       from found p join dossiers.dossier d on d.id = p.id where d.stage < ${CLOSED} for no key update of d skip locked
     ), once as (
       select distinct on (id) * from locked where to_id <> from_id order by id, (handling_unit_id = from_id) desc
     ), picked as materialized (
       select o.*, x.from_post_id is not null as is_reassigned, x.to_post_id from once o
       left join jsonb_to_recordset($8::jsonb) as x (from_post_id uuid, to_post_id uuid) on x.from_post_id = o.assignee_post_id
     ), moved as (
       update dossiers.dossier d set
         handling_unit_id = case when k.handling_unit_id = k.from_id then k.to_id else d.handling_unit_id end,
         receiving_unit_id = case when k.receiving_unit_id = k.from_id then k.to_id else d.receiving_unit_id end,
         competent_unit_id = case when k.competent_unit_id = k.from_id then k.to_id else d.competent_unit_id end,
         support_unit_id = case when k.support_unit_id = k.from_id then k.to_id else d.support_unit_id end,
         assignee_post_id = case when k.is_reassigned then k.to_post_id else d.assignee_post_id end
       from picked k where d.id = k.id
     ), logged as (
       ${log}
       select $4::uuid, k.id, $6, $7,
         case when k.handling_unit_id = k.from_id then k.from_id end, case when k.handling_unit_id = k.from_id then k.to_id end,
         case when k.receiving_unit_id = k.from_id then k.from_id end, case when k.receiving_unit_id = k.from_id then k.to_id end,
         case when k.competent_unit_id = k.from_id then k.from_id end, case when k.competent_unit_id = k.from_id then k.to_id end,
         case when k.support_unit_id = k.from_id then k.from_id end, case when k.support_unit_id = k.from_id then k.to_id end,
         case when k.is_reassigned then k.assignee_post_id end, case when k.is_reassigned then k.to_post_id end
       from picked k ${onceMore}
     ), steps as materialized (
       select s.dossier_id, s.position, s.unit_id, s.assignee_post_id, k.to_id, x.from_post_id is not null as is_reassigned, x.to_post_id
       from picked k join dossiers.step s on s.dossier_id = k.id and s.unit_id = k.from_id and s.finished_at is null
       left join jsonb_to_recordset($8::jsonb) as x (from_post_id uuid, to_post_id uuid) on x.from_post_id = s.assignee_post_id
     ), stepped as (
       update dossiers.step s set unit_id = t.to_id, assignee_post_id = case when t.is_reassigned then t.to_post_id else s.assignee_post_id end
       from steps t where s.dossier_id = t.dossier_id and s.position = t.position
     ), logged_steps as (
       insert into dossiers.unit_move_step (operation_id, dossier_id, position, unit_from, unit_to, assignee_from, assignee_to)
       select $4::uuid, t.dossier_id, t.position, t.unit_id, t.to_id, case when t.is_reassigned then t.assignee_post_id end, case when t.is_reassigned then t.to_post_id end
       from steps t on conflict (operation_id, dossier_id, position) do update set unit_to = excluded.unit_to
     )
     select from_id as "fromUnitId", to_id as "toUnitId", count(*)::int as n from picked where $5::jsonb is not null group by from_id, to_id`,
  );
}
// What stays (a unit that goes on, no rule) must not fill a batch: it is left out before the limit.
const leaves = (hasRules: boolean) => `w.stage < ${CLOSED}${hasRules ? ` and ${target('w', true)} <> p.from_id` : ''}`;
const handledAt = (hasRules: boolean) =>
  `select f.id, p.from_id, p.to_id from ${PAIRS} cross join lateral (
     select w.id from dossiers.dossier w where w.handling_unit_id = p.from_id and ${leaves(hasRules)} limit $3) f limit $3`;
// Joined as sets: the few that are named otherwise are found in one walk over the running ones, not in one per unit.
const namedAs = (column: string, hasRules: boolean) =>
  `select w.id, p.from_id, p.to_id from ${PAIRS} join dossiers.dossier w on w.${column} = p.from_id where ${leaves(hasRules)}`;
const namedAt = (hasRules: boolean) =>
  `select * from (
     ${namedAs('competent_unit_id', hasRules)} union ${namedAs('receiving_unit_id', hasRules)} union ${namedAs('support_unit_id', hasRules)}
     union select w.id, p.from_id, p.to_id from ${PAIRS} join dossiers.step s on s.unit_id = p.from_id and s.finished_at is null
     join dossiers.dossier w on w.id = s.dossier_id where ${leaves(hasRules)}) n limit $3`;
const handled = {
  plain: runningStatement('dossiers.move_handled', false, handledAt(false)),
  ruled: runningStatement('dossiers.move_handled_by_rule', true, handledAt(true)),
};
const named = {
  plain: runningStatement('dossiers.move_named', false, namedAt(false)),
  ruled: runningStatement('dossiers.move_named_by_rule', true, namedAt(true)),
};

export interface MoveBatch {
  operationId: string;
  effectiveOn: string;
  pairs: readonly UnitPair[];
  rules: readonly ResolvedRule[];
  posts: readonly { fromPostId: string; toPostId: string | null }[];
}
export type MovedUnits = UnitPair & { n: number };
export type MovePhase = 'handled' | 'named' | 'closed';

/**
 * Moves up to `MOVE_BATCH` dossiers: those whose turn it is at the unit (`handled`), running ones that name it otherwise (`named`), or
 * closed ones. A row that somebody works on is left for the next call. Returns how many went from where to where.
 */
export function moveBatch(tx: Tx, phase: MovePhase, batch: MoveBatch): Promise<MovedUnits[]> {
  const way = batch.rules.length > 0 ? 'ruled' : 'plain';
  const common = [
    batch.pairs.map((pair) => pair.fromUnitId),
    batch.pairs.map((pair) => pair.toUnitId),
    MOVE_BATCH,
    batch.operationId,
    JSON.stringify(batch.rules),
    tx.now,
    batch.effectiveOn,
  ];
  if (phase === 'closed') return tx.run<MovedUnits>(closed[way], common);
  const posts = JSON.stringify(
    batch.posts.map((post) => ({ from_post_id: post.fromPostId, to_post_id: post.toPostId })),
  );
  return tx.run<MovedUnits>((phase === 'handled' ? handled : named)[way], [...common, posts]);
}

const giveBack = statement(
  'dossiers.undo_move',
  `with picked as materialized (
     select * from dossiers.unit_move where operation_id = $1 limit ${MOVE_BATCH} for update
   ), restored as (
     update dossiers.dossier d set
       handling_unit_id = case when d.handling_unit_id = k.handling_to then k.handling_from else d.handling_unit_id end,
       receiving_unit_id = case when d.receiving_unit_id = k.receiving_to then k.receiving_from else d.receiving_unit_id end,
       competent_unit_id = case when d.competent_unit_id = k.competent_to then k.competent_from else d.competent_unit_id end,
       support_unit_id = case when d.support_unit_id = k.support_to then k.support_from else d.support_unit_id end,
       assignee_post_id = case when k.assignee_from is not null and d.assignee_post_id is not distinct from k.assignee_to then k.assignee_from else d.assignee_post_id end
     from picked k where d.id = k.dossier_id
   ), stepped as (
     update dossiers.step s set unit_id = t.unit_from,
       assignee_post_id = case when t.assignee_from is not null and s.assignee_post_id is not distinct from t.assignee_to then t.assignee_from else s.assignee_post_id end
     from dossiers.unit_move_step t join picked k on k.dossier_id = t.dossier_id and k.operation_id = t.operation_id
     where s.dossier_id = t.dossier_id and s.position = t.position and s.unit_id = t.unit_to
   ), forgotten_steps as (
     delete from dossiers.unit_move_step t using picked k where t.operation_id = k.operation_id and t.dossier_id = k.dossier_id
   ), forgotten as (
     delete from dossiers.unit_move m using picked k where m.operation_id = k.operation_id and m.dossier_id = k.dossier_id
   )
   select count(*)::int as n from picked`,
);
/** Gives up to `MOVE_BATCH` dossiers back to the units they came from; what has moved on since stays. Returns how many. */
export const undoBatch = async (tx: Tx, operationId: string): Promise<number> =>
  (await tx.run<{ n: number }>(giveBack, [operationId]))[0]?.n ?? 0;

const counts = statement(
  'dossiers.count_moving',
  `with held as (
     select w.handling_unit_id as unit_id, count(*) filter (where w.stage < ${CLOSED})::int as running, count(*) filter (where w.stage = ${CLOSED})::int as closed
     from dossiers.dossier w where w.handling_unit_id = any($1::uuid[]) group by 1
   ), named as (
     select w.competent_unit_id as unit_id, count(*)::int as named from dossiers.dossier w
     where w.stage < ${CLOSED} and w.competent_unit_id = any($1::uuid[]) and w.handling_unit_id <> w.competent_unit_id group by 1
   )
   select unit_id as "unitId", coalesce(h.running, 0) as running, coalesce(h.closed, 0) as closed, coalesce(n.named, 0) as named, array(
       select coalesce(w.code, w.tracking_number) from dossiers.dossier w where w.handling_unit_id = unit_id and w.stage < ${CLOSED} order by w.stage, w.attention_at limit 3) as samples
   from held h full join named n using (unit_id)`,
);
export interface MovingCount {
  unitId: string;
  running: number;
  closed: number;
  named: number;
  samples: string[];
}
/** How many dossiers hang on units: whose turn it is there, closed there, and handled elsewhere for them. */
export const countMoving = (reader: Reader, unitIds: readonly string[]): Promise<MovingCount[]> =>
  reader.run<MovingCount>(counts, [unitIds]);

const unruled = statement(
  'dossiers.count_without_rule',
  `select w.handling_unit_id as "unitId", count(*)::int as n from dossiers.dossier w
   where w.handling_unit_id = any($1::uuid[]) and w.stage < ${CLOSED} and not exists (
     select from jsonb_to_recordset($2::jsonb) as r ("fromUnitId" uuid, "procedureIds" uuid[], words text[], codes text[])
     where r."fromUnitId" = w.handling_unit_id and (w.procedure_id = any(r."procedureIds") or w.code = any(r.codes) or w.tracking_number = any(r.codes)
       or exists (select from unnest(r.words) x where position(platform.fold(x) in platform.fold(coalesce(w.applicant_address, ''))) > 0)))
   group by w.handling_unit_id`,
);
/** Running dossiers of split units that no rule catches. */
export const countWithoutRule = (
  reader: Reader,
  unitIds: readonly string[],
  rules: readonly ResolvedRule[],
): Promise<{ unitId: string; n: number }[]> => reader.run(unruled, [unitIds, JSON.stringify(rules)]);

const books = statement(
  'dossiers.list_books',
  `select agency, count(*)::int as days, max(day) as "lastDay", sum(last_number)::int as numbers from dossiers.code_counter where agency = any($1::text[]) group by agency`,
);
/** The books of dossier codes of agencies: on how many days numbers were given, and how many. */
export const listBooks = (
  reader: Reader,
  agencies: readonly string[],
): Promise<{ agency: string; days: number; lastDay: string; numbers: number }[]> => reader.run(books, [agencies]);

const foreign = statement(
  'dossiers.count_foreign',
  `select u.unit_id as "unitId", (
       select count(*)::int from (
         select d.id from dossiers.dossier d where d.handling_unit_id = u.unit_id
         union select d.id from dossiers.dossier d where d.receiving_unit_id = u.unit_id
         union select d.id from dossiers.dossier d where d.competent_unit_id = u.unit_id) f
       where not exists (select from dossiers.unit_move m where m.dossier_id = f.id and m.operation_id = $2)) as dossiers,
     (select count(*)::int from dossiers.monthly_figure g where g.unit_id = u.unit_id) as figures
   from unnest($1::uuid[]) as u (unit_id)`,
);
const gone = statement(
  'dossiers.count_moved_on',
  `select count(*)::int as n from dossiers.unit_move m join dossiers.dossier d on d.id = m.dossier_id
   where m.operation_id = $1 and m.handling_to is not null and d.handling_unit_id <> m.handling_to`,
);
const held = statement(
  'dossiers.count_assigned_since',
  `select count(*)::int as n from dossiers.dossier d where d.assignee_post_id = any($2::uuid[])
   and not exists (select from dossiers.unit_move m where m.dossier_id = d.id and m.operation_id = $1 and m.assignee_to = d.assignee_post_id)`,
);
/** What happened since an operation: dossiers and figures of the units it founded, dossiers given to the posts it opened, and those that moved on. */
export async function countSince(
  reader: Reader,
  operationId: string,
  founded: readonly string[],
  posts: readonly string[],
): Promise<{ foreign: { unitId: string; dossiers: number; figures: number }[]; movedOn: number; assigned: number }> {
  const [movedOn] = await reader.run<{ n: number }>(gone, [operationId]);
  const [assigned] = await reader.run<{ n: number }>(held, [operationId, posts]);
  return {
    foreign: await reader.run(foreign, [founded, operationId]),
    movedOn: movedOn?.n ?? 0,
    assigned: assigned?.n ?? 0,
  };
}

const ofDossier = statement(
  'dossiers.list_moves',
  `select operation_id as "operationId", at, effective_on as "effectiveOn", handling_from as "handlingFrom", handling_to as "handlingTo",
     competent_from as "competentFrom", competent_to as "competentTo" from dossiers.unit_move where dossier_id = $1 order by at`,
);
export interface DossierMove {
  operationId: string;
  at: Date;
  effectiveOn: string;
  handlingFrom: string | null;
  handlingTo: string | null;
  competentFrom: string | null;
  competentTo: string | null;
}
/** The moves of one dossier with its units, in order. */
export const listMoves = (reader: Reader, dossierId: string): Promise<DossierMove[]> =>
  reader.run<DossierMove>(ofDossier, [dossierId]);
const moved = statement(
  'dossiers.was_moved_since',
  'select exists (select from dossiers.unit_move where dossier_id = $1 and at >= $2) as moved',
);
/** Whether the dossier changed units by an operation on or after an instant. */
export const wasMovedSince = async (reader: Reader, dossierId: string, since: Date): Promise<boolean> =>
  (await reader.run<{ moved: boolean }>(moved, [dossierId, since]))[0]?.moved ?? false;
