import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/* How small blobs get from the journal to their files. Synchronous: it runs in a thread of its own, where a call to the system
   costs a quarter of what it costs the main thread, which has to hand each one to a pool and to be woken again. */

const madeFolders = new Set<string>();

/** Writes a blob under its name without a sync: the journal holds it until a checkpoint. @throws when the disk refuses */
export function placeBlob(path: string, bytes: Uint8Array): void {
  const parent = dirname(path);
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    if (!madeFolders.has(parent)) {
      mkdirSync(parent, { recursive: true });
      madeFolders.add(parent);
    }
    writeFileSync(temporary, bytes);
    renameSync(temporary, path);
  } catch (error) {
    madeFolders.delete(parent);
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Makes placed blobs durable: one sync of the whole file system where the system offers it, else one of each file and folder. */
export async function syncPlaced(folder: string, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  try {
    await promisify(execFile)('sync', ['-f', folder]);
  } catch {
    for (const path of [...paths, ...new Set(paths.map((path) => dirname(path))), folder]) {
      const file = await open(path, 'r').catch(() => null);
      await file?.sync();
      await file?.close();
    }
  }
}
