import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/* Stands for a browser and its maker's push service (RFC 8030): checks who sends (RFC 8292), and opens the message as the browser would (RFC 8291). */

export interface PushStandIn {
  /** What a page's script would hand to the server. */
  subscribe(): { endpoint: string; p256dh: string; auth: string };
  /** What browsers showed. */
  shown: { title: string; body: string; link: string | null }[];
  mood: 'good' | 'gone' | 'down';
  /** Requests whose sender was not proven. */
  unproven: number;
  close(): Promise<void>;
}

interface Subscriber {
  keys: ECDH;
  auth: Buffer;
}

/** RFC 8188 2 and RFC 8291 3: the way back of an encrypted body. */
function open(body: Buffer, { keys, auth }: Subscriber): string {
  const [salt, length] = [body.subarray(0, 16), body[20] ?? 0];
  const theirs = body.subarray(21, 21 + length);
  const sealed = body.subarray(21 + length);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), theirs]);
  const key = Buffer.from(hkdfSync('sha256', keys.computeSecret(theirs), auth, info, 32));
  const derive = (label: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', key, salt, Buffer.from(`Content-Encoding: ${label}\0`), bytes));
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8');
}

/** Whether the sender signed for this service, not too long ahead. */
function isProven(header: string, origin: string): boolean {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(header) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65) return false;
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as {
    aud: string;
    exp: number;
    sub: string;
  };
  const now = Date.now() / 1000;
  return (
    isSigned && said.aud === origin && said.exp > now && said.exp <= now + 86_400 && /^(mailto:|https:)/.test(said.sub)
  );
}

/** Starts the stand-in on a free port of this machine. */
export async function startPushService(): Promise<PushStandIn> {
  const subscribers = new Map<string, Subscriber>();
  let origin = '';
  const stand: PushStandIn = {
    shown: [],
    mood: 'good',
    unproven: 0,
    subscribe() {
      const subscriber = { keys: createECDH('prime256v1'), auth: randomBytes(16) };
      subscriber.keys.generateKeys();
      const id = randomBytes(8).toString('hex');
      subscribers.set(`/send/${id}`, subscriber);
      return {
        endpoint: `${origin}/send/${id}`,
        p256dh: subscriber.keys.getPublicKey('base64url'),
        auth: subscriber.auth.toString('base64url'),
      };
    },
    close: () => new Promise((done) => server.close(() => done())),
  };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const subscriber = subscribers.get(request.url ?? '');
      if (stand.mood === 'down') return void response.writeHead(503).end();
      if (stand.mood === 'gone' || !subscriber) return void response.writeHead(410).end();
      if (
        !isProven(request.headers.authorization ?? '', origin) ||
        request.headers['content-encoding'] !== 'aes128gcm' ||
        !request.headers['ttl']
      ) {
        stand.unproven += 1;
        return void response.writeHead(403).end();
      }
      stand.shown.push(JSON.parse(open(Buffer.concat(pieces), subscriber)) as PushStandIn['shown'][number]);
      response.writeHead(201).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return stand;
}
