import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Cursor } from './notification-queries.ts';

export interface InboundText {
  id: string;
  provider: string;
  reference: string;
  sender: string;
  body: string;
  keyword: string;
  answer: string;
}
export interface InboundRow extends InboundText {
  receivedAt: Date;
}

const insert = statement(
  'notifications.insert_inbound',
  `insert into notifications.inbound (id, provider, reference, sender, body, keyword, answer, received_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (provider, reference) do nothing returning id`,
);
const countFrom = statement(
  'notifications.count_texts_from',
  `select count(*)::int as count from (select from notifications.inbound where sender = $1 and received_at > $2 limit 100) as recent`,
);
const list = statement(
  'notifications.list_inbound',
  `select id, provider, reference, sender, body, keyword, answer, received_at as "receivedAt" from notifications.inbound
   where (received_at, id) < ($1, $2) and ($3::text is null or sender = $3) order by received_at desc, id desc limit $4`,
);
const forget = statement('notifications.delete_inbound', 'delete from notifications.inbound where received_at < $1');

/** Keeps a text; false when the provider sent it before. */
export async function insertInbound(tx: Tx, text: InboundText): Promise<boolean> {
  const values = [text.id, text.provider, text.reference, text.sender, text.body, text.keyword, text.answer, tx.now];
  return (await tx.run(insert, values)).length === 1;
}
export async function countTextsFrom(reader: Reader, sender: string, since: Date): Promise<number> {
  return (await reader.run<{ count: number }>(countFrom, [sender, since]))[0]?.count ?? 0;
}
export const listInbound = (
  reader: Reader,
  sender: string | null,
  before: Cursor | null,
  limit: number,
): Promise<InboundRow[]> =>
  reader.run<InboundRow>(list, [
    before?.createdAt ?? new Date('9999-01-01'),
    before?.id ?? 'ffffffff-ffff-7fff-bfff-ffffffffffff',
    sender,
    limit,
  ]);
export const deleteInboundBefore = (tx: Tx, before: Date): Promise<object[]> => tx.run(forget, [before]);
