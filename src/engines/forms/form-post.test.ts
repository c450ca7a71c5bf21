import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field, Values } from './definition.ts';
import { exampleForm } from './example-form.ts';
import { parseFormPost } from './form-post.ts';
import { applyPrefill } from './prefill.ts';
import { aForm, aPost, testBooks, textField, words } from './testing.ts';
import type { Prefilled } from './books.ts';

const circumstances = { today: '2026-11-22', books: testBooks() };
const post = (
  pageId: string,
  fields: Record<string, string | string[]>,
  known: Values = {},
  prefilled: Prefilled = {},
) => parseFormPost(exampleForm, pageId, aPost(fields), known, circumstances, prefilled);
const from = words('Cơ sở dữ liệu quốc gia về dân cư');

describe('a page', () => {
  test('answers are normalised and kept beside those of other pages', () => {
    const { values, errors } = post(
      'nguoi-dang-ky',
      {
        fullName: ' Nguyễn  Thị Lan',
        identityNumber: '040 195 001 234',
        'dateOfBirth-day': '27',
        'dateOfBirth-month': '3',
        'dateOfBirth-year': '1995',
        phone: '+84 912 345 678',
        email: '',
      },
      { employees: 3 },
    );
    expect(errors).toEqual([]);
    expect(values).toEqual({
      fullName: 'Nguyễn Thị Lan',
      identityNumber: '040195001234',
      dateOfBirth: '1995-03-27',
      age: 31,
      phone: '0912345678',
      employees: 3,
    });
  });
  test('wrong input is kept to be shown again, and only this page is judged', () => {
    const parsed = post('nguoi-dang-ky', {
      fullName: 'Lan',
      identityNumber: '123',
      'dateOfBirth-day': '31',
      'dateOfBirth-month': '2',
      'dateOfBirth-year': '1995',
      phone: '09123',
    });
    expect(parsed.errors.map(({ at, part }) => [at, part].filter(Boolean).join('-'))).toEqual([
      'identityNumber',
      'dateOfBirth-day',
      'phone',
    ]);
    expect(parsed.typed.get('phone')).toEqual(['09123']);
    expect(parsed.typed.get('dateOfBirth-day')).toEqual(['31']);
    expect(parsed.values).not.toHaveProperty('dateOfBirth');
  });
  test('an answer that is emptied is gone', () => {
    expect(post('nguoi-dang-ky', { email: '' }, { email: 'a@b.vn' }).values).not.toHaveProperty('email');
  });
  test('names that are not on the page are ignored, inherited ones too', () => {
    const { values } = post('nguoi-dang-ky', {
      __proto__x: '1',
      constructor: 'x',
      'toString-day': '1',
      employees: '5',
      totalCapital: '9',
      admin: 'yes',
      age: '99',
    });
    expect(Object.keys(values)).toEqual([]);
  });
  test('control characters are refused with words for them', () => {
    expect(post('nguoi-dang-ky', { fullName: 'a\u0000b' }).errors[0]?.message.vi).toBe(
      'Họ và tên có ký tự không dùng được. Hãy gõ lại',
    );
  });
});

describe('questions that open', () => {
  const page = {
    businessName: 'Quán Lan',
    'place-province': '40',
    'place-commune': '16690',
    'place-detail': '1 Lê Lợi',
    employees: '2',
  };
  test('a field that was not on the page is shown first and reproached never', () => {
    const parsed = post('co-so', { ...page, trade: 'other' });
    expect([parsed.revealed, parsed.errors]).toEqual([['otherTrade'], []]);
  });
  test('once asked it must be answered', () => {
    const parsed = post('co-so', { ...page, trade: 'other', _asked: 'otherTrade', otherTrade: '' });
    expect([parsed.revealed, parsed.errors.map((error) => error.at)]).toEqual([[], ['otherTrade']]);
  });
  test('an answer typed and hidden again is dropped', () => {
    expect(
      post('co-so', { ...page, trade: 'food', _asked: 'otherTrade', otherTrade: 'Nuôi ong' }).values,
    ).not.toHaveProperty('otherTrade');
  });
});

