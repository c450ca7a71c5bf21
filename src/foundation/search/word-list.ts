import { fold, foldedSyllables } from './words.ts';

/** What a province says about words: `province/<name>/search-words.json`. */
export interface SearchWords {
  /** Short form → full words: `GPLX` → `giấy phép lái xe`. */
  abbreviations: Record<string, string>;
  /** Old or popular name → names used today. */
  synonyms: Record<string, string[]>;
  /** Words that say little: they count less and need not be there. */
  stopWords: string[];
}

/** The same, folded and ready. */
export interface WordList {
  abbreviations: ReadonlyMap<string, string[]>;
  synonyms: readonly { from: string[]; to: string[] }[];
  stopPhrases: readonly string[][];
}

/** Folds a word list. Entries without a letter or digit are left out. */
export function wordListOf(words: SearchWords): WordList {
  const abbreviations = new Map<string, string[]>();
  for (const [short, full] of Object.entries(words.abbreviations)) {
    const key = foldedSyllables(short).join(' ');
    if (key !== '') abbreviations.set(key, foldedSyllables(full));
  }
  const synonyms = Object.entries(words.synonyms).flatMap(([from, names]) =>
    names.map((to) => ({ from: foldedSyllables(from), to: foldedSyllables(to) })),
  );
  return {
    abbreviations,
    synonyms: synonyms.filter((s) => s.from.length > 0 && s.to.length > 0),
    stopPhrases: words.stopWords.map((phrase) => foldedSyllables(fold(phrase))).filter((p) => p.length > 0),
  };
}

export const emptyWordList: WordList = { abbreviations: new Map(), synonyms: [], stopPhrases: [] };

/** Reads the words of a file's JSON. @throws Error naming what is not right */
export function checkSearchWords(value: unknown): SearchWords {
  const root = value as Partial<Record<keyof SearchWords, unknown>> | null;
  const isMap = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);
  const isWords = (v: unknown): v is string[] => Array.isArray(v) && v.every((w) => typeof w === 'string');
  if (!isMap(root)) throw new Error('search-words.json must be an object');
  const { abbreviations = {}, synonyms = {}, stopWords = [] } = root;
  if (!isMap(abbreviations) || !isWords(Object.values(abbreviations)))
    throw new Error('abbreviations must map a short form to its words');
  if (!isMap(synonyms) || !Object.values(synonyms).every(isWords))
    throw new Error('synonyms must map a name to a list of names');
  if (!isWords(stopWords)) throw new Error('stopWords must be a list of words');
  return {
    abbreviations: abbreviations as Record<string, string>,
    synonyms: synonyms as Record<string, string[]>,
    stopWords,
  };
}

/** Where in `words` the phrase begins, or -1. */
function indexOfPhrase(words: readonly string[], phrase: readonly string[], from = 0): number {
  outer: for (let i = from; i + phrase.length <= words.length; i++) {
    for (let j = 0; j < phrase.length; j++) if (words[i + j] !== phrase[j]) continue outer;
    return i;
  }
  return -1;
}

/** The words with every abbreviation written out. */
export function writtenOut(list: WordList, words: readonly string[]): string[] {
  if (list.abbreviations.size === 0) return [...words];
  return words.flatMap((_, index) => {
    const two = index + 1 < words.length ? list.abbreviations.get(`${words[index]} ${words[index + 1]}`) : undefined;
    if (two) return two;
    const before = index > 0 ? list.abbreviations.get(`${words[index - 1]} ${words[index]}`) : undefined;
    if (before) return [];
    return list.abbreviations.get(words[index]!) ?? [words[index]!];
  });
}

/** Other ways to say the same: at most `limit` variants with one old name replaced. */
export function otherWordings(list: WordList, words: readonly string[], limit = 3): string[][] {
  const found: string[][] = [];
  for (const { from, to } of list.synonyms) {
    if (found.length >= limit) break;
    const at = indexOfPhrase(words, from);
    if (at >= 0 && indexOfPhrase(words, to) < 0)
      found.push([...words.slice(0, at), ...to, ...words.slice(at + from.length)]);
  }
  return found;
}

/** For each word whether it says something (false: it belongs to a stop phrase). All true when nothing else would be left. */
export function tellingWords(list: WordList, words: readonly string[]): boolean[] {
  const telling = words.map(() => true);
  for (const phrase of list.stopPhrases)
    for (let at = indexOfPhrase(words, phrase); at >= 0; at = indexOfPhrase(words, phrase, at + 1))
      for (let j = 0; j < phrase.length; j++) telling[at + j] = false;
  return telling.some(Boolean) ? telling : words.map(() => true);
}
