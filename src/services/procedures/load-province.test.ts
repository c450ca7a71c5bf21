import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadProvinceUnits } from '../../foundation/organisations/index.ts';
import { search } from '../../foundation/search/index.ts';
import { getFormVersion } from '../../engines/forms/index.ts';
import { readConfig } from '../../platform/config.ts';
import { createLogger } from '../../platform/log.ts';
import { testDatabase } from '../../testing/database.ts';
import { loadProvinceProcedures } from './load-province.ts';
import { closeOffer, openOffers, timeLimitOf } from './manage-offers.ts';
import { findOfferOf, offersFor, offersOf } from './offer-queries.ts';
import { checkProcedureFile, type ProcedureFile } from './procedure-file.ts';
import { countFacets, findProcedure, listProcedures, listVersions } from './procedure-queries.ts';
import { fixedFeeDong, channelOf } from './procedure.ts';
import { readProvinceProcedures } from './province-folder.ts';
import { publishProcedure, retireProcedure } from './publish-procedure.ts';

const db = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'sen-province-'));
const config = {
  ...readConfig({ SEN_MODE: 'test', DATABASE_URL: db.url, SEN_METRICS_PORT: 'off' }),
  provinceFolder: folder,
};
const context = { db, clock: db.clock, config, log: createLogger('silent') };
const birthFile = join(folder, 'procedures/1.001193.json');
const readBirth = () => JSON.parse(readFileSync(birthFile, 'utf8')) as ProcedureFile;
const today = '2026-11-23';

beforeAll(async () => {
  cpSync('province/nghe-an', folder, { recursive: true });
  const second = { ...readBirth(), code: '9.000100', name: { vi: 'Đăng ký khai tử', en: 'Register a death' } };
  writeFileSync(join(folder, 'procedures/9.000100.json'), JSON.stringify(second));
  await loadProvinceUnits(context);
});

test('every procedure and form of the province that ships is right', () => {
  expect(readProvinceProcedures('province/nghe-an').defects).toEqual([]);
});

