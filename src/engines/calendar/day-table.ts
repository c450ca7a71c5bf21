import {
  dayNumber,
  dayOfMinute,
  DAY_MINUTES,
  isoDate,
  parseLocalMoment,
  weekdayOf,
  type MinuteRange,
} from './local-time.ts';
import type { Validity, WeeklyPattern, WorkCalendar } from './work-calendar.ts';

/** First and last day that can be asked for; a sum that would leave them is refused instead of running on. */
export const FIRST_DAY = dayNumber('1975-01-01');
export const LAST_DAY = dayNumber('2199-12-31');
const BLOCK_DAYS = 256;
const NO_HOURS: readonly MinuteRange[] = Object.freeze([]);

interface Block {
  readonly hours: readonly (readonly MinuteRange[])[];
  /** Working minutes and working days of the block before its n-th day; the last entry is the block's whole sum. */
  readonly minutes: Int32Array;
  readonly workingDays: Int32Array;
}

/** The working hours of a calendar, day by day, resolved when first asked for and summed up in blocks. */
export interface DayTable {
  /** Working hours of a day. */
  hours(day: number): readonly MinuteRange[];
  /** Hours in which the counter is open: working hours and duty. */
  openHours(day: number): readonly MinuteRange[];
  minutesOf(day: number): number;
  /** Working minutes of the days from `first` up to but without `end`. */
  minutesIn(first: number, end: number): number;
  /** Days with at least one working minute from `first` up to but without `end`. */
  workingDaysIn(first: number, end: number): number;
  /** The day in which the `minutes`-th working minute after the start of `day` lies, and how many of its own minutes are needed. */
  locate(day: number, minutes: number): { day: number; rest: number };
  /** The n-th working day that is `day` or later, n ≥ 1. */
  nthWorkingDay(day: number, n: number): number;
  /** The cut-off minute valid on a day, or null. */
  cutOff(day: number): number | null;
}

const tables = new WeakMap<WorkCalendar, DayTable>();

/** The table of a calendar. Made once per calendar value and dropped with it, so calendars cannot see one another's hours. */
export function dayTable(calendar: WorkCalendar): DayTable {
  let table = tables.get(calendar);
  if (!table) tables.set(calendar, (table = makeTable(calendar)));
  return table;
}

function makeTable(calendar: WorkCalendar): DayTable {
  const resolve = resolver(calendar);
  const blocks = new Map<number, Block>();
  const blockOf = (index: number): Block => {
    let block = blocks.get(index);
    if (!block) blocks.set(index, (block = makeBlock(index, resolve.hours)));
    return block;
  };
  const at = (day: number) => {
    if (!(day >= FIRST_DAY && day <= LAST_DAY)) throw beyondHorizon();
    const index = Math.floor(day / BLOCK_DAYS);
    return { index, block: blockOf(index), offset: day - index * BLOCK_DAYS };
  };
  const sum = (key: 'minutes' | 'workingDays', first: number, end: number): number => {
    if (end <= first) return 0;
    const from = at(first);
    const to = at(end);
    let total = to.block[key][to.offset]! - from.block[key][from.offset]!;
    for (let index = from.index; index < to.index; index += 1) total += blockOf(index)[key][BLOCK_DAYS]!;
    return total;
  };
  /** The first day from `day` on at whose end the sum since `day` has reached `wanted` (≥ 1), and the sum before it. */
  const search = (key: 'minutes' | 'workingDays', day: number, wanted: number) => {
    const start = at(day);
    let { index } = start;
    let before = -start.block[key][start.offset]!;
    while (before + blockOf(index)[key][BLOCK_DAYS]! < wanted) {
      before += blockOf(index)[key][BLOCK_DAYS]!;
      index += 1;
      if (index * BLOCK_DAYS > LAST_DAY) throw beyondHorizon();
    }
    const sums = blockOf(index)[key];
    let low = 0;
    let high = BLOCK_DAYS - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before + sums[middle + 1]! >= wanted) high = middle;
      else low = middle + 1;
    }
    return { day: index * BLOCK_DAYS + low, before: before + sums[low]! };
  };
  return {
    hours: (day) => {
      const { block, offset } = at(day);
      return block.hours[offset]!;
    },
    openHours: resolve.openHours,
    minutesOf: (day) => sum('minutes', day, day + 1),
    minutesIn: (first, end) => sum('minutes', first, end),
    workingDaysIn: (first, end) => sum('workingDays', first, end),
    locate: (day, minutes) => {
      const found = search('minutes', day, minutes);
      return { day: found.day, rest: minutes - found.before };
    },
    nthWorkingDay: (day, n) => search('workingDays', day, n).day,
    cutOff: resolve.cutOff,
  };
}

const beyondHorizon = () =>
  new RangeError(
    `No answer between ${isoDate(FIRST_DAY)} and ${isoDate(LAST_DAY)}: the calendar has no working time left`,
  );

