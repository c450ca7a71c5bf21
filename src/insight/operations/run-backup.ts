import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AppContext } from '../../platform/module.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { backupName, dailyFolder, isBackupName, momentOf } from './backup-folder.ts';
import { backup, type Progress } from './backup.ts';
import { endRun, insertRun, interruptRuns, type RunFacts, type RunKind } from './backup-run-queries.ts';
import { takeBaseBackup } from './base-backup.ts';
import { backupDone, backupFailed } from './operations-events.ts';

type Base = Pick<AppContext, 'db' | 'clock' | 'config' | 'log'>;

/**
 * Runs one piece of back-up work and keeps its record: the row, and an event when it ended.
 * @throws what the work throws, after it was recorded
 */
export async function recordRun(
  { db, clock, log }: Pick<Base, 'db' | 'clock' | 'log'>,
  run: { kind: RunKind; name: string },
  work: () => Promise<RunFacts>,
): Promise<RunFacts> {
  const id = newId();
  const actor = systemActor('operations');
  const { kind, name } = run;
  await inTransaction(db, { actor, clock }, async (tx) => {
    await interruptRuns(tx, kind);
    await insertRun(tx, id, kind, name);
  });
  const end = (outcome: 'done' | 'failed', facts: RunFacts) =>
    inTransaction(db, { actor, clock }, async (tx) => {
      await endRun(tx, id, { outcome, name, facts });
      publish(tx, outcome === 'done' ? backupDone : backupFailed, {
        subject: { kind: 'backup', id },
        payload: { kind, name },
      });
    });
  try {
    const facts = await work();
    await end('done', facts);
    return facts;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await end('failed', { reason: reason.slice(0, 1_000) }).catch((second: unknown) =>
      log.error({ err: second }, 'the failure of a back-up could not be recorded'),
    );
    throw error;
  }
}

/** @throws Error in one sentence when SEN_BACKUPS is not set */
export function demandBackups({ config }: Pick<Base, 'config'>): string {
  if (config.backupsFolder === null)
    throw new Error('SEN_BACKUPS is not set: name the folder in which automatic back-ups are kept');
  return resolve(config.backupsFolder);
}

/** The logical back-up of the day: every table, every file, into `SEN_BACKUPS/daily/ID`. */
export async function runDaily(context: Base, progress: Progress = () => {}): Promise<RunFacts> {
  const { config } = context;
  const root = demandBackups(context);
  const name = backupName(new Date());
  return recordRun(context, { kind: 'daily', name }, async () => {
    await removeUnfinished(dailyFolder(root));
    const folder = join(dailyFolder(root), name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const manifest = await backup(config.databaseUrl, config.filesFolder, folder, progress, { sharesFiles: true });
    return {
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      files: manifest.files.length,
    };
  });
}

/** The physical copy of the day, from which the log is replayed. */
export async function runBase(context: Base): Promise<RunFacts> {
  const root = demandBackups(context);
  return recordRun(context, { kind: 'base', name: backupName(new Date()) }, async () => {
    const base = await takeBaseBackup(context.config.databaseUrl, root, new Date());
    return { base: base.id, bytes: base.sizeBytes, from: base.endedAt };
  });
}

/** What a killed run left: folders of daily back-ups without a manifest. */
async function removeUnfinished(folder: string): Promise<void> {
  const yesterday = Date.now() - 86_400_000;
  for (const name of (await readdir(folder).catch(() => [])).filter(isBackupName))
    if (momentOf(name).getTime() < yesterday && !(await readdir(join(folder, name))).includes('manifest.json'))
      await rm(join(folder, name), { recursive: true });
}
