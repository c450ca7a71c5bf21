import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeDeadline, type ClockEvent, type DeadlineRule } from './deadline.ts';
import { dayNumber, isoDate, type MinuteRange, type Weekday } from './local-time.ts';
import { mondayToFriday, workCalendar, type CalendarParts } from './work-calendar.ts';
import {
  addCalendarDays,
  addMonths,
  addWorkingDays,
  addWorkingMinutes,
  countingStart,
  elapsedWorkingDays,
  elapsedWorkingMinutes,
  isWorkingMinute,
  nextWorkingInstant,
} from './working-time.ts';
import { aHoliday, aPattern } from './testing.ts';

/*
 * The oracle: it walks minute by minute and asks each time, from the plain parts of a calendar and with JavaScript dates, whether
 * that minute is worked. It shares no code with the engine: no tables, no sums, no day numbers.
 */
const MINUTE = 60_000;
const local = (t: number) => new Date(t + 7 * 3_600_000);
const dateOf = (t: number) => local(t).toISOString().slice(0, 10);
const timeOf = (t: number) => local(t).getUTCHours() * 60 + local(t).getUTCMinutes();
const midnightOf = (date: string) => Date.parse(`${date}T00:00:00+07:00`);
const has = (ranges: readonly MinuteRange[] | undefined, m: number) =>
  (ranges ?? []).some((r) => m >= r.from && m < r.to);
const naiveWeekHours = (parts: CalendarParts, date: string): readonly MinuteRange[] => {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() || 7) as Weekday;
  let found: readonly MinuteRange[] = [];
  for (const p of parts.patterns)
    if (p.validFrom <= date && (p.validTo === null || date <= p.validTo)) found = p.hours[weekday] ?? [];
  return found;
};
function naiveWorks(parts: CalendarParts, t: number): boolean {
  const date = dateOf(t);
  const minute = timeOf(t);
  const stamp = local(t).toISOString().slice(0, 16);
  if (parts.closures.some((c) => stamp >= c.from && stamp < c.to)) return false;
  const opening = parts.openings.findLast((o) => o.date === date);
  if (opening) return has(opening.hours, minute);
  if (parts.holidays.some((h) => h.date === date && minute >= h.part.from && minute < h.part.to)) return false;
  const swap = parts.swaps.find((s) => s.workDate === date);
  if (swap) return has(swap.hours ?? naiveWeekHours(parts, swap.offDate), minute);
  if (parts.swaps.some((s) => s.offDate === date)) return false;
  return has(naiveWeekHours(parts, date), minute);
}
const naiveNext = (parts: CalendarParts, t: number) => {
  while (!naiveWorks(parts, t)) t += MINUTE;
  return t;
};
const naiveAdd = (parts: CalendarParts, t: number, minutes: number) => {
  for (let left = minutes; left > 0; t += MINUTE) if (naiveWorks(parts, t)) left -= 1;
  return t;
};
const naiveElapsed = (parts: CalendarParts, from: number, to: number) => {
  let n = 0;
  for (let t = from; t < to; t += MINUTE) if (naiveWorks(parts, t)) n += 1;
  return n;
};
/** The end of work of a date, or null on a day off. */
const naiveEnd = (parts: CalendarParts, date: string): number | null => {
  const midnight = midnightOf(date);
  for (let m = 1439; m >= 0; m -= 1) if (naiveWorks(parts, midnight + m * MINUTE)) return midnight + (m + 1) * MINUTE;
  return null;
};
const nextDate = (date: string, n = 1) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
const naiveStart = (parts: CalendarParts, t: number) => {
  const cutOff =
    parts.cutOffs.findLast((c) => c.validFrom <= dateOf(t) && (c.validTo === null || dateOf(t) <= c.validTo))?.minute ??
    null;
  if (cutOff === null || timeOf(t) <= cutOff) return naiveNext(parts, t);
  return naiveNext(parts, midnightOf(nextDate(dateOf(t))));
};

// Random calendars around one summer: half days, Saturdays, holidays in part, swaps, storms, and Tuesdays always worked a little.
const FIRST = dayNumber('2026-05-01');
const dateArb = fc.integer({ min: 0, max: 80 }).map((n) => isoDate(FIRST + n));
const rangesArb = fc
  .uniqueArray(fc.integer({ min: 24, max: 76 }), { minLength: 2, maxLength: 6 })
  .map((cuts) => cuts.sort((a, b) => a - b).map((c) => c * 15))
  .map((cuts) =>
    cuts.flatMap((from, i): MinuteRange[] => (i % 2 === 0 && i + 1 < cuts.length ? [{ from, to: cuts[i + 1]! }] : [])),
  );
const weekArb = fc
  .record({
    office: rangesArb,
    saturday: fc.option(rangesArb),
    sunday: fc.option(rangesArb, { freq: 1 }),
    friday: fc.option(rangesArb),
  })
  .map((w) => ({
    ...mondayToFriday(w.office),
    ...(w.friday && { 5: w.friday }),
    ...(w.saturday && { 6: w.saturday }),
    ...(w.sunday && { 7: w.sunday }),
  }));
