import type { Config } from '../../platform/config.ts';
import type { Reader } from '../../platform/database.ts';
import { measureSpace, type Volume } from '../../platform/space.ts';
import { findArchiver, listLastRuns, type ArchiverState, type BackupRun, type RunKind } from './backup-run-queries.ts';
import { newestCopy } from './copy-queries.ts';

/** What administrators must know of the back-ups, from one look. */
export interface BackupState {
  now: Date;
  isOn: boolean;
  /** The log is archived by Sen itself only for the embedded server. */
  isEmbedded: boolean;
  isCopied: boolean;
  archiver: ArchiverState | null;
  lastDone: ReadonlyMap<RunKind, BackupRun>;
  lastFailed: ReadonlyMap<RunKind, BackupRun>;
  newestCopyAt: Date | null;
  volumes: readonly Volume[];
}

export type Alarm =
  | 'backups-off'
  | 'archive-failing'
  | 'archive-late'
  | 'copy-late'
  | 'space-low'
  | 'space-stop'
  | `${RunKind}-late`
  | `${RunKind}-failed`;

const HOUR_MS = 3_600_000;
const ARCHIVE_LATE_MS = 15 * 60_000;
/** Longest time between two of a kind that went well: each runs every night. */
const LATE_MS = 26 * HOUR_MS;

export async function readBackupState(reader: Reader, config: Config, now: Date): Promise<BackupState> {
  const [archiver, last, newestCopyAt, volumes] = await Promise.all([
    findArchiver(reader),
    listLastRuns(reader),
    newestCopy(reader),
    measureSpace(config),
  ]);
  const byKind = (outcome: 'done' | 'failed') =>
    new Map(last.filter((run) => run.outcome === outcome).map((run) => [run.kind, run]));
  return {
    now,
    isOn: config.backupsFolder !== null,
    isEmbedded: config.embeddedData !== null,
    isCopied: config.backupCopy !== null,
    archiver,
    lastDone: byKind('done'),
    lastFailed: byKind('failed'),
    newestCopyAt,
    volumes,
  };
}

const isFailing = (archiver: ArchiverState): boolean =>
  archiver.lastFailedAt !== null &&
  (archiver.lastArchivedAt === null || archiver.lastFailedAt > archiver.lastArchivedAt);

/** Kinds of runs that this installation should be making. */
export const expectedKinds = (state: Pick<BackupState, 'isEmbedded' | 'isCopied'>): RunKind[] => [
  'daily',
  'drill',
  ...(state.isEmbedded ? (['base', 'base-drill'] as const) : []),
  ...(state.isCopied ? (['copy'] as const) : []),
];

/** What is wrong, worst first. A kind that never ran is late only a day after the first of any kind did. */
export function alarmsOf(state: BackupState): Alarm[] {
  const alarms: Alarm[] = [];
  if (state.volumes.some((volume) => volume.state === 'stop')) alarms.push('space-stop');
  else if (state.volumes.some((volume) => volume.state === 'low')) alarms.push('space-low');
  if (!state.isOn) return [...alarms, 'backups-off'];
  const { archiver } = state;
  if (state.isEmbedded && archiver?.isOn) {
    if (isFailing(archiver)) alarms.push('archive-failing');
    else if (archiver.lastArchivedAt && archiver.now.getTime() - archiver.lastArchivedAt.getTime() > ARCHIVE_LATE_MS)
      alarms.push('archive-late');
  }
  const age = (run: BackupRun | undefined) => (run ? state.now.getTime() - run.startedAt.getTime() : 0);
  const oldest = Math.max(0, ...[...state.lastDone.values()].map(age));
  for (const kind of expectedKinds(state)) {
    const [done, failed] = [state.lastDone.get(kind), state.lastFailed.get(kind)];
    if (failed && (!done || failed.startedAt > done.startedAt)) alarms.push(`${kind}-failed`);
    else if ((done ? age(done) : oldest) > LATE_MS) alarms.push(`${kind}-late`);
  }
  if (
    state.isCopied &&
    state.newestCopyAt &&
    state.now.getTime() - state.newestCopyAt.getTime() > HOUR_MS &&
    state.isEmbedded
  )
    alarms.push('copy-late');
  return [...new Set(alarms)];
}
