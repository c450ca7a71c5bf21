import { createReadStream } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { primaryUrl } from '../../platform/database-hosts.ts';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { checkBlob, copyBlob } from '../../foundation/files/index.ts';
import { continueEventOrder } from '../../platform/event-log.ts';
import { migrate, migrationFiles } from '../../platform/migrate.ts';
import { backupTables, copyIn, copyOut, type BackupTable } from './backup-tables.ts';
import { filesOf, measure, readManifest, type BackupManifest, type Progress } from './backup.ts';

/** What a comparison found: nothing in `differences` means the same, row by row and byte by byte. */
export interface Comparison {
  tables: number;
  rows: number;
  files: number;
  differences: string[];
}

/**
 * Fills an empty database and an empty store of files (the folder, or the bucket of this process) from a back-up: the schema of the back-up's day, every table in one
 * transaction, the sequences, the files; then compares all of it with the manifest; then brings the schema up to date.
 * @throws Error in one sentence when the database is not empty or a migration of the back-up is unknown here
 */
export async function restore(
  connectionString: string,
  filesFolder: string,
  folder: string,
  migrationsFolder: string,
  progress: Progress,
): Promise<Comparison> {
  const manifest = await readManifest(folder);
  const known = new Set(migrationFiles(migrationsFolder));
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new Error(`The back-up is of a newer Sen: it has the migration ${unknown[0]}, which this one does not know`);
  await demandEmpty(connectionString);
  await migrateTo(connectionString, migrationsFolder, manifest.migrations);
  const client = new pg.Client({
    connectionString: await primaryUrl(connectionString),
    options: '-c timezone=Asia/Ho_Chi_Minh',
  });
  await client.connect();
  try {
    await client.query('begin');
    await quietTriggers(client);
    await makePartitions(client, manifest.partitions);
    const tables = await backupTables(client);
    for (const table of [...tables].reverse()) await client.query(`delete from ${table.name}`);
    for (const table of tables) await fillTable(client, table, manifest, folder, progress);
    for (const { name, value } of manifest.sequences)
      await client.query('select setval($1::regclass, greatest($2::bigint, 1), $2::bigint >= 1)', [name, value]);
    await client.query('commit');
    await client.query('analyze');
    for (const { sha256 } of manifest.files)
      await copyBlob(filesOf(folder, manifest), filesFolder, Buffer.from(sha256, 'hex'));
    const comparison = await compare(client, filesFolder, manifest);
    await migrate(connectionString, migrationsFolder);
    await continueEventOrder(client);
    return comparison;
  } finally {
    await client.end();
  }
}

async function demandEmpty(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString: await primaryUrl(connectionString) });
  await client.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      `select to_regclass('public.migration') is not null as taken`,
    );
    if (rows[0]?.taken)
      throw new Error('The database is not empty: restore into a new one, so that nothing is overwritten');
  } finally {
    await client.end();
  }
}

/** Makes the schema of a day: exactly these migrations. */
export async function migrateTo(
  connectionString: string,
  migrationsFolder: string,
  names: readonly string[],
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sen-restore-'));
  try {
    for (const name of names) await cp(join(migrationsFolder, name), join(folder, name));
    await migrate(connectionString, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Triggers already did their work when the rows were first written. Only a superuser may silence them; others need no silence unless a module has triggers. */
async function quietTriggers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ can: boolean }>(
    `select rolsuper as can from pg_roles where rolname = current_user`,
  );
  if (rows[0]?.can) await client.query('set local session_replication_role = replica');
}

/** Names and bounds come from a manifest that may have been tampered with: only the shapes that PostgreSQL itself prints are used. */
export async function makePartitions(client: pg.Client, partitions: BackupManifest['partitions']): Promise<void> {
  for (const { name, parent, bound } of partitions) {
    if (![name, parent].every((n) => /^[a-z_]+\.[a-z0-9_]+$/.test(n)) || !/^(DEFAULT|FOR VALUES [^;]*)$/.test(bound))
      throw new Error(`The manifest names a partition that cannot be: ${name}`);
    const { rows } = await client.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [name]);
    if (!rows[0]?.exists) await client.query(`create table ${name} partition of ${parent} ${bound}`);
  }
}

async function fillTable(
  client: pg.Client,
  table: BackupTable,
  manifest: BackupManifest,
  folder: string,
  progress: Progress,
): Promise<void> {
  const entry = manifest.tables.find((t) => t.name === table.name);
  if (!entry || entry.rows === 0) return;
  const measured = measure();
  const source = createReadStream(join(folder, 'db', `${table.name}.copy.gz`));
  await pipeline(
    source,
    createGunzip(),
    measured.stream,
    client.query(copyFrom(copyIn({ ...table, columns: entry.columns }))),
  );
  const { sha256 } = measured.result();
  if (sha256 !== entry.sha256) throw new Error(`The back-up of ${table.name} is damaged: nothing was restored`);
  progress(`${table.name}: ${entry.rows}`);
}

/** Reads every table and file again and holds it to the manifest. */
export async function compare(client: pg.Client, filesFolder: string, manifest: BackupManifest): Promise<Comparison> {
  const differences: string[] = [];
  const tables = new Map((await backupTables(client)).map((table) => [table.name, table]));
  let rows = 0;
  for (const entry of manifest.tables) {
    const table = tables.get(entry.name);
    if (!table) {
      differences.push(`${entry.name} is missing`);
      continue;
    }
    const measured = measure();
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    await pipeline(client.query(copyTo(copyOut({ ...table, columns: entry.columns }))), measured.stream, nowhere);
    const found = measured.result();
    rows += found.rows;
    if (found.sha256 !== entry.sha256)
      differences.push(`${entry.name}: ${entry.rows} rows in the back-up, ${found.rows} here, content differs`);
  }
  for (const { sha256, sizeBytes } of manifest.files) {
    if ((await checkBlob(filesFolder, Buffer.from(sha256, 'hex'), sizeBytes)) !== 'good')
      differences.push(`file ${sha256} is missing or differs`);
  }
  return { tables: manifest.tables.length, rows, files: manifest.files.length, differences };
}
