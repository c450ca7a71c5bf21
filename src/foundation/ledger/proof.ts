import { checkpointText, parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { dataDigest, entryOfHead, parseHead, SALT_BYTES, type EventHead } from './event-record.ts';
import { HASH_BYTES, leafHash, rootFromInclusion } from './merkle.ts';
import { parseNote, signedAt, strictBase64, type NoteSignature, type Verifier } from './signed-note.ts';

/*
 * A proof that an event is in the log, to be checked without it: as a file (C2SP tlog-proof, with the event in its `extra` line) and as a short code for a
 * square of dots, which says what happened and when, but not what was said.
 */

export interface Proof {
  leaf: number;
  salt: Buffer;
  head: string;
  /** What was said; null in a short code. */
  data: string | null;
  /** Hex of the digest of the data. */
  digest: string;
  path: Buffer[];
  checkpoint: SignedCheckpoint;
}

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
const MAX_FILE = 128 * 1024;
const MAX_PATH = 63;

/** The signed note of a checkpoint as text. */
export const noteText = ({ note }: SignedCheckpoint): string =>
  `${note.text}\n${note.signatures.map(({ name, keyId, bytes }) => `— ${name} ${Buffer.concat([keyId, bytes]).toString('base64')}\n`).join('')}`;

/** The proof as a file of C2SP tlog-proof. */
export function proofFile(proof: Proof): string {
  const extra = JSON.stringify({ salt: proof.salt.toString('base64'), head: proof.head, data: proof.data });
  const path = proof.path.map((hash) => `${hash.toString('base64')}\n`).join('');
  return `${FIRST_LINE}\nextra ${Buffer.from(extra).toString('base64')}\nindex ${proof.leaf}\n${path}\n${noteText(proof.checkpoint)}`;
}

/** Reads a file; null when it is not a proof of this kind. Nothing is believed yet. */
export function parseProofFile(text: string): Proof | null {
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  if (source.length > MAX_FILE || !source.startsWith(`${FIRST_LINE}\n`)) return null;
  const split = source.indexOf('\n\n');
  if (split < 0) return null;
  const [, extraLine = '', indexLine = '', ...hashes] = source.slice(0, split).split('\n');
  const extra = extraLine.startsWith('extra ') ? readExtra(strictBase64(extraLine.slice(6))) : null;
  const index = /^index (0|[1-9]\d{0,15})$/.exec(indexLine);
  const checkpoint = parseCheckpoint(source.slice(split + 2));
  const path = hashes.map(strictBase64);
  if (!extra || !index || !checkpoint || path.length > MAX_PATH) return null;
  if (!path.every((hash): hash is Buffer => hash?.length === HASH_BYTES)) return null;
  return { ...extra, leaf: Number(index[1]), path, checkpoint };
}

function readExtra(bytes: Buffer | null): Pick<Proof, 'salt' | 'head' | 'data' | 'digest'> | null {
  let fields: unknown;
  try {
    fields = JSON.parse(bytes?.toString('utf8') ?? '');
  } catch {
    return null;
  }
  const { salt: saltText, head, data } = (fields ?? {}) as Record<string, unknown>;
  const salt = typeof saltText === 'string' ? strictBase64(saltText) : null;
  if (salt?.length !== SALT_BYTES || typeof head !== 'string' || typeof data !== 'string') return null;
  return { salt, head, data, digest: dataDigest(salt, data) };
}

/* The short code: bytes in base32, which a square of dots holds densely and an address carries as it is. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const CODE_VERSION = 1;
/** Witnesses whose cosignatures go into a short code. */
const CODE_WITNESSES = 2;

function toBase32(bytes: Buffer): string {
  let [text, bits, held] = ['', 0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += LETTERS[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + LETTERS[(held << (5 - bits)) & 31] : text;
}

function fromBase32(text: string): Buffer | null {
  const bytes: number[] = [];
  let [bits, held] = [0, 0];
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xffff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}

const sized = (bytes: Buffer): Buffer => Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 255), bytes]);
const numbered = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes.subarray(2);
};

/** The proof as a short code: without the data, with the signature of the log and of the first witnesses. */
export function proofCode({ leaf, salt, head, digest, path, checkpoint }: Proof): string {
  const { origin, size, note } = checkpoint;
  const own = note.signatures.filter(({ name }) => name === origin).slice(0, 1);
  const others = note.signatures.filter(({ name }) => name !== origin).slice(0, CODE_WITNESSES);
  const signatures = [...own, ...others].flatMap(({ name, keyId, bytes }) => [
    sized(Buffer.from(name === origin ? '' : name)),
    sized(Buffer.concat([keyId, bytes])),
  ]);
  const parts = [
    Buffer.of(CODE_VERSION),
    numbered(leaf),
    numbered(size),
    salt,
    sized(Buffer.from(head)),
    Buffer.from(digest, 'hex'),
  ];
  const hashes = [Buffer.of(path.length), ...path];
  return toBase32(Buffer.concat([...parts, ...hashes, sized(Buffer.from(origin)), ...signatures]));
}

