import { statement, type Reader, type Tx } from '../../platform/database.ts';

export type SubscriptionStatus = 'active' | 'paused' | 'disabled';
export interface Subscription {
  id: string;
  clientId: string;
  clientName: string;
  unitId: string | null;
  url: string;
  kinds: string[];
  description: string | null;
  secretGeneration: number;
  previousUntil: Date | null;
  status: SubscriptionStatus;
  statusReason: string | null;
  failingSince: Date | null;
  lastSuccessAt: Date | null;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
  version: number;
}
const COLUMNS = `s.id, s.client_id as "clientId", s.client_name as "clientName", s.unit_id as "unitId", s.url, s.kinds, s.description,
  s.secret_generation as "secretGeneration", s.previous_until as "previousUntil", s.status, s.status_reason as "statusReason",
  s.failing_since as "failingSince", s.last_success_at as "lastSuccessAt", s.created_at as "createdAt", s.created_by as "createdBy",
  s.updated_at as "updatedAt", s.version`;

const one = statement('webhooks.find_subscription', `select ${COLUMNS} from webhooks.subscription s where s.id = $1`);
const ofClient = statement(
  'webhooks.list_of_client',
  `select ${COLUMNS} from webhooks.subscription s where s.client_id = $1 and s.id > $2 order by s.id limit $3`,
);
const forKind = statement(
  'webhooks.list_for_kinds',
  `select ${COLUMNS} from webhooks.subscription s where s.kinds && $1::text[] and s.status = 'active' order by s.id limit 10000`,
);
const list = statement(
  'webhooks.list_subscriptions',
  `select ${COLUMNS}, (select count(*)::int from (select from webhooks.message m where m.subscription_id = s.id and m.status = 'dead' limit 1000) x) as dead
   from webhooks.subscription s
   where ($1::uuid[] is null or s.unit_id = any($1)) and ($2::text is null or s.status = $2)
     and ($3::text is null or platform.fold(s.client_name || ' ' || s.url) like '%' || platform.fold($3) || '%') and ($4::uuid is null or s.id < $4)
   order by s.id desc limit $5`,
);
const insert = statement(
  'webhooks.insert_subscription',
  `insert into webhooks.subscription (id, client_id, client_name, unit_id, url, kinds, description, status, created_at, created_by, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $9, $8)`,
);
const update = statement(
  'webhooks.update_subscription',
  `update webhooks.subscription set url = $3, kinds = $4, description = $5, status = $6, status_reason = null,
     failing_since = case when $6 = 'active' then null else failing_since end, updated_at = $7, version = version + 1
   where id = $1 and ($2::int is null or version = $2) returning id`,
);
const rotate = statement(
  'webhooks.rotate_secret',
  `update webhooks.subscription set secret_generation = secret_generation + 1, previous_until = $2, updated_at = $3, version = version + 1
   where id = $1 returning secret_generation as "secretGeneration"`,
);
const disable = statement(
  'webhooks.disable_subscription',
  `update webhooks.subscription set status = 'disabled', status_reason = $2, updated_at = $3, version = version + 1
   where id = $1 and status = 'active' returning id`,
);
const remove = statement('webhooks.delete_subscription', 'delete from webhooks.subscription where id = $1');
const noteSuccess = statement(
  'webhooks.note_success',
  `update webhooks.subscription set last_success_at = $2, failing_since = null where id = $1`,
);
const noteFailure = statement(
  'webhooks.note_failure',
  `update webhooks.subscription set failing_since = coalesce(failing_since, $2) where id = $1 returning failing_since as "failingSince"`,
);

export const findSubscription = async (reader: Reader, id: string): Promise<Subscription | undefined> =>
  (await reader.run<Subscription>(one, [id]))[0];
export const listOfClient = (reader: Reader, clientId: string, after: string | null, limit: number) =>
  reader.run<Subscription>(ofClient, [clientId, after ?? '00000000-0000-0000-0000-000000000000', limit]);
export const listForKinds = (reader: Reader, kinds: readonly string[]) => reader.run<Subscription>(forKind, [kinds]);

export interface SubscriptionFilter {
  unitIds: readonly string[] | null;
  status: SubscriptionStatus | null;
  text: string | null;
  after: string | null;
}
export const listSubscriptions = (reader: Reader, filter: SubscriptionFilter, limit: number) =>
  reader.run<Subscription & { dead: number }>(list, [
    filter.unitIds,
    filter.status,
    filter.text?.replaceAll(/[\\%_]/g, String.raw`\$&`) ?? null,
    filter.after,
    limit,
  ]);
export const insertSubscription = (
  tx: Tx,
  row: Pick<Subscription, 'id' | 'clientId' | 'clientName' | 'unitId' | 'url' | 'kinds' | 'description'>,
) =>
  tx.run(insert, [
    row.id,
    row.clientId,
    row.clientName,
    row.unitId,
    row.url,
    row.kinds,
    row.description,
    tx.now,
    tx.actor.label,
  ]);
/** False when somebody changed it since `version`; null takes whatever stands. */
export const updateSubscription = async (
  tx: Tx,
  id: string,
  version: number | null,
  row: Pick<Subscription, 'url' | 'kinds' | 'description' | 'status'>,
): Promise<boolean> =>
  (await tx.run(update, [id, version, row.url, row.kinds, row.description, row.status, tx.now])).length === 1;
export const updateSecret = async (tx: Tx, id: string, previousUntil: Date): Promise<number> =>
  (await tx.run<{ secretGeneration: number }>(rotate, [id, previousUntil, tx.now]))[0]?.secretGeneration ?? 1;
export const disableSubscription = async (tx: Tx, id: string, reason: string): Promise<boolean> =>
  (await tx.run(disable, [id, reason, tx.now])).length === 1;
export const deleteSubscription = (tx: Tx, id: string) => tx.run(remove, [id]);
export const updateSuccess = (tx: Tx, id: string) => tx.run(noteSuccess, [id, tx.now]);
export const updateFailure = async (tx: Tx, id: string): Promise<Date> =>
  (await tx.run<{ failingSince: Date }>(noteFailure, [id, tx.now]))[0]?.failingSince ?? tx.now;
