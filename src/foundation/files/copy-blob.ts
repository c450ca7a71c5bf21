import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { blobSize, hasBlob, INCOMING, readBlob, removeBlob, settle } from './blob-store.ts';

/**
 * Copies the bytes of a digest from one store to another, each with whichever home it has, and proves them on the way: what is damaged gets no
 * name. What is there already stays, unless it is to be replaced. Returns whether anything was copied.
 * @throws Error when the source does not hold these bytes whole
 */
export async function copyBlob(
  from: string,
  to: string,
  sha256: Buffer,
  options: { replaces?: boolean } = {},
): Promise<boolean> {
  if (!options.replaces && (await blobSize(to, sha256)) !== null) return false;
  await mkdir(join(to, INCOMING), { recursive: true });
  const temporary = join(to, INCOMING, randomUUID());
  try {
    await hasBlob(from, sha256); // waits for what a running program has just taken in
    const sizeBytes = await writeProven(from, sha256, temporary);
    if (options.replaces) await removeBlob(to, sha256);
    await settle(to, temporary, sha256, sizeBytes);
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeProven(from: string, sha256: Buffer, path: string): Promise<number> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(readBlob(from, sha256), measured, createWriteStream(path));
  const found = hash.digest();
  if (!found.equals(sha256))
    throw new Error(`The file ${sha256.toString('hex')} is damaged: its content is ${found.toString('hex')}`);
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return sizeBytes;
}
