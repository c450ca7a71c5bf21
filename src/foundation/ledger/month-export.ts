import type { Reader } from '../../platform/database.ts';
import { findCheckpointOver, listCosignatures } from './checkpoint-queries.ts';
import { listBundles, listErased, listEventsById } from './check-queries.ts';
import { ENTRY_BYTES, entryOf, parseHead, SALT_BYTES } from './event-record.ts';
import { findEntry, findMonthSpan, listTiles } from './ledger-queries.ts';
import { listKeys } from './key-queries.ts';
import { isConsistent, leafHash, nodeHash, nodesOfRoot, type Node } from './merkle.ts';
import { withSignatures } from './proof.ts';
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { signedAt, strictBase64, type Verifier } from './signed-note.ts';
import { lookUpIn, tilesOf, TILE_WIDTH } from './tiles.ts';
import { readConsistency } from './tree-reader.ts';

/*
 * A month for auditors: a file of JSON lines. The first says which leaves follow, the nodes of the tree before them, the way from its end to a signed checkpoint, and that
 * checkpoint; every further line is one entry with the texts that it is the digest of.
 */

const FORMAT = 'sen-ledger-month/1';
const GROUP = 8;
/** Changed events that a report names one by one. */
const MAX_FAULTS = 100;

interface Opening {
  format: string;
  month: string;
  from: number;
  to: number;
  /** Whole subtrees of the leaves before `from`, from the left: [level, hash]. */
  before: [number, string][];
  consistency: string[];
  checkpoint: string;
  keys: string[];
}

/** The lines of a month's file; nothing when no event of that month is sealed under a checkpoint. @param month `YYYY-MM` in Viet Nam's time */
export async function* exportMonth(reader: Reader, month: string): AsyncGenerator<string> {
  const span = await findMonthSpan(reader, month);
  const [first, last] = [span && (await findEntry(reader, span.first)), span && (await findEntry(reader, span.last))];
  if (!first || !last) return;
  const [from, to] = [first.leaf, last.leaf + 1];
  const row = await findCheckpointOver(reader, to);
  if (!row) return;
  const nodes = from === 0 ? [] : nodesOfRoot(from);
  const lookUp = lookUpIn(nodes.length === 0 ? [] : await listTiles(reader, tilesOf(nodes)));
  const cosignatures = (await listCosignatures(reader, row.size, row.origin)).map((each) => each.line);
  const opening: Opening = {
    format: FORMAT,
    month,
    from,
    to,
    before: nodes.map((node) => [node.level, lookUp(node).toString('base64')]),
    consistency: (await readConsistency(reader, to, row.size)).map((hash) => hash.toString('base64')),
    checkpoint: withSignatures(row.note, cosignatures),
    keys: (await listKeys(reader)).map((key) => key.verifierKey),
  };
  yield JSON.stringify(opening);
  for (let number = Math.floor(from / TILE_WIDTH); number * TILE_WIDTH < to; number += GROUP)
    yield* linesOf(reader, number, from, to);
}

async function* linesOf(reader: Reader, number: number, from: number, to: number): AsyncGenerator<string> {
  const bundles = await listBundles(reader, number, number + GROUP);
  const erased = await listErased(reader, number * TILE_WIDTH, (number + GROUP) * TILE_WIDTH);
  const ids = bundles.flatMap((bundle) => bundle.eventIds);
  const events = new Map((await listEventsById(reader, ids)).map((event) => [event.id, event]));
  for (const bundle of bundles)
    for (const [at, id] of bundle.eventIds.entries()) {
      const leaf = bundle.number * TILE_WIDTH + at;
      if (leaf < from || leaf >= to) continue;
      const event = events.get(id);
      const salt = bundle.salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES);
      const entry = bundle.entries.subarray(at * ENTRY_BYTES, (at + 1) * ENTRY_BYTES).toString('base64');
      yield JSON.stringify(
        event && !erased.has(leaf)
          ? { leaf, entry, salt: salt.toString('base64'), head: event.head, data: event.data }
          : { leaf, entry },
      );
    }
}

/** What an auditor's program found in a month's file. */
export interface AuditReport {
  month: string;
  from: number;
  to: number;
  /** Events whose texts are there, and entries whose link was erased. */
  events: number;
  withoutText: number;
  types: Map<string, number>;
  origin: string;
  size: number;
  isSigned: boolean;
  cosigned: string[];
  /** Sentences; empty: everything fits. */
  faults: string[];
}

/**
 * Checks a month's file with nothing but the keys that the auditor trusts: every line against the tree, the tree against the signed checkpoint.
 * @param lines the file, line by line
 */
