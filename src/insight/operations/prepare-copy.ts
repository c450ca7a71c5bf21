import { resolve } from 'node:path';
import pg from 'pg';
import { appliedMigrations } from '../../platform/migrate.ts';
import type { CliCommand } from '../../platform/module.ts';
import { everyTable } from './backup-tables.ts';
import { listPartitions } from './backup.ts';
import { attempt, complain } from './command-line.ts';
import { makePartitions, migrateTo } from './restore.ts';

/** Makes the tables of one database in another that is empty: the same migrations and partitions, no rows. */
export async function prepareCopy(from: string, to: string, migrationsFolder: string): Promise<void> {
  const source = new pg.Client({ connectionString: from });
  const target = new pg.Client({ connectionString: to });
  await source.connect();
  try {
    const migrations = [...(await appliedMigrations(source))].sort();
    await migrateTo(to, migrationsFolder, migrations);
    await target.connect();
    await makePartitions(target, await listPartitions(source));
    const tables = await everyTable(target);
    if (tables.length > 0) await target.query(`truncate ${tables.join(', ')} cascade`);
  } finally {
    await source.end();
    await target.end();
  }
}

export const prepareCopyCommand: CliCommand = {
  name: 'database prepare-copy',
  summary: 'Makes the tables of this database in the empty one that SEN_COPY_URL names (a step of database upgrade)',
  usage: 'sen database prepare-copy',
  run({ config }) {
    const to = process.env['SEN_COPY_URL'];
    if (!to) return Promise.resolve(complain('SEN_COPY_URL names no database'));
    return attempt(async () => {
      await prepareCopy(config.databaseUrl, to, resolve('db/migrations'));
      return 0;
    });
  },
};
