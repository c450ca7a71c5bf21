import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencyProof,
  EMPTY_ROOT,
  inclusionProof,
  isConsistent,
  leafHash,
  nodesOfConsistency,
  nodesOfInclusion,
  nodesOfRoot,
  rootFromInclusion,
  rootOf,
  type NodeHash,
} from './merkle.ts';
import {
  appendEntries,
  lookUpIn,
  parseTilePath,
  tilePath,
  tilesOf,
  widthIn,
  type Edge,
  type TilePart,
} from './tiles.ts';

/* The tree against the recursive definitions of RFC 9162, 2.1, written down as they stand there. */

const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const split = (n: number) => 2 ** Math.floor(Math.log2(n - 1));
function mth(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return sha(Buffer.of(0), leaves[0]!);
  const k = split(leaves.length);
  return sha(Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}
function path(m: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...path(m, leaves.slice(0, k)), mth(leaves.slice(k))]
    : [...path(m - k, leaves.slice(k)), mth(leaves.slice(0, k))];
}
function subproof(m: number, leaves: readonly Buffer[], isWhole: boolean): Buffer[] {
  if (m === leaves.length) return isWhole ? [] : [mth(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), isWhole), mth(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), mth(leaves.slice(0, k))];
}

/** A tree grown in pieces, and what its tiles hold. */
function grown(entries: readonly Buffer[], cuts: readonly number[] = []) {
  const tiles = new Map<string, TilePart>();
  let [size, edge]: [number, Edge] = [0, []];
  const ends = [...new Set([...cuts.map((cut) => cut % (entries.length + 1)), entries.length])].sort((a, b) => a - b);
  for (const end of ends) {
    const done = appendEntries(size, edge, entries.slice(size, end));
    for (const part of done.parts) {
      const key = `${part.level}/${part.number}`;
      const known = tiles.get(key)?.hashes ?? Buffer.alloc(0);
      tiles.set(key, { ...part, hashes: Buffer.concat([known, part.hashes]) });
    }
    ({ size, edge } = done);
  }
  return { size, edge, tiles, lookUp: lookUpIn([...tiles.values()]) };
}
const entriesOf = (count: number) => Array.from({ length: count }, (_, at) => sha(Buffer.from(`entry ${at}`)));

describe('the known test tree of Certificate Transparency', () => {
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  test.each(roots.map((root, size) => [size, root]))('of %i leaves', (size, root) => {
    const { lookUp } = grown(leaves.slice(0, size).map((leaf) => Buffer.from(leaf, 'hex')));
    expect(rootOf(size, lookUp).toString('hex')).toBe(root);
    expect(EMPTY_ROOT.toString('hex')).toBe(roots[0]);
  });
});

test('roots and proofs are those of the definition, however the tree grew', () => {
  const all = entriesOf(600);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.array(fc.nat(600), { maxLength: 6 }),
      fc.nat(),
      fc.nat(),
      (n, cuts, a, b) => {
        const entries = all.slice(0, n);
        const { lookUp, tiles } = grown(entries, cuts);
        const only = (nodes: ReturnType<typeof nodesOfRoot>): NodeHash =>
          lookUpIn(tilesOf(nodes).map(({ level, number }) => tiles.get(`${level}/${number}`)!));
        const root = mth(entries);
        expect(rootOf(n, only(nodesOfRoot(n))).equals(root)).toBe(true);
        const leaf = a % n;
        const proof = inclusionProof(leaf, n, only(nodesOfInclusion(leaf, n)));
        expect(proof.map(String)).toEqual(path(leaf, entries).map(String));
        expect(rootFromInclusion(leaf, n, leafHash(entries[leaf]!), proof)?.equals(root)).toBe(true);
        const older = 1 + (b % n);
        const steps = consistencyProof(older, n, only(nodesOfConsistency(older, n)));
        expect(steps.map(String)).toEqual(subproof(older, entries, true).map(String));
        const before = { size: older, root: mth(entries.slice(0, older)) };
        expect(isConsistent(before, { size: n, root }, steps)).toBe(true);
        // Every tile is as wide as the specification says, and an older tree is read from the same tiles.
        for (const tile of tiles.values()) expect(tile.hashes.length).toBe(32 * widthIn(n, tile));
        expect(rootOf(older, lookUp).equals(before.root)).toBe(true);
      },
    ),
    { numRuns: 30 },
  );
});

