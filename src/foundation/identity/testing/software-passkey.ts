import { createHash, generateKeyPairSync, randomBytes, sign, type JsonWebKey, type KeyObject } from 'node:crypto';

/*
 * A passkey in software (WebAuthn 3, 6: an authenticator), for tests and benches: it answers questions as a browser with a security key
 * would, and can be told to answer wrongly. Written apart from the library that checks the answers.
 */

type Json = Record<string, unknown>;
const b64 = (bytes: Buffer): string => bytes.toString('base64url');
const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();

/** CBOR (RFC 8949) of the few shapes that are needed: whole numbers, text, bytes, maps. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, size: number): Buffer =>
    size < 24
      ? Buffer.from([(major << 5) | size])
      : size < 256
        ? Buffer.from([(major << 5) | 24, size])
        : Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const parts = [...value].flatMap(([key, one]) => [cbor(key), cbor(one as never)]);
  return Buffer.concat([head(5, value.size), ...parts]);
}

export interface SoftwarePasskey {
  id: string;
  /** Its public key as an authenticator gives it (COSE), and as a JSON Web Key. */
  cose: Uint8Array;
  jwk: JsonWebKey;
  counter: number;
  /** Whether the device checks its owner (PIN, finger). */
  isVerifying: boolean;
  create(question: Json, more?: Lies): string;
  get(question: Json, more?: Lies): string;
}
/** What a dishonest or misled answer says instead. */
export interface Lies {
  origin?: string;
  challenge?: string;
  counter?: number;
  host?: string;
  type?: string;
}

/** Makes one for pages of `origin`. */
export function softwarePasskey(origin: string): SoftwarePasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  const clientData = (type: string, question: Json, lies: Lies): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? question['challenge'],
        origin: lies.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const authenticatorData = (passkey: SoftwarePasskey, lies: Lies, attested?: Buffer): Buffer => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(lies.counter ?? passkey.counter);
    const flags = 0x01 | (passkey.isVerifying ? 0x04 : 0) | (attested ? 0x40 : 0);
    return Buffer.concat([
      sha256(lies.host ?? new URL(origin).hostname),
      Buffer.from([flags]),
      counter,
      attested ?? Buffer.alloc(0),
    ]);
  };
  const answer = (response: Json): string =>
    JSON.stringify({ id: b64(id), rawId: b64(id), type: 'public-key', clientExtensionResults: {}, response });
  const passkey: SoftwarePasskey = {
    id: b64(id),
    cose: coseKey(publicKey),
    jwk: publicKey.export({ format: 'jwk' }),
    counter: 0,
    isVerifying: true,
    create(question, lies = {}) {
      const size = Buffer.from([id.length >> 8, id.length & 255]);
      const attested = Buffer.concat([Buffer.alloc(16), size, id, coseKey(publicKey)]);
      const authData = authenticatorData(passkey, lies, attested);
      const attestation = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]),
      );
      return answer({
        clientDataJSON: b64(clientData('webauthn.create', question, lies)),
        attestationObject: b64(attestation),
        transports: ['usb'],
      });
    },
    get(question, lies = {}) {
      passkey.counter++;
      const data = clientData('webauthn.get', question, lies);
      const authData = authenticatorData(passkey, lies);
      const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), privateKey);
      return answer({
        clientDataJSON: b64(data),
        authenticatorData: b64(authData),
        signature: b64(signature),
      });
    },
  };
  return passkey;
}

/** A P-256 key as WebAuthn carries it (RFC 9052, COSE_Key). */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
}