const momentArb = fc.tuple(dateArb, fc.integer({ min: 0, max: 1439 })).map(([d, m]) => midnightOf(d) + m * MINUTE);
const stampOf = (t: number) => local(t).toISOString().slice(0, 16);
const partsArb = fc
  .record({
    week: weekArb,
    second: fc.option(fc.record({ week: weekArb, from: dateArb, days: fc.integer({ min: 0, max: 30 }) })),
    holidays: fc.array(fc.record({ date: dateArb, part: fc.option(rangesArb.map((r) => r[0]!)) }), { maxLength: 8 }),
    swaps: fc.uniqueArray(fc.record({ offDate: dateArb, workDate: dateArb, hours: fc.option(rangesArb) }), {
      maxLength: 3,
      selector: (s) => s.workDate,
    }),
    openings: fc.array(fc.record({ date: dateArb, hours: rangesArb }), { maxLength: 2 }),
    closures: fc.array(fc.record({ from: momentArb, minutes: fc.integer({ min: 1, max: 4000 }) }), { maxLength: 3 }),
    cutOff: fc.option(fc.integer({ min: 0, max: 1439 })),
  })
  .map((r): CalendarParts => ({
    patterns: [
      aPattern({ hours: r.week }),
      ...(r.second
        ? [
            aPattern({
              hours: r.second.week,
              validFrom: r.second.from,
              validTo: nextDate(r.second.from, r.second.days),
            }),
          ]
        : []),
    ],
    holidays: r.holidays.map((h) => aHoliday(h.date, h.part ? { part: h.part } : {})),
    swaps: r.swaps
      .filter((s) => s.offDate !== s.workDate)
      .map((s) => ({ ...s, certainty: 'official' as const, source: 'test' })),
    openings: r.openings.map((o) => ({ ...o, reason: 'test', source: 'test' })),
    closures: r.closures.map((c) => ({
      from: stampOf(c.from),
      to: stampOf(c.from + c.minutes * MINUTE),
      reason: 'bão',
      source: 'test',
    })),
    cutOffs: [{ validFrom: '2000-01-01', validTo: null, minute: r.cutOff, source: 'test' }],
  }));
const runs = (most: number) => ({ numRuns: most / 2, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false });

describe('the engine against a minute-by-minute oracle', () => {
  test('a minute is worked, and the next worked minute is, as the oracle says', () => {
    fc.assert(
      fc.property(partsArb, fc.array(momentArb, { minLength: 1, maxLength: 20 }), (parts, moments) => {
        const calendar = workCalendar(parts);
        for (const t of moments) {
          expect(isWorkingMinute(calendar, new Date(t))).toBe(naiveWorks(parts, t));
          expect(nextWorkingInstant(calendar, new Date(t)).getTime()).toBe(naiveNext(parts, t));
        }
      }),
      runs(100),
    );
  });

  test('adding working minutes ends where the oracle ends, and elapsed time is its inverse', () => {
    fc.assert(
      fc.property(partsArb, momentArb, fc.integer({ min: 0, max: 6000 }), (parts, t, minutes) => {
        const calendar = workCalendar(parts);
        const end = addWorkingMinutes(calendar, new Date(t), minutes);
        expect(end.getTime()).toBe(naiveAdd(parts, t, minutes));
        expect(elapsedWorkingMinutes(calendar, new Date(t), end)).toBe(minutes);
        expect(elapsedWorkingMinutes(calendar, end, new Date(t))).toBe(minutes === 0 ? 0 : -minutes);
      }),
      runs(60),
    );
  });

  test('elapsed minutes are those the oracle counts, and adding in two steps is adding once', () => {
    fc.assert(
      fc.property(
        partsArb,
        momentArb,
        fc.integer({ min: 0, max: 30_000 }),
        fc.nat({ max: 2000 }),
        fc.nat({ max: 2000 }),
        (parts, t, span, a, b) => {
          const calendar = workCalendar(parts);
          expect(elapsedWorkingMinutes(calendar, new Date(t), new Date(t + span * MINUTE))).toBe(
            naiveElapsed(parts, t, t + span * MINUTE),
          );
          expect(addWorkingMinutes(calendar, addWorkingMinutes(calendar, new Date(t), a), b)).toEqual(
            addWorkingMinutes(calendar, new Date(t), a + b),
          );
        },
      ),
      runs(60),
    );
  });

  test('later receipts and longer limits never end earlier', () => {
    fc.assert(
      fc.property(partsArb, momentArb, fc.nat({ max: 5000 }), fc.nat({ max: 40 }), (parts, t, gap, amount) => {
        const calendar = workCalendar(parts);
        for (const add of [addWorkingMinutes, addWorkingDays, addCalendarDays, addMonths]) {
          const end = add(calendar, new Date(t), amount).getTime();
          expect(add(calendar, new Date(t + gap * MINUTE), amount).getTime()).toBeGreaterThanOrEqual(end);
          expect(add(calendar, new Date(t), amount + 1).getTime()).toBeGreaterThanOrEqual(end);
        }
      }),
      runs(100),
    );
  });

  test('a receipt counts from where the oracle says: working time and cut-off', () => {
    fc.assert(
      fc.property(partsArb, momentArb, (parts, t) => {
        expect(countingStart(workCalendar(parts), new Date(t)).getTime()).toBe(naiveStart(parts, t));
      }),
      runs(150),
    );
  });

  test('working days elapsed are the days with a worked minute', () => {
    fc.assert(
      fc.property(partsArb, momentArb, fc.nat({ max: 40 }), (parts, t, span) => {
        let days = 0;
        for (let n = 1; n <= span; n += 1) if (naiveEnd(parts, nextDate(dateOf(t), n)) !== null) days += 1;
        const to = new Date(midnightOf(nextDate(dateOf(t), span)) + 600 * MINUTE);
        expect(elapsedWorkingDays(workCalendar(parts), new Date(t), to)).toBe(days);
      }),
      runs(40),
    );
  });
});

