import { hash } from 'node:crypto';
import { HASH_BYTES } from './merkle.ts';

/*
 * What an entry of the log commits to. README.md says it byte for byte: an outsider needs nothing but SHA-256.
 *
 *   entry = SHA-256(salt || head || "\n" || hex(SHA-256(salt || data)) || "\n")
 */

export const SALT_BYTES = 16;
export const ENTRY_BYTES = HASH_BYTES;

/** An event in the two texts that are hashed. */
export interface EventText {
  /** What happened, when, to what, by whom; see `EVENT_TEXT_SQL`. */
  head: string;
  /** What was said of it. */
  data: string;
}

/**
 * The two texts of a row `e` of `platform.event`, as SQL of built-in functions only: nothing in the database can be replaced to give another text.
 * jsonb has one text per value: keys by length and then by bytes, one space behind colon and comma.
 */
export const EVENT_TEXT_SQL = `jsonb_build_array('sen-event/1', e.id, (extract(epoch from e.occurred_at) * 1000000)::bigint, e.name, e.subject_kind,
    e.subject_id, e.unit_id, e.actor_kind, e.actor_id)::text as head,
  jsonb_build_array(e.actor_label, e.request_id, e.payload)::text as data`;

const DIGEST_LINE = 2 * HASH_BYTES + 2;

/** The hash of an event's data, as it stands in the record: so that a receipt need not show the data. */
export function dataDigest(salt: Buffer, data: string): string {
  const length = Buffer.byteLength(data);
  const bytes = Buffer.allocUnsafe(SALT_BYTES + length);
  salt.copy(bytes, 0, 0, SALT_BYTES);
  bytes.write(data, SALT_BYTES, 'utf8');
  return hash('sha256', bytes, 'hex');
}

/** The entry of an event whose data are known by their digest only. */
export function entryOfHead(salt: Buffer, head: string, digest: string): Buffer {
  const length = Buffer.byteLength(head);
  const bytes = Buffer.allocUnsafe(SALT_BYTES + length + DIGEST_LINE);
  salt.copy(bytes, 0, 0, SALT_BYTES);
  bytes.write(head, SALT_BYTES, 'utf8');
  bytes.write(`\n${digest}\n`, SALT_BYTES + length, 'latin1');
  return hash('sha256', bytes, 'buffer');
}

/** The entry of an event. */
export const entryOf = (salt: Buffer, { head, data }: EventText): Buffer =>
  entryOfHead(salt, head, dataDigest(salt, data));

/** What the first text says, read back. */
export interface EventHead {
  id: number;
  /** To the microsecond, as the database keeps it; shown to the millisecond. */
  occurredAt: Date;
  name: string;
  subjectKind: string;
  subjectId: string;
  unitId: string | null;
  actorKind: string;
  actorId: string | null;
}

/** Reads a head; null when it is not one. */
export function parseHead(head: string): EventHead | null {
  let fields: unknown;
  try {
    fields = JSON.parse(head);
  } catch {
    return null;
  }
  if (!Array.isArray(fields) || fields.length !== 9 || fields[0] !== 'sen-event/1') return null;
  const [, id, micros, ...texts] = fields as unknown[];
  const isText = (value: unknown, mayMiss: boolean) => typeof value === 'string' || (mayMiss && value === null);
  const hasTexts = texts.every((value, at) => isText(value, at === 3 || at === 5));
  const occurredAt = new Date(Math.floor(Number(micros) / 1000));
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(micros) || !hasTexts || Number.isNaN(occurredAt.getTime()))
    return null;
  const [name, subjectKind, subjectId, unitId, actorKind, actorId] = texts as string[];
  return {
    id: id as number,
    occurredAt,
    name: name!,
    subjectKind: subjectKind!,
    subjectId: subjectId!,
    unitId: unitId ?? null,
    actorKind: actorKind!,
    actorId: actorId ?? null,
  };
}
