import { statement, type Reader, type Tx } from '../../platform/database.ts';

/** What moves at most in one step. */
export const MOVE_BATCH = 5_000;

export type MovedThing = 'request' | 'breach' | 'merger';

const count = statement(
  'people.count_moving',
  `select t.thing, t.unit_id as "unitId", count(*)::int as n from (
     select 'request' as thing, unit_id from people.request where unit_id = any($1::uuid[])
     union all select 'breach', unit_id from people.breach where unit_id = any($1::uuid[])
     union all select 'merger', unit_id from people.merger where unit_id = any($1::uuid[])) t
   group by t.thing, t.unit_id`,
);
/** How many requests, breaches and mergers belong to units. */
export const countMoving = (
  reader: Reader,
  unitIds: readonly string[],
): Promise<{ thing: MovedThing; unitId: string; n: number }[]> => reader.run(count, [unitIds]);

const move = statement(
  'people.move_to_units',
  `with t as (select * from unnest($1::uuid[], $2::uuid[]) as t (from_id, to_id)), picked as materialized (
     select * from (
       select 'request' as thing, r.id, r.unit_id, t.to_id from people.request r join t on t.from_id = r.unit_id
       union all select 'breach', b.id, b.unit_id, t.to_id from people.breach b join t on t.from_id = b.unit_id
       union all select 'merger', m.id, m.unit_id, t.to_id from people.merger m join t on t.from_id = m.unit_id) a limit ${MOVE_BATCH}
   ), requests as (
     update people.request r set unit_id = k.to_id from picked k where k.thing = 'request' and r.id = k.id
   ), breaches as (
     update people.breach b set unit_id = k.to_id from picked k where k.thing = 'breach' and b.id = k.id
   ), mergers as (
     update people.merger m set unit_id = k.to_id from picked k where k.thing = 'merger' and m.id = k.id
   ), logged as (
     insert into people.unit_move (operation_id, thing, thing_id, unit_from, unit_to) select $3::uuid, thing, id, unit_id, to_id from picked
     on conflict do nothing
   )
   select count(*)::int as n from picked`,
);
/** Hands up to `MOVE_BATCH` things of ending units to their successors. */
export const moveToUnits = async (
  tx: Tx,
  operationId: string,
  pairs: readonly { fromUnitId: string; toUnitId: string }[],
): Promise<number> =>
  (
    await tx.run<{ n: number }>(move, [
      pairs.map((pair) => pair.fromUnitId),
      pairs.map((pair) => pair.toUnitId),
      operationId,
    ])
  )[0]?.n ?? 0;

const undo = statement(
  'people.undo_move_to_units',
  `with picked as materialized (
     select * from people.unit_move where operation_id = $1 limit ${MOVE_BATCH}
   ), requests as (
     update people.request r set unit_id = k.unit_from from picked k where k.thing = 'request' and r.id = k.thing_id and r.unit_id = k.unit_to
   ), breaches as (
     update people.breach b set unit_id = k.unit_from from picked k where k.thing = 'breach' and b.id = k.thing_id and b.unit_id = k.unit_to
   ), mergers as (
     update people.merger m set unit_id = k.unit_from from picked k where k.thing = 'merger' and m.id = k.thing_id and m.unit_id = k.unit_to
   ), forgotten as (
     delete from people.unit_move m using picked k where m.operation_id = k.operation_id and m.thing = k.thing and m.thing_id = k.thing_id
   )
   select count(*)::int as n from picked`,
);
/** Gives things back; what went on to another unit since stays there. */
export const undoMoveToUnits = async (tx: Tx, operationId: string): Promise<number> =>
  (await tx.run<{ n: number }>(undo, [operationId]))[0]?.n ?? 0;

const foreign = statement(
  'people.count_foreign',
  `select t.unit_id as "unitId", count(*)::int as n from (
     select 'request' as thing, id, unit_id from people.request where unit_id = any($1::uuid[])
     union all select 'breach', id, unit_id from people.breach where unit_id = any($1::uuid[])
     union all select 'merger', id, unit_id from people.merger where unit_id = any($1::uuid[])) t
   where not exists (select from people.unit_move m where m.operation_id = $2 and m.thing = t.thing and m.thing_id = t.id) group by t.unit_id`,
);
/** What units got of their own since an operation founded them. */
export const countForeign = (
  reader: Reader,
  unitIds: readonly string[],
  operationId: string,
): Promise<{ unitId: string; n: number }[]> => reader.run(foreign, [unitIds, operationId]);
