import { createRequire } from 'node:module';
import type { AccountKind } from './account.ts';
import { policy, type IdentityPolicy } from './identity-policy.ts';

export type PasswordFault = 'too-short' | 'too-long' | 'too-common' | 'needs-classes' | 'contains-login';

const MAX_LENGTH = 128;

/** Stems of the passwords that lists of leaked ones show most often, Vietnamese habits among them. */
const COMMON = new Set(
  `password passw0rd p@ssword p@ssw0rd qwerty qwertyui qwertyuiop asdfghjk asdfghjkl zxcvbnm abcdef abcdefgh abcabc abcd iloveyou
  anhyeuem emyeuanh yeuem matkhau matkhaumoi mk khongcomatkhau vietnam nghean hanoi saigon admin administrator welcome letmein
  football monkey dragon sunshine princess superman batman trustno baomat dichvucong chinhquyen uyban congdan test demo user
  q1w2e3r q1w2e3r4 1q2w3e 1q2w3e4r 1qaz2wsx qazwsx zaq12wsx a1b2c3 aa bb hello`.split(/\s+/),
);

const require = createRequire(import.meta.url);
let leaked: ReadonlySet<string> | null = null;

/** The 49,000 passwords that leaked lists show most often; read when the first password is chosen, not at every start. */
function isLeaked(text: string): boolean {
  leaked ??= new Set(
    (require('@zxcvbn-ts/language-common') as { dictionary: Record<string, string[]> }).dictionary['passwords-common'],
  );
  return leaked.has(text);
}

function isCommon(password: string): boolean {
  const text = password.toLowerCase();
  if (isLeaked(text)) return true;
  const stem = text.replaceAll(/[\d\s!@#$%^&*().,_+=-]+$/g, '').replace(/^[\d!@#$%^&*]+/, '');
  if (COMMON.has(text) || COMMON.has(stem)) return true;
  if (/^(.)\1*$/.test(text) || /^(.{1,4})\1+$/.test(text)) return true; // 11111111, abcabcabc
  if (/^\d+$/.test(text) && ('01234567890123456789'.includes(text) || '98765432109876543210'.includes(text)))
    return true;
  return /^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d\d$/.test(text); // a birthday
}

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{N}]/u];

/**
 * What is wrong with a new password, or null. People: 8 signs, none of the common ones, not their own login. Officials: 14
 * signs of all four classes, or 8 signs once they have a second factor (TCVN 14423).
 */
export function passwordFault(
  password: string,
  kind: AccountKind,
  logins: readonly string[],
  hasFactor = false,
  rules: IdentityPolicy = policy,
): PasswordFault | null {
  const length = Array.from(password).length;
  if (length > MAX_LENGTH) return 'too-long';
  const isStrict = kind === 'official' && !hasFactor;
  const shortest = isStrict
    ? rules.officialPasswordLength
    : kind === 'official'
      ? rules.officialPasswordLengthWithFactor
      : rules.personPasswordLength;
  if (length < shortest) return 'too-short';
  if (isStrict && !CLASSES.every((one) => one.test(password))) return 'needs-classes';
  const folded = password.toLowerCase();
  if (logins.some((login) => login.length >= 4 && folded.includes((login.split('@')[0] ?? login).toLowerCase())))
    return 'contains-login';
  return isCommon(password) ? 'too-common' : null;
}
