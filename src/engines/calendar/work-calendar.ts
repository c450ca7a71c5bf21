import {
  checkedRanges,
  dayNumber,
  DAY_MINUTES,
  parseLocalMoment,
  type IsoDate,
  type MinuteRange,
  type Weekday,
} from './local-time.ts';

/** How sure a date is: seen in a published decision, worked out from the law, or written down from memory. */
export type Certainty = 'official' | 'computed' | 'recalled';

/** A period of validity in whole days, both ends included; `validTo` null = until further notice. */
export interface Validity {
  readonly validFrom: IsoDate;
  readonly validTo: IsoDate | null;
}

export type WeekHours = Readonly<Partial<Record<Weekday, readonly MinuteRange[]>>>;

/** The working hours of a week. Of several that apply to a day, the last of the list counts. */
export interface WeeklyPattern extends Validity {
  /** Time in which clocks run; a weekday left out is a day off. */
  readonly hours: WeekHours;
  /** Time in which the counter is open but no clock runs (Saturday mornings of a one-stop). */
  readonly duty: WeekHours;
  /** Only this part of every year, `MM-DD` to `MM-DD`, both included; it may run over New Year (winter hours). */
  readonly season: { readonly from: string; readonly to: string } | null;
  readonly source: string;
}

/** A whole or partial day off. */
export interface Holiday {
  readonly date: IsoDate;
  /** The part of the day that is off; the whole day is 0–1440. */
  readonly part: MinuteRange;
  readonly name: string;
  readonly kind: 'statutory' | 'compensation' | 'local';
  readonly certainty: Certainty;
  readonly source: string;
}

/** A working day exchanged with a day off ("hoán đổi, làm bù"): `offDate` is off, `workDate` is worked. */
export interface Swap {
  readonly offDate: IsoDate;
  readonly workDate: IsoDate;
  /** The hours worked on `workDate`; null = those that `offDate` would have had. */
  readonly hours: readonly MinuteRange[] | null;
  readonly certainty: Certainty;
  readonly source: string;
}

/** Hours decided for one date, whatever the week and the holidays say. */
export interface Opening {
  readonly date: IsoDate;
  readonly hours: readonly MinuteRange[];
  readonly reason: string;
  readonly source: string;
}

/** A sudden closure (storm, power cut), local moments `YYYY-MM-DDTHH:MM`, to the minute; it beats everything else. */
export interface Closure {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly source: string;
}

/** The cut-off: what is received after this minute of the day counts from the next working day; null = no cut-off. */
export interface CutOff extends Validity {
  readonly minute: number | null;
  readonly source: string;
}

export interface CalendarParts {
  readonly patterns: readonly WeeklyPattern[];
  readonly holidays: readonly Holiday[];
  readonly swaps: readonly Swap[];
  readonly openings: readonly Opening[];
  readonly closures: readonly Closure[];
  readonly cutOffs: readonly CutOff[];
}

declare const checked: unique symbol;

/** A checked, frozen calendar. It is a value: nothing in this module keeps hours anywhere else, so two never mix. */
export interface WorkCalendar extends CalendarParts {
  readonly [checked]: true;
}

export const WHOLE_DAY: MinuteRange = Object.freeze({ from: 0, to: DAY_MINUTES });

/** A closure longer than this is a change of the weekly pattern, not an accident. */
export const MAX_CLOSURE_DAYS = 92;

/**
 * Makes a calendar of its parts; parts left out are empty (a calendar without a pattern never works).
 * Throws RangeError for an impossible date, hours out of order or overlapping, a period that ends before it begins,
 * a swap of a day with itself, or a closure that is empty or longer than 92 days.
 */
export function workCalendar(parts: Partial<CalendarParts>): WorkCalendar {
  const calendar: CalendarParts = {
    patterns: (parts.patterns ?? []).map(checkedPattern),
    holidays: (parts.holidays ?? []).map(checkedHoliday),
    swaps: (parts.swaps ?? []).map(checkedSwap),
    openings: (parts.openings ?? []).map(checkedOpening),
    closures: (parts.closures ?? []).map(checkedClosure),
    cutOffs: (parts.cutOffs ?? []).map(checkedCutOff),
  };
  for (const list of Object.values(calendar)) Object.freeze(list);
  return Object.freeze(calendar) as WorkCalendar;
}

