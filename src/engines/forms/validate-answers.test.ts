import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field, FormDefinition, Values } from './definition.ts';
import { exampleForm } from './example-form.ts';
import { evaluateForm } from './evaluate-form.ts';
import { diffSubmissions, canonicalJson } from './diff-submissions.ts';
import { journeyOf, pageAfter, pageBefore } from './journey.ts';
import { aForm, testBooks, textField, words } from './testing.ts';
import { validateAnswers, type Circumstances } from './validate-answers.ts';

const circumstances: Circumstances = {
  today: '2026-11-22',
  books: testBooks([{ id: 'f-1', name: 'hop-dong.pdf', kind: 'pdf', sizeBytes: 1000 }]),
};
const right: Values = {
  fullName: 'Nguyễn Thị Lan',
  identityNumber: '040195001234',
  dateOfBirth: '1995-03-27',
  phone: '0912345678',
  businessName: 'Quán cháo lươn Bà Lan',
  place: { province: '40', commune: '16690', detail: '12 Lê Lợi' },
  trade: 'food',
  employees: 3,
  shared: true,
  ownCapital: 50_000_000,
  members: [{ memberName: 'Trần Văn Nam', capital: 150_000_000, share: 40 }],
  equipment: [{ item: 'Bếp', quantity: 2, price: 4_000_000 }],
  startDate: '2026-12-01',
  lease: ['f-1'],
  oath: true,
};
const errorsOf = (values: Values, form: FormDefinition = exampleForm) =>
  validateAnswers(form, values, circumstances).errors.map((error) => error.at);
const messagesOf = (values: Values) =>
  validateAnswers(exampleForm, values, circumstances).errors.map((error) => error.message.vi);

describe('a whole form', () => {
  test('right answers are accepted and calculated', () => {
    const judged = validateAnswers(exampleForm, right, circumstances);
    expect(judged.errors).toEqual([]);
    expect(judged.values).toMatchObject({ age: 31, totalCapital: 200_000_000, equipment: [{ amount: 8_000_000 }] });
  });
  test('calculated values cannot be sent in', () => {
    const judged = validateAnswers(exampleForm, { ...right, totalCapital: 1, age: 3 }, circumstances);
    expect(judged.values).toMatchObject({ totalCapital: 200_000_000, age: 31 });
  });
  test('nothing answered: every required field is named, in the order of the form', () => {
    expect(errorsOf({})).toEqual([
      'fullName',
      'identityNumber',
      'dateOfBirth',
      'phone',
      'businessName',
      'place',
      'trade',
      'employees',
      'shared',
      'ownCapital',
      'startDate',
      'oath',
    ]);
  });
  test('each error has words in both languages and none names a code', () => {
    for (const values of [
      {},
      {
        ...right,
        phone: '09123',
        businessName: 'x',
        employees: 99,
        startDate: '2020-01-01',
        place: { province: '99', commune: '1' },
      },
    ]) {
      for (const { message } of validateAnswers(exampleForm, values as Values, circumstances).errors) {
        expect(message.vi.length).toBeGreaterThan(3);
        expect(message.en.length).toBeGreaterThan(3);
        expect(message.vi).not.toMatch(/undefined|null|pattern|must|vn-/);
      }
    }
  });
  test('plain words', () => {
    expect(messagesOf({ ...right, phone: '09123' })).toEqual(['Số điện thoại có 10 chữ số, bắt đầu bằng 0']);
    expect(messagesOf({ ...right, employees: 11 })).toEqual(['Số người làm phải không quá 10']);
    expect(messagesOf({ ...right, dateOfBirth: '2015-01-01' })).toEqual([
      'Ngày sinh phải đến hết ngày 22/11/2008 là muộn nhất',
    ]);
  });
});

describe('hidden answers', () => {
  test('are dropped, with what depends on them', () => {
    const { values, errors } = validateAnswers(
      exampleForm,
      { ...right, shared: false, otherTrade: 'bí mật' },
      circumstances,
    );
    expect(errors).toEqual([]);
    expect(values).not.toHaveProperty('members');
    expect(values).not.toHaveProperty('otherTrade');
    expect(values).toMatchObject({ totalCapital: 50_000_000 });
  });
  test('are not required, and required once shown', () => {
    expect(errorsOf({ ...right, trade: 'other' })).toEqual(['otherTrade']);
    expect(errorsOf({ ...right, trade: 'other', otherTrade: 'Nuôi ong' })).toEqual([]);
  });
  test('fall away along a chain, even when each link holds an answer', () => {
    const chain = aForm([
      [
        textField('a'),
        textField('b', { showWhen: { '==': [{ var: 'a' }, 'x'] } }),
        textField('c', { showWhen: { '==': [{ var: 'b' }, 'x'] } }),
        textField('d', { showWhen: { '==': [{ var: 'c' }, 'x'] } }),
      ],
    ]);
    const all = { a: 'x', b: 'x', c: 'x', d: 'x' };
    expect(evaluateForm(chain, all, circumstances).values).toEqual(all);
    expect(evaluateForm(chain, { ...all, a: 'y' }, circumstances).values).toEqual({ a: 'y' });
  });
  test('settling twice changes nothing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('shared', 'trade', 'members', 'otherTrade', 'ownCapital', 'equipment'),
          fc.jsonValue(),
        ),
        (odd) => {
          const once = evaluateForm(exampleForm, { ...right, ...(odd as Values) }, circumstances).values;
          expect(evaluateForm(exampleForm, once, circumstances).values).toEqual(once);
        },
      ),
    );
  });
});

