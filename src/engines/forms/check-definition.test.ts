import { existsSync, globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFormDefinition, type DefectCode } from './check-definition.ts';
import { exampleForm } from './example-form.ts';
import { aForm, textField, words } from './testing.ts';
import type { Field, FormDefinition, Logic } from './definition.ts';

const codes = (definition: unknown): DefectCode[] => checkFormDefinition(definition).map((defect) => defect.code);
const changed = (edit: (form: FormDefinition) => void): FormDefinition => {
  const form = structuredClone(exampleForm);
  edit(form);
  return form;
};

test('the example is without a defect', () => {
  expect(checkFormDefinition(exampleForm)).toEqual([]);
});

test('every form of the province is without a defect', () => {
  const files = existsSync('province') ? globSync('province/*/forms/*.json') : [];
  const defects = files.flatMap((file) =>
    checkFormDefinition(JSON.parse(readFileSync(file, 'utf8'))).map(
      (defect) => `${file}${defect.path}: ${defect.message}`,
    ),
  );
  expect(defects).toEqual([]);
});

describe('the shape', () => {
  test('a misspelt property is named with its place', () => {
    const form = changed((f) => Object.assign(f.ui.pages[0]!.groups[0]!.fields[0]!, { showwhen: true }));
    expect(checkFormDefinition(form)).toEqual([
      { path: '/ui/pages/0/groups/0/fields/0', code: 'unknown-property', message: '"showwhen" is not a property here' },
    ]);
  });
  test('words missing in a language are found, blank ones too', () => {
    expect(codes(changed((f) => delete (f.title as Partial<typeof f.title>).en))).toEqual(['missing-words']);
    expect(codes(changed((f) => void (f.ui.pages[1]!.title.vi = '  ')))).toEqual(['missing-words']);
  });
  test('an unknown type is named', () => {
    expect(codes(changed((f) => Object.assign(f.ui.pages[0]!.groups[0]!.fields[0]!, { type: 'colour' })))).toContain(
      'unknown-type',
    );
  });
  test('any JSON at all gives defects and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(checkFormDefinition(value)).not.toEqual([]);
      }),
    );
  });
  test('a form damaged anywhere never makes the checker throw', () => {
    const damaged = (value: unknown, path: string[], by: unknown): unknown => {
      const [head, ...rest] = path;
      if (head === undefined || value === null || typeof value !== 'object') return by;
      const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
      (copy as Record<string, unknown>)[head] = damaged((value as Record<string, unknown>)[head], rest, by);
      return copy;
    };
    const paths: string[][] = [];
    const collect = (value: unknown, path: string[]): void => {
      paths.push(path);
      if (value !== null && typeof value === 'object')
        for (const key of Object.keys(value)) collect((value as Record<string, unknown>)[key], [...path, key]);
    };
    collect(exampleForm, []);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, by) => {
        expect(checkFormDefinition(damaged(exampleForm, path, by))).toBeInstanceOf(Array);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('names', () => {
  test.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'row', 'today'])('%s is refused', (name) => {
    expect(codes(aForm([[textField(name)]]))).toEqual(['reserved-name']);
  });
  test('__proto__ is refused', () => {
    expect(codes(aForm([[textField('__proto__')]]))).toEqual(['shape']);
    expect(
      codes(
        JSON.parse(
          '{"code":"a","title":{"vi":"a","en":"a"},"schema":{"type":"object","properties":{"__proto__":{}}},"ui":{"pages":[]}}',
        ),
      ),
    ).not.toEqual([]);
  });
  test('a name may be used once among its neighbours', () => {
    expect(codes(aForm([[textField('a')], [textField('a')]]))).toEqual(['duplicate-name']);
  });
});

