import { statement, type Reader, type Tx } from '../../platform/database.ts';

export interface Errand {
  readonly id: string;
  readonly instanceId: string;
  readonly token: number | null;
  readonly kind: 'service' | 'call' | 'message' | 'signal' | 'answer';
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly tries: number;
}

const COLUMNS = 'id, instance_id as "instanceId", token, kind, name, payload, tries';
/** An errand taken by a worker that dies is free again after this long. */
const HELD = `interval '30 seconds'`;
const take = statement(
  'workflow.take_errands',
  `with next as (select id from workflow.errand where next_at <= $1 order by next_at limit $2 for update skip locked)
   update workflow.errand e set next_at = $1::timestamptz + ${HELD}, tries = tries + 1 from next where e.id = next.id
   returning ${COLUMNS.split(', ')
     .map((column) => `e.${column}`)
     .join(', ')}`,
);
const done = statement('workflow.finish_errand', 'delete from workflow.errand where id = $1');
const put = statement('workflow.put_off_errand', 'update workflow.errand set next_at = $2, fault = $3 where id = $1');
const dueTimers = statement(
  'workflow.list_due_timers',
  'select instance_id as "instanceId", arm from workflow.timer where due_at <= $1 order by due_at limit $2',
);
const dropTimer = statement('workflow.drop_timer', 'delete from workflow.timer where instance_id = $1 and arm = $2');
const receivers = statement(
  'workflow.list_receivers',
  `select distinct instance_id as "instanceId" from workflow.subscription
   where kind = $1 and name = $2 and ($1 = 'signal' or key is null or key = $3) order by 1 limit $4`,
);

export const takeErrands = (tx: Tx, limit: number): Promise<Errand[]> => tx.run<Errand>(take, [tx.now, limit]);
export const finishErrand = (tx: Tx, id: string) => tx.run(done, [id]);
export const putOffErrand = (tx: Tx, id: string, until: Date, fault: string) => tx.run(put, [id, until, fault]);
export const listDueTimers = (
  reader: Reader,
  now: Date,
  limit: number,
): Promise<{ instanceId: string; arm: number }[]> =>
  reader.run<{ instanceId: string; arm: number }>(dueTimers, [now, limit]);
/** For a timer that nothing waits for any more. */
export const dropStaleTimer = (tx: Tx, instanceId: string, arm: number) => tx.run(dropTimer, [instanceId, arm]);
/** Instances that wait for a message of a name and key, or a signal. */
export const listReceivers = async (
  reader: Reader,
  kind: 'message' | 'signal',
  name: string,
  key: string | null,
  limit: number,
): Promise<string[]> =>
  (await reader.run<{ instanceId: string }>(receivers, [kind, name, key, limit])).map(({ instanceId }) => instanceId);
