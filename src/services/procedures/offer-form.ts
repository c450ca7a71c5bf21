import { parseDay } from '../../platform/day.ts';
import { timeUnits, type TimeUnit } from './procedure.ts';

export type OfferError = 'nothing-chosen' | 'day-wrong' | 'day-past' | 'time-wrong' | 'time-longer';
type Time = { amount: number; unit: TimeUnit };

/** Reads a day from today on; an error by the field's name otherwise. */
export function dayFrom(form: URLSearchParams, name: string, today: string): { day: string; error: OfferError | null } {
  const day = parseDay(form.get(name) ?? '');
  if (day === null) return { day: today, error: 'day-wrong' };
  return { day, error: day < today ? 'day-past' : null };
}

/** Reads an own time limit: `amount` with a comma or a point, and `timeUnit`. Empty: none. */
export function timeFrom(form: URLSearchParams): { time: Time | null; error: OfferError | null } {
  const typed = (form.get('amount') ?? '').trim().replace(',', '.');
  if (typed === '') return { time: null, error: null };
  const amount = Number(typed);
  const unit = timeUnits.find((one) => one === form.get('timeUnit'));
  const isRight = /^\d{1,4}(\.\d{1,2})?$/.test(typed) && amount > 0 && unit !== undefined;
  return isRight ? { time: { amount, unit }, error: null } : { time: null, error: 'time-wrong' };
}
