import { calendarFor, type WorkCalendar } from '../../engines/calendar/index.ts';
import { ancestorsOf } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';

/** The working calendar of a unit, with what the units above it decided for their branch. */
export async function calendarOfUnit(reader: Reader, unitId: string, now: Date = new Date()): Promise<WorkCalendar> {
  const line = await ancestorsOf(reader, unitId, localDate(now));
  return calendarFor(reader, unitId, { above: line.map((unit) => unit.id).filter((id) => id !== unitId) });
}
