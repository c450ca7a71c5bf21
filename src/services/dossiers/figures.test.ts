import { expect, test } from 'vitest';
import { createLogger } from '../../platform/log.ts';
import type { RecordedEvent } from '../../platform/events.ts';
import type { JobContext } from '../../platform/jobs.ts';
import { readConfig } from '../../platform/config.ts';
import { testDatabase } from '../../testing/database.ts';
import { completeDossier } from './complete-dossier.ts';
import { countMonth } from './dossier-jobs.ts';
import { listMonthlyFigures } from './figure-queries.ts';
import { startStep } from './process-steps.ts';
import { refuseDossier } from './refuse-dossier.ts';
import { returnResult } from './return-result.ts';
import { takeBack } from './take-back.ts';
import { anOfficer, insertDossier, insertPlace, insertReceivedDossier, someTerms } from './testing.ts';

const db = await testDatabase();
const place = await db.write((tx) => insertPlace(tx));
const boss = anOfficer('all');
const context: JobContext = {
  db,
  clock: db.clock,
  config: readConfig({ SEN_MODE: 'test', DATABASE_URL: db.url }),
  log: createLogger('silent'),
  attempt: 1,
  requestId: 'test',
};
const result = { outcome: 'granted' as const, title: 'Kết quả', remark: null, fileId: null };

/** Hands every event of dossiers to the subscriber `times` times over, as a worker that dies between work and receipt would. */
async function deliver(times: number): Promise<void> {
  const rows = await db.reader.raw<{ id: number; name: string; occurred_at: Date; payload: Record<string, unknown> }>(
    `select id, name, occurred_at, payload from platform.event where name = any($1) order by id`,
    [countMonth.events],
  );
  for (const row of rows)
    for (let i = 0; i < times; i += 1)
      await countMonth.handle(context, {
        id: row.id,
        name: row.name,
        occurredAt: row.occurred_at.toISOString(),
        payload: row.payload,
      } as RecordedEvent);
}

test('each thing is counted once in its month, however often its event is handled, and what is taken back is not', async () => {
  db.clock.set('2026-11-30T09:00:00+07:00');
  const terms = someTerms({ steps: [] });
  const finish = async (late: boolean) => {
    let dossier = await db.write((tx) => insertReceivedDossier(tx, place, { terms }));
    dossier = await db.write((tx) => startStep(tx, boss, { dossierId: dossier.id, version: null }));
    if (late) db.clock.set('2026-12-30T09:00:00+07:00');
    return db.write((tx) => completeDossier(tx, boss, { dossierId: dossier.id, version: null, ...result }));
  };
  const first = await finish(false);
  await db.write((tx) =>
    returnResult(tx, boss, { dossierId: first.id, version: null, channel: 'counter', receivedBy: 'A' }),
  );
  const mistaken = await finish(false);
  await db.write((tx) => takeBack(tx, boss, { dossierId: mistaken.id, version: null }));
  const { dossierId } = await db.write((tx) => insertDossier(tx, place, { channel: 'post' }));
  await db.write((tx) => refuseDossier(tx, boss, { dossierId, version: null, reason: 'x', legalBasis: 'y' }));
  await finish(true);
  await deliver(3);
  const figures = await listMonthlyFigures(db.reader, {
    from: '2026-11-01',
    to: '2026-12-01',
    unitIds: [place.competentUnitId],
  });
  expect(figures).toMatchObject([
    {
      month: '2026-11-01',
      submitted: 4,
      submittedOnline: 3,
      received: 3,
      finishedOnTime: 1,
      finishedLate: 0,
      refused: 1,
      returned: 1,
    },
    { month: '2026-12-01', submitted: 0, finishedOnTime: 0, finishedLate: 1 },
  ]);
});
