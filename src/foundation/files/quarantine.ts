import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { journalOf, pendingBlob } from './blob-journal.ts';
import { blobPath } from './blob-path.ts';
import { keepBytes, readBlob, removeBlob } from './blob-store.ts';
import { remoteOf } from './remote-store.ts';

/* Infected bytes lie apart, under a name that no path of the store leads to. */

const FOLDER = '.quarantine';
const place = (folder: string, sha256: Buffer): string => join(folder, FOLDER, `${sha256.toString('hex')}.held`);

/** Moves the bytes of a digest out of every home. Doing it twice does no harm. */
export async function holdBlob(folder: string, sha256: Buffer): Promise<void> {
  await mkdir(join(folder, FOLDER), { recursive: true, mode: 0o700 });
  const target = place(folder, sha256);
  if (pendingBlob(folder, sha256)) await (await journalOf(folder)).settled();
  if (remoteOf(folder) && !(await isHeld(folder, sha256))) {
    const chunks: Buffer[] = [];
    for await (const chunk of readBlob(folder, sha256)) chunks.push(chunk as Buffer);
    await writeFile(target, Buffer.concat(chunks), { mode: 0o600 });
    return removeBlob(folder, sha256);
  }
  await rename(blobPath(folder, sha256), target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error; // held already
  });
}

export const isHeld = (folder: string, sha256: Buffer): Promise<boolean> =>
  stat(place(folder, sha256)).then(
    (found) => found.isFile(),
    () => false,
  );

export const readHeld = (folder: string, sha256: Buffer) => createReadStream(place(folder, sha256));

/** Gives bytes back to the store. */
export async function freeBlob(folder: string, sha256: Buffer): Promise<void> {
  const bytes = await readFile(place(folder, sha256)).catch(() => null);
  if (!bytes) return;
  await keepBytes(folder, bytes);
  await rm(place(folder, sha256), { force: true });
}

/** Takes held bytes away; true when there were any. */
export async function dropHeld(folder: string, sha256: Buffer): Promise<boolean> {
  const was = await isHeld(folder, sha256);
  await rm(place(folder, sha256), { force: true });
  return was;
}
