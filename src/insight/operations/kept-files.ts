import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { blobPath, checkBlob, copyBlob, listDigestsSince, listStoredDigests } from '../../foundation/files/index.ts';
import type { Reader } from '../../platform/database.ts';
import { keptFiles, sizeOf, writeWhole } from './backup-folder.ts';

const OVERLAP_MS = 15 * 60_000;

/**
 * Copies the papers registered since a moment (all, when null) to the back-ups, so that every moment the log can be restored to
 * has its files. Returns how many were new there.
 */
export async function keepFiles(
  reader: Reader,
  filesFolder: string,
  root: string,
  since: Date | null,
): Promise<number> {
  const files =
    since === null
      ? await listStoredDigests(reader)
      : await listDigestsSince(reader, new Date(since.getTime() - OVERLAP_MS));
  const to = keptFiles(root);
  let copied = 0;
  for (const { sha256, sizeBytes } of files) {
    const digest = Buffer.from(sha256, 'hex');
    if ((await sizeOf(blobPath(to, digest))) === sizeBytes) continue;
    await copyBlob(filesFolder, to, digest, { replaces: true });
    copied++;
  }
  return copied;
}

/**
 * Removes copies that nothing restorable names: gone from the database, and found so before the oldest moment a restore reaches.
 * When a file was first found unnamed is kept in `files/unnamed.json`. Returns how many were removed.
 */
export async function pruneKeptFiles(reader: Reader, root: string, oldestMoment: Date, now: Date): Promise<number> {
  const named = new Set((await listStoredDigests(reader)).map((file) => file.sha256));
  const ledger = join(keptFiles(root), 'unnamed.json');
  const before = JSON.parse(await readFile(ledger, 'utf8').catch(() => '{}')) as Record<string, string>;
  const unnamed: Record<string, string> = {};
  let removed = 0;
  for (const folder of await readdir(keptFiles(root)).catch(() => [])) {
    if (!/^[0-9a-f]{3}$/.test(folder)) continue;
    for (const sha256 of await readdir(join(keptFiles(root), folder))) {
      if (!/^[0-9a-f]{64}$/.test(sha256) || named.has(sha256)) continue;
      const since = before[sha256] ?? now.toISOString();
      if (new Date(since) >= oldestMoment) {
        unnamed[sha256] = since;
        continue;
      }
      await rm(join(keptFiles(root), folder, sha256), { force: true });
      removed++;
    }
  }
  if (removed > 0 || Object.keys(unnamed).length > 0 || Object.keys(before).length > 0)
    await writeWhole(ledger, `${JSON.stringify(unnamed, null, 1)}\n`);
  return removed;
}

export interface FilesBrought {
  named: number;
  brought: number;
  missing: string[];
}

/**
 * Makes the store of files (the folder, or the bucket) hold what the database names: what is missing or damaged comes from the back-ups, every file is read and
 * held to its digest. `missing`: digests that neither place has whole.
 */
export async function bringFiles(reader: Reader, filesFolder: string, from: string): Promise<FilesBrought> {
  const files = await listStoredDigests(reader);
  const result: FilesBrought = { named: files.length, brought: 0, missing: [] };
  for (const { sha256, sizeBytes } of files) {
    const digest = Buffer.from(sha256, 'hex');
    if ((await checkBlob(filesFolder, digest, sizeBytes)) === 'good') continue;
    try {
      await copyBlob(from, filesFolder, digest, { replaces: true });
      result.brought++;
    } catch {
      result.missing.push(sha256);
    }
  }
  return result;
}
