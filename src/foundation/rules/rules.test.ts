import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProblem } from '../../platform/problems.ts';
import {
  agencyScheme,
  formatDossierCode,
  formatResultCode,
  isAgencyIdentifier,
  parseDossierCode,
  parseResultCode,
  rulePack,
  rulePacks,
  rulesOn,
  sequenceExhausted,
  statutoryHolidays,
} from './index.ts';

describe('rule packs by date', () => {
  test.each([
    ['2014-05-01', 'vn-2018'],
    ['2018-06-20', 'vn-2018'],
    ['2018-06-21', 'vn-2018'],
    ['2025-06-30', 'vn-2018'],
    ['2025-07-01', 'vn-2026'],
    ['2026-11-22', 'vn-2026'],
    ['2040-01-01', 'vn-2026'],
  ])('%s is judged by %s', (date, id) => expect(rulesOn(date).id).toBe(id));

  test.each([
    '',
    '2026',
    '2026-02-29',
    '2026-13-01',
    '22/11/2026',
    '2026-11-22T00:00:00Z',
    '2026-1-2',
    "'; drop table",
  ])('what is no date is refused: %j', (text) => expect(() => rulesOn(text)).toThrow(RangeError));

  test('packs follow one another without a gap or an overlap, and only the last is open', () => {
    rulePacks.slice(1).forEach((pack, index) => {
      const before = rulePacks[index]!.validTo!;
      expect(new Date(Date.parse(before) + 86_400_000).toISOString().slice(0, 10)).toBe(pack.validFrom);
    });
    expect(rulePacks.map((pack) => pack.validTo === null)).toEqual([false, true]);
  });

  test('a stored id gives its pack; an unknown one is refused', () => {
    for (const pack of rulePacks) expect(rulePack(pack.id)).toBe(pack);
    expect(() => rulePack('vn-1999' as 'vn-2018')).toThrow(RangeError);
  });

  test('every rule says where it comes from, and what people read is there in both languages', () => {
    const texts: { path: string; text: string }[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, part] of Object.entries(value)) {
        if (typeof part === 'string' && ['source', 'vi', 'en'].includes(key))
          texts.push({ path: `${path}.${key}`, text: part });
        walk(part, `${path}.${key}`);
      }
    };
    for (const pack of rulePacks) walk(pack, pack.id);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter(({ text }) => text.trim() === '' || text !== text.normalize('NFC'))).toEqual([]);
    expect(texts.filter(({ path }) => path.endsWith('.vi')).length).toBe(
      texts.filter(({ path }) => path.endsWith('.en')).length,
    );
  });

  test('three tiers before July 2025, two after', () => {
    expect(rulesOn('2025-06-30').tiers.levels.map((l) => l.tier)).toEqual(['province', 'district', 'commune']);
    expect(rulesOn('2025-07-01').tiers.levels.map((l) => l.tier)).toEqual(['province', 'commune']);
  });

  test('six printed forms, then seven with the notice of stopping', () => {
    expect(rulePack('vn-2018').forms.list.map((f) => f.number)).toEqual(['01', '02', '03', '04', '05', '06']);
    expect(rulePack('vn-2026').forms.list.map((f) => f.number)).toEqual(['01', '02', '03', '04', '05', '06', '07']);
    expect(rulePack('vn-2026').forms.list.find((f) => f.kind === 'stopNotice')?.number).toBe('05');
  });

  test('ten national states; the end time is looked for in 9, then 10, then the other ends', () => {
    const { list } = rulePack('vn-2026').states;
    expect(list.map((s) => s.code)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(
      list
        .filter((s) => s.onTimeRank !== null)
        .sort((a, b) => a.onTimeRank! - b.onTimeRank!)
        .map((s) => s.code),
    ).toEqual([9, 10, 3, 7, 8]);
  });

  test('the decree restarts, the national figures subtract and allow one request', () => {
    for (const { supplement } of rulePacks) {
      expect(supplement.decree.clock).toBe('restart');
      expect(supplement.nationalFigures).toMatchObject({ clock: 'subtract', maxRequests: 1 });
    }
  });
});

describe('agency identifiers', () => {
  test.each([
    ['000.00.00.H41', 'qcvn102'],
    ['000.00.12.H30', 'qcvn102'],
    ['H41', 'qd20'],
    ['H41.12.03', 'qd20'],
    ['G09.20', 'qd20'],
    ['H41.A1B2', 'qd20'],
  ])('%s follows %s', (identifier, scheme) => expect(agencyScheme(identifier)).toBe(scheme));

  test.each([
    '',
    'h41',
    'Z01',
    'H4',
    'H411',
    'H41.',
    'H41..1',
    'H41 .1',
    '00.00.00.H41',
    '000.00.00.Z41',
    `H41.${'1'.repeat(32)}`,
    'H41\n',
    'Đ41',
  ])('refused: %j', (identifier) => expect(isAgencyIdentifier(identifier)).toBe(false));
});

const dateArb = (from: string, to: string) =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10));
const pad = (n: number, digits: number) => String(n).padStart(digits, '0');

