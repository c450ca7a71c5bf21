import { localDate } from '../clock.ts';
import { invalidInput, problem } from '../problems.ts';
import type { WebRequest } from './web.ts';

/**
 * The day that a program asks about (`?on=YYYY-MM-DD`), or today.
 * @param isDay which days the caller knows
 * @throws invalidInput with the pointer `/on`
 */
export function askedDay(request: WebRequest, isDay: (text: string) => boolean): string {
  const text = request.query.get('on');
  if (text === null) return localDate(request.now);
  if (!isDay(text)) throw problem(invalidInput, { errors: [{ pointer: '/on', message: 'is no day of the calendar' }] });
  return text;
}
