import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseForm, type FindingCode } from './analyse-form.ts';
import { changeInWords, compareDefinitions } from './compare-definitions.ts';
import { exampleForm } from './example-form.ts';
import { findingInWords } from './finding-words.ts';
import { aForm, textField, words } from './testing.ts';
import type { Field, FormDefinition, Logic } from './definition.ts';

const found = (form: unknown): string[] => analyseForm(form).map((each) => `${each.level} ${each.code}`);
const field = (name: string, more: object): Field => ({ ...textField(name), ...more }) as Field;
const yesNo = (name: string): Field => field(name, { type: 'yesNo' });
const is = (name: string, value: Logic): Logic => ({ '==': [{ var: name }, value] });
const choice = field('kind', {
  type: 'radios',
  options: [
    { value: 'a', label: words('A') },
    { value: 'b', label: words('B') },
  ],
});

describe('what blocks publishing', () => {
  test.each<[FindingCode, Field[]]>([
    [
      'required-unreachable',
      [choice, yesNo('x'), field('y', { showWhen: { and: [is('kind', 'a'), is('kind', 'b')] } })],
    ],
    ['unreachable', [choice, field('y', { required: false, showWhen: { and: [is('kind', 'a'), is('kind', 'b')] } })]],
    ['unknown-field', [field('y', { showWhen: is('gone', true) })]],
    ['circle', [field('p', { showWhen: is('q', 'x') }), field('q', { showWhen: is('p', 'x') })]],
    ['kind-clash', [yesNo('x'), field('y', { showWhen: is('x', 'yes') })]],
    ['kind-clash', [field('n', { type: 'integer' }), field('y', { showWhen: { '>': [{ var: 'n' }, 'mười'] } })]],
    ['kind-clash', [textField('t'), field('y', { type: 'integer', calculate: { '+': [{ var: 't' }, 1] } })]],
    [
      'wrong-result',
      [field('d', { type: 'date' }), field('y', { type: 'integer', calculate: { addDays: [{ var: 'd' }, 3] } })],
    ],
    ['duplicate-name', [textField('a'), textField('a')]],
    ['missing-words', [field('a', { label: { vi: 'Có', en: '' } })]],
    ['unknown-option', [choice, field('y', { showWhen: is('kind', 'c') })]],
    ['prefill-mismatch', [field('a', { type: 'integer', prefill: { source: 'person.fullName' } })]],
  ])('%s', (code, fields) => expect(found(aForm([fields]))).toContain(`error ${code}`));
  test('a question hidden by the condition of its page and its own', () => {
    const form = aForm([[yesNo('x')], [field('y', { showWhen: is('x', false) })]]);
    form.ui.pages[1]!.showWhen = is('x', true);
    expect(found(form)).toContain('error required-unreachable');
  });
  test('a condition that is possible only while another question is hidden', () => {
    const form = aForm([
      [
        yesNo('x'),
        field('k', { showWhen: is('x', true) }),
        field('y', { showWhen: { and: [is('x', false), is('k', 'v')] } }),
      ],
    ]);
    expect(found(form).filter((each) => each.includes('reach'))).not.toEqual([]);
  });
});

describe('what is only remarked', () => {
  test.each<[FindingCode, Field[]]>([
    ['crowded-page', Array.from({ length: 13 }, (_, i) => textField(`f${i}`))],
    ['later-field', [field('y', { showWhen: is('x', true) }), yesNo('x')]],
    ['same-label', [field('a', { label: words('Tên') }), field('b', { label: words('Tên') })]],
    ['same-words', [field('a', { label: { vi: 'Họ và tên', en: 'Họ và tên' } })]],
    ['prefill-unused', [field('a', { type: 'phone' })]],
    [
      'prefill-twice',
      [field('a', { prefill: { source: 'person.fullName' } }), field('b', { prefill: { source: 'person.fullName' } })],
    ],
  ])('%s', (code, fields) => {
    const all = found(aForm([fields]));
    expect(all).toContain(`warning ${code}`);
    expect(all.filter((each) => each.startsWith('error'))).toEqual([]);
  });
});

test('the forms of the province and the example have no errors', () => {
  const forms = globSync('province/*/forms/*.json').map(
    (file) => JSON.parse(readFileSync(file, 'utf8')) as FormDefinition,
  );
  expect(forms.length).toBeGreaterThan(20);
  for (const form of [...forms, exampleForm]) {
    expect(
      analyseForm(form).filter((each) => each.level === 'error'),
      form.code,
    ).toEqual([]);
  }
});

test('nothing that is given makes it throw, and every finding has words in both languages without a code in them', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (page, fieldValue) => {
      const broken = {
        ...aForm([[textField('a')]]),
        ui: { pages: [page, { id: 'x', title: words('x'), groups: [{ id: 'g', fields: [fieldValue] }] }] },
      };
      for (const finding of [...analyseForm(page), ...analyseForm(broken)]) {
        for (const locale of ['vi', 'en'] as const) expect(findingInWords(finding, locale).length).toBeGreaterThan(10);
      }
    }),
  );
});

describe('what changed between two versions', () => {
  const say = (before: FormDefinition, after: FormDefinition, locale: 'vi' | 'en' = 'vi') =>
    compareDefinitions(before, after).map((change) => changeInWords(change, { before, after }, locale));
  test('nothing, for the same form', () => expect(say(exampleForm, structuredClone(exampleForm))).toEqual([]));
  test('a question added, removed, changed, moved; limits; conditions in words', () => {
    const before = aForm([[textField('a'), textField('b'), choice, textField('c')]]);
    const after = structuredClone(before);
    const fields = after.ui.pages[0]!.groups[0]!.fields;
    fields[0] = field('a', { label: words('Tên mới'), required: false, showWhen: is('kind', 'a') });
    fields.splice(1, 1);
    fields.push(field('z', { label: words('Thêm vào') }));
    fields.unshift(fields.splice(2, 1)[0]!);
    after.schema = { type: 'object', properties: { c: { maxLength: 9 } } };
    const all = say(before, after).join('\n');
    for (const part of [
      'Câu “Thêm vào”: mới thêm',
      'đã bỏ',
      'chuyển sang chỗ khác',
      'đổi câu hỏi từ',
      'bắt buộc',
      'số ký tự nhiều nhất: “9”',
      'điều kiện hiện',
    ])
      expect(all).toContain(part);
    expect(all.match(/chuyển sang chỗ khác/g)).toHaveLength(1);
    expect(say(before, after, 'en').join('\n')).toContain('added');
  });
});
