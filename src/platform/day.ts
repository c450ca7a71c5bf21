const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether the text is a real day written `YYYY-MM-DD`, between 1900 and 2199. */
export function isDate(text: string): boolean {
  if (!DATE.test(text) || text < '1900' || text >= '2200') return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** The day before or after, in calendar days: `shiftDay('2025-06-30', 1)` is `2025-07-01`. */
export function shiftDay(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A day as people type it (`1/7/2025`, `01-07-2025`, `01.07.2025`) or as machines do, as `YYYY-MM-DD`; null when it is none. */
export function parseDay(text: string | null): string | null {
  const words = (text ?? '').trim();
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(words) ?? [];
  const iso = year === '' ? words : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(iso) ? iso : null;
}