describe('rows', () => {
  test('errors point at the row; a condition reads its own row', () => {
    const members = [{ memberName: 'A', capital: 1 }, { capital: 200_000_000 }];
    expect(errorsOf({ ...right, members })).toEqual(['members.1.memberName', 'members.1.share']);
  });
  test('empty rows do not count, but a list that must have one says what is missing', () => {
    expect(errorsOf({ ...right, members: [{}, {}] })).toEqual(['members.0.memberName', 'members.0.capital']);
    const more = [{}, ...(right['members'] as object[]), {}] as Values['members'];
    expect(validateAnswers(exampleForm, { ...right, members: more! }, circumstances).values['members']).toHaveLength(1);
  });
  test('too many rows', () => {
    const members = Array.from({ length: 6 }, () => ({ memberName: 'A', capital: 1 }));
    expect(errorsOf({ ...right, members })).toEqual(['members']);
  });
  test('narrowing inside rows holds', () => {
    expect(errorsOf({ ...right, members: [{ memberName: 'A', capital: 1, share: 101 }] })).toEqual(['members.0.share']);
  });
});

describe('addresses, files, catalogues, rules over fields', () => {
  const at = (place: object) =>
    validateAnswers(exampleForm, { ...right, place: place as never }, circumstances).errors.map(
      ({ at, part }) => `${at}-${part}`,
    );
  test('the commune must lie in the province on that date', () => {
    expect(at({ province: '42', commune: '16690', detail: 'x' })).toEqual(['place-commune']);
    expect(at({ province: '40', commune: '', detail: 'x' })).toEqual(['place-commune']);
    expect(at({ province: '', commune: '', detail: 'x' })).toEqual(['place-province']);
    expect(at({ province: '40', commune: '16690' })).toEqual(['place-detail']);
    expect(at({ province: '40', district: '412', commune: '16690', detail: 'x' })).toEqual(['place-commune']);
  });
  test('an address of before 1 July 2025 has a district', () => {
    const form = aForm([
      [
        { name: 'born', type: 'date', label: words('Ngày sinh') },
        { name: 'home', type: 'address', label: words('Quê'), on: { field: 'born' } },
      ],
    ]);
    const home = { province: '40', district: '412', commune: '16681', detail: 'Xóm 1' };
    expect(errorsOf({ born: '2000-01-01', home }, form)).toEqual([]);
    expect(errorsOf({ born: '2025-07-01', home }, form)).toEqual(['home']);
    expect(errorsOf({ born: '2000-01-01', home: { province: '40', commune: '16681', detail: 'x' } }, form)).toEqual([
      'home',
    ]);
  });
  test('a file must be stored, of the kind, of the size, and not too many', () => {
    expect(errorsOf({ ...right, lease: ['nobody'] })).toEqual(['lease']);
    expect(errorsOf({ ...right, lease: ['f-1', 'f-1'] })).toEqual(['lease']);
    const books = testBooks([
      { id: 'big', name: 'a.pdf', kind: 'pdf', sizeBytes: 5_000_001 },
      { id: 'doc', name: 'a.docx', kind: 'docx', sizeBytes: 1 },
      { id: 'photo', name: 'a.jpg', kind: 'jpeg', sizeBytes: 1 },
    ]);
    const check = (id: string) =>
      validateAnswers(exampleForm, { ...right, lease: [id] }, { ...circumstances, books }).errors[0]?.message.vi;
    expect(check('big')).toMatch(/tối đa 5 MB/);
    expect(check('doc')).toMatch(/phải là pdf, jpg, png/);
    expect(check('photo')).toBeUndefined();
  });
  test('a catalogue decides what may be chosen', () => {
    const form = aForm([[{ name: 'people', type: 'select', label: words('Dân tộc'), optionsFrom: 'dan-toc' }]]);
    expect(errorsOf({ people: 'kinh' }, form)).toEqual([]);
    expect(errorsOf({ people: 'martian' }, form)).toEqual(['people']);
    expect(validateAnswers(form, { people: 'kinh' }, { today: '2026-11-22' }).errors).toHaveLength(1);
  });
  test('a rule over fields speaks only when both are there and right', () => {
    expect(messagesOf({ ...right, endDate: '2026-11-30' })).toEqual(['Ngày kết thúc không được trước ngày bắt đầu']);
    expect(errorsOf({ ...right, endDate: '2026-12-02' })).toEqual([]);
    const { startDate: _start, ...without } = right;
    expect(errorsOf({ ...without, endDate: '2026-11-30' })).toEqual(['startDate']);
  });
});

