import { realpathSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import { freeBytes, writingStopped } from './metrics.ts';
import { defineProblem, problem } from './problems.ts';

/*
 * A full disk is announced before it is there, and writing stops while there is still room to stop in order: a database whose
 * log cannot grow ends at once. Reading goes on. When space returns, writing is resumed without anybody's doing.
 */

export const outOfSpace = defineProblem({
  code: 'platform.out-of-space',
  status: 503,
  title: { vi: 'Tạm dừng nhận dữ liệu mới', en: 'Nothing new can be stored for the moment' },
  advice: {
    vi: 'Máy chủ sắp hết chỗ chứa, nên lần gửi này chưa được ghi nhận. Những gì bạn đã nộp và đã lưu trước đó vẫn còn nguyên, bạn vẫn xem và tra cứu được. Hãy giữ trang đang điền, đợi ít phút rồi bấm gửi lại.',
    en: 'The server is running out of space, so this was not recorded. What you submitted and saved before is safe and can be read. Keep the page you were filling in, wait a few minutes and send it again.',
  },
});

export type VolumeUse = 'data' | 'log' | 'files' | 'backups';
export interface Volume {
  /** What lies on it. */
  uses: VolumeUse[];
  path: string;
  freeBytes: number;
  totalBytes: number;
  state: 'fine' | 'low' | 'stop';
}

const INTERVAL_MS = 5_000;
const MB = 1_000_000;
type Limits = Pick<Config, 'spaceWarnMb' | 'spaceStopMb' | 'embeddedData' | 'filesFolder' | 'backupsFolder'>;

/** The volumes that this installation writes to, each once, with what is free on them. A folder that is not there yet is left out. */
export async function measureSpace(config: Limits): Promise<Volume[]> {
  const places: [VolumeUse, string | null][] = [
    ['data', config.embeddedData],
    ['log', config.embeddedData && realOf(join(config.embeddedData, 'pg_wal'))],
    ['files', resolve(config.filesFolder)],
    ['backups', config.backupsFolder && resolve(config.backupsFolder)],
  ];
  const volumes = new Map<number, Volume>();
  for (const [use, path] of places) {
    if (path === null) continue;
    try {
      const { dev } = await stat(path);
      const known = volumes.get(dev);
      if (known) {
        known.uses.push(use);
        continue;
      }
      const disk = await statfs(path);
      const free = disk.bavail * disk.bsize;
      volumes.set(dev, { uses: [use], path, freeBytes: free, totalBytes: disk.blocks * disk.bsize, state: 'fine' });
    } catch {
      // not there, or not to be seen by this user
    }
  }
  return [...volumes.values()].map((volume) => ({ ...volume, state: stateOf(volume, config) }));
}

/** A small disk has smaller limits: never more than a fifth of it to warn, a twentieth to stop. */
export function stateOf(
  volume: Pick<Volume, 'freeBytes' | 'totalBytes'>,
  limits: Pick<Limits, 'spaceWarnMb' | 'spaceStopMb'>,
): Volume['state'] {
  if (volume.freeBytes < Math.min(limits.spaceStopMb * MB, volume.totalBytes / 20)) return 'stop';
  return volume.freeBytes < Math.min(limits.spaceWarnMb * MB, volume.totalBytes / 5) ? 'low' : 'fine';
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

let stopped = false;

/** True while nothing may be written, because a volume that data need is almost full. */
export const isWritingStopped = (): boolean => stopped;

/** Takes note of a measurement. A full volume of back-ups does not stop the work: what piles up lies with the data. */
export function noteSpace(volumes: readonly Volume[]): void {
  stopped = volumes.some((volume) => volume.state === 'stop' && volume.uses.some((use) => use !== 'backups'));
  writingStopped.set(stopped ? 1 : 0);
  for (const volume of volumes) for (const use of volume.uses) freeBytes.set({ volume: use }, volume.freeBytes);
}

/** @throws outOfSpace while writing is stopped */
export function demandSpace(): void {
  if (stopped) throw problem(outOfSpace);
}

/** Measures now and every five seconds. Returns what ends it. */
export async function watchSpace(config: Limits, log: Logger): Promise<() => void> {
  const look = async () => {
    const before = stopped;
    const volumes = await measureSpace(config);
    noteSpace(volumes);
    if (stopped !== before)
      log.warn(
        { volumes },
        stopped ? 'a disk is almost full: writing is stopped' : 'there is space again: writing goes on',
      );
  };
  await look();
  const timer = setInterval(
    () => void look().catch((error: unknown) => log.error({ err: error }, 'free space not measured')),
    INTERVAL_MS,
  );
  timer.unref();
  return () => clearInterval(timer);
}

/** True for an error that means a full disk or quota, of the file system or of PostgreSQL. */
export function isOutOfSpace(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') return true;
  return typeof message === 'string' && /\b(ENOSPC|EDQUOT)\b|No space left on device/.test(message);
}
