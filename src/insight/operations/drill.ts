import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { blobPath, listStoredDigests } from '../../foundation/files/index.ts';
import { readerOver } from '../../platform/database.ts';
import type { AppContext } from '../../platform/module.ts';
import { baseFolder, dailyFolder, isBackupName, keptFiles, sizeOf } from './backup-folder.ts';
import { backupTables, countOf } from './backup-tables.ts';
import { filesOf, readManifest } from './backup.ts';
import type { RunFacts } from './backup-run-queries.ts';
import { keepFiles } from './kept-files.ts';
import { restore } from './restore.ts';
import { demandBackups, recordRun } from './run-backup.ts';

type Base = Pick<AppContext, 'db' | 'clock' | 'config' | 'log'>;

interface Scratch {
  url: string;
  /** Moment of the last change that the archived log brought, by the server's words. */
  lastChange: string | null;
  close(): Promise<void>;
}

/** Starts a scratch server beside the back-ups, with low priority; it ends with this process at the latest. */
function openScratch(root: string, args: readonly string[]): Promise<Scratch> {
  const child = spawn(process.execPath, ['bin/scratch.mjs', join(root, 'drill'), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) setPriority(child.pid, 15);
  let said = '';
  let line = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', () =>
      failed(new Error(said.replaceAll(/[\n✗]/g, ' ').trim() || 'The scratch server did not start')),
    );
    child.stdout.on('data', (chunk: Buffer) => {
      line += chunk.toString();
      if (!line.includes('\n')) return;
      const facts = JSON.parse(line) as { url: string; lastChange: string | null };
      done({
        ...facts,
        async close() {
          child.stdin.end();
          await ended;
        },
      });
    });
  });
}

async function newest(folder: string, what: string): Promise<string> {
  const name = (await readdir(folder).catch(() => [])).filter(isBackupName).sort().at(-1);
  if (name === undefined) throw new Error(`There is no ${what} to try`);
  return name;
}

/**
 * Restores the newest daily back-up into a scratch server and compares every row and every file with its manifest, and its age
 * with the night. The product runs on meanwhile.
 */
export async function drillDaily(context: Base): Promise<RunFacts> {
  const root = demandBackups(context);
  const name = await newest(dailyFolder(root), 'daily back-up').catch(() => 'none');
  return recordRun(context, { kind: 'drill', name }, async () => {
    const folder = join(dailyFolder(root), await newest(dailyFolder(root), 'daily back-up'));
    const manifest = await readManifest(folder);
    const scratch = await openScratch(root, []);
    try {
      // The files are read where they lie: a second copy of them all is what the disk may not have room for.
      const found = await restore(scratch.url, filesOf(folder, manifest), folder, resolve('db/migrations'), () => {});
      if (found.differences.length > 0)
        throw new Error(`${found.differences.length} differences, the first: ${found.differences[0]}`);
      return { tables: found.tables, rows: found.rows, files: found.files };
    } finally {
      await scratch.close();
    }
  });
}

/** Recovers the newest base back-up and the whole log into a scratch server, reads every table and looks for every file. */
export async function drillBase(context: Base): Promise<RunFacts> {
  const root = demandBackups(context);
  const name = await newest(baseFolder(root), 'base back-up').catch(() => 'none');
  return recordRun(context, { kind: 'base-drill', name }, async () => {
    const scratch = await openScratch(root, [root]);
    try {
      // The log is ahead of the minute's copying of papers.
      await keepFiles(context.db.reader, context.config.filesFolder, root, new Date(Date.now() - 3_600_000));
      return {
        ...(await readEverything(scratch.url, keptFiles(root))),
        ...(scratch.lastChange ? { lastChange: scratch.lastChange } : {}),
      };
    } finally {
      await scratch.close();
    }
  });
}

async function readEverything(url: string, files: string): Promise<RunFacts> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=Asia/Ho_Chi_Minh' });
  await client.connect();
  try {
    const tables = await backupTables(client);
    let rows = 0;
    for (const table of tables) rows += (await client.query<{ n: number }>(countOf(table))).rows[0]?.n ?? 0;
    const stored = await listStoredDigests(readerOver(client));
    for (const { sha256, sizeBytes } of stored)
      if ((await sizeOf(blobPath(files, Buffer.from(sha256, 'hex')))) !== sizeBytes)
        throw new Error(`The file ${sha256} is not in the back-ups`);
    return { tables: tables.length, rows, files: stored.length };
  } finally {
    await client.end();
  }
}
