import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOfBound, parseAnswer, readNumber, type Answer } from './answers.ts';
import { identityFacts, isBusinessNumber, isIdentityNumber, isTaxCode, taxCheckDigit } from './codes.ts';
import { compiledContract } from './contract.ts';
import { addDays, addMonths, ageOn, isDay } from './logic.ts';
import { aForm, words } from './testing.ts';
import type { AnswerField, FieldType } from './definition.ts';

const field = (type: FieldType, extra: object = {}): AnswerField =>
  ({
    name: 'a',
    type,
    label: words('Mục'),
    ...(type === 'file' ? { accept: ['pdf'], maxFiles: 3 } : {}),
    ...(type === 'declaration' ? { text: words('Tôi cam đoan') } : {}),
    ...extra,
  }) as AnswerField;
const parse = (type: FieldType, typed: string, extra: object = {}): Answer =>
  parseAnswer(field(type, extra), { '': [typed] });
/** Parsed, and accepted by the contract: what the engine would keep. */
const contracts = new Map<string, ReturnType<typeof compiledContract>>();
const contract = (type: FieldType, extra: object) => {
  const key = JSON.stringify([type, extra]);
  const known = contracts.get(key) ?? compiledContract(aForm([[field(type, extra)]]));
  contracts.set(key, known);
  return known;
};
const accepts = (type: FieldType, typed: string, extra: object = {}): boolean => {
  const answer = parse(type, typed, extra);
  return answer.kind === 'value' && contract(type, extra)({ a: answer.value });
};
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const provinces = fc.constantFrom('001', '038', '040', '042', '079', '096');

describe('identity numbers', () => {
  const valid = fc
    .tuple(provinces, fc.integer({ min: 0, max: 3 }), digits(2), digits(6))
    .map((parts) => parts.join(''));
  test('what follows the structure is accepted, also with blanks and dots', () => {
    fc.assert(
      fc.property(valid, (number) => {
        expect(accepts('identityNumber', number)).toBe(true);
        expect(accepts('identityNumber', ` ${number.slice(0, 3)} ${number.slice(3, 6)}.${number.slice(6)} `)).toBe(
          true,
        );
      }),
    );
  });
  test('a digit more or less, a letter, or a code of no province is refused', () => {
    fc.assert(
      fc.property(valid, fc.nat({ max: 11 }), (number, at) => {
        expect(accepts('identityNumber', number.slice(0, at) + number.slice(at + 1))).toBe(false);
        expect(accepts('identityNumber', `${number}0`)).toBe(false);
        expect(accepts('identityNumber', `${number.slice(0, at)}x${number.slice(at + 1)}`)).toBe(false);
        expect(accepts('identityNumber', `003${number.slice(3)}`)).toBe(false);
      }),
    );
  });
  test('century, gender and year are read', () => {
    expect(identityFacts('040195000012')).toEqual({ placeCode: '040', gender: 'female', birthYear: 1995 });
    expect(identityFacts('040206000012')).toEqual({ placeCode: '040', gender: 'male', birthYear: 2006 });
    expect(isIdentityNumber('040206000012', 2005)).toBe(false);
  });
  test('nine digits only where the form allows them', () => {
    expect(accepts('identityNumber', '182345678')).toBe(false);
    expect(accepts('identityNumber', '182345678', { allowOld: true })).toBe(true);
    expect(accepts('identityNumber', '111111111', { allowOld: true })).toBe(false);
  });
});

