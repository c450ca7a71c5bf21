import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reader } from '../../platform/database.ts';
import { baseFolder, dailyFolder, isBackupName, momentOf } from './backup-folder.ts';
import { listBases } from './base-backup.ts';
import { pruneKeptFiles } from './kept-files.ts';
import { pruneArchive } from './wal-archive.ts';

export interface Pruned {
  daily: number;
  base: number;
  segments: number;
  files: number;
}

/** Which of these back-ups go: those older than the newest that is itself old enough, so that every moment of the last `days` keeps one before it. */
export function expired(names: readonly string[], now: Date, days: number): string[] {
  const limit = now.getTime() - days * 86_400_000;
  const old = [...names].sort().filter((name) => momentOf(name).getTime() <= limit);
  return old.slice(0, -1);
}

/** Removes what no restore within the retention needs: daily and base back-ups, log segments, files. In this order: a killed run leaves too much, never too little. */
export async function pruneBackups(reader: Reader, root: string, days: number, now: Date): Promise<Pruned> {
  const pruned: Pruned = { daily: 0, base: 0, segments: 0, files: 0 };
  for (const kind of ['daily', 'base'] as const) {
    const folder = kind === 'daily' ? dailyFolder(root) : baseFolder(root);
    const names = (await readdir(folder).catch(() => [])).filter(isBackupName);
    for (const name of expired(names, now, days)) {
      await rm(join(folder, name), { recursive: true, force: true });
      pruned[kind]++;
    }
  }
  const bases = await listBases(root);
  const first = bases[0];
  if (first) pruned.segments = await pruneArchive(root, first.startSegment);
  const daily = (await readdir(dailyFolder(root)).catch(() => [])).filter(isBackupName).sort()[0];
  const moments = [first && new Date(first.endedAt), daily && momentOf(daily)].filter(
    (moment) => moment instanceof Date,
  );
  const oldest = new Date(Math.min(...moments.map((moment) => moment.getTime()), now.getTime()));
  pruned.files = await pruneKeptFiles(reader, root, oldest, now);
  return pruned;
}
