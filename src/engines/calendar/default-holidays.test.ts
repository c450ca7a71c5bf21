import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCalendarFile, writeCalendarFile } from './calendar-file.ts';
import { defaultHolidays, lunarDate } from './default-holidays.ts';
import { dayNumber, isoDate, weekdayOf } from './local-time.ts';
import { aCalendar, at, moment } from './testing.ts';
import { addWorkingDays, isWorkingDay } from './working-time.ts';

const TET =
  '2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-02'.split(
    ' ',
  );
const HUNG_KINGS =
  '2014-04-09 2015-04-28 2016-04-16 2017-04-06 2018-04-25 2019-04-14 2020-04-02 2021-04-21 2022-04-10 2023-04-29 2024-04-18 2025-04-07 2026-04-26'.split(
    ' ',
  );
const provinceFile = () =>
  JSON.parse(readFileSync(new URL('../../../province/nghe-an/calendar.json', import.meta.url), 'utf8')) as never;

/** The days in a row without work around a date, over the default holidays of its year. */
function daysOff(date: string): [string, string] {
  const calendar = aCalendar(defaultHolidays(Number(date.slice(0, 4))));
  const off = (day: number) => !isWorkingDay(calendar, at(`${isoDate(day)} 09:00`));
  let first = dayNumber(date);
  let last = first;
  while (off(first - 1)) first -= 1;
  while (off(last + 1)) last += 1;
  return [isoDate(first), isoDate(last)];
}

describe('the Vietnamese lunar calendar', () => {
  test.each(TET)('Tết falls on %s', (date) => expect(lunarDate(Number(date.slice(0, 4)), 1, 1)).toBe(date));
  test.each(HUNG_KINGS)('10/3 falls on %s', (date) => expect(lunarDate(Number(date.slice(0, 4)), 3, 10)).toBe(date));
  test('in 2007 and 2030 Viet Nam begins the lunar year a day before China', () => {
    expect([lunarDate(2007, 1, 1), lunarDate(2030, 1, 1)]).toEqual(['2007-02-17', '2030-02-02']);
  });
});

describe('days off by default', () => {
  test.each([
    ['2014-01-31', '2014-01-28', '2014-02-05'],
    ['2014-05-01', '2014-04-30', '2014-05-04'],
    ['2015-02-19', '2015-02-15', '2015-02-23'],
    ['2016-02-08', '2016-02-06', '2016-02-14'],
    ['2017-01-28', '2017-01-26', '2017-02-01'],
    ['2018-02-16', '2018-02-14', '2018-02-20'],
    ['2019-02-05', '2019-02-02', '2019-02-10'],
    ['2020-01-25', '2020-01-23', '2020-01-29'],
    ['2021-02-12', '2021-02-10', '2021-02-16'],
    ['2022-02-01', '2022-01-29', '2022-02-06'],
    ['2022-05-01', '2022-04-30', '2022-05-03'],
    ['2023-01-22', '2023-01-20', '2023-01-26'],
    ['2023-04-30', '2023-04-29', '2023-05-03'],
    ['2023-09-02', '2023-09-01', '2023-09-04'],
    ['2024-02-10', '2024-02-08', '2024-02-14'],
    ['2024-04-30', '2024-04-27', '2024-05-01'],
    ['2025-01-29', '2025-01-25', '2025-02-02'],
    ['2025-05-01', '2025-04-30', '2025-05-04'],
    ['2025-09-02', '2025-08-30', '2025-09-02'],
    ['2026-02-17', '2026-02-14', '2026-02-22'],
    ['2026-04-26', '2026-04-25', '2026-04-27'],
    ['2026-09-02', '2026-08-29', '2026-09-02'],
    ['2026-11-24', '2026-11-24', '2026-11-24'],
  ])('around %s: from %s to %s', (date, first, last) => expect(daysOff(date)).toEqual([first, last]));

  test('every year has five days of Tết, and as many compensations as holidays on weekends, none of them on a day off', () => {
    for (let year = 2014; year <= 2050; year += 1) {
      const { holidays } = defaultHolidays(year);
      const statutory = holidays.filter((h) => h.kind === 'statutory');
      const compensations = holidays.filter((h) => h.kind === 'compensation');
      const weekend = (date: string) => weekdayOf(dayNumber(date)) >= 6;
      expect(statutory.filter((h) => h.name === 'Tết Nguyên đán')).toHaveLength(5);
      expect(compensations).toHaveLength(statutory.filter((h) => weekend(h.date)).length);
      expect(compensations.filter((h) => weekend(h.date))).toEqual([]);
      expect(new Set(holidays.map((h) => h.date)).size).toBe(holidays.length);
    }
  });

  test.each([2013, 2101, 2026.5, Number.NaN])('no defaults are invented for %d', (year) =>
    expect(() => defaultHolidays(year)).toThrow(RangeError),
  );

  test('what nobody has decided yet is marked as computed', () => {
    expect(new Set(defaultHolidays(2029).holidays.map((h) => h.certainty))).toEqual(new Set(['computed']));
  });
});

describe('the calendar file of a province', () => {
  test('the one that ships is readable, complete for 2014–2030, and read back as written', () => {
    const calendar = readCalendarFile(provinceFile());
    expect(readCalendarFile(writeCalendarFile(calendar))).toEqual(calendar);
    expect(new Set(calendar.holidays.map((h) => h.date.slice(0, 4))).size).toBe(17);
    expect(moment(addWorkingDays(calendar, at('2026-11-23 09:00'), 1))).toBe('2026-11-25 17:00');
    expect(isWorkingDay(calendar, at('2026-08-22 09:00'))).toBe(true);
  });

  test.each([
    [null, /patterns/],
    [{ patterns: [], cutOffs: [], holidays: {} }, /holidays must be a list/],
    [
      { patterns: [], cutOffs: [{ validFrom: '2026-01-01', validTo: null, at: '3pm' }], holidays: [], swaps: [] },
      /cutOffs\[0\].*3pm/,
    ],
    [{ patterns: [], cutOffs: [], holidays: [{ date: '2026-02-30' }], swaps: [] }, /holidays\[0\].*2026-02-30/],
    [
      {
        patterns: [{ validFrom: '2026-01-01', validTo: null, hours: { 1: '8-9' } }],
        cutOffs: [],
        holidays: [],
        swaps: [],
      },
      /patterns\[0\].*"8"/,
    ],
    [{ patterns: [null], cutOffs: [], holidays: [], swaps: [] }, /patterns\[0\]/],
  ])('a broken file is refused with its place: %j', (file, message) => {
    expect(() => readCalendarFile(file)).toThrow(message);
  });
});
