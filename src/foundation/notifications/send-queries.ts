import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { MessageState } from './notification-queries.ts';
import { FAILURES_TO_OPEN, REST_SECONDS, type ProviderHealth } from './provider.ts';
import type { MessageMode } from './trial.ts';

/** A message on its way out. */
export interface DueMessage {
  id: string;
  channel: 'email' | 'sms' | 'push' | 'chat';
  address: string;
  locale: 'vi' | 'en';
  template: string;
  kind: string;
  subject: string;
  body: string;
  extra: { template: string; data: Record<string, string> } | null;
  link: string | null;
  unitId: string | null;
  recipientKind: string | null;
  recipientId: string | null;
  isSensitive: boolean;
  isUrgent: boolean;
  mode: MessageMode;
  /** This try counted. */
  attempts: number;
  /** What a budget already holds for it. */
  costDong: number | null;
}

const claim = statement(
  'notifications.claim_due',
  `with due as (
     select id from notifications.message where state = 'queued' and channel = $1 and next_attempt_at <= $2
     order by next_attempt_at limit $3 for update skip locked)
   update notifications.message m set attempts = m.attempts + 1, next_attempt_at = $2::timestamptz + make_interval(secs => $4) from due where m.id = due.id
   returning m.id, m.channel, m.address, m.locale, m.template, m.kind, m.subject, m.body, m.extra, m.link, m.unit_id as "unitId",
     m.recipient_kind as "recipientKind", m.recipient_id as "recipientId", m.is_sensitive as "isSensitive", m.is_urgent as "isUrgent", m.mode, m.attempts,
     m.cost_dong as "costDong"`,
);
const DAY = (column: string) => `(${column} at time zone 'Asia/Ho_Chi_Minh')::date`;
const ADD_FIGURES = `on conflict (day, channel, provider, unit_id, template) do update set sent = f.sent + excluded.sent,
  delivered = f.delivered + excluded.delivered, failed = f.failed + excluded.failed, parts = f.parts + excluded.parts,
  cost_dong = f.cost_dong + excluded.cost_dong, delivery_ms = f.delivery_ms + excluded.delivery_ms, within_10s = f.within_10s + excluded.within_10s`;
const NO_UNIT = `'00000000-0000-0000-0000-000000000000'::uuid`;

