import type { Reader } from '../../platform/database.ts';
import { findCheckpointOver, listCosignatures } from './checkpoint-queries.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { dataDigest, entryOf } from './event-record.ts';
import { findEntry, findEventText, listSubjectEvents, type SubjectEvent } from './ledger-queries.ts';
import { withSignatures, type Proof } from './proof.ts';
import { readInclusion } from './tree-reader.ts';

const NO_SALT = /^0+$/;

/**
 * The proof that an event is in the log, under the newest checkpoint that a witness has cosigned, or else the newest.
 * Null while it is not sealed and signed yet, when its link was erased, or when the stored event is not the one that was sealed.
 */
export async function proveEvent(reader: Reader, eventId: number): Promise<Proof | null> {
  const event = await findEventText(reader, eventId);
  const entry = event && (await findEntry(reader, event));
  if (!entry || NO_SALT.test(entry.salt.toString('hex')) || !entryOf(entry.salt, event).equals(entry.entry))
    return null;
  const row = await findCheckpointOver(reader, entry.leaf + 1);
  if (!row) return null;
  const lines = await listCosignatures(reader, row.size, row.origin);
  const checkpoint = parseCheckpoint(
    withSignatures(
      row.note,
      lines.map((each) => each.line),
    ),
  );
  if (!checkpoint) return null;
  const { salt, leaf } = entry;
  const { head, data } = event;
  return {
    leaf,
    salt,
    head,
    data,
    digest: dataDigest(salt, data),
    path: await readInclusion(reader, leaf, row.size),
    checkpoint,
  };
}

/** The events of a thing, oldest first, for offering their proofs. */
export const listProvable = (
  reader: Reader,
  kind: string,
  id: string,
  names: readonly string[],
): Promise<SubjectEvent[]> => listSubjectEvents(reader, kind, id, names);
