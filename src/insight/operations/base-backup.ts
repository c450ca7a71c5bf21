import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { backupName, baseFolder, isBackupName, syncFile, writeWhole } from './backup-folder.ts';
import { findArchiver } from './backup-run-queries.ts';
import { readerOver } from '../../platform/database.ts';
import { segmentOf } from './wal-names.ts';

/** What a physical copy is, as `base.json` says it. A folder without that file is no base back-up. */
export interface BaseBackup {
  format: 1;
  id: string;
  /** Restores reach from here on: the moment after the copy ended, by the server's clock. */
  endedAt: string;
  systemIdentifier: string;
  serverVersion: number;
  timeline: number;
  startLsn: string;
  endLsn: string;
  /** First segment of the log that a restore needs. */
  startSegment: string;
  sizeBytes: number;
  sha256: string;
}

const ARCHIVE_PATIENCE_MS = 180_000;

/**
 * Copies the running server's data folder through the replication protocol (BASE_BACKUP), compressed and with the server's
 * own manifest of checksums, into `ROOT/base/ID`; then waits until the log that belongs to it is archived.
 * @throws Error in one sentence: no right to replicate, no archiving, archiving that fails
 */
export async function takeBaseBackup(connectionString: string, root: string, now: Date): Promise<BaseBackup> {
  const id = backupName(now);
  const folder = join(baseFolder(root), id);
  const unfinished = `${folder}.part`;
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const reader = readerOver(client);
    const before = await findArchiver(reader);
    if (!before?.isOn)
      throw new Error(
        'The log of this server is not archived continuously (archive_mode is off): start the embedded server with SEN_BACKUPS, or use pgBackRest or Barman with a server of your own',
      );
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    const taken = await receive(connectionString, unfinished);
    const { rows } = await client.query<{ now: Date; version: number }>(
      `select clock_timestamp() as now, current_setting('server_version_num')::int as version`,
    );
    await waitForArchive(client, segmentOf(taken.timeline, taken.endLsn, -1n));
    const base: BaseBackup = {
      format: 1,
      id,
      endedAt: rows[0]?.now.toISOString() ?? '',
      serverVersion: rows[0]?.version ?? 0,
      ...taken,
      startSegment: segmentOf(taken.timeline, taken.startLsn),
    };
    await rename(unfinished, folder);
    await writeWhole(join(folder, 'base.json'), `${JSON.stringify(base, null, 1)}\n`);
    return base;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await client.end();
  }
}

async function receive(connectionString: string, folder: string) {
  const client = new pg.Client({ connectionString, replication: 'true' } as pg.ClientConfig);
  try {
    await client.connect();
  } catch (error) {
    throw new Error(
      `The server does not let this user copy it (${error instanceof Error ? error.message : String(error)}): the user needs the right REPLICATION and a line "replication" in pg_hba.conf`,
      { cause: error },
    );
  }
  try {
    const { rows } = await client.query<{ systemid: string }>('IDENTIFY_SYSTEM');
    const hash = createHash('sha256');
    let sizeBytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        done(null, chunk);
      },
    });
    const archive = join(folder, 'base.tar.gz');
    const manifest = createWriteStream(join(folder, 'backup_manifest'), { mode: 0o600 });
    const written = pipeline(measure, createWriteStream(archive, { mode: 0o600 }));
    const command = `BASE_BACKUP (LABEL 'sen', CHECKPOINT 'fast', WAIT false, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256', COMPRESSION 'gzip', COMPRESSION_DETAIL 'level=1')`;
    try {
      const [from, to] = await copyBoth(client, command, { archive: measure, manifest });
      measure.end();
      manifest.end();
      await Promise.all([written, finished(manifest)]);
      for (const path of [archive, join(folder, 'backup_manifest')]) await syncFile(path);
      return {
        systemIdentifier: String(rows[0]?.systemid),
        timeline: Number(from?.[1]),
        startLsn: String(from?.[0]),
        endLsn: String(to?.[0]),
        sizeBytes,
        sha256: hash.digest('hex'),
      };
    } catch (error) {
      measure.destroy();
      manifest.destroy();
      await written.catch(() => {});
      throw error;
    }
  } finally {
    await client.end();
  }
}

interface Connection {
  query(text: string): void;
  stream: { pause(): void; resume(): void };
}

/**
 * Runs BASE_BACKUP: result sets before and after, between them one stream whose chunks say by their first byte what they are
 * (n: a new archive, m: the manifest begins, d: data, p: progress). Resolves to the first and the last row: start and end.
 */
function copyBoth(
  client: pg.Client,
  command: string,
  into: { archive: Writable; manifest: Writable },
): Promise<[string[] | undefined, string[] | undefined]> {
  return new Promise((done, failed) => {
    const rows: string[][] = [];
    let target = into.archive;
    let failure: Error | null = null;
    for (const stream of [into.archive, into.manifest]) stream.once('error', (error) => (failure ??= error));
    const submittable = {
      submit(connection: Connection) {
        connection.query(command);
        return null;
      },
      handleRowDescription() {},
      handleDataRow(message: { fields: (string | null)[] }) {
        rows.push(message.fields.map(String));
      },
      handleCopyData({ chunk }: { chunk: Buffer }, connection: Connection) {
        const kind = chunk[0];
        if (kind === 109) target = into.manifest;
        if (kind !== 100 || failure) return;
        if (target.write(Buffer.from(chunk.subarray(1)))) return;
        connection.stream.pause();
        const go = () => connection.stream.resume();
        target.once('drain', go);
        target.once('close', go);
      },
      handleCommandComplete() {},
      handleEmptyQuery() {},
      handlePortalSuspended() {},
      handleError(error: Error) {
        failed(error);
      },
      handleReadyForQuery() {
        if (failure) failed(failure);
        else done([rows[0], rows.at(-1)]);
      },
    };
    client.query(submittable as never);
  });
}

async function waitForArchive(client: pg.Client, segment: string): Promise<void> {
  const reader = readerOver(client);
  const until = Date.now() + ARCHIVE_PATIENCE_MS;
  for (;;) {
    const state = await findArchiver(reader);
    if (state?.lastSegment && state.lastSegment.slice(0, 24) >= segment) return;
    if (Date.now() > until)
      throw new Error(
        `The log is not archived (waiting for ${segment}, ${state?.failures ?? 0} attempts failed): see the server's log and the folder wal of SEN_BACKUPS`,
      );
    await sleep(250);
  }
}

/** The complete base back-ups in a folder, oldest first. */
export async function listBases(root: string): Promise<BaseBackup[]> {
  const names = (await readdir(baseFolder(root)).catch(() => [])).filter(isBackupName).sort();
  const bases: BaseBackup[] = [];
  for (const name of names) {
    try {
      bases.push(JSON.parse(await readFile(join(baseFolder(root), name, 'base.json'), 'utf8')) as BaseBackup);
    } catch {
      // not complete
    }
  }
  return bases;
}
