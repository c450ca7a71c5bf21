import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProblem } from '../../platform/problems.ts';
import { checkTable } from './check-table.ts';
import type { DecisionTable } from './decision-table.ts';
import { evaluateTable } from './evaluate-table.ts';
import { evaluateFeel, testFeel } from './feel.ts';
import { feelFault } from './feel-check.ts';
import { plainValue } from './feel-values.ts';
import { readDmn } from './read-dmn.ts';
import { readTable } from './read-table.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isProblem(error))
      return (error.details['fault'] as { code?: string } | undefined)?.code ?? error.definition.code;
    throw error;
  }
  return 'nothing refused';
};

describe('the door to FEEL', () => {
  test('answers with what it is given, and says what was missing', () => {
    expect(evaluateFeel('diện_tích * 2 > 100', { diện_tích: 60 }).value).toBe(true);
    expect(evaluateFeel('thời hạn + 1', { 'thời hạn': 4 }).value).toBe(5);
    expect(evaluateFeel('0.1 + 0.2', {}).value).toBe(0.3);
    const missing = evaluateFeel('khong_co + 1', {});
    expect(missing.value).toBeNull();
    expect(missing.warnings.join()).toContain('khong_co');
  });

  test('sees one spelling of Vietnamese text, whichever came in', () => {
    expect(
      evaluateFeel('tỉnh = "Nghệ An"'.normalize('NFD'), { [`tỉnh`.normalize('NFD')]: 'Nghệ An'.normalize('NFD') })
        .value,
    ).toBe(true);
    expect(testFeel('"Nghệ An"'.normalize('NFD'), 'Nghệ An', {})).toBe(true);
  });

  test('knows dates by their declared type, and no clock but the one it is given', () => {
    const types = { nộp: 'date' } as const;
    expect(evaluateFeel('nộp + duration("P10D")', { nộp: '2026-02-20' }, { types }).value).toBe('2026-03-02');
    expect(testFeel('< date("2025-07-01")', '2025-06-30', {}, { type: 'date' })).toBe(true);
    expect(evaluateFeel('today()', {}, { now: new Date('2026-11-22T20:00:00Z') }).value).toBe('2026-11-23');
    expect(evaluateFeel('now()', {}).value).toBeNull();
  });

  test('a compiled expression answers the second caller as it would a first', () => {
    const answers = [1, 2, 3].map((n) => evaluateFeel('if n > 1 then m.k else "-"', { n, m: { k: `k${n}` } }));
    expect(answers.map(({ value }) => value)).toEqual(['-', 'k2', 'k3']);
    expect(evaluateFeel('n + x', { n: 1 }).warnings).toHaveLength(2);
    expect(evaluateFeel('n + x', { n: 1 }).warnings).toHaveLength(2);
  });

  test.each([
    ['1 +', 'syntax'],
    ['', 'syntax'],
    ['x'.repeat(2_001), 'too-long'],
    [`${'('.repeat(100)}1${')'.repeat(100)}`, 'too-deep'],
    [Array.from({ length: 400 }, () => '1').join('+'), 'too-deep'],
    ['function(a) a', 'function-refused'],
    ['{f: function(x) f(x)}.f(1)', 'function-refused'],
    ['for i in 1..n return i', 'open-range'],
    ['for i in 1..2.5 return i', 'open-range'],
    ['for i in 1..99999999 return i', 'open-range'],
    ['for r in [1..2.5] return r', 'open-range'],
    ['for a in l return for b in l return for c in l return a', 'loop-too-deep'],
    ['for a in l, b in l, c in l return a', 'loop-too-deep'],
    ['{a: s + s, b: a + a, c: b + b}.c', 'self-reference'],
    ['for a in l return partial', 'name-refused'],
    ['constructor', 'name-refused'],
    ['a.__proto__', 'name-refused'],
    ['{"__proto__": 1}', 'name-refused'],
    ['matches(s, "(a+)+$")', 'pattern-refused'],
    ['matches(s, p)', 'pattern-refused'],
    ['matches(s, "(a|a)*b")', 'pattern-refused'],
    ['replace(s, "a*b*c*d", "")', 'pattern-refused'],
    ['range("[1..2.5]")', 'function-refused'],
  ])('%s is refused', (expression, code) => {
    expect(codeOf(() => evaluateFeel(expression, { n: 9e15, l: [1, 2], s: 'a', p: '(a+)+', a: {} }))).toBe(code);
  });

  test('nothing but data goes in', () => {
    const refused = (value: unknown) => codeOf(() => evaluateFeel('1', { x: value as never }));
    expect(refused(() => 1)).toBe('decisions.expression-failed');
    expect(refused(new Map())).toBe('decisions.expression-failed');
    expect(refused(JSON.parse('{"__proto__": {"a": 1}}'))).toBe('decisions.expression-failed');
    expect(refused('x'.repeat(4_001))).toBe('decisions.expression-failed');
    expect(refused(Array.from({ length: 501 }, () => 1))).toBe('decisions.expression-failed');
    expect(refused(Number.NaN)).toBe('decisions.expression-failed');
    let deep: unknown = 1;
    for (let i = 0; i < 20; i++) deep = [deep];
    expect(refused(deep)).toBe('decisions.expression-failed');
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  test('whatever is written, an answer or a refusal comes at once', () => {
    const words = [
      '1',
      'x',
      '"a"',
      '+',
      '-',
      '*',
      '(',
      ')',
      '[',
      ']',
      '..',
      'for i in ',
      ' return ',
      'if ',
      ' then ',
      ' else ',
      '{',
      '}',
      ':',
      ',',
      '.',
      'not(',
      'some y in x satisfies ',
      ' and ',
      ' in ',
      '?',
      'null',
      'matches(',
      'date("2026-01-01")',
      '\\',
      '"',
      '\u0000',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (parts) => {
        const began = performance.now();
        codeOf(() => evaluateFeel(parts.join(''), { x: [1, 2, 3] }));
        codeOf(() => testFeel(parts.join(''), 2, { x: [1, 2, 3] }));
        expect(performance.now() - began).toBeLessThan(2_000);
      }),
      { numRuns: 300, seed: 20261128 },
    );
  });

  test('what may be spoken of is known before', () => {
    const names = new Set(['tuổi', 'danh sách']);
    const shape = { tuổi: 1, 'danh sách': [] };
    expect(feelFault('tuổi > 18 and count(danh sách) > 1', 'expression', shape, names)).toBeNull();
    expect(feelFault('some x in danh sách satisfies x > tuổi', 'expression', shape, names)).toBeNull();
    expect(feelFault('tuoi > 18', 'expression', shape, names)).toMatchObject({
      code: 'unknown-name',
      text: 'tuoi',
      at: 0,
    });
  });

  test('plain values are copies', () => {
    const given = { a: [{ b: 1 }] };
    const copy = plainValue(given) as typeof given;
    given.a[0]!.b = 2;
    expect(copy.a[0]!.b).toBe(1);
  });
});

/** Who handles a building permit, by height and place. */
const table = (
  hitPolicy: DecisionTable['hitPolicy'],
  rules: readonly (readonly string[])[],
  more: Partial<DecisionTable> = {},
): DecisionTable => ({
  hitPolicy,
  inputs: [
    { label: 'Số tầng', expression: 'tang', type: 'number', allowed: '[1..100]' },
    { label: 'Nơi', expression: 'noi', type: 'string', allowed: '"phường", "xã"' },
  ],
  outputs: [{ name: 'cap', type: 'string', allowed: '"tỉnh", "xã"', fallback: null }],
  rules: rules.map(([a = '-', b = '-', gives = ''], i) => ({
    id: `r${i + 1}`,
    when: [a, b],
    gives: [gives],
    note: '',
  })),
  ...more,
});
const names = new Set(['tang', 'noi']);
const codes = (t: DecisionTable) => checkTable(t, names).map(({ code, rules }) => [code, ...rules].join(' '));

describe('decision tables', () => {
  const rules = [
    ['> 7', '-', '"tỉnh"'],
    ['<= 7', '"phường"', '"tỉnh"'],
    ['<= 7', '"xã"', '"xã"'],
  ];
  test('answer, and say which rules hit and why', () => {
    const answer = evaluateTable(table('U', rules), { tang: 3, noi: 'xã' });
    expect(answer).toMatchObject({ value: 'xã', chosen: [3], isDefault: false, notAllowed: [] });
    expect(answer.hits).toEqual([{ rule: 3, ruleId: 'r3', tests: ['<= 7', '"xã"'], outputs: ['xã'] }]);
    expect(answer.inputs).toEqual([
      { label: 'Số tầng', value: 3 },
      { label: 'Nơi', value: 'xã' },
    ]);
    expect(evaluateTable(table('U', rules), { tang: 3, noi: 'thành phố' })).toMatchObject({
      value: null,
      notAllowed: ['Nơi'],
    });
    expect(codes(table('U', rules))).toEqual([]);
  });

  test('overlap under U and A, masked rules under F, and gaps are found before, by rule', () => {
    const overlapping = [...rules, ['[5..9]', '"xã"', '"xã"']];
    expect(codes(table('U', overlapping))).toEqual(['overlap 1 4', 'overlap 3 4']);
    expect(codes(table('A', overlapping))).toEqual(['overlap 1 4']);
    expect(codes(table('F', [['-', '-', '"xã"'], ...rules]))).toEqual(['masked 1 2', 'masked 1 3', 'masked 1 4']);
    const gaps = checkTable(table('U', rules.slice(0, 2)), names);
    expect(gaps.map(({ code }) => code)).toEqual(['gap', 'gap', 'gap']);
    expect(gaps[0]!.text.vi).toContain('Nơi = "xã"');
    expect(() => evaluateTable(table('U', overlapping), { tang: 8, noi: 'xã' })).toThrow('undecided');
  });

  test('cells are held to their columns, and cells that calculate are named as undecidable', () => {
    expect(codes(table('U', [['"ba"', '-', '"xã"']]))).toEqual(['wrong-type 1']);
    expect(codes(table('U', [['-', '-', '"huyện"']]))).toEqual(['output-not-allowed 1']);
    expect(codes(table('U', [['> tong', '-', '"xã"']]))).toEqual(['unknown-name 1']);
    expect(codes(table('U', [['> tang', '-', '"xã"']]))).toEqual(['undecidable 1']);
    expect(codes(table('U', [['1 +', '-', '"xã"']]))).toEqual(['syntax 1']);
    expect(
      codes(table('P', rules, { outputs: [{ name: '', type: 'string', allowed: null, fallback: null }] })),
    ).toEqual(['no-priorities']);
    expect(codes(table('U', []))).toEqual(['empty']);
  });

  test('every hit policy', () => {
    const all = [
      ['-', '-', '"xã"'],
      ['-', '-', '"tỉnh"'],
      ['-', '-', '"xã"'],
    ];
    const of = (policy: DecisionTable['hitPolicy'], cells = all, more: Partial<DecisionTable> = {}) =>
      evaluateTable(table(policy, cells, more), { tang: 1, noi: 'xã' }).value;
    expect(of('P')).toBe('tỉnh');
    expect(of('F')).toBe('xã');
    expect(of('R')).toEqual(['xã', 'tỉnh', 'xã']);
    expect(of('O')).toEqual(['tỉnh', 'xã', 'xã']);
    expect(of('C')).toEqual(['xã', 'tỉnh', 'xã']);
    const numbers = [
      ['-', '-', '5'],
      ['-', '-', '2'],
      ['> 50', '-', '100'],
    ];
    const outputs = { outputs: [{ name: '', type: 'number' as const, allowed: null, fallback: '0' }] };
    expect(of('C+', numbers, outputs)).toBe(7);
    expect(of('C<', numbers, outputs)).toBe(2);
    expect(of('C>', numbers, outputs)).toBe(5);
    expect(of('C#', numbers, outputs)).toBe(2);
    expect(of('U', [['> 50', '-', '1']], outputs)).toBe(0);
    expect(codeOf(() => of('A'))).toBe('decisions.table-undecided');
  });

  test('a table that passes the checks under U never comes out undecided, and one without gaps never empty', () => {
    const cell = fc.oneof(
      fc.constant('-'),
      fc.integer({ min: 1, max: 9 }).map((n) => `< ${n}`),
      fc.integer({ min: 1, max: 9 }).map((n) => `>= ${n}`),
      fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 5, max: 9 })).map(([a, b]) => `[${a}..${b})`),
    );
    const place = fc.constantFrom('-', '"phường"', '"xã"', 'not("xã")');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, place), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('phường', 'xã'),
        (cells, tang, noi) => {
          const drawn = table(
            'U',
            cells.map(([a, b]) => [a, b, '"xã"']),
          );
          const found = codes(drawn);
          const isUndecided = codeOf(() => evaluateTable(drawn, { tang, noi })) === 'decisions.table-undecided';
          const isEmpty = !isUndecided && evaluateTable(drawn, { tang, noi }).value !== 'xã';
          const warned = (code: string) => found.some((each) => each.startsWith(code));
          expect({ isUndecided: isUndecided && !warned('overlap'), isEmpty: isEmpty && !warned('gap') }).toEqual({
            isUndecided: false,
            isEmpty: false,
          });
        },
      ),
      { numRuns: 120, seed: 20261128 },
    );
  });
});

