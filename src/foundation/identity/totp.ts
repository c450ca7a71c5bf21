import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/* Time-based one-time passwords (RFC 6238 over RFC 4226): thirty lines of arithmetic, held to the vectors of both RFCs in the test. */

export const STEP_SECONDS = 30;
/** A clock that is one step off on either side is still right (RFC 6238, 5.2). */
const DRIFT_STEPS = 1;

/** The code of one counter value (RFC 4226, 5.3). */
export function hotp(secret: Buffer, counter: number, digits = 6, algorithm = 'sha1'): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(algorithm, secret).update(moving).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/** The step a moment lies in. */
export const stepOf = (now: Date): number => Math.floor(now.getTime() / 1000 / STEP_SECONDS);

/** The step whose code this is, within the drift window; null when it is none. Whoever calls keeps the step, so that it works once. */
export function matchingStep(secret: Buffer, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const given = Buffer.from(code);
  let found: number | null = null;
  for (let step = stepOf(now) - DRIFT_STEPS; step <= stepOf(now) + DRIFT_STEPS; step++)
    if (step >= 0 && timingSafeEqual(given, Buffer.from(hotp(secret, step)))) found = step;
  return found;
}

/** A fresh secret of 160 bits (RFC 4226, 4 R6). */
export const newTotpSecret = (): Buffer => randomBytes(20);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base 32 without padding (RFC 4648, 6), as authenticator apps read it. */
export function toBase32(bytes: Buffer): string {
  let [text, value, bits] = ['', 0, 0];
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += ALPHABET[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text;
}

/** What the QR code of the set-up page says (Key URI format of authenticator apps). */
export function totpAddress(issuer: string, account: string, secret: Buffer): string {
  const query = new URLSearchParams({
    secret: toBase32(secret),
    issuer,
    algorithm: 'SHA1',
    digits: '6',
    period: String(STEP_SECONDS),
  });
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`;
}
