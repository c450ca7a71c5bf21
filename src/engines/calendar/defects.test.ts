import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rulePack } from '../../foundation/rules/index.ts';
import { computeDeadline, type TimeUnit } from './deadline.ts';
import { formatHours, parseHours, parseClockTime } from './local-time.ts';
import { deadlineRule } from './rule-of-pack.ts';
import { stepDeadlines } from './step-budgets.ts';
import { aCalendar, aHoliday, aPattern, at, moment, OFFICE_HOURS } from './testing.ts';
import { mergeCalendars, mondayToFriday, workCalendar } from './work-calendar.ts';
import {
  addWorkingDays,
  addWorkingHours,
  addWorkingMinutes,
  countingStart,
  elapsedWorkingDays,
  elapsedWorkingMinutes,
  isOpenMinute,
  isWorkingDay,
  isWorkingMinute,
  nextWorkingInstant,
} from './working-time.ts';

/* Each test is a defect that was seen in due dates of the open peer of this product, or a complaint of its users. */
const calendar = aCalendar();
const rule = deadlineRule(rulePack('vn-2018'), 'decree');
const due = (startedAt: string, amount: number, unit: TimeUnit = 'workingDay', of = calendar) =>
  moment(computeDeadline({ startedAt: at(startedAt), limit: { amount, unit }, calendar: of, rule }).dueAt);

