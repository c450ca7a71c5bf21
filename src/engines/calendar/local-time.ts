/**
 * Dates and minutes in Viet Nam as plain numbers. A day is counted from 1 January 1970, a minute from that midnight; the
 * zone is UTC+7 the whole year, so a local day always has 1,440 minutes and no arithmetic here can meet a clock change.
 */
const OFFSET_MINUTES = 7 * 60;
const DAY_MS = 86_400_000;

/** Minutes of one local day. */
export const DAY_MINUTES = 1440;

/** A date in Viet Nam, `YYYY-MM-DD`. */
export type IsoDate = string;

/** Days of the week as ISO 8601 counts them: Monday 1 … Sunday 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Part of a day in minutes after midnight: `from` belongs to it, `to` does not; `to` may be 1440. */
export interface MinuteRange {
  readonly from: number;
  readonly to: number;
}

/** The day number of a date. Throws RangeError when the text is no real date (`2026-02-30`, `2026-2-3`, `x`). */
export function dayNumber(date: IsoDate): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date)
    throw new RangeError(`Not a date: ${JSON.stringify(date)}`);
  return time / DAY_MS;
}

/** The date of a day number. */
export const isoDate = (day: number): IsoDate => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The weekday of a day number (1 January 1970 was a Thursday). */
export const weekdayOf = (day: number): Weekday => (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;

/** The minute in which an instant lies: seconds are dropped, so the engine never counts a started minute as over. */
export function minuteOf(instant: Date): number {
  const time = instant.getTime();
  if (Number.isNaN(time)) throw new RangeError('Not an instant');
  return Math.floor(time / 60_000) + OFFSET_MINUTES;
}

/** The instant at which a minute begins. */
export const instantOfMinute = (minute: number): Date => new Date((minute - OFFSET_MINUTES) * 60_000);

export const dayOfMinute = (minute: number): number => Math.floor(minute / DAY_MINUTES);

/** The day `months` months after a day: the same number in that month, or its last day when the month is shorter (BLDS 2015 Đ148.3). */
export function addMonthsToDay(day: number, months: number): number {
  const date = new Date(day * DAY_MS);
  const monthIndex = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12;
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)) / DAY_MS;
}

/** Minutes after midnight of `7:30`, `07:30` or `24:00`. Throws RangeError for anything else. */
export function parseClockTime(text: string): number {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (!(minutes <= DAY_MINUTES) || Number(match?.[2]) > 59)
    throw new RangeError(`Not a time of day: ${JSON.stringify(text)}`);
  return minutes;
}

/** `07:30` of minutes after midnight. */
export const formatClockTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/**
 * Hours of a day as people write them: `7:30-11:30, 13:30-17:00`; hyphen or dash inside a range, comma or semicolon
 * between ranges, empty for a day off. Throws RangeError when a range is malformed, empty, out of order or overlapping.
 */
export function parseHours(text: string): MinuteRange[] {
  const parts = text.split(/[,;]/).map((part) => part.trim());
  if (parts.length === 1 && parts[0] === '') return [];
  const ranges = parts.map((part) => {
    const ends = part.split(/\s*[-–—]\s*/);
    if (ends.length !== 2) throw new RangeError(`Not a range of hours: ${JSON.stringify(part)}`);
    return { from: parseClockTime(ends[0]!), to: parseClockTime(ends[1]!) };
  });
  return checkedRanges(ranges);
}

/** One range of hours, `12:00-24:00`. Throws RangeError for none, several, or one that cannot be read. */
export function parseRange(text: string): MinuteRange {
  const ranges = parseHours(text);
  if (ranges.length !== 1) throw new RangeError(`Not one range of hours: ${JSON.stringify(text)}`);
  return ranges[0]!;
}

/** `07:30-11:30, 13:30-17:00`; empty text for a day off. `parseHours` reads it back. */
export const formatHours = (ranges: readonly MinuteRange[]): string =>
  ranges.map(({ from, to }) => `${formatClockTime(from)}-${formatClockTime(to)}`).join(', ');

/** Frozen copy of ranges that lie in the day, are not empty, are in order and do not overlap; RangeError otherwise. */
export function checkedRanges(ranges: readonly MinuteRange[]): MinuteRange[] {
  let end = 0;
  for (const { from, to } of ranges) {
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < end || to <= from || to > DAY_MINUTES)
      throw new RangeError(`Hours must be in order and inside the day: ${from}–${to}`);
    end = to;
  }
  return ranges.map(({ from, to }) => Object.freeze({ from, to }));
}

/** The minute of a local moment `YYYY-MM-DDTHH:MM` (a space instead of the T is read too). */
export function parseLocalMoment(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})$/.exec(text);
  if (!match) throw new RangeError(`Not a local moment: ${JSON.stringify(text)}`);
  return dayNumber(match[1]!) * DAY_MINUTES + parseClockTime(match[2]!);
}

/** `YYYY-MM-DDTHH:MM` of a minute. */
export function formatLocalMoment(minute: number): string {
  const day = dayOfMinute(minute);
  return `${isoDate(day)}T${formatClockTime(minute - day * DAY_MINUTES)}`;
}
