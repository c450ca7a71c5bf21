/* How a text becomes text messages: alphabet, parts and what they cost (3GPP TS 23.038, TS 23.040 9.2.3.24.1). No clock, no database. */

/** The basic characters of the GSM 7-bit alphabet in the order of their codes (3GPP TS 23.038 6.2.1); code 27 escapes. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED: Record<string, number> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
};
const codes = new Map(Array.from(BASIC).map((character, code) => [character, code] as const));
codes.delete('\u001B');

export type SmsAlphabet = 'gsm-7' | 'ucs-2';

export interface SmsPlan {
  alphabet: SmsAlphabet;
  /** Each part's bytes as SMPP carries them: septets unpacked, one a byte, or UTF-16BE; without the header. */
  parts: readonly Buffer[];
  /** Characters that a telephone counts: septets, or UTF-16 units. */
  length: number;
  /** Room of the last part in the same measure. */
  left: number;
}

/** The longest text sent at all: what is longer is cut, with an ellipsis of three dots. */
export const MAX_SMS_PARTS = 6;

/** Typographic signs that only a computer writes; a telephone's alphabet has plain ones. */
const plainSigns = (text: string): string =>
  text
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/[\u201C\u201D]/g, '"')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll('\u2026', '...')
    .replaceAll(/[\u00A0\u2009\u202F]/g, ' ')
    .replaceAll('\t', ' ');

/** Vietnamese without its signs, for the telephones and prices that ask for it: “Đã nhận” becomes “Da nhan”. */
export const withoutAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .normalize('NFC');

/** The septets of one character, or null when the alphabet does not have it. */
function septetsOf(character: string): number[] | null {
  const code = codes.get(character);
  if (code !== undefined) return [code];
  const extended = EXTENDED[character];
  return extended === undefined ? null : [0x1b, extended];
}

/**
 * Divides a text into parts: GSM-7 when every character is in it (160, or 153 a part), otherwise UCS-2 (70, or 67 a part). An escape
 * sequence or a surrogate pair is never torn. @throws nothing: a text over MAX_SMS_PARTS is cut
 */
export function planSms(input: string): SmsPlan {
  const text = plainSigns(input.normalize('NFC')).trim();
  const characters = Array.from(text); // code points: what a part must not tear
  const septets = characters.map(septetsOf);
  const isGsm = septets.every((each) => each !== null);
  const units = isGsm
    ? septets.map((each) => Buffer.from(each as number[]))
    : characters.map((character) => Buffer.from(character, 'utf16le').swap16());
  const size = isGsm ? 1 : 2;
  const [single, joined] = isGsm ? [160, 153] : [70, 67];
  const length = units.reduce((sum, unit) => sum + unit.length / size, 0);
  const alphabet = isGsm ? 'gsm-7' : 'ucs-2';
  if (length <= single) return { alphabet, parts: [Buffer.concat(units)], length, left: single - length };
  const parts = fillParts(units, joined * size);
  if (parts.length > MAX_SMS_PARTS) return planSms(`${cut(characters, units, joined * size)}...`);
  return { alphabet, parts, length, left: joined - (parts.at(-1)?.length ?? 0) / size };
}

function fillParts(units: readonly Buffer[], room: number): Buffer[] {
  const parts: Buffer[][] = [[]];
  let used = 0;
  for (const unit of units) {
    if (used + unit.length > room) {
      parts.push([]);
      used = 0;
    }
    parts.at(-1)?.push(unit);
    used += unit.length;
  }
  return parts.map((part) => Buffer.concat(part));
}

/** As much of the text as fits into the most parts, with room for three dots and for what is lost at the ends of parts. */
function cut(characters: readonly string[], units: readonly Buffer[], room: number): string {
  const limit = room * MAX_SMS_PARTS - 2 * (3 + MAX_SMS_PARTS);
  let used = 0;
  let count = 0;
  for (const unit of units) {
    if (used + unit.length > limit) break;
    used += unit.length;
    count += 1;
  }
  return characters.slice(0, count).join('');
}

/** The user data header of one part of several: concatenated short messages, 8-bit reference (3GPP TS 23.040 9.2.3.24.1). */
export const concatenationHeader = (reference: number, total: number, number: number): Buffer =>
  Buffer.from([5, 0, 3, reference & 0xff, total, number]);

/** Reads what a telephone sent: GSM-7 unpacked, Latin-1, or UTF-16BE, by the data coding of SMPP 3.4 5.2.19. */
export function readSms(bytes: Buffer, dataCoding: number): string {
  if (dataCoding === 8)
    return (bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : '').normalize('NFC');
  if (dataCoding === 3) return bytes.toString('latin1');
  const extended = new Map(Object.entries(EXTENDED).map(([character, code]) => [code, character]));
  let text = '';
  for (let i = 0; i < bytes.length; i += 1) {
    const code = bytes[i] ?? 0;
    text += code === 0x1b ? (extended.get(bytes[++i] ?? 0) ?? '') : (BASIC[code] ?? '');
  }
  return text;
}

/** A Vietnamese mobile number in international form without a plus (`84912345678`), or null when it is not one. */
export function internationalNumber(phone: string): string | null {
  const digits = phone
    .replaceAll(/[\s.\-()]/g, '')
    .replace(/^\+/, '')
    .replace(/^00/, '');
  const national = digits.replace(/^84/, '').replace(/^0/, '');
  return /^[35789]\d{8}$/.test(national) && /^(84|0)/.test(digits) ? `84${national}` : null;
}
