import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { problem } from '../../platform/problems.ts';
import { identityBusy } from './identity-problems.ts';

const run = promisify(argon2);

/** Today's cost (OWASP's first choice for argon2id). Raise it here: older hashes are renewed at the next sign-in. */
const COST = { memoryKib: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

// Each computation holds 19 MiB and a thread of the pool for about 30 ms: two at a time leave threads for files and DNS,
// and a queue of 64 is about a second of waiting. Beyond that people hear "try again" instead of everybody waiting.
const CONCURRENT = 2;
const MAX_WAITING = 64;
let running = 0;
const waiting: (() => void)[] = [];

async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (running >= CONCURRENT) {
    if (waiting.length >= MAX_WAITING) throw problem(identityBusy);
    await new Promise<void>((go) => waiting.push(go));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

const compute = (password: string, nonce: Buffer, cost: typeof COST): Promise<Buffer> =>
  limited(() =>
    run('argon2id', {
      message: password.normalize('NFC'),
      nonce,
      memory: cost.memoryKib,
      passes: cost.passes,
      parallelism: cost.parallelism,
      tagLength: HASH_BYTES,
    }),
  );

const b64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** Hashes a password with argon2id as a PHC string, parameters included. @throws identityBusy when too many wait */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await compute(password, salt, COST);
  return `$argon2id$v=19$m=${COST.memoryKib},t=${COST.passes},p=${COST.parallelism}$${b64(salt)}$${b64(hash)}`;
}

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
// Stands in when there is no such account, so that the answer takes the same work.
const NOBODY = `$argon2id$v=19$m=${COST.memoryKib},t=${COST.passes},p=${COST.parallelism}$${b64(randomBytes(SALT_BYTES))}$${b64(randomBytes(HASH_BYTES))}`;

/**
 * Whether the password is right, and whether its hash should be renewed because the cost was raised. A null hash costs the
 * same and is always wrong.
 */
export async function verifyPassword(
  password: string,
  stored: string | null,
): Promise<{ isRight: boolean; isOutdated: boolean }> {
  const match = PHC.exec(stored ?? NOBODY) ?? PHC.exec(NOBODY);
  const [, m = '', t = '', p = '', salt = '', hash = ''] = match ?? [];
  const cost = { memoryKib: Number(m), passes: Number(t), parallelism: Number(p) };
  const expected = Buffer.from(hash, 'base64');
  const actual = await compute(password, Buffer.from(salt, 'base64'), cost);
  const isRight = stored !== null && actual.length === expected.length && timingSafeEqual(actual, expected);
  const isOutdated = cost.memoryKib < COST.memoryKib || cost.passes < COST.passes;
  return { isRight, isOutdated };
}
