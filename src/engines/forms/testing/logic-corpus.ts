import type { Logic } from '../definition.ts';

/*
 * Cases that the server and the browser must answer alike: the operators as jsonlogic.com documents them, in our own words and with our own rules
 * for what is missing, and cases of the province (Vietnamese words, days, money, nothing). Each is [expression, data, answer].
 */
export type LogicCase = readonly [logic: Logic, data: Record<string, unknown>, answer: unknown];

const v = (name: string): Logic => ({ var: name });
const data = {
  ten: 'Nguyễn Thị Ánh Nguyệt',
  tuoi: 36,
  so: 0,
  rong: '',
  dung: true,
  sai: false,
  khong: null,
  ngay: '2024-02-29',
  sinh: '1990-05-12',
  tien: 1_250_000,
  chon: ['a', 'b'],
  con: [
    { ten: 'Khôi', tuoi: 5, tien: 100_000 },
    { ten: 'Ánh', tuoi: 12, tien: 250_000 },
    { ten: 'Lan', tuoi: 20 },
  ],
  noi: { province: '40', commune: '16690' },
  today: '2026-11-23',
  context: { channel: 'online' },
};

const compared: LogicCase[] = (
  [
    ['==', 1, 1, true],
    ['==', 1, 2, false],
    ['==', 'a', 'a', true],
    ['==', 'Ánh', 'Ánh', true],
    ['==', 'anh', 'Ánh', false],
    ['===', 1, 1, true],
    ['===', 1, '1', false],
    ['===', true, true, true],
    ['!=', 1, 2, true],
    ['!=', 'a', 'a', false],
    ['!==', 1, '1', true],
    ['!==', 'đ', 'đ', false],
    ['<', 1, 2, true],
    ['<', 2, 2, false],
    ['<', 'a', 'b', true],
    ['<', '2024-02-29', '2024-03-01', true],
    ['<', '', 'a', false],
    ['<', 1, 'a', false],
    ['<=', 2, 2, true],
    ['<=', 3, 2, false],
    ['<=', '2024-02-29', '2024-02-29', true],
    ['>', 3, 2, true],
    ['>', 2, 2, false],
    ['>', null, 1, false],
    ['>=', 2, 2, true],
    ['>=', 1, 2, false],
    ['>=', 'b', 'a', true],
    ['>=', true, false, false],
  ] as const
).map(([operator, left, right, answer]) => [{ [operator]: [left, right] }, {}, answer]);

const arithmetic: LogicCase[] = (
  [
    ['+', [1, 2], 3],
    ['+', [1, 2, 3, 4], 10],
    ['+', [0.1, 0.2], 0.1 + 0.2],
    ['+', ['1', 2], null],
    ['+', [null, 2], null],
    ['-', [5, 3], 2],
    ['-', [5], -5],
    ['-', [0], 0],
    ['-', [10, 3, 2], 5],
    ['-', ['a'], null],
    ['*', [2, 3, 4], 24],
    ['*', [2, null], null],
    ['*', [1_250_000, 12], 15_000_000],
    ['/', [9, 3], 3],
    ['/', [1, 4], 0.25],
    ['/', [1, 0], null],
    ['/', [0, 0], null],
    ['%', [10, 3], 1],
    ['%', [10, 0], null],
    ['%', [-10, 3], -1],
    ['min', [3, 1, 2], 1],
    ['min', [3, null, 2], 2],
    ['max', [3, 1, 2], 3],
    ['max', ['x', 1], 1],
    ['max', [], null],
    ['sum', [[1, 2, 3]], 6],
    ['sum', [[1, null, 'x', 3]], 4],
    ['sum', [[]], 0],
    ['count', [[1, 2, null, '']], 2],
    ['count', [[]], 0],
    ['round', [2.5], 3],
    ['round', [-2.5], -3],
    ['round', [1.005, 2], 1.01],
    ['round', [1_249_999.6], 1_250_000],
    ['round', ['x'], null],
    ['round', [1.23456789, 4], 1.2346],
  ] as const
).map(([operator, args, answer]) => [{ [operator]: args as unknown as Logic }, {}, answer]);

