import { statement, type Reader, type Tx } from '../../platform/database.ts';

export const ADDRESS_BATCH = 10_000;

const sessions = statement(
  'identity.move_sessions',
  `update platform.session s set post_id = p.to_id from unnest($1::uuid[], $2::uuid[]) as p (from_id, to_id) where s.post_id = p.from_id returning 1 as n`,
);
/** Sessions that work at a post go on at another: nobody is thrown out by a merger. Returns how many. */
export const moveSessionPosts = async (
  tx: Tx,
  posts: readonly { fromPostId: string; toPostId: string }[],
): Promise<number> =>
  (await tx.run(sessions, [posts.map((post) => post.fromPostId), posts.map((post) => post.toPostId)])).length;

const count = statement(
  'identity.count_addresses',
  `select a.unit_id as "unitId", count(*)::int as n from (
     select address_unit_id as unit_id from identity.person where address_unit_id = any($1::uuid[])
     union all select address_unit_id from identity.business where address_unit_id = any($1::uuid[])) a group by a.unit_id`,
);
/** How many people and businesses live at units. */
export const countAddresses = (reader: Reader, unitIds: readonly string[]): Promise<{ unitId: string; n: number }[]> =>
  reader.run(count, [unitIds]);

const move = statement(
  'identity.move_addresses',
  `with picked as materialized (
     select a.account_id, a.unit_id, t.to_id from unnest($1::uuid[], $2::uuid[]) as t (from_id, to_id)
     join (select account_id, address_unit_id as unit_id from identity.person union all select account_id, address_unit_id from identity.business) a on a.unit_id = t.from_id
     limit ${ADDRESS_BATCH}
   ), people as (
     update identity.person p set address_unit_id = k.to_id from picked k where p.account_id = k.account_id
   ), businesses as (
     update identity.business b set address_unit_id = k.to_id from picked k where b.account_id = k.account_id
   ), logged as (
     insert into identity.address_move (operation_id, account_id, unit_from, unit_to) select $3::uuid, account_id, unit_id, to_id from picked on conflict do nothing
   )
   select count(*)::int as n from picked`,
);
/** Moves up to `ADDRESS_BATCH` addresses of people and businesses from ending units to their successors. */
export const moveAddresses = async (
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
  'identity.undo_move_addresses',
  `with picked as materialized (
     select * from identity.address_move where operation_id = $1 limit ${ADDRESS_BATCH}
   ), people as (
     update identity.person p set address_unit_id = k.unit_from from picked k where p.account_id = k.account_id and p.address_unit_id = k.unit_to
   ), businesses as (
     update identity.business b set address_unit_id = k.unit_from from picked k where b.account_id = k.account_id and b.address_unit_id = k.unit_to
   ), forgotten as (
     delete from identity.address_move m using picked k where m.operation_id = k.operation_id and m.account_id = k.account_id
   )
   select count(*)::int as n from picked`,
);
/** Gives addresses back; one that its owner changed since stays. */
export const undoAddresses = async (tx: Tx, operationId: string): Promise<number> =>
  (await tx.run<{ n: number }>(undo, [operationId]))[0]?.n ?? 0;

const foreign = statement(
  'identity.count_foreign_addresses',
  `select a.unit_id as "unitId", count(*)::int as n from (
     select account_id, address_unit_id as unit_id from identity.person where address_unit_id = any($1::uuid[])
     union all select account_id, address_unit_id from identity.business where address_unit_id = any($1::uuid[])) a
   where not exists (select from identity.address_move m where m.account_id = a.account_id and m.operation_id = $2) group by a.unit_id`,
);
/** People and businesses that gave a unit as their address since an operation founded it. */
export const countForeignAddresses = (
  reader: Reader,
  unitIds: readonly string[],
  operationId: string,
): Promise<{ unitId: string; n: number }[]> => reader.run(foreign, [unitIds, operationId]);
