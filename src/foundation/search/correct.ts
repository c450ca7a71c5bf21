import { confusions, deletions, distance, withoutKeys, type Dictionary } from './dictionary.ts';
import { pair } from './words.ts';

/**
 * Puts typing errors right: of all ways to read the syllables typed, the most likely one, where a syllable is likely
 * when it is frequent, when it often stands beside its neighbour, and when it looks like what was typed.
 */

interface Candidate {
  words: readonly string[];
  /** Logarithm of the chance that somebody who meant `words` typed this. */
  typed: number;
}

const AS_TYPED = Math.log(0.9);
const KEYS_LEFT = Math.log(0.6);
const CONFUSED = Math.log(0.02);
const ONE_LETTER = Math.log(0.006);
const SPACE_MISSING = Math.log(0.02);
const SPACE_TOO_MANY = Math.log(0.02);
const TWO_LETTERS = Math.log(0.0002);
const UNKNOWN = Math.log(1e-7);
const MAX_CANDIDATES = 10;
const MAX_PATHS = 8;
const MAX_QUERY_WORDS = 24;

const cache = new WeakMap<Dictionary, Map<string, Candidate[]>>();

/**
 * The folded query words as they were most likely meant. Words without a likely reading stay as they are. Words that hold a
 * digit are never changed. Looks at no more than 24 words.
 */
export function corrected(dictionary: Dictionary, typed: readonly string[]): string[] {
  if (dictionary.syllables.size === 0) return [...typed];
  if (isUsual(dictionary, typed)) return [...typed];
  interface Path {
    words: string[];
    score: number;
  }
  // best[i]: the best readings of the first i words typed, by the last word read.
  const best: Map<string, Path>[] = [new Map([['', { words: [], score: 0 }]])];
  const words = typed.slice(0, MAX_QUERY_WORDS);
  for (let i = 1; i <= words.length; i++) {
    const here = new Map<string, Path>();
    const extend = (from: Map<string, Path>, candidates: readonly Candidate[]) => {
      for (const path of from.values())
        for (const candidate of candidates) {
          let score = path.score + candidate.typed;
          let last = path.words.at(-1) ?? '';
          for (const word of candidate.words) {
            score += chance(dictionary, last, word);
            last = word;
          }
          const known = here.get(last);
          if (!known || known.score < score) here.set(last, { words: [...path.words, ...candidate.words], score });
        }
    };
    extend(best[i - 1]!, candidatesOf(dictionary, words[i - 1]!));
    if (i >= 2) {
      const joined = words[i - 2]! + words[i - 1]!;
      const parts = [words[i - 2]!, words[i - 1]!];
      if (dictionary.syllables.has(joined) && parts.some((part) => !dictionary.syllables.has(part)))
        extend(best[i - 2]!, [{ words: [joined], typed: SPACE_TOO_MANY }]);
    }
    best.push(new Map([...here].sort((a, b) => b[1].score - a[1].score).slice(0, MAX_PATHS)));
  }
  let winner: Path | undefined;
  for (const path of best.at(-1)!.values()) if (!winner || path.score > winner.score) winner = path;
  return [...(winner?.words ?? words), ...typed.slice(MAX_QUERY_WORDS)];
}

/** Whether every word is known and every two neighbours stand together somewhere: then there is nothing to put right. */
function isUsual(dictionary: Dictionary, words: readonly string[]): boolean {
  return words.every(
    (word, index) =>
      dictionary.syllables.has(word) && (index === 0 || dictionary.pairs.has(pair(words[index - 1]!, word))),
  );
}

function chance(dictionary: Dictionary, before: string, word: string): number {
  const alone = (dictionary.syllables.get(word) ?? 0.01) / dictionary.total;
  if (before === '') return Math.log(alone);
  const together = dictionary.pairs.get(pair(before, word)) ?? 0;
  const ofBefore = Math.max(dictionary.syllables.get(before) ?? 0, together, 1);
  return Math.log(0.8 * (together / ofBefore) + 0.2 * alone);
}

function candidatesOf(dictionary: Dictionary, word: string): Candidate[] {
  let known = cache.get(dictionary);
  if (!known) cache.set(dictionary, (known = new Map()));
  let candidates = known.get(word);
  if (!candidates) {
    candidates = findCandidates(dictionary, word);
    if (known.size > 20_000) known.clear();
    known.set(word, candidates);
  }
  return candidates;
}

function findCandidates(dictionary: Dictionary, word: string): Candidate[] {
  const found = new Map<string, Candidate>();
  const isWord = dictionary.syllables.has(word);
  const add = (words: readonly string[], typed: number) => {
    const key = words.join(' ');
    const known = found.get(key);
    if (!known || known.typed < typed) found.set(key, { words, typed });
  };
  add([word], isWord ? AS_TYPED : UNKNOWN);
  // A code is no misspelt word; digits inside letters may be VNI keys.
  const bare = withoutKeys(word);
  if (bare !== null && dictionary.syllables.has(bare)) add([bare], isWord ? CONFUSED : KEYS_LEFT);
  if (/\d/.test(word) || word.length > 24) return [...found.values()];
  for (const other of confusions(word)) if (dictionary.syllables.has(other)) add([other], CONFUSED);
  for (const other of near(dictionary, word, isWord)) add([other.word], other.typed);
  if (bare !== null && !isWord)
    for (const other of near(dictionary, bare, false)) add([other.word], other.typed + CONFUSED / 2);
  for (let at = 1; at < word.length; at++) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    if (dictionary.pairs.has(pair(left, right))) add([left, right], SPACE_MISSING);
  }
  return [...found.values()].sort((a, b) => weightOf(dictionary, b) - weightOf(dictionary, a)).slice(0, MAX_CANDIDATES);
}

const weightOf = (dictionary: Dictionary, candidate: Candidate): number =>
  candidate.typed + Math.log((dictionary.syllables.get(candidate.words[0]!) ?? 0.01) / dictionary.total) / 2;

function* near(dictionary: Dictionary, word: string, isWord: boolean): Generator<{ word: string; typed: number }> {
  const seen = new Set<string>([word]);
  const shorter = deletions(word);
  const spellings = [word, ...shorter];
  const candidates: string[] = [];
  for (const spelling of spellings) {
    if (dictionary.syllables.has(spelling)) candidates.push(spelling);
    candidates.push(...(dictionary.shortened.get(spelling) ?? []));
  }
  // A second missing letter, only for words that are nothing as they stand.
  if (!isWord && word.length >= 5)
    for (const less of shorter)
      for (const least of deletions(less)) if (dictionary.syllables.has(least)) candidates.push(least);
  for (const other of candidates) {
    if (seen.has(other)) continue;
    seen.add(other);
    const far = distance(word, other);
    if (far === 1) yield { word: other, typed: word.length <= 2 ? ONE_LETTER - 1 : ONE_LETTER };
    else if (far === 2 && !isWord && word.length >= 4) yield { word: other, typed: TWO_LETTERS };
  }
}
