import { setImmediate as turn } from 'node:timers/promises';
import type { Database, Reader } from '../../platform/database.ts';
import { listDroppedMonths } from '../../platform/event-log.ts';
import { compareBundle, tileFinding } from './compare-bundle.ts';
import {
  listBundles,
  listErased,
  listEventsBetween,
  listEventsById,
  findNextPlace,
  listSealedIds,
  type Place,
  listExtraBundles,
  listExtraTiles,
  type CheckedEvent,
} from './check-queries.ts';
import type { Finding } from './finding.ts';
import { getHead, listTiles, type Bundle, type Head } from './ledger-queries.ts';
import { inSnapshot } from './snapshot.ts';
import { HASH_BYTES, perfectRoot } from './merkle.ts';
import { sealedStates } from './sealed-state.ts';
import { TILE_WIDTH, widthIn } from './tiles.ts';

/** Bundles that are read and compared at once. */
const GROUP = 16;
/** Events that may stand between those of a group before the rest is left to the next check. */
const STRANGERS = 4_096;
/** Findings after which a check stops looking for more. */
export const MAX_FINDINGS = 2_000;

/**
 * Compares the leaves from `fromLeaf` up to `toLeaf` with their events, entries and tiles, and finds events that were put between them. Yields what it
 * found after each group, and how far it is.
 */
export async function* checkEntries(
  db: Database,
  fromLeaf: number,
  toLeaf: number,
): AsyncGenerator<{ findings: Finding[]; toLeaf: number }> {
  const forgottenTo = await forgottenUntil(db.reader);
  const last = Math.ceil(toLeaf / TILE_WIDTH);
  for (let from = Math.floor(fromLeaf / TILE_WIDTH); from < last; from += GROUP) {
    const to = Math.min(from + GROUP, last);
    // The sealer goes on meanwhile: head, bundles and tiles must be of one moment.
    yield await inSnapshot(db, async (reader) => {
      const head = await getHead(reader);
      const end = Math.min(to, Math.ceil(head.size / TILE_WIDTH));
      const findings = end > from ? await checkGroup(reader, head, from, end, forgottenTo) : [];
      return { findings, toLeaf: Math.min(to * TILE_WIDTH, head.size) };
    });
  }
}

/** Whole months of events that are past their time of keeping end here; their entries stay. */
async function forgottenUntil(reader: Reader): Promise<Date | null> {
  const month = (await listDroppedMonths(reader)).at(-1);
  if (month === undefined) return null;
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(4)), 2));
}

async function checkGroup(
  reader: Reader,
  head: Head,
  from: number,
  to: number,
  forgottenTo: Date | null,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const bundles = new Map((await listBundles(reader, from, to + 1)).map((bundle) => [bundle.number, bundle]));
  const numbers = Array.from({ length: to - from }, (_, at) => from + at);
  const tiles = await listTiles(
    reader,
    numbers.map((number) => ({ level: 0, number })),
  );
  const hashesOf = new Map(tiles.map((tile) => [tile.number, tile.hashes]));
  const erased = await listErased(reader, from * TILE_WIDTH, to * TILE_WIDTH);
  const { events, strangers } = await eventsOf(reader, head, numbers, bundles, to);
  findings.push(...strangers, ...(await missingSubjects(reader, [...events.values()])));
  const roots: { number: number; root: Buffer }[] = [];
  for (const number of numbers) {
    await turn();
    const width = widthIn(head.size, { level: 0, number });
    const bundle = bundles.get(number);
    const tile = hashesOf.get(number) ?? null;
    if (!bundle) {
      findings.push({ kind: 'bundle-changed', place: `bundle ${number}`, leaf: number * TILE_WIDTH, found: null });
      if (tile?.length === TILE_WIDTH * HASH_BYTES) roots.push({ number, root: perfectRoot(tile) });
      continue;
    }
    const isForgotten = forgottenTo !== null && bundle.sealedAt < forgottenTo;
    const compared = compareBundle(
      { ...bundle, width },
      tile,
      (id) => events.get(id),
      (leaf) => erased.has(leaf),
      isForgotten,
    );
    findings.push(...compared.findings, ...orderOf(bundle, events));
    if (width === TILE_WIDTH) roots.push({ number, root: perfectRoot(compared.hashes) });
  }
  findings.push(...(await checkParents(reader, 0, roots)));
  return findings;
}

/** The events of these bundles as they are stored, and findings of those between them that are not sealed. */
async function eventsOf(
  reader: Reader,
  head: Head,
  numbers: readonly number[],
  bundles: ReadonlyMap<number, Bundle>,
  to: number,
): Promise<{ events: Map<number, CheckedEvent>; strangers: Finding[] }> {
  const present = numbers.flatMap((number) => bundles.get(number) ?? []);
  const first = present[0];
  const events = new Map<number, CheckedEvent>();
  if (!first) return { events, strangers: [] };
  const expected = new Set(present.flatMap((bundle) => bundle.eventIds));
  const next = await findNextPlace(reader, to);
  const end = next ? { xid: next.xid, id: next.id - 1 } : { xid: head.xid, id: head.eventId };
  // Nothing may stand before the very first.
  const start =
    first.number === 0 ? { xid: '0', id: Number.MIN_SAFE_INTEGER } : { xid: first.firstXid, id: first.firstEventId };
  const between: CheckedEvent[] = [];
  for (const event of await listEventsBetween(reader, start, end, expected.size + STRANGERS))
    if (expected.has(event.id)) events.set(event.id, event);
    else between.push(event);
  const missing = [...expected].filter((id) => !events.has(id));
  for (const event of missing.length > 0 ? await listEventsById(reader, missing) : []) events.set(event.id, event);
  const follower = next?.number ?? Math.ceil(head.size / TILE_WIDTH);
  const candidates = between.filter((event) => !isOfMissingBundle(event, present, events, follower));
  const sealed =
    candidates.length > 0
      ? await listSealedIds(
          reader,
          candidates.map((event) => event.id),
        )
      : new Set();
  const strangers = candidates
    .filter((event) => !sealed.has(event.id))
    .map((event): Finding => ({
      kind: 'event-inserted',
      place: `event ${event.id}`,
      eventId: event.id,
      found: event.head,
    }));
  return { events, strangers };
}

