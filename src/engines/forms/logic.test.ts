import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logicOperators, type Logic } from './definition.ts';
import { evaluate, holds, logicDefect, readsOf } from './logic.ts';

const today = '2026-11-22';
const run = (logic: Logic, data: object = {}) => evaluate(logic, { today, ...data });

const leaf: fc.Arbitrary<Logic> = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('', 'x', '2026-02-30', '2026-01-31'),
  fc.constantFrom<Logic>({ var: 'a' }, { var: 'b' }, { var: 'list' }, { var: 'today' }, { var: '' }),
);
const anyLogic = fc.letrec<{ node: Logic }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(
        fc.constantFrom(...logicOperators.filter((name) => name !== 'var')),
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
      )
      .map(([operator, args]): Logic => ({ [operator]: args })),
  ),
})).node;
const anyValue = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.dictionary(fc.constantFrom('a', 'b'), fc.integer()), { maxLength: 4 }),
);

test('is total and deterministic: any allowed expression over any values gives the same answer twice', () => {
  fc.assert(
    fc.property(anyLogic, anyValue, anyValue, anyValue, (logic, a, b, list) => {
      if (logicDefect(logic) !== null) return;
      const data = { a, b, list };
      const before = JSON.stringify(data);
      const first = run(logic, data);
      expect(JSON.stringify(run(structuredClone(logic), data))).toBe(JSON.stringify(first));
      expect(JSON.stringify(data)).toBe(before);
      expect(typeof first).not.toBe('function');
      expect([Infinity, -Infinity]).not.toContain(first);
    }),
    { numRuns: 3000 },
  );
});

describe('missing answers', () => {
  test('a comparison with nothing is false, whichever way', () => {
    for (const operator of ['<', '<=', '>', '>=']) {
      expect(run({ [operator]: [{ var: 'a' }, 5] })).toBe(false);
      expect(run({ [operator]: [5, { var: 'a' }] })).toBe(false);
      expect(run({ [operator]: ['x', 5] })).toBe(false);
    }
  });
  test('a sum with + is unknown, sum() counts what is there', () => {
    expect(run({ '+': [{ var: 'a' }, 1] })).toBe(null);
    expect(run({ sum: [{ var: 'a' }, 1, [2, 'x', null]] })).toBe(3);
    expect(run({ sum: { map: [{ var: 'list' }, { var: 'n' }] } }, { list: [{ n: 1 }, {}, { n: 4 }] })).toBe(5);
    expect(run({ sum: { map: [{ var: 'list' }, { var: 'n' }] } })).toBe(0);
  });
  test('a division by nothing is unknown', () => expect(run({ '/': [1, 0] })).toBe(null));
  test('empty', () => {
    for (const value of [undefined, null, '', []]) expect(run({ empty: { var: 'a' } }, { a: value })).toBe(true);
    for (const value of [0, false, 'x', [1]]) expect(run({ empty: [{ var: 'a' }] }, { a: value })).toBe(false);
  });
});

test('rounding goes half away from zero, exactly', () => {
  expect(
    [1.005, 2.5, -2.5, 0.5, 1234.565].map((n) => run({ round: [n, n === 1.005 || n === 1234.565 ? 2 : 0] })),
  ).toEqual([1.01, 3, -3, 1, 1234.57]);
});

test('dates', () => {
  expect(run({ age: ['2000-11-23', { var: 'today' }] })).toBe(25);
  expect(run({ daysBetween: ['2026-11-22', '2026-12-01'] })).toBe(9);
  expect(run({ addMonths: ['2026-01-31', 1] })).toBe('2026-02-28');
  expect(run({ year: '2026-11-22' })).toBe(2026);
  expect(run({ age: ['nonsense', { var: 'today' }] })).toBe(null);
});

test('inherited names read as nothing', () => {
  for (const name of ['toString', 'constructor', 'hasOwnProperty'])
    expect(logicDefect({ var: name }) !== null || run({ var: name }) === null).toBe(true);
  expect(() => run({ var: 'a.constructor' } as Logic)).toThrow(TypeError);
  expect(() => run({ throw: 'x' } as Logic)).toThrow(TypeError);
});

test('what an expression reads is known without running it', () => {
  const logic: Logic = {
    and: [
      { '==': [{ var: 'kind' }, 'x'] },
      {
        '>': [
          {
            sum: {
              map: [
                { filter: [{ var: 'items' }, { var: 'chosen' }] },
                { '*': [{ var: 'price' }, { var: 'row.count' }] },
              ],
            },
          },
          0,
        ],
      },
    ],
  };
  expect(readsOf(logic).sort()).toEqual(['items', 'items.chosen', 'items.price', 'items.row.count', 'kind']);
});

test('conditions: absent holds, an empty list does not', () => {
  expect(holds(undefined, { today })).toBe(true);
  expect(holds({ var: 'a' }, { today, a: [] })).toBe(false);
  expect(holds({ '==': [{ var: 'context.case' }, 'first'] }, { today, context: { case: 'first' } })).toBe(true);
});