describe('rows without a script', () => {
  const two = {
    shared: 'yes',
    ownCapital: '1.000',
    _asked: 'members',
    '_rows.members': '2',
    'members.0.memberName': 'A',
    'members.0.capital': 'mười',
    'members.1.memberName': 'B',
    'members.1.capital': '5',
    '_rows.equipment': '0',
  };
  test('adding keeps what was typed, right or wrong, and reproaches nothing', () => {
    const parsed = post('von', { ...two, _do: 'add:members' });
    expect(parsed.values['members']).toEqual([{ memberName: 'A' }, { memberName: 'B', capital: 5 }, {}]);
    expect([parsed.errors, parsed.typed.get('members.0.capital'), parsed.command]).toEqual([
      [],
      ['mười'],
      { kind: 'add', list: 'members' },
    ]);
  });
  test('removing moves what was typed with its row', () => {
    const parsed = post('von', { ...two, _do: 'remove:members:0' });
    expect(parsed.values['members']).toEqual([{ memberName: 'B', capital: 5 }]);
    expect(parsed.typed.get('members.0.capital')).toEqual(['5']);
    expect(parsed.typed.has('members.1.capital')).toBe(false);
  });
  test('continuing names the wrong cell', () => {
    expect(post('von', two).errors.map((error) => error.at)).toEqual(['members.0.capital']);
  });
  test('empty rows fall away; the list keeps the one it must have', () => {
    const empty = { shared: 'yes', ownCapital: '1', _asked: 'members', '_rows.members': '3', '_rows.equipment': '2' };
    const parsed = post('von', empty);
    expect(parsed.values).toMatchObject({ members: [{}], equipment: [] });
    expect(parsed.errors.map((error) => error.at)).toEqual(['members.0.memberName', 'members.0.capital']);
  });
  test('no post makes more rows than the limit', () => {
    const parsed = post('von', { ...two, '_rows.members': '100000', _do: 'add:members' });
    expect((parsed.values['members'] as unknown[]).length).toBeLessThanOrEqual(50);
    expect(post('von', { ...two, '_rows.members': '-5' }).values['members'] as unknown[]).toEqual([{}]);
  });
});

describe('what is known already', () => {
  const prefilled: Prefilled = {
    'person.fullName': { value: 'Nguyễn Thị Lan', from },
    'person.identityNumber': { value: 'not a number', from },
  };
  test('a locked value stays, whatever is posted', () => {
    const { values } = post('nguoi-dang-ky', { fullName: 'Kẻ Khác' }, {}, prefilled);
    expect(values['fullName']).toBe('Nguyễn Thị Lan');
  });
  test('a value the form would refuse is left for the person to type', () => {
    expect(applyPrefill(exampleForm, {}, prefilled)).toEqual({ fullName: 'Nguyễn Thị Lan' });
    expect(post('nguoi-dang-ky', { identityNumber: '040195001234' }, {}, prefilled).values['identityNumber']).toBe(
      '040195001234',
    );
  });
  test('an answer given is not replaced when it is not locked', () => {
    const born: Prefilled = { 'person.dateOfBirth': { value: '1990-01-01', from } };
    expect(applyPrefill(exampleForm, { dateOfBirth: '1991-01-01' }, born)).toEqual({ dateOfBirth: '1991-01-01' });
    expect(applyPrefill(exampleForm, {}, born)).toEqual({ dateOfBirth: '1990-01-01' });
  });
});

test('buttons: an unknown one means to continue', () => {
  const command = (text: string) => post('von', { _do: text }).command;
  expect(
    ['save', 'choose:place', 'remove:members:x', 'remove:nothing:1', 'drop table', ''].map(
      (text) => command(text).kind,
    ),
  ).toEqual(['save', 'choose', 'continue', 'continue', 'continue', 'continue']);
});

test('one file wanted: a new one takes the place of the old', () => {
  const file: Field = { name: 'paper', type: 'file', label: words('Giấy'), accept: ['pdf'] };
  const parsed = parseFormPost(
    aForm([[file]]),
    'trang-1',
    aPost({ 'paper-kept': 'old', paper: 'new' }),
    {},
    { today: '2026-11-22', books: testBooks([{ id: 'new', name: 'b.pdf', kind: 'pdf', sizeBytes: 1 }]) },
  );
  expect([parsed.values, parsed.errors]).toEqual([{ paper: ['new'] }, []]);
});

test('no body makes it throw', () => {
  const names = fc.constantFrom(
    'fullName',
    'members.0.capital',
    'members.99.capital',
    '_rows.members',
    '_rows.__proto__',
    '_do',
    '_asked',
    'place-province',
    'shared',
    '__proto__',
    'equipment.0.price',
    'dateOfBirth-day',
    'oath',
    'services',
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...exampleForm.ui.pages.map((page) => page.id), 'nowhere'),
      fc.array(fc.tuple(names, fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 20 }),
      (pageId, pairs) => {
        const parsed = parseFormPost(exampleForm, pageId, new URLSearchParams(pairs), {}, circumstances);
        return JSON.stringify(parsed.values).length < 100_000;
      },
    ),
    { numRuns: 500 },
  );
  const page = aForm([[textField('a')]]);
  expect(
    parseFormPost(
      page,
      'trang-1',
      aPost({ a: Array.from({ length: 5000 }, () => 'x'.repeat(100)) }),
      {},
      circumstances,
    ).typed.get('a')!.length,
  ).toBeLessThanOrEqual(500);
});
