import type { WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import type { Cursor } from './notification-queries.ts';

/** Keyset position in an address: `<milliseconds>_<id>`; anything else means the first page. */
export function cursorOf(request: WebRequest, name: string): Cursor | null {
  const [ms, id] = (request.query.get(name) ?? '').split('_');
  const createdAt = new Date(Number(ms));
  return isId(id) && ms && !Number.isNaN(createdAt.getTime()) ? { createdAt, id } : null;
}

export const cursorText = (at: Date, id: string): string => `${at.getTime()}_${id}`;

/** A day from a date field, as the first instant of it in Viet Nam, or null. */
export function dayOf(text: string | null, addDays = 0): Date | null {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) return null;
  return new Date(Date.parse(`${text}T00:00:00+07:00`) + addDays * 86_400_000);
}