/** Whether an event stands where a bundle is gone: then it was sealed in that, and the bundle is what was found. */
function isOfMissingBundle(
  event: CheckedEvent,
  present: readonly Bundle[],
  events: ReadonlyMap<number, CheckedEvent>,
  afterAll: number,
): boolean {
  const at = present.findLastIndex((bundle) => !isBefore(event, { xid: bundle.firstXid, id: bundle.firstEventId }));
  const before = present[at];
  if (!before) return present[0]!.number > 0;
  const follower = present[at + 1]?.number ?? afterAll;
  if (follower === before.number + 1) return false;
  const last = before.eventIds.findLast((id) => events.has(id)) ?? 0;
  return isBefore(events.get(last) ?? { xid: before.firstXid, id: before.firstEventId }, event);
}

const isBefore = (a: Place, b: Place): boolean => {
  const [x, y] = [BigInt(a.xid), BigInt(b.xid)];
  return x < y || (x === y && a.id < b.id);
};

/** Events that stand elsewhere in the order than they were sealed. */
function orderOf(bundle: Bundle, events: ReadonlyMap<number, CheckedEvent>): Finding[] {
  const findings: Finding[] = [];
  let before: CheckedEvent | undefined;
  for (const [at, id] of bundle.eventIds.entries()) {
    const event = events.get(id);
    if (!event) continue;
    const isFirst = at === 0 && (event.xid !== bundle.firstXid || event.id !== bundle.firstEventId);
    const isBehind = before !== undefined && !isBefore(before, event);
    if (isFirst || isBehind)
      findings.push({
        kind: 'event-moved',
        place: `event ${id}`,
        leaf: bundle.number * TILE_WIDTH + at,
        eventId: id,
        found: event.xid,
      });
    before = event;
  }
  return findings;
}

/** Things whose beginning is sealed and that are gone. */
async function missingSubjects(reader: Reader, events: readonly CheckedEvent[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const state of sealedStates()) {
    const ids = events
      .filter((event) => event.subjectKind === state.kind && event.name === state.begins)
      .map((event) => event.subjectId);
    for (const id of ids.length > 0 ? await state.listMissing(reader, ids) : [])
      findings.push({
        kind: 'subject-missing',
        place: `${state.kind} ${id}`,
        subject: { kind: state.kind, id, label: state.labelOf(id) },
      });
  }
  return findings;
}

/** Whether the level above holds these roots of full tiles. */
async function checkParents(
  reader: Reader,
  level: number,
  roots: readonly { number: number; root: Buffer }[],
): Promise<Finding[]> {
  if (roots.length === 0) return [];
  const numbers = [...new Set(roots.map(({ number }) => Math.floor(number / TILE_WIDTH)))];
  const parents = new Map(
    (
      await listTiles(
        reader,
        numbers.map((number) => ({ level: level + 1, number })),
      )
    ).map((tile) => [tile.number, tile.hashes]),
  );
  const wrong = new Set<number>();
  for (const { number, root } of roots) {
    const at = (number % TILE_WIDTH) * HASH_BYTES;
    const parent = Math.floor(number / TILE_WIDTH);
    if (
      !parents
        .get(parent)
        ?.subarray(at, at + HASH_BYTES)
        .equals(root)
    )
      wrong.add(parent);
  }
  return [...wrong].map((number) => tileFinding(level + 1, number));
}

/** The tree above its leaves: widths, every level against the one below, and nothing past the end. */
export const checkLevels = (db: Database): Promise<Finding[]> => inSnapshot(db, holdLevels);

async function holdLevels(reader: Reader): Promise<Finding[]> {
  const { size } = await getHead(reader);
  const findings: Finding[] = (await listExtraTiles(reader, size)).map(({ level, number }) =>
    tileFinding(level, number),
  );
  for (const number of await listExtraBundles(reader, size))
    findings.push({ kind: 'bundle-changed', place: `bundle ${number}`, leaf: number * TILE_WIDTH });
  for (let level = 1; TILE_WIDTH ** level <= size; level += 1) {
    const count = Math.ceil(Math.floor(size / TILE_WIDTH ** level) / TILE_WIDTH);
    const roots: { number: number; root: Buffer }[] = [];
    for (let number = 0; number < count; number += 1) {
      const place = { level, number };
      const width = widthIn(size, place);
      const [tile] = await listTiles(reader, [place]);
      if (tile?.hashes.length !== width * HASH_BYTES) findings.push(tileFinding(level, number));
      else if (width === TILE_WIDTH) roots.push({ number, root: perfectRoot(tile.hashes) });
    }
    findings.push(...(await checkParents(reader, level, roots)));
  }
  return findings;
}
