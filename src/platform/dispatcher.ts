import { inTransaction, systemActor } from './transaction.ts';
import { statement, type Database, type Tx } from './database.ts';
import type { RecordedEvent, Subscription } from './events.ts';
import { eventLag } from './metrics.ts';

const BATCH = 1000;
const LOCK = 7_364_302;

const lock = statement('platform.lock_dispatcher', 'select pg_try_advisory_xact_lock($1) as locked');
const register = statement(
  'platform.register_subscriptions',
  `insert into platform.subscription (name, xid, event_id)
   select name, '1'::xid8, 0 from unnest($1::text[]) as name on conflict (name) do nothing`, // below 1 lies history brought in with its effects
);
const positions = statement(
  'platform.list_positions',
  `select name, xid::text, event_id from platform.subscription where name = any($1) order by xid, event_id`,
);
const next = statement(
  'platform.next_events',
  `select id, xid::text, name, occurred_at, subject_kind, subject_id, unit_id, actor_kind, actor_id, actor_label, request_id, payload
   from platform.event
   where (xid, id) > ($1::xid8, $2::bigint) and xid < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + platform.event_order_base())::text::xid8
   order by xid, id limit $3`,
);
const advance = statement(
  'platform.advance_positions',
  `update platform.subscription set xid = $2::xid8, event_id = $3, updated_at = now() where name = any($1)`,
);
const fanOut = statement(
  'platform.fan_out',
  `select count(*) from graphile_worker.add_jobs(array(
     select row(j.task, j.payload, null, now(), 25, j.key, 0, null)::graphile_worker.job_spec
     from jsonb_to_recordset($1::jsonb) as j (task text, payload json, key text)))`,
);

interface EventRow {
  id: number;
  xid: string;
  name: string;
  occurred_at: Date;
  subject_kind: string;
  subject_id: string;
  unit_id: string | null;
  actor_kind: string;
  actor_id: string | null;
  actor_label: string;
  request_id: string;
  payload: Record<string, unknown>;
}

export const subscriberTask = (name: string): string => `on:${name}`;

/**
 * Hands every committed event to every subscriber as a job of its own, exactly once per subscriber: positions move in
 * the transaction that adds the jobs. Only one process dispatches at a time; the others' calls return at once.
 * @returns number of events read; call again at once while it is not 0
 */
export async function dispatchEvents(db: Database, subscriptions: readonly Subscription[]): Promise<number> {
  if (subscriptions.length === 0) return 0;
  return inTransaction(db, { actor: systemActor('dispatcher') }, async (tx) => {
    const [row] = await tx.run<{ locked: boolean }>(lock, [LOCK]);
    if (!row?.locked) return 0;
    const names = subscriptions.map((s) => s.name);
    await tx.run(register, [names]);
    const groups = Map.groupBy(
      await tx.run<{ name: string; xid: string; event_id: number }>(positions, [names]),
      (p) => `${p.xid}/${p.event_id}`,
    );
    let read = 0;
    for (const group of groups.values()) {
      const first = group[0];
      if (!first) continue;
      const members = new Set(group.map((p) => p.name));
      read += await dispatchGroup(
        tx,
        subscriptions.filter((s) => members.has(s.name)),
        first,
      );
    }
    return read;
  });
}

async function dispatchGroup(
  tx: Tx,
  subscriptions: readonly Subscription[],
  from: { xid: string; event_id: number },
): Promise<number> {
  const events = await tx.run<EventRow>(next, [from.xid, from.event_id, BATCH]);
  const last = events.at(-1);
  if (!last) {
    eventLag.set(0);
    return 0;
  }
  eventLag.set(Math.max(0, (Date.now() - (events[0]?.occurred_at.getTime() ?? 0)) / 1000));
  const interested = Map.groupBy(
    subscriptions.flatMap((s) => s.events.map((event) => ({ event, name: s.name }))),
    (pair) => pair.event,
  );
  const jobs = events.flatMap((event) =>
    (interested.get(event.name) ?? []).map(({ name }) => ({
      task: subscriberTask(name),
      payload: recorded(event),
      key: `${name}/${event.id}`,
    })),
  );
  if (jobs.length > 0) await tx.run(fanOut, [JSON.stringify(jobs)]);
  await tx.run(advance, [subscriptions.map((s) => s.name), last.xid, last.id]);
  return events.length;
}

function recorded(row: EventRow): RecordedEvent {
  return {
    id: row.id,
    name: row.name,
    occurredAt: row.occurred_at.toISOString(),
    subject: { kind: row.subject_kind, id: row.subject_id },
    unitId: row.unit_id,
    actor: { kind: row.actor_kind, id: row.actor_id, label: row.actor_label },
    requestId: row.request_id,
    payload: row.payload,
  };
}

const behind = statement(
  'platform.is_dispatch_behind',
  `select exists (
     select from platform.subscription s, platform.event e
     where s.name = any($1) and (e.xid, e.id) > (s.xid, s.event_id)) as behind`,
);

/** Whether committed events still wait for one of these subscribers (an older transaction may hold them back). */
export async function isDispatchBehind(db: Database, subscriptions: readonly Subscription[]): Promise<boolean> {
  const [row] = await db.reader.run<{ behind: boolean }>(behind, [subscriptions.map((s) => s.name)]);
  return row?.behind ?? false;
}
