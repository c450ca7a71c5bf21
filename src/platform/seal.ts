import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const keys = new Map<string, Buffer>();

/* The salt keeps the name it had when only identity sealed: what was sealed then still opens. */
/** A key of its own per purpose, from the program's secret (HKDF-SHA-256): a value sealed for one purpose opens for no other. */
function keyOf(secret: string, purpose: string): Buffer {
  const name = `${purpose}\n${secret}`;
  let key = keys.get(name);
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', secret, 'sen.identity', purpose, 32));
    keys.set(name, key);
  }
  return key;
}

/** Encrypts and authenticates `text` (AES-256-GCM, fresh nonce): nonce, tag, ciphertext. */
export function seal(secret: string, purpose: string, text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, purpose), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Opens what `seal` made; null when it was changed, cut short, or sealed with another secret or purpose. */
export function unseal(secret: string, purpose: string, sealed: Buffer): string | null {
  if (sealed.length < 28) return null;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, purpose), sealed.subarray(0, 12), {
    authTagLength: 16,
  });
  decipher.setAuthTag(sealed.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** A secret or fingerprint derived from the program's secret: same inputs, same output, useless without the secret. */
export const derive = (secret: string, purpose: string, text: string): Buffer =>
  createHmac('sha256', keyOf(secret, purpose)).update(text).digest();
