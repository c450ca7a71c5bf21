import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  insertOfficer,
  insertOfficialAccount,
  sessionFor,
  type TestSession,
} from '../../foundation/identity/testing.ts';
import rules from '../../foundation/rules/module.ts';
import { testApp } from '../../testing/app.ts';
import { calendarFor, calendarOfUnit } from './calendar-for.ts';
import { ENTRY_SLUGS, readDate, readEntryForm } from './entry-form.ts';
import calendarModule from './module.ts';
import { setHoliday } from './set-holiday.ts';
import { setCutOff, setWeeklyPattern } from './set-weekly-pattern.ts';
import { aHoliday, aPattern, at, CUT_OFF_15 } from './testing.ts';
import { isWorkingDay } from './working-time.ts';

const app = await testApp({ modules: [rules, calendarModule] });
const HOME = '/quan-tri/lich-lam-viec';
const province = { unitId: null, reason: 'thử' };
let admin: TestSession;
let clerk: TestSession;

async function sessionWith(permissions: string[], reach: 'unit' | 'all' = 'all'): Promise<TestSession> {
  const account = await app.db.write(async (tx) => {
    const officer = await insertOfficer(tx, { permissions });
    await tx.raw('update organisations.post_role set reach = $2 where post_id = $1', [officer.postId, reach]);
    return insertOfficialAccount(tx, officer);
  });
  return sessionFor(app.db, account);
}
const get = (url: string, session: TestSession | null = admin) =>
  app.app.inject({ method: 'GET', url, headers: { accept: 'text/html', ...(session && { cookie: session.cookie }) } });
const post = (url: string, fields: Record<string, string>, session: TestSession = admin) =>
  app.app.inject({
    method: 'POST',
    url,
    headers: {
      accept: 'text/html',
      cookie: session.cookie,
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    payload: new URLSearchParams({ _csrf: session.csrf(app.context.config.secret), ...fields }).toString(),
  });
const isOff = async (date: string) => !isWorkingDay(await calendarFor(app.db.reader, null), at(`${date} 09:00`));

beforeAll(async () => {
  await app.db.write(async (tx) => {
    await setWeeklyPattern(tx, province, aPattern({ duty: { 6: [{ from: 450, to: 690 }] } }));
    await setCutOff(tx, province, CUT_OFF_15);
    await setHoliday(tx, province, aHoliday('2026-11-24', { name: 'Ngày Văn hóa Việt Nam', certainty: 'recalled' }));
  });
  admin = await sessionWith(['calendar.manage']);
  clerk = await sessionWith([]);
});
afterAll(() => app.app.close());

describe('who may', () => {
  test('nobody without the right sees or changes the calendar', async () => {
    for (const url of [HOME, `${HOME}/them/ngay-nghi`]) {
      expect((await get(url, null)).statusCode).not.toBe(200);
      expect((await get(url, clerk)).statusCode).toBe(403);
    }
    expect((await post(`${HOME}/mac-dinh`, { nam: '2027' }, clerk)).statusCode).toBe(403);
    expect((await post(`${HOME}/them/ngay-nghi`, {}, clerk)).statusCode).toBe(403);
  });
});

describe('a manager of one unit', () => {
  test('sees the calendar of the province but cannot change it', async () => {
    const local = await sessionWith(['calendar.manage'], 'unit');
    const answer = await get(HOME, local);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).not.toContain('/them/');
    expect(answer.body).not.toContain('/go-bo');
    expect(
      (await post(`${HOME}/them/ngay-nghi`, { date: '2026-12-01', name: 'x', reason: 'y' }, local)).statusCode,
    ).toBe(403);
    expect((await post(`${HOME}/mac-dinh`, { nam: '2027' }, local)).statusCode).toBe(403);
    const [entry] = await app.db.reader.raw<{ id: string }>(
      "select id from calendar.entry where kind = 'holiday' limit 1",
    );
    expect((await post(`${HOME}/${entry!.id}/go-bo`, { reason: 'x' }, local)).statusCode).toBe(403);
  });
});

