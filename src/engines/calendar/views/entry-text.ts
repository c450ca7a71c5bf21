import type { Locale } from '../../../platform/http/page-context.ts';
import { formatDate } from '../../../ui/format.ts';
import type { CalendarEntry } from '../entry.ts';
import { formatClockTime, formatHours, type Weekday } from '../local-time.ts';
import { calendarWords } from './calendar-words.ts';

const momentText = (moment: string) => `${moment.slice(11)} ${formatDate(moment.slice(0, 10))}`;

/** When a decision holds, for a list. */
export function entryPeriod({ kind, content }: CalendarEntry, locale: Locale): string {
  const words = calendarWords.in(locale);
  if (kind === 'closure') return `${momentText(content.from)} – ${momentText(content.to)}`;
  if (kind === 'pattern' || kind === 'cutOff')
    return content.validTo
      ? `${formatDate(content.validFrom)} – ${formatDate(content.validTo)}`
      : `${formatDate(content.validFrom)} ${words.openEnd}`;
  if (kind === 'swap') return `${formatDate(content.offDate)} → ${formatDate(content.workDate)}`;
  return formatDate(content.date);
}

/** What a decision says, for a list. */
export function entryText({ kind, content }: CalendarEntry, locale: Locale): string {
  const words = calendarWords.in(locale);
  if (kind === 'holiday')
    return content.part.to - content.part.from < 1440
      ? `${content.name} (${formatHours([content.part])})`
      : content.name;
  if (kind === 'swap') return `${words.kinds.swap}${content.hours ? ` (${formatHours(content.hours)})` : ''}`;
  if (kind === 'closure') return `${words.kinds.closure}: ${content.reason}`;
  if (kind === 'opening') return `${formatHours(content.hours) || words.dayOff}: ${content.reason}`;
  if (kind === 'cutOff')
    return content.minute === null ? words.cutOffNone : words.cutOffIs(formatClockTime(content.minute));
  const monday = formatHours(content.hours[1] ?? []) || words.dayOff;
  const rest = ([2, 3, 4, 5, 6, 7] as Weekday[])
    .map((weekday) => [weekday, formatHours(content.hours[weekday] ?? []) || words.dayOff] as const)
    .filter(([weekday, hours]) => hours !== (weekday > 5 ? words.dayOff : monday))
    .map(([weekday, hours]) => `${words.weekdays[weekday - 1]} ${hours}`);
  return [`${words.weekdays[0]}–${words.weekdays[4]} ${monday}`, ...rest].join('; ');
}
