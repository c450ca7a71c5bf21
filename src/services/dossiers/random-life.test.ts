// oxlint-disable vitest/no-conditional-expect -- a property asks different things of different states
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isProblem } from '../../platform/problems.ts';
import { testDatabase } from '../../testing/database.ts';
import { answerSupplement } from './answer-supplement.ts';
import { calendarOfUnit } from './calendar-of-unit.ts';
import { completeDossier } from './complete-dossier.ts';
import { isEnd, type Dossier } from './dossier.ts';
import { deadlineOf } from './dossier-clock.ts';
import { findDossier } from './dossier-queries.ts';
import { extendDossier } from './extend-dossier.ts';
import { approveDossier, finishStep, sendBack, startStep } from './process-steps.ts';
import { receiveDossier } from './receive-dossier.ts';
import { recordFee } from './record-fee.ts';
import { refuseDossier } from './refuse-dossier.ts';
import { requestFee } from './request-fee.ts';
import { requestSupplement } from './request-supplement.ts';
import { returnResult } from './return-result.ts';
import { stopDossier } from './stop-dossier.ts';
import { takeBack } from './take-back.ts';
import { anOfficer, insertDossier, insertPlace } from './testing.ts';
import { withdrawDossier } from './withdraw-dossier.ts';
import type { Tx } from '../../platform/database.ts';

const db = await testDatabase();
const place = await db.write((tx) => insertPlace(tx));
const boss = anOfficer('all');
const why = { reason: 'Lý do', legalBasis: 'Căn cứ' };

type Do = (tx: Tx, dossier: Dossier) => Promise<unknown>;
const seen = (dossier: Dossier) => ({ dossierId: dossier.id, version: dossier.version });
const deeds: Record<string, Do> = {
  receive: (tx, d) => receiveDossier(tx, boss, seen(d)),
  refuse: (tx, d) => refuseDossier(tx, boss, { ...seen(d), ...why }),
  ask: (tx, d) =>
    requestSupplement(tx, boss, {
      ...seen(d),
      ...why,
      answerBy: null,
      items: [{ paperId: null, componentCode: null, name: 'Ảnh', what: 'Mờ' }],
    }),
  answer: (tx, d) =>
    answerSupplement(tx, boss, { ...seen(d), papers: [], formSubmissionId: null, changes: [], remark: 'Xong' }),
  fee: (tx, d) => requestFee(tx, boss, { ...seen(d), fees: [{ name: 'Phí', amountDong: 1_000, moment: 2 }] }),
  pay: async (tx, d) => {
    const open = await tx.raw<{ id: string }>('select id from dossiers.fee where dossier_id = $1 and paid_at is null', [
      d.id,
    ]);
    return recordFee(tx, boss, {
      ...seen(d),
      payments: open.map(({ id }) => ({ id, receiptNumber: 'BL', method: 'cash' })),
    });
  },
  start: (tx, d) => startStep(tx, boss, seen(d)),
  finish: (tx, d) => finishStep(tx, boss, seen(d)),
  approve: (tx, d) => approveDossier(tx, boss, seen(d)),
  back: (tx, d) => sendBack(tx, boss, { ...seen(d), ...why }),
  complete: (tx, d) =>
    completeDossier(tx, boss, { ...seen(d), outcome: 'granted', title: 'Kết quả', remark: null, fileId: null }),
  hand: (tx, d) => returnResult(tx, boss, { ...seen(d), channel: 'counter', receivedBy: 'A' }),
  withdraw: (tx, d) => withdrawDossier(tx, boss, { ...seen(d), ...why }),
  stop: (tx, d) => stopDossier(tx, boss, { ...seen(d), ...why }),
  extend: (tx, d) =>
    extendDossier(tx, boss, { ...seen(d), ...why, until: new Date(d.dueAt!.getTime() + 3 * 86_400_000) }),
  undo: (tx, d) => takeBack(tx, boss, seen(d)),
};
const likely = [
  'receive',
  'start',
  'finish',
  'approve',
  'complete',
  'hand',
  'ask',
  'answer',
  'fee',
  'pay',
  'back',
  'extend',
  'undo',
];

/** What must hold of any dossier, however it got there. */
async function check(dossier: Dossier): Promise<void> {
  const { clock, state } = dossier;
  expect(clock.map((entry) => entry.number)).toEqual(clock.map((_, i) => i + 1));
  expect(clock.map((entry) => entry.at.getTime())).toEqual(
    clock.map((entry) => entry.at.getTime()).toSorted((a, b) => a - b),
  );
  const open = clock.reduce((sum, entry) => sum + (entry.kind === 'pause' ? 1 : entry.kind === 'resume' ? -1 : 0), 0);
  const standing = dossier.receivedAt !== null && (state === 5 || state === 6);
  if (!isEnd(state)) expect(open).toBe(standing ? 1 : 0);
  expect(dossier.pausedAt !== null).toBe(standing);
  expect(clock.filter((entry) => entry.kind === 'extension').length).toBeLessThanOrEqual(1);
  expect(dossier.steps.every((step) => step.finishedAt === null || step.startedAt !== null)).toBe(true);
  expect(dossier.currentStep === null).toBe(dossier.receivedAt === null || isEnd(state) || state === 9);
  const deadline = deadlineOf(dossier, await calendarOfUnit(db.reader, place.competentUnitId));
  expect(dossier.dueAt).toEqual(deadline?.dueAt ?? null);
  expect(deadline?.warnings.filter((warning) => warning !== 'pause-after-deadline') ?? []).toEqual([]);
}

test('whatever officials do in whatever order, the dossier and its clock stay consistent, and refused acts leave no trace', async () => {
  const deed = fc.tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...likely) },
      { weight: 1, arbitrary: fc.constantFrom(...Object.keys(deeds)) },
    ),
    fc.integer({ min: 1, max: 2_000 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 40 }), async (walk) => {
      db.clock.set('2026-11-23T08:00:00+07:00');
      const { dossierId } = await db.write((tx) => insertDossier(tx, place));
      for (const [name, minutes] of walk) {
        const before = (await findDossier(db.reader, dossierId))!;
        if (name !== 'undo') db.clock.advance(minutes * 60_000);
        try {
          if (name === 'extend' && before.dueAt === null) continue;
          await db.write((tx) => deeds[name]!(tx, before));
          const after = (await findDossier(db.reader, dossierId))!;
          expect(after.version).toBe(before.version + 1);
          await check(after);
        } catch (error) {
          if (!isProblem(error)) throw error;
          expect(await findDossier(db.reader, dossierId)).toEqual(before);
        }
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
