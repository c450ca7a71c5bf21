import { statement, type Reader, type Tx } from '../../platform/database.ts';

export interface Closing {
  id: string;
  accountId: string;
  state: 'waiting' | 'cancelled' | 'closed' | 'reopened';
  askedAt: Date;
  closesAt: Date;
}
const COLUMNS = `id, account_id as "accountId", state, asked_at as "askedAt", closes_at as "closesAt"`;
const insert = statement(
  'people.insert_closing',
  `insert into people.closing (id, account_id, state, asked_at, closes_at, reason) values ($1, $2, 'waiting', $3, $4, $5)`,
);
const open = statement(
  'people.find_open_closing',
  `select ${COLUMNS} from people.closing where account_id = $1 and state in ('waiting', 'closed')`,
);
const settle = statement(
  'people.settle_closing',
  `update people.closing set state = $3, ended_at = $4, ended_by = $5 where account_id = $1 and state = $2 returning id`,
);
const due = statement(
  'people.list_due_closings',
  `select ${COLUMNS} from people.closing where state = 'waiting' and closes_at <= $1 order by closes_at limit 50 for update skip locked`,
);

export const insertClosing = (
  tx: Tx,
  c: { id: string; accountId: string; closesAt: Date; reason: string | null },
): Promise<object[]> => tx.run(insert, [c.id, c.accountId, tx.now, c.closesAt, c.reason]);
export const findOpenClosing = async (reader: Reader, accountId: string): Promise<Closing | undefined> =>
  (await reader.run<Closing>(open, [accountId]))[0];
/** False when there is none in that state. */
export const settleClosing = async (
  tx: Tx,
  accountId: string,
  from: Closing['state'],
  to: Closing['state'],
  by: string,
): Promise<boolean> => (await tx.run(settle, [accountId, from, to, tx.now, by])).length > 0;
export const listDueClosings = (tx: Tx): Promise<Closing[]> => tx.run<Closing>(due, [tx.now]);