describe('tables and models that come in', () => {
  test('our own shape is read field by field', () => {
    const read = readTable(JSON.parse(JSON.stringify(table('U', [['1', '-', '"xã"']]))));
    expect(read).toEqual(table('U', [['1', '-', '"xã"']]));
    for (const wrong of [
      null,
      [],
      { hitPolicy: 'X' },
      { hitPolicy: 'U', inputs: {}, outputs: [], rules: [] },
      { hitPolicy: 'U', inputs: [{ expression: 1 }], outputs: [], rules: [] },
      JSON.parse('{"__proto__": {"hitPolicy": "U"}}'),
    ])
      expect(codeOf(() => readTable(wrong))).toBe('decisions.model-unreadable');
  });

  const dmn = (inner: string) =>
    `<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" id="m" namespace="n">${inner}</definitions>`;
  test.each([
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${dmn('')}`, 'document-type'],
    ['too deep', dmn('<description>'.repeat(100) + '</description>'.repeat(100)), 'too-deep'],
    [
      'too many attributes',
      dmn(`<decision ${Array.from({ length: 80 }, (_, i) => `a${i}="1"`).join(' ')}/>`),
      'too-many-attributes',
    ],
    ['no end', '<definitions', 'not-well-formed'],
    ['nothing', '', 'not-well-formed'],
    ['another root', '<html></html>', 'not-well-formed'],
    ['zeros', dmn('\u0000'), 'not-text'],
    [
      'a circle',
      dmn(
        '<decision id="a" name="a"><informationRequirement><requiredDecision href="#b"/></informationRequirement><literalExpression><text>b</text></literalExpression></decision><decision id="b" name="b"><informationRequirement><requiredDecision href="#a"/></informationRequirement><literalExpression><text>a</text></literalExpression></decision>',
      ),
      'circle',
    ],
  ])('%s is refused', async (_, xml, reason) => {
    await expect(readDmn(xml)).rejects.toMatchObject({ details: { reason } });
  });

  test('parts that are not claimed are listed', async () => {
    const model = await readDmn(dmn('<businessKnowledgeModel id="k" name="Kinh nghiệm"/>'));
    expect(model.unclaimed).toEqual([{ element: 'dmn:BusinessKnowledgeModel', name: 'Kinh nghiệm' }]);
  });
});
