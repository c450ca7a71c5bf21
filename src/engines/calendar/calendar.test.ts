import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isProblem } from '../../platform/problems.ts';
import { testDatabase } from '../../testing/database.ts';
import { addClosure } from './add-closure.ts';
import { calendarFor } from './calendar-for.ts';
import { dayTaken, entryNotFound, invalidEntry } from './calendar-problems.ts';
import { listEntriesOfYear } from './calendar-queries.ts';
import { removeEntry } from './decide.ts';
import { importCalendarFile, importYear } from './import-holidays.ts';
import { parseHours } from './local-time.ts';
import { setHoliday } from './set-holiday.ts';
import { setOpening } from './set-opening.ts';
import { setSwap } from './set-swap.ts';
import { setCutOff, setWeeklyPattern } from './set-weekly-pattern.ts';
import { aHoliday, aPattern, at, CUT_OFF_15, moment } from './testing.ts';
import { mondayToFriday } from './work-calendar.ts';
import { addWorkingDays, countingStart, isWorkingDay } from './working-time.ts';

const db = await testDatabase();
const province = { unitId: null, reason: 'thử' };
const off = async (date: string) => !isWorkingDay(await calendarFor(db.reader, null), at(`${date} 09:00`));
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const events = () =>
  db.reader.raw<{ payload: { action: string; kind: string; firstDate: string } }>(
    "select payload from platform.event where name = 'calendar.changed' order by id",
  );

await db.write(async (tx) => {
  await setWeeklyPattern(tx, province, aPattern());
  await setCutOff(tx, province, CUT_OFF_15);
});

