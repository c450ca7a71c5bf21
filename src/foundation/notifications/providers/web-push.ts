import { createCipheriv, createECDH, createPrivateKey, hkdfSync, randomBytes, sign } from 'node:crypto';
import type { Config } from '../../../platform/config.ts';
import { isAdminPath } from '../../../platform/http/admin-path.ts';
import { paths } from '../../../ui/paths.ts';
import type { PushSubscriptionRow } from '../addressee-queries.ts';
import { sendRequest } from '../outbound.ts';
import type { Outcome } from '../provider.ts';
import { isLocal } from '../provider-settings.ts';
import type { Outgoing, Provider } from './provider-contract.ts';
import { gateOf } from './smpp-client.ts';

/* Web push: RFC 8030 (delivery), RFC 8291 with RFC 8188 (encryption for the browser), RFC 8292 (who we are). */

const TTL_SECONDS = 86_400;
const TOKEN_SECONDS = 12 * 3600;
const WINDOW = 20;

const base64url = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url');

/** The province's key pair for push services (P-256), from the program's secret: no other setting is needed; a new secret asks browsers anew. */
export function pushKeys(secret: string): { publicKey: Buffer; privateKey: Buffer } {
  for (let counter = 0; ; counter += 1) {
    const privateKey = Buffer.from(hkdfSync('sha256', secret, 'sen.notifications', `web-push/${counter}`, 32));
    try {
      const pair = createECDH('prime256v1');
      pair.setPrivateKey(privateKey);
      return { publicKey: pair.getPublicKey(), privateKey };
    } catch {
      // zero or beyond the order of the curve: less likely than a meteorite, the next one will do
    }
  }
}

/** The signed statement of RFC 8292 2: who sends, to whom, until when. */
export function vapidHeader(secret: string, endpoint: string, contact: string, now: Date): string {
  const { publicKey, privateKey } = pushKeys(secret);
  const part = (value: object) => base64url(JSON.stringify(value));
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(now.getTime() / 1000) + TOKEN_SECONDS, sub: contact };
  const text = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: base64url(privateKey),
      x: base64url(publicKey.subarray(1, 33)),
      y: base64url(publicKey.subarray(33)),
    },
  });
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${text}.${base64url(signature)}, k=${base64url(publicKey)}`;
}

/** Encrypts a message for one browser (RFC 8291 3.4): only it can read it, no push service. @throws Error for keys that are none */
export function encryptPush(text: string, keys: { p256dh: string; auth: string }): Buffer {
  const theirs = Buffer.from(keys.p256dh, 'base64url');
  const own = createECDH('prime256v1');
  const ours = own.generateKeys();
  const salt = randomBytes(16);
  const shared = own.computeSecret(theirs);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours]);
  const key = Buffer.from(hkdfSync('sha256', shared, Buffer.from(keys.auth, 'base64url'), info, 32));
  const contentKey = Buffer.from(hkdfSync('sha256', key, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16));
  const nonce = Buffer.from(hkdfSync('sha256', key, salt, Buffer.from('Content-Encoding: nonce\0'), 12));
  const cipher = createCipheriv('aes-128-gcm', contentKey, nonce);
  const sealed = Buffer.concat([
    cipher.update(text, 'utf8'),
    cipher.update(Buffer.from([2])),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(4096);
  return Buffer.concat([salt, size, Buffer.from([ours.length]), ours, sealed]); // RFC 8188 2.1
}

/** Whether a subscription may be kept: a public https address, and keys of the right form. */
export function isPushSubscription(
  push: { endpoint: string; p256dh: string; auth: string },
  allowLocal: boolean,
): boolean {
  if (!URL.canParse(push.endpoint) || push.endpoint.length > 1_000) return false;
  if (!(allowLocal && isLocal(push.endpoint)) && new URL(push.endpoint).protocol !== 'https:') return false;
  const key = Buffer.from(push.p256dh, 'base64url');
  return key.length === 65 && key[0] === 4 && Buffer.from(push.auth, 'base64url').length === 16;
}

export function webPushProvider(config: Config): Provider {
  const gate = gateOf(WINDOW, 200);
  const contact = config.publicUrl.startsWith('https:') ? config.publicUrl : 'mailto:admin@example.vn';
  return {
    async send(message) {
      if (!message.push) return { kind: 'gone', reason: 'the browser no longer asks for messages' };
      // A demonstration or a test speaks to nobody outside.
      if (config.mode !== 'production' && !isLocal(message.push.endpoint))
        return { kind: 'sent', references: [], parts: 1, reference: 'outbox' };
      const leave = await gate.enter();
      try {
        return await post(config, contact, message, message.push);
      } catch (error) {
        return { kind: 'failed', reason: (error as Error).message, isFault: false };
      } finally {
        leave();
      }
    },
    close: () => Promise.resolve(),
  };
}

async function post(config: Config, contact: string, message: Outgoing, push: PushSubscriptionRow): Promise<Outcome> {
  const body = JSON.stringify({
    id: message.id,
    title: message.subject,
    body: message.body,
    // The browser's own list of messages leads on to another address; a push may not.
    link: config.admin && isAdminPath(message.link ?? '') ? paths.workspaceNotifications() : message.link,
    lang: message.locale,
  });
  const answer = await sendRequest(push.endpoint, {
    method: 'POST',
    timeoutMs: 10_000,
    trusted: config.mode !== 'production' && isLocal(push.endpoint),
    headers: {
      authorization: vapidHeader(config.secret, push.endpoint, contact, new Date()),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(TTL_SECONDS),
      urgency: message.isUrgent ? 'high' : 'normal',
      topic: message.id.replaceAll('-', '').slice(0, 32), // RFC 8030 5.4: a double of a try takes the first one's place
    },
    body: encryptPush(body, push),
  });
  const reason = `push service: HTTP ${answer.status}`;
  if (answer.status >= 200 && answer.status < 300) return { kind: 'sent', references: [], parts: 1 };
  if (answer.status === 404 || answer.status === 410) return { kind: 'gone', reason };
  if (answer.status === 400 || answer.status === 413) return { kind: 'refused', reason };
  return { kind: 'failed', reason, isFault: false }; // each browser has its maker's service: one that is down is not ours that is down
}
