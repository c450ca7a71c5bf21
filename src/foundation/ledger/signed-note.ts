import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

/* Signed notes (C2SP signed-note) with Ed25519, and the time-stamped cosignatures of witnesses (C2SP tlog-cosignature). */

/** How a key signs: 1 the note itself, 4 a witness's cosignature with its time. */
export type SignatureType = 1 | 4;
export interface Verifier {
  name: string;
  type: SignatureType;
  /** First four bytes of the hash over name, type and key. */
  keyId: Buffer;
  publicKey: KeyObject;
  /** The 32 bytes of RFC 8032. */
  raw: Buffer;
}
export interface Signer extends Verifier {
  privateKey: KeyObject;
}
export interface NoteSignature {
  name: string;
  keyId: Buffer;
  bytes: Buffer;
}
export interface Note {
  /** With its last newline; the empty line and the signatures are not in it. */
  text: string;
  signatures: NoteSignature[];
}

const MAX_NOTE = 64 * 1024;
const MAX_SIGNATURES = 64;
const NAME = /^[^\s+\p{Z}]{1,200}$/u;

/** Whether a text may be the name of a key: no spaces, no plus sign. */
export const isKeyName = (name: string): boolean => NAME.test(name);

const keyIdOf = (name: string, type: SignatureType, raw: Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), raw]), 'buffer').subarray(0, 4);

const publicKeyOf = (raw: Buffer): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
const rawOf = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');

export const verifierOf = (name: string, type: SignatureType, raw: Buffer): Verifier => ({
  name,
  type,
  raw,
  keyId: keyIdOf(name, type, raw),
  publicKey: publicKeyOf(raw),
});

/** A new key. */
export function newSigner(name: string, type: SignatureType): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  return signerOf(name, type, privateKey.export({ format: 'pem', type: 'pkcs8' }));
}

/** The signer of a private key as PEM (PKCS #8). */
export function signerOf(name: string, type: SignatureType, pem: string | Buffer): Signer {
  if (!isKeyName(name)) throw new Error(`A key cannot be named ${name}`);
  const privateKey = createPrivateKey(pem);
  return { ...verifierOf(name, type, rawOf(createPublicKey(privateKey))), privateKey };
}

export const pemOf = (signer: Signer): string => String(signer.privateKey.export({ format: 'pem', type: 'pkcs8' }));

/** `name+hash+key`, as verifiers are configured with it (signed-note, "Verifier keys"). */
export const verifierKey = ({ name, keyId, type, raw }: Verifier): string =>
  `${name}+${keyId.toString('hex')}+${Buffer.concat([Buffer.of(type), raw]).toString('base64')}`;

/** Reads a verifier key; null for anything else, also when its hash is not that of the key. */
export function parseVerifierKey(text: string): Verifier | null {
  const found = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim());
  if (!found) return null;
  const [, name = '', id = '', encoded = ''] = found;
  const key = strictBase64(encoded);
  const type = key?.[0];
  if (!key || key.length !== 33 || (type !== 1 && type !== 4) || !isKeyName(name)) return null;
  const verifier = verifierOf(name, type, Buffer.from(key.subarray(1)));
  return verifier.keyId.toString('hex') === id ? verifier : null;
}

/** Bytes of standard base64, written the one way it may be; null otherwise. */
export function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : null;
}

/** A signature line under `text`. A cosignature says when it was given: `seconds` since 1970. */
export function signNote(text: string, signer: Signer, seconds = 0): string {
  const bytes =
    signer.type === 1
      ? sign(null, Buffer.from(text), signer.privateKey)
      : Buffer.concat([timeBytes(seconds), sign(null, cosigned(text, seconds), signer.privateKey)]);
  return `— ${signer.name} ${Buffer.concat([signer.keyId, bytes]).toString('base64')}\n`;
}

const cosigned = (text: string, seconds: number): Buffer => Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
function timeBytes(seconds: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(seconds));
  return bytes;
}

/** Reads signature lines, each with its newline; null when one is malformed. */
export function parseSignatures(lines: string): NoteSignature[] | null {
  if (!lines.endsWith('\n')) return null;
  const each = lines.slice(0, -1).split('\n');
  if (each.length > MAX_SIGNATURES) return null;
  const signatures: NoteSignature[] = [];
  for (const line of each) {
    const found = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
    const bytes = found && strictBase64(found[2]!);
    if (!bytes || bytes.length < 5 || !isKeyName(found[1]!)) return null;
    signatures.push({ name: found[1]!, keyId: bytes.subarray(0, 4), bytes: bytes.subarray(4) });
  }
  return signatures;
}

/** Reads a note without judging it; null when it is not one. */
export function parseNote(source: string): Note | null {
  // oxlint-disable-next-line no-control-regex -- the format forbids them
  if (source.length > MAX_NOTE || /[\u0000-\u0009\u000b-\u001f]/.test(source)) return null;
  const split = source.lastIndexOf('\n\n');
  if (split < 1) return null;
  const signatures = parseSignatures(source.slice(split + 2));
  return signatures && { text: source.slice(0, split + 1), signatures };
}

/**
 * When a verifier signed this text: 0 seconds for a plain signature, its time for a cosignature; null when it did not. A signature of its own that is wrong counts as none.
 */
export function signedAt(note: Note, verifier: Verifier): number | null {
  for (const { name, keyId, bytes } of note.signatures) {
    if (name !== verifier.name || !keyId.equals(verifier.keyId)) continue;
    if (verifier.type === 1) {
      if (bytes.length === 64 && verify(null, Buffer.from(note.text), verifier.publicKey, bytes)) return 0;
      continue;
    }
    if (bytes.length !== 72) continue;
    const seconds = Number(bytes.readBigUInt64BE(0));
    if (!Number.isSafeInteger(seconds)) continue;
    if (verify(null, cosigned(note.text, seconds), verifier.publicKey, bytes.subarray(8))) return seconds;
  }
  return null;
}
