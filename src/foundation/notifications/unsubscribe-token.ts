import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../platform/config.ts';
import { paths } from '../../ui/paths.ts';

export interface Unsubscribing {
  recipientKind: string;
  recipientId: string;
  kind: string;
  channel: string;
}

const macOf = (secret: string, text: string): Buffer =>
  createHmac('sha256', secret).update(`sen.notifications.unsubscribe\n${text}`).digest().subarray(0, 16);

/** What stands behind a link that stops one kind of message: no secret of the person's, and nobody else can make it. */
export function unsubscribeToken(secret: string, about: Unsubscribing): string {
  const text = [about.recipientKind, about.recipientId, about.kind, about.channel].join('~');
  return `${Buffer.from(text).toString('base64url')}.${macOf(secret, text).toString('base64url')}`;
}

/** Reads the token; null when it is not one of ours. */
export function readUnsubscribeToken(secret: string, token: string): Unsubscribing | null {
  const [encoded = '', mac = ''] = token.split('.');
  const text = Buffer.from(encoded, 'base64url').toString('utf8');
  const [given, expected] = [Buffer.from(mac, 'base64url'), macOf(secret, text)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const [recipientKind = '', recipientId = '', kind = '', channel = ''] = text.split('~');
  return { recipientKind, recipientId, kind, channel };
}

export const unsubscribeAddress = (config: Config, about: Unsubscribing): string =>
  `${config.publicUrl}${paths.unsubscribe({ token: unsubscribeToken(config.secret, about) })}`;