/** Reads a short code, or an address that carries one; null when it is not one. */
export function parseProofCode(text: string): Proof | null {
  const code = (/[?&#]ma=([A-Za-z2-7]+)/.exec(text)?.[1] ?? text).replaceAll(/\s/g, '').toUpperCase();
  const bytes = code.length < 8_000 ? fromBase32(code) : null;
  if (!bytes || bytes[0] !== CODE_VERSION) return null;
  let at = 1;
  const take = (count: number): Buffer => {
    if (at + count > bytes.length) throw new RangeError('The code is cut short');
    at += count;
    return bytes.subarray(at - count, at);
  };
  const number = (): number => Number(Buffer.concat([Buffer.alloc(2), take(6)]).readBigUInt64BE());
  const text16 = (): Buffer => take(take(2).readUInt16BE());
  try {
    const [leaf, size] = [number(), number()];
    const [salt, head, digest] = [take(SALT_BYTES), text16().toString('utf8'), take(HASH_BYTES).toString('hex')];
    const path = Array.from({ length: Math.min(MAX_PATH, take(1)[0]!) }, () => take(HASH_BYTES));
    const origin = text16().toString('utf8');
    const signatures: NoteSignature[] = [];
    while (at + 4 < bytes.length) {
      const name = text16().toString('utf8');
      const signature = text16();
      signatures.push({ name: name || origin, keyId: signature.subarray(0, 4), bytes: signature.subarray(4) });
    }
    const root = rootFromInclusion(leaf, size, leafHash(entryOfHead(salt, head, digest)), path);
    if (!root) return null;
    const note = { text: checkpointText({ origin, size, root }), signatures };
    const checkpoint = parseCheckpoint(noteText({ origin, size, root, note }));
    return checkpoint && { leaf, salt, head, data: null, digest, path, checkpoint };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export const parseProof = (text: string): Proof | null => parseProofFile(text) ?? parseProofCode(text.trim());

/** What a proof shows, to whom trusts these keys. */
export interface Verdict {
  /** `proven`: this event is in the log that the key signed. */
  outcome: 'proven' | 'not-included' | 'not-signed' | 'unreadable';
  event: EventHead | null;
  /** What was said, where the proof shows it: actor's label, reference of the request, payload. */
  data: { actorLabel: string; payload: Record<string, unknown> } | null;
  leaf: number;
  size: number;
  origin: string;
  /** Witnesses who cosigned, and when. */
  cosigned: { name: string; at: Date }[];
}

/** Judges a proof by the keys of the log and of witnesses that the caller trusts; no network, no database. */
export function judgeProof(proof: Proof, logKeys: readonly Verifier[], witnesses: readonly Verifier[]): Verdict {
  const { checkpoint, leaf } = proof;
  const root = rootFromInclusion(
    leaf,
    checkpoint.size,
    leafHash(entryOfHead(proof.salt, proof.head, proof.digest)),
    proof.path,
  );
  const event = parseHead(proof.head);
  const isIncluded = root?.equals(checkpoint.root) ?? false;
  const isSigned = logKeys.some((key) => key.name === checkpoint.origin && signedAt(checkpoint.note, key) !== null);
  const outcome = !isIncluded ? 'not-included' : !isSigned ? 'not-signed' : event === null ? 'unreadable' : 'proven';
  const cosigned = witnesses.flatMap((key) => {
    const seconds = signedAt(checkpoint.note, key);
    return seconds === null ? [] : [{ name: key.name, at: new Date(seconds * 1000) }];
  });
  const data = isIncluded ? readData(proof.data) : null;
  return {
    outcome,
    event: isIncluded ? event : null,
    data,
    leaf,
    size: checkpoint.size,
    origin: checkpoint.origin,
    cosigned,
  };
}

function readData(data: string | null): Verdict['data'] {
  if (data === null) return null;
  try {
    const [actorLabel, , payload] = JSON.parse(data) as unknown[];
    const isWhole = typeof actorLabel === 'string' && payload !== null && typeof payload === 'object';
    return isWhole ? { actorLabel, payload: payload as Record<string, unknown> } : null;
  } catch {
    return null;
  }
}

/** The note with further signature lines under it. */
export function withSignatures(note: string, lines: readonly string[]): string {
  const joined = note + lines.join('');
  return parseNote(joined) ? joined : note;
}
