import { statement, type Reader, type Tx } from '../../platform/database.ts';

/** Stands for the whole province in budgets and figures. */
export const WHOLE_PROVINCE = '00000000-0000-0000-0000-000000000000';

export interface Budget {
  unitId: string;
  channel: string;
  limitDong: number;
  spentDong: number;
  updatedBy: string | null;
}

const MONTH = `date_trunc('month', $1::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date`;
const budgets = statement(
  'notifications.list_budgets',
  `select b.unit_id as "unitId", b.channel, b.limit_dong as "limitDong", coalesce(s.spent_dong, 0) as "spentDong", b.updated_by as "updatedBy"
   from notifications.budget b left join notifications.spending s on s.unit_id = b.unit_id and s.channel = b.channel and s.month = ${MONTH}
   order by b.unit_id, b.channel limit 2000`,
);
const limits = statement(
  'notifications.lock_budgets',
  `select b.unit_id as "unitId", b.limit_dong as "limitDong", coalesce(s.spent_dong, 0) as "spentDong"
   from notifications.budget b left join notifications.spending s on s.unit_id = b.unit_id and s.channel = b.channel and s.month = ${MONTH}
   where b.channel = $2 and b.unit_id = any($3) order by b.unit_id for update of b`,
);
const spend = statement(
  'notifications.add_spending',
  `insert into notifications.spending as s (unit_id, channel, month, spent_dong)
   select unit_id, $2, ${MONTH}, sum(dong) from unnest($3::uuid[], $4::bigint[]) as t (unit_id, dong) group by unit_id order by unit_id
   on conflict (unit_id, channel, month) do update set spent_dong = greatest(0, s.spent_dong + excluded.spent_dong)`,
);
const reserve = statement(
  'notifications.reserve_cost',
  `update notifications.message m set cost_dong = r.dong from unnest($1::uuid[], $2::bigint[]) as r (id, dong) where m.id = r.id`,
);
const hold = statement(
  'notifications.hold_messages',
  `update notifications.message set state = 'held', last_error = 'budget', next_attempt_at = null, attempts = attempts - 1 where id = any($1) and state = 'queued'`,
);
const saveBudget = statement(
  'notifications.save_budget',
  `insert into notifications.budget (unit_id, channel, limit_dong, updated_at, updated_by) values ($1, $2, $3, $4, $5)
   on conflict (unit_id, channel) do update set limit_dong = excluded.limit_dong, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
);
const removeBudget = statement(
  'notifications.delete_budget',
  'delete from notifications.budget where unit_id = $1 and channel = $2',
);
const release = statement(
  'notifications.release_held',
  `update notifications.message set state = 'queued', next_attempt_at = $3, last_error = null
   where state = 'held' and channel = $2 and ($1::uuid is null or unit_id = $1) returning id`,
);

export const listBudgets = (reader: Reader, now: Date): Promise<Budget[]> => reader.run<Budget>(budgets, [now]);
/** The limits of the units that have one and what they spent this month; locked, so that two workers do not both take the rest. */
export const lockBudgets = (
  tx: Tx,
  channel: string,
  unitIds: readonly string[],
): Promise<{ unitId: string; limitDong: number; spentDong: number }[]> => tx.run(limits, [tx.now, channel, unitIds]);
/** Adds to this month's spending; a refund is negative. */
export const addSpending = (
  tx: Tx,
  channel: string,
  amounts: readonly { unitId: string; dong: number }[],
): Promise<object[]> =>
  tx.run(spend, [tx.now, channel, amounts.map((each) => each.unitId), amounts.map((each) => each.dong)]);
export const reserveCosts = (tx: Tx, costs: readonly { id: string; dong: number }[]): Promise<object[]> =>
  tx.run(reserve, [costs.map((each) => each.id), costs.map((each) => each.dong)]);
export const holdMessages = (tx: Tx, ids: readonly string[]): Promise<object[]> => tx.run(hold, [ids]);
export const upsertBudget = (tx: Tx, unitId: string, channel: string, limitDong: number): Promise<object[]> =>
  tx.run(saveBudget, [unitId, channel, limitDong, tx.now, tx.actor.label]);
export const deleteBudget = (tx: Tx, unitId: string, channel: string): Promise<object[]> =>
  tx.run(removeBudget, [unitId, channel]);
/** Lets held messages go again after a limit was raised; null: of all units. */
export const releaseHeld = (tx: Tx, unitId: string | null, channel: string): Promise<object[]> =>
  tx.run(release, [unitId, channel, tx.now]);
