import type { LocalText } from '../../platform/problems.ts';
import { checkedEntry, type CalendarEntry, type EntryKind } from './entry.ts';
import {
  dayNumber,
  parseClockTime,
  parseHours,
  parseRange,
  type IsoDate,
  type MinuteRange,
  type Weekday,
} from './local-time.ts';
import { WHOLE_DAY, type WeekHours } from './work-calendar.ts';

/** The kinds of decisions as addresses name them. */
export const ENTRY_SLUGS = {
  'ngay-nghi': 'holiday',
  'hoan-doi': 'swap',
  'dong-cua': 'closure',
  'gio-lam-viec': 'pattern',
  'gio-chot': 'cutOff',
  'mo-cua': 'opening',
} as const satisfies Record<string, EntryKind>;

export const kindOfSlug = (slug: string): EntryKind | undefined =>
  Object.hasOwn(ENTRY_SLUGS, slug) ? ENTRY_SLUGS[slug as keyof typeof ENTRY_SLUGS] : undefined;

export const slugOfKind = (kind: EntryKind): string =>
  Object.entries(ENTRY_SLUGS).find(([, known]) => known === kind)![0];

/** Names of the fields of each kind, in the order of the form; every form also has `source` and `reason`. */
export const ENTRY_FIELDS = {
  holiday: ['date', 'name', 'hours'],
  swap: ['offDate', 'workDate', 'hours'],
  closure: ['fromDate', 'fromTime', 'toDate', 'toTime', 'name'],
  pattern: ['validFrom', 'validTo', 'weekdays', 'saturday', 'sunday', 'saturdayDuty'],
  cutOff: ['validFrom', 'validTo', 'time'],
  opening: ['date', 'hours', 'name'],
} as const satisfies Record<EntryKind, readonly string[]>;

export type EntryField = (typeof ENTRY_FIELDS)[EntryKind][number] | 'source' | 'reason';

const OPTIONAL: readonly EntryField[] = ['validTo', 'weekdays', 'saturday', 'sunday', 'saturdayDuty', 'time', 'source'];

export interface EntryFormResult {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly { readonly field: EntryField; readonly text: LocalText }[];
  /** Only when there are no errors. */
  readonly entry: CalendarEntry | null;
  readonly reason: string;
}

const REQUIRED: LocalText = { vi: 'Bạn chưa điền mục này', en: 'Enter this' };
const TOO_LONG: LocalText = { vi: 'Nhiều nhất 500 ký tự', en: 'Use 500 characters or fewer' };
const NOT_A_DATE: LocalText = {
  vi: 'Ngày phải có thật, ví dụ 22/11/2026',
  en: 'Enter a real date, such as 22/11/2026',
};
const NOT_HOURS: LocalText = {
  vi: 'Giờ viết như 07:30-11:30, 13:30-17:00',
  en: 'Write hours as 07:30-11:30, 13:30-17:00',
};
const NOT_A_PART: LocalText = {
  vi: 'Ghi một khoảng giờ nghỉ, ví dụ 12:00-24:00',
  en: 'Write one range of hours, such as 12:00-24:00',
};
const NOT_A_TIME: LocalText = { vi: 'Giờ viết như 15:00', en: 'Write the time as 15:00' };
const IMPOSSIBLE: LocalText = {
  vi: 'Khoảng thời gian này không hợp lệ: ngày cuối phải sau ngày đầu, đóng cửa không quá 92 ngày, không hoán đổi một ngày với chính nó',
  en: 'This period is not possible: it must end after it begins, a closure lasts at most 92 days, and a day cannot be swapped with itself',
};

/** Reads a date as people or browsers write it: `2026-11-22`, `22/11/2026`, `1/5/2026`. Throws RangeError otherwise. */
export function readDate(text: string): IsoDate {
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const date = match ? `${match[3]}-${match[2]!.padStart(2, '0')}-${match[1]!.padStart(2, '0')}` : text;
  dayNumber(date);
  return date;
}

