import type { Locale } from '../../platform/http/web.ts';

/** Texts of one message in both languages; `{name}` is replaced by the value of that name. */
export interface MessageTemplate<Values extends string> {
  key: string;
  vi: { subject: string; body: string };
  en: { subject: string; body: string };
  readonly values?: Values; // only for inference
}

/** Declares a message: `defineMessage<'code' | 'unit'>('dossiers.received', {vi, en})`. Keys are permanent. */
export const defineMessage = <Values extends string>(
  key: string,
  texts: Pick<MessageTemplate<Values>, 'vi' | 'en'>,
): MessageTemplate<Values> => ({ key, ...texts });

const MAX_VALUE = 500;

/** Fills a template. A missing value leaves an empty place, never `undefined`; line breaks cannot enter a subject. */
export function fillTemplate<Values extends string>(
  template: MessageTemplate<Values>,
  locale: Locale,
  values: Record<Values, string>,
): { subject: string; body: string } {
  const { subject, body } = template[locale];
  const fill = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      Object.hasOwn(values, name) ? (values[name as Values] ?? '').slice(0, MAX_VALUE) : '',
    );
  return { subject: fill(subject).replaceAll(/\s+/g, ' ').trim(), body: fill(body).trim() };
}
