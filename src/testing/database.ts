import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { openDatabase, type ActorReference, type Database, type Tx } from '../platform/database.ts';
import { inTransaction } from '../platform/transaction.ts';
import { settableClock, type SettableClock } from '../platform/clock.ts';

export interface TestDatabase extends Database {
  url: string;
  clock: SettableClock;
  /** Runs `work` in a committed transaction as `actor` (the system when none is given). */
  write<R>(work: (tx: Tx) => Promise<R>, actor?: ActorReference): Promise<R>;
}

/** The moment at which tests start: a Monday morning in working hours. */
export const TEST_NOW = '2026-11-23T08:00:00+07:00';

/** A name under which a test may make a database; what a killed run leaves of this hour or before is dropped by later runs. */
export function newTestDatabaseName(): string {
  const stamp = new Date(Date.now() + 7 * 3_600_000).toISOString().replaceAll(/\D/g, '').slice(0, 10);
  return `sen_t_${stamp}_${randomBytes(4).toString('hex')}`;
}

/** A migrated database of its own for this test file (or a clone of another template), dropped afterwards. Call it once at the top of a file. */
export async function testDatabase(
  template: string = inject('templateName'),
  now: string = TEST_NOW,
): Promise<TestDatabase> {
  const serverUrl = inject('serverUrl');
  const name = newTestDatabaseName();
  await asAdmin(serverUrl, `create database ${name} template ${template} strategy file_copy`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const db = openDatabase(url.href, { max: 10, applicationName: 'sen-test' });
  const clock = settableClock(now);
  afterAll(async () => {
    await db.close();
    await asAdmin(serverUrl, `drop database if exists ${name} with (force)`);
  });
  const system: ActorReference = { kind: 'system', id: null, label: 'test' };
  return { ...db, url: url.href, clock, write: (work, actor = system) => inTransaction(db, { actor, clock }, work) };
}

async function asAdmin(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
