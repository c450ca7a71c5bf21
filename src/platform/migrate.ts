import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { runMigrations } from 'graphile-worker';
import { primaryUrl } from './database-hosts.ts';

const LOCK = 7_364_301; // one migrating process at a time
const NAME = /^\d{14}_[a-z]+__[a-z0-9_]+\.sql$/;

export class MigrationError extends Error {
  override name = 'MigrationError';
}

/** File names of all migrations in order. @throws MigrationError when a name does not follow the rule */
export function migrationFiles(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  for (const file of files)
    if (!NAME.test(file)) throw new MigrationError(`${file}: name migrations YYYYMMDDHHMMSS_module__change.sql`);
  return files.sort();
}

/** Names of the migrations this database has run. */
export async function appliedMigrations(client: pg.ClientBase): Promise<Set<string>> {
  const { rows } = await client.query<{ exists: boolean }>(
    `select to_regclass('public.migration') is not null as exists`,
  );
  if (!rows[0]?.exists) return new Set();
  const applied = await client.query<{ name: string }>('select name from public.migration');
  return new Set(applied.rows.map((row) => row.name));
}

/**
 * Brings the database to the newest schema: the job tables first, then each file in a transaction of its own, under a
 * lock. Returns what ran. A file that fails leaves nothing of itself behind.
 * @throws MigrationError with the file's name and PostgreSQL's reason
 */
export async function migrate(databaseUrl: string, folder: string): Promise<string[]> {
  const connectionString = await primaryUrl(databaseUrl);
  const client = new pg.Client({ connectionString, options: '-c timezone=Asia/Ho_Chi_Minh' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists public.migration (name text constraint migration_pkey primary key, applied_at timestamptz not null default now())',
    );
    const done = await appliedMigrations(client);
    const pending = migrationFiles(folder).filter((name) => !done.has(name));
    if (pending.length > 0 || done.size === 0) await runMigrations({ connectionString });
    for (const file of pending) await applyOne(client, folder, file);
    return pending;
  } finally {
    await client.end();
  }
}

async function applyOne(client: pg.Client, folder: string, file: string): Promise<void> {
  try {
    await client.query('begin');
    await client.query(readFileSync(join(folder, file), 'utf8'));
    await client.query('insert into public.migration (name) values ($1)', [file]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new MigrationError(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
