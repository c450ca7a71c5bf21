import { entryOf, ENTRY_BYTES, SALT_BYTES, type EventText } from './event-record.ts';
import type { Finding } from './finding.ts';
import { HASH_BYTES, leafHash } from './merkle.ts';
import { TILE_WIDTH } from './tiles.ts';

/** An event as it is stored now. */
export interface StoredEvent extends EventText {
  id: number;
  xid: string;
}
/** A bundle as it is stored now, with the width it should have. */
export interface StoredBundle {
  number: number;
  width: number;
  eventIds: readonly number[];
  entries: Buffer;
  salts: Buffer;
}

const NO_SALT = Buffer.alloc(SALT_BYTES);

/**
 * Holds the events of a bundle to their entries and to the tile above them. Event, entry and tile say the same thing three times: the one that says another is
 * the one that was changed.
 * @param tile hashes of the tile of level 0; null when it is gone
 * @param eventOf the event as stored; undefined when it is gone
 * @param isErased whether the link of this leaf was erased on purpose
 * @param isForgotten whether this leaf's event is past its time of keeping
 * @returns what is wrong, and the hashes that the tile should have
 */
export function compareBundle(
  bundle: StoredBundle,
  tile: Buffer | null,
  eventOf: (id: number) => StoredEvent | undefined,
  isErased: (leaf: number) => boolean,
  isForgotten: boolean,
): { findings: Finding[]; hashes: Buffer } {
  const findings: Finding[] = [];
  const hashes = Buffer.alloc(bundle.width * HASH_BYTES);
  const first = bundle.number * TILE_WIDTH;
  const lengths = [bundle.eventIds.length, bundle.entries.length / ENTRY_BYTES, bundle.salts.length / SALT_BYTES];
  if (lengths.some((length) => length !== bundle.width))
    findings.push({
      kind: 'bundle-changed',
      place: `bundle ${bundle.number}`,
      leaf: first,
      recorded: String(bundle.width),
      found: lengths.join('/'),
    });
  if (tile && tile.length > bundle.width * HASH_BYTES) findings.push({ ...tileFinding(0, bundle.number), leaf: first });
  for (let at = 0; at < bundle.width; at += 1) {
    const leaf = first + at;
    const entry = bundle.entries.subarray(at * ENTRY_BYTES, (at + 1) * ENTRY_BYTES);
    const salt = bundle.salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES);
    const inTile = tile?.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
    const hashed = leafHash(entry);
    hashed.copy(hashes, at * HASH_BYTES);
    const eventId = bundle.eventIds[at];
    const event = eventId === undefined ? undefined : eventOf(eventId);
    const says = saying({ event, salt, entry, inTile, leaf, isErased: isErased(leaf), isForgotten });
    if (says === 'right') continue;
    if (says === 'entry-changed') inTile?.copy(hashes, at * HASH_BYTES);
    findings.push({
      kind: says,
      place:
        says === 'tile-changed'
          ? `tile 0/${bundle.number}`
          : eventId === undefined
            ? `leaf ${leaf}`
            : `event ${eventId}`,
      leaf,
      eventId: eventId ?? null,
      ...(event ? { found: event.head } : {}),
    });
  }
  return { findings, hashes };
}

interface Witnesses {
  event: StoredEvent | undefined;
  salt: Buffer;
  entry: Buffer;
  inTile: Buffer | undefined;
  leaf: number;
  isErased: boolean;
  isForgotten: boolean;
}

/** Which of the three is alone. */
function saying({ event, salt, entry, inTile, isErased, isForgotten }: Witnesses) {
  const ofEvent = event && salt.length === SALT_BYTES ? entryOf(salt, event) : null;
  const isEntryInTile = inTile !== undefined && leafHash(entry).equals(inTile);
  if (ofEvent?.equals(entry)) return isEntryInTile ? 'right' : 'tile-changed';
  if (ofEvent && inTile && leafHash(ofEvent).equals(inTile)) return 'entry-changed';
  if (!isEntryInTile) return event ? 'entry-changed' : 'tile-changed';
  if (salt.equals(NO_SALT)) return isErased ? 'right' : 'salt-erased';
  if (event) return 'event-changed';
  return isForgotten ? 'right' : 'event-missing';
}

export const tileFinding = (level: number, number: number): Finding => ({
  kind: 'tile-changed',
  place: `tile ${level}/${number}`,
});
