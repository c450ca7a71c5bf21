import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from '../../platform/config.ts';
import { createLogger } from '../../platform/log.ts';
import { testDatabase } from '../../testing/database.ts';
import { changeUnit } from './change-unit.ts';
import { demoOfficers, loadDemoStaff } from './demo-staff.ts';
import { getUnit } from './get-unit.ts';
import { loadProvinceUnits } from './load-province-units.ts';
import { listOfficersByStaffCode, postsOf } from './officer-queries.ts';
import { grantsOf, listRoles } from './role-queries.ts';
import { anOfficial } from './testing.ts';
import { agencyCodesOf, descendantsOf, findByAgencyCode, findUnitByKey, unitsOn } from './unit-queries.ts';
import { listSuccession, listUnitVersions } from './unit-write-queries.ts';

const db = await testDatabase();
const config = readConfig({ SEN_MODE: 'test', DATABASE_URL: db.url });
const context = { db, config, clock: db.clock, log: createLogger('silent') };
const TODAY = '2026-11-23';
const first = await loadProvinceUnits(context);
await loadDemoStaff(context);

test('the province is loaded once; a second run adds nothing and keeps what an administrator changed', async () => {
  expect(first.unitsAdded).toBeGreaterThan(1200);
  const unit = await findUnitByKey(db.reader, 'so-y-te', TODAY);
  if (!unit) throw new Error('so-y-te is missing');
  await db.write((tx) =>
    changeUnit(tx, anOfficial(), unit.id, unit.version, { ...unit, phone: '02383844444', validFrom: TODAY }),
  );
  expect(await loadProvinceUnits(context)).toEqual({ unitsAdded: 0 });
  await loadDemoStaff(context);
  expect((await getUnit(db.reader, unit.id, TODAY)).phone).toBe('02383844444');
  expect(await listUnitVersions(db.reader, unit.id)).toHaveLength(2);
});

test('each era has its own communes, and a dossier of 2018 finds the agency its code names', async () => {
  expect(await unitsOn(db.reader, ['commune'], '2018-03-12')).toHaveLength(480);
  expect(await unitsOn(db.reader, ['commune'], TODAY)).toHaveLength(130);
  expect((await findByAgencyCode(db.reader, '000.00.12.H41', '2018-03-12'))?.nameVi).toBe(
    'Sở Lao động, Thương binh và Xã hội',
  );
  expect((await findByAgencyCode(db.reader, 'H41', TODAY))?.kind).toBe('province');
  expect((await findByAgencyCode(db.reader, 'H41.16681', TODAY))?.shortName).toBe('Phường Thành Vinh');
});

test('every commune of today that took over others says which, whole or in part', async () => {
  const unit = await findUnitByKey(db.reader, 'gso:16681', TODAY);
  expect(await listSuccession(db.reader, unit?.id ?? '')).toHaveLength(6);
});

test('every agency of today has the identifier its dossiers need', async () => {
  const agencies = await unitsOn(db.reader, ['department', 'commune'], TODAY);
  const codes = await agencyCodesOf(
    db.reader,
    agencies.map((unit) => unit.id),
    'qd20',
    TODAY,
  );
  expect(agencies.filter((unit) => !codes.has(unit.id))).toEqual([]);
});

test('the demo’s people hold the rights their posts promise, over their own agency only', async () => {
  const officers = await listOfficersByStaffCode(db.reader, Object.values(demoOfficers));
  expect(officers).toHaveLength(Object.keys(demoOfficers).length);
  const commune = (await findUnitByKey(db.reader, 'gso:16681', TODAY))?.id ?? '';
  const agency = (await descendantsOf(db.reader, [commune], TODAY)).sort();
  const grantsFor = async (staffCode: string) => {
    const officer = officers.find((each) => each.staffCode === staffCode);
    const [held] = await postsOf(db.reader, [officer?.id ?? ''], TODAY);
    return grantsOf(db.reader, officer?.id ?? '', held?.postId ?? '', TODAY);
  };
  const desk = await grantsFor(demoOfficers.frontDesk);
  expect([...((desk.get('dossiers.receive') ?? []) as string[])].sort()).toEqual(agency);
  expect(desk.has('dossiers.approve')).toBe(false);
  expect((await grantsFor(demoOfficers.leader)).has('dossiers.approve')).toBe(true);
  expect((await grantsFor(demoOfficers.administrator)).get('organisations.manage')).toBe('all');
  expect(await listRoles(db.reader)).toHaveLength(
    (JSON.parse(readFileSync('province/nghe-an/roles.json', 'utf8')) as { roles: object[] }).roles.length,
  );
});
