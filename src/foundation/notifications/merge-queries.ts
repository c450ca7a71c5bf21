import { statement, type Reader, type Tx } from '../../platform/database.ts';

const count = statement(
  'notifications.count_messages_of',
  `select count(*)::int as n from (select from notifications.message where recipient_kind = 'account' and recipient_id = $1 and channel = 'in-app' limit 1000) m`,
);
const messages = statement(
  'notifications.merge_messages',
  `update notifications.message set recipient_id = $2 where recipient_kind = 'account' and recipient_id = $1 and channel = 'in-app' and created_at < $3 returning id`,
);
const messagesBack = statement(
  'notifications.unmerge_messages',
  `update notifications.message set recipient_id = $1
   where recipient_kind = 'account' and recipient_id = $2 and id = any($3::uuid[])`,
);
const contacts = statement(
  'notifications.merge_contacts',
  `update notifications.contact_point s set recipient_id = $2, updated_at = $3 where s.recipient_kind = 'account' and s.recipient_id = $1
     and not exists (select from notifications.contact_point t where t.recipient_kind = 'account' and t.recipient_id = $2 and t.channel = s.channel)
   returning s.channel as id`,
);
const contactsBack = statement(
  'notifications.unmerge_contacts',
  `update notifications.contact_point set recipient_id = $1, updated_at = $4
   where recipient_kind = 'account' and recipient_id = $2 and channel = any($3::text[])`,
);

const ids = (rows: { id: string }[]): string[] => rows.map((row) => row.id);

/** Messages in the inbox of an account, counted up to a thousand. */
export const countMessages = async (reader: Reader, accountId: string): Promise<number> =>
  (await reader.run<{ n: number }>(count, [accountId]))[0]?.n ?? 0;
/** The inbox of an account goes to another, but for what this transaction tells; returns the messages. */
export const mergeMessages = async (tx: Tx, from: string, to: string): Promise<string[]> =>
  ids(await tx.run<{ id: string }>(messages, [from, to, tx.now]));
export const unmergeMessages = (tx: Tx, from: string, to: string, moved: readonly string[]): Promise<object[]> =>
  tx.run(messagesBack, [from, to, moved]);
/** Addresses go to another account where that has none of the channel; returns the channels. */
export const mergeContacts = async (tx: Tx, from: string, to: string): Promise<string[]> =>
  ids(await tx.run<{ id: string }>(contacts, [from, to, tx.now]));
export const unmergeContacts = (tx: Tx, from: string, to: string, moved: readonly string[]): Promise<object[]> =>
  tx.run(contactsBack, [from, to, moved, tx.now]);
