import { anyJob, defineModule } from '../../platform/module.ts';
import type { JobContext, Schedule } from '../../platform/jobs.ts';
import type { Tx } from '../../platform/database.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { paths } from '../../ui/paths.ts';
import { recoverBlobs } from './blob-journal.ts';
import { eraseBytes } from './erase-file.ts';
import { fileAdminRoutes, measureStore } from './file-admin-routes.tsx';
import { fileCommands } from './file-commands.ts';
import { manageFiles } from './file-permissions.ts';
import { sweepUploads } from './resume-upload.ts';
import { openStores } from './s3-store.ts';
import { freeHeld, scanFiles, sweepScans, switchScanning } from './scan-files.ts';
import { countScans } from './scan-queries.ts';
import { findOpenDisposal } from './retention/disposal-queries.ts';
import { carryOut, drawList } from './retention/dispose.ts';
import { loadProvinceRules } from './retention/keeping-rules.ts';
import { approveDisposals } from './retention/retention-events.ts';
import { retentionRoutes } from './retention/retention-routes.tsx';
import { provideRetentionClass } from './retention/retention-source.ts';
import { storedClasses } from './retention/stored-classes.ts';
import { sweepOrphans } from './sweep-orphans.ts';
import { uploadRoutes } from './upload-routes.ts';
import { verifyStore } from './verify-store.ts';

const asSystem =
  ({ db, clock, requestId }: JobContext, name: string) =>
  <R>(work: (tx: Tx) => Promise<R>): Promise<R> =>
    inTransaction(db, { actor: systemActor(name), clock, requestId }, work);

/** One file in so many is read again each night: a store of a million is read once in about three years, a small one within weeks. */
const NIGHTLY_ONE_IN = 1_000;

// Five fields, in UTC: Viet Nam is seven hours ahead.
const schedules: readonly Schedule[] = [
  {
    name: 'files.sweep-orphans',
    cron: '40 19 * * *',
    async run({ db, config, clock, log }) {
      const removed = await sweepOrphans(db.reader, config.filesFolder, clock.now());
      log.info({ removed }, 'orphaned bytes removed');
    },
  },
  {
    name: 'files.sweep-uploads',
    cron: '25 * * * *',
    async run(context) {
      const { db, config, clock, log } = context;
      const removed = await sweepUploads(asSystem(context, 'files.sweep-uploads'), db.reader, config, clock.now());
      if (removed > 0) log.info({ removed }, 'unfinished uploads removed');
    },
  },
  { name: 'files.sweep-scans', cron: '*/5 * * * *', run: sweepScans },
  { name: 'files.measure-nightly', cron: '50 17 * * *', run: (context) => measureStore.run(context, {}) },
  {
    name: 'files.verify-nightly',
    cron: '20 20 * * *',
    async run(context) {
      const report = await verifyStore(context, { oneIn: NIGHTLY_ONE_IN });
      if (report.missing + report.damaged > 0) context.log.error({ report }, 'stored files are missing or damaged');
    },
  },
];

for (const each of storedClasses) provideRetentionClass(each);

const group = { vi: 'Quản trị', en: 'Administration' };

export default defineModule({
  name: 'files',
  floor: 'foundation',
  permissions: [manageFiles, approveDisposals],
  routes(web) {
    uploadRoutes(web);
    fileAdminRoutes(web);
    retentionRoutes(web);
  },
  async start(context) {
    const { config, log } = context;
    openStores(config);
    switchScanning(config);
    const written = await recoverBlobs(config.filesFolder);
    await loadProvinceRules(context);
    if (written > 0) log.warn({ written }, 'papers written again from the journal after a crash');
  },
  jobs: [
    anyJob(scanFiles),
    anyJob(freeHeld),
    anyJob(eraseBytes),
    anyJob(measureStore),
    anyJob(drawList),
    anyJob(carryOut),
  ],
  schedules,
  commands: fileCommands,
  menu: [
    {
      group,
      label: { vi: 'Kho tệp', en: 'File store' },
      href: paths.adminFiles(),
      permission: manageFiles,
      order: 955,
      count: async ({ db }) => (await countScans(db.reader)).infected,
    },
    {
      group,
      label: { vi: 'Hủy tệp hết thời hạn lưu', en: 'Disposal of files' },
      href: paths.adminDisposals(),
      permission: approveDisposals,
      order: 956,
      count: async ({ db }) => ((await findOpenDisposal(db.reader))?.state === 'waiting' ? 1 : 0),
    },
  ],
});
