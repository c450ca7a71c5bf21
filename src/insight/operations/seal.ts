import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/*
 * Copies that leave the machine are sealed in the age format (age-encryption.org/v1): X25519 for the keys, ChaCha20-Poly1305
 * in pieces of 64 KiB. The machine has the public key only; any age program opens them with the private one.
 */

/** A new pair of keys: the public one is a setting, the private one belongs in a safe. */
export async function newKeys(): Promise<{ publicKey: string; privateKey: string }> {
  const privateKey = await generateX25519Identity();
  return { privateKey, publicKey: await identityToRecipient(privateKey) };
}

type Bytes = ReadableStream<Uint8Array>;
const toWeb = (source: Readable): Bytes => Readable.toWeb(source) as Bytes;
const fromWeb = (stream: unknown): Readable => Readable.fromWeb(stream as Bytes);

/** The sealed form of a stream, for every one of the public keys. */
export async function seal(source: Readable, recipients: readonly string[]): Promise<Readable> {
  if (recipients.length === 0) throw new Error('No public key is given to seal with');
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return fromWeb(await encrypter.encrypt(toWeb(source) as never));
}

/**
 * The content of a sealed stream. What was changed or cut off fails, at the latest at the place of the change: a reader must not
 * use what came before without the end.
 * @throws Error in one sentence when no private key fits, or the beginning is not of this format
 */
export async function unseal(source: Readable, privateKeys: readonly string[]): Promise<Readable> {
  const decrypter = new Decrypter();
  for (const key of privateKeys) decrypter.addIdentity(key);
  try {
    return fromWeb(await decrypter.decrypt(toWeb(source) as never));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      /no identity matched/i.test(reason)
        ? 'The private key does not fit: the copy was sealed for another one'
        : `The copy is damaged or is no sealed copy (${reason})`,
      { cause: error },
    );
  }
}

/** The private keys in a file, as age-keygen writes it (lines beginning with # are remarks). @throws Error in one sentence */
export async function readPrivateKeys(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`The file of the private key cannot be read: ${path}`, { cause: error });
  });
  const keys = text.split(/\r?\n/).filter((line) => line.trim().startsWith('AGE-SECRET-KEY-'));
  if (keys.length === 0) throw new Error(`${path} holds no private key (a line AGE-SECRET-KEY-…)`);
  return keys.map((key) => key.trim());
}
