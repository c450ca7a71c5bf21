import { dayTable, type DayTable } from './day-table.ts';
import { addMonthsToDay, dayOfMinute, instantOfMinute, minuteOf } from './local-time.ts';
import type { WorkCalendar } from './work-calendar.ts';
import {
  addMinutes,
  countingStartMinute,
  dueMinute,
  endOfCalendarLimit,
  minutesBetween,
  nextWorkingMinute,
  workingDaysFrom,
  type DayCounting,
} from './working-time.ts';

/** Units of time limits: giờ (round the clock), giờ làm việc, ngày, ngày làm việc, tháng. */
export type TimeUnit = 'hour' | 'workingHour' | 'day' | 'workingDay' | 'month';

export interface TimeLimit {
  readonly amount: number;
  readonly unit: TimeUnit;
}

/** Why a clock stands. Only `supplement` is treated differently by the decree and by the national figures. */
export type PauseReason = 'supplement' | 'payment' | 'consultation' | 'forceMajeure' | 'other';

/**
 * What happened to a clock, in the order of the instants. The ledger says facts only; a rule judges them, so that both
 * rules for a supplement can be computed from the same ledger at any time.
 */
export type ClockEvent =
  | { readonly kind: 'pause'; readonly at: Date; readonly reason: PauseReason }
  | { readonly kind: 'resume'; readonly at: Date; readonly reason: PauseReason }
  /** The clock begins again from zero, whatever the rule (received anew, decision of the head). */
  | { readonly kind: 'reset'; readonly at: Date }
  /** A re-appointment (NĐ 61/2018 Đ19.9): to a new instant, or by a limit counted from the end of the old one. */
  | { readonly kind: 'extension'; readonly at: Date; readonly by: TimeLimit | { readonly until: Date } }
  | { readonly kind: 'finish'; readonly at: Date };

/** How a ledger is judged. Rule packs make these; nothing here knows a year. */
export interface DeadlineRule extends DayCounting {
  /** What completing a supplement does: begin again (NĐ 61/2018 Đ19.4) or take the waiting time out (QĐ 766/QĐ-TTg, 2.1). */
  readonly supplement: 'restart' | 'subtract';
  /** Requests for a supplement that are allowed; one more counts as late in the national figures. null = any. */
  readonly maxSupplements: number | null;
  readonly maxExtensions: number | null;
  /** Units whose beginning obeys the cut-off hour; the others begin at once (hours: at the next working minute). */
  readonly cutOffUnits: readonly TimeUnit[];
  /** Whether a result is on time by the minute of the deadline or by its day. */
  readonly onTimeBy: 'minute' | 'day';
}

export type LedgerWarning =
  | 'event-before-start'
  | 'event-after-finish'
  | 'pause-while-paused'
  | 'resume-without-pause'
  | 'pause-after-deadline'
  | 'extension-over-limit'
  | 'extension-not-later';

export interface Deadline {
  /** From when the running limit counts: after snapping to working time, the cut-off and restarts. */
  readonly startsAt: Date;
  /** The end of the limit as far as the ledger goes; while the clock stands it will move. */
  readonly dueAt: Date;
  readonly state: 'running' | 'paused' | 'finished';
  readonly pausedSince: Date | null;
  readonly pausedFor: readonly PauseReason[];
  readonly finishedAt: Date | null;
  readonly supplementRequests: number;
  /** More supplements asked than the rule allows: late in the national figures whatever the clock says (766, 2.1). */
  readonly tooManySupplements: boolean;
  readonly restarts: number;
  readonly extensions: number;
  /** Entries of the ledger that changed nothing, and why; the caller decides whether to show them. */
  readonly warnings: readonly LedgerWarning[];
}

export interface DeadlineInput {
  /** The instant of receipt, to the minute. */
  readonly startedAt: Date;
  readonly limit: TimeLimit;
  readonly calendar: WorkCalendar;
  readonly ledger?: readonly ClockEvent[];
  readonly rule: DeadlineRule;
}

/** What a running limit is counted from, and what has been added to it since by pauses. */
interface Run {
  readonly start: number;
  /** null: counted from `start`; otherwise a re-appointed due minute. */
  readonly appointed: number | null;
  /** Working minutes, minutes, working days or days, as the unit wants. */
  readonly shift: number;
  /** The day before which lost days are already in `shift`: two pauses of one day must not take it twice. */
  readonly countedTo: number;
}

interface Context {
  readonly table: DayTable;
  readonly limit: TimeLimit;
  readonly rule: DeadlineRule;
}