const truth: LogicCase[] = (
  [
    [{ '!': [true] }, false],
    [{ '!': [false] }, true],
    [{ '!': [0] }, true],
    [{ '!': [''] }, true],
    [{ '!': [[]] }, true],
    [{ '!': ['0'] }, false],
    [{ '!!': [1] }, true],
    [{ '!!': [''] }, false],
    [{ '!!': [[]] }, false],
    [{ '!!': ['x'] }, true],
    [{ and: [true, true] }, true],
    [{ and: [true, false] }, false],
    [{ and: [1, 3] }, 3],
    [{ and: [1, 0] }, 0],
    [{ or: [false, 2] }, 2],
    [{ or: [0, ''] }, ''],
    [{ or: [false, false] }, false],
    [{ if: [true, 'có', 'không'] }, 'có'],
    [{ if: [false, 'có', 'không'] }, 'không'],
    [{ if: [false, 1, true, 2, 3] }, 2],
    [{ if: [false, 1, false, 2, 3] }, 3],
    [{ if: [{ '>': [2, 1] }, 'lớn', 'nhỏ'] }, 'lớn'],
    [{ in: ['a', ['a', 'b']] }, true],
    [{ in: ['c', ['a', 'b']] }, false],
    [{ in: ['Ánh', 'Nguyễn Ánh'] }, true],
    [{ in: ['', 'abc'] }, false],
    [{ in: [null, ['a']] }, false],
    [{ in: [1, [1, 2]] }, true],
    [{ in: ['a', 5] }, false],
    [{ cat: ['Số ', 5] }, 'Số 5'],
    [{ cat: ['a', null, 'b'] }, 'ab'],
    [{ cat: ['Đường ', 'Lê Lợi'] }, 'Đường Lê Lợi'],
    [{ cat: [] }, ''],
  ] as const
).map(([logic, answer]) => [logic as unknown as Logic, {}, answer]);

const reading: LogicCase[] = (
  [
    [v('ten'), 'Nguyễn Thị Ánh Nguyệt'],
    [v('tuoi'), 36],
    [v('khongCo'), null],
    [v('khong'), null],
    [v('noi.province'), '40'],
    [v('noi.district'), null],
    [v('today'), '2026-11-23'],
    [v('context.channel'), 'online'],
    [v('con'), data.con],
    [{ empty: v('rong') }, true],
    [{ empty: v('khongCo') }, true],
    [{ empty: v('so') }, false],
    [{ empty: v('sai') }, false],
    [{ empty: v('chon') }, false],
    [{ empty: v('ten') }, false],
    [{ '!': [{ empty: v('ten') }] }, true],
    [{ '==': [v('dung'), true] }, true],
    [{ '==': [v('sai'), true] }, false],
    [{ '==': [v('khongCo'), true] }, false],
    [{ '>=': [v('tuoi'), 18] }, true],
    [{ '>=': [v('khongCo'), 18] }, false],
    [{ in: ['a', v('chon')] }, true],
    [{ in: ['z', v('chon')] }, false],
    [{ in: [v('ten'), ['Nguyễn Thị Ánh Nguyệt']] }, true],
    [{ '*': [v('tien'), 2] }, 2_500_000],
    [{ '*': [v('khongCo'), 2] }, null],
    [{ round: [{ '/': [{ '*': [v('tien'), 10] }, 100] }] }, 125_000],
    [{ map: [v('con'), v('tuoi')] }, [5, 12, 20]],
    [{ sum: [{ map: [v('con'), v('tien')] }] }, 350_000],
    [{ filter: [v('con'), { '>=': [v('tuoi'), 10] }] }, data.con.slice(1)],
    [{ count: [{ filter: [v('con'), { '<': [v('tuoi'), 18] }] }] }, 2],
    [{ all: [v('con'), { '>': [v('tuoi'), 1] }] }, true],
    [{ all: [v('con'), { '>': [v('tuoi'), 10] }] }, false],
    [{ some: [v('con'), { '==': [v('ten'), 'Ánh'] }] }, true],
    [{ some: [v('con'), { '==': [v('ten'), 'ánh'] }] }, false],
    [{ none: [v('con'), { '>': [v('tuoi'), 90] }] }, true],
    [{ none: [v('con'), { '==': [v('ten'), 'Lan'] }] }, false],
    [{ max: [{ map: [v('con'), v('tuoi')] }] }, 20],
    [{ count: v('con') }, 3],
  ] as const
).map(([logic, answer]) => [logic as unknown as Logic, data, answer]);

