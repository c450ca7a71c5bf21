import { fillText, oneLine, placesIn, type MessageTemplate } from './message-template.ts';
import { withoutAccents } from './sms-text.ts';

/* The texts of one message for one channel: shipped, or written by officials in a version. */

export const textChannels = ['email', 'sms', 'push', 'chat', 'in-app'] as const;
export type TextChannel = (typeof textChannels)[number];

export interface ChannelText {
  subject: string;
  body: string;
}
export interface ChannelTexts {
  vi: ChannelText;
  en: ChannelText;
  /** Text messages without Vietnamese signs: 160 characters a part instead of 70. */
  withoutAccents?: boolean;
  /** Chat sends templates that its operator approved: the template's number there, and which of our variables fills which of its parameters. */
  chatTemplate?: string;
  chatParameters?: Readonly<Record<string, string>>;
}

/** Push services take little, and a telephone shows less. */
const MAX_PUSH = 300;

/** The shipped texts of a channel. Chat has none: it needs a template of its operator's. */
export function shippedTexts(template: MessageTemplate<string>, channel: TextChannel): ChannelTexts | null {
  if (channel === 'chat') return null;
  const of = (texts: MessageTemplate<string>['vi']): ChannelText => ({
    subject: channel === 'sms' ? '' : texts.subject,
    body: channel === 'sms' || channel === 'push' ? (texts.sms ?? texts.body) : texts.body,
  });
  return { vi: of(template.vi), en: of(template.en) };
}

export interface FilledText extends ChannelText {
  extra: { template: string; data: Record<string, string> } | null;
}

/** The finished text of one message in one channel and language. */
export function fillChannel(
  texts: ChannelTexts,
  channel: TextChannel,
  locale: 'vi' | 'en',
  values: Readonly<Record<string, string>>,
): FilledText {
  const { subject, body } = texts[locale];
  const filled = fillText(body, values).trim();
  const plain = channel === 'sms' && texts.withoutAccents ? withoutAccents(filled) : filled;
  const data = Object.fromEntries(
    Object.entries(texts.chatParameters ?? {}).map(([parameter, name]) => [
      parameter,
      oneLine(values[name] ?? '').slice(0, 200),
    ]),
  );
  return {
    subject: oneLine(fillText(subject, values)),
    body: channel === 'push' && plain.length > MAX_PUSH ? `${plain.slice(0, MAX_PUSH - 1)}…` : plain,
    extra: channel === 'chat' && texts.chatTemplate ? { template: texts.chatTemplate, data } : null,
  };
}

export type TextFault = 'empty' | 'long' | 'unknown-variable' | 'missing-variable' | 'chat-template' | 'chat-parameter';
const MAX_BODY = 5_000;
const MAX_SUBJECT = 200;

/** What is wrong with edited texts, by field (`vi-subject`, `vi-body`, …); empty when they may be published. */
export function faultsOf(
  template: Pick<MessageTemplate<string>, 'variables' | 'required'>,
  channel: TextChannel,
  texts: ChannelTexts,
): Record<string, { fault: TextFault; names: string[] }> {
  const faults: Record<string, { fault: TextFault; names: string[] }> = {};
  for (const locale of ['vi', 'en'] as const)
    for (const field of ['subject', 'body'] as const) {
      if (field === 'subject' && (channel === 'sms' || channel === 'chat')) continue;
      const text = texts[locale][field];
      const unknown = placesIn(text).filter((name) => !template.variables.includes(name));
      const found = placesIn(`${texts[locale].subject}\n${texts[locale].body}`);
      const missing =
        field === 'body' && channel !== 'chat' ? template.required.filter((name) => !found.includes(name)) : [];
      const name = `${locale}-${field}`;
      if (text.trim() === '') faults[name] = { fault: 'empty', names: [] };
      else if (text.length > (field === 'body' ? MAX_BODY : MAX_SUBJECT)) faults[name] = { fault: 'long', names: [] };
      else if (unknown.length > 0) faults[name] = { fault: 'unknown-variable', names: unknown };
      else if (missing.length > 0) faults[name] = { fault: 'missing-variable', names: missing };
    }
  if (channel === 'chat') {
    if (!/^[\w-]{1,60}$/.test(texts.chatTemplate ?? ''))
      faults['chat-template'] = { fault: 'chat-template', names: [] };
    const unknown = Object.entries(texts.chatParameters ?? {}).filter(
      ([parameter, name]) => !/^\w{1,60}$/.test(parameter) || !template.variables.includes(name),
    );
    if (unknown.length > 0)
      faults['chat-parameters'] = { fault: 'chat-parameter', names: unknown.map((pair) => pair.join('=')) };
  }
  return faults;
}