/**
 * Computes when a limit ends, from the receipt and everything that happened to its clock.
 *
 * Working hours and hours lose the minutes of a pause exactly. Limits in days lose the days at whose end the clock stood (for a
 * limit in working days, the working days), so a pause that begins and ends on one day moves nothing. While any pause is open
 * the clock stands. A pause that begins when the limit is already over changes nothing.
 * Throws RangeError for an impossible amount (not above zero, decimals of days or months) or an end after 2199.
 */
export function computeDeadline({ startedAt, limit, calendar, ledger = [], rule }: DeadlineInput): Deadline {
  checkLimit(limit);
  const context: Context = { table: dayTable(calendar), limit, rule };
  const receivedAt = minuteOf(startedAt);
  let run: Run = { start: startOf(context, receivedAt), appointed: null, shift: 0, countedTo: 0 };
  const open = new Map<PauseReason, number>();
  let standingSince: number | null = null;
  let finished: number | null = null;
  let supplementRequests = 0;
  let restarts = 0;
  let extensions = 0;
  const warnings: LedgerWarning[] = [];

  const restart = (at: number) => {
    run = { start: startOf(context, at), appointed: null, shift: 0, countedTo: 0 };
    restarts += 1;
    if (standingSince !== null) standingSince = at;
  };
  const stand = (reason: PauseReason, at: number) => {
    if (reason === 'supplement' && !open.has(reason)) supplementRequests += 1;
    if (open.has(reason)) {
      warnings.push('pause-while-paused');
      return;
    }
    if (standingSince === null && at >= dueOf(context, run)) warnings.push('pause-after-deadline');
    open.set(reason, at);
    standingSince ??= at;
  };
  const goOn = (reason: PauseReason, at: number) => {
    if (!open.delete(reason)) {
      warnings.push('resume-without-pause');
    } else if (reason === 'supplement' && rule.supplement === 'restart') {
      restart(at);
      if (open.size === 0) standingSince = null;
    } else if (open.size === 0 && standingSince !== null) {
      run = withoutPause(context, run, standingSince, at);
      standingSince = null;
    }
  };
  const extend = (by: TimeLimit | { readonly until: Date }) => {
    const due = dueOf(context, run);
    const later = 'until' in by ? minuteOf(by.until) : endFrom(context, checkLimit(by), due);
    if (rule.maxExtensions !== null && extensions >= rule.maxExtensions) warnings.push('extension-over-limit');
    else if (later <= due) warnings.push('extension-not-later');
    else {
      extensions += 1;
      run = { ...run, appointed: later, shift: 0 };
    }
  };

  for (const event of [...ledger].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const at = minuteOf(event.at);
    if (at < receivedAt) warnings.push('event-before-start');
    else if (finished !== null) warnings.push('event-after-finish');
    else if (event.kind === 'pause') stand(event.reason, at);
    else if (event.kind === 'resume') goOn(event.reason, at);
    else if (event.kind === 'reset') restart(at);
    else if (event.kind === 'extension') extend(event.by);
    else finished = at;
  }
  return {
    startsAt: instantOfMinute(run.start),
    dueAt: instantOfMinute(dueOf(context, run)),
    state: finished !== null ? 'finished' : standingSince !== null ? 'paused' : 'running',
    pausedSince: standingSince === null ? null : instantOfMinute(standingSince),
    pausedFor: [...open.keys()],
    finishedAt: finished === null ? null : instantOfMinute(finished),
    supplementRequests,
    tooManySupplements: rule.maxSupplements !== null && supplementRequests > rule.maxSupplements,
    restarts,
    extensions,
    warnings,
  };
}

export interface Remaining {
  /** Working time left, to the minute; negative = late by so much. */
  readonly workingMinutes: number;
  /** Working days after today up to and including the due day; 0 = due today, negative = late. */
  readonly workingDays: number;
  readonly calendarDays: number;
  readonly isLate: boolean;
}

/**
 * What is left of a deadline at an instant. It stands still while the clock is paused and, once finished, says what was left then.
 * `isLate` obeys the rule's `onTimeBy`; the minute of the deadline itself is still on time.
 */
