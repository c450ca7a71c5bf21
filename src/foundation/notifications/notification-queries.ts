import { statement, type Reader, type Tx } from '../../platform/database.ts';

export type Channel = 'email' | 'sms' | 'in-app';
export type MessageState = 'queued' | 'sent' | 'refused' | 'dead' | 'no-provider';

export interface ContactPoint {
  channel: 'email' | 'sms';
  address: string;
  verifiedAt: Date | null;
}
export interface NewMessage {
  id: string;
  effectKey: string;
  recipientKind: string | null;
  recipientId: string | null;
  channel: Channel;
  address: string | null;
  locale: string;
  template: string;
  subject: string;
  body: string;
  link: string | null;
  subjectKind: string | null;
  subjectId: string | null;
  isSensitive: boolean;
  state: MessageState;
}
export interface MessageRow extends NewMessage {
  attempts: number;
  nextAttemptAt: Date | null;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
  readAt: Date | null;
}

const COLUMNS = `id, effect_key as "effectKey", recipient_kind as "recipientKind", recipient_id as "recipientId", channel, address, locale,
  template, subject, body, link, subject_kind as "subjectKind", subject_id as "subjectId", is_sensitive as "isSensitive", state, attempts,
  next_attempt_at as "nextAttemptAt", last_error as "lastError", created_at as "createdAt", sent_at as "sentAt", read_at as "readAt"`;

const upsertContact = statement(
  'notifications.upsert_contact',
  `insert into notifications.contact_point (recipient_kind, recipient_id, channel, address, verified_at, updated_at)
   values ($1, $2, $3, $4, $5, $6)
   on conflict (recipient_kind, recipient_id, channel)
   do update set address = excluded.address, verified_at = excluded.verified_at, updated_at = excluded.updated_at`,
);
const removeContact = statement(
  'notifications.delete_contact',
  'delete from notifications.contact_point where recipient_kind = $1 and recipient_id = $2 and channel = $3',
);
const contacts = statement(
  'notifications.list_contacts',
  `select channel, address, verified_at as "verifiedAt" from notifications.contact_point
   where recipient_kind = $1 and recipient_id = $2 order by channel`,
);
const insert = statement(
  'notifications.insert_messages',
  `insert into notifications.message (id, effect_key, recipient_kind, recipient_id, channel, address, locale, template, subject, body, link,
     subject_kind, subject_id, is_sensitive, state, created_at, sent_at)
   select m.id, m."effectKey", m."recipientKind", m."recipientId", m.channel, m.address, m.locale, m.template, m.subject, m.body, m.link,
     m."subjectKind", m."subjectId", m."isSensitive", m.state, $2, case when m.state = 'sent' then $2::timestamptz end
   from jsonb_to_recordset($1::jsonb) as m (id uuid, "effectKey" text, "recipientKind" text, "recipientId" text, channel text, address text,
     locale text, template text, subject text, body text, link text, "subjectKind" text, "subjectId" text, "isSensitive" boolean, state text)
   on conflict (effect_key) do nothing
   returning id, channel`,
);
const lockQueued = statement(
  'notifications.lock_queued',
  `select ${COLUMNS} from notifications.message where id = $1 and state = 'queued' for update skip locked`,
);
const settle = statement(
  'notifications.settle_message',
  `update notifications.message set state = $2, attempts = attempts + 1, last_error = $3, sent_at = case when $2 = 'sent' then $4::timestamptz end,
     next_attempt_at = $5, provider_reference = $6, body = case when is_sensitive and $2 = 'sent' and $7 then '' else body end
   where id = $1`,
);
const requeue = statement(
  'notifications.requeue_message',
  `update notifications.message set state = 'queued', next_attempt_at = null, last_error = null
   where id = $1 and state in ('dead', 'refused', 'no-provider') returning channel, template`,
);
const inbox = statement(
  'notifications.list_inbox',
  `select ${COLUMNS} from notifications.message
   where channel = 'in-app' and recipient_kind = $1 and recipient_id = $2 and (created_at, id) < ($3, $4)
   order by created_at desc, id desc limit $5`,
);
const unread = statement(
  'notifications.count_unread',
  `select count(*)::int as count from (
     select from notifications.message where channel = 'in-app' and read_at is null and recipient_kind = $1 and recipient_id = $2 limit 100) as unread`,
);
const markRead = statement(
  'notifications.mark_read',
  `update notifications.message set read_at = $4
   where channel = 'in-app' and recipient_kind = $1 and recipient_id = $2 and read_at is null and ($3::uuid is null or id = $3)
   returning link`,
);
const findInApp = statement(
  'notifications.find_in_app',
  `select ${COLUMNS} from notifications.message where id = $3 and channel = 'in-app' and recipient_kind = $1 and recipient_id = $2`,
);
const outbox = statement(
  'notifications.list_outbox',
  `select ${COLUMNS} from notifications.message
   where channel <> 'in-app' and (created_at, id) < ($1, $2) and ($3::text is null or state = $3) and ($4::text is null or channel = $4)
     and ($5::text is null or address ilike $5)
   order by created_at desc, id desc limit $6`,
);
const bySubject = statement(
  'notifications.list_by_subject',
  `select ${COLUMNS} from notifications.message where subject_kind = $1 and subject_id = $2 order by created_at, id limit 200`,
);
const forget = statement(
  'notifications.delete_old',
  `delete from notifications.message where created_at < $1 and state <> 'queued'`,
);

