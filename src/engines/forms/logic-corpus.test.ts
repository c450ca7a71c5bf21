import jsonLogic from 'json-logic-js';
import { describe, expect, test } from 'vitest';
import { evaluate, logicDefect } from './logic.ts';
import { logicCorpus } from './testing/logic-corpus.ts';

describe('the corpus of expressions', () => {
  test('has at least 300 cases, none twice', () => {
    const written = logicCorpus.map((each) => JSON.stringify(each));
    expect(new Set(written).size).toBeGreaterThanOrEqual(300);
  });
  test.each(logicCorpus.map(([logic, data, answer]) => [JSON.stringify(logic), logic, data, answer] as const))(
    '%s',
    (_, logic, data, answer) => {
      expect(logicDefect(logic)).toBeNull();
      expect(evaluate(logic, { today: '2026-11-23', ...data })).toEqual(answer);
    },
  );
});

// Where the published JsonLogic of its inventor has the same operator and nothing is missing, it must say the same.
describe('the reference implementation agrees', () => {
  const shared = new Set([
    '==',
    '===',
    '!=',
    '!==',
    '!',
    '!!',
    'and',
    'or',
    'if',
    'in',
    'map',
    'filter',
    'all',
    'some',
    'none',
    'var',
    'cat',
  ]);
  const usesOnly = (logic: unknown): boolean =>
    logic === null ||
    typeof logic !== 'object' ||
    (Array.isArray(logic)
      ? logic.every(usesOnly)
      : Object.entries(logic).every(([operator, args]) => shared.has(operator) && usesOnly(args)));
  const isWhole = (logic: unknown): boolean => !/null|""/.test(JSON.stringify(logic));
  const cases = logicCorpus.filter(([logic]) => usesOnly(logic) && isWhole(logic));
  test('on enough cases', () => expect(cases.length).toBeGreaterThan(40));
  test.each(cases.map(([logic, data]) => [JSON.stringify(logic), logic, data] as const))('%s', (_, logic, data) => {
    expect(jsonLogic.apply(logic as never, data) ?? null).toEqual(evaluate(logic, { today: '2026-11-23', ...data }));
  });
});