export async function auditMonth(
  lines: AsyncIterable<string> | Iterable<string>,
  logKeys: readonly Verifier[],
  witnesses: readonly Verifier[],
): Promise<AuditReport> {
  let opening: (Opening & { signed: SignedCheckpoint }) | null = null;
  const report: AuditReport = {
    month: '',
    from: 0,
    to: 0,
    events: 0,
    withoutText: 0,
    types: new Map(),
    origin: '',
    size: 0,
    isSigned: false,
    cosigned: [],
    faults: [],
  };
  const tree: { level: number; hash: Buffer }[] = [];
  let leaf = 0;
  for await (const line of lines) {
    if (line.trim() === '') continue;
    if (opening === null) {
      opening = readOpening(line);
      if (!opening) return { ...report, faults: ['The file is not a month of a ledger'] };
      tree.push(...opening.before.map(([level, hash]) => ({ level, hash: Buffer.from(hash, 'base64') })));
      leaf = opening.from;
      continue;
    }
    const entry = readEntry(line, leaf, report);
    if (!entry) {
      report.faults.push(`Line of leaf ${leaf} cannot be read`);
      break;
    }
    push(tree, leafHash(entry));
    leaf += 1;
  }
  if (!opening) return { ...report, faults: ['The file is empty'] };
  const { signed } = opening;
  Object.assign(report, {
    month: opening.month,
    from: opening.from,
    to: opening.to,
    origin: signed.origin,
    size: signed.size,
  });
  if (leaf !== opening.to) report.faults.push(`The file ends at leaf ${leaf}; it should end at ${opening.to}`);
  const root = tree.map((node) => node.hash).reduceRight((right, left) => nodeHash(left, right));
  const proof = opening.consistency.map((hash) => Buffer.from(hash, 'base64'));
  if (!isConsistent({ size: opening.to, root }, signed, proof))
    report.faults.push('The events are not those over which the checkpoint was signed');
  report.isSigned = logKeys.some((key) => key.name === signed.origin && signedAt(signed.note, key) !== null);
  if (!report.isSigned) report.faults.push('The checkpoint is not signed by a key that you trust');
  report.cosigned = witnesses.filter((key) => signedAt(signed.note, key) !== null).map((key) => key.name);
  return report;
}

function readOpening(line: string): (Opening & { signed: SignedCheckpoint }) | null {
  const opening = parsed(line) as Opening | null;
  const isOpening =
    opening?.format === FORMAT &&
    [opening.from, opening.to].every((count) => Number.isSafeInteger(count) && count >= 0);
  const hasLists =
    isOpening &&
    Array.isArray(opening.before) &&
    Array.isArray(opening.consistency) &&
    typeof opening.checkpoint === 'string';
  const signed = hasLists ? parseCheckpoint(opening.checkpoint) : null;
  if (!signed || !opening) return null;
  const expected: Node[] = opening.from === 0 ? [] : nodesOfRoot(opening.from);
  const fits =
    expected.length === opening.before.length && expected.every((node, at) => opening.before[at]?.[0] === node.level);
  return fits ? { ...opening, signed } : null;
}

function readEntry(line: string, leaf: number, report: AuditReport): Buffer | null {
  const fields = parsed(line) as Record<string, unknown> | null;
  if (fields?.['leaf'] !== leaf) return null;
  const { salt: saltText, head, data, entry: entryText } = fields;
  const entry = typeof entryText === 'string' ? strictBase64(entryText) : null;
  if (entry?.length !== ENTRY_BYTES) return null;
  const salt = typeof saltText === 'string' ? strictBase64(saltText) : null;
  if (typeof head !== 'string' || typeof data !== 'string' || salt === null) {
    report.withoutText += 1;
    return entry;
  }
  report.events += 1;
  const type = parseHead(head)?.name ?? '?';
  report.types.set(type, (report.types.get(type) ?? 0) + 1);
  const isSealed = salt.length === SALT_BYTES && entryOf(salt, { head, data }).equals(entry);
  if (!isSealed && report.faults.length < MAX_FAULTS)
    report.faults.push(`Leaf ${leaf}: the event is not the one that was sealed`);
  return entry;
}

function push(tree: { level: number; hash: Buffer }[], hashed: Buffer): void {
  let node = { level: 0, hash: hashed };
  while (tree.at(-1)?.level === node.level)
    node = { level: node.level + 1, hash: nodeHash(tree.pop()!.hash, node.hash) };
  tree.push(node);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
