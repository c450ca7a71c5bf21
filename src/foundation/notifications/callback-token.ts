import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../platform/config.ts';
import { paths } from '../../ui/paths.ts';

const tokenOf = (secret: string, provider: string): string =>
  createHmac('sha256', secret).update(`sen.notifications.callback\n${provider}`).digest('base64url').slice(0, 32);

/** Where a provider reports receipts and texts: nobody else knows the address. */
export const callbackAddress = (config: Config, provider: string): string =>
  `${config.publicUrl}${paths.apiMessageCallback({ provider, token: tokenOf(config.secret, provider) })}`;

export function isCallbackToken(config: Config, provider: string, token: string): boolean {
  const [given, expected] = [Buffer.from(token), Buffer.from(tokenOf(config.secret, provider))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
