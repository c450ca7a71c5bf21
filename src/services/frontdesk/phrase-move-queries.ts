import { statement, type Reader, type Tx } from '../../platform/database.ts';

const count = statement(
  'frontdesk.count_moving_phrases',
  'select unit_id as "unitId", count(*)::int as n, (array_agg(title order by title))[1:3] as samples from frontdesk.phrase where unit_id = any($1::uuid[]) group by unit_id',
);
/** Phrases that units share. */
export const countMovingPhrases = (
  reader: Reader,
  unitIds: readonly string[],
): Promise<{ unitId: string; n: number; samples: string[] }[]> => reader.run(count, [unitIds]);

const move = statement(
  'frontdesk.move_phrases',
  `with old as (
     select p.id, p.unit_id, t.to_id from frontdesk.phrase p join unnest($1::uuid[], $2::uuid[]) as t (from_id, to_id) on t.from_id = p.unit_id for update of p
   ), moved as (
     update frontdesk.phrase p set unit_id = old.to_id from old where p.id = old.id
   ), logged as (
     insert into frontdesk.phrase_move (operation_id, phrase_id, unit_from, unit_to) select $3::uuid, id, unit_id, to_id from old
   )
   select count(*)::int as n from old`,
);
export const movePhraseRows = async (
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
  'frontdesk.undo_move_phrases',
  `with log as materialized (
     select * from frontdesk.phrase_move where operation_id = $1
   ), back as (
     update frontdesk.phrase p set unit_id = l.unit_from from log l where p.id = l.phrase_id and p.unit_id = l.unit_to
   ), forgotten as (
     delete from frontdesk.phrase_move m using log l where m.operation_id = l.operation_id and m.phrase_id = l.phrase_id
   )
   select count(*)::int as n from log`,
);
export const undoPhraseRows = async (tx: Tx, operationId: string): Promise<number> =>
  (await tx.run<{ n: number }>(undo, [operationId]))[0]?.n ?? 0;

const foreign = statement(
  'frontdesk.count_foreign_phrases',
  `select p.unit_id as "unitId", count(*)::int as n from frontdesk.phrase p where p.unit_id = any($1::uuid[])
   and not exists (select from frontdesk.phrase_move m where m.phrase_id = p.id and m.operation_id = $2) group by p.unit_id`,
);
/** Phrases that units wrote since an operation founded them. */
export const countForeignPhrases = (
  reader: Reader,
  unitIds: readonly string[],
  operationId: string,
): Promise<{ unitId: string; n: number }[]> => reader.run(foreign, [unitIds, operationId]);