export const saveContact = (tx: Tx, kind: string, id: string, contact: ContactPoint): Promise<object[]> =>
  tx.run(upsertContact, [kind, id, contact.channel, contact.address, contact.verifiedAt, tx.now]);
export const deleteContact = (tx: Tx, kind: string, id: string, channel: string): Promise<object[]> =>
  tx.run(removeContact, [kind, id, channel]);
export const listContacts = (reader: Reader, kind: string, id: string): Promise<ContactPoint[]> =>
  reader.run<ContactPoint>(contacts, [kind, id]);
export const insertMessages = (tx: Tx, messages: readonly NewMessage[]): Promise<{ id: string; channel: Channel }[]> =>
  tx.run(insert, [JSON.stringify(messages), tx.now]);
export async function lockQueuedMessage(tx: Tx, id: string): Promise<MessageRow | undefined> {
  return (await tx.run<MessageRow>(lockQueued, [id]))[0];
}
export interface Settlement {
  state: MessageState;
  error: string | null;
  nextAttemptAt: Date | null;
  providerReference: string | null;
  /** Drops the text of a sensitive message once it is sent. */
  forgetText: boolean;
}
export const settleMessage = (tx: Tx, id: string, s: Settlement): Promise<object[]> =>
  tx.run(settle, [
    id,
    s.state,
    s.error?.slice(0, 500) ?? null,
    tx.now,
    s.nextAttemptAt,
    s.providerReference,
    s.forgetText,
  ]);
export async function requeueMessage(tx: Tx, id: string): Promise<{ channel: string; template: string } | undefined> {
  return (await tx.run<{ channel: string; template: string }>(requeue, [id]))[0];
}

export interface Cursor {
  createdAt: Date;
  id: string;
}
const END: Cursor = { createdAt: new Date('9999-01-01'), id: 'ffffffff-ffff-7fff-bfff-ffffffffffff' };

export const listInbox = (
  reader: Reader,
  kind: string,
  id: string,
  before: Cursor | null,
  limit: number,
): Promise<MessageRow[]> =>
  reader.run<MessageRow>(inbox, [kind, id, (before ?? END).createdAt, (before ?? END).id, limit]);
export async function countUnread(reader: Reader, kind: string, id: string): Promise<number> {
  return (await reader.run<{ count: number }>(unread, [kind, id]))[0]?.count ?? 0;
}
export const markInboxRead = (
  tx: Tx,
  kind: string,
  id: string,
  messageId: string | null,
): Promise<{ link: string | null }[]> => tx.run(markRead, [kind, id, messageId, tx.now]);
export async function findInboxMessage(
  reader: Reader,
  kind: string,
  id: string,
  messageId: string,
): Promise<MessageRow | undefined> {
  return (await reader.run<MessageRow>(findInApp, [kind, id, messageId]))[0];
}
export interface OutboxFilter {
  state?: string | null;
  channel?: string | null;
  address?: string | null;
}
export const listOutbox = (
  reader: Reader,
  filter: OutboxFilter,
  before: Cursor | null,
  limit: number,
): Promise<MessageRow[]> =>
  reader.run<MessageRow>(outbox, [
    (before ?? END).createdAt,
    (before ?? END).id,
    filter.state || null,
    filter.channel || null,
    filter.address ? `%${filter.address.replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%` : null,
    limit,
  ]);
export const listMessagesOf = (reader: Reader, subject: { kind: string; id: string }): Promise<MessageRow[]> =>
  reader.run<MessageRow>(bySubject, [subject.kind, subject.id]);
export const deleteMessagesBefore = (tx: Tx, before: Date): Promise<object[]> => tx.run(forget, [before]);
