import { HASH_BYTES, leafHash, perfectRoot, type Node, type NodeHash } from './merkle.ts';

/*
 * The tree in tiles of 256 hashes (C2SP tlog-tiles): tile `number` of level L holds the roots of whole subtrees of 256^L leaves. A tile grows to the
 * right only, so every narrower tile that was ever served is the beginning of the one kept.
 */

export const TILE_WIDTH = 256;
const TILE_BYTES = TILE_WIDTH * HASH_BYTES;
const LEVELS_PER_TILE = 8;

export interface TilePlace {
  level: number;
  number: number;
}
const keyOf = ({ level, number }: TilePlace): string => `${level}/${number}`;

/** Where the hashes below a node lie. */
function placeOf({ level, index }: Node): TilePlace & { at: number; count: number } {
  const tileLevel = Math.floor(level / LEVELS_PER_TILE);
  const count = 2 ** (level % LEVELS_PER_TILE);
  const first = index * count;
  return { level: tileLevel, number: Math.floor(first / TILE_WIDTH), at: first % TILE_WIDTH, count };
}

/** The tiles that these nodes are computed from, each once. */
export function tilesOf(nodes: readonly Node[]): TilePlace[] {
  const places = new Map<string, TilePlace>();
  for (const node of nodes) {
    const { level, number } = placeOf(node);
    places.set(keyOf({ level, number }), { level, number });
  }
  return [...places.values()];
}

/** A tile is missing or too narrow: the stored tree was changed. */
export class BrokenTile extends Error {
  override name = 'BrokenTile';
  readonly place: TilePlace;
  constructor(place: TilePlace) {
    super(`Tile ${keyOf(place)} is missing or too narrow`);
    this.place = place;
  }
}

/** Looks nodes up in tiles that were fetched. @throws BrokenTile */
export function lookUpIn(tiles: readonly (TilePlace & { hashes: Buffer })[]): NodeHash {
  const kept = new Map(tiles.map((tile) => [keyOf(tile), tile.hashes]));
  const known = new Map<string, Buffer>();
  return (node) => {
    const name = `${node.level}/${node.index}`;
    let found = known.get(name);
    if (!found) {
      const place = placeOf(node);
      const from = place.at * HASH_BYTES;
      const to = from + place.count * HASH_BYTES;
      const hashes = kept.get(keyOf(place));
      if (!hashes || hashes.length < to) throw new BrokenTile({ level: place.level, number: place.number });
      found = perfectRoot(hashes.subarray(from, to));
      known.set(name, found);
    }
    return found;
  };
}

/** The tiles at the right edge of a tree that are not full yet, one per level where there is one. */
export function edgeOf(size: number): (TilePlace & { width: number })[] {
  const edge: (TilePlace & { width: number })[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / TILE_WIDTH)) {
    const width = count % TILE_WIDTH;
    if (width > 0) edge.push({ level, number: Math.floor(count / TILE_WIDTH), width });
  }
  return edge;
}

/** How wide a tile has to be in a tree of `size` leaves: 0 where there is none. */
export function widthIn(size: number, { level, number }: TilePlace): number {
  const count = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, count - number * TILE_WIDTH));
}

/** The unfinished tiles of a tree, by level; an empty buffer where the level ends with a full tile. */
export type Edge = readonly Buffer[];
/** What a tile gets at its end. */
export type TilePart = TilePlace & { hashes: Buffer };

/** Appends entries (hashed here) to a tree of `size` leaves: what its tiles get, and its new edge. `edge` is not changed. */
export function appendEntries(
  size: number,
  edge: Edge,
  entries: readonly Buffer[],
): { size: number; edge: Buffer[]; parts: TilePart[] } {
  const after = [...edge];
  const parts: TilePart[] = [];
  let fresh = Buffer.allocUnsafe(entries.length * HASH_BYTES);
  entries.forEach((entry, at) => leafHash(entry).copy(fresh, at * HASH_BYTES));
  for (let level = 0, count = size; fresh.length > 0; level += 1, count = Math.floor(count / TILE_WIDTH)) {
    const roots: Buffer[] = [];
    let open = after[level] ?? Buffer.alloc(0);
    let number = Math.floor(count / TILE_WIDTH);
    for (let at = 0; at < fresh.length;) {
      const part = fresh.subarray(at, at + TILE_BYTES - open.length);
      parts.push({ level, number, hashes: part });
      open = Buffer.concat([open, part]);
      at += part.length;
      if (open.length < TILE_BYTES) continue;
      roots.push(perfectRoot(open));
      open = Buffer.alloc(0);
      number += 1;
    }
    after[level] = open;
    fresh = Buffer.concat(roots);
  }
  return { size: size + entries.length, edge: after, parts };
}

/** `x001/x234/067`, with `.p/112` behind it for a tile of 112 hashes (tlog-tiles, "Merkle Tree"). */
export function tilePath(level: number | 'entries', number: number, width: number): string {
  const digits = String(number);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const steps = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group));
  return `tile/${level}/${steps.join('/')}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/** Reads what stands behind `tile/`; null for everything that is not written exactly so. */
export function parseTilePath(path: string): { level: number | 'entries'; number: number; width: number } | null {
  const found = /^(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!found) return null;
  const [, levelText = '', steps = '', widthText] = found;
  const level = levelText === 'entries' ? ('entries' as const) : Number(levelText);
  const number = Number(steps.replaceAll(/[x/]/g, ''));
  const width = widthText === undefined ? TILE_WIDTH : Number(widthText);
  if (width < 1 || (widthText !== undefined && width >= TILE_WIDTH) || !Number.isSafeInteger(number)) return null;
  const canonical = tilePath(level, number, width);
  return canonical === `tile/${path}` && (level === 'entries' || level < 64) ? { level, number, width } : null;
}
