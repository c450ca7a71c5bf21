import { dayTable, type DayTable } from './day-table.ts';
import { addMonthsToDay, dayOfMinute, DAY_MINUTES, instantOfMinute, minuteOf, type MinuteRange } from './local-time.ts';
import type { WorkCalendar } from './work-calendar.ts';

/** How a limit in days or months is counted. */
export interface DayCounting {
  /** Whether the day of the event itself is the first day (BLDS 2015 Đ147.2: it is not). */
  readonly firstDay: 'notCounted' | 'counted';
  /**
   * When on the last day the limit ends: at the end of its working hours, at midnight (BLDS 2015 Đ148.6), or at the time of
   * day at which it began (moved into the working hours of that day).
   */
  readonly dueTime: 'endOfWorkingDay' | 'midnight' | 'sameClockTime';
  /** Whether a last day off moves to the next working day (BLDS 2015 Đ148.5). Only calendar days and months can meet it. */
  readonly moveOffDayOn: boolean;
}

/** BLDS 2015 Đ147–148, with the end of office hours as the moment at which a result can still be handed over. */
export const CIVIL_CODE_COUNTING: DayCounting = {
  firstDay: 'notCounted',
  dueTime: 'endOfWorkingDay',
  moveOffDayOn: true,
};

/** Whether work is done in the minute of this instant. */
export function isWorkingMinute(calendar: WorkCalendar, at: Date): boolean {
  return inRanges(dayTable(calendar).hours(dayOfMinute(minuteOf(at))), minuteOf(at));
}

/** Whether the counter is open in the minute of this instant: working hours, or duty hours in which no clock runs. */
export function isOpenMinute(calendar: WorkCalendar, at: Date): boolean {
  return inRanges(dayTable(calendar).openHours(dayOfMinute(minuteOf(at))), minuteOf(at));
}

/** Whether the local day of this instant has any working time: a half day is a working day, a duty day is none. */
export function isWorkingDay(calendar: WorkCalendar, at: Date): boolean {
  return dayTable(calendar).minutesOf(dayOfMinute(minuteOf(at))) > 0;
}

/** The beginning of the first working minute at or after an instant. RangeError when none follows before 2200. */
export function nextWorkingInstant(calendar: WorkCalendar, at: Date): Date {
  return instantOfMinute(nextWorkingMinute(dayTable(calendar), minuteOf(at)));
}

/**
 * The instant from which a receipt counts: the same minute when it falls in working time; otherwise the next working minute;
 * and the opening of the next working day when it came after the cut-off (NĐ 61/2018 Đ18.2: "sau 15 giờ"; 15:00 itself is in time).
 */
export function countingStart(calendar: WorkCalendar, receivedAt: Date): Date {
  return instantOfMinute(countingStartMinute(dayTable(calendar), minuteOf(receivedAt)));
}

/**
 * The earliest instant at which `minutes` working minutes (an integer ≥ 0) have passed since `from`; zero gives `from` to the minute.
 * The result may be the end of a range of hours: 30 minutes from 16:30 end at 17:00, not on the next morning.
 */
export function addWorkingMinutes(calendar: WorkCalendar, from: Date, minutes: number): Date {
  return instantOfMinute(addMinutes(dayTable(calendar), minuteOf(from), wholeNumber(minutes, 'minutes')));
}

/** `addWorkingMinutes` for hours, which may have decimals: they are rounded to the minute. */
export function addWorkingHours(calendar: WorkCalendar, from: Date, hours: number): Date {
  return addWorkingMinutes(calendar, from, Math.round(amount(hours, 'hours') * 60));
}

/**
 * The end of a limit of `days` working days (≥ 0) that begins at `from`. A working day is a day of the calendar with working time,
 * however long: never a constant of eight hours. A fraction of a day is that fraction of the working minutes of the day it falls on.
 */
export function addWorkingDays(
  calendar: WorkCalendar,
  from: Date,
  days: number,
  counting: DayCounting = CIVIL_CODE_COUNTING,
): Date {
  const table = dayTable(calendar);
  const start = nextWorkingMinute(table, minuteOf(from));
  return instantOfMinute(workingDaysFrom(table, start, amount(days, 'days'), counting));
}

/** The end of a limit of `days` calendar days (an integer ≥ 0) that begins at `from`. */
export function addCalendarDays(
  calendar: WorkCalendar,
  from: Date,
  days: number,
  counting: DayCounting = CIVIL_CODE_COUNTING,
): Date {
  const start = minuteOf(from);
  const day = dayOfMinute(start) + wholeNumber(days, 'days');
  return instantOfMinute(endOfCalendarLimit(dayTable(calendar), start, day, counting));
}

/**
 * The end of a limit of `months` months (an integer ≥ 0) that begins at `from`: the day with the same number, or the last day of
 * a shorter month, so that 31 January + 1 month is 28 or 29 February (BLDS 2015 Đ148.3).
 */
export function addMonths(
  calendar: WorkCalendar,
  from: Date,
  months: number,
  counting: DayCounting = CIVIL_CODE_COUNTING,
): Date {
  const start = minuteOf(from);
  const day = addMonthsToDay(dayOfMinute(start), wholeNumber(months, 'months'));
  return instantOfMinute(endOfCalendarLimit(dayTable(calendar), start, day, counting));
}