const days: LogicCase[] = (
  [
    [{ age: [v('sinh'), v('today')] }, 36],
    [{ age: ['2008-11-24', '2026-11-23'] }, 17],
    [{ age: ['2008-11-23', '2026-11-23'] }, 18],
    [{ age: ['2008-02-29', '2026-02-28'] }, 17],
    [{ age: ['2008-02-29', '2026-03-01'] }, 18],
    [{ age: ['x', '2026-03-01'] }, null],
    [{ age: [null, '2026-03-01'] }, null],
    [{ daysBetween: ['2024-02-28', '2024-03-01'] }, 2],
    [{ daysBetween: ['2023-02-28', '2023-03-01'] }, 1],
    [{ daysBetween: ['2024-03-01', '2024-02-28'] }, -2],
    [{ daysBetween: ['2024-02-30', '2024-03-01'] }, null],
    [{ addDays: ['2024-02-28', 1] }, '2024-02-29'],
    [{ addDays: ['2026-12-31', 1] }, '2027-01-01'],
    [{ addDays: ['2026-01-01', -1] }, '2025-12-31'],
    [{ addDays: ['2026-01-01', 'x'] }, null],
    [{ addDays: ['0001-01-01', -1] }, null],
    [{ addMonths: ['2024-01-31', 1] }, '2024-02-29'],
    [{ addMonths: ['2023-01-31', 1] }, '2023-02-28'],
    [{ addMonths: ['2026-11-30', 3] }, '2027-02-28'],
    [{ addMonths: ['2026-03-31', -1] }, '2026-02-28'],
    [{ addMonths: [v('ngay'), 12] }, '2025-02-28'],
    [{ year: [v('ngay')] }, 2024],
    [{ year: ['2024'] }, null],
    [{ '>': [v('today'), v('ngay')] }, true],
    [{ '<': [{ addDays: [v('ngay'), 30] }, v('today')] }, true],
  ] as const
).map(([logic, answer]) => [logic as unknown as Logic, data, answer]);

/** Every comparison of money around its bounds. */
const money: LogicCase[] = [0, 1, 999_999, 1_000_000, 1_000_001, 999_999_999_999_999].flatMap((amount) =>
  (['<', '<=', '>', '>='] as const).map((operator): LogicCase => {
    const bound = 1_000_000;
    const answer = { '<': amount < bound, '<=': amount <= bound, '>': amount > bound, '>=': amount >= bound }[operator];
    return [{ [operator]: [v('tien'), bound] }, { tien: amount }, answer];
  }),
);

/** Every operator over nothing: an answer, never an exception. */
const nothing: LogicCase[] = [undefined, null, '', 0, false].flatMap((value) => {
  const given = value === undefined ? {} : { x: value };
  const isMissing = value === undefined || value === null || value === '';
  return [
    [{ empty: v('x') }, given, isMissing],
    [{ '+': [v('x'), 1] }, given, value === 0 ? 1 : null],
    [{ '-': [v('x'), 1] }, given, value === 0 ? -1 : null],
    [{ '*': [v('x'), 2] }, given, value === 0 ? 0 : null],
    [{ '<': [v('x'), 1] }, given, value === 0],
    [{ '>': [v('x'), -1] }, given, value === 0],
    [{ sum: [[v('x'), 2]] }, given, 2],
    [{ count: [[v('x')]] }, given, isMissing ? 0 : 1],
    [{ in: [v('x'), ['a', 0, false]] }, given, !isMissing],
    [{ age: [v('x'), '2026-01-01'] }, given, null],
    [{ addMonths: [v('x'), 1] }, given, null],
    [{ year: v('x') }, given, null],
    [{ max: [v('x'), 5] }, given, 5],
    [{ round: [v('x')] }, given, value === 0 ? 0 : null],
    [{ if: [v('x'), 'có', 'không'] }, given, 'không'],
  ] as unknown as LogicCase[];
});

/** Vietnamese words: composed letters compare by code point, as stored text is always composed. */
const names = ['An', 'Ánh', 'Ân', 'Bình', 'Đạt', 'Đức', 'Ôn', 'Ưng'];
const vietnamese: LogicCase[] = names.flatMap((a) =>
  names.map((b): LogicCase => [{ '<': [v('a'), v('b')] }, { a, b }, a < b]),
);

export const logicCorpus: readonly LogicCase[] = [
  ...compared,
  ...arithmetic,
  ...truth,
  ...reading,
  ...days,
  ...money,
  ...nothing,
  ...vietnamese,
];
