import { parseHours, type IsoDate } from './local-time.ts';
import {
  mondayToFriday,
  WHOLE_DAY,
  workCalendar,
  type CalendarParts,
  type Holiday,
  type WeeklyPattern,
  type WorkCalendar,
} from './work-calendar.ts';

/** The hours of most offices of the province. */
export const OFFICE_HOURS = parseHours('07:30-11:30, 13:30-17:00');

/** A weekly pattern valid for ever: Monday to Friday in office hours unless told otherwise. */
export const aPattern = (parts: Partial<WeeklyPattern> = {}): WeeklyPattern => ({
  validFrom: '2000-01-01',
  validTo: null,
  hours: mondayToFriday(OFFICE_HOURS),
  duty: {},
  season: null,
  source: 'test',
  ...parts,
});

/** A whole day off. */
export const aHoliday = (date: IsoDate, parts: Partial<Holiday> = {}): Holiday => ({
  date,
  part: WHOLE_DAY,
  name: 'Ngày nghỉ',
  kind: 'statutory',
  certainty: 'official',
  source: 'test',
  ...parts,
});

/** Cut-off at 15:00, for ever. */
export const CUT_OFF_15 = { validFrom: '2000-01-01', validTo: null, minute: 15 * 60, source: 'NĐ 61/2018 Đ18.2' };

/** Monday to Friday in office hours, cut-off 15:00, no holidays, unless told otherwise. */
export const aCalendar = (parts: Partial<CalendarParts> = {}): WorkCalendar =>
  workCalendar({ patterns: [aPattern()], cutOffs: [CUT_OFF_15], ...parts });

/** An instant in Viet Nam: `at('2026-11-23 07:30')`. */
export const at = (moment: string): Date => new Date(`${moment.replace(' ', 'T')}:00+07:00`);

/** The local moment of an instant, `2026-11-23 07:30`, to compare with. */
export const moment = (instant: Date): string =>
  new Date(instant.getTime() + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
