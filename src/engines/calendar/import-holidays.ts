import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { readCalendarFile } from './calendar-file.ts';
import { invalidEntry } from './calendar-problems.ts';
import { hasEntries } from './calendar-queries.ts';
import { addEntries, type Decision } from './decide.ts';
import { defaultHolidays, FIRST_HOLIDAY_YEAR, LAST_HOLIDAY_YEAR } from './default-holidays.ts';
import { entriesOf } from './entry.ts';

/** Adds the default holidays and swaps of a year; days that already have one keep it. Returns how many were new. @throws invalidEntry */
export async function importYear(tx: Tx, decision: Decision, year: number): Promise<number> {
  if (!(Number.isInteger(year) && year >= FIRST_HOLIDAY_YEAR && year <= LAST_HOLIDAY_YEAR))
    throw problem(invalidEntry, { fault: `no default holidays for the year ${year}` });
  return addEntries(tx, decision, entriesOf(defaultHolidays(year)), 'year');
}

/**
 * Fills an empty calendar from a province's file (`calendar.json`, parsed). Returns how many decisions were stored: none when the
 * province already has any, so that what people changed is never overwritten. @throws RangeError naming the entry when the file is wrong
 */
export async function importCalendarFile(tx: Tx, json: unknown): Promise<number> {
  const calendar = readCalendarFile(json);
  if (await hasEntries(tx)) return 0;
  return addEntries(tx, { unitId: null, reason: 'calendar.json' }, entriesOf(calendar), 'file');
}
