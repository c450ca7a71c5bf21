import { statement, type Reader, type Tx } from '../../platform/database.ts';

const byCode = statement(
  'procedures.list_ids_by_code',
  `select p.id from procedures.procedure p where p.code = any($1::text[])
   union select v.procedure_id from procedures.procedure_version v where v.field_code = any($2::text[]) limit 10000`,
);
/** Ids of procedures with one of the codes, or that stood under one of the fields in any version. */
export async function procedureIdsOf(
  reader: Reader,
  asked: { codes?: readonly string[]; fields?: readonly string[] },
): Promise<string[]> {
  const rows = await reader.run<{ id: string }>(byCode, [asked.codes ?? [], asked.fields ?? []]);
  return rows.map((row) => row.id);
}

const HOLDS = `(o.unit_id = any($1::uuid[]) or o.receiving_unit_id = any($1::uuid[])) and (o.valid_to is null or o.valid_to >= $2::date)`;
const count = statement(
  'procedures.count_moving_offers',
  `select case when o.unit_id = any($1::uuid[]) then o.unit_id else o.receiving_unit_id end as "unitId", count(*)::int as n,
     (array_agg(p.code order by p.code))[1:3] as samples, count(*) filter (where o.valid_from >= $2::date)::int as later
   from procedures.offer o join procedures.procedure p on p.id = o.procedure_id where ${HOLDS} group by 1`,
);
export interface MovingOffers {
  unitId: string;
  n: number;
  samples: string[];
  /** Offers that begin on or after the day of the change. */
  later: number;
}
/** Offers of units, or received at them, that hold on or after a day. */
export const countMovingOffers = (
  reader: Reader,
  unitIds: readonly string[],
  effectiveOn: string,
): Promise<MovingOffers[]> => reader.run<MovingOffers>(count, [unitIds, effectiveOn]);

const move = statement(
  'procedures.move_offers',
  `with targets as (
     select * from unnest($3::uuid[], $4::uuid[]) as t (from_id, to_id)
   ), old as (
     select o.* from procedures.offer o where ${HOLDS} and o.valid_from < $2::date and (o.valid_to is null or o.valid_to > $2::date - 1) for update of o
   ), ended as (
     update procedures.offer o set valid_to = $2::date - 1, row_version = o.row_version + 1 from old where o.id = old.id
   ), wanted as (
     select old.procedure_id, coalesce(u.to_id, old.unit_id) as unit_id, (array_agg(coalesce(r.to_id, old.receiving_unit_id) order by old.id))[1] as receiving_unit_id,
       case when count(distinct (old.own_time_amount, old.own_time_unit)) = 1 then min(old.own_time_amount) end as own_time_amount,
       case when count(distinct (old.own_time_amount, old.own_time_unit)) = 1 then min(old.own_time_unit) end as own_time_unit,
       case when bool_or(old.valid_to is null) then null else max(old.valid_to) end as valid_to
     from old
     left join targets u on u.from_id = old.unit_id
     left join lateral (select t.to_id from targets t where t.from_id = old.receiving_unit_id and (u.to_id is null or t.to_id = u.to_id
         or not exists (select from targets x where x.from_id = old.receiving_unit_id and x.to_id = u.to_id)) limit 1) r on true
     where not (coalesce(u.to_id, old.unit_id) = any($6::uuid[])) and not (coalesce(r.to_id, old.receiving_unit_id) = any($6::uuid[]))
     group by old.procedure_id, coalesce(u.to_id, old.unit_id)
   ), opened as (
     insert into procedures.offer (id, unit_id, procedure_id, receiving_unit_id, valid_from, valid_to, own_time_amount, own_time_unit, created_at)
     select gen_random_uuid(), w.unit_id, w.procedure_id, w.receiving_unit_id, $2::date, w.valid_to, w.own_time_amount, w.own_time_unit, $7::timestamptz from wanted w
     where not exists (select from procedures.offer o where o.procedure_id = w.procedure_id and o.unit_id = w.unit_id
       and (o.valid_to is null or o.valid_to >= $2::date) and not exists (select from old where old.id = o.id))
     on conflict on constraint offer_start_key do nothing
     returning id, procedure_id
   ), logged as (
     insert into procedures.offer_move (operation_id, offer_id, is_new, valid_to_before)
     select $5::uuid, id, false, valid_to from old union all select $5::uuid, id, true, null from opened
   )
   select p.id, p.code, (select count(*)::int from old) as ended, (select count(*)::int from opened) as opened
   from procedures.procedure p where p.id in (select procedure_id from old)`,
);
export interface OfferMove {
  operationId: string;
  effectiveOn: string;
  /** Every unit that ends. */
  endingUnitIds: readonly string[];
  targets: readonly { fromUnitId: string; toUnitId: string }[];
  orphans: readonly string[];
}
export interface MovedProcedure {
  id: string;
  code: string;
  ended: number;
  opened: number;
}
/** Ends the offers of ending units on their last day and opens them at the successors on the next, where those do not offer the procedure yet. */
export const moveOfferRows = (tx: Tx, input: OfferMove): Promise<MovedProcedure[]> =>
  tx.run<MovedProcedure>(move, [
    input.endingUnitIds,
    input.effectiveOn,
    input.targets.map((each) => each.fromUnitId),
    input.targets.map((each) => each.toUnitId),
    input.operationId,
    input.orphans,
    tx.now,
  ]);

const undo = statement(
  'procedures.undo_move_offers',
  `with log as materialized (
     select * from procedures.offer_move where operation_id = $1
   ), gone as (
     delete from procedures.offer o using log l where l.is_new and o.id = l.offer_id returning o.procedure_id
   ), reopened as (
     update procedures.offer o set valid_to = l.valid_to_before, row_version = o.row_version + 1 from log l where not l.is_new and o.id = l.offer_id returning o.procedure_id
   ), forgotten as (
     delete from procedures.offer_move m using log l where m.operation_id = l.operation_id and m.offer_id = l.offer_id
   )
   select p.id, p.code, (select count(*)::int from reopened) as ended, (select count(*)::int from gone) as opened
   from procedures.procedure p where p.id in (select procedure_id from gone union select procedure_id from reopened)`,
);
/** Takes the opened offers away and lets the ended ones go on. */
export const undoOfferRows = (tx: Tx, operationId: string): Promise<MovedProcedure[]> =>
  tx.run<MovedProcedure>(undo, [operationId]);