describe('tax codes', () => {
  const nine = digits(9).filter((text) => taxCheckDigit(text) !== null);
  test('the check digit decides; every single wrong digit is found', () => {
    fc.assert(
      fc.property(nine, fc.nat({ max: 9 }), fc.integer({ min: 1, max: 9 }), (first, at, shift) => {
        const code = `${first}${taxCheckDigit(first)}`;
        expect(accepts('taxCode', code)).toBe(true);
        expect(accepts('taxCode', `${code}-001`)).toBe(true);
        expect(accepts('taxCode', `${code} 001`)).toBe(true);
        expect(accepts('taxCode', `${code}-000`)).toBe(false);
        expect(isBusinessNumber(code)).toBe(true);
        const wrong = `${code.slice(0, at)}${(Number(code[at]) + shift) % 10}${code.slice(at + 1)}`;
        expect(isTaxCode(wrong)).toBe(false);
      }),
    );
  });
  test('published codes are right', () => {
    // Numbers printed on public invoices: Viettel, FPT, Vinamilk.
    for (const code of ['0100109106', '0101248141', '0300588569']) expect(isTaxCode(code)).toBe(true);
  });
});

describe('phone and e-mail', () => {
  const valid = fc.tuple(fc.constantFrom('03', '05', '07', '08', '09'), digits(8)).map((parts) => parts.join(''));
  test('mobile numbers are normalised from the ways people write them', () => {
    fc.assert(
      fc.property(valid, (number) => {
        const rest = number.slice(1);
        for (const typed of [
          number,
          `+84${rest}`,
          `84 ${rest}`,
          `${number.slice(0, 4)} ${number.slice(4, 7)}.${number.slice(7)}`,
        ]) {
          expect(parse('phone', typed)).toEqual({ kind: 'value', value: number });
        }
        expect(accepts('phone', number)).toBe(true);
        expect(accepts('phone', number.slice(1))).toBe(false);
        expect(accepts('phone', `${number}1`)).toBe(false);
        expect(accepts('phone', `01${number.slice(2)}`)).toBe(false);
      }),
    );
  });
  test('fixed lines only where the form allows them', () => {
    expect(accepts('phone', '0238 3844 522')).toBe(false);
    expect(accepts('phone', '0238 3844 522', { allowLandline: true })).toBe(true);
  });
  test.each(['a@b.vn', 'nguyen.van+a@mail.nghean.gov.vn'])('%s is an address', (text) =>
    expect(accepts('email', text)).toBe(true),
  );
  test.each([
    'a@b',
    'a b@c.vn',
    '@c.vn',
    'a@.vn',
    'a@b..vn',
    'a@b.vn,c@d.vn',
    `${'a'.repeat(250)}@b.vn`,
    '<a@b.vn>',
    'a@b.vn\nBcc: c@d.vn',
  ])('%j is none', (text) => expect(accepts('email', text)).toBe(false));
});

describe('numbers', () => {
  test('whole amounts come back from the way they are shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (amount) => {
        const shown = String(amount).replaceAll(/\B(?=(\d{3})+$)/g, '.');
        for (const typed of [
          String(amount),
          shown,
          `${shown} đ`,
          shown.replaceAll('.', ','),
          shown.replaceAll('.', ' '),
          `${shown} đồng`,
        ]) {
          expect(parse('money', typed)).toEqual({ kind: 'value', value: amount });
        }
      }),
    );
  });
  test.each([
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['0,125', 0.125],
    ['0.125', 0.125],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['-3,5', -3.5],
    ['1.250.000', 1_250_000],
    ['１２', 12],
    ['1.234.5', null],
    ['1..2', null],
    ['1e5', null],
    ['0x10', null],
    ['Infinity', null],
    ['', null],
    ['12a', null],
    ['1234567890123456789', null],
  ])('%j reads as %j', (typed, expected) => expect(readNumber(typed)).toBe(expected));
  test('money is never negative, a fraction or beyond the limit', () => {
    for (const typed of ['-1', '1,5', '1.5', '1000000000000000', 'mười', 'NaN'])
      expect(accepts('money', typed)).toBe(false);
  });
  test('a whole number with a fraction is refused', () => expect(accepts('integer', '1,5')).toBe(false));
});

