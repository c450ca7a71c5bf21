import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fold } from '../src/foundation/search/index.ts';

/** Real words that texts are put together from, and where they come from. */
export interface Material {
  titles: string[];
  passages: string[];
  source: string;
}

const CATALOGUE = '../shared/data/tthc/dvcqg_2642_parsed.jsonl.gz';
const OWN = 'province/nghe-an/procedures';

/** Titles and passages of the national catalogue where it lies beside the checkout, else of the province's own procedures. */
export function material(): Material {
  const titles: string[] = [];
  const passages: string[] = [];
  if (existsSync(CATALOGUE)) {
    for (const line of gunzipSync(readFileSync(CATALOGUE)).toString('utf8').split('\n')) {
      if (line === '') continue;
      const record = JSON.parse(line) as { name: string; steps: string[] };
      titles.push(record.name.normalize('NFC').replaceAll(/\s+/g, ' ').trim());
      passages.push(...record.steps.slice(0, 6).map((step) => step.normalize('NFC')));
    }
    return { titles, passages, source: `${titles.length} titles of the national catalogue` };
  }
  for (const name of readdirSync(OWN).filter((one) => one.endsWith('.json'))) {
    const file = JSON.parse(readFileSync(`${OWN}/${name}`, 'utf8')) as {
      name: { vi: string };
      summary: { vi: string };
      order: { steps: { vi: string }[] }[];
    };
    titles.push(file.name.vi);
    passages.push(file.summary.vi, ...file.order.flatMap((order) => order.steps.map((step) => step.vi)));
  }
  return { titles, passages, source: `${titles.length} titles of the province's own procedures` };
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Text {
  title: string;
  body: string;
}

/** A text of its own: the beginning of one real title, the end of another, and stretches of real passages. */
export function textFrom({ titles, passages }: Material, random: () => number): Text {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const first = pick(titles).split(' ');
  const second = pick(titles).split(' ');
  const head = first.slice(0, Math.max(3, Math.min(14, Math.ceil(first.length * (0.4 + random() * 0.6)))));
  const tail = second.slice(Math.floor(second.length * random() * 0.7)).slice(0, 10);
  const stretch = () => {
    const words = pick(passages).split(/\s+/);
    const from = Math.floor(random() * Math.max(1, words.length - 40));
    return words.slice(from, from + 40).join(' ');
  };
  return { title: [...head, ...tail].join(' '), body: [stretch(), stretch(), stretch()].join('. ') };
}

export interface Query {
  typed: string;
  /** The words meant, with their marks, lower case: a right answer's title holds them side by side. */
  meant: string;
  kind: string;
}

const NEIGHBOURS: Record<string, string> = {
  a: 'sq', b: 'vn', c: 'xv', d: 'sf', e: 'wr', g: 'fh', h: 'gj', i: 'uo', k: 'jl', l: 'k', m: 'n', n: 'bm', o: 'ip', p: 'o', q: 'wa',
  r: 'et', s: 'ad', t: 'ry', u: 'yi', v: 'cb', x: 'zc', y: 'tu',
}; // prettier-ignore
const CONFUSED: readonly [string, string][] = [['s', 'x'], ['x', 's'], ['ch', 'tr'], ['tr', 'ch'], ['d', 'gi'], ['gi', 'd'], ['n', 'l'], ['l', 'n'], ['r', 'd'], ['k', 'c']]; // prettier-ignore
const wordsOf = (title: string): string[] =>
  title
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** A query of 4 to 7 syllables of a title: half without marks, half also with one typing error. Null when the title is too short. */
export function queryFrom(title: string, random: () => number): Query | null {
  const words = wordsOf(title);
  if (words.length < 4) return null;
  const length = Math.min(words.length, 4 + Math.floor(random() * 4));
  const from = Math.floor(random() * (words.length - length + 1));
  const meant = words.slice(from, from + length);
  if (meant.some((word) => /\d/.test(word))) return null;
  const plain = meant.map(fold);
  if (random() < 0.5) return { typed: plain.join(' '), meant: meant.join(' '), kind: 'no marks' };
  const at = Math.floor(random() * plain.length);
  const wrong = mistake(plain[at]!, random);
  if (wrong === null) return null;
  const typed = [...plain.slice(0, at), wrong.word, ...plain.slice(at + 1)];
  const text =
    wrong.kind === 'space missing' && at + 1 < typed.length
      ? typed.join(' ').replace(`${wrong.word} `, wrong.word)
      : typed.join(' ');
  return { typed: text, meant: meant.join(' '), kind: wrong.kind };
}

function mistake(word: string, random: () => number): { word: string; kind: string } | null {
  if (word.length < 2) return null;
  const at = Math.floor(random() * word.length);
  switch (Math.floor(random() * 7)) {
    case 0:
      return { word: word.slice(0, at) + word.slice(at + 1), kind: 'letter missing' };
    case 1:
      return { word: word.slice(0, at + 1) + word.slice(at), kind: 'letter doubled' };
    case 2: {
      const i = Math.min(at, word.length - 2);
      return { word: word.slice(0, i) + word[i + 1]! + word[i]! + word.slice(i + 2), kind: 'letters swapped' };
    }
    case 3: {
      const near = NEIGHBOURS[word[at]!];
      return near
        ? {
            word: word.slice(0, at) + near[Math.floor(random() * near.length)]! + word.slice(at + 1),
            kind: 'neighbour key',
          }
        : null;
    }
    case 4: {
      const pair = CONFUSED.find(([a]) => word.startsWith(a));
      return pair ? { word: pair[1] + word.slice(pair[0].length), kind: 'sound confused' } : null;
    }
    case 5:
      return { word: word + 'sfrxj'[Math.floor(random() * 5)]!, kind: 'Telex key left' };
    default:
      return { word, kind: 'space missing' };
  }
}

/** Whether a title holds the words meant, side by side, with their marks. */
export const answers = (title: string, meant: string): boolean =>
  ` ${wordsOf(title).join(' ')} `.includes(` ${meant} `);
