import { randomInt } from 'node:crypto';
import type { Config } from '../../platform/config.ts';
import { derive, seal, unseal } from '../../platform/seal.ts';

type Secrets = Pick<Config, 'secret' | 'formerSecrets'>;
const PURPOSE = 'totp';

/** Seals the secret of an authenticator app for the database. */
export const sealTotpSecret = (config: Secrets, secret: Buffer): Buffer =>
  seal(config.secret, PURPOSE, secret.toString('base64'));

/** Opens it again, with the program's secret or one of before; null when none fits. */
export function unsealTotpSecret(config: Secrets, sealed: Buffer | null): Buffer | null {
  if (!sealed) return null;
  for (const secret of [config.secret, ...config.formerSecrets]) {
    const text = unseal(secret, PURPOSE, sealed);
    if (text !== null) return Buffer.from(text, 'base64');
  }
  return null;
}

/** How many recovery codes a person is given at once. */
export const RECOVERY_CODES = 10;
// Without signs that are mistaken for others on paper; twelve of 28 are 57 bits.
const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'.slice(0, 28);

/** New codes, as they are printed: `7KQ2-M9XD-4HTB`. */
export function newRecoveryCodes(): string[] {
  const block = (): string => Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return Array.from({ length: RECOVERY_CODES }, () => `${block()}-${block()}-${block()}`);
}

const plain = (code: string): string => code.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
/** Whether a text could be a recovery code: what does not look like one costs no look into the database. */
export const looksLikeRecoveryCode = (text: string): boolean => plain(text).length === 12 && text.length <= 40;

const hashOf = (secret: string, accountId: string, code: string): Buffer =>
  derive(secret, 'recovery-code', `${accountId}/${plain(code)}`);
/** What is kept of a code. */
export const recoveryHash = (config: Secrets, accountId: string, code: string): Buffer =>
  hashOf(config.secret, accountId, code);
/** What may be kept of a code that is given: with the secret of now and those of before. */
export const recoveryHashes = (config: Secrets, accountId: string, code: string): Buffer[] =>
  [config.secret, ...config.formerSecrets].map((secret) => hashOf(secret, accountId, code));