test('no changed proof, leaf, size or root is believed', () => {
  const entries = entriesOf(300);
  const { lookUp } = grown(entries);
  const root = rootOf(300, lookUp);
  fc.assert(
    fc.property(
      fc.nat(299),
      fc.integer({ min: 1, max: 299 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (leaf, by, at, bits) => {
        const proof = inclusionProof(leaf, 300, lookUp);
        const bent = proof.map((step) => Buffer.from(step));
        const step = bent[at % bent.length]!;
        step[at % 32] = step[at % 32]! ^ bits;
        const other = (leaf + by) % 300;
        const says = (m: number, steps: Buffer[], entry: number) =>
          rootFromInclusion(m, 300, leafHash(entries[entry]!), steps)?.equals(root) ?? false;
        expect(says(leaf, proof, leaf)).toBe(true);
        expect(
          [
            says(leaf, bent, leaf),
            says(leaf, proof.slice(1), leaf),
            says(leaf, [...proof, randomBytes(32)], leaf),
            says(other, proof, leaf),
            says(leaf, proof, other),
          ].filter(Boolean),
        ).toEqual([]);
        const older = { size: by, root: rootOf(by, lookUp) };
        const newer = { size: 300, root };
        const steps = consistencyProof(by, 300, lookUp);
        expect(isConsistent(older, newer, steps)).toBe(true);
        expect(
          [
            isConsistent({ size: by, root: randomBytes(32) }, newer, steps),
            isConsistent(older, { size: 300, root: randomBytes(32) }, steps),
            isConsistent(older, newer, [...steps, randomBytes(32)]),
            isConsistent(older, newer, steps.slice(1)),
          ].filter(Boolean),
        ).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
  expect(isConsistent({ size: 0, root: EMPTY_ROOT }, { size: 300, root }, [])).toBe(true);
  expect(rootFromInclusion(-1, 300, root, [])).toBeNull();
  expect(rootFromInclusion(Number.NaN, 300, root, [])).toBeNull();
  expect(() => inclusionProof(300, 300, lookUp)).toThrow('no leaf 300');
});

describe('addresses of tiles', () => {
  test('are those of tlog-tiles', () => {
    expect(tilePath(0, 1_234_067, 256)).toBe('tile/0/x001/x234/067');
    expect(tilePath(1, 0, 17)).toBe('tile/1/000.p/17');
    expect(tilePath('entries', 5, 256)).toBe('tile/entries/005');
    // "a tree of size 70,000 will be represented by 273 full level 0 tiles, one partial … of width 112 …"
    expect([0, 272, 273, 274].map((number) => widthIn(70_000, { level: 0, number }))).toEqual([256, 256, 112, 0]);
    expect([0, 1].map((number) => widthIn(70_000, { level: 1, number }))).toEqual([256, 17]);
    expect(widthIn(70_000, { level: 2, number: 0 })).toBe(1);
  });
  test('are read back, and nothing that is written otherwise', () => {
    fc.assert(
      fc.property(fc.nat(63), fc.nat({ max: 10 ** 12 }), fc.integer({ min: 1, max: 256 }), (level, number, width) => {
        const text = tilePath(level, number, width);
        expect(parseTilePath(text.slice('tile/'.length))).toEqual({ level, number, width });
      }),
    );
    for (const bad of [
      '',
      '0',
      '0/1',
      '0/0001',
      '00/000',
      '64/000',
      '0/x000/001',
      '0/000.p/0',
      '0/000.p/256',
      '0/000.p/01',
      'a/000',
      '0/../000',
      '-1/000',
    ])
      expect(parseTilePath(bad)).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void parseTilePath(text)));
  });
});
