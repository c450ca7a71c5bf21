import { setTimeout as sleep } from 'node:timers/promises';
import { advanceAlone, provideService } from '../src/engines/workflow/index.ts';
import workflow from '../src/engines/workflow/module.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import { createLogger } from '../src/platform/log.ts';
import { systemActor } from '../src/platform/transaction.ts';

/*
 * One process of `rig -- process`: does open tasks as people would over the web, and runs the loops of a worker; it is killed at any moment. Its service writes a note: with the
 * errand's key, so that a note asked for again is one note. In the control it has no key.
 */
const isControl = process.env['RIG_CONTROL'] === 'on';
const url = process.env['DATABASE_URL']!;
const db = openDatabase(url, { max: 8, applicationName: 'rig-process' });
const context = { actor: systemActor('rig'), clock: systemClock };
const config = readConfig({ SEN_MODE: 'test', DATABASE_URL: url, PORT: '8080', SEN_METRICS_PORT: 'off' });
const job = { db, clock: systemClock, config, log: createLogger('silent'), attempt: 1, requestId: 'rig' };

provideService('rig.note', async (_context, { key, instanceId }) => {
  const written = isControl ? `${key}/${Math.random()}` : key;
  await db.reader.raw('insert into rig.note (key, instance_id) values ($1, $2) on conflict (key) do nothing', [
    written,
    instanceId,
  ]);
  await sleep(5);
  return {};
});

async function loops(): Promise<void> {
  for (;;) {
    for (const loop of workflow.loops!) await loop.run(job);
    await sleep(50);
  }
}

/** Does one open task after another, wherever; what was acknowledged is told to the parent. */
async function person(): Promise<void> {
  for (;;) {
    const [work] = await db.reader.raw<{ id: string; token: number; node: string }>(
      `select instance_id as id, token, node from workflow.work where status = 'open' order by random() limit 1`,
    );
    if (!work) {
      await sleep(50);
      continue;
    }
    const command = { id: `rig:${work.token}`, kind: 'complete', token: work.token, variables: {} } as const;
    const { isApplied } = await advanceAlone(db, context, work.id, command);
    if (isApplied) process.send?.({ id: work.id, node: work.node });
  }
}

await Promise.all([loops(), ...Array.from({ length: 4 }, person)]);
