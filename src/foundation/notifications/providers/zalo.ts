import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { AppContext } from '../../../platform/module.ts';
import { sendRequest } from '../outbound.ts';
import type { Outcome, ProviderSettings } from '../provider.ts';
import { internationalNumber } from '../sms-text.ts';
import { lockTokens, saveQuota, saveTokens } from '../token-queries.ts';
import type { Outgoing, Provider } from './provider-contract.ts';
import { gateOf } from './smpp-client.ts';
import { transact } from '../transact.ts';

/*
 * Messages by an official account of Zalo (ZNS): templates that Zalo approved, to telephone numbers. `url` is the service's address, `options.tokenUrl`
 * where tokens are fetched, `user` the application's id, `secret` its secret, `options.refreshToken` the first refresh token. Each refresh gives a new
 * refresh token and ends the old one, so they are kept sealed in the database.
 */

type Context = Pick<AppContext, 'config' | 'db' | 'clock' | 'log'>;

/** Answers of the service (Zalo for developers, “ZNS error codes”; read in 2026, may change: an unknown one is tried again). */
const INVALID_TOKEN = new Set([-124, -216]);
const REFUSED = new Set([-108, -114, -118, -119, -131, -132, -133, -1331, -137, -141, -143]);
const OUT_OF_QUOTA = new Set([-144, -147, -1471, -145]);

interface Tokens {
  access: string;
  refresh: string;
}

export function zaloProvider(settings: ProviderSettings, context: Context): Provider {
  const gate = gateOf(settings.window, settings.perSecond);
  let known: { access: string; until: Date } | null = null;
  const accessToken = async (unwanted: string | null): Promise<string> => {
    if (known && known.access !== unwanted && known.until > context.clock.now()) return known.access;
    known = await freshToken(settings, context, unwanted);
    return known.access;
  };
  return {
    async send(message) {
      const phone = internationalNumber(message.address);
      if (phone === null || !message.extra) return { kind: 'refused', reason: 'no number or no template for chat' };
      const leave = await gate.enter();
      try {
        const token = await accessToken(null);
        let answer = await ask(settings, token, phone, message);
        if (INVALID_TOKEN.has(answer.error)) answer = await ask(settings, await accessToken(token), phone, message);
        return await outcomeOf(settings, context, answer);
      } catch (error) {
        return { kind: 'failed', reason: (error as Error).message, isFault: true };
      } finally {
        leave();
      }
    },
    close: () => Promise.resolve(),
  };
}

interface Answer {
  error: number;
  message: string;
  reference: string | null;
  quotaLeft: number | null;
}

async function ask(settings: ProviderSettings, token: string, phone: string, message: Outgoing): Promise<Answer> {
  const { status, body } = await sendRequest(settings.url, {
    method: 'POST',
    timeoutMs: settings.answerSeconds * 1000,
    trusted: true,
    headers: { 'content-type': 'application/json', access_token: token },
    body: JSON.stringify({
      phone,
      template_id: message.extra?.template,
      template_data: message.extra?.data,
      tracking_id: message.id, // the same at every try: Zalo tells doubles by it
    }),
  });
  if (status >= 500 || status < 200) throw new Error(`Zalo: HTTP ${status}`);
  const raw = JSON.parse(body) as {
    error?: number;
    message?: string;
    data?: { msg_id?: string; quota?: { remainingQuota?: string } };
  };
  const left = Number(raw.data?.quota?.remainingQuota ?? Number.NaN);
  return {
    error: typeof raw.error === 'number' ? raw.error : -1,
    message: (raw.message ?? '').slice(0, 200),
    reference: typeof raw.data?.msg_id === 'string' ? raw.data.msg_id.slice(0, 200) : null,
    quotaLeft: Number.isInteger(left) && left >= 0 && left < 2 ** 31 ? left : null,
  };
}

async function outcomeOf(settings: ProviderSettings, context: Context, answer: Answer): Promise<Outcome> {
  const reason = `Zalo ${answer.error} ${answer.message}`;
  const left = OUT_OF_QUOTA.has(answer.error) ? 0 : answer.quotaLeft;
  if (left !== null) await transact(context, (tx) => saveQuota(tx, settings.key, left));
  if (answer.error === 0)
    return {
      kind: 'sent',
      references: answer.reference ? [answer.reference] : [],
      parts: 1,
      reference: answer.reference,
    };
  if (REFUSED.has(answer.error)) return { kind: 'refused', reason };
  return { kind: 'failed', reason, isFault: true };
}

/** A token that works: the one in the database unless it is old or `unwanted`, else a new one, fetched with the row locked. */
function freshToken(
  settings: ProviderSettings,
  context: Context,
  unwanted: string | null,
): Promise<{ access: string; until: Date }> {
  return transact(context, async (tx) => {
    const kept = await lockTokens(tx, settings.key, settings.channel);
    const tokens = kept.tokens ? open(context.config.secret, kept.tokens) : null;
    if (tokens && kept.tokensUntil && kept.tokensUntil > tx.now && tokens.access !== unwanted)
      return { access: tokens.access, until: kept.tokensUntil };
    const next = await refresh(settings, tokens?.refresh ?? settings.options['refreshToken'] ?? '');
    const until = new Date(tx.now.getTime() + (next.seconds - 60) * 1000);
    await saveTokens(tx, settings.key, seal(context.config.secret, next.tokens), until);
    return { access: next.tokens.access, until };
  });
}

async function refresh(settings: ProviderSettings, token: string): Promise<{ tokens: Tokens; seconds: number }> {
  const { status, body } = await sendRequest(settings.options['tokenUrl'] ?? '', {
    method: 'POST',
    timeoutMs: settings.answerSeconds * 1000,
    trusted: true,
    headers: { 'content-type': 'application/x-www-form-urlencoded', secret_key: settings.secret },
    body: new URLSearchParams({ refresh_token: token, app_id: settings.user, grant_type: 'refresh_token' }).toString(),
  });
  const raw = JSON.parse(body) as { access_token?: string; refresh_token?: string; expires_in?: string | number };
  const seconds = Number(raw.expires_in);
  if (status !== 200 || !raw.access_token || !raw.refresh_token || !(seconds > 60))
    throw new Error(`Zalo gives no token: HTTP ${status}`);
  return { tokens: { access: raw.access_token, refresh: raw.refresh_token }, seconds };
}

const keyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'sen.notifications', 'provider-tokens', 32));

function seal(secret: string, tokens: Tokens): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  const body = Buffer.concat([cipher.update(JSON.stringify(tokens), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function open(secret: string, sealed: Buffer): Tokens | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), sealed.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(sealed.subarray(12, 28));
    return JSON.parse(
      Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8'),
    ) as Tokens;
  } catch {
    return null; // sealed with another secret: start again from the operator's file
  }
}
