import { describe, expect, it } from 'vitest';
import { hotp, matchingStep, stepOf, toBase32, totpAddress } from './totp.ts';

const SEED = Buffer.from('12345678901234567890');
const SEED_256 = Buffer.from('12345678901234567890123456789012');
const SEED_512 = Buffer.from('1234567890123456789012345678901234567890123456789012345678901234');

describe('codes', () => {
  it('are those of RFC 4226, appendix D', () => {
    const expected = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');
    expect(expected.map((_, counter) => hotp(SEED, counter))).toEqual(expected);
  });

  it.each([
    [59, '94287082', '46119246', '90693936'],
    [1_111_111_109, '07081804', '68084774', '25091201'],
    [1_111_111_111, '14050471', '67062674', '99943326'],
    [1_234_567_890, '89005924', '91819424', '93441116'],
    [2_000_000_000, '69279037', '90698825', '38618901'],
    [20_000_000_000, '65353130', '77737706', '47863826'],
  ])('are those of RFC 6238, appendix B, at %i', (seconds, sha1, sha256, sha512) => {
    const step = stepOf(new Date(seconds * 1000));
    expect(hotp(SEED, step, 8)).toBe(sha1);
    expect(hotp(SEED_256, step, 8, 'sha256')).toBe(sha256);
    expect(hotp(SEED_512, step, 8, 'sha512')).toBe(sha512);
  });

  it('are right one step early and one late, and no further', () => {
    const now = new Date(1_111_111_109_000);
    const at = (steps: number) => matchingStep(SEED, hotp(SEED, stepOf(now) + steps), now);
    expect([-2, -1, 0, 1, 2].map(at)).toEqual([null, stepOf(now) - 1, stepOf(now), stepOf(now) + 1, null]);
  });

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６', '12 456', "' or 1", '\u0000'.repeat(6)])(
    'are never %j',
    (text) => {
      expect(matchingStep(SEED, text, new Date(59_000))).toBeNull();
    },
  );
});

describe('the address in the square', () => {
  it('carries the key in base 32 (RFC 4648) and survives any name', () => {
    expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(toBase32(SEED)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    const url = new URL(totpAddress('Tỉnh & Nghệ An', 'a:b?c#d "x"', SEED));
    expect(url.protocol).toBe('otpauth:');
    expect(url.searchParams.get('issuer')).toBe('Tỉnh & Nghệ An');
    expect(url.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(decodeURIComponent(url.pathname)).toBe('/Tỉnh & Nghệ An:a:b?c#d "x"');
  });
});