describe('hostile values', () => {
  test('inherited names are not answers', () => {
    const text = `{"__proto__":{"fullName":"x"},"constructor":"x","toString":"x"}`;
    const { values, errors } = validateAnswers(exampleForm, JSON.parse(text) as Values, circumstances);
    expect(errors[0]).toMatchObject({ at: '' });
    expect(Object.keys(values)).toEqual([]);
    expect(({} as Record<string, unknown>)['fullName']).toBeUndefined();
    const inherited = Object.create(right) as Values;
    expect(validateAnswers(exampleForm, inherited, circumstances).errors.length).toBeGreaterThan(5);
  });
  test('rows with inherited names too', () => {
    const members = JSON.parse('[{"__proto__":{"memberName":"x","capital":1}}]') as Values['members'];
    expect(errorsOf({ ...right, members: members! })).toEqual(['members.0.memberName', 'members.0.capital']);
  });
  test('whatever stands in a field, the answer is a list of errors, never an exception', () => {
    const names = [...Object.keys(right), 'endDate', 'otherTrade', 'services'];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, odd) => {
        const { errors, values } = validateAnswers(exampleForm, { ...right, [name]: odd as never }, circumstances);
        const again = validateAnswers(exampleForm, values, circumstances).errors;
        expect(again.length === 0 || errors.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
    for (const odd of [null, [], 'x', 7])
      expect(validateAnswers(exampleForm, odd as never, circumstances).errors.length).toBeGreaterThan(0);
  });
  test('too much is refused as a whole', () => {
    expect(
      validateAnswers(exampleForm, { ...right, fullName: 'a'.repeat(300_000) }, circumstances).errors,
    ).toMatchObject([{ at: '' }]);
  });
});

describe('the journey', () => {
  test('leads to the first page that is not done and over hidden pages', () => {
    const fields: Field[][] = [
      [{ name: 'more', type: 'yesNo', label: words('Thêm?') }],
      [textField('b')],
      [textField('c')],
    ];
    const form = aForm(fields);
    form.ui.pages[1]!.showWhen = { '==': [{ var: 'more' }, true] };
    const skipping = journeyOf(form, { more: false, b: 'x' }, circumstances);
    expect(skipping.pages.map((page) => page.id)).toEqual(['trang-1', 'trang-3']);
    expect([skipping.firstOpen, pageAfter(form, skipping, 'trang-1'), pageBefore(form, skipping, 'trang-3')]).toEqual([
      'trang-3',
      'trang-3',
      'trang-1',
    ]);
    expect(skipping.values).toEqual({ more: false });
    const whole = journeyOf(form, { more: true, b: 'x', c: 'y' }, circumstances);
    expect([whole.isComplete, whole.firstOpen, pageAfter(form, whole, 'trang-3')]).toEqual([true, null, null]);
  });
});

describe('what changed', () => {
  test('the same values have no differences, in whatever order their names stand', () => {
    const turned = Object.fromEntries(Object.entries(right).reverse()) as Values;
    expect(diffSubmissions(exampleForm, right, turned)).toEqual([]);
    expect(canonicalJson(turned)).toBe(canonicalJson(right));
  });
  test('one row added in the middle is one change', () => {
    const row = (name: string) => ({ memberName: name, capital: 1 });
    const changes = diffSubmissions(
      exampleForm,
      { members: [row('A'), row('B')] },
      { members: [row('A'), row('C'), row('B')] },
    );
    expect(changes).toEqual([{ at: 'members.1', kind: 'added', after: [row('C')] }]);
  });
  test('changed, added and removed answers', () => {
    const after = { ...right, phone: '0987654321', email: 'a@b.vn' } as Values;
    delete after['lease'];
    expect(diffSubmissions(exampleForm, right, after).map(({ at, kind }) => `${at} ${kind}`)).toEqual([
      'phone changed',
      'email added',
      'lease removed',
    ]);
  });
});