/** Reads a sent form. Nothing is guessed: what cannot be read is an error at its field, and the values are kept. */
export function readEntryForm(kind: EntryKind, form: URLSearchParams): EntryFormResult {
  const fields: readonly EntryField[] = [...ENTRY_FIELDS[kind], 'source', 'reason'];
  const values = Object.fromEntries(fields.map((field) => [field, (form.get(field) ?? '').trim()]));
  const errors: { field: EntryField; text: LocalText }[] = [];
  const fail = (field: EntryField, text: LocalText) => void errors.push({ field, text });
  for (const field of fields) {
    const isOptional = OPTIONAL.includes(field) || (field === 'hours' && kind !== 'opening');
    if (values[field] === '' && !isOptional) fail(field, REQUIRED);
    else if (values[field]!.length > 500) fail(field, TOO_LONG);
  }
  const attempt = <T>(field: EntryField, fault: LocalText, read: (text: string) => T, otherwise: T): T => {
    try {
      return values[field] === '' ? otherwise : read(values[field]!);
    } catch {
      if (!errors.some((error) => error.field === field)) fail(field, fault);
      return otherwise;
    }
  };
  const reader = {
    text: (field: EntryField) => values[field] ?? '',
    date: (field: EntryField) => attempt<IsoDate>(field, NOT_A_DATE, readDate, ''),
    hours: (field: EntryField) => attempt(field, NOT_HOURS, parseHours, []),
    part: (field: EntryField) => attempt(field, NOT_A_PART, parseRange, WHOLE_DAY),
    time: (field: EntryField) => attempt<number | null>(field, NOT_A_TIME, parseClockTime, null),
  };
  const made = make(kind, reader);
  const reason = values['reason']!;
  if (errors.length > 0) return { values, errors, entry: null, reason };
  try {
    return { values, errors, entry: checkedEntry(made).entry, reason };
  } catch {
    return { values, errors: [{ field: ENTRY_FIELDS[kind][0], text: IMPOSSIBLE }], entry: null, reason };
  }
}

interface FieldReader {
  text(field: EntryField): string;
  date(field: EntryField): IsoDate;
  hours(field: EntryField): ReturnType<typeof parseHours>;
  /** One range; the whole day when the field is empty. */
  part(field: EntryField): MinuteRange;
  time(field: EntryField): number | null;
}

const makers: { [K in EntryKind]: (read: FieldReader) => Extract<CalendarEntry, { kind: K }>['content'] } = {
  holiday: (read) => ({
    date: read.date('date'),
    part: read.part('hours'),
    name: read.text('name'),
    kind: 'local',
    certainty: 'official',
    source: read.text('source'),
  }),
  swap: (read) => {
    const hours = read.hours('hours');
    return {
      offDate: read.date('offDate'),
      workDate: read.date('workDate'),
      hours: hours.length > 0 ? hours : null,
      certainty: 'official',
      source: read.text('source'),
    };
  },
  closure: (read) => ({
    from: `${read.date('fromDate')}T${clock(read.time('fromTime'))}`,
    to: `${read.date('toDate')}T${clock(read.time('toTime'))}`,
    reason: read.text('name'),
    source: read.text('source'),
  }),
  pattern: (read) => {
    const week = read.hours('weekdays');
    const hours = { 1: week, 2: week, 3: week, 4: week, 5: week, 6: read.hours('saturday'), 7: read.hours('sunday') };
    return {
      validFrom: read.date('validFrom'),
      validTo: read.date('validTo') || null,
      hours: worked(hours),
      duty: worked({ 6: read.hours('saturdayDuty') }),
      season: null,
      source: read.text('source'),
    };
  },
  cutOff: (read) => ({
    validFrom: read.date('validFrom'),
    validTo: read.date('validTo') || null,
    minute: read.time('time'),
    source: read.text('source'),
  }),
  opening: (read) => ({
    date: read.date('date'),
    hours: read.hours('hours'),
    reason: read.text('name'),
    source: read.text('source'),
  }),
};

const make = (kind: EntryKind, read: FieldReader) => ({ kind, content: makers[kind](read) }) as CalendarEntry;

const clock = (minutes: number | null): string =>
  `${String(Math.floor((minutes ?? 0) / 60)).padStart(2, '0')}:${String((minutes ?? 0) % 60).padStart(2, '0')}`;

const worked = (week: Partial<Record<Weekday, ReturnType<typeof parseHours>>>): WeekHours =>
  Object.fromEntries(Object.entries(week).filter(([, ranges]) => ranges.length > 0));
