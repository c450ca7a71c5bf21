import { registerFile, removeFiles, type StoredBlob } from '../../foundation/files/index.ts';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { expiryFrom, type FileLimits, type PaperSlot } from './application.ts';
import { applicationNotFound } from './application-problems.ts';
import { deletePapers, insertPaper, listPapers, lockApplication, updateExpiry } from './application-queries.ts';
import { applicationOwner } from './open-application.ts';

/** A file whose bytes are in the store already. */
export interface Upload {
  /** Key of the paper it was put to. */
  key: string;
  blob: StoredBlob;
  /** The id it is registered under; given for what was taken from the store of papers, not uploaded. */
  fileId?: string;
}

export interface PaperChanges {
  applicationId: string;
  accountId: string;
  slots: readonly PaperSlot[];
  uploads: readonly Upload[];
  /** Keys of papers whose older files go when new ones came. */
  replaced: ReadonlySet<string>;
  /** Ids of attachments to take away. */
  removed: readonly string[];
  limits: FileLimits;
}

/** What did not fit, by key of paper; the rest is kept. */
export type Refused = Map<string, { reason: 'too-many' | 'too-much' }>;

/**
 * Puts files to papers and takes others away, holding the number and the sum of sizes to the procedure's limits, also when two pages send at
 * once. @throws applicationNotFound
 */
export async function keepPapers(tx: Tx, changes: PaperChanges): Promise<Refused> {
  const application = await lockApplication(tx, changes.applicationId, changes.accountId);
  if (!application || application.submittedAt) throw problem(applicationNotFound);
  const sizes = new Map(changes.slots.flatMap((slot) => slot.files.map((file) => [file.id, file.sizeBytes])));
  const present = await listPapers(tx, application.id);
  const newKeys = new Set(changes.uploads.map((upload) => upload.key));
  const going = present.filter(
    (row) => changes.removed.includes(row.id) || (changes.replaced.has(row.paperKey) && newKeys.has(row.paperKey)),
  );
  if (going.length > 0)
    await removeFiles(
      tx,
      await deletePapers(
        tx,
        application.id,
        going.map((row) => row.id),
      ),
    );
  const staying = present.filter((row) => !going.includes(row));
  let count = staying.length;
  let total = staying.reduce((sum, row) => sum + (sizes.get(row.id) ?? 0), 0);
  const refused: Refused = new Map();
  for (const upload of changes.uploads) {
    if (!changes.slots.some((slot) => slot.key === upload.key)) continue;
    const reason =
      count + 1 > changes.limits.maxFiles
        ? 'too-many'
        : total + upload.blob.sizeBytes > changes.limits.maxTotalBytes
          ? 'too-much'
          : null;
    if (reason) {
      refused.set(upload.key, { reason });
      continue;
    }
    count += 1;
    total += upload.blob.sizeBytes;
    const fileId = await registerFile(tx, upload.blob, applicationOwner(application.id), upload.fileId);
    await insertPaper(tx, application.id, {
      id: newId(),
      paperKey: upload.key,
      fileId,
      isFromStore: upload.fileId !== undefined,
    });
  }
  await updateExpiry(tx, application.id, expiryFrom(tx.now));
  return refused;
}
