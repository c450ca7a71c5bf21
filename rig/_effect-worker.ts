import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../src/platform/config.ts';
import { systemClock } from '../src/platform/clock.ts';
import { openDatabase, statement } from '../src/platform/database.ts';
import { claimEffect, defineJob } from '../src/platform/jobs.ts';
import { createLogger } from '../src/platform/log.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';
import { startWorker } from '../src/platform/worker.ts';

/** One job of the rig: its effect is a row, so that doing it twice is seen. */
export const effectJob = defineJob<{ key: string }>('rig.effect', {
  async run({ db, clock, attempt, requestId }, { key }) {
    await inTransaction(db, { actor: systemActor('rig'), clock, requestId }, async (tx) => {
      if (process.env['RIG_CONTROL'] !== 'on' && !(await claimEffect(tx, `rig/${key}`))) return;
      await sleep(Math.random() * 20);
      await tx.run(insertEffect, [key]);
    });
    // Now and then the work is done and the worker fails before it can say so, as when a connection breaks.
    if (attempt === 1 && Math.random() < 0.01) throw new Error('The answer was lost after the commit');
  },
});
const insertEffect = statement('rig.insert_effect', 'insert into rig.effect (key) values ($1)');

// The worker process that the rig kills: the product's own worker with the rig's one job.
if (process.env['RIG_WORKER'] === 'on') {
  const config = readConfig();
  const db = openDatabase(config.databaseUrl, { max: 10, applicationName: 'rig-worker' });
  await startWorker(
    { jobs: [effectJob], subscriptions: [], schedules: [] },
    { db, clock: systemClock, config, log: createLogger('fatal') },
  );
}
