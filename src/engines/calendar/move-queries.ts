import { statement, type Reader, type Tx } from '../../platform/database.ts';

const count = statement(
  'calendar.count_moving_entries',
  `select unit_id as "unitId", count(*)::int as n, (array_agg(reason order by first_date))[1:3] as samples from calendar.entry
   where unit_id = any($1::uuid[]) and withdrawn_at is null and (last_date is null or last_date >= $2) group by unit_id`,
);
/** Decisions of units that hold on or after a day. */
export const countMovingEntries = (
  reader: Reader,
  unitIds: readonly string[],
  effectiveOn: string,
): Promise<{ unitId: string; n: number; samples: string[] }[]> => reader.run(count, [unitIds, effectiveOn]);

const carry = statement(
  'calendar.carry_entries',
  `with old as (
     select e.*, t.to_id, gen_random_uuid() as new_id, greatest(e.first_date, $3::date) as new_first
     from calendar.entry e join unnest($1::uuid[], $2::uuid[]) as t (from_id, to_id) on t.from_id = e.unit_id
     where e.withdrawn_at is null and (e.last_date is null or e.last_date >= $3)
   ), fresh as (
     insert into calendar.entry (id, unit_id, kind, first_date, last_date, content, reason, created_at, created_by_id, created_by)
     select new_id, to_id, kind, new_first, last_date,
       case when kind in ('pattern', 'cutOff') then jsonb_set(content, '{validFrom}', to_jsonb(to_char(new_first, 'YYYY-MM-DD'))) else content end,
       reason, $5, created_by_id, created_by from old order by first_date, id
     on conflict (unit_id, kind, first_date) where withdrawn_at is null and kind in ('holiday', 'swap', 'opening') do nothing
     returning id
   ), logged as (
     insert into calendar.entry_move (operation_id, from_entry_id, entry_id)
     select $4::uuid, old.id, old.new_id from old join fresh on fresh.id = old.new_id
   ), touched as (
     update calendar.revision set value = gen_random_uuid() where id = 1 and exists (select from fresh)
   )
   select count(*)::int as n from fresh`,
);
/** Copies the decisions of units that still hold to their successors from a day on; a day that has one there keeps it. */
export const carryEntries = async (
  tx: Tx,
  input: { pairs: readonly { fromUnitId: string; toUnitId: string }[]; effectiveOn: string; operationId: string },
): Promise<number> =>
  (
    await tx.run<{ n: number }>(carry, [
      input.pairs.map((pair) => pair.fromUnitId),
      input.pairs.map((pair) => pair.toUnitId),
      input.effectiveOn,
      input.operationId,
      tx.now,
    ])
  )[0]?.n ?? 0;

const undo = statement(
  'calendar.undo_carry_entries',
  `with log as materialized (
     select entry_id from calendar.entry_move where operation_id = $1
   ), gone as (
     delete from calendar.entry e using log where e.id = log.entry_id returning e.id
   ), forgotten as (
     delete from calendar.entry_move m using log where m.operation_id = $1 and m.entry_id = log.entry_id
   ), touched as (
     update calendar.revision set value = gen_random_uuid() where id = 1 and exists (select from gone)
   )
   select count(*)::int as n from gone`,
);
/** Takes the copies away again. */
export const undoCarriedEntries = async (tx: Tx, operationId: string): Promise<number> =>
  (await tx.run<{ n: number }>(undo, [operationId]))[0]?.n ?? 0;

const foreign = statement(
  'calendar.count_foreign_entries',
  `select e.unit_id as "unitId", count(*)::int as n from calendar.entry e where e.unit_id = any($1::uuid[])
   and not exists (select from calendar.entry_move m where m.entry_id = e.id and m.operation_id = $2) group by e.unit_id`,
);
/** Decisions that units made by themselves since an operation founded them. */
export const countForeignEntries = (
  reader: Reader,
  unitIds: readonly string[],
  operationId: string,
): Promise<{ unitId: string; n: number }[]> => reader.run(foreign, [unitIds, operationId]);
