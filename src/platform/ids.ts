import { randomBytes, randomUUID } from 'node:crypto';

let lastMs = 0;
let sequence = 0;

/**
 * A UUID version 7 (RFC 9562 §5.7): ordered by time of creation within this process, so that inserts land at the right
 * edge of an index. Not a secret: use `newSecret` for anything that grants access.
 */
export function newId(): string {
  const now = Date.now();
  const tail = randomUUID();
  if (now > lastMs) {
    lastMs = now;
    sequence = Number.parseInt(tail.slice(0, 4), 16) & 0x7ff;
  } else if (++sequence > 0xfff) {
    lastMs += 1;
    sequence = 0;
  }
  const time = lastMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${tail.slice(19)}`;
}

/** `bytes` random bytes as base64url, for tokens and secrets. */
export const newSecret = (bytes = 32): string => randomBytes(bytes).toString('base64url');

const CLEAR_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A short code a person can read out over the telephone: no 0/O, 1/I/L. Uniform over 31 letters. */
export function newReadableCode(length = 8): string {
  let code = '';
  while (code.length < length)
    for (const byte of randomBytes(length * 2)) {
      if (byte < 248 && code.length < length) code += CLEAR_ALPHABET[byte % 31];
    }
  return code;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