describe('loading a province', () => {
  test('publishes its procedures, has units offer them, and makes them findable; a second load changes nothing', async () => {
    const first = await loadProvinceProcedures(context);
    expect(first.changed).toBe(first.procedures);
    const birth = (await findProcedure(db.reader, '1.001193', today))!;
    expect(birth).toMatchObject({
      name: { vi: 'Đăng ký khai sinh' },
      onlineScope: 'full',
      status: 'published',
      number: 1,
    });
    expect((await getFormVersion(db.reader, birth.formVersionId!)).code).toBe('dang-ky-khai-sinh');
    const offers = await offersFor(db.reader, birth.id, today);
    expect(offers).toHaveLength(130);
    expect(offers.every((offer) => offer.receivingUnitId !== offer.unitId)).toBe(true);
    expect((await offersOf(db.reader, offers[0]!.unitId, today)).map((offer) => offer.code)).toContain('1.001193');
    const { hits } = await search(db.reader, { query: 'dang ky khai sih', locale: 'vi', kinds: ['procedure'] });
    expect(hits[0]?.refId).toBe('1.001193');
    expect((await search(db.reader, { query: 'register a birth', locale: 'en' })).hits[0]?.refId).toBe('1.001193');
    expect(await loadProvinceProcedures(context)).toMatchObject({ changed: 0, offersOpened: 0 });
  });

  test('is listed by field, level, audience and unit, with counts', async () => {
    const page = await listProcedures(db.reader, { onDate: today, field: 'ho-tich-chung-thuc', offeredOnly: true });
    expect(page.rows.map((row) => row.code)).toContain('1.001193');
    const counts = await countFacets(db.reader, { onDate: today });
    expect(counts.field['ho-tich-chung-thuc']).toBeGreaterThanOrEqual(1);
    expect(counts.level['commune']).toBeGreaterThanOrEqual(1);
    expect((await listProcedures(db.reader, { onDate: '2020-01-01' })).rows).toEqual([]);
    const small = await listProcedures(db.reader, { onDate: today }, { limit: 1 });
    const rest = await listProcedures(db.reader, { onDate: today }, { limit: 200, after: small.next });
    expect(rest.rows.map((row) => row.code)).not.toContain(small.rows[0]!.code);
    expect((await listProcedures(db.reader, { onDate: today }, { after: 'rubbish' })).rows.length).toBeGreaterThan(0);
  });

  test('a changed file is a new version from its day on; the version before it still holds on its days', async () => {
    writeFileSync(
      birthFile,
      JSON.stringify({ ...readBirth(), validFrom: '2026-12-01', decisionNumber: '999/QĐ-UBND' }),
    );
    expect(await loadProvinceProcedures(context)).toMatchObject({ changed: 1 });
    expect(await findProcedure(db.reader, '1.001193', '2026-11-30')).toMatchObject({
      decisionNumber: '163/QĐ-BTP',
      validTo: '2026-11-30',
    });
    expect(await findProcedure(db.reader, '1.001193', '2026-12-01')).toMatchObject({
      decisionNumber: '999/QĐ-UBND',
      validTo: null,
    });
    expect(await findProcedure(db.reader, '1.001193', '2025-06-30')).toBeUndefined();
    // The same day again: replaced, not doubled.
    writeFileSync(birthFile, JSON.stringify({ ...readBirth(), decisionNumber: '1000/QĐ-UBND' }));
    await loadProvinceProcedures(context);
    expect(await findProcedure(db.reader, '1.001193', '2026-12-01')).toMatchObject({ decisionNumber: '1000/QĐ-UBND' });
    expect((await listVersions(db.reader, '1.001193')).map((one) => one.status)).toEqual([
      'published',
      'retired',
      'published',
    ]);
  });

  test('a retired version holds no more; a stale change is refused', async () => {
    const newest = (await listVersions(db.reader, '1.001193'))[0]!;
    await expect(
      db.write((tx) => retireProcedure(tx, { versionId: newest.versionId, reason: 'x', rowVersion: 99 })),
    ).rejects.toThrow('platform.stale-version');
    await db.write((tx) => retireProcedure(tx, { versionId: newest.versionId, reason: 'Bãi bỏ' }));
    expect(await findProcedure(db.reader, '1.001193', '2026-12-05')).toBeUndefined();
    await expect(db.write((tx) => retireProcedure(tx, { versionId: newest.versionId, reason: 'x' }))).rejects.toThrow(
      'wrong-state',
    );
    await db.write((tx) => publishProcedure(tx, { versionId: newest.versionId }));
    expect(await findProcedure(db.reader, '1.001193', '2026-12-05')).toMatchObject({ number: newest.number });
  });

  test('a unit may promise less time than the law, never more, and may stop', async () => {
    const birth = (await findProcedure(db.reader, '1.001193', today))!;
    const offer = (await offersFor(db.reader, birth.id, today))[0]!;
    expect(timeLimitOf(birth, offer, 'online')).toMatchObject({ amount: 1, unit: 'workingDay' });
    await db.write((tx) => closeOffer(tx, { offerId: offer.id, lastDay: today }));
    expect(await findOfferOf(db.reader, birth.id, offer.unitId, '2026-11-24')).toBeUndefined();
    const again = (ownTime: { amount: number; unit: 'workingDay' }) =>
      db.write((tx) =>
        openOffers(tx, {
          code: '1.001193',
          validFrom: '2026-11-24',
          units: [{ unitId: offer.unitId, receivingUnitId: offer.receivingUnitId, ownTime }],
        }),
      );
    await expect(again({ amount: 2, unit: 'workingDay' })).rejects.toThrow('own-time-longer');
    expect(await again({ amount: 0.5, unit: 'workingDay' })).toEqual({ opened: 1 });
    expect(
      timeLimitOf(birth, (await findOfferOf(db.reader, birth.id, offer.unitId, '2026-11-24')) ?? null, 'online'),
    ).toMatchObject({ amount: 0.5 });
    expect(fixedFeeDong(channelOf(birth.content, 'online')!)).toBe(0);
  });

  test('a wrong file is left out, named, and the others are loaded', async () => {
    writeFileSync(join(folder, 'procedures/9.999999.json'), '{ not json');
    writeFileSync(join(folder, 'procedures/9.999998.json'), JSON.stringify({ ...readBirth(), field: 'khong-co' }));
    const { defects } = await loadProvinceProcedures(context);
    expect(defects.map((one) => one.file).toSorted()).toEqual(['procedures/9.999998.json', 'procedures/9.999999.json']);
  });
});

test('a procedure file is told what is wrong with it', () => {
  const file = readBirth();
  const places = (change: object) => checkProcedureFile({ ...file, ...change }).map((defect) => defect.place);
  expect(places({})).toEqual([]);
  expect(places({ code: 'x' })).toEqual(['/code']);
  expect(places({ surprise: 1 })).toEqual(['/']);
  expect(places({ validTo: '2020-01-01' })).toEqual(['/validTo']);
  expect(places({ validFrom: '2026-02-30' })).toEqual(['/validFrom']);
  expect(places({ online: { scope: 'partial' } })).toEqual(['/online/reason']);
  expect(places({ form: undefined })).toEqual(['/form']);
  expect(places({ steps: file.steps.slice(1) })).toEqual(['/steps/0/kind']);
  expect(places({ channels: [file.channels[0], file.channels[0]] })).toEqual(['/channels']);
  for (const wrong of [null, 1, 'x', [], {}]) expect(checkProcedureFile(wrong).length).toBeGreaterThan(0);
});
