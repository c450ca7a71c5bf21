import { expect, test } from 'vitest';
import { insertTestOfficer, insertTestPost } from '../../foundation/organisations/testing.ts';
import { testDatabase } from '../../testing/database.ts';
import { assignDossier } from './assign-dossier.ts';
import { findDossier } from './dossier-queries.ts';
import { remindOfDates } from './remind-of-dates.ts';
import { requestSupplement } from './request-supplement.ts';
import { anOfficer, insertPlace, insertReceivedDossier } from './testing.ts';

/* Five working days from Monday 23 November 2026 end on the 30th at five; the first of two steps ends before. */

const db = await testDatabase();
const place = await db.write((tx) => insertPlace(tx));
const boss = anOfficer('all');
const unitId = place.competentUnitId;
const officer = (permissions: string[]) =>
  db.write(async (tx) => {
    const postId = await insertTestPost(tx, { unitId, permissions });
    return { postId, id: (await insertTestOfficer(tx, { postIds: [postId] })).id };
  });
const worker = await officer(['dossiers.process', 'dossiers.approve']);
const head = await officer(['dossiers.assign']);

const told = async (dossierId: string) =>
  (
    await db.reader.raw<{ who: string; template: string }>(
      'select recipient_id as who, template from notifications.message where subject_id = $1 order by template, recipient_id',
      [dossierId],
    )
  ).map(({ who, template }) => `${template} ${who === worker.id ? 'worker' : who === head.id ? 'head' : who}`);
const events = async (dossierId: string) =>
  (
    await db.reader.raw<{ kind: string }>(
      `select payload->>'kind' as kind from platform.event where name = 'dossiers.falls-due' and subject_id = $1 order by id`,
      [dossierId],
    )
  ).map(({ kind }) => kind);
const remind = () => db.write((tx) => remindOfDates(tx, 48));

test('a step and the appointment are told once when they come near and once when they have passed', async () => {
  db.clock.set('2026-11-23T08:00:00+07:00');
  const { id } = await db.write((tx) => insertReceivedDossier(tx, place));
  await db.write((tx) => assignDossier(tx, boss, { dossierId: id, version: null, postId: worker.postId }));
  const step = (await findDossier(db.reader, id))!.stepDueAt!;
  expect(await remind()).toBe(0);
  db.clock.set(new Date(step.getTime() - 3_600_000));
  await remind();
  await remind();
  expect(await told(id)).toContain('dossiers.step-soon worker');
  expect(await told(id)).not.toContain('dossiers.step-soon head');
  db.clock.set('2026-11-30T17:30:00+07:00');
  await Promise.all([remind(), remind()]);
  expect(await remind()).toBe(0);
  expect(await told(id)).toEqual(
    expect.arrayContaining([
      'dossiers.overdue head',
      'dossiers.overdue worker',
      'dossiers.step-overdue head',
      'dossiers.step-overdue worker',
    ]),
  );
  const kinds = await events(id);
  expect(new Set(kinds).size).toBe(kinds.length);
});

test('what nobody has is told to those who assign; a clock that stands is told to nobody', async () => {
  db.clock.set('2026-11-23T08:00:00+07:00');
  const free = await db.write((tx) => insertReceivedDossier(tx, place));
  const waiting = await db.write((tx) => insertReceivedDossier(tx, place));
  const items = [{ paperId: null, componentCode: null, name: 'Giấy', what: 'Bản rõ' }];
  await db.write((tx) =>
    requestSupplement(tx, boss, { dossierId: waiting.id, version: null, reason: 'Thiếu', answerBy: null, items }),
  );
  db.clock.set('2026-11-30T08:00:00+07:00');
  await remind();
  expect(await told(free.id)).toContain('dossiers.due-soon head');
  expect(await told(waiting.id)).toEqual([]);
  db.clock.set('2027-03-01T08:00:00+07:00');
  await remind();
  expect(await events(free.id)).not.toContain('overdue'); // three months late is no news
});
