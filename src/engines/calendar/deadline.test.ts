import { describe, expect, test } from 'vitest';
import { rulePack } from '../../foundation/rules/index.ts';
import {
  computeDeadline,
  extensionRefusal,
  remaining,
  type ClockEvent,
  type DeadlineInput,
  type TimeUnit,
} from './deadline.ts';
import { deadlineRule } from './rule-of-pack.ts';
import { budgetsAddUp, stepDeadlines } from './step-budgets.ts';
import { aCalendar, aHoliday, at, moment } from './testing.ts';
import { elapsedWorkingMinutes } from './working-time.ts';

const calendar = aCalendar();
const DECREE = deadlineRule(rulePack('vn-2018'), 'decree');
const KPI = deadlineRule(rulePack('vn-2018'), 'nationalFigures');
const limit = (amount: number, unit: TimeUnit = 'workingDay') => ({ amount, unit });
const compute = (parts: Partial<DeadlineInput>) =>
  computeDeadline({ startedAt: at('2026-11-23 09:00'), limit: limit(5), calendar, rule: DECREE, ...parts });
const due = (parts: Partial<DeadlineInput>) => moment(compute(parts).dueAt);
const supplement = (from: string, to?: string): ClockEvent[] => [
  { kind: 'pause', at: at(from), reason: 'supplement' },
  ...(to ? [{ kind: 'resume', at: at(to), reason: 'supplement' } as const] : []),
];

describe('a limit without interruptions', () => {
  test.each([
    ['2026-11-23 09:00', 1, 'workingDay', '2026-11-24 17:00'],
    ['2026-11-23 09:00', 5, 'workingDay', '2026-11-30 17:00'],
    ['2026-11-27 15:01', 1, 'workingDay', '2026-12-01 17:00'],
    ['2026-11-23 09:00', 0.5, 'workingDay', '2026-11-23 14:45'],
    ['2026-11-23 09:00', 1.5, 'workingDay', '2026-11-25 11:15'],
    ['2026-11-23 09:00', 4, 'workingHour', '2026-11-23 15:00'],
    ['2026-11-23 16:00', 4, 'workingHour', '2026-11-24 11:30'],
    ['2026-11-27 16:00', 24, 'hour', '2026-11-28 16:00'],
    ['2026-11-23 09:00', 10, 'day', '2026-12-03 17:00'],
    ['2026-11-23 09:00', 5, 'day', '2026-11-30 17:00'],
    ['2026-01-30 09:00', 1, 'month', '2026-03-02 17:00'],
    ['2025-01-31 09:00', 1, 'month', '2025-02-28 17:00'],
    ['2026-11-23 09:00', 6, 'month', '2027-05-24 17:00'],
  ] as const)('received %s, %d %s: due %s', (received, amount, unit, expected) => {
    expect(due({ startedAt: at(received), limit: limit(amount, unit) })).toBe(expected);
  });

  test.each([0, -1, Number.NaN, Infinity])('a limit of %d is refused', (amount) => {
    expect(() => compute({ limit: limit(amount) })).toThrow(RangeError);
  });
  test('days and months have no decimals, and a limit beyond the calendar is refused instead of running on', () => {
    expect(() => compute({ limit: limit(1.5, 'day') })).toThrow(RangeError);
    expect(() => compute({ limit: limit(0.5, 'month') })).toThrow(RangeError);
    expect(() => compute({ limit: limit(1e9) })).toThrow(RangeError);
    expect(() => compute({ limit: limit(1e9, 'month') })).toThrow(RangeError);
    expect(() => compute({ calendar: aCalendar({ patterns: [] }) })).toThrow(RangeError);
    expect(() => compute({ startedAt: new Date('x') })).toThrow(RangeError);
  });
});

