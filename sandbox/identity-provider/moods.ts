/** How the stand-in behaves; `refusals` says no to one in twenty, in an order that the seed decides. */
export const moods = [
  'well',
  'slow',
  'down',
  'wrong-nonce',
  'expired',
  'wrong-audience',
  'wrong-issuer',
  'unsigned',
  'wrong-signature',
  'other-subject',
  'refusals',
] as const;
export type Mood = (typeof moods)[number];
export const isMood = (text: string): text is Mood => (moods as readonly string[]).includes(text);

/** A small generator (mulberry32): the same seed gives the same refusals. */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
