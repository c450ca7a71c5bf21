import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import { findDossier } from './dossier-queries.ts';
import { intakeAtCounter } from './intake-at-counter.ts';
import { receiveDossier } from './receive-dossier.ts';
import { refuseDossier } from './refuse-dossier.ts';
import {
  aDossier,
  anOfficer,
  insertDossier,
  insertOfficers,
  insertPlace,
  insertReceivedDossier,
  someTerms,
  TEST_SECRET,
} from './testing.ts';

const db = await testDatabase();
const place = await db.write((tx) => insertPlace(tx, { agencyCode: 'H41.12' }));
const at = (instant: string) => db.clock.set(`${instant}:00+07:00`);
const local = (date: Date | null) => date && new Date(date.getTime() + 7 * 3_600_000).toISOString().slice(0, 16);

test('receipt gives the code of the day, the appointment, and the first step to the competent body', async () => {
  at('2026-11-23T09:00');
  const dossier = await db.write((tx) => insertReceivedDossier(tx, place));
  expect(dossier).toMatchObject({
    state: 2,
    rulePack: 'vn-2026',
    currentStep: 0,
    handlingUnitId: place.competentUnitId,
    version: 2,
  });
  expect(dossier.code).toMatch(/^H41\.12-20261123-\d{7}$/);
  expect(local(dossier.dueAt)).toBe('2026-11-30T17:00'); // five working days, the day of receipt not counted
  expect(dossier.firstDueAt).toEqual(dossier.dueAt);
  expect(dossier.steps.map((step) => step.unitId)).toEqual([place.competentUnitId, place.competentUnitId]);
  expect(dossier.steps.at(-1)!.dueAt).toEqual(dossier.dueAt);
  expect(dossier.stepDueAt!.getTime()).toBeLessThan(dossier.dueAt!.getTime());
  expect(await findDossier(db.reader, dossier.id)).toEqual(dossier);
});

test('after the cut-off hour it counts from the next working day', async () => {
  at('2026-11-23T15:01');
  const dossier = await db.write((tx) => insertReceivedDossier(tx, place));
  expect(local(dossier.dueAt)).toBe('2026-12-01T17:00');
});

test('a procedure without a time limit gives no appointment, and none is invented', async () => {
  const dossier = await db.write((tx) =>
    insertReceivedDossier(tx, place, { terms: someTerms({ limit: null, steps: [] }) }),
  );
  expect(dossier).toMatchObject({ dueAt: null, stepDueAt: null });
  expect(dossier.steps).toHaveLength(1);
});

describe('codes', () => {
  test('50 receipts at once get 50 numbers in a row', async () => {
    at('2026-11-24T09:00');
    const ids = await db.write(async (tx) => {
      const made: string[] = [];
      for (let i = 0; i < 50; i += 1) made.push((await insertDossier(tx, place)).dossierId);
      return made;
    });
    const officer = anOfficer('all');
    const received = await Promise.all(
      ids.map((dossierId) => db.write((tx) => receiveDossier(tx, officer, { dossierId, version: 1 }))),
    );
    const numbers = received.map((dossier) => dossier.codeSequence!).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });

  test('under the rules of 2018 the code is of the old shape, and the ten-thousandth of a day is refused clearly', async () => {
    at('2024-01-15T09:00');
    const old = await db.write((tx) => insertPlace(tx, { agencyCode: '000.00.01.H41' }));
    const first = await db.write((tx) => insertReceivedDossier(tx, old));
    expect(first).toMatchObject({ code: '000.00.01.H41-240115-0001', rulePack: 'vn-2018' });
    await db.write((tx) =>
      tx.raw(`update dossiers.code_counter set last_number = 9998 where agency = '000.00.01.H41'`),
    );
    expect((await db.write((tx) => insertReceivedDossier(tx, old))).code).toBe('000.00.01.H41-240115-9999');
    await expect(db.write((tx) => insertReceivedDossier(tx, old))).rejects.toThrow('rules.sequence-exhausted');
    at('2024-01-16T09:00');
    expect((await db.write((tx) => insertReceivedDossier(tx, old))).code).toBe('000.00.01.H41-240116-0001');
  });

  test('an agency without an identifier on that day is told so, and nothing is received', async () => {
    at('2026-11-24T10:00');
    const nameless = await db.write((tx) => insertPlace(tx, { agencyCode: '000.00.02.H41' })); // an identifier of the old scheme only
    const { dossierId } = await db.write((tx) => insertDossier(tx, nameless));
    await expect(db.write((tx) => receiveDossier(tx, anOfficer('all'), { dossierId, version: 1 }))).rejects.toThrow(
      'dossiers.agency-without-identifier',
    );
    expect((await findDossier(db.reader, dossierId))!.state).toBe(1);
  });
});

test('two clerks who press receive at once: one does, the other sees what happened', async () => {
  const { dossierId } = await db.write((tx) => insertDossier(tx, place));
  const press = () => db.write((tx) => receiveDossier(tx, anOfficer('all'), { dossierId, version: 1 }));
  const results = await Promise.allSettled([press(), press()]);
  const refused = results.filter((r) => r.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]!.reason).toMatchObject({
    definition: { code: 'platform.stale-version', status: 409 },
    details: {
      seen: { version: 1 },
      current: { version: 2, state: 2, lastAct: { name: 'receive', by: 'Cán bộ thử' } },
    },
  });
});

test('a refusal needs a reason and a legal basis, and ends the dossier', async () => {
  const { dossierId } = await db.write((tx) => insertDossier(tx, place));
  const refuse = (reason: string, legalBasis: string) =>
    db.write((tx) => refuseDossier(tx, anOfficer('all'), { dossierId, version: 1, reason, legalBasis }));
  await expect(refuse(' ', 'NĐ 61/2018')).rejects.toThrow('dossiers.reason-missing');
  await expect(refuse('Không thuộc thẩm quyền', '')).rejects.toThrow('dossiers.legal-basis-missing');
  expect(await refuse('Không thuộc thẩm quyền', 'NĐ 61/2018 Đ17.1')).toMatchObject({ state: 3, code: null });
  await expect(db.write((tx) => receiveDossier(tx, anOfficer('all'), { dossierId, version: 2 }))).rejects.toThrow(
    'dossiers.act-not-possible',
  );
});

test('a person at the counter gets the code at once; the form sent twice is one dossier', async () => {
  at('2026-11-24T14:00');
  const { clerk, specialist } = await db.write((tx) => insertOfficers(tx, place));
  const submission = aDossier(place, { channel: 'counter' });
  const fees = [
    { name: 'Lệ phí', amountDong: 8_000, moment: 1 as const, receiptNumber: 'BL-001', method: 'cash' as const },
  ];
  const intake = () => db.write((tx) => intakeAtCounter(tx, clerk, { submission, fees }, TEST_SECRET), clerk);
  const [first, second] = [await intake(), await intake()];
  expect(first.dossier).toMatchObject({ state: 2, channel: 'counter' });
  expect(second.dossier.code).toBe(first.dossier.code);
  const [row] = await db.reader.raw<{ n: number }>('select count(*) as n from dossiers.fee where dossier_id = $1', [
    first.dossier.id,
  ]);
  expect(row!.n).toBe(1);
  await expect(
    db.write((tx) => intakeAtCounter(tx, specialist, { submission, fees: [] }, TEST_SECRET)),
  ).rejects.toThrow('platform.forbidden');
});