const settle = statement(
  'notifications.settle_messages',
  `with s as (
     select * from jsonb_to_recordset($1::jsonb) as s (id uuid, state text, error text, provider text, refs jsonb, parts int, "costDong" bigint,
       "nextAttemptAt" timestamptz, "forgetText" boolean)
   ), done as (
     update notifications.message m set state = s.state, last_error = s.error, provider = s.provider, provider_reference = s.refs->>0, parts = s.parts,
       cost_dong = s."costDong", sent_at = case when s.state = 'sent' then $2::timestamptz end, next_attempt_at = s."nextAttemptAt",
       body = case when m.is_sensitive and s."forgetText" and s.state = 'sent' then '' else m.body end
     from s where m.id = s.id and m.state = 'queued'
     returning m.id, m.channel, m.template, m.unit_id, m.state, m.provider, m.parts, m.cost_dong, m.last_error
   ), noted as (
     insert into notifications.part as p (provider, reference, message_id, noted_at)
     select distinct on (s.provider, r.value) s.provider, r.value, s.id, $2::timestamptz from s join done on done.id = s.id, jsonb_array_elements_text(s.refs) as r
     where s.state = 'sent' and done.channel in ('sms', 'chat')
     on conflict (provider, reference) do update set message_id = coalesce(p.message_id, excluded.message_id)
   ), counted as (
     insert into notifications.figure as f (day, channel, provider, unit_id, template, sent, failed, parts, cost_dong)
     select ${DAY('$2::timestamptz')}, channel, coalesce(provider, ''), coalesce(unit_id, ${NO_UNIT}), template,
       count(*) filter (where state = 'sent'), count(*) filter (where state <> 'sent'), coalesce(sum(parts) filter (where state = 'sent'), 0),
       coalesce(sum(cost_dong) filter (where state = 'sent'), 0)
     from done where state in ('sent', 'refused', 'dead') group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
     ${ADD_FIGURES}
   )
   select id, channel, template, unit_id as "unitId", state, last_error as error from done`,
);
const noteReceipts = statement(
  'notifications.note_receipts',
  `insert into notifications.part as p (provider, reference, state, reason, noted_at, settled_at)
   select distinct on (provider, reference) provider, reference, state, reason, $2::timestamptz, $2::timestamptz
   from jsonb_to_recordset($1::jsonb) as r (provider text, reference text, state text, reason text) order by provider, reference
   on conflict (provider, reference) do update set state = excluded.state, reason = excluded.reason, settled_at = excluded.settled_at where p.state is null
   returning message_id as "messageId"`,
);
const settleReceipts = statement(
  'notifications.settle_receipts',
  `with p as (
     select message_id, bool_or(state = 'undelivered') as failed, bool_and(coalesce(state = 'delivered', false)) as delivered, max(settled_at) as at,
       max(reason) as reason
     from notifications.part where message_id = any($1) group by message_id
   ), done as (
     update notifications.message m set state = case when coalesce(p.failed, false) then 'undelivered' else 'delivered' end,
       delivered_at = case when coalesce(p.failed, false) then null else p.at end, last_error = p.reason
     from p where m.id = p.message_id and m.state = 'sent' and (p.failed or p.delivered)
     returning m.id, m.channel, m.template, m.unit_id, m.state, m.provider, m.sent_at, m.delivered_at, m.last_error,
       greatest(0, extract(epoch from p.at - coalesce(m.due_at, m.created_at)) * 1000)::bigint as took_ms,
       greatest(0, extract(epoch from p.at - m.sent_at))::float8 as receipt_seconds
   ), counted as (
     insert into notifications.figure as f (day, channel, provider, unit_id, template, delivered, failed, delivery_ms, within_10s)
     select ${DAY('sent_at')}, channel, coalesce(provider, ''), coalesce(unit_id, ${NO_UNIT}), template, count(*) filter (where state = 'delivered'),
       count(*) filter (where state <> 'delivered'), coalesce(sum(took_ms) filter (where state = 'delivered'), 0),
       count(*) filter (where state = 'delivered' and took_ms <= 10000)
     from done group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
     ${ADD_FIGURES}
   ), measured as (
     update notifications.provider v set receipt_seconds = coalesce(v.receipt_seconds * 0.8, d.seconds * 0.8) + d.seconds * 0.2
     from (select provider, avg(receipt_seconds) as seconds from done where state = 'delivered' group by provider) as d where v.key = d.provider
   )
   select id, channel, template, unit_id as "unitId", state, provider, last_error as error from done`,
);
const nextDue = statement(
  'notifications.next_due',
  `select channel, min(next_attempt_at) as at from notifications.message where state = 'queued' group by channel`,
);
const health = statement(
  'notifications.list_health',
  `select key, channel, is_enabled as "isEnabled", weight, failures, open_until as "openUntil", slow_until as "slowUntil", receipt_seconds as "receiptSeconds",
     last_sent_at as "lastSentAt", last_failed_at as "lastFailedAt", last_error as "lastError", quota_left as "quotaLeft" from notifications.provider`,
);
const noteHealth = statement(
  'notifications.note_health',
  `insert into notifications.provider as p (key, channel, failures, open_until, last_sent_at, last_failed_at, last_error)
   values ($1, $2, $4, case when $4::int >= ${FAILURES_TO_OPEN} then $5::timestamptz + make_interval(secs => ($6::int[])[least($4::int - ${FAILURES_TO_OPEN - 1}, array_length($6::int[], 1))]) end,
     case when $3 then $5::timestamptz end, case when $4::int > 0 or $7::text is not null then $5::timestamptz end, $7)
   on conflict (key) do update set
     failures = case when $3 then $4 else p.failures + $4 end,
     open_until = case when (case when $3 then 0 else p.failures end) + $4 >= ${FAILURES_TO_OPEN}
       then $5::timestamptz + make_interval(secs => ($6::int[])[least((case when $3 then 0 else p.failures end) + $4 - ${FAILURES_TO_OPEN - 1}, array_length($6::int[], 1))]) end,
     last_sent_at = coalesce(excluded.last_sent_at, p.last_sent_at), last_failed_at = coalesce(excluded.last_failed_at, p.last_failed_at),
     last_error = coalesce(excluded.last_error, p.last_error)`,
);
const setProvider = statement(
  'notifications.set_provider',
  `insert into notifications.provider as p (key, channel, is_enabled, weight) values ($1, $2, $3, $4)
   on conflict (key) do update set is_enabled = excluded.is_enabled, weight = excluded.weight,
     failures = case when p.is_enabled then p.failures else 0 end, open_until = case when p.is_enabled then p.open_until end`,
);
const watchSlow = statement(
  'notifications.watch_slow',
  `update notifications.provider p set slow_until = $2::timestamptz + interval '10 minutes'
   from (select count(*) filter (where state = 'sent' and sent_at < $2::timestamptz - make_interval(secs => $3)) as late, count(*) as all
     from notifications.message where provider = $1 and channel in ('sms', 'chat') and sent_at between $2::timestamptz - interval '30 minutes' and $2) as m
   where p.key = $1 and m.all >= 3 and (m.late >= 3 and m.late * 2 > m.all or p.receipt_seconds > $3) returning key`,
);
const dropOrphans = statement(
  'notifications.delete_orphan_parts',
  'delete from notifications.part where message_id is null and noted_at < $1',
);