describe('dossier and result codes', () => {
  test('the examples of the two eras', () => {
    expect(formatDossierCode(rulePack('vn-2018'), { agency: '000.00.12.H41', date: '2018-03-12', sequence: 1 })).toBe(
      '000.00.12.H41-180312-0001',
    );
    expect(formatDossierCode(rulePack('vn-2026'), { agency: 'H41.12', date: '2026-11-22', sequence: 1 })).toBe(
      'H41.12-20261122-0000001',
    );
    expect(parseDossierCode('G09.20-20260609-0092637')).toEqual({
      agency: 'G09.20',
      date: '2026-06-09',
      sequence: 92_637,
    });
    expect(parseDossierCode('000.00.53.H48-220921-0099')).toEqual({
      agency: '000.00.53.H48',
      date: '2022-09-21',
      sequence: 99,
    });
  });

  test('codes are read back as they were written', () => {
    const old = fc.record({
      agency: fc
        .tuple(fc.nat(999), fc.nat(99), fc.nat(99))
        .map(([v, z, y]) => `${pad(v, 3)}.${pad(z, 2)}.${pad(y, 2)}.H41`),
      date: dateArb('2000-01-01', '2099-12-31'),
      sequence: fc.integer({ min: 1, max: 9999 }),
    });
    const today = fc.record({
      agency: fc
        .array(fc.stringMatching(/^[0-9A-Z]{1,4}$/), { maxLength: 5 })
        .map((groups) => ['H41', ...groups].join('.')),
      date: dateArb('1990-01-01', '2199-12-31'),
      sequence: fc.integer({ min: 1, max: 9_999_999 }),
    });
    fc.assert(
      fc.property(old, (code) => {
        expect(parseDossierCode(formatDossierCode(rulePack('vn-2018'), code))).toEqual(code);
      }),
    );
    fc.assert(
      fc.property(today, (code) => {
        expect(parseDossierCode(formatDossierCode(rulePack('vn-2026'), code))).toEqual(code);
      }),
    );
    fc.assert(
      fc.property(today, fc.integer({ min: 1, max: 999_999 }), (code, ordinal) => {
        const dossierCode = formatDossierCode(rulePack('vn-2026'), code);
        expect(parseResultCode(formatResultCode(dossierCode, ordinal))).toEqual({ dossierCode, ordinal });
      }),
    );
  });

  test('any text is either a code or null, never an exception', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect([parseDossierCode(text), parseResultCode(text)].every((code) => typeof code === 'object')).toBe(true);
      }),
    );
  });

  test.each([
    '',
    'H41',
    'H41-20261122',
    'H41-20261122-1',
    'H41-20260230-0000001',
    'H41-20261122-0000000',
    'h41-20261122-0000001',
    'H41-261122-0000001',
    'H41-20261122-0001',
    ' H41-20261122-0000001',
    'H41-20261122-0000001\n',
    `H41.${'1'.repeat(40)}-20261122-0000001`,
  ])('no dossier code: %j', (text) => expect(parseDossierCode(text)).toBeNull());

  test('the ten-thousandth dossier of a day is refused clearly in 2018 and has its number in 2026', () => {
    const tenThousandth = { date: '2018-12-03', sequence: 10_000 };
    let thrown: unknown;
    try {
      formatDossierCode(rulePack('vn-2018'), { agency: '000.00.12.H41', ...tenThousandth });
    } catch (error) {
      thrown = error;
    }
    expect(isProblem(thrown, sequenceExhausted)).toBe(true);
    expect(formatDossierCode(rulePack('vn-2026'), { agency: 'H41', ...tenThousandth })).toBe('H41-20181203-0010000');
  });

  test('an agency of the wrong scheme, a number that is none and a result of no dossier are refused', () => {
    const pack = rulePack('vn-2026');
    expect(() => formatDossierCode(pack, { agency: '000.00.12.H41', date: '2026-11-22', sequence: 1 })).toThrow(
      RangeError,
    );
    for (const sequence of [0, -1, 1.5, Number.NaN, Infinity])
      expect(() => formatDossierCode(pack, { agency: 'H41', date: '2026-11-22', sequence })).toThrow(RangeError);
    expect(() => formatResultCode('H41', 1)).toThrow(RangeError);
    expect(() => formatResultCode('H41-20261122-0000001', 0)).toThrow(RangeError);
    expect(parseResultCode('H41-20261122-0000001-KQ2')).toEqual({ dossierCode: 'H41-20261122-0000001', ordinal: 2 });
  });
});

describe('public holidays of a year', () => {
  test('one day of National Day until 2020, two since; Culture Day since 2026', () => {
    const days = (year: number, id: string) => statutoryHolidays(year).find((h) => h.id === id)?.days ?? 0;
    expect([2020, 2021].map((y) => days(y, 'national'))).toEqual([1, 2]);
    expect([2025, 2026].map((y) => days(y, 'culture'))).toEqual([0, 1]);
    expect([2014, 2025, 2026].map((y) => statutoryHolidays(y).reduce((sum, h) => sum + h.days, 0))).toEqual([
      10, 11, 12,
    ]);
  });
});
