import { beforeAll, describe, expect, test } from 'vitest';
import { loadProvinceUnits } from '../../foundation/organisations/index.ts';
import { search } from '../../foundation/search/index.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen, signedInOfficial, type SignedIn } from '../../testing/people.ts';
import { loadProvinceProcedures } from './load-province.ts';
import { listOpenOffers } from './offer-change-queries.ts';
import { offersFor } from './offer-queries.ts';
import { refreshTurned } from './procedure-jobs.ts';
import { findProcedure } from './procedure-queries.ts';

const app = await testApp();
const today = '2026-11-23';
const code = '1.001193';
const at = `/quan-tri/thu-tuc/${code}/don-vi`;
let admin: SignedIn;
let procedureId = '';
const open = () => listOpenOffers(app.db.reader, procedureId, today);
/** A form with fields that repeat. */
const post = (url: string, fields: [string, string][]) => admin.post(url, fields);

beforeAll(async () => {
  await loadProvinceUnits(app.context);
  await loadProvinceProcedures(app.context);
  admin = await signedInOfficial(app, ['procedures.manage']);
  procedureId = (await findProcedure(app.db.reader, code, today))!.id;
});

describe('the offers of a procedure', () => {
  test('are listed, narrowed without marks and exported; only for those who may', async () => {
    const list = await admin.get(at);
    expect(list.body).toContain('130 đơn vị');
    expect(list.body.match(/<button[^>]*name="act"[^>]*data-turbo="false"/g)).toHaveLength(2);
    expect((await admin.get(`${at}?tim=truong%20vinh`)).body).toContain('Trường Vinh');
    expect((await admin.get(`${at}?tim=khong-co`)).body).toContain('Chưa có đơn vị nào');
    expect((await admin.get(`${at}/xuat/csv?tim=truong%20vinh`)).body.trim().split('\n').length).toBeGreaterThan(1);
    expect((await (await signedInCitizen(app)).get(at)).statusCode).toBe(403);
    expect((await admin.get('/quan-tri/thu-tuc/9.999999/don-vi')).statusCode).toBe(404);
    expect((await admin.get(`${at}?sau=-5`)).statusCode).toBe(200);
  });

  test('end after a last day for many units at once, and those units may open again later', async () => {
    const [a, b] = await open();
    const ticks: [string, string][] = [
      ['id', a!.id],
      ['id', b!.id],
      ['id', 'x'],
      ['act', 'close'],
    ];
    const asked = await post(`${at}/thay-doi`, ticks);
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain('2 đơn vị đã chọn');
    const wrong = await post(`${at}/thay-doi`, [...ticks, ['confirmed', 'yes'], ['lastDay', '31/02/2027']]);
    expect([wrong.statusCode, wrong.body.includes('Ngày chưa đúng')]).toEqual([422, true]);
    const past = await post(`${at}/thay-doi`, [...ticks, ['confirmed', 'yes'], ['lastDay', '1/1/2020']]);
    expect(past.body).toContain('không được trước hôm nay');
    const done = await post(`${at}/thay-doi`, [...ticks, ['confirmed', 'yes'], ['lastDay', '30/11/2026']]);
    expect(done.headers.location).toBe(`${at}?xong=closed&so=2`);
    expect((await offersFor(app.db.reader, procedureId, '2026-12-01')).length).toBe(128);
    const again = await post(`${at}/mo`, [
      ['unit', a!.unitId],
      ['validFrom', '15/12/2026'],
      ['receivedAt', 'own'],
    ]);
    expect(again.headers.location).toContain('so=1');
    const later = (await open()).find((offer) => offer.validFrom === '2026-12-15');
    expect(later).toMatchObject({ unitId: a!.unitId, receivingUnitId: a!.unitId });
  });

  test('carry a shorter time limit of their own, never a longer one', async () => {
    const [, , c] = await open();
    const tick: [string, string][] = [
      ['id', c!.id],
      ['act', 'time'],
      ['confirmed', 'yes'],
      ['timeUnit', 'workingDay'],
    ];
    const long = await post(`${at}/thay-doi`, [...tick, ['amount', '99']]);
    expect([long.statusCode, long.body.includes('không được dài hơn')]).toEqual([422, true]);
    for (const amount of ['0', '-1', 'ba', '1e3'])
      expect((await post(`${at}/thay-doi`, [...tick, ['amount', amount]])).statusCode).toBe(422);
    expect((await post(`${at}/thay-doi`, [...tick, ['amount', '0,5']])).statusCode).toBe(303);
    const ownTime = async () => (await open()).find((offer) => offer.id === c!.id)?.ownTime;
    expect(await ownTime()).toEqual({ amount: 0.5, unit: 'workingDay' });
    expect((await post(`${at}/thay-doi`, [...tick, ['amount', '']])).statusCode).toBe(303);
    expect(await ownTime()).toBeNull();
  });

  test('open for a whole kind; units that offer it already are left alone', async () => {
    const empty = await post(`${at}/mo`, [['validFrom', '1/12/2026']]);
    expect([empty.statusCode, empty.body.includes('chọn ít nhất một đơn vị')]).toEqual([422, true]);
    const communes = await post(`${at}/mo`, [
      ['kind', 'commune'],
      ['validFrom', '01/12/2026'],
      ['receivedAt', 'centre'],
    ]);
    expect(communes.headers.location).toMatch(/xong=opened&so=\d+$/);
    const departments = await post(`${at}/mo`, [
      ['kind', 'department'],
      ['validFrom', '01/12/2026'],
    ]);
    expect(Number(/so=(\d+)/.exec(String(departments.headers.location))?.[1])).toBeGreaterThan(5);
    expect((await admin.get(`${at}/mo?tim=so%20noi%20vu`)).body).toContain('Sở Nội vụ');
  });

  test('a procedure of which the last offer has ended is no longer found as offered the morning after', async () => {
    const isFound = async () => {
      const found = await search(app.db.reader, {
        query: code,
        locale: 'vi',
        kinds: ['procedure'],
        facets: ['offered'],
        limit: 5,
      });
      return found.hits.some((hit) => hit.refId === code);
    };
    const ticks = (await open()).map((offer): [string, string] => ['id', offer.id]);
    expect(await isFound()).toBe(true);
    await post(`${at}/thay-doi`, [...ticks, ['act', 'close'], ['confirmed', 'yes'], ['lastDay', '31/12/2026']]);
    app.db.clock.set('2027-01-01T00:05:00+07:00');
    expect(await refreshTurned({ ...app.context, requestId: 'test' })).toBeGreaterThan(0);
    expect(await isFound()).toBe(false);
  });
});
