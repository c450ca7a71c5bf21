import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { DataRequest, RequestDetails, RequestKind, RequestOutcome } from './data-request.ts';

const COLUMNS = `id, number, account_id as "accountId", unit_id as "unitId", kind, text, details, state, outcome, reason, answer, received_at as "receivedAt",
  due_at as "dueAt", assignee_id as "assigneeId", assignee_name as "assigneeName", answered_at as "answeredAt", answered_by as "answeredBy", version`;

const insert = statement(
  'people.insert_request',
  `insert into people.request (id, account_id, kind, text, details, state, received_at, due_at, unit_id)
   values ($1, $2, $3, $4, $5::jsonb, 'received', $6, $7, $8) returning number`,
);
const find = statement('people.find_request', `select ${COLUMNS} from people.request where id = $1`);
const lock = statement('people.lock_request', `select ${COLUMNS} from people.request where id = $1 for update`);
const ofAccount = statement(
  'people.list_requests_of_account',
  `select ${COLUMNS} from people.request where account_id = $1 order by received_at desc, id desc limit $2`,
);
const openOfAccount = statement(
  'people.count_open_requests',
  `select count(*)::int as count from people.request where account_id = $1 and state in ('received', 'in-progress')`,
);
// Open ones by their deadline; answered ones the newest first.
const open = statement(
  'people.list_open_requests',
  `select ${COLUMNS} from people.request where state in ('received', 'in-progress') and (due_at, id) > ($1::timestamptz, $2::uuid)
     and ($3::text is null or kind = $3) and ($4::uuid is null or assignee_id = $4) and ($5::bigint is null or number = $5)
     and ($7::uuid[] is null or unit_id = any($7))
   order by due_at, id limit $6`,
);
const done = statement(
  'people.list_done_requests',
  `select ${COLUMNS} from people.request where state in ('answered', 'withdrawn') and (received_at, id) < ($1::timestamptz, $2::uuid)
     and ($3::text is null or kind = $3) and ($4::uuid is null or assignee_id = $4) and ($5::bigint is null or number = $5)
     and ($7::uuid[] is null or unit_id = any($7))
   order by received_at desc, id desc limit $6`,
);
const take = statement(
  'people.take_request',
  `update people.request set state = 'in-progress', assignee_id = $2, assignee_name = $3, version = version + 1
   where id = $1 and state in ('received', 'in-progress')`,
);
const answer = statement(
  'people.answer_request',
  `update people.request set state = 'answered', outcome = $2, reason = $3, answer = $4, answered_at = $5, answered_by = $6, version = version + 1
   where id = $1 and state in ('received', 'in-progress')`,
);
const forward = statement(
  'people.forward_request',
  `update people.request set unit_id = $2, state = 'received', assignee_id = null, assignee_name = null, version = version + 1
   where id = $1 and state in ('received', 'in-progress')`,
);
const withdraw = statement(
  'people.withdraw_request',
  `update people.request set state = 'withdrawn', version = version + 1
   where id = $1 and account_id = $2 and state in ('received', 'in-progress') returning id`,
);
const waiting = statement(
  'people.count_waiting_requests',
  `select count(*)::int as open, count(*) filter (where due_at < $1)::int as late
   from (select due_at from people.request where state in ('received', 'in-progress') and ($2::uuid[] is null or unit_id = any($2))
     order by due_at limit 1000) waiting`,
);
const figures = statement(
  'people.request_figures',
  `select kind, count(*)::int as received, count(*) filter (where state in ('received', 'in-progress'))::int as open,
     count(*) filter (where answered_at <= due_at)::int as "inTime", count(*) filter (where answered_at > due_at or (state in ('received', 'in-progress') and due_at < $3))::int as late,
     count(*) filter (where outcome = 'granted')::int as granted, count(*) filter (where outcome = 'partly')::int as partly,
     count(*) filter (where outcome = 'refused')::int as refused
   from people.request where received_at >= $1 and received_at < $2 and ($4::uuid[] is null or unit_id = any($4)) group by kind order by kind`,
);
export interface NewRequest {
  id: string;
  accountId: string;
  kind: RequestKind;
  text: string;
  details: RequestDetails;
  dueAt: Date;
  unitId: string | null;
}
export const insertRequest = async (tx: Tx, r: NewRequest): Promise<number> =>
  (
    await tx.run<{ number: number }>(insert, [
      r.id,
      r.accountId,
      r.kind,
      r.text,
      JSON.stringify(r.details),
      tx.now,
      r.dueAt,
      r.unitId,
    ])
  )[0]!.number;
export const findRequest = async (reader: Reader, id: string): Promise<DataRequest | undefined> =>
  (await reader.run<DataRequest>(find, [id]))[0];
export const lockRequest = async (tx: Tx, id: string): Promise<DataRequest | undefined> =>
  (await tx.run<DataRequest>(lock, [id]))[0];
export const listRequestsOf = (reader: Reader, accountId: string, limit = 100): Promise<DataRequest[]> =>
  reader.run<DataRequest>(ofAccount, [accountId, limit]);
export const countOpenOf = async (reader: Reader, accountId: string): Promise<number> =>
  (await reader.run<{ count: number }>(openOfAccount, [accountId]))[0]?.count ?? 0;

export interface RequestFilter {
  /** Only requests of these units; null for all, those of the province as a whole among them. */
  unitIds: readonly string[] | null;
  isDone: boolean;
  kind: RequestKind | null;
  assigneeId: string | null;
  number: number | null;
  after: { at: Date; id: string } | null;
  limit: number;
}
export const listRequests = (reader: Reader, f: RequestFilter): Promise<DataRequest[]> =>
  f.isDone
    ? reader.run<DataRequest>(done, [
        f.after?.at ?? new Date('9999-01-01T00:00:00Z'),
        f.after?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
        f.kind,
        f.assigneeId,
        f.number,
        f.limit,
        f.unitIds,
      ])
    : reader.run<DataRequest>(open, [
        f.after?.at ?? new Date('1970-01-01T00:00:00Z'),
        f.after?.id ?? '00000000-0000-0000-0000-000000000000',
        f.kind,
        f.assigneeId,
        f.number,
        f.limit,
        f.unitIds,
      ]);
export const updateTaken = (tx: Tx, id: string, officerId: string, name: string) => tx.run(take, [id, officerId, name]);
export const updateAnswered = (
  tx: Tx,
  id: string,
  given: { outcome: RequestOutcome; reason: string | null; answer: string; by: string },
) => tx.run(answer, [id, given.outcome, given.reason, given.answer, tx.now, given.by]);
/** Hands an open request to another unit (null: the province), where nobody has taken it on yet. */
export const updateForwarded = (tx: Tx, id: string, unitId: string | null) => tx.run(forward, [id, unitId]);
export const updateWithdrawn = async (tx: Tx, id: string, accountId: string): Promise<boolean> =>
  (await tx.run(withdraw, [id, accountId])).length > 0;
export const countWaiting = async (
  reader: Reader,
  now: Date,
  unitIds: readonly string[] | null,
): Promise<{ open: number; late: number }> =>
  (await reader.run<{ open: number; late: number }>(waiting, [now, unitIds]))[0] ?? { open: 0, late: 0 };
export interface RequestFigure {
  kind: RequestKind;
  received: number;
  open: number;
  inTime: number;
  late: number;
  granted: number;
  partly: number;
  refused: number;
}
export const listFigures = (
  reader: Reader,
  from: Date,
  to: Date,
  now: Date,
  unitIds: readonly string[] | null,
): Promise<RequestFigure[]> => reader.run<RequestFigure>(figures, [from, to, now, unitIds]);
