import type { Reader } from '../../platform/database.ts';
import { corrected } from './correct.ts';
import type { Dictionary } from './dictionary.ts';
import { markedTitle, quotation, scoreOf, type Candidate, type Piece, type Question } from './rank.ts';
import { findByCode, findByText, findByTitle, listShown, type FoundRow, type SearchScope } from './search-queries.ts';
import { otherWordings, tellingWords, writtenOut, type WordList } from './word-list.ts';
import { currentDictionary, currentWordList } from './word-store.ts';
import { PUBLIC } from './index-documents.ts';
import { fold, foldedSyllables, looksLikeCode, normalisedCode, pairs, quoted, syllables } from './words.ts';

export interface SearchInput {
  query: string;
  locale: 'vi' | 'en';
  kinds?: readonly string[];
  /** Facets that a hit must all have: `field:ho-tich`. */
  facets?: readonly string[];
  /** What the reader may see besides what is public. */
  visibleTo?: readonly string[];
  /** 1–50, default 10. */
  limit?: number;
  /** `next` of the page before. */
  cursor?: string | null;
}

export interface Hit {
  kind: string;
  refId: string;
  title: Piece[];
  snippet: Piece[];
  codes: string[];
  facets: string[];
  score: number;
}

export interface SearchResult {
  hits: Hit[];
  /** For the next page, null at the end. At most 300 results are reached. */
  next: string | null;
  /** What was searched instead of the words typed ("Ý bạn là …"), with its marks where the results tell them; null: nothing. */
  searchedFor: string | null;
}

const CAP = 300;
const ENOUGH = 10; // found by title: then texts are not asked
const FEW = 3;
const TEXT_CAP = 120;
const MAX_QUERY = 300;

/**
 * Searches: a code exactly; else words, whatever their marks, with typing errors put right, short forms written out and old
 * names understood. Titles with the words side by side come first, then titles with all words, then texts. Empty and
 * meaningless queries find nothing; no query fails.
 */
export async function search(reader: Reader, input: SearchInput): Promise<SearchResult> {
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 10) || 10, 1), 50);
  const offset = offsetOf(input.cursor);
  const query = input.query.normalize('NFC').slice(0, MAX_QUERY);
  const scope: SearchScope = {
    locale: input.locale,
    kinds: input.kinds ?? null,
    facets: input.facets ?? [],
    visibleTo: [PUBLIC, ...(input.visibleTo ?? [])],
  };
  const codes = codesIn(query);
  if (codes.length > 0) {
    const rows = await findByCode(reader, codes, scope, CAP);
    if (rows.length > 0)
      return present(
        reader,
        rows.map((row) => candidateOf(row, 'code')),
        foldedSyllables(query),
        { limit, offset },
      );
  }
  const dictionary = await currentDictionary(reader);
  const asked = understand(query, currentWordList(), dictionary);
  if (asked.words.length === 0) return { hits: [], next: null, searchedFor: null };
  const found = await gather(reader, asked, dictionary, scope);
  const result = await present(reader, found.candidates, found.words, { limit, offset });
  return { ...result, searchedFor: found.isCorrected ? wordsWithMarks(found.words, found.candidates) : null };
}

