import { statement, type Reader, type Tx } from '../../platform/database.ts';

export type Channel = 'email' | 'sms' | 'push' | 'chat' | 'in-app' | 'paper';
export const messageStates = [
  'queued',
  'gathered',
  'held',
  'sent',
  'delivered',
  'undelivered',
  'refused',
  'dead',
  'no-provider',
  'discarded',
  'to-hand',
  'handed',
] as const;
export type MessageState = (typeof messageStates)[number];

export interface NewMessage {
  id: string;
  effectKey: string;
  recipientKind: string | null;
  recipientId: string | null;
  channel: Channel;
  address: string | null;
  /** A telephone number in international form, for what stops by number. */
  number?: string | null;
  locale: string;
  template: string;
  kind: string;
  subject: string;
  body: string;
  /** What a chat provider needs: its template and the values. */
  extra: { template: string; data: Record<string, string> } | null;
  link: string | null;
  subjectKind: string | null;
  subjectId: string | null;
  unitId: string | null;
  isSensitive: boolean;
  isUrgent: boolean;
  mode: string;
  state: MessageState;
  nextAttemptAt: Date | null;
}
export interface MessageRow extends NewMessage {
  attempts: number;
  provider: string | null;
  parts: number | null;
  costDong: number | null;
  deliveredAt: Date | null;
  discardReason: string | null;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
  readAt: Date | null;
}

const COLUMNS = `id, effect_key as "effectKey", recipient_kind as "recipientKind", recipient_id as "recipientId", channel, address, locale,
  template, kind, subject, body, extra, link, subject_kind as "subjectKind", subject_id as "subjectId", unit_id as "unitId", is_sensitive as "isSensitive",
  is_urgent as "isUrgent", mode, state, attempts, provider, parts, cost_dong as "costDong", delivered_at as "deliveredAt", discard_reason as "discardReason",
  next_attempt_at as "nextAttemptAt", last_error as "lastError", created_at as "createdAt", sent_at as "sentAt", read_at as "readAt"`;

const insert = statement(
  'notifications.insert_messages',
  `insert into notifications.message (id, effect_key, recipient_kind, recipient_id, channel, address, locale, template, kind, subject, body, extra, link,
     subject_kind, subject_id, unit_id, is_sensitive, is_urgent, mode, state, discard_reason, created_at, sent_at, next_attempt_at, due_at)
   select m.id, m."effectKey", m."recipientKind", m."recipientId", m.channel, m.address, m.locale, m.template, m.kind, m.subject, m.body, m.extra, m.link,
     m."subjectKind", m."subjectId", m."unitId", m."isSensitive", m."isUrgent", m.mode, case when s.address is null then m.state else 'discarded' end,
     case when s.address is not null then 'stopped' end, $2, case when m.state = 'sent' then $2::timestamptz end,
     case when m.state = 'queued' then m."nextAttemptAt" end, m."nextAttemptAt"
   from jsonb_to_recordset($1::jsonb) as m (id uuid, "effectKey" text, "recipientKind" text, "recipientId" text, channel text, address text, number text,
     locale text, template text, kind text, subject text, body text, extra jsonb, link text, "subjectKind" text, "subjectId" text, "unitId" uuid,
     "isSensitive" boolean, "isUrgent" boolean, mode text, state text, "nextAttemptAt" timestamptz)
   left join notifications.stopped_number s on s.address = m.number and m.kind not in ('security', 'safety')
   on conflict (effect_key) do nothing
   returning id, channel, unit_id as "unitId"`,
);
const requeue = statement(
  'notifications.requeue_message',
  `update notifications.message set state = 'queued', attempts = 0, next_attempt_at = $2, last_error = null, cost_dong = null
   where id = any($1) and state in ('dead', 'refused', 'undelivered', 'no-provider', 'held') and channel not in ('in-app', 'paper')
   returning id, channel, template, unit_id as "unitId", next_attempt_at as "nextAttemptAt"`,
);
const discard = statement(
  'notifications.discard_messages',
  `update notifications.message set state = 'discarded', discard_reason = $2, next_attempt_at = null
   where id = any($1) and state in ('dead', 'refused', 'undelivered', 'no-provider', 'held') returning id, channel, template, unit_id as "unitId"`,
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
   where channel <> 'in-app' and (created_at, id) < ($1, $2) and ($3::text[] is null or state = any($3)) and ($4::text is null or channel = $4)
     and ($5::text is null or address ilike $5) and ($7::text is null or template = $7) and ($8::text is null or provider = $8)
     and ($9::timestamptz is null or created_at >= $9) and ($10::timestamptz is null or created_at < $10)
   order by created_at desc, id desc limit $6`,
);
const bySubject = statement(
  'notifications.list_by_subject',
  `select ${COLUMNS} from notifications.message where subject_kind = $1 and subject_id = $2 order by created_at, id limit 200`,
);
const forget = statement(
  'notifications.delete_old',
  `delete from notifications.message where created_at < $1 and state not in ('queued', 'gathered', 'held')`,
);

export const insertMessages = (
  tx: Tx,
  messages: readonly NewMessage[],
): Promise<{ id: string; channel: Channel; unitId: string | null }[]> =>
  tx.run(insert, [JSON.stringify(messages), tx.now]);
export interface MovedMessage {
  id: string;
  channel: Channel;
  template: string;
  unitId: string | null;
  nextAttemptAt: Date | null;
}
/** Puts messages that did not get out into the queue again; those in another state are left out of what is returned. */
export const requeueMessages = (tx: Tx, ids: readonly string[]): Promise<MovedMessage[]> =>
  tx.run<MovedMessage>(requeue, [ids, tx.now]);
export const discardMessages = (tx: Tx, ids: readonly string[], reason: string): Promise<MovedMessage[]> =>
  tx.run<MovedMessage>(discard, [ids, reason]);

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
  states?: readonly string[] | null;
  channel?: string | null;
  address?: string | null;
  template?: string | null;
  provider?: string | null;
  from?: Date | null;
  before?: Date | null;
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
    filter.states && filter.states.length > 0 ? filter.states : null,
    filter.channel || null,
    filter.address ? `%${filter.address.replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%` : null,
    limit,
    filter.template || null,
    filter.provider || null,
    filter.from ?? null,
    filter.before ?? null,
  ]);
export const listMessagesOf = (reader: Reader, subject: { kind: string; id: string }): Promise<MessageRow[]> =>
  reader.run<MessageRow>(bySubject, [subject.kind, subject.id]);
export const deleteMessagesBefore = (tx: Tx, before: Date): Promise<object[]> => tx.run(forget, [before]);
