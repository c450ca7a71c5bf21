/* A generator of random numbers with a seed, and the words that hostile requests are made of. */

export interface Dice {
  /** A whole number from 0 to `below` - 1. */
  roll(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** True `percent` times in a hundred. */
  chance(percent: number): boolean;
}

/** mulberry32: small, quick, the same everywhere. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const roll = (below: number): number => Math.floor(next() * below);
  return { roll, pick: (from) => from[roll(from.length)]!, chance: (percent) => next() * 100 < percent };
}

/** Values that programs have stumbled over: numbers, dates, ids, encodings, injections, names of prototypes. */
export const nastyWords: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\u0001',
  '\t',
  '%',
  '%00',
  '%ff%fe',
  '%E0%A4%A',
  '%c0%ae%c0%ae/',
  '+',
  '&&&',
  '===',
  ';',
  '#',
  '?',
  "'",
  '"',
  '`',
  '\\',
  "' or 1=1--",
  "'; drop table dossiers.dossier; --",
  '1) union select null--',
  '$$;select pg_sleep(9)',
  '$1',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd',
  'file:///etc/passwd',
  'http://169.254.169.254/',
  '//evil.example/',
  'javascript:alert(1)',
  '{{7*7}}',
  '${7*7}',
  '<%= 7*7 %>',
  '#{7*7}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__proto__[admin]',
  'constructor.prototype.admin',
  '0',
  '-0',
  '-1',
  '1',
  '1.5',
  '1e309',
  '-1e309',
  'NaN',
  'Infinity',
  '0x10',
  '010',
  '2147483648',
  '-2147483649',
  '9007199254740993',
  '9223372036854775808',
  '99999999999999999999',
  '１２３',
  '١٢٣',
  'true',
  'false',
  'null',
  'undefined',
  '[]',
  '{}',
  '{"a":',
  '[[[[[[[[',
  '{"__proto__":{"x":1}}',
  '2026-02-30',
  '2026-13-01',
  '0000-00-00',
  '9999-12-31',
  '-0001-01-01',
  '275760-09-13',
  '2026-11-28T25:61:61Z',
  '31/02/2026',
  '00:00',
  '24:00',
  '29/02/2024',
  '00000000-0000-0000-0000-000000000000',
  '00000000-0000-7000-8000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '{00000000-0000-7000-8000-000000000000}',
  '00000000000070008000000000000000',
  '\ud800',
  '\udfff\ud800',
  '🙂',
  '🙂🙂🙂🙂🙂🙂🙂🙂',
  '👩‍👩‍👧‍👦',
  'a\u0301\u0301\u0301\u0301\u0301',
  '\u202e\u202d',
  '\ufeff',
  '\ufffe',
  '\u200b',
  'ﷺ',
  'İ',
  'ß',
  'Nguyễn',
  'NGUYỄN THỊ',
  'nguye\u0302\u0303n',
  '\r\nset-cookie: x=1',
  '\n\n',
  '\r',
  'x\r\n\r\nHTTP/1.1 200 OK',
  "=cmd|' /C calc'!A0",
  '@SUM(1)',
  '-2+3',
  '%s%s%s%n',
  '%p',
  '`id`',
  '$(id)',
  '| id',
  '; id',
  '*',
  '(&(uid=*))',
  '.*',
  '(a+)+$',
  '[',
  '(',
  '\\d',
  '^',
  'vi',
  'en',
  'EN',
  'vi/../../en',
  '.',
  '..',
  '...',
  './',
  '%2e%2e%2f',
  '%252e%252e%252f',
  '.git/config',
  '.env',
  'csv',
  'xlsx',
  'pdf',
  'exe',
  'asc',
  'desc',
  'random()',
  'id desc; select 1',
];

/** Long values, made when they are needed. */
export function longWord(dice: Dice): string {
  const unit = dice.pick([
    'A',
    'ệ',
    '🙂',
    '%41',
    '(',
    '[',
    '{"a":',
    '../',
    '\u0301',
    '<b>',
    "'",
    ',',
    '&a=b',
    '9',
    ' ',
  ]);
  return unit.repeat(dice.pick([64, 255, 256, 300, 1_000, 2_001, 4_097]));
}

export function nastyWord(dice: Dice): string {
  const many = dice.roll(100);
  if (many < 4) return longWord(dice);
  if (many < 12) return dice.pick(nastyWords) + dice.pick(nastyWords);
  if (many < 20) {
    const length = dice.roll(24);
    return Array.from({ length }, () =>
      String.fromCodePoint(dice.pick([dice.roll(128), dice.roll(0x2000), dice.roll(0xd7ff)])),
    ).join('');
  }
  return dice.pick(nastyWords);
}

/** One change to a value that would be right. */
export function bend(dice: Dice, value: string): string {
  const at = dice.roll(value.length + 1);
  switch (dice.roll(7)) {
    case 0:
      return value.slice(0, at);
    case 1:
      return value.slice(0, at) + dice.pick(nastyWords) + value.slice(at);
    case 2:
      return value + value;
    case 3:
      return value.toUpperCase();
    case 4:
      return value.slice(0, at) + String(dice.roll(10)) + value.slice(at + 1);
    case 5:
      return ` ${value} `;
    default:
      return value.split('').reverse().join('');
  }
}