describe('defects seen elsewhere do not happen here', () => {
  test('hours written with a dash are read, not silently ignored because a comma was expected', () => {
    const expected = [
      { from: 420, to: 690 },
      { from: 810, to: 1020 },
    ];
    for (const text of ['7:00-11:30,13:30-17:00', '07:00–11:30; 13:30 — 17:00', ' 7:00 - 11:30 , 13:30-17:00 '])
      expect(parseHours(text)).toEqual(expected);
    expect(formatHours(expected)).toBe('07:00-11:30, 13:30-17:00');
    expect(parseHours('')).toEqual([]);
  });

  test.each([
    '7:00',
    '7:00,11:30',
    '11:30-7:00',
    '7:00-7:00',
    '7:00-12:00,11:00-13:00',
    '25:00-26:00',
    '7:60-8:00',
    'a-b',
    '7:00-11:30-13:00',
    '7.00-11.30',
    '-',
  ])('hours that cannot be read are refused, never replaced by a default: %j', (text) =>
    expect(() => parseHours(text)).toThrow(RangeError),
  );

  test('the minutes of the afternoon belong to the afternoon', () => {
    const odd = aCalendar({ patterns: [aPattern({ hours: mondayToFriday(parseHours('7:15-11:45, 13:10-16:40')) })] });
    expect(due('2026-11-23 09:00', 1, 'workingDay', odd)).toBe('2026-11-24 16:40');
    expect(isWorkingMinute(odd, at('2026-11-23 16:39'))).toBe(true);
    expect(isWorkingMinute(odd, at('2026-11-23 16:40'))).toBe(false);
  });

  test('two calendars in one process do not mix, whichever is asked first', () => {
    const early = aCalendar({ patterns: [aPattern({ hours: mondayToFriday(parseHours('06:00-10:00')) })] });
    const late = aCalendar({ patterns: [aPattern({ hours: mondayToFriday(parseHours('10:00-14:00')) })], cutOffs: [] });
    const ask = () => [early, late, early].map((c) => moment(addWorkingMinutes(c, at('2026-11-23 00:00'), 60)));
    expect(ask()).toEqual(['2026-11-23 07:00', '2026-11-23 11:00', '2026-11-23 07:00']);
    expect(ask()).toEqual(ask());
  });

  test('one day is counted by the same rule as many', () => {
    expect([1, 2, 3].map((days) => due('2026-11-23 09:00', days))).toEqual([
      '2026-11-24 17:00',
      '2026-11-25 17:00',
      '2026-11-26 17:00',
    ]);
    expect(moment(addWorkingDays(calendar, addWorkingDays(calendar, at('2026-11-23 09:00'), 1), 1))).toBe(
      '2026-11-26 17:00',
    );
  });

  test('limits longer than 360 days work', () => {
    expect(due('2026-11-23 09:00', 1000)).toBe('2030-09-23 17:00');
    expect(due('2026-11-23 09:00', 20_000, 'workingHour')).toBe('2037-02-10 16:00');
    expect(due('2026-11-23 09:00', 120, 'month')).toBe('2036-11-24 17:00');
  });

  test('a working day is no constant of eight hours: a half day is a working day', () => {
    const halfDays = aCalendar({
      patterns: [aPattern({ hours: { ...mondayToFriday(OFFICE_HOURS), 6: parseHours('07:30-11:30') } })],
    });
    expect(due('2026-11-26 09:00', 2, 'workingDay', halfDays)).toBe('2026-11-28 11:30');
    expect(elapsedWorkingDays(halfDays, at('2026-11-26 09:00'), at('2026-11-30 09:00'))).toBe(3);
    expect(elapsedWorkingMinutes(calendar, at('2026-11-23 00:00'), at('2026-11-24 00:00'))).toBe(450);
  });

  test('Saturday on duty: the counter receives, no clock runs, and the dossier counts from Monday', () => {
    const duty = aCalendar({ patterns: [aPattern({ duty: { 6: parseHours('07:30-11:30') } })] });
    const saturday = at('2026-11-28 08:00');
    expect([isOpenMinute(duty, saturday), isWorkingMinute(duty, saturday), isWorkingDay(duty, saturday)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(moment(countingStart(duty, saturday))).toBe('2026-11-30 07:30');
    expect(isOpenMinute(duty, at('2026-11-28 12:00'))).toBe(false);
  });

  test('public holidays are not counted as working days', () => {
    const tet = aCalendar({
      holidays: ['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'].map((d) => aHoliday(d)),
    });
    expect(due('2026-02-12 09:00', 3, 'workingDay', tet)).toBe('2026-02-24 17:00');
    expect(due('2026-02-12 09:00', 8, 'workingHour', tet)).toBe('2026-02-13 09:30');
    expect(due('2026-02-12 09:00', 5, 'day', tet)).toBe('2026-02-23 17:00');
  });

  test('a holiday of half a day takes half a day', () => {
    const noon = aCalendar({ holidays: [aHoliday('2026-12-31', { part: { from: 720, to: 1440 } })] });
    expect(due('2026-12-30 09:00', 1, 'workingDay', noon)).toBe('2026-12-31 11:30');
    expect(moment(addWorkingHours(noon, at('2026-12-31 09:00'), 4))).toBe('2027-01-01 09:00');
  });

  test('a swapped working day is worked with the hours of the day it replaces', () => {
    const swapped = aCalendar({
      swaps: [{ offDate: '2026-08-31', workDate: '2026-08-22', hours: null, certainty: 'official', source: 'test' }],
    });
    expect(due('2026-08-21 09:00', 1, 'workingDay', swapped)).toBe('2026-08-22 17:00');
    expect(isWorkingDay(swapped, at('2026-08-31 09:00'))).toBe(false);
  });

  test('no step has a deadline of zero', () => {
    for (const weights of [[], [0], [1, 0], [1, -1], [Number.NaN], [1, Infinity]])
      expect(() => stepDeadlines(calendar, at('2026-11-23 09:00'), at('2026-11-24 17:00'), weights)).toThrow(
        RangeError,
      );
    expect(() => stepDeadlines(calendar, at('2026-11-23 09:00'), at('2026-11-23 09:01'), [1, 1])).toThrow(RangeError);
  });

  test('after 15:00 counts from the next working day; 15:00 itself does not; the hour can be changed or switched off', () => {
    expect([due('2026-11-23 15:00', 1), due('2026-11-23 15:01', 1)]).toEqual(['2026-11-24 17:00', '2026-11-25 17:00']);
    const cutOff = (minute: number | null) =>
      aCalendar({ cutOffs: [{ validFrom: '2026-01-01', validTo: null, minute, source: 'test' }] });
    expect(due('2026-11-23 15:01', 1, 'workingDay', cutOff(null))).toBe('2026-11-24 17:00');
    expect(due('2026-11-23 10:01', 1, 'workingDay', cutOff(600))).toBe('2026-11-25 17:00');
    expect(due('2025-11-24 15:01', 1, 'workingDay', cutOff(600))).toBe('2025-11-25 17:00');
  });

  test('received after office hours, at night or on a Sunday: from the next working morning', () => {
    for (const received of [
      '2026-11-27 17:00',
      '2026-11-27 23:59',
      '2026-11-28 10:00',
      '2026-11-29 00:00',
      '2026-11-30 07:29',
    ])
      expect(moment(countingStart(calendar, at(received)))).toBe('2026-11-30 07:30');
  });

  test('received at lunch counts from the afternoon', () => {
    for (const received of ['2026-11-23 11:30', '2026-11-23 12:00', '2026-11-23 13:29'])
      expect(moment(nextWorkingInstant(calendar, at(received)))).toBe('2026-11-23 13:30');
    expect(due('2026-11-23 12:00', 1, 'workingHour')).toBe('2026-11-23 14:30');
  });

  test('times are minutes, not HHMM numbers: twenty minutes before the hour is not eighty', () => {
    expect(moment(addWorkingMinutes(calendar, at('2026-11-23 08:50'), 20))).toBe('2026-11-23 09:10');
    expect(elapsedWorkingMinutes(calendar, at('2026-11-23 08:50'), at('2026-11-23 09:10'))).toBe(20);
    expect(() => parseClockTime('0860')).toThrow(RangeError);
  });

  test('the due hour is in office hours, to the minute, and seconds of the receipt change nothing', () => {
    expect(due('2026-11-23 09:00', 90 / 60, 'workingHour')).toBe('2026-11-23 10:30');
    const seconds = new Date(at('2026-11-23 15:00').getTime() + 59_999);
    expect(moment(countingStart(calendar, seconds))).toBe('2026-11-23 15:00');
  });

  test('a storm closes the office to the minute, and only while it lasts', () => {
    const storm = aCalendar({
      closures: [{ from: '2026-11-23T10:00', to: '2026-11-24T14:00', reason: 'Bão số 13', source: 'CV' }],
    });
    expect(due('2026-11-23 09:00', 4, 'workingHour', storm)).toBe('2026-11-24 17:00');
    expect(due('2026-11-23 09:00', 1, 'workingDay', storm)).toBe('2026-11-24 17:00');
    expect(elapsedWorkingMinutes(storm, at('2026-11-23 00:00'), at('2026-11-25 00:00'))).toBe(150 + 180);
  });

  test('hours change on a date without touching what came before', () => {
    const dated = aCalendar({
      patterns: [
        aPattern(),
        aPattern({ validFrom: '2026-11-24', validTo: '2026-11-25', hours: mondayToFriday(parseHours('08:00-10:00')) }),
      ],
    });
    const end = (day: string) => moment(addWorkingDays(dated, at(`2026-11-${day} 00:00`), 0));
    expect(['23', '24', '25', '26'].map(end)).toEqual([
      '2026-11-23 17:00',
      '2026-11-24 10:00',
      '2026-11-25 10:00',
      '2026-11-26 17:00',
    ]);
  });

  test('winter hours run over New Year', () => {
    const season = { from: '10-16', to: '04-15' };
    const winter = aCalendar({
      patterns: [aPattern(), aPattern({ season, hours: mondayToFriday(parseHours('08:00-12:00, 13:00-16:30')) })],
    });
    const end = (date: string) => moment(addWorkingDays(winter, at(`${date} 09:00`), 0)).slice(11);
    expect(['2026-10-15', '2026-10-16', '2027-01-04', '2027-04-15', '2027-04-16'].map(end)).toEqual([
      '17:00',
      '16:30',
      '16:30',
      '16:30',
      '17:00',
    ]);
  });

  test('a unit adds its own days and reopens one of the province without changing the province', () => {
    const province = aCalendar({ holidays: [aHoliday('2026-11-24')] });
    const unit = mergeCalendars(province, {
      holidays: [aHoliday('2026-11-25', { kind: 'local' })],
      openings: [{ date: '2026-11-24', hours: parseHours('08:00-11:00'), reason: 'Trực', source: 'QĐ' }],
    });
    expect([
      due('2026-11-23 09:00', 1, 'workingDay', province),
      due('2026-11-23 09:00', 1, 'workingDay', unit),
    ]).toEqual(['2026-11-25 17:00', '2026-11-24 11:00']);
    expect(due('2026-11-23 09:00', 2, 'workingDay', unit)).toBe('2026-11-26 17:00');
  });

  test('the clock of the server does not matter: an instant is read in Viet Nam', () => {
    expect(moment(countingStart(calendar, new Date('2026-11-23T00:00:00Z')))).toBe('2026-11-23 07:30');
    expect(moment(countingStart(calendar, new Date('2026-11-22T16:59:59Z')))).toBe('2026-11-23 07:30');
  });

  test('an impossible calendar is refused when it is made', () => {
    const swap = {
      offDate: '2026-01-02',
      workDate: '2026-01-02',
      hours: null,
      certainty: 'official' as const,
      source: '',
    };
    const closure = (from: string, to: string) => ({ from, to, reason: '', source: '' });
    const wrong = [
      { holidays: [aHoliday('2026-02-30')] },
      { patterns: [aPattern({ validFrom: '2026-02-01', validTo: '2026-01-01' })] },
      { patterns: [aPattern({ hours: { 1: [{ from: 10, to: 5 }] } })] },
      { patterns: [aPattern({ hours: { 8: OFFICE_HOURS } as never })] },
      { patterns: [aPattern({ duty: { 1: parseHours('08:00-09:00') } })] },
      { patterns: [aPattern({ season: { from: '02-30', to: '03-01' } })] },
      { swaps: [swap] },
      { closures: [closure('2026-01-01T10:00', '2026-01-01T10:00')] },
      { closures: [closure('2026-01-01T10:00', '2027-01-01T10:00')] },
      { closures: [closure('hôm qua', '2027-01-01T10:00')] },
      { cutOffs: [{ validFrom: '2026-01-01', validTo: null, minute: 1440, source: '' }] },
    ];
    for (const parts of wrong) expect(() => workCalendar(parts)).toThrow(RangeError);
  });

  test('nothing of this engine is kept between calls but tables that belong to one calendar value', () => {
    const source = ['working-time', 'deadline', 'step-budgets']
      .map((name) => readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8'))
      .join('\n');
    expect(source).not.toMatch(/^let /m);
    expect(() => Object.assign(calendar.holidays, { 0: aHoliday('2026-11-24') })).toThrow(TypeError);
  });
});
