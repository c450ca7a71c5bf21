import { Fragment, h, type ComponentChildren } from 'preact';

/**
 * `text` and `html` of the original macros. Both take strings and JSX here, and both escape strings: there is no way to pass raw markup
 * by accident. Markup that really comes as a string goes through `TrustedHtml`.
 */
export interface Content {
  text?: ComponentChildren | undefined;
  html?: ComponentChildren | undefined;
}

/** A content slot with classes and attributes, as most options of the kit are. */
export interface Slot extends Content {
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Extra attributes; `optional` leaves out null, undefined and false and writes true as a bare name. */
export type AttributeValue = string | number | boolean | null | undefined;
export type Attributes = Record<string, AttributeValue | { value: AttributeValue; optional?: boolean | undefined }>;

declare const trusted: unique symbol;
/** Markup that a named function of ours has made safe (sanitised guidance text, generated SVG). */
export type TrustedMarkup = string & { readonly [trusted]: true };

/** Writes markup as it is, without a wrapper element. Server only. */
export function TrustedHtml(props: { markup: TrustedMarkup }) {
  // `tpl` is the raw-string list that preact-render-to-string writes unescaped (its precompiled JSX contract).
  return h(Fragment, { tpl: [props.markup] } as object);
}

/** `html` when given, else `text`. */
export function contentOf(content: Content | undefined): ComponentChildren {
  return content?.html || content?.text;
}

/** Whether a slot has anything to show. */
export function hasContent(content: Content | undefined | null): content is Content {
  return Boolean(content && (content.html || content.text));
}

/** Joins class names, leaving out empty ones. */
export function classes(...names: (string | false | null | undefined)[]): string {
  let joined = '';
  for (const name of names) if (name) joined = joined === '' ? name : `${joined} ${name}`;
  return joined;
}

const NO_ATTRIBUTES: Record<string, string | boolean> = {};

/** Turns the `attributes` option into props, by the rules of the kit's own macro: without `optional`, empty values are written as `name=""`. */
export function attributesOf(attributes: Attributes | undefined | null): Record<string, string | boolean> {
  if (!attributes) return NO_ATTRIBUTES;
  const props: Record<string, string | boolean> = {};
  for (const [name, item] of Object.entries(attributes)) {
    const isPair = typeof item === 'object' && item !== null;
    const value = isPair ? item.value : item;
    const isOptional = isPair && item.optional === true;
    if (isOptional && (value === null || value === undefined || value === false)) continue;
    props[name] = isOptional && value === true ? bareName(name) : String(value ?? '');
  }
  return props;
}

/** Preact writes `data-x={true}` as `data-x="true"`; an empty string is the bare name to a browser. */
function bareName(name: string): string | boolean {
  return /^(data|aria)-/.test(name) ? '' : true;
}

/** `data-i18n.key` and `data-i18n.key.other` attributes that hand words to the kit's scripts. */
export function wordsOf(words: Record<string, string | Record<string, string> | undefined>): Record<string, string> {
  const props: Record<string, string> = {};
  for (const [key, message] of Object.entries(words)) {
    if (message === undefined) continue;
    if (typeof message === 'string') props[`data-i18n.${key}`] = message;
    else for (const [rule, text] of Object.entries(message)) props[`data-i18n.${key}.${rule}`] = text;
  }
  return props;
}
