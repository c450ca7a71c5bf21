/** The structure of the numbers people write into forms. Pure; each check says only whether the number can exist. */

/**
 * Codes of province of the 63 provinces before 1 July 2025, as identity numbers carry them (Thông tư 59/2021/TT-BCA,
 * annexes). Numbers given out keep their code after a merger.
 */
const identityProvinces: ReadonlySet<string> = new Set(
  (
    '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 ' +
    '044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 ' +
    '089 091 092 093 094 095 096'
  ).split(' '),
);

/** What an identity number says about its holder. */
export type IdentityFacts = { placeCode: string; gender: 'male' | 'female'; birthYear: number };

/**
 * Reads a personal identity number: 3 digits of the province (100 and above: a country, for those registered abroad), 1 of
 * century and gender, 2 of the birth year, 6 at random (Nghị định 137/2015/NĐ-CP, điều 13). Null when it cannot exist.
 */
export function identityFacts(number: string): IdentityFacts | null {
  if (!/^\d{12}$/.test(number)) return null;
  const placeCode = number.slice(0, 3);
  if (!identityProvinces.has(placeCode) && Number(placeCode) < 100) return null;
  const century = Number(number[3]);
  return {
    placeCode,
    gender: century % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(century / 2) * 100 + Number(number.slice(4, 6)),
  };
}

/** A personal identity number whose holder is born by the year given (four digits, or any year when absent). */
export function isIdentityNumber(number: string, thisYear = 2399): boolean {
  const facts = identityFacts(number);
  return facts !== null && facts.birthYear <= thisYear;
}

/** The old identity card (CMND): 9 digits, without a check. */
export function isOldIdentityNumber(number: string): boolean {
  return /^\d{9}$/.test(number) && !/^(\d)\1{8}$/.test(number);
}

/** Check digit of a tax code: 10 − (Σ digit × weight mod 11), over the first nine digits. Null when there is none. */
export function taxCheckDigit(firstNine: string): number | null {
  const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];
  if (!/^\d{9}$/.test(firstNine)) return null;
  const sum = weights.reduce((total, weight, i) => total + weight * Number(firstNine[i]), 0);
  const digit = 10 - (sum % 11);
  return digit === 10 ? null : digit;
}

/** Ten digits with the check digit of a tax code: a business number is the same (Nghị định 168/2025/NĐ-CP). */
export function isBusinessNumber(number: string): boolean {
  return /^\d{10}$/.test(number) && taxCheckDigit(number.slice(0, 9)) === Number(number[9]);
}

/** 10 digits, 10-3 for a dependent unit, or the personal identity number that replaced both for people (Thông tư 86/2024/TT-BTC). */
export function isTaxCode(code: string): boolean {
  if (code.length === 12) return isIdentityNumber(code);
  const match = /^(\d{10})(?:-(\d{3}))?$/.exec(code);
  return match !== null && isBusinessNumber(match[1]!) && match[2] !== '000';
}

/** A mobile number: 10 digits from 03, 05, 07, 08 or 09. */
export function isMobilePhone(number: string): boolean {
  return /^0[35789]\d{8}$/.test(number);
}

/** A fixed line: 11 digits from 02. */
export function isLandline(number: string): boolean {
  return /^02\d{9}$/.test(number);
}

/** An address for e-mail as people have them: one @, a domain with a dot, at most 254 characters. */
export function isEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$/.test(
      text,
    )
  );
}