/** Titles that go on as typed, at most `limit` (8): for the search box's island. */
export async function suggest(
  reader: Reader,
  input: { prefix: string; locale: 'vi' | 'en'; kinds?: readonly string[]; limit?: number },
): Promise<{ kind: string; refId: string; title: string }[]> {
  const words = writtenOut(currentWordList(), foldedSyllables(input.prefix.slice(0, MAX_QUERY)));
  const last = words.at(-1);
  if (last === undefined || words.join('').length < 2) return [];
  const scope: SearchScope = { locale: input.locale, kinds: input.kinds ?? null, facets: [], visibleTo: [PUBLIC] };
  const terms = [...pairs(words.slice(0, -1)), ...words.slice(0, words.length > 2 ? 0 : -1)].map(quoted);
  const start = words.length > 1 ? quoted(`${words.at(-2)!}_${last}`) : quoted(last);
  const rows = await findByTitle(reader, [...terms, `${start}:*`].join(' & '), scope, 100);
  const asked = questionOf(
    words,
    words.map(() => true),
    null,
    await currentDictionary(reader),
  );
  const ordered = inOrder(
    asked,
    rows.map((row) => candidateOf(row, 'title')),
  );
  const best = ordered.slice(0, Math.min(input.limit ?? 8, 20));
  const shown = new Map(
    (
      await listShown(
        reader,
        best.map((one) => one.id),
      )
    ).map((row) => [row.id, row]),
  );
  return best.flatMap(({ id }) => {
    const row = shown.get(id);
    return row ? [{ kind: row.kind, refId: row.ref_id, title: row.title }] : [];
  });
}

function offsetOf(cursor: string | null | undefined): number {
  if (!cursor || !/^\d{1,3}$/.test(cursor)) return 0;
  return Math.min(Number(cursor), CAP);
}