describe('dates', () => {
  const date = (day: string, month: string, year: string) =>
    parseAnswer(field('date'), { day: [day], month: [month], year: [year] });
  test('every day that exists is read, with or without leading zeros', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }), (d) => {
        const iso = d.toISOString().slice(0, 10);
        const [year = '', month = '', day = ''] = iso.split('-');
        expect(date(day, month, year)).toEqual({ kind: 'value', value: iso });
        expect(date(String(Number(day)), String(Number(month)), year)).toEqual({ kind: 'value', value: iso });
      }),
    );
  });
  test('days that do not exist and parts that are missing are refused at the part', () => {
    expect(date('29', '2', '2023')).toEqual({ kind: 'wrong', reason: 'format', part: 'day' });
    expect(date('31', '4', '2024').kind).toBe('wrong');
    expect(date('1', '13', '2024').kind).toBe('wrong');
    expect(date('1', '', '2024')).toEqual({ kind: 'wrong', reason: 'format', part: 'month' });
    expect(date('1', '1', '24')).toEqual({ kind: 'wrong', reason: 'format', part: 'year' });
    expect(date('', '', '')).toEqual({ kind: 'empty' });
  });
  test('bounds', () => {
    expect(dayOfBound('today', '2026-11-22')).toBe('2026-11-22');
    expect(dayOfBound('today-18y', '2028-02-29')).toBe('2010-02-28');
    expect(dayOfBound('today+30d', '2026-12-15')).toBe('2027-01-14');
    expect(dayOfBound('today-1m', '2026-03-31')).toBe('2026-02-28');
    expect(dayOfBound('2023-02-29', '2026-01-01')).toBe(null);
  });
  test('adding days is undone by taking them away; months keep to the calendar; age counts birthdays', () => {
    const day = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (iso, n) => {
        expect(addDays(addDays(iso, n), -n)).toBe(iso);
        expect(isDay(addMonths(iso, Math.trunc(n / 40)))).toBe(true);
      }),
    );
    expect(ageOn('2008-11-23', '2026-11-22')).toBe(17);
    expect(ageOn('2008-11-22', '2026-11-22')).toBe(18);
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
  });
});

describe('text', () => {
  test('is composed, trimmed and of one line', () => {
    expect(parse('text', '  Nguyê\u0303n   Văn\u00a0A \n')).toEqual({ kind: 'value', value: 'Nguyễn Văn A' });
    expect(parse('longText', ' a \r\n\r\n\r\n\r\n\r\nb ')).toEqual({ kind: 'value', value: 'a\n\n\nb' });
    expect(parse('text', '   ')).toEqual({ kind: 'empty' });
  });
  test.each(['a\u0000b', 'a\u001bb', 'a\u202eb', 'a\ud800b', '\ufeffa', 'a\u0085b'])('%j is refused', (text) => {
    expect(parse('text', text)).toEqual({ kind: 'wrong', reason: 'characters' });
  });
  test('markup is just text', () => {
    expect(parse('text', '<script>alert(1)</script>')).toEqual({ kind: 'value', value: '<script>alert(1)</script>' });
  });
  test('no field takes more than its limit', () => {
    expect(accepts('text', 'a'.repeat(200))).toBe(true);
    expect(accepts('text', 'a'.repeat(201))).toBe(false);
    expect(accepts('longText', 'a'.repeat(4001))).toBe(false);
  });
});

test('no parser throws, whatever is typed', () => {
  const types: FieldType[] = [
    'text',
    'longText',
    'integer',
    'decimal',
    'money',
    'date',
    'identityNumber',
    'taxCode',
    'businessNumber',
    'phone',
    'email',
    'yesNo',
    'radios',
    'select',
    'checkboxes',
    'address',
    'file',
    'declaration',
  ];
  const raw = fc.dictionary(
    fc.constantFrom('', 'day', 'month', 'year', 'province', 'district', 'commune', 'detail'),
    fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
  );
  const options = [{ value: 'x', label: words('X') }];
  fc.assert(
    fc.property(fc.constantFrom(...types), raw, (type, typed) => {
      const answer = parseAnswer(field(type, { options }), typed);
      const value = answer.kind === 'value' ? answer.value : 'x';
      expect(typeof contract(type, { options })({ a: value })).toBe('boolean');
    }),
    { numRuns: 2000 },
  );
});