/** Working minutes from one instant to another; negative when the second is earlier. */
export function elapsedWorkingMinutes(calendar: WorkCalendar, from: Date, to: Date): number {
  return minutesBetween(dayTable(calendar), minuteOf(from), minuteOf(to));
}

/** Working days after the day of `from` up to and including the day of `to`; negative when `to` is on an earlier day. */
export function elapsedWorkingDays(calendar: WorkCalendar, from: Date, to: Date): number {
  const table = dayTable(calendar);
  const first = dayOfMinute(minuteOf(from));
  const last = dayOfMinute(minuteOf(to));
  return last >= first ? table.workingDaysIn(first + 1, last + 1) : -table.workingDaysIn(last + 1, first + 1);
}

// Below: the same on minute numbers, for the deadline engine of this module.

export function nextWorkingMinute(table: DayTable, minute: number): number {
  const day = dayOfMinute(minute);
  for (const range of table.hours(day))
    if (minute < day * DAY_MINUTES + range.to) return Math.max(minute, day * DAY_MINUTES + range.from);
  return openingOf(table, table.nthWorkingDay(day + 1, 1));
}

export function countingStartMinute(table: DayTable, minute: number): number {
  const day = dayOfMinute(minute);
  const cutOff = table.cutOff(day);
  if (cutOff !== null && minute > day * DAY_MINUTES + cutOff) return openingOf(table, table.nthWorkingDay(day + 1, 1));
  return nextWorkingMinute(table, minute);
}

export function minutesBetween(table: DayTable, from: number, to: number): number {
  if (to < from) return -minutesBetween(table, to, from);
  const first = dayOfMinute(from);
  const last = dayOfMinute(to);
  return table.minutesIn(first, last) + workedUntil(table, last, to) - workedUntil(table, first, from);
}

export function addMinutes(table: DayTable, from: number, minutes: number): number {
  if (minutes === 0) return from;
  const first = dayOfMinute(from);
  const { day, rest } = table.locate(first, minutes + workedUntil(table, first, from));
  let left = rest;
  for (const range of table.hours(day)) {
    if (left <= range.to - range.from) return day * DAY_MINUTES + range.from + left;
    left -= range.to - range.from;
  }
  throw new Error('A day table disagrees with itself');
}

/** `start` must be a working minute. */
export function workingDaysFrom(table: DayTable, start: number, days: number, counting: DayCounting): number {
  const whole = Math.floor(days);
  const part = days - whole;
  const day = dayOfMinute(start);
  const nth = whole + (counting.firstDay === 'counted' ? 0 : 1);
  // Working days are numbered from the day of the event: not counted, it is number one and the limit ends n days later.
  const last = whole === 0 && part > 0 ? null : nth === 0 ? day : table.nthWorkingDay(day, nth);
  const end = last === null ? start : dueMinute(table, last, start, counting);
  if (part === 0) return end;
  const partDay = last === null ? day : table.nthWorkingDay(last + 1, 1);
  return addMinutes(table, end, Math.max(1, Math.round(part * table.minutesOf(partDay))));
}

export function endOfCalendarLimit(table: DayTable, start: number, lastDay: number, counting: DayCounting): number {
  let day = counting.firstDay === 'counted' ? Math.max(lastDay - 1, dayOfMinute(start)) : lastDay;
  if (counting.moveOffDayOn) day = table.nthWorkingDay(day, 1);
  return dueMinute(table, day, start, counting);
}

/** The minute of a day at which a limit that began at `start` ends. */
export function dueMinute(table: DayTable, day: number, start: number, { dueTime }: DayCounting): number {
  const midnight = day * DAY_MINUTES;
  const hours = table.hours(day);
  const wanted = midnight + start - dayOfMinute(start) * DAY_MINUTES;
  if (hours.length === 0 && dueTime === 'sameClockTime') return wanted;
  if (hours.length === 0 || dueTime === 'midnight') return midnight + DAY_MINUTES;
  const end = midnight + hours.at(-1)!.to;
  if (dueTime === 'endOfWorkingDay') return end;
  return wanted >= end ? end : nextWorkingMinute(table, wanted);
}

const inRanges = (ranges: readonly MinuteRange[], minute: number): boolean => {
  const ofDay = minute - dayOfMinute(minute) * DAY_MINUTES;
  return ranges.some(({ from, to }) => ofDay >= from && ofDay < to);
};

const openingOf = (table: DayTable, day: number): number => day * DAY_MINUTES + table.hours(day)[0]!.from;

function workedUntil(table: DayTable, day: number, minute: number): number {
  const ofDay = minute - day * DAY_MINUTES;
  let worked = 0;
  for (const { from, to } of table.hours(day)) if (ofDay > from) worked += Math.min(ofDay, to) - from;
  return worked;
}

function amount(value: number, what: string): number {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`Not a number of ${what}: ${value}`);
  return value;
}

function wholeNumber(value: number, what: string): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Not a whole number of ${what}: ${value}`);
  return value;
}
