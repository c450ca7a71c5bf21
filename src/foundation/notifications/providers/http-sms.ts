import type { Config } from '../../../platform/config.ts';
import { callbackAddress } from '../callback-token.ts';
import { sendRequest, type OutboundAnswer } from '../outbound.ts';
import type { Outcome, ProviderSettings } from '../provider.ts';
import { internationalNumber, planSms } from '../sms-text.ts';
import type { Outgoing, Provider } from './provider-contract.ts';
import { gateOf } from './smpp-client.ts';

/**
 * A provider of text messages over HTTP. `options.form` says how it is spoken to: `json` (a POST with a bearer token and the message's id as
 * idempotency key, described in docs/features/notifications.md), or `kannel` (sendsms of the Kannel gateway).
 */
export function httpSmsProvider(settings: ProviderSettings, config: Config): Provider {
  const gate = gateOf(settings.window, settings.perSecond);
  const isKannel = settings.options['form'] === 'kannel';
  return {
    async send(message) {
      const to = internationalNumber(message.address);
      if (to === null) return { kind: 'refused', reason: 'not a mobile number of Viet Nam' };
      const leave = await gate.enter();
      try {
        const answer = await (isKannel ? askKannel(settings, config, message, to) : askJson(settings, message, to));
        if (answer.status === 429) gate.pause(1_000);
        return isKannel ? kannelOutcome(answer, message) : jsonOutcome(answer, message);
      } catch (error) {
        return { kind: 'failed', reason: (error as Error).message, isFault: true };
      } finally {
        leave();
      }
    },
    close: () => Promise.resolve(),
  };
}

function askJson(settings: ProviderSettings, message: Outgoing, to: string): Promise<OutboundAnswer> {
  const plan = planSms(message.body);
  return sendRequest(settings.url, {
    method: 'POST',
    timeoutMs: settings.answerSeconds * 1000,
    trusted: true,
    headers: {
      authorization: `Bearer ${settings.secret}`,
      'content-type': 'application/json',
      'idempotency-key': message.id,
    },
    body: JSON.stringify({
      id: message.id,
      from: settings.sender,
      to,
      text: message.body,
      encoding: plan.alphabet,
      parts: plan.parts.length,
    }),
  });
}

function jsonOutcome({ status, body }: OutboundAnswer, message: Outgoing): Outcome {
  const reason = `HTTP ${status} ${body.slice(0, 200)}`;
  if (status >= 200 && status < 300) {
    const reference = referenceIn(body);
    return {
      kind: 'sent',
      references: reference ? [reference] : [],
      parts: planSms(message.body).parts.length,
      reference,
    };
  }
  if (status === 400 || status === 404 || status === 422) return { kind: 'refused', reason };
  return { kind: 'failed', reason, isFault: status !== 429 };
}

function referenceIn(body: string): string | null {
  try {
    const { reference } = JSON.parse(body) as { reference?: unknown };
    return typeof reference === 'string' && reference.length <= 200 ? reference : null;
  } catch {
    return null;
  }
}

/** Kannel 1.4.5 user's guide, chapter 6, “Using the HTTP interface to send SMS messages”; it divides long texts itself. */
function askKannel(settings: ProviderSettings, config: Config, message: Outgoing, to: string): Promise<OutboundAnswer> {
  const plan = planSms(message.body);
  const url = new URL(settings.url);
  const fields = {
    username: settings.user,
    password: settings.secret,
    from: settings.sender,
    to: `+${to}`,
    text: message.body,
    coding: plan.alphabet === 'gsm-7' ? '0' : '2',
    charset: 'UTF-8',
    'dlr-mask': '19', // delivered, failed, refused by the centre
    'dlr-url': `${callbackAddress(config, settings.key)}?type=receipt&reference=${message.id}&status=%d`,
  };
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return sendRequest(url.href, { method: 'GET', timeoutMs: settings.answerSeconds * 1000, trusted: true });
}

function kannelOutcome({ status, body }: OutboundAnswer, message: Outgoing): Outcome {
  const reason = `Kannel ${status} ${body.slice(0, 200)}`;
  if (status === 202)
    return { kind: 'sent', references: [message.id], parts: planSms(message.body).parts.length, reference: message.id };
  return status === 400 ? { kind: 'refused', reason } : { kind: 'failed', reason, isFault: true };
}
