import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../bin/postgres.mjs';
import { migrate } from '../platform/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    serverUrl: string;
    templateName: string;
  }
}

const MIGRATIONS = resolve('db/migrations');

function migrationsDigest(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(MIGRATIONS).sort()) hash.update(name).update(readFileSync(join(MIGRATIONS, name)));
  return hash.digest('hex').slice(0, 12);
}

/** Starts the test server (or uses SEN_TEST_DATABASE_URL) and builds one migrated template per state of the migrations. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['SEN_TEST_DATABASE_URL'];
  const server = given ? null : await startPostgres({ dir: '.sen/test-data', purpose: 'test' });
  const serverUrl = given ?? server?.url ?? '';
  const templateName = `sen_template_${migrationsDigest()}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(7364310)');
    const { rows } = await admin.query('select datistemplate from pg_database where datname = $1', [templateName]);
    if (!rows[0]?.datistemplate) {
      await admin.query(`drop database if exists ${templateName} with (force)`);
      await admin.query(`create database ${templateName}`);
      await migrate(urlFor(serverUrl, templateName), MIGRATIONS);
      await admin.query(`alter database ${templateName} is_template true`);
    }
    await dropLeftovers(admin, templateName);
  } finally {
    await admin.end();
  }
  project.provide('serverUrl', serverUrl);
  project.provide('templateName', templateName);
  return async () => server?.stop();
}

/** Databases that earlier runs left: older templates, and clones that nobody is connected to. */
async function dropLeftovers(admin: pg.Client, templateName: string): Promise<void> {
  const { rows } = await admin.query<{ datname: string; datistemplate: boolean }>(
    `select datname, datistemplate from pg_database d
     where datname like 'sen\\_t%' and datname <> $1
       and not exists (select from pg_stat_activity a where a.datname = d.datname)
       and (datistemplate or not (datname like 'sen\\_t\\_' || to_char(now() at time zone 'Asia/Ho_Chi_Minh', 'YYYYMMDDHH24') || '%'
         or datname like 'sen\\_t\\_' || to_char(now() at time zone 'Asia/Ho_Chi_Minh' - interval '1 hour', 'YYYYMMDDHH24') || '%'))`,
    [templateName],
  );
  for (const { datname, datistemplate } of rows.slice(0, 200)) {
    if (datistemplate) await admin.query(`alter database ${datname} is_template false`);
    await admin.query(`drop database if exists ${datname}`).catch(() => {});
  }
}

function urlFor(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