describe('one ledger, two rules for a supplement', () => {
  const ledger = supplement('2026-11-25 10:00', '2026-12-02 09:00');
  test('the decree: the limit begins again when the dossier is complete (NĐ 61/2018 Đ19.4)', () => {
    expect(compute({ ledger, rule: DECREE })).toMatchObject({ restarts: 1, supplementRequests: 1, state: 'running' });
    expect(due({ ledger, rule: DECREE })).toBe('2026-12-09 17:00');
  });
  test('the national figures: the working days of the wait are taken out', () => {
    expect(due({ ledger, rule: KPI })).toBe('2026-12-07 17:00');
  });
  test('a supplement handed in after the cut-off counts from the next working day, as a first receipt does', () => {
    const late = supplement('2026-11-25 10:00', '2026-12-02 15:30');
    expect(due({ ledger: late, rule: DECREE })).toBe('2026-12-10 17:00');
    expect(due({ ledger: late, rule: KPI })).toBe('2026-12-08 17:00');
  });
  test('a second request is late in the national figures whatever the clock says', () => {
    const twice = [...ledger, ...supplement('2026-12-03 09:00', '2026-12-03 10:00')];
    expect(compute({ ledger, rule: KPI }).tooManySupplements).toBe(false);
    expect(compute({ ledger: twice, rule: KPI })).toMatchObject({ tooManySupplements: true, supplementRequests: 2 });
  });
  test('payment and other pauses are taken out under both rules', () => {
    const waiting: ClockEvent[] = [
      { kind: 'pause', at: at('2026-11-24 09:00'), reason: 'payment' },
      { kind: 'resume', at: at('2026-11-26 09:00'), reason: 'payment' },
    ];
    expect([DECREE, KPI].map((rule) => due({ ledger: waiting, rule }))).toEqual([
      '2026-12-02 17:00',
      '2026-12-02 17:00',
    ]);
  });
  test('overlapping pauses count once', () => {
    const both: ClockEvent[] = [
      { kind: 'pause', at: at('2026-11-24 09:00'), reason: 'payment' },
      { kind: 'pause', at: at('2026-11-25 09:00'), reason: 'consultation' },
      { kind: 'resume', at: at('2026-11-26 09:00'), reason: 'payment' },
      { kind: 'resume', at: at('2026-11-27 09:00'), reason: 'consultation' },
    ];
    expect(due({ ledger: both, rule: KPI })).toBe('2026-12-03 17:00');
  });
  test('the order in which entries were written does not matter', () => {
    expect(compute({ ledger: [...ledger].reverse(), rule: KPI })).toEqual(compute({ ledger, rule: KPI }));
  });
});

describe('the state of a clock', () => {
  test('while it stands, what is left does not change', () => {
    const ledger = supplement('2026-11-25 10:00');
    const deadline = compute({ ledger, rule: KPI });
    expect(deadline).toMatchObject({ state: 'paused', pausedFor: ['supplement'] });
    const early = remaining(deadline, calendar, KPI, at('2026-11-25 11:00'));
    expect(remaining(deadline, calendar, KPI, at('2027-03-01 09:00'))).toEqual(early);
    expect(early).toMatchObject({ isLate: false, workingDays: 3 });
  });
  test('the minute of the deadline is on time, the next is late; judged by the day, the whole day is on time', () => {
    const deadline = compute({ limit: limit(2, 'workingHour') });
    expect(moment(deadline.dueAt)).toBe('2026-11-23 11:00');
    const isLate = (now: string, onTimeBy: 'minute' | 'day') =>
      remaining(deadline, calendar, { onTimeBy }, at(now)).isLate;
    expect([isLate('2026-11-23 11:00', 'minute'), isLate('2026-11-23 11:01', 'minute')]).toEqual([false, true]);
    expect([isLate('2026-11-23 23:59', 'day'), isLate('2026-11-24 00:00', 'day')]).toEqual([false, true]);
  });
  test('due today is zero working days, a week late is minus five', () => {
    const deadline = compute({});
    const days = (now: string) => remaining(deadline, calendar, DECREE, at(now)).workingDays;
    expect([days('2026-11-30 08:00'), days('2026-11-27 08:00'), days('2026-12-07 08:00')]).toEqual([0, 1, -5]);
  });
  test('a finished clock says what was left then, for ever', () => {
    const deadline = compute({ ledger: [{ kind: 'finish', at: at('2026-11-27 10:00') }] });
    expect(deadline.state).toBe('finished');
    expect(remaining(deadline, calendar, DECREE, at('2030-01-01 00:00'))).toMatchObject({
      isLate: false,
      workingDays: 1,
    });
  });
  test('entries that make no sense change nothing and are named', () => {
    const ledger: ClockEvent[] = [
      { kind: 'pause', at: at('2026-11-20 09:00'), reason: 'other' },
      { kind: 'resume', at: at('2026-11-24 09:00'), reason: 'other' },
      { kind: 'pause', at: at('2026-12-15 09:00'), reason: 'payment' },
      { kind: 'pause', at: at('2026-12-15 10:00'), reason: 'payment' },
      { kind: 'resume', at: at('2026-12-17 10:00'), reason: 'payment' },
      { kind: 'finish', at: at('2026-12-18 10:00') },
      { kind: 'reset', at: at('2026-12-19 10:00') },
    ];
    const deadline = compute({ ledger, rule: KPI });
    expect(deadline.dueAt).toEqual(compute({ rule: KPI }).dueAt);
    expect(deadline.warnings).toEqual([
      'event-before-start',
      'resume-without-pause',
      'pause-after-deadline',
      'pause-while-paused',
      'event-after-finish',
    ]);
  });
});

