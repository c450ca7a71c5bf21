import type { Actor } from '../../platform/access.ts';
import { demand } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { isId, newId } from '../../platform/ids.ts';
import { defineJob, enqueue } from '../../platform/jobs.ts';
import { problem } from '../../platform/problems.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { removeBlob } from './blob-store.ts';
import { closeErasures, insertErasure, lockOpenErasures, markErased } from './care-queries.ts';
import { fileErasedEvent } from './file-events.ts';
import { manageFiles } from './file-permissions.ts';
import { fileMissing } from './file-problems.ts';
import { knownDigests } from './file-queries.ts';
import { dropPreviews } from './preview.ts';
import { dropHeld } from './quarantine.ts';
import { scrubJournal } from './scrub-journal.ts';

/** `XT-20261123-4F9A2C1B`: day and the end of the id, so that two nodes never give the same number. */
const numberOf = (id: string, now: Date): string =>
  `XT-${localDate(now).replaceAll('-', '')}-${id.slice(-8).toUpperCase()}`;

/**
 * Erases a file for good: its row stays for those who refer to it, its bytes go from store, previews, journal and quarantine by a job, unless another
 * file has the same bytes; the certificate says which. Returns the id of the certificate. @throws forbidden, fileMissing
 */
export async function eraseFile(tx: Tx, actor: Actor, input: { fileId: string; basis: string }): Promise<string> {
  demand(actor, manageFiles);
  return erase(tx, input.fileId, input.basis);
}

/** The same for the owning module, which has asked the right: a person who deletes a paper of their own. @throws fileMissing */
export const eraseOwnFile = (tx: Tx, fileId: string, basis: string): Promise<string> => erase(tx, fileId, basis);

async function erase(tx: Tx, fileId: string, basis: string): Promise<string> {
  const file = isId(fileId) ? await markErased(tx, fileId) : undefined;
  if (!file) throw problem(fileMissing);
  const id = newId();
  const number = numberOf(id, tx.now);
  await insertErasure(tx, { ...file, id, number, fileId, keptSince: file.createdAt, basis, decidedBy: tx.actor.label });
  const sha256 = file.sha256.toString('hex');
  publish(tx, fileErasedEvent, { subject: { kind: 'file', id: fileId }, payload: { number, sha256, basis } });
  enqueue(tx, eraseBytes, { sha256 });
  return id;
}

/** Takes the bytes away once no file names them, and writes on the certificates what was found. */
export const eraseBytes = defineJob<{ sha256: string }>('files.erase-bytes', {
  async run({ db, config, clock, requestId }, { sha256: hex }) {
    const sha256 = Buffer.from(hex, 'hex');
    await inTransaction(db, { actor: systemActor('files.erase-bytes'), clock, requestId }, async (tx) => {
      if ((await lockOpenErasures(tx, sha256)).length === 0) return;
      const isShared = (await knownDigests(tx, [sha256])).has(hex);
      // Doing it again after a failure finds nothing more to do.
      const traces = isShared ? null : await wipe(config.filesFolder, sha256);
      await closeErasures(tx, sha256, isShared, traces);
    });
  },
});

async function wipe(folder: string, sha256: Buffer) {
  await removeBlob(folder, sha256);
  return {
    store: true,
    previews: await dropPreviews(folder, sha256),
    journal: await scrubJournal(folder, sha256),
    quarantine: await dropHeld(folder, sha256),
  };
}
