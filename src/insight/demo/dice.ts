/** Repeatable chance: the same words in, the same numbers out, on every machine. */
export interface Dice {
  /** 0 ≤ n < 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of several by weight; the weights need not add up to anything. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** A UUID of version 7 of that instant. */
  id(at: Date): string;
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 16_777_619);
  return value >>> 0;
}

/** Another hash of the same words, of other arithmetic: among 100,000 streams some two agree in one of them, never in both. */
function otherHash(text: string): number {
  let value = 0x9747b28c;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ Math.imul(text.charCodeAt(i), 0xcc9e2d51), 0x1b873593);
    value = (value << 13) | (value >>> 19);
  }
  return value >>> 0;
}

function numbersFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** Dice of one purpose: `seed/stream` names it. */
export function diceOf(seed: string, stream: string | number): Dice {
  const name = `${seed}/${stream}`;
  const next = numbersFrom(hash(name));
  let more: (() => number) | undefined;
  const hex = (digits: number): string => {
    more ??= numbersFrom(otherHash(name));
    return Math.floor(((next() + more()) % 1) * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  };
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    weighted: (list) => {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of list) if ((left -= weight) < 0) return item;
      return list.at(-1)![0];
    },
    id: (at) => {
      const time = at.getTime().toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${'89ab'[Math.floor(next() * 4)]}${hex(3)}-${hex(6)}${hex(6)}`;
    },
  };
}
