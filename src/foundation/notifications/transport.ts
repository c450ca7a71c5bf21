import { createTransport, type Transporter } from 'nodemailer';
import type { Config } from '../../platform/config.ts';
import type { MessageRow } from './notification-queries.ts';

/** What became of one attempt: sent, refused for good (a wrong address), or worth another try. */
export type Outcome =
  | { kind: 'sent'; reference: string | null }
  | { kind: 'refused'; reason: string }
  | { kind: 'later'; reason: string }
  | { kind: 'no-provider' };

const transporters = new Map<string, Transporter>();

function transporterFor(url: string): Transporter {
  let transporter = transporters.get(url);
  if (!transporter) {
    transporter = createTransport(url, { pool: true, maxConnections: 3 } as never);
    transporters.set(url, transporter);
  }
  return transporter;
}

/** Closes the connections to mail servers, for tests and for the end of the program. */
export function closeTransports(): void {
  for (const transporter of transporters.values()) transporter.close();
  transporters.clear();
}

/**
 * Hands one message to its provider. Without a mail server a demonstration keeps it in the visible outbox; in
 * production it waits as `no-provider` until one is set up and somebody resends it.
 */
export async function deliver(config: Config, message: MessageRow): Promise<Outcome> {
  if (message.channel === 'email' && config.smtpUrl) return sendMail(config.smtpUrl, config, message);
  return config.mode === 'production' ? { kind: 'no-provider' } : { kind: 'sent', reference: 'outbox' };
}

async function sendMail(url: string, config: Config, message: MessageRow): Promise<Outcome> {
  const link = message.link ? `\n\n${config.publicUrl}${message.link}` : '';
  try {
    const info = (await transporterFor(url).sendMail({
      from: config.mailFrom,
      to: { name: '', address: message.address ?? '' },
      subject: message.subject,
      text: `${message.body}${link}\n`,
      messageId: `<${message.id}@sen>`, // the same at every try, so that a mailbox can drop doubles
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': message.locale },
      disableFileAccess: true,
      disableUrlAccess: true,
    })) as { messageId?: string };
    return { kind: 'sent', reference: info.messageId ?? null };
  } catch (error) {
    const { responseCode, code, message: reason } = error as { responseCode?: number; code?: string; message: string };
    const forGood =
      (responseCode !== undefined && responseCode >= 500 && responseCode < 600 && code === 'EENVELOPE') ||
      (code === 'EENVELOPE' && responseCode === undefined);
    return { kind: forGood ? 'refused' : 'later', reason };
  }
}