/** Takes what is due for this process: nobody else gets it until the lease is over, then everybody may (a worker that died). */
export const claimDue = (tx: Tx, channel: string, limit: number, leaseSeconds: number): Promise<DueMessage[]> =>
  tx.run<DueMessage>(claim, [channel, tx.now, limit, leaseSeconds]);

export interface Settlement {
  id: string;
  state: MessageState;
  error: string | null;
  provider: string | null;
  refs: readonly string[];
  parts: number | null;
  costDong: number | null;
  nextAttemptAt: Date | null;
  /** Drops the text of a sensitive message once it is sent. */
  forgetText: boolean;
}
export interface SettledMessage {
  id: string;
  channel: string;
  template: string;
  unitId: string | null;
  state: MessageState;
  provider?: string | null;
  error: string | null;
}
/** Writes what became of messages, notes their parts and counts the day's figures, in one statement. */
export const settleMessages = (tx: Tx, settlements: readonly Settlement[]): Promise<SettledMessage[]> =>
  tx.run<SettledMessage>(settle, [
    JSON.stringify(settlements.map((each) => ({ ...each, error: each.error?.slice(0, 500) ?? null }))),
    tx.now,
  ]);

export interface ProviderReceipt {
  provider: string;
  reference: string;
  state: 'delivered' | 'undelivered';
  reason: string | null;
}
/** Notes receipts, each once; ids of the messages whose parts they are. */
export async function recordReceipts(tx: Tx, receipts: readonly ProviderReceipt[]): Promise<string[]> {
  const rows = await tx.run<{ messageId: string | null }>(noteReceipts, [JSON.stringify(receipts), tx.now]);
  return rows.flatMap((row) => row.messageId ?? []);
}
/** Moves messages whose receipts are all there to `delivered` or `undelivered`, and counts them. */
export const applyReceipts = (tx: Tx, messageIds: readonly string[]): Promise<SettledMessage[]> =>
  tx.run<SettledMessage>(settleReceipts, [messageIds]);
export const listNextDue = (reader: Reader): Promise<{ channel: string; at: Date }[]> => reader.run(nextDue);

export interface HealthRow extends ProviderHealth {
  key: string;
  channel: string;
  receiptSeconds: number | null;
  lastSentAt: Date | null;
  lastFailedAt: Date | null;
  lastError: string | null;
  quotaLeft: number | null;
}
export const listHealth = (reader: Reader): Promise<HealthRow[]> => reader.run<HealthRow>(health);
/** Adds what a batch saw of a provider: whether it ever worked, and its faults in a row after that. */
export const saveHealth = (
  tx: Tx,
  row: { key: string; channel: string; worked: boolean; faults: number; error: string | null },
): Promise<object[]> =>
  tx.run(noteHealth, [
    row.key,
    row.channel,
    row.worked,
    row.faults,
    tx.now,
    REST_SECONDS,
    row.error?.slice(0, 500) ?? null,
  ]);
export const setProviderUse = (
  tx: Tx,
  key: string,
  channel: string,
  isEnabled: boolean,
  weight: number | null,
): Promise<object[]> => tx.run(setProvider, [key, channel, isEnabled, weight]);
/**
 * Marks a provider slow for ten minutes when half of its receipts of the last half hour are late, or their mean is. One that got nothing in that time is
 * not marked: it would never find its way back.
 */
export const markSlow = (tx: Tx, key: string, slowSeconds: number): Promise<object[]> =>
  tx.run(watchSlow, [key, tx.now, slowSeconds]);
export const deleteOrphanParts = (tx: Tx, before: Date): Promise<object[]> => tx.run(dropOrphans, [before]);
