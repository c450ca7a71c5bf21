import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Choice } from './choice.ts';

/** Everything that decides how somebody is told. */
export interface Addressee {
  contacts: readonly { channel: 'email' | 'sms'; address: string }[];
  choice: Choice | null;
  /** Keys of the browsers that asked. */
  pushes: readonly string[];
}

const addressees = statement(
  'notifications.list_addressees',
  `select r.kind, r.id,
     coalesce((select json_agg(json_build_object('channel', c.channel, 'address', c.address) order by c.channel) from notifications.contact_point c
       where c.recipient_kind = r.kind and c.recipient_id = r.id and c.verified_at is not null), '[]') as contacts,
     (select json_build_object('language', h.language, 'quietFrom', h.quiet_from, 'quietUntil', h.quiet_until, 'digest', h.digest, 'muted', h.muted)
       from notifications.choice h where h.recipient_kind = r.kind and h.recipient_id = r.id) as choice,
     coalesce((select json_agg(p.key order by p.created_at) from notifications.push_subscription p
       where p.recipient_kind = r.kind and p.recipient_id = r.id), '[]') as pushes
   from (select distinct kind, id from unnest($1::text[], $2::text[]) as t (kind, id)) as r`,
);
const choiceOf = statement(
  'notifications.find_choice',
  `select language, quiet_from as "quietFrom", quiet_until as "quietUntil", digest, muted from notifications.choice
   where recipient_kind = $1 and recipient_id = $2`,
);
const upsertChoice = statement(
  'notifications.upsert_choice',
  `insert into notifications.choice (recipient_kind, recipient_id, language, quiet_from, quiet_until, digest, muted, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)
   on conflict (recipient_kind, recipient_id) do update set language = excluded.language, quiet_from = excluded.quiet_from,
     quiet_until = excluded.quiet_until, digest = excluded.digest, muted = excluded.muted, updated_at = excluded.updated_at`,
);
const subscribe = statement(
  'notifications.insert_push',
  `insert into notifications.push_subscription (key, recipient_kind, recipient_id, endpoint, p256dh, auth, label, created_at)
   select $1, $2, $3, $4, $5, $6, $7, $8
   where (select count(*) from notifications.push_subscription where recipient_kind = $2 and recipient_id = $3) < $9
   on conflict (key) do update set recipient_kind = excluded.recipient_kind, recipient_id = excluded.recipient_id, p256dh = excluded.p256dh,
     auth = excluded.auth returning key`,
);
const unsubscribe = statement(
  'notifications.delete_push',
  'delete from notifications.push_subscription where key = $1',
);
const unsubscribeOwn = statement(
  'notifications.delete_own_push',
  'delete from notifications.push_subscription where key = $1 and recipient_kind = $2 and recipient_id = $3 returning key',
);
const subscriptions = statement(
  'notifications.list_push',
  `select key, label, created_at as "createdAt", used_at as "usedAt" from notifications.push_subscription
   where recipient_kind = $1 and recipient_id = $2 order by created_at`,
);
const byKeys = statement(
  'notifications.find_push',
  `select key, endpoint, p256dh, auth from notifications.push_subscription where key = any($1)`,
);
const stop = statement(
  'notifications.stop_number',
  `insert into notifications.stopped_number (address, stopped_at) values ($1, $2) on conflict (address) do nothing`,
);
const restart = statement(
  'notifications.restart_number',
  'delete from notifications.stopped_number where address = $1',
);

/** How each of the recipients is told, by `kind/id`; one statement for all. */
export async function listAddressees(
  reader: Reader,
  recipients: readonly { kind: string; id: string }[],
): Promise<Map<string, Addressee>> {
  const rows = await reader.run<Addressee & { kind: string; id: string }>(addressees, [
    recipients.map((each) => each.kind),
    recipients.map((each) => each.id),
  ]);
  return new Map(rows.map((row) => [`${row.kind}/${row.id}`, row]));
}
export async function findChoice(reader: Reader, kind: string, id: string): Promise<Choice | null> {
  return (await reader.run<Choice>(choiceOf, [kind, id]))[0] ?? null;
}
export const saveChoice = (tx: Tx, kind: string, id: string, choice: Choice): Promise<object[]> =>
  tx.run(upsertChoice, [
    kind,
    id,
    choice.language,
    choice.quietFrom,
    choice.quietUntil,
    choice.digest,
    JSON.stringify(choice.muted),
    tx.now,
  ]);

export interface PushSubscriptionRow {
  key: string;
  endpoint: string;
  p256dh: string;
  auth: string;
}
/** Browsers that one person may have at once. */
export const MAX_BROWSERS = 10;
/** Keeps a browser's subscription. False when the person has too many. */
export async function insertPush(
  tx: Tx,
  kind: string,
  id: string,
  push: PushSubscriptionRow & { label: string },
): Promise<boolean> {
  const values = [push.key, kind, id, push.endpoint, push.p256dh, push.auth, push.label, tx.now, MAX_BROWSERS];
  return (await tx.run(subscribe, values)).length === 1;
}
export const deletePush = (tx: Tx, key: string): Promise<object[]> => tx.run(unsubscribe, [key]);
export async function deleteOwnPush(tx: Tx, kind: string, id: string, key: string): Promise<boolean> {
  return (await tx.run(unsubscribeOwn, [key, kind, id])).length === 1;
}
export const listPushes = (
  reader: Reader,
  kind: string,
  id: string,
): Promise<{ key: string; label: string; createdAt: Date; usedAt: Date | null }[]> =>
  reader.run(subscriptions, [kind, id]);
export const findPushes = (reader: Reader, keys: readonly string[]): Promise<PushSubscriptionRow[]> =>
  reader.run<PushSubscriptionRow>(byKeys, [keys]);
/** Stops text messages to a number, but for codes. */
export const stopNumber = (tx: Tx, number: string): Promise<object[]> => tx.run(stop, [number, tx.now]);
export const restartNumber = (tx: Tx, number: string): Promise<object[]> => tx.run(restart, [number]);
