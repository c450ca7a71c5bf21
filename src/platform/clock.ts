/** Viet Nam (Asia/Ho_Chi_Minh) is UTC+7 all year since 1975, so no zone library is needed. */
const OFFSET_MS = 7 * 3_600_000;

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export interface SettableClock extends Clock {
  set(instant: string | Date): void;
  advance(milliseconds: number): void;
}

/** A clock that stands still until a test (or the demo) moves it. */
export function settableClock(start: string | Date): SettableClock {
  let current = new Date(start).getTime();
  return {
    now: () => new Date(current),
    set: (instant) => void (current = new Date(instant).getTime()),
    advance: (milliseconds) => void (current += milliseconds),
  };
}

/** The calendar date in Viet Nam of an instant, as `YYYY-MM-DD`. */
export function localDate(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The wall-clock parts in Viet Nam of an instant: month 1–12, weekday 0 = Sunday. */
export function localParts(instant: Date) {
  const shifted = new Date(instant.getTime() + OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  };
}

/** The instant of a local date (`YYYY-MM-DD`) and time (`HH:mm`, default midnight) in Viet Nam. */
export function instantOf(date: string, time = '00:00'): Date {
  return new Date(`${date}T${time}:00+07:00`);
}
