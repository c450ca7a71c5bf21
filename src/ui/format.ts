import type { Locale } from '../platform/http/page-context.ts';

/** A date and time as `Date`, or a calendar date as `YYYY-MM-DD` (birthdays, holidays: no clock, no zone). */
export type DateValue = Date | string;

const nbsp = '\u00a0';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Viet Nam has kept UTC+7 without summer time since 1975; every instant in Sen is later than that. */
const zoneOffsetMs = 7 * hourMs;

const two = (value: number): string => String(value).padStart(2, '0');

/** Midnight-based day number in Viet Nam: two instants of one calendar day there have the same number. */
function dayNumber(value: DateValue): number {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return Date.parse(`${value}T00:00:00Z`) / dayMs;
  return Math.floor((new Date(value).getTime() + zoneOffsetMs) / dayMs);
}

function localParts(value: DateValue): Date {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return new Date(`${value}T00:00:00Z`);
  return new Date(new Date(value).getTime() + zoneOffsetMs);
}

/** `22/11/2026`, in Viet Nam's zone. */
export function formatDate(value: DateValue): string {
  const local = localParts(value);
  return `${two(local.getUTCDate())}/${two(local.getUTCMonth() + 1)}/${local.getUTCFullYear()}`;
}

/** `14:05`, in Viet Nam's zone. */
export function formatTime(value: Date): string {
  const local = localParts(value);
  return `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}

/** `14:05 ngày 22/11/2026`; English `14:05 on 22/11/2026`. */
export function formatDateTime(value: Date, locale: Locale = 'vi'): string {
  return `${formatTime(value)} ${locale === 'vi' ? 'ngày' : 'on'} ${formatDate(value)}`;
}

/** `2026-11-22`, in Viet Nam's zone: for `datetime` attributes and file names. */
export function isoDate(value: DateValue): string {
  return localParts(value).toISOString().slice(0, 10);
}

/** `1.653` (English `1,653`); `decimals` fixes the digits after the comma. */
export function formatNumber(value: number | bigint, locale: Locale = 'vi', decimals = 0): string {
  const fixed = typeof value === 'bigint' ? value.toString() : value.toFixed(decimals);
  const negative = fixed.startsWith('-') && /[1-9]/.test(fixed);
  const [whole = '0', fraction] = fixed.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale === 'vi' ? '.' : ',');
  return `${negative ? '−' : ''}${grouped}${fraction ? (locale === 'vi' ? ',' : '.') + fraction : ''}`;
}

/** A share between 0 and 1 as `98,7%`. */
export function formatPercent(share: number, locale: Locale = 'vi', decimals = 1): string {
  return `${formatNumber(share * 100, locale, decimals)}%`;
}

/** Whole đồng as `1.250.000 đ` with a space that does not break; English `1,250,000 VND`. */
export function formatMoney(amountDong: number | bigint, locale: Locale = 'vi'): string {
  return `${formatNumber(amountDong, locale)}${nbsp}${locale === 'vi' ? 'đ' : 'VND'}`;
}

/** Size of a file: `850 B`, `20 kB`, `1,4 MB`; thousand-based. */
export function formatFileSize(sizeBytes: number, locale: Locale = 'vi'): string {
  if (sizeBytes < 1000) return `${formatNumber(sizeBytes, locale)}${nbsp}B`;
  if (sizeBytes < 999_500) return `${formatNumber(Math.round(sizeBytes / 1000), locale)}${nbsp}kB`;
  return `${formatNumber(sizeBytes / 1_000_000, locale, 1)}${nbsp}MB`;
}

/** `0912 345 678`, `024 3825 1234`; numbers it does not know are returned as given. */
export function formatPhone(phone: string): string {
  const digits = phone.replace(/[\s.-]/g, '').replace(/^\+84/, '0');
  if (/^0[35789]\d{8}$/.test(digits)) return `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`;
  if (/^02\d{9}$/.test(digits)) return `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`;
  if (/^02\d{8}$/.test(digits)) return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
  return phone;
}

/**
 * An identity number with its middle hidden: `040 195 ••• •12`. The last two digits always stay; at most the first six are shown, and never
 * more than half of the number.
 */
export function maskIdentityNumber(identityNumber: string): string {
  const digits = identityNumber.replace(/\s/g, '');
  const shown = digits.length >= 12 ? 6 : Math.max(0, Math.min(3, digits.length - 6));
  const masked = digits.replace(/./g, (digit, at: number) => (at < shown || at >= digits.length - 2 ? digit : '•'));
  return (masked.match(/.{1,3}/g) ?? []).join(' ');
}

/** How near a deadline is; the colour of its tag follows from it. */
export type DeadlineState = 'overdue' | 'today' | 'soon' | 'later';

/**
 * A deadline in words. An instant counts minutes, then hours below a day, then calendar days of Viet Nam; a calendar date counts days and
 * says “Hôm nay” on the day. `soon` is up to two calendar days ahead. Working time is the calendar module's business, not this one's.
 */
export function deadlineWords(
  due: DateValue,
  now: Date,
  locale: Locale = 'vi',
): { text: string; state: DeadlineState } {
  const vi = locale === 'vi';
  const days = dayNumber(due) - dayNumber(now);
  const isDateOnly = typeof due === 'string' && due.length === 10;
  const leftMs = isDateOnly ? days * dayMs : new Date(due).getTime() - now.getTime();
  const amount = (count: number, viUnit: string, enUnit: string): string =>
    vi ? `${count} ${viUnit}` : `${count} ${enUnit}${count === 1 ? '' : 's'}`;
  const span = (ms: number, dayCount: number): string => {
    if (ms < hourMs) return amount(Math.max(1, Math.floor(ms / 60_000)), 'phút', 'minute');
    if (ms < dayMs) return amount(Math.floor(ms / hourMs), 'giờ', 'hour');
    return amount(Math.max(1, dayCount), 'ngày', 'day');
  };
  if (leftMs < 0) {
    const words = span(-leftMs, -days);
    return { text: vi ? `Quá hạn ${words}` : `${words} overdue`, state: 'overdue' };
  }
  const state: DeadlineState = days <= 0 ? 'today' : days <= 2 ? 'soon' : 'later';
  if (isDateOnly && days === 0) return { text: vi ? 'Hôm nay' : 'Today', state };
  if (isDateOnly && days === 1) return { text: vi ? 'Ngày mai' : 'Tomorrow', state };
  const words = span(leftMs, days);
  return { text: vi ? `Còn ${words}` : `${words} left`, state };
}

/** Splits a Vietnamese full name: the given name is the last word, the rest comes before it. */
export function nameParts(fullName: string): { given: string; rest: string } {
  const words = fullName.normalize('NFC').trim().split(/\s+/);
  return { given: words.at(-1) ?? '', rest: words.slice(0, -1).join(' ') };
}

/** `An, Nguyễn Văn`: a key that sorts people by given name under the vi collation. */
export function givenNameSortKey(fullName: string): string {
  const { given, rest } = nameParts(fullName);
  return rest ? `${given}, ${rest}` : given;
}

const vietnamese = new Intl.Collator('vi');

/** Orders people as a Vietnamese list does: by given name, then by family and middle names; for `Array.sort`. */
export function compareNames(left: string, right: string): number {
  const a = nameParts(left);
  const b = nameParts(right);
  return vietnamese.compare(a.given, b.given) || vietnamese.compare(a.rest, b.rest);
}
