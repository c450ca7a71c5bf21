import type { Actor } from '../../platform/access.ts';
import { BatchOverload, createBatcher } from '../../platform/batcher.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { keyUsedForOther, submitBusy } from './dossier-problems.ts';
import { trackingSecretOf, type Acknowledgement, type SubmissionInput } from './submission.ts';
import { insertSubmissions, type SubmissionRow, type SubmittedRow } from './submit-queries.ts';

/**
 * Writes a dossier in state 1 (newly submitted): the dossier, its checklist, its event and its key in one statement. Sent again with
 * the same key it gives the same acknowledgement and writes nothing. Code and appointment come with receipt.
 * @param installationSecret `config.secret`, from which the tracking secret is derived
 * @throws keyUsedForOther when the key was used with another content
 */
export async function submitDossier(tx: Tx, actor: Actor, input: SubmissionInput, installationSecret: string): Promise<Acknowledgement> {
  const [row] = await insertSubmissions(tx, [submissionRow(actor, input, installationSecret, tx.requestId)]);
  return acknowledgementOf(row!, installationSecret);
}

/** A submission for the queue, and what has to be written with it if it is new (its files). */
interface QueuedSubmission {
  row: SubmissionRow;
  withIt(tx: Tx): Promise<void>;
}
export type SubmissionQueue = (
  actor: Actor,
  input: SubmissionInput,
  requestId: string,
  withIt?: (tx: Tx, dossierId: string) => Promise<void>,
) => Promise<Acknowledgement>;

/**
 * The same for many at once: submissions that arrive while others are being committed share one transaction and one wait for
 * the disk. Each caller is answered after the commit that holds its own. A submission at fault fails alone.
 * @throws submitBusy when too many wait
 */
export function submissionQueue(db: Database, clock: Clock, installationSecret: string): SubmissionQueue {
  const write = (items: readonly QueuedSubmission[]): Promise<SubmittedRow[]> =>
    inTransaction(db, { actor: systemActor('submission queue'), clock }, async (tx) => {
      const rows = await insertSubmissions(tx, items.map((item) => item.row));
      for (const [index, item] of items.entries()) if (rows[index]?.isNew) await item.withIt(tx);
      return rows;
    });
  const enqueue = createBatcher<QueuedSubmission, SubmittedRow>(write, { maxBatch: 64, inFlight: 2, maxWaiting: 5_000 });
  return async (actor, input, requestId, withIt) => {
    const row = submissionRow(actor, input, installationSecret, requestId);
    try {
      const written = await enqueue({ row, withIt: async (tx) => withIt?.(tx, row.id) });
      return acknowledgementOf(written, installationSecret);
    } catch (error) {
      throw error instanceof BatchOverload ? problem(submitBusy) : error;
    }
  };
}

function submissionRow(actor: Actor, input: SubmissionInput, installationSecret: string, requestId: string): SubmissionRow {
  const id = newId();
  return {
    id,
    owner: `${actor.kind}/${actor.accountId ?? actor.id ?? 'anonymous'}`,
    secret: trackingSecretOf(installationSecret, id),
    actor,
    requestId,
    paperIds: input.papers.map(() => newId()),
    input,
  };
}

function acknowledgementOf(row: SubmittedRow, installationSecret: string): Acknowledgement {
  if (!row.isSameContent) throw problem(keyUsedForOther);
  return {
    dossierId: row.id,
    trackingSecret: trackingSecretOf(installationSecret, row.id),
    submittedAt: row.submittedAt,
    isNew: row.isNew,
  };
}
