import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem } from '../../platform/problems.ts';
import { calendarChanged } from './calendar-events.ts';
import { dayTaken, entryNotFound, invalidEntry } from './calendar-problems.ts';
import { insertEntries, withdrawDay, withdrawEntry, type StoredEntry } from './calendar-queries.ts';
import { checkedEntry, type CalendarEntry } from './entry.ts';

/** Whose calendar a decision is about (null = the whole province) and why it was made. */
export interface Decision {
  readonly unitId: string | null;
  readonly reason: string;
}

/**
 * Adds one decision to a calendar and publishes `calendar.changed`. Returns its id. With `replace`, what the day already has of
 * the same kind is withdrawn first. @throws invalidEntry when it is impossible, dayTaken when the day has one already
 */
export async function addEntry(
  tx: Tx,
  decision: Decision,
  entry: CalendarEntry,
  options: { replace?: boolean } = {},
): Promise<string> {
  const checked = checked422(entry);
  const { unitId, reason } = decision;
  if (options.replace) await withdrawDay(tx, unitId, entry.kind, checked.firstDate, reason || 'replaced');
  const [id] = await insertEntries(tx, unitId, [checked], reason);
  if (id === undefined) throw problem(dayTaken, { date: checked.firstDate });
  announce(tx, id, {
    action: 'added',
    kind: entry.kind,
    unitId,
    firstDate: touchedFrom(checked),
    lastDate: touchedTo(checked),
    entries: 1,
    reason,
  });
  return id;
}

/** Adds many decisions at once; days that already have one keep it. Returns how many were new. @throws invalidEntry */
export async function addEntries(
  tx: Tx,
  decision: Decision,
  entries: readonly CalendarEntry[],
  kind: 'year' | 'file',
): Promise<number> {
  const checked = entries.map(checked422);
  if (checked.length === 0) return 0;
  const ids = await insertEntries(tx, decision.unitId, checked, decision.reason);
  if (ids.length === 0) return 0;
  const firstDate = checked.map(touchedFrom).reduce((a, b) => (a < b ? a : b));
  announce(tx, ids[0]!, {
    action: 'imported',
    kind,
    unitId: decision.unitId,
    firstDate,
    lastDate: null,
    entries: ids.length,
    reason: decision.reason,
  });
  return ids.length;
}

/** Withdraws a decision: it stays readable in the history. @throws entryNotFound when it is not there or already withdrawn */
export async function removeEntry(tx: Tx, id: string, reason: string): Promise<StoredEntry> {
  const entry = await withdrawEntry(tx, id, reason);
  if (!entry) throw problem(entryNotFound);
  const { unitId, firstDate, lastDate } = entry;
  announce(tx, id, { action: 'withdrawn', kind: entry.entry.kind, unitId, firstDate, lastDate, entries: 1, reason });
  return entry;
}

type Checked = ReturnType<typeof checkedEntry>;

/** The first and last day that a decision touches. @throws invalidEntry */
export function daysTouched(entry: CalendarEntry): { firstDate: string; lastDate: string | null } {
  const checked = checked422(entry);
  return { firstDate: touchedFrom(checked), lastDate: touchedTo(checked) };
}

/** A swap touches both of its days. */
const touchedFrom = ({ entry, firstDate }: Checked) =>
  entry.kind === 'swap' && entry.content.offDate < firstDate ? entry.content.offDate : firstDate;
const touchedTo = ({ entry, lastDate }: Checked) =>
  entry.kind === 'swap' && lastDate !== null && entry.content.offDate > lastDate ? entry.content.offDate : lastDate;

function checked422(entry: CalendarEntry): Checked {
  try {
    return checkedEntry(entry);
  } catch (error) {
    if (error instanceof RangeError) throw problem(invalidEntry, { fault: error.message });
    throw error;
  }
}

function announce(
  tx: Tx,
  id: string,
  payload: Parameters<typeof publish<NonNullable<(typeof calendarChanged)['payload']>>>[2]['payload'],
): void {
  publish(tx, calendarChanged, { subject: { kind: 'calendar', id }, unitId: payload.unitId, payload });
}
