import { statement, type Reader, type Tx } from '../../platform/database.ts';

export type MessageStatus = 'waiting' | 'delivered' | 'dead';
export interface Message {
  id: string;
  subscriptionId: string;
  eventId: number | null;
  kind: string;
  lane: string;
  body: string;
  status: MessageStatus;
  attempts: number;
  nextAt: Date | null;
  createdAt: Date;
  settledAt: Date | null;
  lastStatus: number | null;
  lastFault: string | null;
}
const COLUMNS = `m.id, m.subscription_id as "subscriptionId", m.event_id as "eventId", m.kind, m.lane, m.body, m.status, m.attempts, m.next_at as "nextAt",
  m.created_at as "createdAt", m.settled_at as "settledAt", m.last_status as "lastStatus", m.last_fault as "lastFault"`;

const insert = statement(
  'webhooks.insert_messages',
  `insert into webhooks.message (id, subscription_id, event_id, kind, lane, sequence, body, status, next_at, created_at)
   select n.id, n.subscription_id, n.event_id, n.kind, n.lane, n.sequence, n.body, 'waiting', $2, $2
   from jsonb_to_recordset($1::jsonb) as n (id uuid, subscription_id uuid, event_id bigint, kind text, lane text, sequence bigint, body text)
   order by n.sequence
   on conflict (subscription_id, event_id) do nothing
   returning subscription_id as "subscriptionId", lane`,
);
// Only the first of a lane may go: what follows waits behind it, so that a receiver sees a dossier's states in their order.
const claim = statement(
  'webhooks.claim_message',
  `update webhooks.message m set leased_until = $3
   where m.id = (select f.id from webhooks.message f where f.subscription_id = $1 and f.lane = $2 and f.status = 'waiting'
       order by f.sequence limit 1)
     and m.status = 'waiting' and m.next_at <= $4 and (m.leased_until is null or m.leased_until <= $4)
   returning ${COLUMNS}, m.first_attempt as "firstAttempt"`,
);
const settle = statement(
  'webhooks.settle_message',
  `with tried as (
     insert into webhooks.attempt (message_id, number, at, status, fault, duration_ms) values ($1, $2, $3, $4, $5, $6)
     on conflict (message_id, number) do nothing
   )
   update webhooks.message set status = $7, attempts = $2, next_at = $8, leased_until = null, last_status = $4, last_fault = $5,
     settled_at = case when $7 = 'waiting' then null else $3::timestamptz end
   where id = $1`,
);
const page = statement(
  'webhooks.list_messages',
  `select ${COLUMNS} from webhooks.message m where m.subscription_id = $1 and ($2::text is null or m.status = $2) and ($3::uuid is null or m.id < $3)
   order by m.id desc limit $4`,
);
const one = statement(
  'webhooks.find_message',
  `select ${COLUMNS} from webhooks.message m where m.id = $1 and m.subscription_id = $2`,
);
const attempts = statement(
  'webhooks.list_attempts',
  `select number, at, status, fault, duration_ms as "durationMs" from webhooks.attempt where message_id = $1 order by number`,
);
// The number of tries goes on: the log keeps every one. A message has its full number of tries again.
const again = statement(
  'webhooks.replay_messages',
  `update webhooks.message m set status = 'waiting', next_at = $3, leased_until = null, settled_at = null, first_attempt = m.attempts
   where m.subscription_id = $1 and ($2::uuid is null or m.id = $2) and ($4::timestamptz is null or m.created_at >= $4)
     and m.status = any($5::text[]) and m.id in (select x.id from webhooks.message x where x.subscription_id = $1 and x.status = any($5::text[])
       and ($2::uuid is null or x.id = $2) and ($4::timestamptz is null or x.created_at >= $4) order by x.id limit 5000)
   returning m.lane`,
);
const overdue = statement(
  'webhooks.list_overdue_lanes',
  `select distinct m.subscription_id as "subscriptionId", m.lane from (
     select m.subscription_id, m.lane from webhooks.message m join webhooks.subscription s on s.id = m.subscription_id and s.status = 'active'
     where m.status = 'waiting' and m.next_at <= $1 and (m.leased_until is null or m.leased_until <= $1) order by m.next_at limit 5000) m`,
);
const sweep = statement(
  'webhooks.sweep_messages',
  `delete from webhooks.message where settled_at < case when status = 'dead' then $1::timestamptz - interval '90 days' else $1::timestamptz - interval '30 days' end`,
);

export interface NewMessage {
  id: string;
  subscriptionId: string;
  eventId: number | null;
  kind: string;
  lane: string;
  sequence: number;
  body: string;
}
/** Writes messages that are not there yet. Returns the lanes that got some. */
export const insertMessages = (tx: Tx, rows: readonly NewMessage[]) =>
  tx.run<{ subscriptionId: string; lane: string }>(insert, [
    JSON.stringify(
      rows.map((row) => ({
        id: row.id,
        subscription_id: row.subscriptionId,
        event_id: row.eventId,
        kind: row.kind,
        lane: row.lane,
        sequence: row.sequence,
        body: row.body,
      })),
    ),
    tx.now,
  ]);
/** The first message of a lane, for this worker alone until `until`; undefined when none is due or somebody has it. */
export const claimMessage = async (tx: Tx, subscriptionId: string, lane: string, until: Date) =>
  (await tx.run<Message & { firstAttempt: number }>(claim, [subscriptionId, lane, until, tx.now]))[0];
const nextOf = statement(
  'webhooks.find_next_at',
  `select next_at as "nextAt" from webhooks.message where subscription_id = $1 and lane = $2 and status = 'waiting' order by sequence limit 1`,
);
/** When the first waiting message of a lane is due; undefined when none waits. */
export const findNextAt = async (reader: Reader, subscriptionId: string, lane: string): Promise<Date | undefined> =>
  (await reader.run<{ nextAt: Date }>(nextOf, [subscriptionId, lane]))[0]?.nextAt;

export interface Outcome {
  number: number;
  at: Date;
  status: number | null;
  fault: string | null;
  durationMs: number;
}
export const settleMessage = (tx: Tx, id: string, outcome: Outcome, status: MessageStatus, nextAt: Date | null) =>
  tx.run(settle, [id, outcome.number, outcome.at, outcome.status, outcome.fault, outcome.durationMs, status, nextAt]);
export const listMessages = (
  reader: Reader,
  subscriptionId: string,
  filter: { status: MessageStatus | null; after: string | null },
  limit: number,
) => reader.run<Message>(page, [subscriptionId, filter.status, filter.after, limit]);
export const findMessage = async (reader: Reader, subscriptionId: string, id: string) =>
  (await reader.run<Message>(one, [id, subscriptionId]))[0];
export const listAttempts = (reader: Reader, messageId: string) => reader.run<Outcome>(attempts, [messageId]);
/** Puts messages back into their lanes. Returns the lanes. */
export const replayMessages = async (
  tx: Tx,
  subscriptionId: string,
  which: { id: string | null; since: Date | null; statuses: readonly MessageStatus[] },
): Promise<string[]> =>
  (await tx.run<{ lane: string }>(again, [subscriptionId, which.id, tx.now, which.since, which.statuses])).map(
    ({ lane }) => lane,
  );
export const listOverdueLanes = (reader: Reader, before: Date) =>
  reader.run<{ subscriptionId: string; lane: string }>(overdue, [before]);
export const sweepMessages = (tx: Tx) => tx.run(sweep, [tx.now]);
