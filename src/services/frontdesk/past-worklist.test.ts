import { expect, test } from 'vitest';
import { runOperation } from '../../foundation/organisations/run-operation.ts';
import { createOperation } from '../../foundation/organisations/save-operation.ts';
import { checkOperation, startOperation } from '../../foundation/organisations/start-operation.ts';
import { anOfficial } from '../../foundation/organisations/testing.ts';
import { newId } from '../../platform/ids.ts';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import { insertCommune, insertSharedProcedure } from '../dossiers/testing/communes.ts';

/* The day before a merger stays as it was: the worklist and the figures can be asked for it, in both ways of naming units. */

const app = await testApp();
const { db } = app;
db.clock.set('2026-11-18T09:00:00+07:00');
const commune = await db.write(async (tx) => insertCommune(tx, await insertSharedProcedure(tx), 2));
await app.drain();
db.clock.set('2026-11-23T08:00:00+07:00');
const [drafter, checker] = [
  { ...anOfficial(), label: 'A' },
  { ...anOfficial(), label: 'B' },
];
const target = newId();
const operationId = await db.write(
  (tx) =>
    createOperation(tx, drafter, {
      title: 'Nhập',
      decisionNumber: '1',
      issuingBody: 'HĐND',
      effectiveOn: '2026-11-23',
      decisionFileId: null,
      plan: {
        changes: [
          {
            kind: 'found',
            unit: {
              id: target,
              nameVi: 'Xã Hôm Nay',
              nameEn: 'Today Commune',
              shortName: 'Hôm Nay',
              kind: 'commune',
              tier: 2,
              parentId: null,
              gsoCode: null,
              agencyCode: 'H41.98765',
            },
          },
          { kind: 'merge', fromUnitId: commune.unitId, toUnitId: target },
        ],
        decisions: { 'all:calendar': 'leave' },
        rules: [],
      },
    }),
  drafter,
);
await db.write((tx) => checkOperation(tx, checker, { id: operationId, version: null }), checker);
await db.write((tx) => startOperation(tx, checker, operationId), checker);
await runOperation({ db, clock: db.clock }, operationId);
const official = await signedInOfficial(app, ['dossiers.view'], { reach: 'all' });
const [named] = await db.reader.raw<{ name: string }>(
  'select name_vi as name from organisations.unit_version where unit_id = $1',
  [commune.unitId],
);
const oldName = named!.name;

test('the worklist of a past day shows what was under way, at the unit of then or at the one of today', async () => {
  const past = (await official.get('/lam-viec/ho-so?ngay=22/11/2026')).body;
  expect(past).toContain('Bạn đang xem dữ liệu tính đến hết ngày 22/11/2026');
  expect(past).toContain(oldName);
  expect(past).not.toContain('Xã Hôm Nay');
  expect(past.match(/Nguyễn Thị Ánh Nguyệt/g)).toHaveLength(2);
  const forward = (await official.get('/lam-viec/ho-so?ngay=2026-11-22&don-vi-theo=hom-nay')).body;
  expect(forward).toContain('Xã Hôm Nay');
  expect((await official.get('/lam-viec/ho-so?ngay=2026-11-17')).body).toContain('Không có hồ sơ nào đang giải quyết');
  expect((await official.get('/lam-viec/ho-so?ngay=<script>')).body).not.toContain('Bạn đang xem');
  const outsider = await signedInOfficial(app, ['dossiers.view']);
  expect((await outsider.get('/lam-viec/ho-so?ngay=2026-11-22')).body).not.toContain('Nguyễn Thị Ánh Nguyệt');
});

test('figures stand under the units as they were, or are brought forward', async () => {
  const address = '/lam-viec/so-lieu?tu=2026-11&den=2026-11';
  const then = (await official.get(address)).body;
  expect(then).toContain(oldName);
  expect(then).not.toContain('Xã Hôm Nay');
  const forward = (await official.get(`${address}&don-vi-theo=hom-nay`)).body;
  expect(forward).toContain('Xã Hôm Nay');
  expect(forward).not.toContain(oldName);
  expect((await official.get('/lam-viec/so-lieu?ngay=2026-11-22')).body).toContain('22/11/2026');
});

test('people are shown with the posts of the day asked for', async () => {
  const admin = await signedInOfficial(app, ['organisations.manage'], { reach: 'all' });
  const before = (await admin.get('/quan-tri/can-bo?ngay=2026-11-22')).body;
  expect(before).toContain(oldName);
  expect((await admin.get('/quan-tri/can-bo')).body).toContain('Xã Hôm Nay');
});
