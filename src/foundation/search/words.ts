/**
 * How Vietnamese text becomes terms: the same code for what is indexed and for what is asked. Folding drops tones and
 * marks, so that people may leave them out; a syllable is the unit, because Vietnamese writes words as syllables.
 */

const MARKS = /[\u0300-\u036f]/g;
const NO_WORD = /[^\p{L}\p{N}]+/gu;
const MAX_SYLLABLE = 40;

/** Lower case, without tones and marks, đ as d: `Đường` → `duong`. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(MARKS, '').toLowerCase().replaceAll('đ', 'd').normalize('NFC');

/** The syllables of a text as written, lower case, NFC. Everything that is no letter or digit parts them. */
export function syllables(text: string): string[] {
  const parts: string[] = [];
  for (const part of text.normalize('NFC').toLowerCase().split(NO_WORD))
    if (part !== '') parts.push(part.length > MAX_SYLLABLE ? part.slice(0, MAX_SYLLABLE) : part);
  return parts;
}

/** Syllables of a text, folded. */
export const foldedSyllables = (text: string): string[] => syllables(fold(text));

const foldedWords = new Map<string, string>();

/** `fold` of one word, remembered: the language has few thousand syllables. */
export function foldWord(word: string): string {
  let folded = foldedWords.get(word);
  if (folded === undefined) {
    if (foldedWords.size >= 50_000) foldedWords.clear();
    folded = fold(word);
    foldedWords.set(word, folded);
  }
  return folded;
}

/** The term of two neighbours. */
export const pair = (first: string, second: string): string => `${first}_${second}`;

/** Neighbouring syllables as pairs. */
export function pairs(words: readonly string[]): string[] {
  const found: string[] = [];
  for (let i = 1; i < words.length; i++) found.push(pair(words[i - 1]!, words[i]!));
  return found;
}

/** A code as it is compared: no spaces, capital letters, no diacritics: ` 1456/bc-stttt` → `1456/BC-STTTT`. */
export const normalisedCode = (text: string): string => fold(text).replaceAll(/\s+/g, '').toUpperCase();

/** Whether a piece of a query may be a code: it has a digit and a separator inside, or five digits and more. */
export const looksLikeCode = (text: string): boolean =>
  text.length <= 60 && (/^\p{L}{0,6}\d[\p{L}\d]*([./-][\p{L}\d]+)+$/u.test(text) || /^\p{L}{0,4}\d{5,}$/u.test(text));

const MAX_POSITION = 16_000;

/** The text of a tsvector with the positions of syllables (at most 16,000 of them), and the pairs without. */
export function positionedVector(words: readonly string[]): string {
  const at = new Map<string, number[]>();
  const limited = words.slice(0, MAX_POSITION);
  for (const [index, word] of limited.entries()) {
    const list = at.get(word);
    if (!list) at.set(word, [index + 1]);
    else if (list.length < 100) list.push(index + 1);
  }
  const parts = [...at].map(([word, positions]) => `${quoted(word)}:${positions.join(',')}`);
  for (const two of new Set(pairs(limited))) parts.push(quoted(two));
  return parts.join(' ');
}

/** The text of a tsvector without positions. */
export const plainVector = (terms: Iterable<string>): string => [...new Set(terms)].map(quoted).join(' ');

/** Terms hold letters, digits and `_` only; the quotes keep it so if that ever changes. */
export const quoted = (term: string): string => `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
