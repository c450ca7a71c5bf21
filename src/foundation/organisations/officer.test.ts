import { isDate, parseDay, shiftDay } from '../../platform/day.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOfficerForm, tidyName, tidyPhone } from './officer.ts';
import { readUnitForm } from './unit.ts';

const form = (fields: Record<string, string>) => new URLSearchParams(fields);

describe('an officer as typed', () => {
  test.each([
    ['  nguyễn   văn an ', 'nguyễn văn an'],
    ['NGUYỄN THỊ HOÀ', 'Nguyễn Thị Hoà'],
    ["H'HEN NIÊ", "H'Hen Niê"],
    ['A', 'A'],
  ])('a name is tidied: %s', (typed, tidy) => expect(tidyName(typed)).toBe(tidy));

  test('decomposed letters become whole ones', () => {
    expect(tidyName('Nguyễn'.normalize('NFD'))).toBe('Nguyễn');
  });

  test.each([
    ['0912 345 678', '0912345678'],
    ['+84 912.345.678', '0912345678'],
    ['(024) 3825-1234', '02438251234'],
    ['113', null],
    ['09123456789012', null],
    ['abc', null],
  ])('a telephone number: %s', (typed, phone) => expect(tidyPhone(typed)).toBe(phone));

  test.each([
    [{}, { fullName: 'missing', staffCode: 'missing' }],
    [{ fullName: 'An', staffCode: 'a b' }, { staffCode: 'wrong' }],
    [{ fullName: '<script>', staffCode: 'CB01' }, { fullName: 'wrong' }],
    [{ fullName: 'x'.repeat(201), staffCode: 'CB01' }, { fullName: 'too-long' }],
    [
      { fullName: 'An', staffCode: 'CB01', email: 'an@', phone: '12' },
      { email: 'wrong', phone: 'wrong' },
    ],
    [{ fullName: 'An', staffCode: 'CB01', email: 'An@Example.VN' }, {}],
  ])('%j has errors %j', (fields, errors) => {
    expect(readOfficerForm(form(fields as Record<string, string>)).errors).toEqual(errors);
  });

  test('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'binary' })), (fields) => {
        expect(readOfficerForm(form(fields)).value.fullName.length).toBeGreaterThanOrEqual(0);
        expect(readUnitForm(form(fields)).value.tier).toBeDefined();
      }),
    );
  });
});

describe('a unit as typed', () => {
  const good = { nameVi: 'Phòng Nội vụ', kind: 'division', decisionNumber: '12/QĐ-UBND', validFrom: '2026-01-01' };
  test('takes the Vietnamese name where the English or the short one is missing', () => {
    const { value, errors } = readUnitForm(form(good));
    expect(errors).toEqual({});
    expect(value).toMatchObject({ nameEn: 'Phòng Nội vụ', shortName: 'Phòng Nội vụ', parentId: null, tier: 1 });
  });
  test.each([
    [{ ...good, validFrom: '2026-02-30' }, { validFrom: 'not-a-date' }],
    [{ ...good, tier: '0' }, { tier: 'wrong' }],
    [{ ...good, tier: '1.5' }, { tier: 'wrong' }],
    [{ ...good, kind: 'Drop Table' }, { kind: 'wrong' }],
    [{ ...good, nameVi: 'x'.repeat(301) }, { nameVi: 'too-long' }],
    [{}, { nameVi: 'missing', kind: 'missing', decisionNumber: 'missing', validFrom: 'missing' }],
  ])('%j has errors %j', (fields, errors) =>
    expect(readUnitForm(form(fields as Record<string, string>)).errors).toEqual(errors),
  );
});

describe('days', () => {
  test.each([
    ['1/7/2025', '2025-07-01'],
    ['01-07-2025', '2025-07-01'],
    ['2025-07-01', '2025-07-01'],
    ['29/2/2024', '2024-02-29'],
    ['29/2/2025', null],
    ['31/4/2025', null],
    ['1/7/25', null],
    ['', null],
  ])('%s is %s', (typed, day) => expect(parseDay(typed)).toBe(day));
  test('shifting a day forth and back is the same day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80_000 }), fc.integer({ min: -5000, max: 5000 }), (n, by) => {
        const day = shiftDay('1910-01-01', n);
        fc.pre(isDate(day));
        expect(shiftDay(shiftDay(day, by), -by)).toBe(day);
      }),
    );
  });
});
