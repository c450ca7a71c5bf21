import { describe, expect, test } from 'vitest';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agencyScheme } from '../rules/index.ts';
import { loadAddressBook } from './address-book.ts';
import { exampleName } from './demo-staff.ts';
import { planProvince } from './load-province-units.ts';
import { provinceOf } from './province-file.ts';
import { idOfKey } from './province-units.ts';
import { isId } from '../../platform/ids.ts';
import { englishPlaceName, placeInSentence } from './territory.ts';

const folder = 'province/nghe-an';

describe('the units of Nghệ An', () => {
  const plan = planProvince(folder);
  const on = async (day: string, kind: string) =>
    (await plan).units.filter(
      (unit) => unit.kind === kind && unit.validFrom <= day && (unit.validTo === null || unit.validTo >= day),
    );

  test.each([
    ['2018-03-12', 'department', 20],
    ['2025-02-28', 'department', 20],
    ['2025-03-01', 'department', 14],
    ['2018-03-12', 'district', 21],
    ['2018-03-12', 'commune', 480],
    ['2025-06-30', 'commune', 480],
    ['2025-07-01', 'commune', 130],
    ['2026-11-22', 'district', 0],
    ['2026-11-22', 'commune', 130],
  ])('on %s there are as many of kind %s as the law says: %i', async (day, kind, count) => {
    expect(await on(day, kind)).toHaveLength(count);
  });

  test('every commune of today has its public administration service centre', async () => {
    const centres = await on('2026-11-22', 'centre');
    expect(centres.filter((unit) => unit.parentKey?.startsWith('gso:'))).toHaveLength(130);
  });

  test('no two units have one identifier on one day, and every identifier has the shape of its scheme', async () => {
    const seen = new Set<string>();
    for (const unit of (await plan).units)
      for (const { code, scheme } of unit.codes) {
        expect(agencyScheme(code), `${unit.key} ${code}`).toBe(scheme);
        expect(seen.has(code), `${unit.key} ${code}`).toBe(false);
        seen.add(code);
      }
  });

  test('only the identifiers of the province itself are not marked as examples', async () => {
    const real = (await plan).units.flatMap((unit) =>
      unit.codes.filter((code) => !code.isExample).map((code) => code.code),
    );
    expect(real).toEqual(['000.00.00.H41', 'H41']);
  });

  test('ids follow from keys, so that two installations agree', async () => {
    expect(idOfKey('unit', 'gso:16681')).toBe(idOfKey('unit', 'gso:16681'));
    expect(isId(idOfKey('unit', 'gso:16681'))).toBe(true);
    expect(new Set((await plan).units.map((unit) => unit.id)).size).toBe((await plan).units.length);
  });
});

describe('names of places', () => {
  test.each([
    ['Phường Bến Thuỷ', 'phường Bến Thuỷ', 'Ben Thuy Ward'],
    ['Thị trấn Kim Sơn', 'thị trấn Kim Sơn', 'Kim Son Township'],
    ['Thành phố Vinh', 'thành phố Vinh', 'Vinh City'],
    ['Quận 1', 'quận 1', 'District 1'],
    ['Đặc khu Phú Quốc', 'đặc khu Phú Quốc', 'Phu Quoc Special Zone'],
    ['Vùng lạ', 'Vùng lạ', 'Vung la'],
  ])('%s', (name, inSentence, english) => {
    expect(placeInSentence(name)).toBe(inSentence);
    expect(englishPlaceName(name)).toBe(english);
  });
});

describe('the address book', () => {
  test('has three tiers on 30 June 2025 and two the day after', async () => {
    const book = await loadAddressBook();
    const before = book.unitsOn('2025-06-30');
    expect(before.hasDistricts).toBe(true);
    expect(before.provinces()).toHaveLength(63);
    expect(before.children('40')).toHaveLength(21);
    expect(before.children('412').map((place) => place.name)).toContain('Phường Bến Thủy');
    const after = book.unitsOn('2025-07-01');
    expect(after.hasDistricts).toBe(false);
    expect(after.provinces()).toHaveLength(34);
    expect(after.children('40')).toHaveLength(130);
    expect(after.children('16681')).toEqual([]);
    expect(after.children('no such code')).toEqual([]);
  });

  test('lists places in Vietnamese order', async () => {
    const names = (await loadAddressBook())
      .unitsOn('2026-01-01')
      .provinces()
      .map((place) => place.name);
    expect(names).toEqual(names.toSorted(new Intl.Collator('vi', { numeric: true }).compare));
  });
});

describe('a province folder', () => {
  const write = (name: string, content: string) => {
    const own = mkdtempSync(join(tmpdir(), 'sen-province-'));
    writeFileSync(join(own, name), content);
    return own;
  };
  const province = (facts: object) => JSON.stringify({ ...provinceOf({ provinceFolder: folder }), ...facts });

  test('gives names in both languages', () => {
    expect(provinceOf({ provinceFolder: folder }).shortName).toEqual({ vi: 'Nghệ An', en: 'Nghe An' });
  });
  test('that is missing is one clear sentence', () => {
    expect(() => provinceOf({ provinceFolder: '/nowhere' })).toThrow(
      /province\.json cannot be read: SEN_PROVINCE must name a folder/,
    );
  });
  test('with broken JSON names the file', () => {
    expect(() => provinceOf({ provinceFolder: write('province.json', '{ "name": ') })).toThrow(
      /province\.json is not valid JSON/,
    );
  });
  test.each([
    [{ gsoCode: 'x' }, /\/gsoCode must match pattern/],
    [{ hotline: '' }, /\/hotline/],
    [{ theme: { primary: 'red;}', accent: '#000000' } }, /\/theme\/primary/],
    [{ surprise: 1 }, /must NOT have additional properties \(surprise\)/],
  ])('with a wrong value %j names the place', (facts, message) => {
    expect(() => provinceOf({ provinceFolder: write('province.json', province(facts)) })).toThrow(message);
  });
});

test('invented people have names of two to four words, and the same number gives the same person', () => {
  const names = Array.from({ length: 500 }, (_, i) => exampleName(i));
  for (const name of names) expect(name.split(' ').length).toBeGreaterThanOrEqual(3);
  expect(exampleName(7)).toBe(names[7]);
  expect(new Set(names).size).toBeGreaterThan(300);
});
