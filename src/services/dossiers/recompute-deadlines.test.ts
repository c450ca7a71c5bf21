import { beforeAll, expect, test } from 'vitest';
import { addClosure, setHoliday } from '../../engines/calendar/index.ts';
import { aHoliday } from '../../engines/calendar/testing.ts';
import { removeEntry } from '../../engines/calendar/decide.ts';
import calendar from '../../engines/calendar/module.ts';
import identity from '../../foundation/identity/module.ts';
import notifications from '../../foundation/notifications/module.ts';
import organisations from '../../foundation/organisations/module.ts';
import rules from '../../foundation/rules/module.ts';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import dossiers from './module.ts';
import { findDossier } from './dossier-queries.ts';
import { countAffected, recomputeDeadlines } from './recompute-deadlines.ts';
import { requestSupplement } from './request-supplement.ts';
import { startStep } from './process-steps.ts';
import { takeBack } from './take-back.ts';
import { anOfficer, insertAccount, insertPlace, insertReceivedDossier, aDossier, type TestPlace } from './testing.ts';

/* A change of the working calendar moves the dates of running dossiers. It is Monday 23 November 2026; five working days end on the 30th. */

const app = await testApp({ modules: [rules, organisations, notifications, identity, calendar, dossiers] });
const { db } = app;
const province = { unitId: null, reason: 'Nghỉ bù' };
const boss = anOfficer('all');
let place: TestPlace;
let other: TestPlace;

beforeAll(async () => {
  place = await db.write((tx) => insertPlace(tx));
  other = await db.write((tx) => insertPlace(tx));
  await app.drain();
});

const received = async (where: TestPlace, accountId: string | null = null): Promise<string> =>
  (await db.write((tx) => insertReceivedDossier(tx, where, { applicant: { ...aDossier(where).applicant, accountId } })))
    .id;
const dueOf = async (id: string) => (await findDossier(db.reader, id))!.dueAt!.toISOString();
const moves = (id: string) =>
  db.reader.raw<{ payload: { dueBefore: string; dueAt: string; remark: string } }>(
    `select payload from platform.event where name = 'dossiers.appointment-moved' and subject_id = $1 order by id`,
    [id],
  );
const messages = (id: string) =>
  db.reader.raw<{ body: string; channel: string }>(
    'select body, channel from notifications.message where subject_id = $1 order by id',
    [id],
  );
const at = (local: string) => new Date(`${local}:00+07:00`).toISOString();

test('a holiday moves appointments and steps once, leaves an event and tells the applicant; taking it out moves them back', async () => {
  const accountId = await db.write(insertAccount);
  const id = await received(place, accountId);
  const before = (await findDossier(db.reader, id))!;
  expect(before.dueAt!.toISOString()).toBe(at('2026-11-30T17:00'));
  const holiday = await db.write((tx) => setHoliday(tx, province, aHoliday('2026-11-25', { name: 'Nghỉ bù' })));
  await app.drain();
  const after = (await findDossier(db.reader, id))!;
  expect(after.dueAt!.toISOString()).toBe(at('2026-12-01T17:00'));
  expect(after.stepDueAt!.getTime()).toBeGreaterThan(before.stepDueAt!.getTime());
  expect(after.steps[1]!.dueAt).toEqual(after.dueAt);
  expect(after).toMatchObject({ firstDueAt: before.firstDueAt, version: before.version, state: before.state });
  expect((await moves(id)).map(({ payload }) => [payload.dueBefore, payload.dueAt, payload.remark])).toEqual([
    [at('2026-11-30T17:00'), at('2026-12-01T17:00'), 'Nghỉ bù'],
  ]);
  const [message] = await messages(id);
  expect(message?.body).toContain('17 giờ 00 phút, ngày 01 tháng 12 năm 2026');
  const told = (await messages(id)).length;
  await db.write((tx) => removeEntry(tx, holiday, 'nhập nhầm'));
  await app.drain();
  expect(await dueOf(id)).toBe(at('2026-11-30T17:00'));
  expect(await moves(id)).toHaveLength(2);
  expect(await messages(id)).toHaveLength(told); // an earlier date needs no message
});

