import type { Reader } from '../../platform/database.ts';
import { listTiles } from './ledger-queries.ts';
import {
  consistencyProof,
  inclusionProof,
  nodesOfConsistency,
  nodesOfInclusion,
  nodesOfRoot,
  rootOf,
  type Node,
  type NodeHash,
} from './merkle.ts';
import { edgeOf, lookUpIn, tilesOf, type Edge } from './tiles.ts';

/* Roots and proofs from the stored tiles, each in one round trip. */

async function fetched(reader: Reader, nodes: readonly Node[]): Promise<NodeHash> {
  return lookUpIn(nodes.length === 0 ? [] : await listTiles(reader, tilesOf(nodes)));
}

/** The root over the first `size` entries. @throws BrokenTile when the stored tree does not hold them */
export const readRoot = async (reader: Reader, size: number): Promise<Buffer> =>
  rootOf(size, await fetched(reader, size === 0 ? [] : nodesOfRoot(size)));

/** @throws BrokenTile, RangeError */
export const readInclusion = async (reader: Reader, leaf: number, size: number): Promise<Buffer[]> =>
  inclusionProof(leaf, size, await fetched(reader, nodesOfInclusion(leaf, size)));

/** @throws BrokenTile, RangeError */
export const readConsistency = async (reader: Reader, older: number, newer: number): Promise<Buffer[]> =>
  consistencyProof(older, newer, await fetched(reader, nodesOfConsistency(older, newer)));

/** The unfinished tiles of a tree of `size` entries; what is stored past that size is left out. */
export async function readEdge(reader: Reader, size: number): Promise<Edge> {
  const places = edgeOf(size);
  const tiles = places.length === 0 ? [] : await listTiles(reader, places);
  const edge: Buffer[] = [];
  for (let level = 0; 256 ** level <= size; level += 1) {
    const place = places.find((each) => each.level === level);
    const tile = place && tiles.find((each) => each.level === level);
    edge[level] = tile ? tile.hashes.subarray(0, place.width * 32) : Buffer.alloc(0);
  }
  return edge;
}
