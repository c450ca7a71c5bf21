import { parseUnaryTests } from 'feelin';
import type { LocalText } from '../../platform/problems.ts';
import { TABLE_LIMITS, type DecisionTable, type TableInput } from './decision-table.ts';
import { prioritiesOf } from './evaluate-table.ts';
import { evaluateFeel, testFeel } from './feel.ts';
import { feelFault, type FeelFault, type FeelKind } from './feel-check.ts';
import { isOfType, isRefusedName, type Value } from './feel-values.ts';

/** Something a table is held back for (`error`), or that its owner should look at (`warning`). Rules are numbered from 1. */
export interface TableFinding {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly rules: readonly number[];
  readonly text: LocalText;
}

/** More combinations than this are not looked through; the finding says so. */
const MAX_COMBINATIONS = 20_000;
const MAX_REPORTED = 5;

/**
 * Everything that can be known of a table before it is used: unreadable or unknown expressions, cells of a wrong type, rules that contradict each other under its hit
 * policy, rules that can never decide, and values that no rule knows. Where a cell asks for more than constants, what it hits is not decidable: a warning names the rule.
 * `names` are what its expressions may speak of.
 */
export function checkTable(table: DecisionTable, names: ReadonlySet<string>): TableFinding[] {
  const shape = checkShape(table);
  if (shape.length > 0) return shape;
  const cells = checkCells(table, names);
  if (cells.some(({ severity }) => severity === 'error')) return cells;
  return [...cells, ...checkOutputs(table), ...checkCoverage(table)];
}

const finding = (code: string, rules: readonly number[], vi: string, en: string): TableFinding => ({
  severity: 'error',
  code,
  rules,
  text: { vi, en },
});
const warning = (code: string, rules: readonly number[], vi: string, en: string): TableFinding => ({
  ...finding(code, rules, vi, en),
  severity: 'warning',
});

function checkShape({ inputs, outputs, rules, hitPolicy }: DecisionTable): TableFinding[] {
  const found: TableFinding[] = [];
  if (inputs.length > TABLE_LIMITS.inputs || outputs.length > TABLE_LIMITS.outputs || rules.length > TABLE_LIMITS.rules)
    found.push(finding('too-large', [], 'Bảng quá lớn.', 'The table is too large.'));
  if (inputs.length === 0 || outputs.length === 0 || rules.length === 0)
    found.push(
      finding(
        'empty',
        [],
        'Bảng cần có cột vào, cột kết quả và quy tắc.',
        'The table needs an input, an output and a rule.',
      ),
    );
  rules.forEach((rule, at) => {
    if (rule.when.length !== inputs.length || rule.gives.length !== outputs.length)
      found.push(
        finding(
          'wrong-cells',
          [at + 1],
          `Quy tắc ${at + 1} thiếu hoặc thừa ô.`,
          `Rule ${at + 1} has too few or too many cells.`,
        ),
      );
  });
  const seen = new Set<string>();
  for (const { name } of outputs) {
    if ((outputs.length > 1 && name === '') || seen.has(name) || isRefusedName(name))
      found.push(
        finding(
          'output-name',
          [],
          `Tên cột kết quả “${name}” trống, trùng hoặc không dùng được.`,
          `The output name “${name}” is empty, taken or refused.`,
        ),
      );
    seen.add(name);
  }
  if (/^C./.test(hitPolicy) && outputs.length > 1)
    found.push(
      finding(
        'aggregate',
        [],
        'Bảng cộng, đếm, lấy nhỏ nhất, lớn nhất chỉ có một cột kết quả.',
        'A table that adds, counts or compares has one output only.',
      ),
    );
  if ((hitPolicy === 'P' || hitPolicy === 'O') && outputs.every(({ allowed }) => allowed === null))
    found.push(
      finding(
        'no-priorities',
        [],
        'Bảng theo ưu tiên cần danh sách giá trị kết quả từ cao đến thấp.',
        'A table by priority needs its output values listed from high to low.',
      ),
    );
  return found;
}