function makeBlock(index: number, hoursOf: (day: number) => readonly MinuteRange[]): Block {
  const hours: (readonly MinuteRange[])[] = [];
  const minutes = new Int32Array(BLOCK_DAYS + 1);
  const workingDays = new Int32Array(BLOCK_DAYS + 1);
  for (let offset = 0; offset < BLOCK_DAYS; offset += 1) {
    const ranges = hoursOf(index * BLOCK_DAYS + offset);
    let length = 0;
    for (const range of ranges) length += range.to - range.from;
    hours.push(ranges);
    minutes[offset + 1] = minutes[offset]! + length;
    workingDays[offset + 1] = workingDays[offset]! + (length > 0 ? 1 : 0);
  }
  return { hours, minutes, workingDays };
}

/**
 * What holds on a day, in this order: the last weekly pattern valid on it; the swaps; minus the holidays; unless hours were
 * decided for that very date; minus the closures.
 */
function resolver(calendar: WorkCalendar) {
  const patterns = calendar.patterns.map((pattern) => ({ ...days(pattern), pattern })).reverse();
  const cutOffs = calendar.cutOffs.map((cutOff) => ({ ...days(cutOff), minute: cutOff.minute })).reverse();
  const off = new Map<number, MinuteRange[]>();
  for (const { date, part } of calendar.holidays) append(off, dayNumber(date), part);
  const swappedOff = new Set(calendar.swaps.map((swap) => dayNumber(swap.offDate)));
  const swappedIn = new Map(calendar.swaps.map((swap) => [dayNumber(swap.workDate), swap] as const));
  const openings = new Map(calendar.openings.map((opening) => [dayNumber(opening.date), opening.hours] as const));
  const closed = new Map<number, MinuteRange[]>();
  for (const closure of calendar.closures)
    splitByDay(parseLocalMoment(closure.from), parseLocalMoment(closure.to), closed);

  const patternOf = (day: number): WeeklyPattern | undefined =>
    patterns.find(({ first, last, pattern }) => day >= first && day <= last && inSeason(day, pattern))?.pattern;
  const ofWeek = (day: number, kind: 'hours' | 'duty') => patternOf(day)?.[kind][weekdayOf(day)] ?? NO_HOURS;
  const restricted = (day: number, ranges: readonly MinuteRange[]) => {
    const opening = openings.get(day);
    return subtract(opening ?? subtract(ranges, off.get(day)), closed.get(day));
  };
  const hours = (day: number): readonly MinuteRange[] => {
    const swap = swappedIn.get(day);
    const base = swap
      ? (swap.hours ?? ofWeek(dayNumber(swap.offDate), 'hours'))
      : swappedOff.has(day)
        ? NO_HOURS
        : ofWeek(day, 'hours');
    return restricted(day, base);
  };
  return {
    hours,
    openHours: (day: number) => {
      const duty = ofWeek(day, 'duty');
      if (duty.length === 0 || openings.has(day)) return hours(day);
      const open = subtract(subtract(subtract(duty, off.get(day)), closed.get(day)), hours(day));
      return [...hours(day), ...open].sort((a, b) => a.from - b.from);
    },
    cutOff: (day: number) => cutOffs.find(({ first, last }) => day >= first && day <= last)?.minute ?? null,
  };
}

const days = ({ validFrom, validTo }: Validity) => ({
  first: dayNumber(validFrom),
  last: validTo === null ? Infinity : dayNumber(validTo),
});

function inSeason(day: number, { season }: WeeklyPattern): boolean {
  if (!season) return true;
  const monthDay = isoDate(day).slice(5);
  return season.from <= season.to
    ? monthDay >= season.from && monthDay <= season.to
    : monthDay >= season.from || monthDay <= season.to;
}

function append(map: Map<number, MinuteRange[]>, day: number, range: MinuteRange): void {
  const ranges = map.get(day);
  if (ranges) ranges.push(range);
  else map.set(day, [range]);
}

function splitByDay(from: number, to: number, into: Map<number, MinuteRange[]>): void {
  for (let day = dayOfMinute(from); day * DAY_MINUTES < to; day += 1) {
    const midnight = day * DAY_MINUTES;
    append(into, day, { from: Math.max(0, from - midnight), to: Math.min(DAY_MINUTES, to - midnight) });
  }
}

function subtract(ranges: readonly MinuteRange[], holes: readonly MinuteRange[] | undefined): readonly MinuteRange[] {
  if (!holes || holes.length === 0) return ranges;
  let left = ranges;
  for (const hole of holes)
    left = left.flatMap((range) =>
      [
        { from: range.from, to: Math.min(range.to, hole.from) },
        { from: Math.max(range.from, hole.to), to: range.to },
      ].filter(({ from, to }) => from < to),
    );
  return left;
}
