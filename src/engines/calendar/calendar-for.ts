import { ancestorsOf } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { getRevision, listLiveEntries } from './calendar-queries.ts';
import { partsOf } from './entry.ts';
import { mergeCalendars, workCalendar, type WorkCalendar } from './work-calendar.ts';

const MAX_KEPT = 2000;
const kept = new Map<string, WorkCalendar>();

/**
 * The working calendar of a unit: the province's decisions, then those of the units `above` it (from the top down), then its own.
 * `unitId` null = the province's. With `asOf`, as it was known at that instant, to explain a due date of the past.
 * Costs one tiny read; the calendar itself and its tables are kept in this process until any decision changes.
 */
export async function calendarFor(
  reader: Reader,
  unitId: string | null,
  options: { above?: readonly string[]; asOf?: Date } = {},
): Promise<WorkCalendar> {
  const line = [...(options.above ?? []), ...(unitId === null ? [] : [unitId])];
  if (options.asOf) return read(reader, line, options.asOf);
  // The revision is random: one that was rolled back never comes again, so a kept calendar cannot be of a decision that never was.
  const key = `${await getRevision(reader)}:${line.join(',')}`;
  const known = kept.get(key);
  if (known) return known;
  const calendar = await read(reader, line, null);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, calendar);
  return calendar;
}

/** The calendar that due dates of a unit are computed with: the province's, those of the units above it today, its own. */
export async function calendarOfUnit(tx: Tx, unitId: string): Promise<WorkCalendar> {
  const above = await ancestorsOf(tx, unitId, localDate(tx.now));
  return calendarFor(tx, unitId, { above: above.map(({ id }) => id).filter((id) => id !== unitId) });
}

async function read(reader: Reader, line: readonly string[], asOf: Date | null): Promise<WorkCalendar> {
  const entries = await listLiveEntries(reader, line, asOf);
  const of = (unitId: string | null) =>
    partsOf(entries.filter((stored) => stored.unitId === unitId).map(({ entry }) => entry));
  return line.reduce((calendar, unitId) => mergeCalendars(calendar, of(unitId)), workCalendar(of(null)));
}