const FAULT_WORDS: Readonly<Record<FeelFault['code'], LocalText>> = {
  'too-long': { vi: 'quá dài', en: 'too long' },
  syntax: { vi: 'viết sai', en: 'not written correctly' },
  'too-deep': { vi: 'lồng quá sâu', en: 'nested too deeply' },
  'too-many-parts': { vi: 'quá nhiều phần', en: 'of too many parts' },
  'function-refused': { vi: 'dùng hàm không được phép', en: 'using a function that is not allowed' },
  'loop-too-deep': { vi: 'lặp lồng quá sâu', en: 'looping too deeply' },
  'open-range': {
    vi: 'lặp trên khoảng không viết bằng số nguyên',
    en: 'looping over a range that is not written in whole numbers',
  },
  'self-reference': { vi: 'tự nhắc lại giá trị của mình', en: 'made of its own values' },
  'name-refused': { vi: 'dùng tên không được phép', en: 'using a name that is not allowed' },
  'pattern-refused': { vi: 'dùng mẫu so khớp không an toàn', en: 'using a pattern that may not end' },
  'unknown-name': { vi: 'nhắc tới tên chưa khai báo', en: 'speaking of an unknown name' },
};

/** What is wrong with an expression, in words: the piece and why. */
export function faultWords(fault: FeelFault): LocalText {
  const words = FAULT_WORDS[fault.code];
  const piece = fault.text === '' ? '' : ` (${fault.text})`;
  return { vi: `${words.vi}${piece}`, en: `${words.en}${piece}` };
}

function checkCells(table: DecisionTable, names: ReadonlySet<string>): TableFinding[] {
  const found: TableFinding[] = [];
  const shape = Object.fromEntries([...names].map((name) => [name, 0]));
  const look = (text: string, kind: FeelKind, rules: readonly number[], where: LocalText): boolean => {
    const fault = feelFault(text.normalize('NFC'), kind, { ...shape, '?': 0 }, names);
    if (!fault) return true;
    const words = faultWords(fault);
    found.push(
      finding(fault.code, rules, `${where.vi}: biểu thức ${words.vi}.`, `${where.en}: the expression is ${words.en}.`),
    );
    return false;
  };
  for (const [at, input] of table.inputs.entries()) {
    const where = { vi: `Cột vào ${at + 1}`, en: `Input ${at + 1}` };
    look(input.expression, 'expression', [], where);
    if (input.allowed !== null) look(input.allowed, 'tests', [], where);
  }
  for (const [at, output] of table.outputs.entries())
    for (const text of [output.fallback, output.allowed === null ? null : `[${output.allowed}]`])
      if (text !== null) look(text, 'expression', [], { vi: `Cột kết quả ${at + 1}`, en: `Output ${at + 1}` });
  for (const [at, rule] of table.rules.entries()) {
    const where = (column: number) => ({
      vi: `Quy tắc ${at + 1}, ô ${column + 1}`,
      en: `Rule ${at + 1}, cell ${column + 1}`,
    });
    rule.when.forEach((cell, i) => {
      const input = table.inputs[i]!;
      if (!isAny(cell) && look(cell, 'tests', [at + 1], where(i)) && !literalsFit(cell, input)) {
        const words = where(i);
        found.push(
          finding(
            'wrong-type',
            [at + 1],
            `${words.vi}: giá trị không đúng kiểu của cột.`,
            `${words.en}: a value is not of the column's type.`,
          ),
        );
      }
    });
    rule.gives.forEach((cell, i) => {
      if (!isAny(cell)) look(cell, 'expression', [at + 1], where(table.inputs.length + i));
    });
  }
  return found;
}

const isAny = (cell: string): boolean => cell.trim() === '-' || cell.trim() === '';

interface Literals {
  /** Every value that is named, as FEEL text; null when the cell asks for more than constants. */
  readonly constants: readonly string[] | null;
}

const PLAIN = new Set([
  'UnaryTests',
  'PositiveUnaryTests',
  'PositiveUnaryTest',
  'SimplePositiveUnaryTest',
  'Interval',
  'CompareOp',
  'Wildcard',
  'not',
  '(',
  ')',
  '[',
  ']',
  '..',
  ',',
  'null',
]);
const CONSTANT = new Set(['NumericLiteral', 'StringLiteral', 'BooleanLiteral', 'DateTimeLiteral']);

