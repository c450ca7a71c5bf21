import { statement, type Reader, type Tx } from '../../platform/database.ts';
import { EVENT_TEXT_SQL, SALT_BYTES, ENTRY_BYTES } from './event-record.ts';
import { TILE_WIDTH, type TilePart, type TilePlace } from './tiles.ts';

/** How far events are sealed. */
export interface Head {
  size: number;
  /** Place of the last sealed event in the order in which events became visible. */
  xid: string;
  eventId: number;
  sealedAt: Date;
}
const HEAD = 'size, xid::text, event_id as "eventId", sealed_at as "sealedAt"';
const findHead = statement('ledger.find_head', `select ${HEAD} from ledger.head`);
const lockHead = statement(
  'ledger.lock_head',
  `select ${HEAD} from ledger.head where pg_try_advisory_xact_lock(7364320)`,
);

export const getHead = async (reader: Reader): Promise<Head> => (await reader.run<Head>(findHead))[0]!;

/** The head, when nobody else is sealing: until the transaction ends, nobody else will. Null otherwise. */
export const claimHead = async (tx: Tx): Promise<Head | null> => (await tx.run<Head>(lockHead))[0] ?? null;

export interface EventRow {
  id: number;
  xid: string;
  head: string;
  data: string;
}
const SETTLED = `e.xid < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + platform.event_order_base())::text::xid8`;
const nextEvents = statement(
  'ledger.next_events',
  `select e.id, e.xid::text, ${EVENT_TEXT_SQL} from platform.event e
   where (e.xid, e.id) > ($1::xid8, $2::bigint) and ${SETTLED} order by e.xid, e.id limit $3`,
);
const waiting = statement(
  'ledger.is_event_waiting',
  `select exists (select from platform.event e, ledger.head h where (e.xid, e.id) > (h.xid, h.event_id) and ${SETTLED}) as waiting`,
);

/** The events behind a place in the order, oldest first; none that an older transaction could still come before. */
export const listEventsAfter = (
  reader: Reader,
  { xid, eventId }: Pick<Head, 'xid' | 'eventId'>,
  limit: number,
): Promise<EventRow[]> => reader.run<EventRow>(nextEvents, [xid, eventId, limit]);

export const isEventWaiting = async (reader: Reader): Promise<boolean> =>
  (await reader.run<{ waiting: boolean }>(waiting))[0]?.waiting ?? false;

const tiles = statement(
  'ledger.list_tiles',
  `select t.level, t.number, t.hashes from unnest($1::smallint[], $2::bigint[]) as p (level, number)
   join ledger.tile t on t.level = p.level and t.number = p.number`,
);
/** These tiles, as far as they are there. */
export const listTiles = (reader: Reader, places: readonly TilePlace[]): Promise<TilePart[]> =>
  reader.run<TilePart>(tiles, [places.map((place) => place.level), places.map((place) => place.number)]);

/** What a bundle gets at its end. */
export interface BundlePart {
  number: number;
  firstXid: string;
  firstEventId: number;
  eventIds: readonly number[];
  entries: Buffer;
  salts: Buffer;
}
const append = statement(
  'ledger.append',
  `with tiles as (
     insert into ledger.tile as t (level, number, hashes) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])
     on conflict (level, number) do update set hashes = t.hashes || excluded.hashes
   ), bundles as (
     insert into ledger.bundle as b (number, first_xid, first_event_id, event_ids, entries, salts, sealed_at)
     select n, x, e, ids::bigint[], d, s, $13 from unnest($4::bigint[], $5::xid8[], $6::bigint[], $7::text[], $8::bytea[], $9::bytea[]) as u (n, x, e, ids, d, s)
     on conflict (number) do update set event_ids = b.event_ids || excluded.event_ids, entries = b.entries || excluded.entries,
       salts = b.salts || excluded.salts, sealed_at = excluded.sealed_at
   )
   update ledger.head set size = $10, xid = $11::xid8, event_id = $12, sealed_at = $13 where size = $14 returning size`,
);
/** Appends to tiles and bundles and moves the head from `before`. Null when the head was elsewhere. */
export async function appendToLog(
  tx: Tx,
  parts: readonly TilePart[],
  bundles: readonly BundlePart[],
  before: number,
  after: { size: number; xid: string; eventId: number },
): Promise<boolean> {
  const moved = await tx.run<{ size: number }>(append, [
    parts.map((part) => part.level),
    parts.map((part) => part.number),
    parts.map((part) => part.hashes),
    bundles.map((bundle) => bundle.number),
    bundles.map((bundle) => bundle.firstXid),
    bundles.map((bundle) => bundle.firstEventId),
    bundles.map((bundle) => `{${bundle.eventIds.join(',')}}`),
    bundles.map((bundle) => bundle.entries),
    bundles.map((bundle) => bundle.salts),
    after.size,
    after.xid,
    after.eventId,
    tx.now,
    before,
  ]);
  return moved.length === 1;
}

