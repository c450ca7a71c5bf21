import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { primaryUrl } from '../../platform/database-hosts.ts';
import { to as copyTo } from 'pg-copy-streams';
import { copyBlob, listStoredDigests } from '../../foundation/files/index.ts';
import { readerOver } from '../../platform/database.ts';
import { appliedMigrations } from '../../platform/migrate.ts';
import { syncFile, writeWhole } from './backup-folder.ts';
import { backupTables, copyOut, type BackupTable } from './backup-tables.ts';

export interface BackupManifest {
  format: 1;
  createdAt: string;
  migrations: string[];
  /** Partitions with their bounds, made again before the rows come. */
  partitions: { name: string; parent: string; bound: string }[];
  tables: { name: string; columns: string[]; rows: number; sha256: string }[];
  sequences: { name: string; value: string }[];
  files: { sha256: string; sizeBytes: number }[];
  /** `shared`: the files lie in `../../files`, once for all automatic back-ups. */
  filesIn?: 'shared';
}

export type Progress = (line: string) => void;

/** Counts lines and hashes what passes: COPY text has one line a row. */
export function measure(): { stream: Transform; result(): { rows: number; sha256: string } } {
  const hash = createHash('sha256');
  let rows = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      for (const byte of chunk) if (byte === 10) rows++;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ rows, sha256: hash.digest('hex') }) };
}

/** Where a back-up's files lie: in its own folder, or in the one that the automatic back-ups share. */
export const filesOf = (folder: string, manifest: BackupManifest): string =>
  join(folder, manifest.filesIn === 'shared' ? '../../files' : 'files');

/**
 * Writes a back-up into `folder`: every table from one snapshot, then every file that the snapshot names. Needs nothing
 * but a connection, so it works the same against the embedded server and against a cluster. The manifest is written last:
 * a folder without one is no back-up. Files already in the folder (an earlier back-up) are not copied again.
 */
export async function backup(
  connectionString: string,
  filesFolder: string,
  folder: string,
  progress: Progress,
  options: { sharesFiles?: boolean } = {},
): Promise<BackupManifest> {
  const client = new pg.Client({
    connectionString: await primaryUrl(connectionString),
    options: '-c timezone=Asia/Ho_Chi_Minh',
  });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await mkdir(join(folder, 'db'), { recursive: true });
    const tables: BackupManifest['tables'] = [];
    for (const table of await backupTables(client)) {
      const written = await writeTable(client, table, join(folder, 'db', `${table.name}.copy.gz`));
      tables.push({ name: table.name, columns: table.columns, ...written });
      if (written.rows > 0) progress(`${table.name}: ${written.rows}`);
    }
    const migrations = [...(await appliedMigrations(client))].sort();
    const partitions = await listPartitions(client);
    const { rows: sequences } = await client.query<{ name: string; value: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, coalesce(last_value, start_value - increment_by)::text as value
       from pg_sequences where schemaname not like 'pg\\_%' order by 1`,
    );
    const files = await listStoredDigests(readerOver(client));
    await client.query('commit');
    const manifest: BackupManifest = {
      format: 1,
      createdAt: new Date().toISOString(),
      migrations,
      partitions,
      tables,
      sequences,
      files,
      ...(options.sharesFiles ? { filesIn: 'shared' } : {}),
    };
    let copied = 0;
    for (const file of files) {
      await copyBlob(filesFolder, filesOf(folder, manifest), Buffer.from(file.sha256, 'hex'));
      if (++copied % 1_000 === 0) progress(`files: ${copied} / ${files.length}`);
    }
    await writeManifest(folder, manifest);
    return manifest;
  } finally {
    await client.end();
  }
}

/** Partitions with their bounds. */
export async function listPartitions(client: pg.ClientBase): Promise<BackupManifest['partitions']> {
  const { rows } = await client.query<BackupManifest['partitions'][number]>(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name, quote_ident(pn.nspname) || '.' || quote_ident(p.relname) as parent, pg_get_expr(c.relpartbound, c.oid) as bound
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
     where c.relispartition and c.relkind = 'r' and n.nspname not like 'pg\\_%' order by 1`,
  );
  return rows;
}

async function writeTable(client: pg.Client, table: BackupTable, path: string) {
  const measured = measure();
  await pipeline(
    client.query(copyTo(copyOut(table))),
    measured.stream,
    createGzip({ level: 5 }),
    createWriteStream(path),
  );
  await syncFile(path);
  return measured.result();
}

const writeManifest = (folder: string, manifest: BackupManifest): Promise<void> =>
  writeWhole(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);

/** @throws Error in one sentence when the folder holds no complete back-up of a known format */
export async function readManifest(folder: string): Promise<BackupManifest> {
  let manifest: BackupManifest;
  try {
    manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as BackupManifest;
  } catch {
    throw new Error(`${folder} holds no complete back-up: its manifest.json is missing or not readable`);
  }
  if (manifest.format !== 1)
    throw new Error(`${folder} was written by a newer Sen (format ${String(manifest.format)})`);
  return manifest;
}