/** The constants of a cell's tests. */
function literalsOf(cell: string): Literals {
  const constants: string[] = [];
  let isPlain = true;
  let within = 0;
  parseUnaryTests(cell, {}, undefined).iterate({
    enter({ name, from, to }) {
      if (within > 0) within++;
      else if (CONSTANT.has(name)) {
        constants.push(cell.slice(from, to));
        within = 1;
      } else if (name !== 'ArithOp' && !PLAIN.has(name)) isPlain = false;
    },
    leave: () => void (within = Math.max(0, within - 1)),
  });
  // Only words of the calendar that are written out are constants.
  if (constants.some((text) => /^(date|time|duration)/.test(text) && !/^[a-z ]+\(\s*"[^"]*"\s*\)$/.test(text)))
    isPlain = false;
  return { constants: isPlain ? constants : null };
}

function literalsFit(cell: string, { type }: TableInput): boolean {
  const { constants } = literalsOf(cell);
  if (constants === null || type === 'any') return true;
  return constants.every((constant) => {
    const value = evaluateFeel(constant, {}).value;
    return value === null
      ? false
      : /^(date|time|duration|@)/.test(constant)
        ? isOfType(value, type) && typeof value === 'string'
        : isOfType(value, type);
  });
}

function checkOutputs(table: DecisionTable): TableFinding[] {
  const found: TableFinding[] = [];
  table.outputs.forEach((output, i) => {
    const allowed = prioritiesOf(output).map((value) => JSON.stringify(value));
    table.rules.forEach((rule, at) => {
      const value = constantOf(rule.gives[i] ?? '');
      if (value === undefined || value === null) return;
      if (allowed.length > 0 && !allowed.includes(JSON.stringify(value)))
        found.push(
          finding(
            'output-not-allowed',
            [at + 1],
            `Quy tắc ${at + 1}: kết quả không nằm trong danh sách của cột.`,
            `Rule ${at + 1}: the result is not in the column's list.`,
          ),
        );
      else if (!isOfType(value, output.type))
        found.push(
          finding(
            'wrong-type',
            [at + 1],
            `Quy tắc ${at + 1}: kết quả không đúng kiểu của cột.`,
            `Rule ${at + 1}: the result is not of the column's type.`,
          ),
        );
    });
  });
  return found;
}

/** The value of an output that is a constant; undefined otherwise. */
function constantOf(text: string): Value | undefined {
  if (!/^\s*(-?\d+(\.\d+)?|"(?:[^"\\]|\\.)*"|true|false)\s*$/.test(text)) return undefined;
  return evaluateFeel(text, {}).value;
}

/** One value that stands for all that the tests of a column tell apart no further. */
interface Sample {
  readonly value: Value;
  readonly label: string;
}

function checkCoverage(table: DecisionTable): TableFinding[] {
  const open = table.rules.flatMap((rule, at) =>
    rule.when.some((cell) => !isAny(cell) && literalsOf(cell.normalize('NFC')).constants === null) ? [at] : [],
  );
  const found: TableFinding[] = open.map((at) =>
    warning(
      'undecidable',
      [at + 1],
      `Quy tắc ${at + 1} dùng biểu thức, nên không tự kiểm tra trùng hay thiếu được.`,
      `Rule ${at + 1} calculates, so overlap and gaps cannot be checked for it.`,
    ),
  );
  const samples = table.inputs.map((input, i) => samplesOf(table, input, i, open));
  const covered = table.rules.map((rule, at) =>
    open.includes(at) ? null : table.inputs.map((input, i) => coverOf(rule.when[i] ?? '-', samples[i]!, input)),
  );
  found.push(...pairFindings(table, covered));
  if (open.length === 0) found.push(...gapFindings(table, samples, covered as boolean[][][]));
  return found;
}

function coverOf(cell: string, samples: readonly Sample[], { type }: TableInput): boolean[] {
  return samples.map(({ value }) => isAny(cell) || testFeel(cell, value, {}, { type }));
}

/** Values that tell the cells of a column apart: each constant, one between each two, one beyond each end, and one that none names. */
function samplesOf(table: DecisionTable, input: TableInput, column: number, open: readonly number[]): Sample[] {
  const cells = table.rules
    .filter((_, at) => !open.includes(at))
    .map((rule) => (rule.when[column] ?? '-').normalize('NFC'));
  const texts = new Set(
    [...cells, input.allowed ?? '-'].filter((cell) => !isAny(cell)).flatMap((cell) => literalsOf(cell).constants ?? []),
  );
  const isNegative = [...cells, input.allowed ?? ''].some((cell) => /-\s*\d/.test(cell));
  const values = [...texts].map((text) => evaluateFeel(text, {}).value).filter((value) => value !== null);
  const samples = betweenAll(
    isNegative ? values.flatMap((v): Value[] => (typeof v === 'number' ? [v, -v] : [v])) : values,
    input,
  );
  const allowed = input.allowed;
  return allowed === null ? samples : samples.filter(({ value }) => testFeel(allowed, value, {}, { type: input.type }));
}

function betweenAll(values: readonly Value[], input: TableInput): Sample[] {
  const plain = (value: Value): Sample => ({ value, label: JSON.stringify(value) });
  if (input.type === 'boolean' || (values.length > 0 && values.every((v) => typeof v === 'boolean')))
    return [true, false].map(plain);
  const numbers = [...new Set(values.filter((v) => typeof v === 'number'))].sort((a, b) => a - b);
  if (numbers.length > 0 && numbers.length === new Set(values).size) {
    const between = numbers.slice(1).map((n, i) => plain((n + numbers[i]!) / 2));
    return [
      { value: numbers[0]! - 1, label: `< ${numbers[0]}` },
      ...numbers.map(plain),
      ...between,
      { value: numbers.at(-1)! + 1, label: `> ${numbers.at(-1)}` },
    ];
  }
  const texts = [...new Set(values.filter((v) => typeof v === 'string'))].sort();
  if (input.type === 'date') return datesAround(texts);
  const other = input.allowed === null ? [{ value: '\u{10ffff}', label: '…' }] : [];
  return [...texts.map(plain), ...other];
}

function datesAround(days: readonly string[]): Sample[] {
  const shifted = (day: string, by: number) => new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10);
  const all = new Set(days.flatMap((day) => [shifted(day, -1), day, shifted(day, 1)]));
  return [...all].sort().map((value) => ({ value, label: value }));
}

/** Rules that can hit together, where the hit policy does not bear it. */
function pairFindings(table: DecisionTable, covered: readonly (boolean[][] | null)[]): TableFinding[] {
  const found: TableFinding[] = [];
  const outputs = table.rules.map((rule) => JSON.stringify(rule.gives.map((cell) => cell.trim())));
  for (let a = 0; a < covered.length; a++)
    for (let b = a + 1; b < covered.length; b++) {
      const [first, second] = [covered[a], covered[b]];
      if (!first || !second) continue;
      const meets = first.every((cover, i) => cover.some((hit, s) => hit && second[i]![s]));
      if (!meets) continue;
      const pair = [a + 1, b + 1];
      const words = { vi: `Quy tắc ${a + 1} và ${b + 1}`, en: `Rules ${a + 1} and ${b + 1}` };
      if (table.hitPolicy === 'U')
        found.push(
          finding('overlap', pair, `${words.vi} cùng đúng cho một trường hợp.`, `${words.en} hit the same case.`),
        );
      else if (table.hitPolicy === 'A' && outputs[a] !== outputs[b])
        found.push(
          finding(
            'overlap',
            pair,
            `${words.vi} cùng đúng nhưng cho kết quả khác nhau.`,
            `${words.en} hit the same case with different results.`,
          ),
        );
      else if (table.hitPolicy === 'F' && second.every((cover, i) => cover.every((hit, s) => !hit || first[i]![s])))
        found.push(
          warning(
            'masked',
            pair,
            `Quy tắc ${b + 1} không bao giờ được dùng vì quy tắc ${a + 1} đứng trước.`,
            `Rule ${b + 1} is never used: rule ${a + 1} comes before it.`,
          ),
        );
      if (found.length >= 50) return found;
    }
  return found;
}

/** Cases that no rule knows, when there is no default. */
function gapFindings(
  table: DecisionTable,
  samples: readonly (readonly Sample[])[],
  covered: readonly boolean[][][],
): TableFinding[] {
  if (table.outputs.some(({ fallback }) => fallback !== null) || /^[RCO]/.test(table.hitPolicy)) return [];
  const combinations = samples.reduce((product, list) => product * Math.max(1, list.length), 1);
  if (combinations > MAX_COMBINATIONS)
    return [
      warning(
        'gaps-unchecked',
        [],
        'Bảng quá nhiều trường hợp để tự kiểm tra thiếu.',
        'There are too many cases to look for gaps.',
      ),
    ];
  const found: TableFinding[] = [];
  for (let n = 0; n < combinations && found.length < MAX_REPORTED; n++) {
    let rest = n;
    const at = samples.map((list) => {
      const index = rest % Math.max(1, list.length);
      rest = Math.floor(rest / Math.max(1, list.length));
      return index;
    });
    if (covered.some((rule) => rule.every((cover, i) => cover[at[i]!] ?? true))) continue;
    const words = at
      .map(
        (index, i) => `${table.inputs[i]!.label || table.inputs[i]!.expression} = ${samples[i]![index]?.label ?? '…'}`,
      )
      .join('; ');
    found.push(warning('gap', [], `Không có quy tắc nào cho: ${words}.`, `No rule for: ${words}.`));
  }
  return found;
}
