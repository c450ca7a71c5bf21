import { defineModule } from '../../platform/module.ts';
import { recoverBlobs } from './blob-journal.ts';
import { sweepOrphans } from './sweep-orphans.ts';

export default defineModule({
  name: 'files',
  floor: 'foundation',
  async start({ config, log }) {
    const written = await recoverBlobs(config.filesFolder);
    if (written > 0) log.warn({ written }, 'papers written again from the journal after a crash');
  },
  schedules: [
    {
      name: 'files.sweep-orphans',
      cron: '40 19 * * *', // 02:40 in Viet Nam
      async run({ db, config, clock, log }) {
        const removed = await sweepOrphans(db.reader, config.filesFolder, clock.now());
        log.info({ removed }, 'orphaned bytes removed');
      },
    },
  ],
});