describe('the year', () => {
  test('shows twelve months, the reason of each day off, hours and cut-off, and how sure a date is', async () => {
    const answer = await get(`${HOME}?nam=2026`);
    expect(answer.statusCode).toBe(200);
    expect(answer.body.match(/<caption class="sen-calendar__caption"/g)).toHaveLength(12);
    for (const text of [
      'Ngày Văn hóa Việt Nam',
      '07:30-11:30, 13:30-17:00',
      'Nhận sau 15:00',
      'Cần đối chiếu',
      'không tính vào hạn',
    ])
      expect(answer.body).toContain(text);
  });

  test('is complete in English', async () => {
    const { body } = await get(`/en${HOME}?nam=2026`);
    for (const text of ['Working calendar 2026', 'Whole province', 'Hours in force', 'To be checked'])
      expect(body).toContain(text);
    for (const text of ['Lịch làm việc năm', 'Toàn tỉnh', 'Cần đối chiếu']) expect(body).not.toContain(text);
  });

  test.each(['abc', '1', '9999', '2199', '-1', '2026; drop', '٢٠٢٦'])(
    'a year that is none shows this year: %j',
    async (year) => {
      const answer = await get(`${HOME}?nam=${encodeURIComponent(year)}`);
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('Lịch làm việc năm 2026');
    },
  );

  test('a unit is found by its name, shows its own days, and hands down the calendar of the unit above', async () => {
    const { unitId } = await app.db.write((tx) => insertOfficer(tx, { unitName: 'UBND xã Vạn An' }));
    const found = await get(`${HOME}?tim=${encodeURIComponent('van an')}&nam=2026`);
    expect(found.body).toContain(`don-vi=${unitId}`);
    await post(`${HOME}/them/ngay-nghi?don-vi=${unitId}`, { date: '2026-12-09', name: 'Ngày hội của xã', reason: 'x' });
    const own = await get(`${HOME}?don-vi=${unitId}&nam=2026`);
    expect(own.statusCode).toBe(200);
    for (const text of ['UBND xã Vạn An', 'Ngày hội của xã', 'Ngày Văn hóa Việt Nam']) expect(own.body).toContain(text);
    expect((await get(`${HOME}?nam=2026`)).body).not.toContain('Ngày hội của xã');
    const calendar = await app.db.write((tx) => calendarOfUnit(tx, unitId));
    expect(
      ['2026-12-08', '2026-12-09', '2026-11-24'].map((date) => isWorkingDay(calendar, at(`${date} 09:00`))),
    ).toEqual([true, false, false]);
  });

  test.each(['x', '0191e0a0-0000-7000-8000-00000000beef', '../etc'])(
    'an unknown unit is not found: %j',
    async (unit) => {
      expect((await get(`${HOME}?don-vi=${encodeURIComponent(unit)}`)).statusCode).toBe(404);
    },
  );
});

