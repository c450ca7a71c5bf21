import type { Reader } from '../../platform/database.ts';
import { oldBlobs, removeBlob } from './blob-store.ts';
import { knownDigests } from './file-queries.ts';

const BATCH = 500;
const MIN_AGE_HOURS = 24;

/**
 * Removes bytes that no file names and that are older than a day (an upload under way is younger). Returns how many
 * were removed.
 */
export async function sweepOrphans(reader: Reader, folder: string, now: Date): Promise<number> {
  let removed = 0;
  let batch: { sha256: Buffer }[] = [];
  const flush = async () => {
    const known = await knownDigests(
      reader,
      batch.map((b) => b.sha256),
    );
    for (const blob of batch.filter((b) => !known.has(b.sha256.toString('hex')))) {
      await removeBlob(folder, blob.sha256);
      removed++;
    }
    batch = [];
  };
  for await (const blob of oldBlobs(folder, new Date(now.getTime() - MIN_AGE_HOURS * 3_600_000))) {
    batch.push(blob);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  return removed;
}
