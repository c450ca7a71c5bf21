import { resolve } from 'node:path';
import pg from 'pg';
import { primaryUrl } from '../../platform/database-hosts.ts';
import { readerOver } from '../../platform/database.ts';
import type { AppContext } from '../../platform/module.ts';
import { listBases, type BaseBackup } from './base-backup.ts';
import { findTimeline, tryLock, type RunFacts } from './backup-run-queries.ts';
import { copyAway, type CopyResult } from './copy-away.ts';
import { copyPlace } from './copy-place.ts';
import { drillBase, drillDaily } from './drill.ts';
import { keepFiles } from './kept-files.ts';
import { pruneBackups } from './retention.ts';
import { demandBackups, recordRun, runBase, runDaily } from './run-backup.ts';
import { compressArchive } from './wal-archive.ts';

type Base = Pick<AppContext, 'db' | 'clock' | 'config' | 'log'>;

/** When this process last kept the files; null: all are looked at once more. */
let keptUntil: Date | null = null;
const KEEP_UP_LOCK = 7_364_311;

/** Runs `work` unless another worker is at it; the lock ends with its connection. */
async function alone(connectionString: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: await primaryUrl(connectionString) });
  client.on('error', () => {});
  await client.connect();
  try {
    if (await tryLock(readerOver(client), KEEP_UP_LOCK)) await work();
  } finally {
    await client.end();
  }
}

/**
 * What happens every minute: new papers are copied to the back-ups, the archived log is compressed, a first base back-up is made
 * when there is none of this server's timeline yet (after the start of archiving, after a restore), and all of it goes to the second
 * place. A failure is logged and tried again a minute later; what stays behind raises an alarm by its age.
 */
export async function keepUp(context: Base): Promise<void> {
  const { config, log } = context;
  if (config.backupsFolder === null) return;
  const root = resolve(config.backupsFolder);
  try {
    await alone(config.databaseUrl, () => keepUpAlone(context, root));
  } catch (error) {
    log.error({ err: error }, 'back-ups are not kept up');
  }
}

async function keepUpAlone(context: Base, root: string): Promise<void> {
  const { config, db } = context;
  const begun = new Date();
  await keepFiles(db.reader, config.filesFolder, root, keptUntil);
  keptUntil = begun;
  if (config.embeddedData !== null) {
    await compressArchive(root);
    const timeline = await findTimeline(db.reader);
    const bases = await listBases(root);
    const isOfThis = (base: BaseBackup) =>
      base.timeline === timeline?.timeline && base.systemIdentifier === timeline.system;
    if (timeline && !bases.some(isOfThis)) await runBase(context);
  }
  if (config.backupCopy !== null) await copyToPlace(context, root, false);
}

/** Copies to the second place what it does not have; the whole run, with its inventory, is the night's. */
function copyToPlace({ config, db }: Base, root: string, isWhole: boolean): Promise<CopyResult> {
  const options = { root, recipients: config.backupRecipients, isWhole };
  return copyAway(db.reader, copyPlace(config.backupCopy ?? ''), options);
}

/** The night's copy, recorded. @throws Error in one sentence when no second place is set */
export async function runCopy(context: Base): Promise<RunFacts> {
  const root = demandBackups(context);
  const place = context.config.backupCopy;
  if (place === null) throw new Error('SEN_BACKUP_COPY is not set: name the second place');
  return recordRun(context, { kind: 'copy', name: place.split(/[/:]/).at(-1) || place }, async () => ({
    ...(await copyToPlace(context, root, true)),
  }));
}

/** The night's work: everything copied, the base renewed, what is past its time removed, all of it at the second place. */
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
  if (failures.length === 0)
    await step(async () => {
      const pruned = await pruneBackups(db.reader, root, config.backupDays, new Date());
      log.info({ pruned }, 'back-ups past their time removed');
    });
  if (config.backupCopy !== null) await step(() => runCopy(context));
  for (const failure of failures) log.error({ err: failure }, 'a back-up of the night failed');
}

/** The night's drills: what was backed up is restored and compared. */
export async function drillNightly(context: Base): Promise<void> {
  const { config, log } = context;
  if (config.backupsFolder === null) return;
  for (const drill of config.embeddedData === null ? [drillDaily] : [drillDaily, drillBase])
    await drill(context).catch((error: unknown) => log.error({ err: error }, 'a drill failed'));
}