export function remaining(
  deadline: Deadline,
  calendar: WorkCalendar,
  rule: Pick<DeadlineRule, 'onTimeBy'>,
  now: Date,
): Remaining {
  const table = dayTable(calendar);
  const due = minuteOf(deadline.dueAt);
  const at = minuteOf(deadline.finishedAt ?? deadline.pausedSince ?? now);
  // A deadline at midnight belongs to the day that ends with it.
  const dueDay = dayOfMinute(due - 1);
  const today = dayOfMinute(at);
  return {
    workingMinutes: minutesBetween(table, at, due),
    workingDays:
      dueDay >= today ? table.workingDaysIn(today + 1, dueDay + 1) : -table.workingDaysIn(dueDay + 1, today + 1),
    calendarDays: dueDay - today,
    isLate: rule.onTimeBy === 'day' ? today > dueDay : at > due,
  };
}

/** Why a re-appointment may not be made now, or null: NĐ 61/2018 Đ19.9, once, at the latest `daysBefore` days before the due day. */
export function extensionRefusal(
  deadline: Deadline,
  now: Date,
  rule: Pick<DeadlineRule, 'maxExtensions'> & { readonly daysBefore: number },
): 'finished' | 'over-limit' | 'too-late' | null {
  if (deadline.finishedAt !== null) return 'finished';
  if (rule.maxExtensions !== null && deadline.extensions >= rule.maxExtensions) return 'over-limit';
  const dueDay = dayOfMinute(minuteOf(deadline.dueAt) - 1);
  return dayOfMinute(minuteOf(now)) > dueDay - rule.daysBefore ? 'too-late' : null;
}

function checkLimit(limit: TimeLimit): TimeLimit {
  const whole = limit.unit === 'day' || limit.unit === 'month';
  if (!(Number.isFinite(limit.amount) && limit.amount > 0) || (whole && !Number.isInteger(limit.amount)))
    throw new RangeError(`Not a time limit: ${limit.amount} ${limit.unit}`);
  return limit;
}

function startOf({ table, limit, rule }: Context, at: number): number {
  if (rule.cutOffUnits.includes(limit.unit)) return countingStartMinute(table, at);
  return limit.unit === 'workingHour' || limit.unit === 'workingDay' ? nextWorkingMinute(table, at) : at;
}

function dueOf(context: Context, run: Run): number {
  if (run.appointed === null) return endFrom(context, context.limit, run.start, run.shift);
  if (run.shift === 0) return run.appointed;
  const { table, limit, rule } = context;
  if (limit.unit === 'hour') return run.appointed + run.shift;
  if (limit.unit === 'workingHour') return addMinutes(table, run.appointed, run.shift);
  const dueDay = dayOfMinute(run.appointed - 1);
  const later = dueDay + run.shift;
  const calendarDay = () => (rule.moveOffDayOn ? table.nthWorkingDay(later, 1) : later);
  const day = limit.unit === 'workingDay' ? table.nthWorkingDay(dueDay + 1, run.shift) : calendarDay();
  return dueMinute(table, day, run.appointed, rule);
}

/** The end of a limit from a minute, lengthened by what pauses took. */
function endFrom({ table, rule }: Context, limit: TimeLimit, start: number, shift = 0): number {
  const { amount, unit } = limit;
  const minutes = Math.max(1, Math.round(amount * 60));
  if (unit === 'hour') return start + minutes + shift;
  if (unit === 'workingHour') return addMinutes(table, start, minutes + shift);
  if (unit === 'workingDay') return workingDaysFrom(table, start, amount + shift, rule);
  const day = dayOfMinute(start);
  const lastDay = unit === 'month' ? addMonthsToDay(day, amount) : day + amount;
  return endOfCalendarLimit(table, start, lastDay + shift, rule);
}

/** The run without the time of a pause. */
function withoutPause(context: Context, run: Run, pausedAt: number, resumedAt: number): Run {
  const from = Math.max(pausedAt, run.start);
  if (from >= dueOf(context, run)) return run;
  const { table, limit } = context;
  if (limit.unit === 'hour') return { ...run, shift: run.shift + Math.max(0, resumedAt - from) };
  if (limit.unit === 'workingHour')
    return { ...run, shift: run.shift + Math.max(0, minutesBetween(table, from, resumedAt)) };
  // In days, what is handed in after the cut-off comes on the next working day, as a first receipt does.
  const end = dayOfMinute(startOf(context, resumedAt));
  const first = Math.max(
    dayOfMinute(limit.unit === 'workingDay' ? nextWorkingMinute(table, from) : from),
    run.countedTo,
  );
  if (end <= first) return run;
  const days = limit.unit === 'workingDay' ? table.workingDaysIn(first, end) : end - first;
  return { ...run, shift: run.shift + days, countedTo: end };
}