function codesIn(query: string): string[] {
  const parts = query.split(/[\s,;()"]+/).filter((part) => looksLikeCode(part));
  const whole = query.trim();
  return [
    ...new Set([...parts, ...(looksLikeCode(whole.replaceAll(/\s/g, '')) ? [whole] : [])].map(normalisedCode)),
  ].slice(0, 5);
}

interface Asked {
  /** As typed, short forms written out. */
  typed: string[];
  /** As meant. */
  words: string[];
  /** The typed words with their marks; null when none were typed. */
  marked: string[] | null;
  list: WordList;
}

function understand(query: string, list: WordList, dictionary: Dictionary): Asked {
  const written = syllables(query).slice(0, 40);
  const typed = writtenOut(list, written.map(fold).flatMap(syllables));
  const hasMarks = written.some((word) => fold(word) !== word);
  return { typed, words: corrected(dictionary, typed), marked: hasMarks ? written : null, list };
}

function questionOf(words: string[], telling: boolean[], marked: string[] | null, dictionary: Dictionary): Question {
  const most = Math.max(1, dictionary.total / 20);
  return {
    words,
    telling,
    marked,
    weightOf: (word) => Math.log(2 + most / (dictionary.syllables.get(word) ?? 1)),
  };
}

interface Gathered {
  words: string[];
  isCorrected: boolean;
  candidates: Candidate[];
}

async function gather(reader: Reader, asked: Asked, dictionary: Dictionary, scope: SearchScope): Promise<Gathered> {
  const isCorrected = asked.words.join(' ') !== asked.typed.join(' ');
  // Words that all exist may be meant as typed: then what was typed wins if a title holds it.
  if (isCorrected && asked.typed.every((word) => dictionary.syllables.has(word))) {
    const rows = await byPairs(reader, asked.typed, scope);
    if (rows.length > 0) {
      const question = questionOf(asked.typed, tellingWords(asked.list, asked.typed), asked.marked, dictionary);
      return {
        words: asked.typed,
        isCorrected: false,
        candidates: inOrder(
          question,
          rows.map((row) => candidateOf(row, 'title')),
        ),
      };
    }
  }
  const telling = tellingWords(asked.list, asked.words);
  const question = questionOf(asked.words, telling, asked.marked, dictionary);
  const found = new Map<number, Candidate>();
  const take = (rows: readonly FoundRow[], where: Candidate['where']) => {
    for (const row of rows) if (!found.has(row.id)) found.set(row.id, candidateOf(row, where));
  };
  const core = [...new Set(asked.words.filter((_, index) => telling[index]))];
  take(await byPairs(reader, asked.words, scope), 'title');
  for (const other of otherWordings(asked.list, asked.words)) take(await byPairs(reader, other, scope), 'title');
  if (found.size < ENOUGH) take(await findByTitle(reader, allOf(core), scope, CAP), 'title');
  const near = allOf(core);
  // The words side by side in a text are rare and found fast; the words anywhere in it only when there is next to nothing.
  if (found.size < ENOUGH) take(await findByText(reader, allOf(termsOf(asked.words)), near, scope, TEXT_CAP), 'body');
  if (found.size < FEW) take(await findByText(reader, near, near, scope, TEXT_CAP), 'body');
  if (found.size === 0) take(await byMost(reader, core, question, scope), 'title');
  return { words: asked.words, isCorrected, candidates: inOrder(question, [...found.values()]) };
}

const allOf = (words: readonly string[]): string => words.map(quoted).join(' & ');

/** Titles that hold every two neighbours of the words. */
async function byPairs(reader: Reader, words: readonly string[], scope: SearchScope): Promise<FoundRow[]> {
  return findByTitle(reader, allOf(termsOf(words)), scope, CAP);
}

const termsOf = (words: readonly string[]): readonly string[] => (words.length > 1 ? pairs(words) : words);

/** Titles that hold most of the words: without one, then without two of the most common; then any pair. */
async function byMost(
  reader: Reader,
  core: readonly string[],
  question: Question,
  scope: SearchScope,
): Promise<FoundRow[]> {
  const rarest = core.toSorted((a, b) => question.weightOf(b) - question.weightOf(a));
  if (rarest.length >= 3) {
    const withoutOne = rarest
      .slice(0, 8)
      .map((_, index) => `(${allOf(rarest.slice(0, 8).filter((__, i) => i !== index))})`);
    const rows = await findByTitle(reader, withoutOne.join(' | '), scope, CAP);
    if (rows.length > 0) return rows;
  }
  const anyPair = pairs(core);
  if (anyPair.length > 0) {
    const rows = await findByTitle(reader, anyPair.slice(0, 12).map(quoted).join(' | '), scope, CAP);
    if (rows.length > 0) return rows;
  }
  return rarest[0] === undefined ? [] : findByTitle(reader, quoted(rarest[0]), scope, 50);
}

const candidateOf = (row: FoundRow, where: Candidate['where']): Candidate => ({
  id: row.id,
  title: row.title,
  titleLine: row.title_line,
  boost: row.boost,
  where,
  nearness: row.nearness,
});

function inOrder(question: Question, candidates: readonly Candidate[]): Candidate[] {
  return candidates
    .map((candidate) => ({ candidate, score: scoreOf(question, candidate) }))
    .sort(
      (a, b) =>
        b.score - a.score || a.candidate.title.length - b.candidate.title.length || a.candidate.id - b.candidate.id,
    )
    .slice(0, CAP)
    .map(({ candidate }) => candidate);
}

async function present(
  reader: Reader,
  ordered: readonly Candidate[],
  words: readonly string[],
  { limit, offset }: { limit: number; offset: number },
): Promise<SearchResult> {
  const here = ordered.slice(offset, offset + limit);
  const rows =
    here.length === 0
      ? []
      : await listShown(
          reader,
          here.map((one) => one.id),
        );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const asked = new Set(words);
  const hits = here.flatMap((one, index): Hit[] => {
    const row = byId.get(one.id);
    if (!row) return [];
    return [
      {
        kind: row.kind,
        refId: row.ref_id,
        title: markedTitle(row.title, asked),
        snippet: quotation(row.body, asked),
        codes: row.codes,
        facets: row.facets,
        score: ordered.length - offset - index,
      },
    ];
  });
  const next = offset + limit < ordered.length ? String(offset + limit) : null;
  return { hits, next, searchedFor: null };
}

/** The folded words with the marks they have in the best title that holds them. */
function wordsWithMarks(words: readonly string[], candidates: readonly Candidate[]): string {
  const marks = new Map<string, string>();
  for (const { title } of candidates.slice(0, 5))
    for (const word of syllables(title)) if (!marks.has(fold(word))) marks.set(fold(word), word);
  return words.map((word) => marks.get(word) ?? word).join(' ');
}