describe('re-appointment (NĐ 61/2018 Đ19.9)', () => {
  const extension = (when: string, until: string): ClockEvent => ({
    kind: 'extension',
    at: at(when),
    by: { until: at(until) },
  });
  test('once only; the second changes nothing', () => {
    const ledger = [
      extension('2026-11-27 09:00', '2026-12-03 17:00'),
      extension('2026-12-01 09:00', '2026-12-10 17:00'),
    ];
    expect(compute({ ledger })).toMatchObject({ extensions: 1, warnings: ['extension-over-limit'] });
    expect(due({ ledger })).toBe('2026-12-03 17:00');
  });
  test('by a number of working days from the old deadline', () => {
    expect(due({ ledger: [{ kind: 'extension', at: at('2026-11-27 09:00'), by: limit(3) }] })).toBe('2026-12-03 17:00');
  });
  test('a new date that is not later is no extension', () => {
    expect(compute({ ledger: [extension('2026-11-27 09:00', '2026-11-30 17:00')] }).warnings).toEqual([
      'extension-not-later',
    ]);
  });
  test('a pause after it moves the new date', () => {
    const ledger = [
      extension('2026-11-27 09:00', '2026-12-03 17:00'),
      ...supplement('2026-12-01 09:00', '2026-12-03 09:00'),
    ];
    expect(due({ ledger, rule: KPI })).toBe('2026-12-07 17:00');
  });
  test('must be asked at the latest one day before the deadline', () => {
    const rule = { maxExtensions: 1, daysBefore: 1 };
    const deadline = compute({});
    expect(extensionRefusal(deadline, at('2026-11-29 23:59'), rule)).toBeNull();
    expect(extensionRefusal(deadline, at('2026-11-30 00:00'), rule)).toBe('too-late');
    const extended = compute({ ledger: [extension('2026-11-27 09:00', '2026-12-03 17:00')] });
    expect(extensionRefusal(extended, at('2026-11-28 09:00'), rule)).toBe('over-limit');
  });
});

describe('budgets of steps', () => {
  test('07 ngày làm việc = Sở Nội vụ 03 + UBND xã 04', () => {
    expect(budgetsAddUp(limit(7), [limit(3), limit(4)])).toBe(true);
    expect(budgetsAddUp(limit(7), [limit(3), limit(3)])).toBe(false);
    expect(budgetsAddUp(limit(1), [limit(8, 'workingHour')])).toBe(false);
    expect(budgetsAddUp(limit(0.3), [limit(0.1), limit(0.2)])).toBe(true);
    expect(budgetsAddUp(limit(7), [])).toBe(false);
  });
  test('the last step ends when the whole ends, and every step has time', () => {
    const { startsAt, dueAt } = compute({ limit: limit(7) });
    const steps = stepDeadlines(calendar, startsAt, dueAt, [3, 0.0001, 4]);
    expect(steps.at(-1)).toEqual(dueAt);
    const ends = [startsAt, ...steps];
    for (let i = 1; i < ends.length; i += 1)
      expect(elapsedWorkingMinutes(calendar, ends[i - 1]!, ends[i]!)).toBeGreaterThan(0);
  });
  test('holidays inside the limit push the steps as they push the whole', () => {
    const withHoliday = aCalendar({ holidays: [aHoliday('2026-11-24')] });
    const { startsAt, dueAt } = compute({ limit: limit(2), calendar: withHoliday });
    expect(stepDeadlines(withHoliday, startsAt, dueAt, [1, 1]).map(moment)).toEqual([
      '2026-11-25 14:00',
      '2026-11-26 17:00',
    ]);
  });
});
