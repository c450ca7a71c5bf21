import { createReadStream, createWriteStream } from 'node:fs';
import { chown, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { syncFile, walFolder } from './backup-folder.ts';
import { isSegmentName, placeInLog } from './wal-names.ts';

const COMPRESSED = /^([0-9A-F]{24}(?:\.[0-9A-F]{8}\.backup)?|[0-9A-F]{8}\.history)(\.gz)?$/;

/** Names of what is archived, without the ending of compression, sorted. */
export async function listArchived(root: string): Promise<string[]> {
  const names = await readdir(walFolder(root)).catch(() => []);
  return [...new Set(names.flatMap((name) => COMPRESSED.exec(name)?.[1] ?? []))].sort();
}

/**
 * Compresses the segments that the server has handed over (a segment closed early is mostly zeros). Owner stays whoever runs the
 * server, who reads them at a restore. Returns how many.
 */
export async function compressArchive(root: string): Promise<number> {
  const folder = walFolder(root);
  const names = (await readdir(folder).catch(() => [])).filter(isSegmentName).sort();
  for (const name of names) {
    const path = join(folder, name);
    const { uid, gid } = await stat(path);
    const unfinished = `${path}.gz.part`;
    await pipeline(createReadStream(path), createGzip({ level: 4 }), createWriteStream(unfinished, { mode: 0o600 }));
    if (process.getuid?.() === 0) await chown(unfinished, uid, gid);
    await syncFile(unfinished);
    await rename(unfinished, `${path}.gz`);
    await rm(path);
  }
  return names.length;
}

/** Removes the segments before the first one that a restore may still need. Histories of timelines are kept. Returns how many. */
export async function pruneArchive(root: string, firstNeeded: string): Promise<number> {
  let removed = 0;
  for (const name of await listArchived(root)) {
    if (name.endsWith('.history') || placeInLog(name) >= placeInLog(firstNeeded)) continue;
    for (const ending of ['', '.gz']) await rm(join(walFolder(root), name + ending), { force: true });
    removed++;
  }
  return removed;
}