test("a closure of one unit moves that unit's dossiers and nobody else's, and is counted before it is decided", async () => {
  const [mine, theirs] = [await received(place), await received(other)];
  const days = ['2026-11-26', '2026-11-26'] as const;
  const now = db.clock.now();
  const count = await countAffected(db.reader, place.competentUnitId, ...days, now);
  expect(count).toBeGreaterThanOrEqual(1);
  expect(await countAffected(db.reader, null, ...days, now)).toBeGreaterThan(count);
  expect(await countAffected(db.reader, null, '2027-05-01', null, now)).toBe(0); // long after every appointment
  expect(await countAffected(db.reader, null, '2026-01-01', '2026-11-20', now)).toBe(0); // before any was received
  const storm = { from: '2026-11-26T00:00', to: '2026-11-27T00:00', reason: 'Bão số 12', source: 'CV' };
  await db.write((tx) => addClosure(tx, { unitId: place.competentUnitId, reason: 'Bão' }, storm));
  await app.drain();
  expect(await dueOf(mine)).toBe(at('2026-12-01T17:00'));
  expect(await dueOf(theirs)).toBe(at('2026-11-30T17:00'));
});

test('goes on batch by batch from a position, and done again it changes nothing', async () => {
  const ids = [await received(other), await received(other), await received(other)].sort();
  await db.write((tx) =>
    tx.raw('update dossiers.dossier set due_at = due_at - interval $$1 day$$ where id = any($1)', [ids]),
  );
  const change = { unitId: other.competentUnitId, firstDate: '2026-11-23', lastDate: null, reason: 'thử' };
  let position: string | null = null;
  let moved = 0;
  let batches = 0;
  do {
    const result: { next: string | null; moved: number } = await db.write((tx) =>
      recomputeDeadlines(tx, change, position, 2),
    );
    position = result.next;
    moved += result.moved;
    batches += 1;
  } while (position !== null);
  expect(moved).toBe(3);
  expect(batches).toBeGreaterThanOrEqual(2);
  expect((await db.write((tx) => recomputeDeadlines(tx, change, null))).moved).toBe(0);
});

test('who waits for a supplement is not told a date that is not known yet; an act taken back does not bring the old date back', async () => {
  const waiting = await received(other, await db.write(insertAccount));
  const items = [{ paperId: null, componentCode: null, name: 'Giấy', what: 'Bản rõ' }];
  await db.write((tx) =>
    requestSupplement(tx, boss, { dossierId: waiting, version: null, reason: 'Thiếu', answerBy: null, items }),
  );
  const running = await received(other);
  await db.write((tx) => startStep(tx, boss, { dossierId: running, version: null }));
  await db.write((tx) => setHoliday(tx, province, aHoliday('2026-11-27', { name: 'Nghỉ' })));
  await app.drain();
  expect((await messages(waiting)).filter(({ body }) => body.includes('hẹn lại'))).toEqual([]);
  await db.write((tx) => takeBack(tx, boss, { dossierId: running, version: null }));
  expect(await dueOf(running)).toBe(at('2026-12-01T17:00'));
  expect((await findDossier(db.reader, running))!.steps[0]!.startedAt).toBeNull();
});

test('the calendar page shows how many dossiers an entry moves before it saves it', async () => {
  await received(other);
  const admin = await signedInOfficial(app, ['calendar.manage'], { reach: 'all' });
  const fields = { date: '2026-11-24', name: 'Nghỉ thêm', reason: 'theo văn bản' };
  const path = '/quan-tri/lich-lam-viec/them/ngay-nghi';
  const count = await countAffected(db.reader, null, '2026-11-24', '2026-11-24', db.clock.now());
  expect(count).toBeGreaterThan(0);
  const asked = await admin.post(path, fields);
  expect(asked.statusCode).toBe(200);
  expect(asked.body).toContain(`${count} hồ sơ đang xử lý`);
  expect((await admin.post(path, { ...fields, affected: String(count) })).statusCode).toBe(303);
});
