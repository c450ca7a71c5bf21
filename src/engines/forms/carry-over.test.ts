import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carryOver } from './carry-over.ts';
import { exampleForm } from './example-form.ts';
import { aForm, testBooks, textField, words } from './testing.ts';
import type { Field, FormDefinition, Values } from './definition.ts';

const field = (name: string, more: object): Field => ({ ...textField(name), ...more }) as Field;
const option = (value: string) => ({ value, label: words(value) });
const at = { today: '2026-11-23', books: testBooks() };
const told = (before: FormDefinition, after: FormDefinition, values: Values) =>
  carryOver(before, after, values, at).answers.map((answer) => `${answer.key} ${answer.reason} ${answer.shown.vi}`);

describe('answers go to a new version', () => {
  test('the same form keeps everything', () => {
    const values: Values = {
      trade: 'other',
      otherTrade: 'Nuôi ong',
      shared: true,
      members: [{ memberName: 'Nam', capital: 5 }],
    };
    const carried = carryOver(exampleForm, structuredClone(exampleForm), values, at);
    expect(carried.answers).toEqual([]);
    expect(carried.values).toMatchObject(values);
  });
  test('what went, changed its kind, is refused or is now hidden is told with its old words', () => {
    const before = aForm([
      [
        textField('a'),
        field('b', { type: 'integer' }),
        field('c', { type: 'radios', options: [option('x'), option('y')] }),
        field('d', { type: 'yesNo' }),
        textField('e'),
        textField('long'),
      ],
    ]);
    const after = aForm([
      [
        field('b', { type: 'date' }),
        field('c', { type: 'select', options: [option('y')] }),
        field('d', { type: 'yesNo' }),
        field('e', { showWhen: { '==': [{ var: 'd' }, false] } }),
        field('long', { type: 'longText' }),
        field('fresh', { label: words('Câu mới') }),
      ],
    ]);
    const values: Values = { a: 'Lan', b: 1_250, c: 'x', d: true, e: 'giữ', long: 'chữ' };
    const carried = carryOver(before, after, values, at);
    expect(carried.values).toEqual({ d: true, long: 'chữ' });
    expect(carried.kept).toBe(2);
    expect(told(before, after, values)).toEqual([
      'a gone Lan',
      'b other-type 1.250',
      'c not-allowed x',
      'e now-hidden giữ',
    ]);
    expect(carried.fresh.map((label) => label.vi)).toContain('Câu mới');
  });
  test('rows are taken one by one, and those above the new limit are told', () => {
    const list = (max: number, fields: Field[]): FormDefinition => {
      const form = aForm([fields]);
      form.ui.pages[0]!.groups[0]!.repeat = { name: 'rows', itemTitle: words('Dòng'), max };
      return form;
    };
    const before = list(5, [textField('a'), field('n', { type: 'integer' })]);
    const after = list(2, [textField('a'), textField('n')]);
    const values: Values = { rows: [{ a: 'một', n: 1 }, { a: 'hai' }, { a: 'ba' }] };
    expect(carryOver(before, after, values, at).values).toEqual({ rows: [{ a: 'một' }, { a: 'hai' }] });
    expect(told(before, after, values)).toEqual(['rows.a gone ba', 'rows.n other-type 1']);
  });
  test('nothing is lost silently: every answer is kept or told', () => {
    const types = ['text', 'integer', 'yesNo', 'longText', 'date'];
    const sample: Record<string, Values[string]> = {
      text: 'chữ',
      integer: 7,
      yesNo: true,
      longText: 'dài',
      date: '2020-02-29',
    };
    const formOf = (kinds: number[]) => aForm([kinds.map((kind, i) => field(`f${i}`, { type: types[kind] }))]);
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(4), { minLength: 1, maxLength: 6 }),
        (from, to) => {
          const values: Values = Object.fromEntries(from.map((kind, i) => [`f${i}`, sample[types[kind]!]!]));
          const carried = carryOver(formOf(from), formOf(to), values, at);
          const places = new Set([...Object.keys(carried.values), ...carried.answers.map((answer) => answer.key)]);
          expect([...places].sort()).toEqual(Object.keys(values).sort());
          for (const answer of carried.answers) expect(answer.shown.vi).not.toBe('');
        },
      ),
    );
  });
});
