import { describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { testDatabase } from '../../testing/database.ts';
import { addNote } from './add-note.ts';
import { answerSupplement } from './answer-supplement.ts';
import { assignDossier, assignDossiers } from './assign-dossier.ts';
import { calendarOfUnit } from './calendar-of-unit.ts';
import { completeDossier } from './complete-dossier.ts';
import type { Dossier } from './dossier.ts';
import { deadlineOf } from './dossier-clock.ts';
import { findDossier } from './dossier-queries.ts';
import { extendDossier } from './extend-dossier.ts';
import { approveDossier, finishStep, sendBack, startStep } from './process-steps.ts';
import { openDossierFile, openOwnDossier } from './read-dossier.ts';
import { recordFee } from './record-fee.ts';
import { requestFee } from './request-fee.ts';
import { requestSupplement } from './request-supplement.ts';
import { returnResult } from './return-result.ts';
import { stopDossier } from './stop-dossier.ts';
import { takeBack } from './take-back.ts';
import {
  aCitizen,
  aDossier,
  anOfficer,
  insertAccount,
  insertDossier,
  insertOfficers,
  insertPlace,
  insertReceivedDossier,
} from './testing.ts';
import { withdrawDossier } from './withdraw-dossier.ts';

const db = await testDatabase();
const place = await db.write((tx) => insertPlace(tx));
const { clerk, specialist, leader } = await db.write((tx) => insertOfficers(tx, place));
const at = (instant: string) => db.clock.set(`${instant}:00+07:00`);
const local = (date: Date | null) => date && new Date(date.getTime() + 7 * 3_600_000).toISOString().slice(0, 16);
const seen = (dossier: Dossier) => ({ dossierId: dossier.id, version: dossier.version });
const received = (facts = {}) => db.write((tx) => insertReceivedDossier(tx, place, facts));
const missing = [{ paperId: null, componentCode: null, name: 'Giấy chứng sinh', what: 'Chụp lại, ảnh mờ' }];

test('a dossier goes from step to step to its result and into the hand of the person', async () => {
  at('2026-11-23T09:00');
  let dossier = await received();
  dossier = await db.write((tx) => startStep(tx, specialist, seen(dossier)));
  expect(dossier).toMatchObject({ state: 4, assigneePostId: specialist.postId });
  dossier = await db.write((tx) => finishStep(tx, specialist, { ...seen(dossier), remark: 'Đủ điều kiện' }));
  expect(dossier).toMatchObject({ currentStep: 1, assigneePostId: null });
  await expect(db.write((tx) => finishStep(tx, specialist, seen(dossier)))).rejects.toThrow(
    'dossiers.step-not-started',
  );
  dossier = await db.write((tx) => approveDossier(tx, leader, seen(dossier)));
  at('2026-11-30T17:00');
  dossier = await db.write((tx) =>
    completeDossier(tx, specialist, {
      ...seen(dossier),
      outcome: 'granted',
      title: 'Giấy khai sinh',
      remark: null,
      fileId: null,
    }),
  );
  expect(dossier).toMatchObject({ state: 9, isOnTime: true, handlingUnitId: place.receivingUnitId });
  const [result] = await db.reader.raw<{ code: string }>('select code from dossiers.result where dossier_id = $1', [
    dossier.id,
  ]);
  expect(result!.code).toBe(`${dossier.code}-KQ(1)`);
  dossier = await db.write((tx) =>
    returnResult(tx, clerk, { ...seen(dossier), channel: 'counter', receivedBy: 'Nguyễn Thị Ánh Nguyệt' }),
  );
  expect(dossier).toMatchObject({ state: 10, returnedAt: new Date('2026-11-30T10:00:00Z') });
  expect(await findDossier(db.reader, dossier.id)).toEqual(dossier);
});

test('one minute after the appointment the result is late', async () => {
  at('2026-11-23T09:00');
  let dossier = await received({ terms: { ...aDossier(place).terms, steps: [] } });
  dossier = await db.write((tx) => startStep(tx, specialist, seen(dossier)));
  at('2026-11-30T17:01');
  dossier = await db.write((tx) =>
    completeDossier(tx, specialist, {
      ...seen(dossier),
      outcome: 'granted',
      title: 'Giấy khai sinh',
      remark: null,
      fileId: null,
    }),
  );
  expect(dossier.isOnTime).toBe(false);
});

test('an approval cannot be skipped, and a step is sent back to the one who had it', async () => {
  at('2026-11-23T09:00');
  let dossier = await received();
  dossier = await db.write((tx) => startStep(tx, specialist, seen(dossier)));
  dossier = await db.write((tx) => finishStep(tx, specialist, seen(dossier)));
  const result = { outcome: 'granted' as const, title: 'Giấy khai sinh', remark: null, fileId: null };
  await expect(db.write((tx) => completeDossier(tx, specialist, { ...seen(dossier), ...result }))).rejects.toThrow(
    'dossiers.approval-missing',
  );
  await expect(db.write((tx) => approveDossier(tx, specialist, seen(dossier)))).rejects.toThrow('platform.forbidden');
  dossier = await db.write((tx) => sendBack(tx, leader, { ...seen(dossier), reason: 'Sai ngày sinh' }));
  expect(dossier).toMatchObject({ currentStep: 0, assigneePostId: specialist.postId });
  await expect(db.write((tx) => sendBack(tx, leader, { ...seen(dossier), reason: 'Nữa' }))).rejects.toThrow(
    'dossiers.no-step-before',
  );
});

describe('supplement', () => {
  test('by the decree the time begins again, by the national figures the wait is taken out; the official is the same', async () => {
    at('2026-11-23T09:00');
    let dossier = await received();
    dossier = await db.write((tx) => startStep(tx, specialist, seen(dossier)));
    at('2026-11-25T09:00');
    dossier = await db.write((tx) =>
      requestSupplement(tx, specialist, { ...seen(dossier), reason: 'Ảnh mờ', items: missing, answerBy: '2026-12-10' }),
    );
    expect(dossier).toMatchObject({
      state: 5,
      resumeState: 4,
      assigneePostId: specialist.postId,
      pausedAt: new Date('2026-11-25T02:00:00Z'),
    });
    at('2026-11-27T09:00');
    const papers = [
      { componentCode: 'GKS', name: 'Giấy chứng sinh', fileId: null, originals: 0, copies: 1, isElectronic: true },
    ];
    dossier = await db
      .write((tx) =>
        answerSupplement(tx, clerk, {
          ...seen(dossier),
          papers,
          formSubmissionId: null,
          changes: [{ at: 'phone', kind: 'changed', before: '1', after: '2' }],
          remark: null,
        }),
      )
      .catch((error: Error) => {
        throw error;
      });
    expect(dossier).toMatchObject({ state: 4, resumeState: null, pausedAt: null, assigneePostId: specialist.postId });
    expect(local(dossier.dueAt)).toBe('2026-12-04T17:00'); // five working days from the answer
    const calendar = await calendarOfUnit(db.reader, place.competentUnitId);
    expect(local(deadlineOf(dossier, calendar, 'nationalFigures')!.dueAt)).toBe('2026-12-02T17:00'); // two working days later than 30 November
  });

  test('before receipt it goes back to waiting for receipt, without any clock', async () => {
    const accountId = await db.write(insertAccount);
    const { dossierId } = await db.write((tx) =>
      insertDossier(tx, place, { applicant: { ...aDossier(place).applicant, accountId } }),
    );
    await db.write((tx) =>
      requestSupplement(tx, clerk, { dossierId, version: 1, reason: 'Thiếu', items: missing, answerBy: null }),
    );
    const answer = { dossierId, version: 2, papers: [], formSubmissionId: null, changes: [], remark: 'Tôi đã gửi lại' };
    await expect(db.write((tx) => answerSupplement(tx, aCitizen(), answer))).rejects.toThrow('dossiers.not-found');
    await expect(
      db.write((tx) => answerSupplement(tx, aCitizen(accountId), { ...answer, remark: ' ' })),
    ).rejects.toThrow('dossiers.nothing-answered');
    expect(await db.write((tx) => answerSupplement(tx, aCitizen(accountId), answer))).toMatchObject({
      state: 1,
      clock: [],
      dueAt: null,
    });
  });

  test('empty requests and papers of other dossiers are refused', async () => {
    const dossier = await received();
    const ask = (items: typeof missing, reason = 'Thiếu') =>
      db.write((tx) => requestSupplement(tx, specialist, { ...seen(dossier), reason, items, answerBy: null }));
    await expect(ask([])).rejects.toThrow('dossiers.nothing-requested');
    await expect(ask([{ ...missing[0]!, name: '  ' }])).rejects.toThrow('dossiers.nothing-requested');
    await expect(ask(missing, '')).rejects.toThrow('dossiers.reason-missing');
    await expect(ask([{ ...missing[0]!, paperId: newId() as never }])).rejects.toThrow('dossiers.unknown-paper');
  });
});

test('a payment stops the clock until the receipt number is recorded', async () => {
  at('2026-11-23T09:00');
  let dossier = await received();
  dossier = await db.write((tx) =>
    requestFee(tx, specialist, { ...seen(dossier), fees: [{ name: 'Phí thẩm định', amountDong: 150_000, moment: 2 }] }),
  );
  expect(dossier).toMatchObject({ state: 6, handlingUnitId: place.receivingUnitId });
  const [fee] = await db.reader.raw<{ id: string }>('select id from dossiers.fee where dossier_id = $1', [dossier.id]);
  const pay = (id: string, receiptNumber: string) =>
    db.write((tx) => recordFee(tx, clerk, { ...seen(dossier), payments: [{ id, receiptNumber, method: 'cash' }] }));
  await expect(pay(fee!.id, ' ')).rejects.toThrow('dossiers.reason-missing');
  await expect(pay(newId(), 'BL-1')).rejects.toThrow('dossiers.fee-unknown');
  await expect(db.write((tx) => recordFee(tx, clerk, { ...seen(dossier), payments: [] }))).rejects.toThrow(
    'dossiers.fees-open',
  );
  at('2026-11-25T09:00');
  dossier = await pay(fee!.id, 'BL-1');
  expect(dossier).toMatchObject({ state: 2, handlingUnitId: place.competentUnitId });
  expect(local(dossier.dueAt)).toBe('2026-12-02T17:00');
});

describe('re-appointment', () => {
  const ask = (dossier: Dossier, until: string) =>
    db.write((tx) =>
      extendDossier(tx, leader, { ...seen(dossier), reason: 'Chờ xác minh', until: new Date(`${until}:00+07:00`) }),
    );

  test('once, and the day before the appointment at the latest', async () => {
    at('2026-11-23T09:00');
    const [first, second] = [await received(), await received()];
    at('2026-11-29T23:00');
    const extended = await ask(first, '2026-12-04T17:00');
    expect(local(extended.dueAt)).toBe('2026-12-04T17:00');
    expect(local(extended.firstDueAt)).toBe('2026-11-30T17:00');
    await expect(ask(extended, '2026-12-10T17:00')).rejects.toThrow('dossiers.extension-twice');
    await expect(ask(second, '2026-11-30T17:00')).rejects.toThrow('dossiers.extension-not-later');
    at('2026-11-30T07:30');
    await expect(ask(second, '2026-12-04T17:00')).rejects.toThrow('dossiers.extension-too-late');
  });
});

describe('taking back', () => {
  test('ten minutes for the own last act; then the dossier is exactly as it was', async () => {
    at('2026-11-23T09:00');
    const dossier = await received();
    const started = await db.write((tx) => startStep(tx, specialist, seen(dossier)));
    await expect(db.write((tx) => takeBack(tx, { ...specialist, id: newId() }, seen(started)))).rejects.toThrow(
      'dossiers.nothing-to-take-back',
    );
    at('2026-11-23T09:10');
    const back = await db.write((tx) => takeBack(tx, specialist, seen(started)));
    expect({ ...back, version: 0, lastAct: 0 }).toEqual({ ...dossier, version: 0, lastAct: 0 });
    expect(await findDossier(db.reader, dossier.id)).toEqual(back);
    await expect(db.write((tx) => takeBack(tx, specialist, seen(back)))).rejects.toThrow(
      'dossiers.nothing-to-take-back',
    );
    const again = await db.write((tx) => startStep(tx, specialist, seen(back)));
    at('2026-11-23T09:20:30'.slice(0, 16));
    db.clock.advance(61_000);
    await expect(db.write((tx) => takeBack(tx, specialist, seen(again)))).rejects.toThrow(
      'dossiers.take-back-too-late',
    );
  });

  test('a result and a request go with the act; a code that was given stays given', async () => {
    at('2026-11-23T09:00');
    let dossier = await received({ terms: { ...aDossier(place).terms, steps: [] } });
    await expect(db.write((tx) => takeBack(tx, anOfficer('all'), seen(dossier)))).rejects.toThrow(
      'dossiers.nothing-to-take-back',
    );
    dossier = await db.write((tx) =>
      requestSupplement(tx, specialist, { ...seen(dossier), reason: 'Thiếu', items: missing, answerBy: null }),
    );
    dossier = await db.write((tx) => takeBack(tx, specialist, seen(dossier)));
    expect(dossier).toMatchObject({ state: 2, pausedAt: null });
    expect(dossier.clock).toHaveLength(1);
    dossier = await db.write((tx) => startStep(tx, specialist, seen(dossier)));
    const result = { outcome: 'granted' as const, title: 'Giấy khai sinh', remark: null, fileId: null };
    dossier = await db.write((tx) => completeDossier(tx, specialist, { ...seen(dossier), ...result }));
    dossier = await db.write((tx) => takeBack(tx, specialist, seen(dossier)));
    expect(dossier).toMatchObject({ state: 4, finishedAt: null, isOnTime: null });
    dossier = await db.write((tx) => completeDossier(tx, specialist, { ...seen(dossier), ...result }));
    const rows = await db.reader.raw<{ code: string }>('select code from dossiers.result where dossier_id = $1', [
      dossier.id,
    ]);
    expect(rows).toEqual([{ code: `${dossier.code}-KQ(1)` }]);
  });
});

describe('rights', () => {
  test('an official of another unit sees nothing and can do nothing', async () => {
    const dossier = await received();
    const stranger = anOfficer([newId()]);
    await expect(db.write((tx) => openDossierFile(tx, stranger, dossier.id))).rejects.toThrow('dossiers.not-found');
    await expect(db.write((tx) => startStep(tx, stranger, seen(dossier)))).rejects.toThrow('dossiers.not-found');
    await expect(
      db.write((tx) => stopDossier(tx, stranger, { ...seen(dossier), reason: 'x', legalBasis: 'y' })),
    ).rejects.toThrow('dossiers.not-found');
    await expect(db.write((tx) => takeBack(tx, stranger, seen(dossier)))).rejects.toThrow('dossiers.not-found');
    await expect(db.write((tx) => addNote(tx, stranger, { dossierId: dossier.id, text: 'x' }))).rejects.toThrow(
      'dossiers.not-found',
    );
  });

  test('an official with another right over the unit is told that they may not', async () => {
    const dossier = await received();
    await expect(
      db.write((tx) => stopDossier(tx, specialist, { ...seen(dossier), reason: 'x', legalBasis: 'y' })),
    ).rejects.toThrow('platform.forbidden');
  });

  test('another citizen sees nothing; the owner sees the file without notes, and who has read it', async () => {
    const accountId = await db.write(insertAccount);
    const dossier = await received({ applicant: { ...aDossier(place).applicant, accountId } });
    await expect(openOwnDossier(db.reader, aCitizen(), dossier.id, db.clock.now())).rejects.toThrow(
      'dossiers.not-found',
    );
    await expect(openOwnDossier(db.reader, aCitizen(accountId), 'not-an-id', db.clock.now())).rejects.toThrow(
      'dossiers.not-found',
    );
    await expect(db.write((tx) => withdrawDossier(tx, aCitizen(), { ...seen(dossier), reason: 'x' }))).rejects.toThrow(
      'dossiers.not-found',
    );
    await db.write((tx) => addNote(tx, specialist, { dossierId: dossier.id, text: 'Kiểm tra kỹ' }));
    await expect(
      db.write((tx) => addNote(tx, aCitizen(accountId), { dossierId: dossier.id, text: 'x' })),
    ).rejects.toThrow('dossiers.not-found');
    expect((await db.write((tx) => openDossierFile(tx, specialist, dossier.id))).notes).toHaveLength(1);
    expect(await openOwnDossier(db.reader, aCitizen(accountId), dossier.id, db.clock.now())).not.toHaveProperty(
      'notes',
    );
    const [access] = await db.reader.raw<object>(
      'select reader_label, purpose from readings.reading where account_id = $1',
      [accountId],
    );
    expect(access).toEqual({ reader_label: 'Chuyên viên', purpose: 'Giải quyết hồ sơ' });
    expect(
      await db.write((tx) => withdrawDossier(tx, aCitizen(accountId), { ...seen(dossier), reason: 'Không cần nữa' })),
    ).toMatchObject({ state: 7 });
  });
});

test('many dossiers are given to one post; what cannot be is reported', async () => {
  const [one, two] = [await received(), await received()];
  await expect(db.write((tx) => assignDossier(tx, leader, { ...seen(one), postId: clerk.postId! }))).rejects.toThrow(
    'dossiers.post-elsewhere',
  );
  const { assigned, refused } = await db.write((tx) =>
    assignDossiers(tx, leader, { dossierIds: [one.id, two.id, newId()], postId: specialist.postId! }),
  );
  expect(assigned.toSorted()).toEqual([one.id, two.id].toSorted());
  expect(refused.map((each) => each.problem.definition.code)).toEqual(['dossiers.not-found']);
});
