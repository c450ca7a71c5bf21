import { hash } from 'node:crypto';

/*
 * The tree of RFC 9162, section 2.1 (the same hashing as RFC 6962): SHA-256, a leaf hashed behind 0x00, a node behind 0x01. Everything here is
 * pure: what has to be read is named first (`nodesOf…`), so that a caller can fetch it in one round trip.
 */

export const HASH_BYTES = 32;
/** Leaves that a tree may have: past it, numbers would lose their last digits. */
const MAX_SIZE = Number.MAX_SAFE_INTEGER;

const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

/** The root of a tree without leaves: the hash of nothing. */
export const EMPTY_ROOT: Buffer = sha256(Buffer.alloc(0));

const leafRoom = Buffer.alloc(1 + HASH_BYTES);
/** MTH({d}) = SHA-256(0x00 || d). */
export function leafHash(entry: Buffer): Buffer {
  if (entry.length !== HASH_BYTES) return sha256(Buffer.concat([Buffer.of(0), entry]));
  entry.copy(leafRoom, 1);
  return sha256(leafRoom);
}

const nodeRoom = Buffer.alloc(1 + 2 * HASH_BYTES);
nodeRoom[0] = 1;
/** SHA-256(0x01 || left || right). */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(nodeRoom, 1);
  right.copy(nodeRoom, 1 + HASH_BYTES);
  return sha256(nodeRoom);
}

/** The root over so many hashes side by side (`count` is a power of two): the node above them. */
export function perfectRoot(hashes: Buffer): Buffer {
  let row = hashes;
  while (row.length > HASH_BYTES) {
    const above = Buffer.allocUnsafe(row.length / 2);
    for (let at = 0; at < row.length; at += 2 * HASH_BYTES) {
      row.copy(nodeRoom, 1, at, at + 2 * HASH_BYTES);
      sha256(nodeRoom).copy(above, at / 2);
    }
    row = above;
  }
  return row;
}

/** A node of the tree: the root over the leaves `index * 2^level` up to, but without, `(index + 1) * 2^level`. All of them are there. */
export interface Node {
  level: number;
  index: number;
}
/** Looks up the hash of a node that was asked for. */
export type NodeHash = (node: Node) => Buffer;
/** Leaves from `from` up to, but without, `to`. */
interface Range {
  from: number;
  to: number;
}

/** The largest power of two that is smaller than `count` (which is at least 2). */
function splitOf(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** The whole nodes that a range consists of, from the left. `from` stands where a tree of that size may begin. */
function nodesOfRange({ from, to }: Range): Node[] {
  const nodes: Node[] = [];
  for (let at = from; at < to;) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level += 1;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

function hashOfRange(range: Range, lookUp: NodeHash): Buffer {
  const nodes = nodesOfRange(range);
  let root = lookUp(nodes.at(-1)!);
  for (let at = nodes.length - 2; at >= 0; at -= 1) root = nodeHash(lookUp(nodes[at]!), root);
  return root;
}

/** The nodes that the root of a tree of `size` leaves is made from. */
export const nodesOfRoot = (size: number): Node[] => nodesOfRange({ from: 0, to: demandSize(size) });

/** The root of a tree of `size` leaves. */
export const rootOf = (size: number, lookUp: NodeHash): Buffer =>
  size === 0 ? EMPTY_ROOT : hashOfRange({ from: 0, to: size }, lookUp);

function inclusionRanges(leaf: number, size: number): Range[] {
  if (!(Number.isSafeInteger(leaf) && leaf >= 0 && leaf < demandSize(size)))
    throw new RangeError(`There is no leaf ${leaf} in a tree of ${size}`);
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (leaf < middle) {
      ranges.unshift({ from: middle, to });
      to = middle;
    } else {
      ranges.unshift({ from, to: middle });
      from = middle;
    }
  }
  return ranges;
}

/** PATH(m, D[n]) of RFC 9162, 2.1.3.1. */
export const nodesOfInclusion = (leaf: number, size: number): Node[] =>
  inclusionRanges(leaf, size).flatMap(nodesOfRange);
export const inclusionProof = (leaf: number, size: number, lookUp: NodeHash): Buffer[] =>
  inclusionRanges(leaf, size).map((range) => hashOfRange(range, lookUp));

function consistencyRanges(older: number, newer: number): Range[] {
  if (!(Number.isSafeInteger(older) && older >= 0 && older <= demandSize(newer)))
    throw new RangeError(`A tree of ${newer} does not follow one of ${older}`);
  if (older === 0 || older === newer) return [];
  const ranges: Range[] = [];
  let [from, to, isWhole] = [0, newer, true];
  while (older < to) {
    const middle = from + splitOf(to - from);
    if (older <= middle) {
      ranges.unshift({ from: middle, to });
      to = middle;
    } else {
      ranges.unshift({ from, to: middle });
      from = middle;
      isWhole = false;
    }
  }
  if (!isWhole) ranges.unshift({ from, to });
  return ranges;
}

/** PROOF(m, D[n]) of RFC 9162, 2.1.4.1; nothing to prove from an empty tree or between trees of one size. */
export const nodesOfConsistency = (older: number, newer: number): Node[] =>
  consistencyRanges(older, newer).flatMap(nodesOfRange);
export const consistencyProof = (older: number, newer: number, lookUp: NodeHash): Buffer[] =>
  consistencyRanges(older, newer).map((range) => hashOfRange(range, lookUp));

/** The root that an inclusion proof leads to (RFC 9162, 2.1.3.2); null when the proof does not fit leaf and size. */
export function rootFromInclusion(leaf: number, size: number, hashed: Buffer, proof: readonly Buffer[]): Buffer | null {
  if (!isCount(leaf) || !isCount(size) || leaf >= size || !proof.every(isHash) || !isHash(hashed)) return null;
  let [node, last, root] = [leaf, size - 1, hashed];
  for (const step of proof) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      root = nodeHash(step, root);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else root = nodeHash(root, step);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 ? root : null;
}

/** Whether the tree of `newer` leaves begins with the whole tree of `older` leaves (RFC 9162, 2.1.4.2). */
export function isConsistent(
  older: { size: number; root: Buffer },
  newer: { size: number; root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (!isCount(older.size) || !isCount(newer.size) || older.size > newer.size || !proof.every(isHash)) return false;
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  if (older.size === 0) return proof.length === 0 && older.root.equals(EMPTY_ROOT);
  const steps = isPowerOfTwo(older.size) ? [older.root, ...proof] : [...proof];
  const first = steps.shift();
  if (!first) return false;
  let [node, last] = [older.size - 1, newer.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [oldRoot, newRoot] = [first, first];
  for (const step of steps) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldRoot = nodeHash(step, oldRoot);
      newRoot = nodeHash(step, newRoot);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else newRoot = nodeHash(newRoot, step);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && oldRoot.equals(older.root) && newRoot.equals(newer.root);
}

const half = (value: number): number => Math.floor(value / 2);
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isHash = (bytes: Buffer): boolean => bytes.length === HASH_BYTES;
const isPowerOfTwo = (value: number): boolean => {
  let rest = value;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
};

function demandSize(size: number): number {
  if (!isCount(size) || size > MAX_SIZE) throw new RangeError(`A tree has no ${size} leaves`);
  return size;
}
