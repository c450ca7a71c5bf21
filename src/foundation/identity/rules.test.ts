import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskContact, maskName } from './account.ts';
import { readPolicy } from './identity-policy.ts';
import {
  identityNumberAgrees,
  normaliseEmail,
  normaliseIdentityNumber,
  normaliseLogin,
  normalisePhone,
  normaliseTaxCode,
} from './login-name.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { passwordFault } from './password-rules.ts';
import { dateOf } from './registration-form.ts';
import { safeReturnAddress } from './relying-party.ts';
import { seal, unseal } from '../../platform/seal.ts';

const SECRET = 's'.repeat(40);

describe('login names', () => {
  it.each([
    ['0912 345.678', '0912345678'],
    ['+84 912 345 678', '0912345678'],
    ['0212345678', null],
    ['09123', null],
  ])('phone %s', (typed, expected) => expect(normalisePhone(typed)).toBe(expected));
  it.each([
    ['An@Example.VN', 'an@example.vn'],
    ['a@b', null],
    ['a b@example.vn', 'ab@example.vn'],
    ['a@@example.vn', null],
    ['a@example..vn', null],
    [`${'a'.repeat(65)}@example.vn`, null],
  ])('e-mail %s', (typed, expected) => expect(normaliseEmail(typed)).toBe(expected));
  it.each([
    ['0100109106', '0100109106'],
    ['0100109107', null],
    ['0100109106001', '0100109106-001'],
    ['0100109106-001', '0100109106-001'],
    ['040190000017', '040190000017'],
    ['010010910', null],
  ])('tax code %s', (typed, expected) => expect(normaliseTaxCode(typed)).toBe(expected));
  it('identity numbers name a province of 001–096 and agree with year and sex', () => {
    expect(normaliseIdentityNumber('097190000017')).toBeNull();
    expect(normaliseIdentityNumber('000190000017')).toBeNull();
    expect(identityNumberAgrees('040190000017', '1990-05-12', 'female')).toBe(true);
    expect(identityNumberAgrees('040190000017', '1990-05-12', 'male')).toBe(false);
    expect(identityNumberAgrees('040305000017', '2005-01-01', 'female')).toBe(true);
    expect(identityNumberAgrees('040305000017', '1905-01-01', 'female')).toBe(false);
  });
  it('are normalised the same however often', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        const once = normaliseLogin(typed).value;
        expect(normaliseLogin(once).value).toBe(once);
        expect(once.length).toBeLessThanOrEqual(254);
      }),
    ));
});

describe('passwords', () => {
  it('are hashed with salt and parameters, and only the right one opens', async () => {
    const [a, b] = [await hashPassword('mật khẩu ở đây'), await hashPassword('mật khẩu ở đây')];
    expect(a).not.toBe(b);
    expect(a).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword('mật khẩu ở đây'.normalize('NFD'), a)).toEqual({ isRight: true, isOutdated: false });
    expect((await verifyPassword('mật khẩu ở đâu', a)).isRight).toBe(false);
    expect((await verifyPassword('x', null)).isRight).toBe(false);
    expect((await verifyPassword('x', 'garbage')).isRight).toBe(false);
  });
  it('of officials need fourteen signs of four classes', () => {
    expect(passwordFault('Ngan-Qua-1', 'official', [])).toBe('too-short');
    expect(passwordFault('chi-chu-thuong-dai-1', 'official', [])).toBe('needs-classes');
    expect(passwordFault('Hoa-Sen-Trong-Ao-9', 'official', [])).toBeNull();
  });
  it.each([
    'password1',
    '12345678',
    '11111111',
    'abcabcabc',
    'Matkhau@123',
    '01011990',
    'iloveyou',
    'starwars',
    'ncc1701e',
    '1q2w3e4r5t',
  ])('of people may not be %s', (password) => expect(passwordFault(password, 'citizen', [])).toBe('too-common'));
  it('are held to the 49,000 that leaked lists show most often, long ones among them', () => {
    const leaked = ['christopher', 'jennifer1', 'chocolate1', 'q1w2e3r4t5y6', '1234qwerasdf'];
    expect(leaked.map((password) => passwordFault(password, 'citizen', []))).toEqual(leaked.map(() => 'too-common'));
    expect(passwordFault('sông Lam mùa nước lên', 'citizen', [])).toBeNull();
    expect(passwordFault('x'.repeat(32) + 'yz'.repeat(48), 'citizen', [])).toBeNull();
  });
  it('answer under load with a clear refusal instead of a standstill', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => verifyPassword('x', null)));
    const refused = outcomes.filter((one) => one.status === 'rejected');
    expect(refused.length).toBe(100 - 2 - 64);
    expect((await verifyPassword('x', null)).isRight).toBe(false);
  });
});

describe('small rules', () => {
  it('a return address stays on this site, whatever is asked', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.webUrl(),
          fc.constantFrom('//a', '/\\a', '/a//b', '/%2f/a', '/./../..//evil'),
        ),
        (text) => {
          const address = safeReturnAddress(text, '/');
          expect(new URL(address, 'http://here.invalid').host).toBe('here.invalid');
          expect(address.startsWith('/')).toBe(true);
        },
      ),
    ));
  it('what is sealed opens with the same secret and purpose only', () => {
    const sealed = seal(SECRET, 'a', 'chữ');
    expect(unseal(SECRET, 'a', sealed)).toBe('chữ');
    expect(unseal(SECRET, 'b', sealed)).toBeNull();
    expect(unseal('t'.repeat(40), 'a', sealed)).toBeNull();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(unseal(SECRET, 'a', sealed)).toBeNull();
    expect(unseal(SECRET, 'a', Buffer.alloc(3))).toBeNull();
  });
  it('dates exist', () => {
    expect(dateOf('29', '2', '2024')).toBe('2024-02-29');
    expect(dateOf('29', '2', '2023')).toBeNull();
    expect(dateOf('1', '13', '2023')).toBeNull();
    expect(dateOf('', null, 'x')).toBeNull();
  });
  it('the policy refuses to be loosened', () => {
    expect(readPolicy({ SEN_LOCKOUT_FAILURES: '3' }).lockoutFailures).toBe(3);
    expect(() => readPolicy({ SEN_LOCKOUT_FAILURES: '50' })).toThrow('SEN_LOCKOUT_FAILURES');
    expect(() => readPolicy({ SEN_PERSON_PASSWORD_LENGTH: '4' })).toThrow('SEN_PERSON_PASSWORD_LENGTH');
  });
  it('masks what it shows', () => {
    expect(maskContact('an.nguyen@example.vn')).toBe('a***@example.vn');
    expect(maskContact('0912345678')).toBe('09*****678');
    expect(maskContact('040190123456')).toBe('040******456');
    expect(maskName('Nguyễn Văn An')).toBe('N*** V*** An');
  });
});