describe('adding and removing', () => {
  const good: Record<keyof typeof ENTRY_SLUGS, Record<string, string>> = {
    'ngay-nghi': { date: '2026-12-07', name: 'Nghỉ riêng' },
    'hoan-doi': { offDate: '14/12/2026', workDate: '12/12/2026' },
    'dong-cua': { fromDate: '2026-12-16', fromTime: '00:00', toDate: '2026-12-17', toTime: '00:00', name: 'Bão số 13' },
    'gio-lam-viec': { validFrom: '2027-06-01', weekdays: '7:00-11:30, 13:30-16:30', saturdayDuty: '08:00-10:00' },
    'gio-chot': { validFrom: '2027-06-01', time: '15:30' },
    'mo-cua': { date: '2026-12-20', hours: '08:00-10:00', name: 'Trực' },
  };

  test.each(Object.entries(good))('%s is saved and shown with its reason', async (slug, fields) => {
    const form = await get(`${HOME}/them/${slug}`);
    expect(form.statusCode).toBe(200);
    for (const field of Object.keys(fields)) expect(form.body).toContain(`name="${field}"`);
    const answer = await post(`${HOME}/them/${slug}`, { ...fields, source: 'QĐ 1/UBND', reason: 'theo chỉ đạo' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `${HOME}?nam=2026`]);
    const rows = await app.db.reader.raw<{ reason: string }>(
      'select reason from calendar.entry order by created_at desc, id desc limit 1',
    );
    expect(rows[0]?.reason).toBe('theo chỉ đạo');
  });

  test('what was saved is what clocks count with', async () => {
    expect(
      await Promise.all(['2026-12-07', '2026-12-14', '2026-12-16', '2026-12-12', '2026-12-20'].map(isOff)),
    ).toEqual([true, true, true, false, false]);
  });

  const wrong: [string, Record<string, string>, string][] = [
    ['ngay-nghi', {}, 'date'],
    ['ngay-nghi', { date: '2026-02-30', name: 'x', reason: 'y' }, 'date'],
    ['ngay-nghi', { date: 'hôm qua', name: 'x', reason: 'y' }, 'date'],
    ['ngay-nghi', { date: '2026-12-01', name: 'x'.repeat(501), reason: 'y' }, 'name'],
    ['ngay-nghi', { date: '2026-12-01', name: 'x', hours: '25:00-26:00', reason: 'y' }, 'hours'],
    ['ngay-nghi', { date: '2026-12-01', name: 'x', hours: '07:30-11:30, 13:30-17:00', reason: 'y' }, 'hours'],
    ['ngay-nghi', { date: '2026-12-01', name: 'x' }, 'reason'],
    ['hoan-doi', { offDate: '2026-12-01', workDate: '2026-12-01', reason: 'y' }, 'offDate'],
    [
      'dong-cua',
      { fromDate: '2026-12-02', fromTime: '10:00', toDate: '2026-12-02', toTime: '09:00', name: 'x', reason: 'y' },
      'fromDate',
    ],
    [
      'dong-cua',
      { fromDate: '2026-01-02', fromTime: '10:00', toDate: '2027-12-02', toTime: '09:00', name: 'x', reason: 'y' },
      'fromDate',
    ],
    [
      'gio-lam-viec',
      { validFrom: '2027-01-01', validTo: '2026-01-01', weekdays: '07:30-11:30', reason: 'y' },
      'validFrom',
    ],
    ['gio-chot', { validFrom: '2027-01-01', time: '24:00', reason: 'y' }, 'validFrom'],
    ['mo-cua', { date: '2026-12-01', name: 'x', hours: '<script>', reason: 'y' }, 'hours'],
  ];
  test.each(wrong)('%s %j comes back with the values and an error at %s', async (slug, fields, field) => {
    const before = await app.db.reader.raw<{ n: number }>('select count(*) as n from calendar.entry');
    const answer = await post(`${HOME}/them/${slug}`, fields);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('govuk-error-summary');
    expect(answer.body).toContain(`href="#${field}"`);
    expect(answer.body).not.toContain('<script>"');
    expect(await app.db.reader.raw('select count(*) as n from calendar.entry')).toEqual(before);
  });

  test('a kind that is none is not found', async () => {
    for (const slug of ['khac', 'constructor', '__proto__', 'holiday'])
      expect((await get(`${HOME}/them/${slug}`)).statusCode).toBe(404);
  });

  test('a day that is worked for another already says so, with the values kept', async () => {
    const answer = await post(`${HOME}/them/hoan-doi`, { offDate: '2026-12-15', workDate: '2026-12-12', reason: 'x' });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('value="2026-12-15"');
  });

  test('removing asks for a reason, then takes the day out and keeps it in the history', async () => {
    const id = await app.db.write((tx) => setHoliday(tx, province, aHoliday('2026-12-22', { name: 'Gỡ thử' })));
    expect((await get(`${HOME}/${id}/go-bo`)).body).toContain('Gỡ thử');
    expect((await post(`${HOME}/${id}/go-bo`, { reason: ' ' })).statusCode).toBe(422);
    expect(await isOff('2026-12-22')).toBe(true);
    expect((await post(`${HOME}/${id}/go-bo`, { reason: 'nhập nhầm' })).statusCode).toBe(303);
    expect(await isOff('2026-12-22')).toBe(false);
    expect((await get(`${HOME}?nam=2026`)).body).toContain('nhập nhầm');
    expect((await get(`${HOME}/${id}/go-bo`)).statusCode).toBe(404);
    expect((await post(`${HOME}/${id}/go-bo`, { reason: 'lần nữa' })).statusCode).toBe(404);
  });

  test("the year's defaults are loaded once, and a wrong year is refused", async () => {
    expect((await post(`${HOME}/mac-dinh`, { nam: '2028' })).statusCode).toBe(303);
    expect(await isOff('2028-01-26')).toBe(true);
    for (const nam of ['', 'x', '1999', '2028.5', '99999'])
      expect((await post(`${HOME}/mac-dinh`, { nam })).statusCode).toBe(422);
  });
});

describe('reading what people type', () => {
  test.each([
    ['2026-11-22', '2026-11-22'],
    ['22/11/2026', '2026-11-22'],
    ['1-5-2026', '2026-05-01'],
  ])('%s is %s', (text, date) => expect(readDate(text)).toBe(date));

  test('every kind has a form, and an empty one names what is missing', () => {
    for (const kind of Object.values(ENTRY_SLUGS)) {
      const result = readEntryForm(kind, new URLSearchParams());
      expect(result.entry).toBeNull();
      expect(result.errors.map(({ field }) => field)).toContain('reason');
    }
  });
});