export interface Bundle {
  number: number;
  firstXid: string;
  firstEventId: number;
  eventIds: number[];
  entries: Buffer;
  salts: Buffer;
  sealedAt: Date;
}
const BUNDLE = `number, first_xid::text as "firstXid", first_event_id as "firstEventId", event_ids as "eventIds", entries, salts, sealed_at as "sealedAt"`;
const bundle = statement('ledger.find_bundle', `select ${BUNDLE} from ledger.bundle where number = $1`);
const bundleOfEvent = statement(
  'ledger.find_bundle_of_event',
  `select ${BUNDLE} from ledger.bundle where (first_xid, first_event_id) <= ($1::xid8, $2::bigint) order by first_xid desc, first_event_id desc limit 1`,
);
const withNumbers = (row: Bundle): Bundle => ({ ...row, eventIds: row.eventIds.map(Number) });

export async function findBundle(reader: Reader, number: number): Promise<Bundle | null> {
  const [row] = await reader.run<Bundle>(bundle, [number]);
  return row ? withNumbers(row) : null;
}

/** One sealed entry. */
export interface Entry {
  leaf: number;
  entry: Buffer;
  salt: Buffer;
  sealedAt: Date;
}
/** The entry of an event; null while it is not sealed. */
export async function findEntry(reader: Reader, event: { xid: string; id: number }): Promise<Entry | null> {
  const [row] = await reader.run<Bundle>(bundleOfEvent, [event.xid, event.id]);
  const at = row ? withNumbers(row).eventIds.indexOf(event.id) : -1;
  if (!row || at < 0) return null;
  return {
    leaf: row.number * TILE_WIDTH + at,
    entry: row.entries.subarray(at * ENTRY_BYTES, (at + 1) * ENTRY_BYTES),
    salt: row.salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES),
    sealedAt: row.sealedAt,
  };
}

const eventText = statement(
  'ledger.find_event_text',
  `select e.id, e.xid::text, ${EVENT_TEXT_SQL} from platform.event e where e.id = $1`,
);
/** An event in the texts that are sealed. */
export const findEventText = async (reader: Reader, id: number): Promise<EventRow | null> =>
  (await reader.run<EventRow>(eventText, [id]))[0] ?? null;

export interface SubjectEvent {
  id: number;
  name: string;
  occurredAt: Date;
}
const subjectEvents = statement(
  'ledger.list_subject_events',
  `select id, name, occurred_at as "occurredAt" from platform.event where subject_kind = $1 and subject_id = $2 and name = any($3) order by id limit 100`,
);
export const listSubjectEvents = (
  reader: Reader,
  kind: string,
  id: string,
  names: readonly string[],
): Promise<SubjectEvent[]> => reader.run<SubjectEvent>(subjectEvents, [kind, id, names]);

interface Place {
  xid: string;
  id: number;
}
const monthSpan = statement(
  'ledger.find_month_span',
  `with days as (select ($1 || '-01')::date::timestamp at time zone 'Asia/Ho_Chi_Minh' as first, (($1 || '-01')::date + interval '1 month') at time zone 'Asia/Ho_Chi_Minh' as next)
   select f.xid::text as "firstXid", f.id as "firstId", l.xid::text as "lastXid", l.id as "lastId" from days,
     lateral (select xid, id from platform.event e where e.occurred_at >= days.first and e.occurred_at < days.next and (e.xid, e.id) <= (select xid, event_id from ledger.head)
       order by e.xid, e.id limit 1) f,
     lateral (select xid, id from platform.event e where e.occurred_at >= days.first and e.occurred_at < days.next and (e.xid, e.id) <= (select xid, event_id from ledger.head)
       order by e.xid desc, e.id desc limit 1) l`,
);
/** The first and the last sealed event of a month (`YYYY-MM`, Viet Nam's time), in the order of the log. */
export async function findMonthSpan(reader: Reader, month: string): Promise<{ first: Place; last: Place } | null> {
  const [row] = await reader.run<{ firstXid: string; firstId: number; lastXid: string; lastId: number }>(monthSpan, [
    month,
  ]);
  return row ? { first: { xid: row.firstXid, id: row.firstId }, last: { xid: row.lastXid, id: row.lastId } } : null;
}

const erase = statement(
  'ledger.erase_salt',
  `with erased as (
     update ledger.bundle set salts = overlay(salts placing '\\x00000000000000000000000000000000'::bytea from ($1::bigint % 256)::int * 16 + 1) where number = $1 / 256
   )
   insert into ledger.erasure (leaf, event_id, erased_at, reason) values ($1, $2, $3, $4) on conflict (leaf) do nothing`,
);
export const eraseSalt = async (tx: Tx, leaf: number, eventId: number, reason: string): Promise<void> =>
  void (await tx.run(erase, [leaf, eventId, tx.now, reason]));
