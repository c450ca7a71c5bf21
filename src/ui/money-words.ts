import type { Locale } from '../platform/http/page-context.ts';

const viDigits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
const viScales = ['', 'nghìn', 'triệu'];
const enSmall =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const enTens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const enScales = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion', 'quintillion'];

/** Three digits in Vietnamese; `full` says the hundreds even when they are zero, as inside a longer number. */
function viTriple(value: number, full: boolean): string[] {
  const hundreds = Math.floor(value / 100);
  const tens = Math.floor(value / 10) % 10;
  const units = value % 10;
  const words: string[] = [];
  if (full || hundreds > 0) words.push(viDigits[hundreds] ?? '', 'trăm');
  if (tens === 0 && units > 0 && words.length > 0) words.push('linh');
  if (tens === 1) words.push('mười');
  if (tens > 1) words.push(viDigits[tens] ?? '', 'mươi');
  if (units > 0) {
    if (units === 1 && tens > 1) words.push('mốt');
    else if (units === 5 && tens > 0) words.push('lăm');
    else words.push(viDigits[units] ?? '');
  }
  return words;
}

/** Up to nine digits (below one tỷ); `full` as in `viTriple`. */
function viBelowBillion(value: number, full: boolean): string[] {
  const words: string[] = [];
  for (let scale = 2; scale >= 0; scale--) {
    const triple = Math.floor(value / 1000 ** scale) % 1000;
    if (triple === 0) continue;
    words.push(...viTriple(triple, full || words.length > 0));
    if (scale > 0) words.push(viScales[scale] ?? '');
  }
  return words;
}

function viWords(value: bigint, full = false): string[] {
  const billion = 1_000_000_000n;
  if (value < billion) return viBelowBillion(Number(value), full);
  const head = viWords(value / billion, full);
  const tail = value % billion === 0n ? [] : viBelowBillion(Number(value % billion), true);
  return [...head, 'tỷ', ...tail];
}

function enTriple(value: number): string[] {
  const words: string[] = [];
  if (value >= 100) words.push(enSmall[Math.floor(value / 100)] ?? '', 'hundred');
  const rest = value % 100;
  if (rest > 0 && words.length > 0) words.push('and');
  if (rest >= 20) words.push((enTens[Math.floor(rest / 10)] ?? '') + (rest % 10 ? `-${enSmall[rest % 10]}` : ''));
  else if (rest > 0) words.push(enSmall[rest] ?? '');
  return words;
}

function enWords(value: bigint): string[] {
  const words: string[] = [];
  for (let scale = enScales.length - 1; scale >= 0; scale--) {
    const triple = Number((value / 1000n ** BigInt(scale)) % 1000n);
    if (triple === 0) continue;
    words.push(...enTriple(triple));
    if (scale > 0) words.push(enScales[scale] ?? '');
  }
  return words;
}

/** A whole number in words, lower case: `hai mươi mốt`, `twenty-one`. Below 10²¹; larger values throw. */
export function numberInWords(value: number | bigint, locale: Locale = 'vi'): string {
  const amount = BigInt(value);
  const size = amount < 0n ? -amount : amount;
  if (size >= 10n ** 21n) throw new RangeError('numberInWords reads numbers below 10^21');
  if (size === 0n) return locale === 'vi' ? 'không' : 'zero';
  const words = locale === 'vi' ? viWords(size) : enWords(size);
  if (amount < 0n) words.unshift(locale === 'vi' ? 'âm' : 'minus');
  return words.join(' ');
}

/** Whole đồng in words: `một triệu hai trăm năm mươi nghìn đồng`, `one million two hundred and fifty thousand dong`. */
export function moneyInWords(amountDong: number | bigint, locale: Locale = 'vi'): string {
  return `${numberInWords(amountDong, locale)} ${locale === 'vi' ? 'đồng' : 'dong'}`;
}
