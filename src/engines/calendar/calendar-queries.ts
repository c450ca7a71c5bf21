import { statement, type Reader, type Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import type { CalendarEntry, EntryKind } from './entry.ts';

/** A decision as it is stored. */
export interface StoredEntry {
  id: string;
  unitId: string | null;
  entry: CalendarEntry;
  firstDate: string;
  lastDate: string | null;
  reason: string;
  createdAt: Date;
  createdBy: string;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
  withdrawnReason: string | null;
}

interface EntryRow {
  id: string;
  unit_id: string | null;
  kind: EntryKind;
  content: unknown;
  first_date: string;
  last_date: string | null;
  reason: string;
  created_at: Date;
  created_by: string;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
}

const COLUMNS =
  'id, unit_id, kind, content, first_date, last_date, reason, created_at, created_by, withdrawn_at, withdrawn_by, withdrawn_reason';

const stored = (row: EntryRow): StoredEntry => ({
  id: row.id,
  unitId: row.unit_id,
  entry: { kind: row.kind, content: row.content } as CalendarEntry,
  firstDate: row.first_date,
  lastDate: row.last_date,
  reason: row.reason,
  createdAt: row.created_at,
  createdBy: row.created_by,
  withdrawnAt: row.withdrawn_at,
  withdrawnBy: row.withdrawn_by,
  withdrawnReason: row.withdrawn_reason,
});

const REVISION = statement('calendar.get_revision', 'select value from calendar.revision where id = 1');
const TOUCH = statement(
  'calendar.touch_revision',
  'update calendar.revision set value = gen_random_uuid() where id = 1',
);
const LIVE = statement(
  'calendar.list_live_entries',
  `select ${COLUMNS} from calendar.entry
   where (unit_id is null or unit_id = any($1::uuid[]))
     and ($2::timestamptz is null and withdrawn_at is null
       or created_at <= $2 and (withdrawn_at is null or withdrawn_at > $2))
   order by created_at, id`,
);
const OF_YEAR = statement(
  'calendar.list_entries_of_year',
  `select ${COLUMNS} from calendar.entry
   where unit_id is not distinct from $1::uuid and first_date <= $3::date and (last_date is null or last_date >= $2::date)
   order by first_date, created_at, id limit 1000`,
);
const FIND = statement('calendar.find_entry', `select ${COLUMNS} from calendar.entry where id = $1`);
const INSERT = statement(
  'calendar.insert_entries',
  `insert into calendar.entry (id, unit_id, kind, content, first_date, last_date, reason, created_at, created_by_id, created_by)
   select e.id, $2::uuid, e.kind, e.content, e.first_date, e.last_date, $3, $4::timestamptz, $5, $6
   from jsonb_to_recordset($1::jsonb) as e (id uuid, kind text, content jsonb, first_date date, last_date date)
   order by e.id
   on conflict (unit_id, kind, first_date) where withdrawn_at is null and kind in ('holiday', 'swap', 'opening')
   do nothing returning id`,
);
const WITHDRAW = statement(
  'calendar.withdraw_entry',
  `update calendar.entry set withdrawn_at = $2, withdrawn_by_id = $3, withdrawn_by = $4, withdrawn_reason = $5
   where id = $1 and withdrawn_at is null returning ${COLUMNS}`,
);
const OWNERS = statement(
  'calendar.list_owners',
  'select distinct unit_id from calendar.entry where unit_id is not null and withdrawn_at is null limit 500',
);
const HAS_ANY = statement(
  'calendar.has_entries',
  'select exists (select from calendar.entry where unit_id is null) as has',
);
const WITHDRAW_DAY = statement(
  'calendar.withdraw_day',
  `update calendar.entry set withdrawn_at = $4, withdrawn_by_id = $5, withdrawn_by = $6, withdrawn_reason = $7
   where unit_id is not distinct from $1::uuid and kind = $2 and first_date = $3 and withdrawn_at is null`,
);

/** The value that changes with every decision. */
export async function getRevision(reader: Reader): Promise<string> {
  const [row] = await reader.run<{ value: string }>(REVISION);
  return row!.value;
}

/** The decisions of the province and of the units that hold now, or held at `asOf`, in the order in which they were made. */
export async function listLiveEntries(
  reader: Reader,
  unitIds: readonly string[],
  asOf: Date | null,
): Promise<StoredEntry[]> {
  return (await reader.run<EntryRow>(LIVE, [unitIds, asOf])).map(stored);
}

/** All decisions that touch a year, withdrawn ones included, of one unit or (null) of the province; at most 1,000. */
export async function listEntriesOfYear(reader: Reader, unitId: string | null, year: number): Promise<StoredEntry[]> {
  return (await reader.run<EntryRow>(OF_YEAR, [unitId, `${year}-01-01`, `${year}-12-31`])).map(stored);
}

export async function findEntry(reader: Reader, id: string): Promise<StoredEntry | undefined> {
  const [row] = await reader.run<EntryRow>(FIND, [id]);
  return row && stored(row);
}

/** The units that have decided something of their own; at most 500. */
export async function listUnitsWithEntries(reader: Reader): Promise<string[]> {
  return (await reader.run<{ unit_id: string }>(OWNERS)).map((row) => row.unit_id);
}

/** Whether the province has any decision at all: an empty calendar is filled from the province's file at first start. */
export async function hasEntries(reader: Reader): Promise<boolean> {
  const [row] = await reader.run<{ has: boolean }>(HAS_ANY);
  return row!.has;
}

/** Stores decisions in their order and returns the ids of those that were new: a day that already has one keeps it. */
export async function insertEntries(
  tx: Tx,
  unitId: string | null,
  entries: readonly { entry: CalendarEntry; firstDate: string; lastDate: string | null }[],
  reason: string,
): Promise<string[]> {
  const rows = entries.map(({ entry, firstDate, lastDate }) => ({
    id: newId(),
    kind: entry.kind,
    content: entry.content,
    first_date: firstDate,
    last_date: lastDate,
  }));
  const inserted = await tx.run<{ id: string }>(INSERT, [
    JSON.stringify(rows),
    unitId,
    reason,
    tx.now,
    tx.actor.id,
    tx.actor.label,
  ]);
  await tx.run(TOUCH);
  return inserted.map(({ id }) => id);
}

/** Withdraws a decision; undefined when there is none or it was withdrawn before. */
export async function withdrawEntry(tx: Tx, id: string, reason: string): Promise<StoredEntry | undefined> {
  const [row] = await tx.run<EntryRow>(WITHDRAW, [id, tx.now, tx.actor.id, tx.actor.label, reason]);
  await tx.run(TOUCH);
  return row && stored(row);
}

/** Withdraws what a day has of one kind, to put another in its place. */
export async function withdrawDay(
  tx: Tx,
  unitId: string | null,
  kind: EntryKind,
  date: string,
  reason: string,
): Promise<void> {
  await tx.run(WITHDRAW_DAY, [unitId, kind, date, tx.now, tx.actor.id, tx.actor.label, reason]);
}
