import { resolve } from 'node:path';
import type { AppContext } from '../../platform/module.ts';
import { listBases } from './base-backup.ts';
import { findTimeline } from './backup-run-queries.ts';
import { keepFiles } from './kept-files.ts';
import { pruneBackups } from './retention.ts';
import { runBase, runDaily } from './run-backup.ts';
import { compressArchive } from './wal-archive.ts';

type Base = Pick<AppContext, 'db' | 'clock' | 'config' | 'log'>;

/** When this process last kept the files; null: all are looked at once more. */
let keptUntil: Date | null = null;

/**
 * What happens every minute: new papers are copied to the back-ups, the archived log is compressed, and a first base back-up is
 * made when there is none of this server's timeline yet (after the start of archiving, after a restore).
 */
export async function keepUp(context: Base): Promise<void> {
  const { config, db } = context;
  if (config.backupsFolder === null) return;
  const root = resolve(config.backupsFolder);
  const begun = new Date();
  await keepFiles(db.reader, config.filesFolder, root, keptUntil);
  keptUntil = begun;
  if (config.embeddedData === null) return;
  await compressArchive(root);
  const timeline = await findTimeline(db.reader);
  const bases = await listBases(root);
  if (
    timeline &&
    !bases.some((base) => base.timeline === timeline.timeline && base.systemIdentifier === timeline.system)
  )
    await runBase(context);
}

/** The night's work: everything copied, the base renewed, what is past its time removed. */
export async function backUpDaily(context: Base): Promise<void> {
  const { config, db, log } = context;
  if (config.backupsFolder === null) return;
  const root = resolve(config.backupsFolder);
  const failures: unknown[] = [];
  const step = (work: () => Promise<unknown>) => work().catch((error: unknown) => void failures.push(error));
  await step(() => keepFiles(db.reader, config.filesFolder, root, null));
  await step(() => runDaily(context));
  if (config.embeddedData !== null) await step(() => runBase(context));
  // Nothing is removed in a night in which nothing could be added.
  if (failures.length > 0) throw failures[0];
  const pruned = await pruneBackups(db.reader, root, config.backupDays, new Date());
  log.info({ pruned }, 'back-ups past their time removed');
}
