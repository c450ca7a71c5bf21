import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { loadDemo } from '../demo.ts';
import { modules } from '../modules.ts';
import { settableClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { createLogger } from '../platform/log.ts';

/** The moment at which the demonstration's pages are looked at: a Monday morning in working hours. */
export const DEMO_NOW = '2026-11-23T09:00:00+07:00';

/** What decides how the demonstration looks: migrations, the province, and the code that loads it. */
function digest(): string {
  const hash = createHash('sha256').update(DEMO_NOW);
  const code =
    'src/insight/demo/*.ts,src/services/dossiers/{past-life,bulk-queries,procedure-terms}.ts,src/foundation/*/{demo,load}*.ts,src/foundation/search/*.ts,src/services/procedures/{load,index,publish,manage}*.ts,src/modules.ts';
  const files = ['db/migrations/*.sql', 'province/**/*.json', ...code.split(/,(?![^{]*})/)].flatMap((pattern) =>
    globSync(pattern),
  );
  for (const file of files.filter((name) => !name.includes('.test.')).sort())
    hash.update(file).update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

/** A database template with the whole demonstration loaded, and the folder of its files: made once per state of the code, kept between runs. */
export async function demoTemplate(): Promise<{ template: string; files: string }> {
  const serverUrl = inject('serverUrl');
  const template = `sen_demo_${digest()}`;
  const files = resolve('.sen', `${template}-files`);
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(7364311)');
    const { rows } = await admin.query<{ datistemplate: boolean }>(
      'select datistemplate from pg_database where datname = $1',
      [template],
    );
    if (rows[0]?.datistemplate && existsSync(files)) return { template, files };
    if (rows[0]) await admin.query(`alter database ${template} is_template false`);
    await dropOthers(admin, template);
    await admin.query(`create database ${template} template ${inject('templateName')} strategy file_copy`);
    await load(urlOf(serverUrl, template), files);
    await admin.query(`alter database ${template} is_template true`);
    return { template, files };
  } finally {
    await admin.end();
  }
}

/** Templates of earlier states of the code, and this one if it is half made. */
async function dropOthers(admin: pg.Client, template: string): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    String.raw`select datname from pg_database d where datname like 'sen\_demo\_%' and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
  );
  for (const { datname } of rows) {
    await admin.query(`alter database ${datname} is_template false`);
    await admin.query(`drop database if exists ${datname}`);
    if (datname !== template) rmSync(resolve('.sen', `${datname}-files`), { recursive: true, force: true });
  }
}

async function load(url: string, files: string): Promise<void> {
  const fresh = `${files}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const config = readConfig({
    SEN_MODE: 'demo',
    DATABASE_URL: url,
    SEN_FILES: fresh,
    SEN_METRICS_PORT: 'off',
    SEN_NOW: DEMO_NOW,
    ...(process.env['SEN_PROVINCE'] ? { SEN_PROVINCE: process.env['SEN_PROVINCE'] } : {}),
  });
  const db = openDatabase(url, { max: 4, applicationName: 'sen-demo-template' });
  try {
    const context = { db, config, clock: settableClock(DEMO_NOW), log: createLogger('silent') };
    await db.reader.raw('select platform.ensure_event_partitions(($1::date - 400), 16)', [context.clock.now()]);
    await loadDemo(context, modules);
    for (const module of modules) await module.start?.(context);
    rmSync(files, { recursive: true, force: true });
    renameSync(fresh, files);
  } finally {
    await db.close();
  }
}

/** A copy of the demonstration's files for one test, in a folder of its own. */
export function copyOfFiles(files: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sen-demo-files-'));
  cpSync(files, folder, { recursive: true });
  return folder;
}

const urlOf = (serverUrl: string, database: string): string => {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
};