describe('decisions about a calendar', () => {
  test('a holiday is off from the moment it is committed and worked again when it is withdrawn, with an event each time', async () => {
    expect(await off('2026-11-24')).toBe(false);
    const id = await db.write((tx) => setHoliday(tx, province, aHoliday('2026-11-24')));
    expect(await off('2026-11-24')).toBe(true);
    await db.write((tx) => removeEntry(tx, id, 'nhầm'));
    expect(await off('2026-11-24')).toBe(false);
    expect((await events()).slice(-2).map((e) => [e.payload.action, e.payload.firstDate])).toEqual([
      ['added', '2026-11-24'],
      ['withdrawn', '2026-11-24'],
    ]);
  });

  test('a transaction sees its own decision, and nobody sees one that was rolled back', async () => {
    const undone = db.write(async (tx) => {
      await setHoliday(tx, province, aHoliday('2026-12-01'));
      expect(isWorkingDay(await calendarFor(tx, null), at('2026-12-01 09:00'))).toBe(false);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await off('2026-12-01')).toBe(false);
  });

  test('setting a day twice replaces it and keeps both in the history, with who and why', async () => {
    await db.write((tx) => setHoliday(tx, province, aHoliday('2026-12-02', { name: 'Lần một' })));
    await db.write((tx) =>
      setHoliday(tx, { ...province, reason: 'sửa tên' }, aHoliday('2026-12-02', { name: 'Lần hai' })),
    );
    const history = (await listEntriesOfYear(db.reader, null, 2026)).filter((e) => e.firstDate === '2026-12-02');
    expect(history.map((e) => [(e.entry.content as { name: string }).name, e.withdrawnReason, e.createdBy])).toEqual([
      ['Lần một', 'sửa tên', 'test'],
      ['Lần hai', null, 'test'],
    ]);
  });

  test('the calendar that was known at an instant can be read again', async () => {
    const before = db.clock.now();
    db.clock.advance(60_000);
    await db.write((tx) =>
      addClosure(tx, province, { from: '2026-12-03T00:00', to: '2026-12-04T00:00', reason: 'Bão', source: 'CV' }),
    );
    expect(await off('2026-12-03')).toBe(true);
    expect(await off('2026-12-04')).toBe(false);
    expect(isWorkingDay(await calendarFor(db.reader, null, { asOf: before }), at('2026-12-03 09:00'))).toBe(true);
  });

  test('hours and cut-off decided later win for the days they are valid', async () => {
    await db.write(async (tx) => {
      await setWeeklyPattern(
        tx,
        province,
        aPattern({ validFrom: '2027-03-01', hours: mondayToFriday(parseHours('08:00-12:00')) }),
      );
      await setCutOff(tx, province, { validFrom: '2027-03-01', validTo: null, minute: null, source: 'QĐ' });
    });
    const calendar = await calendarFor(db.reader, null);
    expect(moment(addWorkingDays(calendar, at('2027-02-25 09:00'), 1))).toBe('2027-02-26 17:00');
    expect(moment(addWorkingDays(calendar, at('2027-02-26 09:00'), 1))).toBe('2027-03-01 12:00');
    expect(moment(countingStart(calendar, at('2027-02-25 15:01')))).toBe('2027-02-26 07:30');
  });

  test('a unit has the days of the province and its own; another unit has not', async () => {
    const [mine, other] = ['0191e0a0-0000-7000-8000-000000000001', '0191e0a0-0000-7000-8000-000000000002'];
    await db.pool.query('insert into organisations.unit (id, created_at) select unnest($1::uuid[]), now()', [
      [mine, other],
    ]);
    await db.write(async (tx) => {
      await setHoliday(tx, province, aHoliday('2026-12-08'));
      await setHoliday(tx, { ...province, unitId: mine! }, aHoliday('2026-12-09', { kind: 'local' }));
      await setOpening(
        tx,
        { ...province, unitId: mine! },
        { date: '2026-12-08', hours: parseHours('08:00-10:00'), reason: 'trực', source: '' },
      );
    });
    const working = async (unitId: string, above: string[] = []) => {
      const calendar = await calendarFor(db.reader, unitId, { above });
      return ['2026-12-08', '2026-12-09'].map((d) => isWorkingDay(calendar, at(`${d} 09:00`)));
    };
    expect(await working(mine!)).toEqual([true, false]);
    expect(await working(other!)).toEqual([false, true]);
    expect(await working(other!, [mine!])).toEqual([true, false]);
  });

  test('an impossible decision is refused and leaves nothing behind', async () => {
    const count = (await events()).length;
    const wrong = [
      refusal(db.write((tx) => setHoliday(tx, province, aHoliday('2026-02-30')))),
      refusal(
        db.write((tx) =>
          addClosure(tx, province, { from: '2026-12-03T00:00', to: '2026-12-03T00:00', reason: '', source: '' }),
        ),
      ),
      refusal(db.write((tx) => importYear(tx, province, 1999))),
      refusal(
        db.write((tx) => setWeeklyPattern(tx, province, aPattern({ validFrom: '2027-01-01', validTo: '2026-01-01' }))),
      ),
    ];
    for (const error of await Promise.all(wrong)) expect(isProblem(error, invalidEntry)).toBe(true);
    expect(await events()).toHaveLength(count);
  });

  test('a day cannot be worked for two others, and what is gone cannot be withdrawn', async () => {
    const swap = {
      offDate: '2026-12-21',
      workDate: '2026-12-19',
      hours: null,
      certainty: 'official' as const,
      source: 'QĐ',
    };
    await db.write((tx) => setSwap(tx, province, swap));
    const twice = await refusal(db.write((tx) => setSwap(tx, province, { ...swap, offDate: '2026-12-22' })));
    expect(isProblem(twice, dayTaken)).toBe(true);
    const gone = await refusal(db.write((tx) => removeEntry(tx, '0191e0a0-0000-7000-8000-00000000dead', 'x')));
    expect(isProblem(gone, entryNotFound)).toBe(true);
  });

  test("importing a year's defaults twice adds nothing the second time", async () => {
    const first = await db.write((tx) => importYear(tx, province, 2028));
    expect(first).toBeGreaterThan(11);
    expect(await db.write((tx) => importYear(tx, province, 2028))).toBe(0);
    expect(await off('2028-01-26')).toBe(true);
  });

  test('the file of the province fills an empty calendar only', async () => {
    const file = JSON.parse(readFileSync('province/nghe-an/calendar.json', 'utf8')) as unknown;
    expect(await db.write((tx) => importCalendarFile(tx, file))).toBe(0);
    await db.pool.query('delete from calendar.entry');
    await db.pool.query('update calendar.revision set value = gen_random_uuid()');
    expect(await db.write((tx) => importCalendarFile(tx, file))).toBeGreaterThan(200);
    expect(moment(addWorkingDays(await calendarFor(db.reader, null), at('2026-11-23 09:00'), 1))).toBe(
      '2026-11-25 17:00',
    );
  });
});
