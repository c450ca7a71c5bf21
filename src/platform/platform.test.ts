import { describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { createLogger } from './log.ts';
import { readConfig } from './config.ts';
import { defineEvent, publish, subscribe } from './events.ts';
import { claimEffect, defineJob, enqueue } from './jobs.ts';
import { anyJob } from './module.ts';
import { drainBackground, keepAlive } from './worker.ts';
import { withinLimit } from './rate-limit.ts';
import { createBatcher } from './batcher.ts';
import { newId, isId, newReadableCode } from './ids.ts';

const db = await testDatabase();
const config = readConfig({ SEN_MODE: 'test', DATABASE_URL: db.url });
const log = createLogger('silent');
const base = { db, clock: db.clock, config, log };

const thingHappened = defineEvent<{ n: number }>('test.thing-happened', { vi: 'Việc thử', en: 'Thing happened' });

describe('events and jobs', () => {
  test('an event exists only when its transaction commits, and reaches each subscriber once', async () => {
    const seen: string[] = [];
    let failures = 1;
    const work = {
      jobs: [],
      schedules: [],
      subscriptions: [
        subscribe('test.first', [thingHappened], async (_c, e) => void seen.push(`first ${e.payload.n}`)),
        subscribe('test.second', [thingHappened], async (_c, e) => {
          if (failures-- > 0) throw new Error('not yet');
          seen.push(`second ${e.payload.n}`);
        }),
      ],
    };
    await db.write(async (tx) => publish(tx, thingHappened, { subject: { kind: 'test', id: '1' }, payload: { n: 1 } }));
    await expect(
      db.write(async (tx) => {
        publish(tx, thingHappened, { subject: { kind: 'test', id: '1' }, payload: { n: 2 } });
        throw new Error('undo');
      }),
    ).rejects.toThrow('undo');
    await drainBackground(work, base);
    expect(seen).toEqual(['first 1']);
    await db.reader.raw(`update graphile_worker._private_jobs set run_at = now()`);
    await drainBackground(work, base);
    expect(seen).toEqual(['first 1', 'second 1']);
  });

  test('a job is queued with its transaction and carries its payload', async () => {
    const ran: unknown[] = [];
    const job = defineJob<{ to: string }>('test.greet', { run: async (_c, p) => void ran.push(p) });
    await db.write(async (tx) => enqueue(tx, job, { to: 'Mai' }));
    await db.write(async (tx) => enqueue(tx, job, { to: 'later' }, { runAt: new Date(tx.now.getTime() + 3_600_000) }));
    await drainBackground({ jobs: [anyJob(job)], subscriptions: [], schedules: [] }, base);
    expect(ran).toEqual([{ to: 'Mai' }]);
  });

  test('an effect is claimed by one of fifty', async () => {
    const claims = await Promise.all(Array.from({ length: 50 }, () => db.write((tx) => claimEffect(tx, 'once'))));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test('jobs of a dead worker are free again after a sweep', async () => {
    const job = defineJob<{ n: number }>('test.stuck', { run: async () => {} });
    await db.write(async (tx) => enqueue(tx, job, { n: 1 }));
    await db.reader
      .raw(`update graphile_worker._private_jobs set locked_by = 'worker-dead', locked_at = now() - interval '20 s'
      where task_id = (select id from graphile_worker._private_tasks where identifier = 'test.stuck')`);
    await keepAlive(db, new Set(['worker-alive']));
    const rows = await db.reader.raw<{ locked_by: string | null }>(
      `select locked_by from graphile_worker._private_jobs where task_id = (select id from graphile_worker._private_tasks where identifier = 'test.stuck')`,
    );
    expect(rows).toEqual([{ locked_by: null }]);
  });
});

describe('rate limit', () => {
  test('lets the limit through and refuses the next, in windows', async () => {
    const now = new Date('2026-11-23T01:00:00Z');
    const hits = [];
    for (let i = 0; i < 4; i++) hits.push(await withinLimit(db.reader, log, 'k', 3, 60, now));
    expect(hits).toEqual([true, true, true, false]);
    expect(await withinLimit(db.reader, log, 'k', 3, 60, new Date(now.getTime() + 60_000))).toBe(true);
  });

  test('fails open when its store is lost', async () => {
    const broken = { run: async () => Promise.reject(new Error('gone')) } as never;
    expect(await withinLimit(broken, log, 'k', 0, 60, new Date())).toBe(true);
  });
});

describe('batcher', () => {
  test('one bad item fails only its own caller', async () => {
    const batches: number[] = [];
    const submit = createBatcher<number, number>(async (items) => {
      batches.push(items.length);
      if (items.includes(13)) throw new Error('unlucky');
      return items.map((n) => n * 2);
    });
    const results = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => submit(n)));
    expect(results.filter((r) => r.status === 'rejected')).toHaveLength(1);
    expect(results[12]).toEqual({ status: 'fulfilled', value: 24 });
    expect(Math.max(...batches)).toBeGreaterThan(10);
  });
});

describe('ids', () => {
  test('are ordered by creation and well formed', () => {
    const ids = Array.from({ length: 10_000 }, newId);
    expect(ids.every(isId)).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
  test('readable codes avoid letters that sound or look alike', () => {
    expect(newReadableCode(200)).toMatch(/^[2-9A-HJKMNP-Z]{200}$/);
  });
});
