import type { Actor } from '../../platform/access.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import type { WebRequest } from '../../platform/http/web.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import type { ReadFile, ReadingWork, ReadSubjectKind } from './reading.ts';
import { reasonNeeded } from './reading-problems.ts';
import { findPurpose, insertReadings } from './reading-queries.ts';

/** Minutes for which a stated reason covers further looks at the same file by the same person. */
const statedMinutes = 30;

/**
 * Records that `actor` reads files of people, in one insert whatever their number; it stands or falls with the transaction that gives
 * the content out. `purpose` is a sentence in Vietnamese, shown to the persons. @throws reasonNeeded when it says nothing
 */
export async function recordReading(
  tx: Tx,
  actor: Actor,
  files: readonly ReadFile[],
  why: { work: ReadingWork; purpose: string },
): Promise<void> {
  const purpose = why.purpose.trim().slice(0, 300);
  if (purpose === '') throw problem(reasonNeeded);
  if (files.length === 0) return;
  await insertReadings(
    tx,
    files.map((file) => ({ ...file, id: newId() })),
    {
      kind: actor.kind,
      id: actor.id,
      label: actor.label,
      postName: actor.postName ?? null,
      unitId: actor.unitId ?? null,
    },
    why.work,
    purpose,
  );
}

/**
 * The same for a page that only reads: recorded by itself, in one round trip, before the content is given out. Nothing is recorded
 * where nobody's file was read. @throws reasonNeeded when the purpose says nothing
 */
export const noteReading = (
  request: Pick<WebRequest, 'commandInOne' | 'actor'>,
  files: readonly ReadFile[],
  why: { work: ReadingWork; purpose: string },
): Promise<void> => request.commandInOne((tx) => recordReading(tx, request.actor, files, why));

/** The reason that this reader stated for this file a short while ago, so that it need not be typed at every click; null: ask for one. */
export const standingReason = (
  reader: Reader,
  actor: Actor,
  subject: { kind: ReadSubjectKind; id: string },
  now: Date,
): Promise<string | null> =>
  actor.id === null
    ? Promise.resolve(null)
    : findPurpose(reader, actor.id, new Date(now.getTime() - statedMinutes * 60_000), subject);
