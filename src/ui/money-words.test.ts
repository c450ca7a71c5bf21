import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moneyInWords, numberInWords } from './money-words.ts';

test.each([
  [0, 'không đồng'],
  [1_250_000, 'một triệu hai trăm năm mươi nghìn đồng'],
  [21, 'hai mươi mốt đồng'],
  [15, 'mười lăm đồng'],
  [105, 'một trăm linh năm đồng'],
  [1005, 'một nghìn không trăm linh năm đồng'],
  [1_000_000_000, 'một tỷ đồng'],
  [2_000_000_001, 'hai tỷ không trăm linh một đồng'],
  [10_011, 'mười nghìn không trăm mười một đồng'],
  [1_000_000_000_000, 'một nghìn tỷ đồng'],
])('%d is “%s”', (amount, words) => {
  expect(moneyInWords(amount)).toBe(words);
});

test.each([
  [1_250_000, 'one million two hundred and fifty thousand dong'],
  [21, 'twenty-one dong'],
  [-5, 'minus five dong'],
])('%d in English is “%s”', (amount, words) => {
  expect(moneyInWords(amount, 'en')).toBe(words);
});

const digits = new Map([
  ...['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'].map(
    (word, at) => [word, BigInt(at)] as const,
  ),
  ['mốt', 1n],
  ['lăm', 5n],
]);

/** Reads Vietnamese words back to a number: an independent check, word by word. */
function readBack(words: string): bigint {
  let billions = 0n;
  let millions = 0n;
  let triple = 0n;
  let last = 0n;
  for (const word of words.split(' ')) {
    const digit = digits.get(word);
    if (digit !== undefined) last = digit;
    else if (word === 'trăm') [triple, last] = [last * 100n, 0n];
    else if (word === 'mươi') [triple, last] = [triple + last * 10n, 0n];
    else if (word === 'mười') [triple, last] = [triple + 10n, 0n];
    else if (word === 'nghìn') [millions, triple, last] = [millions + (triple + last) * 1000n, 0n, 0n];
    else if (word === 'triệu') [millions, triple, last] = [millions + (triple + last) * 1_000_000n, 0n, 0n];
    else if (word === 'tỷ')
      [billions, millions, triple, last] = [(billions + millions + triple + last) * 1_000_000_000n, 0n, 0n, 0n];
  }
  return billions + millions + triple + last;
}

test('the words of any amount can be read back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 17n }), (amount) => {
      expect(readBack(numberInWords(amount))).toBe(amount);
    }),
  );
});

test('an amount nobody can have is refused', () => {
  expect(() => numberInWords(10n ** 21n)).toThrow(RangeError);
});
