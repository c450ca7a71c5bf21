import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { IncomingPart } from './providers/provider-contract.ts';
import type { PartBytes } from './sms-parts.ts';

const lock = statement('notifications.lock_long', 'select pg_advisory_xact_lock(hashtextextended($1, 7))');
const begin = statement(
  'notifications.begin_long',
  `insert into notifications.inbound_long (id, provider, sender, recipient, reference, total, began_at) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (provider, sender, recipient, reference, total) where settled_at is null do update set total = excluded.total returning id, total`,
);
const insert = statement(
  'notifications.insert_part',
  `insert into notifications.inbound_part (long_id, number, data_coding, body, received_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
);
const parts = statement(
  'notifications.list_parts',
  'select number, data_coding as "dataCoding", body from notifications.inbound_part where long_id = $1 order by number',
);
const had = statement(
  'notifications.had_part',
  `select from notifications.inbound_long l join notifications.inbound_part p on p.long_id = l.id
   where l.provider = $1 and l.sender = $2 and l.recipient = $3 and l.reference = $4 and l.total = $5 and l.settled_at > $6 and p.number = $7 and p.body = $8 limit 1`,
);
const waiting = statement(
  'notifications.count_waiting_parts',
  `select count(*)::int as count from notifications.inbound_long l join notifications.inbound_part p on p.long_id = l.id
   where l.sender = $1 and l.settled_at is null`,
);
const settle = statement(
  'notifications.settle_long',
  'update notifications.inbound_long set settled_at = $2 where id = $1 and settled_at is null',
);
const stale = statement(
  'notifications.lock_stale_long',
  `select id, provider, sender, total from notifications.inbound_long where settled_at is null and began_at < $1 order by began_at, id limit 1
   for update skip locked`,
);
const forget = statement(
  'notifications.delete_long',
  'delete from notifications.inbound_long where settled_at is not null and began_at < $1',
);

const keyOf = ({ provider, sender, recipient, place }: IncomingPart) => [
  provider,
  sender,
  recipient,
  place.reference,
  place.total,
];
/** One part of a text after the other, also those that come at once and twice. */
export const lockLong = (tx: Tx, part: IncomingPart): Promise<object[]> => tx.run(lock, [keyOf(part).join('/')]);
/** The whole that a part belongs to, begun or found. */
export const beginLong = async (tx: Tx, id: string, part: IncomingPart): Promise<{ id: string; total: number }> =>
  (await tx.run<{ id: string; total: number }>(begin, [id, ...keyOf(part), tx.now]))[0]!;
export const insertPart = (tx: Tx, longId: string, part: IncomingPart): Promise<object[]> =>
  tx.run(insert, [longId, part.place.number, part.dataCoding, part.body, tx.now]);
export const listParts = (reader: Reader, longId: string): Promise<PartBytes[]> =>
  reader.run<PartBytes>(parts, [longId]);
/** Whether this very part belongs to a text that was joined since. */
export const hadPart = async (reader: Reader, part: IncomingPart, since: Date): Promise<boolean> =>
  (await reader.run(had, [...keyOf(part), since, part.place.number, part.body])).length > 0;
export const countWaitingParts = async (reader: Reader, sender: string): Promise<number> =>
  (await reader.run<{ count: number }>(waiting, [sender]))[0]?.count ?? 0;
export const settleLong = (tx: Tx, id: string): Promise<object[]> => tx.run(settle, [id, tx.now]);
export const lockStaleLong = async (
  tx: Tx,
  before: Date,
): Promise<{ id: string; provider: string; sender: string; total: number } | undefined> =>
  (await tx.run<{ id: string; provider: string; sender: string; total: number }>(stale, [before]))[0];
export const deleteLongBefore = (tx: Tx, before: Date): Promise<object[]> => tx.run(forget, [before]);
