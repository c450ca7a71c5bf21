/**
 * The dictionary of syllables that typing errors are held against, built from what is indexed: how many documents hold a
 * syllable, and how many a pair of neighbours. A few thousand syllables, so candidates come from memory in microseconds
 * (trigram similarity in the database takes hundreds of milliseconds).
 */

export interface Dictionary {
  /** Documents in which a folded syllable stands. */
  readonly syllables: ReadonlyMap<string, number>;
  /** Documents in whose title a pair of neighbours stands. */
  readonly pairs: ReadonlyMap<string, number>;
  readonly total: number;
  /** Spelling with one letter less → syllables that give it. */
  readonly shortened: ReadonlyMap<string, string[]>;
}

const MAX_LENGTH = 8; // Vietnamese syllables have at most 7 letters; longer ones are names and codes

/** Makes the dictionary from terms (`khai`, `khai_sinh`) and their numbers of documents. */
export function dictionaryOf(terms: Iterable<{ term: string; documents: number }>): Dictionary {
  const syllables = new Map<string, number>();
  const pairs = new Map<string, number>();
  const shortened = new Map<string, string[]>();
  let total = 1;
  for (const { term, documents } of terms) {
    if (term.includes('_')) pairs.set(term, documents);
    else syllables.set(term, documents);
    if (!term.includes('_')) total += documents;
  }
  for (const syllable of syllables.keys()) {
    if (syllable.length > MAX_LENGTH || !/^\p{L}+$/u.test(syllable)) continue;
    for (const less of new Set(deletions(syllable))) {
      const list = shortened.get(less);
      if (list) list.push(syllable);
      else shortened.set(less, [syllable]);
    }
  }
  return { syllables, pairs, total, shortened };
}

export const emptyDictionary: Dictionary = dictionaryOf([]);

/** Every spelling of a word with one letter less. */
export function deletions(word: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < word.length; i++) found.push(word.slice(0, i) + word.slice(i + 1));
  return found;
}

/** Damerau-Levenshtein distance, given up (returns 3) above 2. */
export function distance(a: string, b: string): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > 2) return 3;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > 2) return 3;
    before = last;
    last = row;
  }
  return Math.min(3, last[b.length]!);
}

/** What people of this country mix up, as pairs of beginnings and ends of a folded syllable. */
const BEGINNINGS = [
  ['s', 'x'], ['ch', 'tr'], ['d', 'gi'], ['d', 'r'], ['gi', 'r'], ['n', 'l'], ['c', 'k'], ['c', 'q'], ['ng', 'ngh'],
  ['g', 'gh'], ['d', 'v'], ['ph', 'f'], ['qu', 'w'], ['gi', 'j'], ['d', 'z'], ['gi', 'z'], ['k', 'q'],
] as const; // prettier-ignore
const ENDS = [
  ['n', 'ng'],
  ['c', 't'],
  ['i', 'y'],
  ['nh', 'n'],
  ['ch', 't'],
  ['ao', 'au'],
  ['iu', 'uu'],
  ['iu', 'ieu'],
  ['uou', 'ieu'],
  ['em', 'im'],
  ['om', 'um'],
] as const;

/** Spellings of a folded syllable with one usual confusion (s/x, ch/tr, d/gi/r, n/l, i/y…). */
export function confusions(word: string): string[] {
  const found: string[] = [];
  for (const [a, b] of BEGINNINGS)
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      if (word.startsWith(from)) found.push(to + word.slice(from.length));
  for (const [a, b] of ENDS)
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      if (word.endsWith(from)) found.push(word.slice(0, -from.length) + to);
  return found;
}

/**
 * What Telex or VNI keys stand for when the keyboard did not turn them into letters, folded: `dduowngf`, `d9u7o7ng2` → `duong`.
 * Null when there is nothing to take away.
 */
export function withoutKeys(word: string): string | null {
  let vowelSeen = false;
  let letters = '';
  for (const letter of word.replace(/^dd/, 'd')) {
    const isDigit = letter >= '1' && letter <= '9';
    if (letter === 'w') letters += vowelSeen ? '' : 'u';
    else if (!(isDigit && letters !== '') && !(vowelSeen && 'sfrxj'.includes(letter))) letters += letter;
    if ('aeiouyw'.includes(letter)) vowelSeen = true;
  }
  const bare = letters.replaceAll(/([aeo])\1/g, '$1').replace(/(?<=[aeiouy][a-z]*)d$/, '');
  return bare !== word && bare !== '' ? bare : null;
}
