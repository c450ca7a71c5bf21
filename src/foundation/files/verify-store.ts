import { createHash, randomInt } from 'node:crypto';
import type { AppContext } from '../../platform/module.ts';
import { newId } from '../../platform/ids.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { blobSize, oldBlobs, readBlob } from './blob-store.ts';
import { insertVerification, listDigestsAfter, type Verification } from './care-queries.ts';
import { knownDigests } from './file-queries.ts';
import { isHeld } from './quarantine.ts';

const BATCH = 500;
const MAX_FAULTS = 200;

/** Reads the bytes of a digest again. */
export async function checkBlob(
  folder: string,
  sha256: Buffer,
  sizeBytes: number,
): Promise<'good' | 'missing' | 'damaged'> {
  const found = await blobSize(folder, sha256);
  if (found === null) return (await isHeld(folder, sha256)) ? 'good' : 'missing';
  if (found !== sizeBytes) return 'damaged';
  const hash = createHash('sha256');
  try {
    for await (const chunk of readBlob(folder, sha256)) hash.update(chunk as Buffer);
  } catch {
    return 'damaged';
  }
  return hash.digest().equals(sha256) ? 'good' : 'damaged';
}

/**
 * Reads the store against its digests: all of it, or one file in `oneIn`. Keeps the report for the administrators' page; damaged bytes are told, never
 * touched. Orphans are bytes older than a day that no file names.
 */
export async function verifyStore(
  { db, config, clock }: Pick<AppContext, 'db' | 'config' | 'clock'>,
  options: { oneIn: number; tell?: (line: string) => void },
): Promise<Verification> {
  const report: Verification = {
    id: newId(),
    startedAt: clock.now(),
    finishedAt: clock.now(),
    isSample: options.oneIn > 1,
    checked: 0,
    checkedBytes: 0,
    missing: 0,
    damaged: 0,
    orphans: 0,
    faults: [],
  };
  let after = Buffer.alloc(0);
  for (;;) {
    const digests = await listDigestsAfter(db.reader, after, BATCH);
    for (const { sha256, sizeBytes } of digests) {
      if (options.oneIn > 1 && randomInt(options.oneIn) !== 0) continue;
      const state = await checkBlob(config.filesFolder, sha256, sizeBytes);
      report.checked++;
      report.checkedBytes += sizeBytes;
      if (state === 'good') continue;
      report[state]++;
      if (report.faults.length < MAX_FAULTS) report.faults.push({ sha256: sha256.toString('hex'), what: state });
      options.tell?.(`✗ ${sha256.toString('hex')} ${state}`);
    }
    if (digests.length < BATCH) break;
    after = digests.at(-1)!.sha256 as Buffer<ArrayBuffer>;
  }
  report.orphans = await countOrphans(config.filesFolder, db.reader, clock.now());
  report.finishedAt = clock.now();
  await inTransaction(db, { actor: systemActor('files.verify'), clock }, (tx) => insertVerification(tx, report));
  return report;
}

async function countOrphans(folder: string, reader: Parameters<typeof knownDigests>[0], now: Date): Promise<number> {
  let [orphans, batch] = [0, [] as Buffer[]];
  const look = async () => {
    orphans += batch.length - (await knownDigests(reader, batch)).size;
    batch = [];
  };
  for await (const { sha256 } of oldBlobs(folder, new Date(now.getTime() - 86_400_000)))
    if (batch.push(sha256) === BATCH) await look();
  await look();
  return orphans;
}