const KPI: DeadlineRule = {
  firstDay: 'notCounted',
  dueTime: 'endOfWorkingDay',
  moveOffDayOn: true,
  supplement: 'subtract',
  maxSupplements: 1,
  maxExtensions: 1,
  cutOffUnits: ['workingHour', 'workingDay', 'day', 'month'],
  onTimeBy: 'minute',
};
const DECREE: DeadlineRule = { ...KPI, supplement: 'restart' };

interface Pause {
  from: number;
  to: number;
}
const pausesArb = fc
  .uniqueArray(fc.integer({ min: 0, max: 20_000 }), { minLength: 0, maxLength: 6 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts) => cuts.flatMap((from, i) => (i % 2 === 0 && i + 1 < cuts.length ? [{ from, to: cuts[i + 1]! }] : [])));
const ledgerOf = (start: number, pauses: readonly Pause[]): ClockEvent[] =>
  pauses.flatMap(({ from, to }): ClockEvent[] => [
    { kind: 'pause', at: new Date(start + from * MINUTE), reason: 'supplement' },
    { kind: 'resume', at: new Date(start + to * MINUTE), reason: 'supplement' },
  ]);

describe('deadlines with pauses against the oracle', () => {
  test('working hours: the clock runs only in worked minutes outside the pauses', () => {
    fc.assert(
      fc.property(partsArb, momentArb, fc.integer({ min: 1, max: 60 }), pausesArb, (parts, t, hours, pauses) => {
        let clock = naiveStart(parts, t);
        for (let left = hours * 60; left > 0; clock += MINUTE) {
          const paused = pauses.some((p) => clock >= t + p.from * MINUTE && clock < t + p.to * MINUTE);
          if (!paused && naiveWorks(parts, clock)) left -= 1;
        }
        const deadline = computeDeadline({
          startedAt: new Date(t),
          limit: { amount: hours, unit: 'workingHour' },
          calendar: workCalendar(parts),
          ledger: ledgerOf(t, pauses),
          rule: KPI,
        });
        expect(deadline.dueAt.getTime()).toBe(clock);
      }),
      runs(80),
    );
  });

  test('working days: a day counts when the clock runs at the end of its work; the day of receipt is the free one', () => {
    fc.assert(
      fc.property(partsArb, momentArb, fc.integer({ min: 1, max: 15 }), pausesArb, (parts, t, days, pauses) => {
        const begin = naiveStart(parts, t);
        const standing = pauses.map((p) => ({
          from: t + p.from * MINUTE,
          until: midnightOf(dateOf(naiveStart(parts, t + p.to * MINUTE))),
        }));
        let date = dateOf(begin);
        let due = 0;
        for (let left = days + 1; left > 0; date = nextDate(date)) {
          const end = naiveEnd(parts, date);
          if (end === null || standing.some((s) => s.from < end && end <= s.until)) continue;
          left -= 1;
          due = end;
        }
        const deadline = computeDeadline({
          startedAt: new Date(t),
          limit: { amount: days, unit: 'workingDay' },
          calendar: workCalendar(parts),
          ledger: ledgerOf(t, pauses),
          rule: KPI,
        });
        expect(deadline.dueAt.getTime()).toBe(due);
      }),
      runs(80),
    );
  });

  test('the decree: the last completed supplement is a new receipt, whatever happened before it', () => {
    fc.assert(
      fc.property(partsArb, momentArb, fc.integer({ min: 1, max: 15 }), pausesArb, (parts, t, days, pauses) => {
        const calendar = workCalendar(parts);
        const limit = { amount: days, unit: 'workingDay' } as const;
        const last = pauses.at(-1);
        const again = computeDeadline({
          startedAt: new Date(t + (last?.to ?? 0) * MINUTE),
          limit,
          calendar,
          rule: DECREE,
        });
        const deadline = computeDeadline({
          startedAt: new Date(t),
          limit,
          calendar,
          ledger: ledgerOf(t, pauses),
          rule: DECREE,
        });
        expect(deadline.dueAt).toEqual(again.dueAt);
        expect(deadline.restarts).toBe(pauses.length);
      }),
      runs(80),
    );
  });
});
