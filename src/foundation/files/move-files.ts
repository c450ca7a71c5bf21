import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { AppContext } from '../../platform/module.ts';
import { journalOf } from './blob-journal.ts';
import { blobPath } from './blob-path.ts';
import { keepLocally } from './blob-store.ts';
import { listDigestsAfter } from './care-queries.ts';
import { remoteOf, type RemoteStore } from './remote-store.ts';

export interface MoveReport {
  copied: number;
  there: number;
  missing: number;
  removed: number;
}

/**
 * Copies every file that is named to the other home. What is there already is not copied again, so a move that was broken off goes on where it
 * was. Each copy is read back and hashed before it counts; only then, and only when asked, the first copy is removed.
 */
export async function moveFiles(
  { db, config }: Pick<AppContext, 'db' | 'config'>,
  to: 's3' | 'folder',
  options: { removeSource: boolean; tell(line: string): void },
): Promise<MoveReport> {
  const remote = remoteOf(config.filesFolder);
  if (!remote) throw new Error('No bucket is set: SEN_S3_ENDPOINT, SEN_S3_ACCESS_KEY, SEN_S3_SECRET_KEY');
  const report: MoveReport = { copied: 0, there: 0, missing: 0, removed: 0 };
  await (await journalOf(config.filesFolder)).settled();
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    const digests = await listDigestsAfter(db.reader, after, 200);
    for (const { sha256, sizeBytes } of digests) {
      const path = blobPath(config.filesFolder, sha256);
      const local = await stat(path).catch(() => null);
      const there = await remote.sizeOf(sha256);
      const isThere = to === 's3' ? there === sizeBytes : local?.size === sizeBytes;
      const isHere = to === 's3' ? local?.size === sizeBytes : there === sizeBytes;
      if (isThere) report.there++;
      else if (!isHere) {
        report.missing++;
        options.tell(`✗ ${sha256.toString('hex')} is in neither home`);
        continue;
      } else {
        if (to === 's3') await remote.put(sha256, { path, sizeBytes });
        else await keepLocally(config.filesFolder, await bytesOf(await remote.get(sha256)), sha256);
        report.copied++;
      }
      if (!options.removeSource || !isHere) continue;
      if (!(await isWhole(to === 's3' ? remote : null, config.filesFolder, sha256)))
        throw new Error(`The copy of ${sha256.toString('hex')} is not what it should be: nothing of it was removed`);
      if (to === 's3') await rm(path, { force: true });
      else await remote.remove(sha256);
      report.removed++;
    }
    if (digests.length < 200) return report;
    after = digests.at(-1)!.sha256;
    options.tell(`${report.copied} copied, ${report.there} there already`);
  }
}

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function isWhole(remote: RemoteStore | null, folder: string, sha256: Buffer): Promise<boolean> {
  if (!remote) await (await journalOf(folder)).settled();
  const hash = createHash('sha256');
  for await (const chunk of remote ? await remote.get(sha256) : createReadStream(blobPath(folder, sha256)))
    hash.update(chunk as Buffer);
  return hash.digest().equals(sha256);
}
