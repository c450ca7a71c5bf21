import type { Locale } from '../../platform/http/web.ts';
import type { MessageKindName } from './message-kind.ts';

/** Texts of one message in one language; `{name}` is replaced by the value of that name. `sms` is short; without it a text message carries the body. */
export interface ShippedTexts {
  subject: string;
  body: string;
  sms?: string;
}

/** Texts of one message in both languages. */
export interface MessageTemplate<Values extends string> {
  key: string;
  kind: MessageKindName;
  vi: ShippedTexts;
  en: ShippedTexts;
  /** Names that its texts may use. */
  variables: readonly string[];
  /** Names without which the message would say nothing: an edited text must keep them. */
  required: readonly string[];
  readonly values?: Values; // only for inference
}

const registered = new Map<string, MessageTemplate<string>>();
const PLACE = /\{(\w+)\}/g;

/** The names of the places in a text. */
export const placesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(PLACE)].map((match) => match[1] ?? '')),
];

/**
 * Declares a message: `defineMessage<'code' | 'unit'>('dossiers.received', {vi, en}, {kind: 'result'})`. Keys are permanent. Its variables are the names
 * in its texts; the subject's are required. Officials may replace the texts, by channel and unit.
 */
export function defineMessage<Values extends string>(
  key: string,
  texts: Pick<MessageTemplate<Values>, 'vi' | 'en'>,
  options: { kind?: MessageKindName; required?: readonly Values[] } = {},
): MessageTemplate<Values> {
  const all = [texts.vi, texts.en].flatMap((each) => [each.subject, each.body, each.sms ?? '']);
  const variables = placesIn(all.join('\n'));
  const required = options.required ?? placesIn(texts.vi.subject);
  const template = { key, kind: options.kind ?? 'progress', ...texts, variables, required };
  registered.set(key, template as MessageTemplate<string>);
  return template;
}

/** Every message that the loaded modules declare, by key. */
export const definedMessages = (): MessageTemplate<string>[] =>
  [...registered.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
export const findMessage = (key: string): MessageTemplate<string> | undefined => registered.get(key);

/** The subject as a title for people: a place in it is three points. */
export const titleOf = (message: MessageTemplate<string>, locale: Locale): string => {
  const title = message[locale].subject.replaceAll(/\{\w+\}/g, '…');
  return title.replace(/^… /, '').replace(/^./u, (letter) => letter.toLocaleUpperCase('vi'));
};

const MAX_VALUE = 500;

/** Puts values into a text. A missing value leaves an empty place, never `undefined`; a value is cut at 500 characters and is never read as a text itself. */
export const fillText = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(PLACE, (_, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '').slice(0, MAX_VALUE) : '',
  );

/** Line breaks cannot enter a subject: they would make headers. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Fills a shipped template's subject and body. */
export function fillTemplate<Values extends string>(
  template: MessageTemplate<Values>,
  locale: Locale,
  values: Record<Values, string>,
): { subject: string; body: string } {
  const { subject, body } = template[locale];
  return { subject: oneLine(fillText(subject, values)), body: fillText(body, values).trim() };
}
