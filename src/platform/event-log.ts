import type pg from 'pg';
import { statement, type Database, type Reader } from './database.ts';

/** One line of the record of acts. */
export interface LoggedEvent {
  id: number;
  occurredAt: Date;
  name: string;
  subjectKind: string;
  subjectId: string;
  unitId: string | null;
  actorKind: string;
  actorId: string | null;
  actorLabel: string;
  requestId: string;
  payload: Record<string, unknown>;
}
export interface EventFilter {
  /** Exact name, or a module (`dossiers.`) when it ends in a dot. */
  name?: string | null;
  actorId?: string | null;
  subjectKind?: string | null;
  subjectId?: string | null;
  unitIds?: readonly string[] | null;
  requestId?: string | null;
  from?: Date | null;
  before?: Date | null;
}
export interface EventCursor {
  occurredAt: Date;
  id: number;
}

const LIST = `select id, occurred_at as "occurredAt", name, subject_kind as "subjectKind", subject_id as "subjectId", unit_id as "unitId",
    actor_kind as "actorKind", actor_id as "actorId", actor_label as "actorLabel", request_id as "requestId", payload
  from platform.event
  where occurred_at >= $1 and occurred_at < $2 and (occurred_at, id) < ($3, $4)
    and ($5::text is null or name = $5 or (right($5, 1) = '.' and starts_with(name, $5)))
    and ($6::text is null or actor_id = $6) and ($7::text is null or subject_kind = $7) and ($8::text is null or subject_id = $8)
    and ($9::uuid[] is null or unit_id = any($9)) and ($10::text is null or request_id = $10)
  order by occurred_at desc, id desc limit $11`;
const list = statement('platform.list_events', LIST);

const BEGINNING = new Date('2000-01-01');
const END = new Date('9999-01-01');

/** The newest events first, by keyset; the time range keeps the read inside few partitions. */
export function listEvents(
  reader: Reader,
  filter: EventFilter,
  after: EventCursor | null,
  limit: number,
): Promise<LoggedEvent[]> {
  return reader.run<LoggedEvent>(list, [
    filter.from ?? BEGINNING,
    filter.before ?? END,
    after?.occurredAt ?? END,
    after?.id ?? Number.MAX_SAFE_INTEGER,
    filter.name || null,
    filter.actorId || null,
    filter.subjectKind || null,
    filter.subjectId || null,
    filter.unitIds ?? null,
    filter.requestId || null,
    limit,
  ]);
}

/** All events of a filter in batches, newest first, up to `max`. */
export async function* walkEvents(reader: Reader, filter: EventFilter, max: number): AsyncGenerator<LoggedEvent> {
  let after: EventCursor | null = null;
  for (let seen = 0; seen < max;) {
    const batch: LoggedEvent[] = await listEvents(reader, filter, after, Math.min(1_000, max - seen));
    yield* batch;
    seen += batch.length;
    const last = batch.at(-1);
    if (!last || batch.length < 1_000) return;
    after = last;
  }
}

const partitions = statement(
  'platform.list_event_partitions',
  `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
   where i.inhparent = 'platform.event'::regclass and c.relname ~ '^event_[0-9]{6}$' order by 1`,
);

/**
 * Drops the partitions of months that ended before `keepFrom` (`YYYY-MM-DD`): whole months only, so nothing young goes.
 * Returns their names.
 */
export async function dropEventsBefore(db: Database, keepFrom: string): Promise<string[]> {
  const limit = `event_${keepFrom.slice(0, 7).replace('-', '')}`;
  const rows = await db.reader.run<{ name: string }>(partitions);
  const old = rows.map((row) => row.name).filter((name) => name < limit);
  for (const name of old) await db.reader.raw(`drop table platform.${name}`);
  return old;
}

const dropped = statement(
  'platform.list_dropped_months',
  `select distinct substr(part, 7) as month from platform.event e, jsonb_array_elements_text(e.payload->'partitions') as part
   where e.name = 'operations.events-dropped' and part ~ '^event_[0-9]{6}$' order by 1`,
);
/** Months (`YYYYMM`) whose events were dropped because their time of keeping was over, the oldest first. */
export const listDroppedMonths = async (reader: Reader): Promise<string[]> =>
  (await reader.run<{ month: string }>(dropped)).map((row) => row.month);

/**
 * After a restore: lets new events come after every event and every subscriber's position of the back-up, also on a server
 * whose transaction ids are lower than those of the server the back-up is from. Nothing is changed where they are not.
 */
export async function continueEventOrder(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ base: string | null }>(
    `select greatest(last::text::bigint - pg_current_xact_id()::text::bigint + 1, 0)::text as base
     from (select xid as last from platform.event union all select xid from platform.subscription order by 1 desc limit 1) as newest`,
  );
  const base = BigInt(rows[0]?.base ?? 0);
  await client.query(
    `create or replace function platform.event_order_base() returns bigint language sql immutable as 'select ${base}::bigint'`,
  );
}
