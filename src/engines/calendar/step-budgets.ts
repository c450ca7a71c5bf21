import { dayTable } from './day-table.ts';
import type { TimeLimit } from './deadline.ts';
import { instantOfMinute, minuteOf } from './local-time.ts';
import type { WorkCalendar } from './work-calendar.ts';
import { addMinutes, minutesBetween } from './working-time.ts';

/**
 * Whether the budgets of the steps make up the whole limit exactly ("07 ngày làm việc = Sở Nội vụ 03 + UBND xã 04").
 * Steps in another unit than the whole never do: an hour is no fixed part of a day here.
 */
export function budgetsAddUp(whole: TimeLimit, steps: readonly TimeLimit[]): boolean {
  if (steps.length === 0 || steps.some((step) => step.unit !== whole.unit || !(step.amount > 0))) return false;
  const sum = steps.reduce((total, step) => total + step.amount, 0);
  return Math.abs(sum - whole.amount) < 1e-9;
}

/**
 * Deadlines of the steps of one dossier: the working minutes between start and due are shared out by weight (any positive
 * numbers: days or hours of the steps), so that the last step ends exactly at `dueAt` and none is empty.
 * Throws RangeError when a weight is not above zero, or when there is less than one working minute per step.
 */
export function stepDeadlines(calendar: WorkCalendar, startsAt: Date, dueAt: Date, weights: readonly number[]): Date[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.length === 0 || weights.some((weight) => !(weight > 0)) || !Number.isFinite(sum))
    throw new RangeError(`Every step needs a share of the time: ${weights.join(', ')}`);
  const table = dayTable(calendar);
  const start = minuteOf(startsAt);
  const due = minuteOf(dueAt);
  const whole = minutesBetween(table, start, due);
  if (whole < weights.length) throw new RangeError(`${whole} working minutes are too few for ${weights.length} steps`);
  let shared = 0;
  let before = 0;
  return weights.map((weight, index) => {
    if (index === weights.length - 1) return instantOfMinute(due);
    shared += weight;
    // At least one minute for this step and for each after it.
    before = Math.min(Math.max(Math.round((whole * shared) / sum), before + 1), whole - (weights.length - 1 - index));
    return instantOfMinute(addMinutes(table, start, before));
  });
}