/**
 * The calendar of a unit: the province's, and over it what the unit (or its branch of the tree) decided itself.
 * Patterns and cut-offs of the override win on the days they are valid for; its holidays, swaps and closures are added;
 * an opening of the override reopens a day that the province has off.
 */
export function mergeCalendars(base: WorkCalendar, override: Partial<CalendarParts>): WorkCalendar {
  return workCalendar({
    patterns: [...base.patterns, ...(override.patterns ?? [])],
    holidays: [...base.holidays, ...(override.holidays ?? [])],
    swaps: [...base.swaps, ...(override.swaps ?? [])],
    openings: [...base.openings, ...(override.openings ?? [])],
    closures: [...base.closures, ...(override.closures ?? [])],
    cutOffs: [...base.cutOffs, ...(override.cutOffs ?? [])],
  });
}

/** The same hours Monday to Friday. */
export const mondayToFriday = (hours: readonly MinuteRange[]): WeekHours => ({
  1: hours,
  2: hours,
  3: hours,
  4: hours,
  5: hours,
});

function checkedValidity({ validFrom, validTo }: Validity): void {
  const first = dayNumber(validFrom);
  if (validTo !== null && dayNumber(validTo) < first)
    throw new RangeError(`A period ends before it begins: ${validFrom}–${validTo}`);
}

function checkedWeek(week: WeekHours): WeekHours {
  const result: Partial<Record<Weekday, readonly MinuteRange[]>> = {};
  for (const [key, ranges] of Object.entries(week)) {
    const weekday = Number(key);
    if (!(weekday >= 1 && weekday <= 7 && Number.isInteger(weekday))) throw new RangeError(`Not a weekday: ${key}`);
    result[weekday as Weekday] = Object.freeze(checkedRanges(ranges));
  }
  return Object.freeze(result);
}

function checkedPattern(pattern: WeeklyPattern): WeeklyPattern {
  checkedValidity(pattern);
  // 2024 is a leap year: 02-29 may begin or end a season.
  if (pattern.season) for (const end of [pattern.season.from, pattern.season.to]) dayNumber(`2024-${end}`);
  const hours = checkedWeek(pattern.hours);
  const duty = checkedWeek(pattern.duty);
  for (const weekday of [1, 2, 3, 4, 5, 6, 7] as const)
    checkedRanges([...(hours[weekday] ?? []), ...(duty[weekday] ?? [])].sort((a, b) => a.from - b.from));
  return Object.freeze({ ...pattern, hours, duty });
}

function checkedHoliday(holiday: Holiday): Holiday {
  dayNumber(holiday.date);
  return Object.freeze({ ...holiday, part: checkedRanges([holiday.part])[0]! });
}

function checkedSwap(swap: Swap): Swap {
  if (dayNumber(swap.offDate) === dayNumber(swap.workDate))
    throw new RangeError(`A day cannot be swapped with itself: ${swap.offDate}`);
  return Object.freeze({ ...swap, hours: swap.hours && Object.freeze(checkedRanges(swap.hours)) });
}

function checkedOpening(opening: Opening): Opening {
  dayNumber(opening.date);
  return Object.freeze({ ...opening, hours: Object.freeze(checkedRanges(opening.hours)) });
}

function checkedClosure(closure: Closure): Closure {
  const length = parseLocalMoment(closure.to) - parseLocalMoment(closure.from);
  if (!(length > 0 && length <= MAX_CLOSURE_DAYS * DAY_MINUTES))
    throw new RangeError(`A closure lasts from one minute to ${MAX_CLOSURE_DAYS} days: ${closure.from}–${closure.to}`);
  return Object.freeze({ ...closure });
}

function checkedCutOff(cutOff: CutOff): CutOff {
  checkedValidity(cutOff);
  const { minute } = cutOff;
  if (minute !== null && !(Number.isInteger(minute) && minute >= 0 && minute < DAY_MINUTES))
    throw new RangeError(`A cut-off is a minute of the day: ${minute}`);
  return Object.freeze({ ...cutOff });
}
