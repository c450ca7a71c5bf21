import { createTransport, type Transporter } from 'nodemailer';
import type { Config } from '../../../platform/config.ts';
import { addressOf } from '../../../platform/http/doors.ts';
import { unsubscribeAddress } from '../unsubscribe-token.ts';
import { kindOf } from '../message-kind.ts';
import type { Outcome, ProviderSettings } from '../provider.ts';
import type { Outgoing, Provider } from './provider-contract.ts';

/** A mail server. The message id is the same at every try, so that a mailbox can drop the double of a try whose answer was lost. */
export function smtpProvider(settings: ProviderSettings, config: Config): Provider {
  // What the address itself says (`?requireTLS=false` for a relay inside the house) comes before what is said here.
  const transporter: Transporter = createTransport({
    url: settings.url,
    requireTLS: config.mode === 'production' && mustEncrypt(settings.url),
    pool: true,
    maxConnections: settings.window,
    connectionTimeout: settings.answerSeconds * 1000,
    greetingTimeout: settings.answerSeconds * 1000,
    socketTimeout: settings.answerSeconds * 4000,
  } as never);
  return {
    send: (message) => sendMail(transporter, settings, config, message),
    close: () => Promise.resolve(transporter.close()),
  };
}

/** Whether mail to this server must go over TLS: always, but for a server on this machine; `smtps:` is TLS from its first byte. */
export function mustEncrypt(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'smtp:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** A person may stop what the law does not ask for: a link in the text, and the headers for a mailbox's own button (RFC 2369, RFC 8058). */
function stopping(config: Config, message: Outgoing): { text: string; headers: Record<string, string> } {
  if (message.recipientKind === null || message.recipientId === null || kindOf(message.kind).isMandatory)
    return { text: '', headers: {} };
  const address = unsubscribeAddress(config, {
    recipientKind: message.recipientKind,
    recipientId: message.recipientId,
    kind: message.kind,
    channel: 'email',
  });
  const words = message.locale === 'en' ? 'To stop these e-mails' : 'Để thôi nhận thư loại này';
  return {
    text: `\n\n--\n${words}: ${address}`,
    headers: { 'List-Unsubscribe': `<${address}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  };
}

async function sendMail(
  transporter: Transporter,
  settings: ProviderSettings,
  config: Config,
  message: Outgoing,
): Promise<Outcome> {
  const link = message.link ? `\n\n${addressOf(config, message.link)}` : '';
  const stop = stopping(config, message);
  try {
    const info = (await transporter.sendMail({
      from: settings.sender || config.mailFrom,
      to: { name: '', address: message.address },
      subject: message.subject,
      text: `${message.body}${link}${stop.text}\n`,
      messageId: `<${message.id}@sen>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': message.locale, ...stop.headers },
      disableFileAccess: true,
      disableUrlAccess: true,
    })) as { messageId?: string };
    return { kind: 'sent', references: [], parts: 1, reference: info.messageId ?? null };
  } catch (error) {
    const { responseCode, code, message: reason } = error as { responseCode?: number; code?: string; message: string };
    const isEnvelope = code === 'EENVELOPE';
    if (isEnvelope && (responseCode === undefined || (responseCode >= 500 && responseCode < 600)))
      return { kind: 'refused', reason };
    // A server that puts one mail off (greylisting, a full mailbox) is not a broken server.
    return { kind: 'failed', reason, isFault: !(isEnvelope && responseCode !== undefined && responseCode < 500) };
  }
}
