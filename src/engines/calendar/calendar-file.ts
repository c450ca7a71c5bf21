import { formatClockTime, formatHours, parseClockTime, parseHours, parseRange, type Weekday } from './local-time.ts';
import {
  workCalendar,
  WHOLE_DAY,
  type CalendarParts,
  type Certainty,
  type Holiday,
  type WeekHours,
  type WorkCalendar,
} from './work-calendar.ts';

/** `province/<name>/calendar.json`: the calendar as people write it, hours as `07:30-11:30, 13:30-17:00`. */
export interface CalendarFile {
  notes?: string[];
  patterns: {
    validFrom: string;
    validTo: string | null;
    hours: Record<string, string>;
    duty?: Record<string, string>;
    season?: { from: string; to: string } | null;
    source: string;
  }[];
  cutOffs: { validFrom: string; validTo: string | null; at: string | null; source: string }[];
  holidays: {
    date: string;
    hours?: string;
    name: string;
    kind?: Holiday['kind'];
    certainty: Certainty;
    source: string;
  }[];
  swaps: { offDate: string; workDate: string; hours?: string; certainty: Certainty; source: string }[];
}

const readWeek = (week: Record<string, string> | undefined): WeekHours =>
  Object.fromEntries(Object.entries(week ?? {}).map(([weekday, hours]) => [weekday, parseHours(hours)])) as WeekHours;

const writeWeek = (week: WeekHours): Record<string, string> =>
  Object.fromEntries(
    Object.entries(week).map(([weekday, hours]) => [weekday as unknown as Weekday, formatHours(hours)]),
  );

/**
 * Reads a province's calendar. Throws RangeError that names the list and the entry when the file is not of that shape, or
 * holds an impossible date, hour or period.
 */
export function readCalendarFile(json: unknown): WorkCalendar {
  const file = json as Partial<CalendarFile> | null;
  const list = <Entry, Part>(
    name: keyof CalendarParts,
    entries: readonly Entry[] | undefined,
    read: (entry: Entry) => Part,
  ): Part[] => {
    if (!Array.isArray(entries)) throw new RangeError(`calendar file: ${name} must be a list`);
    return entries.map((entry: Entry, index) => {
      try {
        const part = read(entry);
        workCalendar({ [name]: [part] });
        return part;
      } catch (error) {
        throw new RangeError(
          `calendar file: ${name}[${index}]: ${error instanceof Error ? error.message : String(error)}`,
          { cause: error },
        );
      }
    });
  };
  return workCalendar({
    patterns: list('patterns', file?.patterns, (entry) => ({
      validFrom: entry.validFrom,
      validTo: entry.validTo,
      hours: readWeek(entry.hours),
      duty: readWeek(entry.duty),
      season: entry.season ?? null,
      source: entry.source,
    })),
    cutOffs: list('cutOffs', file?.cutOffs, (entry) => ({
      validFrom: entry.validFrom,
      validTo: entry.validTo,
      minute: entry.at === null ? null : parseClockTime(entry.at),
      source: entry.source,
    })),
    holidays: list('holidays', file?.holidays, (entry) => ({
      date: entry.date,
      part: entry.hours === undefined ? WHOLE_DAY : parseRange(entry.hours),
      name: entry.name,
      kind: entry.kind ?? 'statutory',
      certainty: entry.certainty,
      source: entry.source,
    })),
    swaps: list('swaps', file?.swaps, (entry) => ({
      offDate: entry.offDate,
      workDate: entry.workDate,
      hours: entry.hours === undefined ? null : parseHours(entry.hours),
      certainty: entry.certainty,
      source: entry.source,
    })),
  });
}

/** The file of a calendar; `readCalendarFile` reads it back (closures and openings belong to units and are not in it). */
export function writeCalendarFile(calendar: CalendarParts): CalendarFile {
  return {
    patterns: calendar.patterns.map((pattern) => ({
      validFrom: pattern.validFrom,
      validTo: pattern.validTo,
      season: pattern.season,
      hours: writeWeek(pattern.hours),
      duty: writeWeek(pattern.duty),
      source: pattern.source,
    })),
    cutOffs: calendar.cutOffs.map(({ validFrom, validTo, minute, source }) => ({
      validFrom,
      validTo,
      at: minute === null ? null : formatClockTime(minute),
      source,
    })),
    holidays: calendar.holidays.map(({ date, part, name, kind, certainty, source }) => ({
      date,
      ...(part.from === 0 && part.to === WHOLE_DAY.to ? {} : { hours: formatHours([part]) }),
      name,
      kind,
      certainty,
      source,
    })),
    swaps: calendar.swaps.map(({ offDate, workDate, hours, certainty, source }) => ({
      offDate,
      workDate,
      ...(hours && { hours: formatHours(hours) }),
      certainty,
      source,
    })),
  };
}
