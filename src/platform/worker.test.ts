import pg from 'pg';
import { expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { readConfig } from './config.ts';
import { defineJob, enqueue } from './jobs.ts';
import { createLogger } from './log.ts';
import { anyJob } from './module.ts';
import { openDatabase } from './database.ts';
import { startWorker } from './worker.ts';

test('background work goes on by itself after the database would not be written', async () => {
  const tests = await testDatabase();
  const name = new URL(tests.url).pathname.slice(1);
  const config = readConfig({ SEN_MODE: 'test', DATABASE_URL: tests.url });
  const own = openDatabase(tests.url, { max: 8, applicationName: 'sen-worker-test' });
  const ran: number[] = [];
  const job = defineJob<{ n: number }>('test.count', { run: async (_context, { n }) => void ran.push(n) });
  const worker = await startWorker(
    { jobs: [anyJob(job)], subscriptions: [], schedules: [] },
    { db: own, clock: tests.clock, config, log: createLogger('silent') },
  );
  const admin = new pg.Client({ connectionString: tests.url });
  await admin.connect();
  const becomes = async (mode: 'on' | 'off') => {
    await admin.query('set default_transaction_read_only = off');
    await admin.query(`alter database ${name} set default_transaction_read_only = ${mode}`);
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'sen-worker-test'`,
      [name],
    );
  };
  await tests.write(async (tx) => enqueue(tx, job, { n: 1 }));
  await expect.poll(() => ran, { timeout: 20_000 }).toEqual([1]);
  await becomes('on');
  const isRefused = () =>
    own.reader.raw('create temporary table refused (x int)').then(
      () => false,
      () => true,
    );
  await expect.poll(isRefused, { timeout: 20_000 }).toBe(true);
  await becomes('off');
  await tests.write(async (tx) => enqueue(tx, job, { n: 2 }));
  await expect.poll(() => ran, { timeout: 30_000 }).toEqual([1, 2]);
  await worker.stop();
  await own.close();
  await admin.end();
}, 90_000);
