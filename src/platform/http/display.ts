/*
 * How a person wants pages to look: a cookie of ten characters that the server reads, so that no script is needed and nothing flickers. Anonymous
 * pages are kept once per choice (`micro-cache.ts`); there are 72 of them, and whatever else a cookie says counts as none.
 */

export const DISPLAY_COOKIE = 'sen_display';

export interface Display {
  /** Size of text: usual, large, very large. */
  text: 0 | 1 | 2;
  /** Colours: usual, high contrast, dark. */
  colours: 0 | 1 | 2;
  /** More room between lines, words and letters (WCAG 2.2, 1.4.12). */
  spacing: boolean;
  /** Every link is underlined. */
  underline: boolean;
  /** Nothing moves by itself. */
  still: boolean;
}

export const usualDisplay: Display = { text: 0, colours: 0, spacing: false, underline: false, still: false };

const FORM = /^t([0-2])c([0-2])s([01])u([01])m([01])$/;

/** What a cookie's value says; the usual display for everything that is no such value. */
export function parseDisplay(value: string | null | undefined): Display {
  const [, text, colours, spacing, underline, still] = FORM.exec(value ?? '') ?? [];
  if (text === undefined) return usualDisplay;
  return {
    text: Number(text) as Display['text'],
    colours: Number(colours) as Display['colours'],
    spacing: spacing === '1',
    underline: underline === '1',
    still: still === '1',
  };
}

const bit = (value: boolean): string => (value ? '1' : '0');

/** The value of the cookie; empty for the usual display, which needs none. */
export function formatDisplay(d: Display): string {
  const value = `t${d.text}c${d.colours}s${bit(d.spacing)}u${bit(d.underline)}m${bit(d.still)}`;
  return value === 't0c0s0u0m0' ? '' : value;
}

/** The choice that a request's cookies name, in its one form; empty when it is the usual one. Costs nothing without the cookie. */
export function displayIn(cookies: string | undefined): string {
  const at = cookies === undefined ? -1 : cookies.indexOf(`${DISPLAY_COOKIE}=`);
  if (at < 0) return '';
  const value = /^[^;]*/.exec(cookies!.slice(at + DISPLAY_COOKIE.length + 1))?.[0].trim();
  return formatDisplay(parseDisplay(value));
}

/** Classes of the document for a choice; empty for the usual display. */
export function displayClasses(choice: string): string {
  if (choice === '') return '';
  const d = parseDisplay(choice);
  return [
    d.text > 0 && `sen-text-${d.text}`,
    d.colours === 1 && 'sen-contrast',
    d.colours === 2 && 'sen-dark',
    d.spacing && 'sen-spacing',
    d.underline && 'sen-underline',
    d.still && 'sen-still',
  ]
    .filter(Boolean)
    .join(' ');
}
