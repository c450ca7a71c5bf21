import { open, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * The folder of automatic back-ups (SEN_BACKUPS):
 *   daily/ID/   one logical back-up each: db/*.copy.gz, manifest.json
 *   base/ID/    one physical copy each: base.tar.gz, backup_manifest, base.json (last)
 *   wal/        the continuously archived log, compressed
 *   files/      every paper that any of them names, once, under its digest
 */
export const dailyFolder = (root: string): string => join(root, 'daily');
export const baseFolder = (root: string): string => join(root, 'base');
export const walFolder = (root: string): string => join(root, 'wal');
export const keptFiles = (root: string): string => join(root, 'files');

/** A name for a back-up made now, in UTC: `20261128T013000Z`. Names sort by time. */
export const backupName = (now: Date): string => now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
export const isBackupName = (name: string): boolean => /^\d{8}T\d{6}Z$/.test(name);
/** The moment in a back-up's name. */
export const momentOf = (name: string): Date =>
  new Date(name.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes a whole file durably: it is there complete, or not at all. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, content, { mode: 0o600 });
  await syncFile(`${path}.part`);
  await rename(`${path}.part`, path);
}

export const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    (facts) => facts.size,
    () => -1,
  );
