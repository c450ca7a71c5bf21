import type { Reader } from '../../platform/database.ts';
import { emptyDictionary, type Dictionary } from './dictionary.ts';
import { dictionaryVersion, readDictionary } from './search-queries.ts';
import { emptyWordList, wordListOf, type SearchWords, type WordList } from './word-list.ts';

let wordList: WordList = emptyWordList;

/** The province's abbreviations, other names and stop words, as every search of this process uses them. */
export const currentWordList = (): WordList => wordList;

/** Sets the province's words; called once at start. */
export function useSearchWords(words: SearchWords): void {
  wordList = wordListOf(words);
}

interface Held {
  dictionary: Dictionary;
  version: number;
  checkedAt: number;
  checking: Promise<void> | null;
}

const CHECK_EVERY_MS = 15_000;
let held = new WeakMap<Reader, Held>();

/** Has the next search of this process look for a newer dictionary. */
export function forgetDictionaries(): void {
  held = new WeakMap();
}

/** The dictionary, from memory; a newer version is looked for every quarter of a minute, beside the searches and not before them. */
export async function currentDictionary(reader: Reader): Promise<Dictionary> {
  let mine = held.get(reader);
  if (!mine) held.set(reader, (mine = { dictionary: emptyDictionary, version: 0, checkedAt: 0, checking: null }));
  if (mine.checking === null && Date.now() - mine.checkedAt > CHECK_EVERY_MS) mine.checking = refresh(reader, mine);
  if (mine.checkedAt === 0 && mine.checking !== null) await mine.checking;
  return mine.dictionary;
}

async function refresh(reader: Reader, mine: Held): Promise<void> {
  try {
    const version = await dictionaryVersion(reader);
    if (version !== mine.version) {
      mine.dictionary = await readDictionary(reader);
      mine.version = version;
    }
  } catch {
    // Searching goes on with the dictionary at hand; the next check tries again.
  } finally {
    mine.checkedAt = Date.now();
    mine.checking = null;
  }
}
