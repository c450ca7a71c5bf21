import { foldWord, syllables } from './words.ts';

/** What the database found, before it is put in order. */
export interface Candidate {
  id: number;
  title: string;
  /** Folded title, then other names, one per line. */
  titleLine: string;
  boost: number;
  /** `title`: found by its title; `body`: by its text, with the database's measure of nearness. */
  where: 'title' | 'body' | 'code';
  nearness: number;
}

export interface Question {
  /** Folded words, corrected and written out. */
  words: readonly string[];
  /** Which of them say something. */
  telling: readonly boolean[];
  /** The words as typed, lower case with their marks; compared with titles when the person took the trouble to type marks. */
  marked: readonly string[] | null;
  /** How much rarer words count more: by folded word. */
  weightOf(word: string): number;
}

/**
 * How well a candidate answers, 0 to about 150. A code that is exactly right comes first; then titles by the longest run of
 * neighbouring words in the order asked, the share of the words found (rare ones count more), how much of the title that
 * is, marks that agree; then texts by nearness.
 */
export function scoreOf(question: Question, candidate: Candidate): number {
  if (candidate.where === 'code') return 1000 + candidate.boost;
  let best = 0;
  for (const [index, line] of candidate.titleLine.split('\n').entries()) {
    const score = lineScore(question, line) - (index === 0 ? 0 : 4);
    if (score > best) best = score;
  }
  const nearness = candidate.where === 'body' ? 18 + 12 * (candidate.nearness / (candidate.nearness + 0.2)) : 0;
  return Math.max(best, nearness + best / 10) + marksAgree(question, candidate.title) + 5 * candidate.boost;
}

function lineScore(question: Question, text: string): number {
  const { words, telling } = question;
  if (text === '' || words.length === 0) return 0;
  const at = ` ${text} `.indexOf(` ${words.join(' ')} `);
  if (at >= 0) return 86 + 12 * Math.min(1, words.length / lengthOf(text)) + (at === 0 ? 5 : 0);
  const line = text.split(' ');
  const there = new Set(line);
  let all = 0;
  let found = 0;
  for (const [index, word] of words.entries()) {
    const weight = question.weightOf(word) * (telling[index] ? 1 : 0.2);
    all += weight;
    if (there.has(word)) found += weight;
  }
  const run = longestRun(words, line);
  return 45 * (found / all) + 35 * (run / words.length) + 12 * Math.min(1, words.length / line.length);
}

function lengthOf(line: string): number {
  let length = 1;
  for (let at = line.indexOf(' '); at >= 0; at = line.indexOf(' ', at + 1)) length++;
  return length;
}

function longestRun(words: readonly string[], line: readonly string[]): number {
  let best = 0;
  for (let i = 0; i + best < words.length; i++)
    for (let j = 0; j + best < line.length; j++) {
      let run = 0;
      while (i + run < words.length && words[i + run] === line[j + run]) run++;
      if (run > best) best = run;
    }
  return best;
}

function marksAgree(question: Question, title: string): number {
  if (!question.marked || question.marked.length === 0) return 0;
  const there = new Set(syllables(title));
  return 8 * (question.marked.filter((word) => there.has(word)).length / question.marked.length);
}

/** A piece of a quotation; `hit` pieces are what was asked for. Plain text: the page escapes it. */
export interface Piece {
  text: string;
  hit: boolean;
}

const QUOTE_WORDS = 32;
const QUOTED_FROM = 6_000; // characters of a text that are looked through for a quotation

/** The title with the words asked for marked. */
export const markedTitle = (title: string, words: ReadonlySet<string>): Piece[] => markPieces(title, words);

/** The stretch of a text that holds most of the words asked for, about 32 words, with them marked. */
export function quotation(body: string, words: ReadonlySet<string>): Piece[] {
  const parts = body.slice(0, QUOTED_FROM).split(/\s+/).filter(Boolean);
  if (parts.length <= QUOTE_WORDS) return markPieces(parts.join(' '), words);
  const hits = parts.map((part) => (holds(part, words) ? 1 : 0));
  let sum = 0;
  let best = 0;
  let start = 0;
  for (const [index, hit] of hits.entries()) {
    sum += hit - (index >= QUOTE_WORDS ? hits[index - QUOTE_WORDS]! : 0);
    if (sum > best) [best, start] = [sum, Math.max(0, index - QUOTE_WORDS + 1)];
  }
  const end = start + QUOTE_WORDS;
  const text = `${start > 0 ? '… ' : ''}${parts.slice(start, end).join(' ')}${end < parts.length ? ' …' : ''}`;
  return markPieces(text, words);
}

/** Whether a piece of a text, one word with what hangs on it, is among the words. */
const holds = (piece: string, words: ReadonlySet<string>): boolean =>
  words.has(foldWord(piece.toLowerCase())) ||
  (/[^\p{L}\p{N}]/u.test(piece) && syllables(foldWord(piece)).some((word) => words.has(word)));

function markPieces(text: string, words: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = [];
  for (const [part] of text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu)) {
    const isHit = holds(part, words);
    const last = pieces.at(-1);
    if (last && (last.hit === isHit || (last.hit && /^\s+$/.test(part)))) last.text += part;
    else pieces.push({ text: part, hit: isHit });
  }
  return pieces;
}
