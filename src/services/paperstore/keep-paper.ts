import { registerFile, type FileRow, type StoredBlob } from '../../foundation/files/index.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { isId, newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { paperChangedEvent, paperDeleted, paperKept } from './paper-events.ts';
import { paperChanged, paperNotFound, storeFull } from './paper-problems.ts';
import { countPapers, insertPaper, lockPaper, markDeleted, updateFacts, type NewPaper } from './paper-queries.ts';
import { foldedFacts, storeLimits, type PaperFacts, type StoredPaper } from './stored-paper.ts';

/** Owner of a stored paper's file. */
export const paperOwner = (paperId: string) => ({ kind: 'paper', id: paperId });

/** The bytes of a file under another name: what `registerFile` takes, so that content is kept once. */
export const blobOf = ({ sha256, sizeBytes, kind, mediaType, fileName }: FileRow): StoredBlob => ({
  sha256,
  sizeBytes,
  kind,
  mediaType,
  fileName,
});

type Origin = Pick<NewPaper, 'source' | 'dossierId' | 'reference' | 'resultCode' | 'isVerified'>;
const UPLOADED: Origin = {
  source: 'uploaded',
  dossierId: null,
  reference: null,
  resultCode: null,
  isVerified: false,
};

/**
 * Puts a paper into an account's store. Its bytes are durable already. Returns its id, or null when the store has what it refers to.
 * @throws storeFull
 */
export async function keepPaper(
  tx: Tx,
  accountId: string,
  facts: PaperFacts,
  blob: StoredBlob,
  origin: Origin = UPLOADED,
): Promise<string | null> {
  if ((await countPapers(tx, accountId)) >= storeLimits.papers) throw problem(storeFull, { limit: storeLimits.papers });
  const id = newId();
  const fileId = await registerFile(tx, blob, paperOwner(id));
  const folded = foldedFacts(facts, origin.resultCode);
  if (!(await insertPaper(tx, { ...facts, ...origin, id, accountId, fileId, folded }))) return null;
  publish(tx, paperKept, {
    subject: { kind: 'paper', id },
    payload: { accountId, kind: facts.kind, source: origin.source },
  });
  return id;
}

export interface PaperChange {
  id: string;
  version: number;
  facts: PaperFacts;
  /** A new file: the paper as it was goes to the deleted ones, from where it can be had back. */
  blob: StoredBlob | null;
}

/** Describes a paper anew, or puts a new file in its place. Returns the id of the paper that stands now. @throws paperNotFound, paperChanged */
export async function changePaper(tx: Tx, accountId: string, change: PaperChange): Promise<string> {
  const paper = await lockOwn(tx, accountId, change.id);
  if (paper.deletedAt) throw problem(paperNotFound);
  if (paper.version !== change.version) throw problem(paperChanged);
  if (change.blob) {
    // The new file is the person's own, whatever the old one was: nobody has vouched for it.
    const id = (await keepPaper(tx, accountId, change.facts, change.blob))!;
    await markDeleted(tx, accountId, [paper.id], id);
    publish(tx, paperDeleted, {
      subject: { kind: 'paper', id: paper.id },
      payload: { accountId, kind: paper.kind, source: paper.source, isReplaced: true },
    });
    return id;
  }
  await updateFacts(tx, paper.id, paper.version, change.facts, foldedFacts(change.facts, paper.resultCode));
  publish(tx, paperChangedEvent, {
    subject: { kind: 'paper', id: paper.id },
    payload: { accountId, kind: change.facts.kind, source: paper.source },
  });
  return paper.id;
}

/** A paper of the account, locked; a deleted one too. @throws paperNotFound */
export async function lockOwn(tx: Tx, accountId: string, id: string): Promise<StoredPaper> {
  const paper = isId(id) ? await lockPaper(tx, id, accountId) : undefined;
  if (!paper) throw problem(paperNotFound);
  return paper;
}