describe('conditions', () => {
  const withCondition = (showWhen: Logic) => aForm([[textField('a'), textField('b', { showWhen })], [textField('c')]]);
  test('a name the form does not have', () => {
    expect(codes(withCondition({ '==': [{ var: 'nothing' }, 1] }))).toEqual(['unknown-field']);
    expect(codes(withCondition({ '==': [{ var: 'row.a' }, 1] }))).toEqual(['unknown-field']);
  });
  test('a field of a later page', () => {
    expect(codes(withCondition({ '==': [{ var: 'c' }, 'x'] }))).toEqual(['later-page']);
  });
  test('a page may not depend on its own fields', () => {
    const form = aForm([[textField('a')], [textField('b')]]);
    form.ui.pages[1]!.showWhen = { '!': [{ empty: { var: 'b' } }] };
    expect(codes(form)).toContain('later-page');
  });
  test('a circle is found and shown', () => {
    const form = aForm([
      [
        textField('a', { showWhen: { '==': [{ var: 'b' }, 'x'] } }),
        textField('b', { showWhen: { '==': [{ var: 'a' }, 'x'] } }),
      ],
    ]);
    expect(checkFormDefinition(form)[0]?.message).toMatch(/circle: [ab] → [ab] → [ab]/);
  });
  test('calculations in a circle', () => {
    const sum = (name: string, of: string): Field => ({
      name,
      type: 'money',
      label: words(name),
      calculate: { '+': [{ var: of }, 1] },
    });
    expect(codes(aForm([[sum('a', 'b'), sum('b', 'c'), sum('c', 'a')]]))).toContain('circle');
    expect(codes(aForm([[sum('a', 'a')]]))).toContain('circle');
  });
  test('required but never shown', () => {
    expect(codes(withCondition(false))).toEqual(['never-shown']);
    expect(codes(withCondition({ '==': [1, 2] }))).toEqual(['never-shown']);
  });
  test('an option that is not offered', () => {
    const choice: Field = {
      name: 'kind',
      type: 'radios',
      label: words('Loại'),
      options: [{ value: 'x', label: words('X') }],
    };
    expect(codes(aForm([[choice, textField('b', { showWhen: { '==': [{ var: 'kind' }, 'y'] } })]]))).toEqual([
      'unknown-option',
    ]);
    expect(codes(aForm([[choice, textField('b', { showWhen: { in: [{ var: 'kind' }, ['x', 'z']] } })]]))).toEqual([
      'unknown-option',
    ]);
  });
  test.each([
    [{ throw: 'x' }],
    [{ reduce: [[1], { var: 'a' }, 0] }],
    [{ var: 'a.constructor' }],
    [{ var: ['a', { var: 'b' }] }],
    [{ var: { cat: ['a', 'b'] } }],
    [{ '==': [1, 1], '!=': [1, 2] }],
    [{ map: [[1], { map: [[1], { map: [[1], 1] }] }] }],
    [Array.from({ length: 300 }, () => 1)],
    [Array.from({ length: 30 }).reduce<Logic>((inner) => ({ '!': [inner] }), true)],
    [{ constructor: [1] }],
  ])('an expression outside the list or too large is refused: %j', (logic) => {
    expect(codes(withCondition(logic as Logic))).toEqual(['bad-logic']);
  });
});

describe('limits', () => {
  test('a limit that does not fit the type, stands for no field, or contradicts itself', () => {
    const fields: Field[] = [textField('a'), { name: 'n', type: 'integer', label: words('n') }];
    const check = (properties: FormDefinition['schema']['properties']) => codes(aForm([fields], {}, properties ?? {}));
    expect(check({ a: { minimum: 1 } })).toEqual(['bad-limit']);
    expect(check({ z: { minLength: 1 } })).toEqual(['unknown-field']);
    expect(check({ n: { minimum: 5, maximum: 4 } })).toEqual(['bad-limit']);
    expect(check({ a: { minLength: 2, maxLength: 30, pattern: '[A-Z]+' }, n: { multipleOf: 5 } })).toEqual([]);
  });
  test.each(['(a+)+$', '(a|aa)*', '([a-z]+)*', '(.*)\\1', 'a*b*c*d*', '['])(
    'a pattern that may take for ever is refused: %s',
    (pattern) => {
      expect(codes(aForm([[textField('a')]], {}, { a: { pattern } }))).toEqual(['bad-limit']);
    },
  );
});
