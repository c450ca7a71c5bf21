import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { dropEventsBefore } from '../../platform/event-log.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { publish } from '../../platform/events.ts';
import type { AppContext, CliCommand } from '../../platform/module.ts';
import type { Schedule } from '../../platform/jobs.ts';
import { localDate } from '../../platform/clock.ts';
import { backup, readManifest } from './backup.ts';
import { eventsDropped } from './operations-events.ts';
import { compare, restore, type Comparison } from './restore.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const from = (path: string) => resolve(process.env['SEN_CALLED_FROM'] ?? '.', path);

function report(result: Comparison): number {
  say(`${result.tables} tables, ${result.rows} rows, ${result.files} files compared`);
  for (const difference of result.differences.slice(0, 50)) say(`✗ ${difference}`);
  say(
    result.differences.length === 0
      ? '✓ the same, row by row and file by file'
      : `✗ ${result.differences.length} differences`,
  );
  return result.differences.length === 0 ? 0 : 1;
}

export const operationsCommands: readonly CliCommand[] = [
  {
    name: 'backup',
    summary: 'Writes database and files into a folder, consistent, while the program runs',
    usage: 'sen backup [FOLDER]',
    async run({ config }, [folder]) {
      const target = from(folder ?? join('.sen', 'backups', new Date().toISOString().replaceAll(/[:.]/g, '-')));
      await mkdir(target, { recursive: true });
      const manifest = await backup(config.databaseUrl, config.filesFolder, target, say);
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      say(`✓ ${target}: ${manifest.tables.length} tables, ${rows} rows, ${manifest.files.length} files`);
      return 0;
    },
  },
  {
    name: 'restore',
    summary: 'Fills an empty database and files folder from a back-up, and compares row by row',
    usage: 'sen restore FOLDER',
    async run({ config }, [folder]) {
      if (!folder) return complain('Name the folder of the back-up: sen restore FOLDER');
      return attempt(async () =>
        report(await restore(config.databaseUrl, config.filesFolder, from(folder), resolve('db/migrations'), say)),
      );
    },
  },
  {
    name: 'backup compare',
    summary: 'Compares a back-up with this installation, row by row and file by file',
    usage: 'sen backup compare FOLDER',
    async run({ config }, [folder]) {
      if (!folder) return complain('Name the folder of the back-up: sen backup compare FOLDER');
      return attempt(async () => {
        const client = new pg.Client({ connectionString: config.databaseUrl, options: '-c timezone=Asia/Ho_Chi_Minh' });
        await client.connect();
        try {
          return report(await compare(client, config.filesFolder, await readManifest(from(folder))));
        } finally {
          await client.end();
        }
      });
    },
  },
];

function complain(line: string): number {
  process.stderr.write(`${line}\n`);
  return 1;
}

async function attempt(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error));
  }
}

/** Events are kept for ten years; level 3 asks for at least three months, the archives for more. */
const EVENTS_KEPT_YEARS = 10;

export const operationsSchedules: readonly Schedule[] = [
  {
    name: 'operations.forget-events',
    cron: '0 20 1 * *', // the 2nd of the month, 03:00 in Viet Nam
    run: ({ db, clock, requestId }) => forgetEvents({ db, clock }, requestId),
  },
];

/** Drops whole months of events that are past their retention, and records that it did. */
export async function forgetEvents({ db, clock }: Pick<AppContext, 'db' | 'clock'>, requestId: string): Promise<void> {
  const today = localDate(clock.now());
  const partitions = await dropEventsBefore(db, `${Number(today.slice(0, 4)) - EVENTS_KEPT_YEARS}${today.slice(4)}`);
  if (partitions.length === 0) return;
  await inTransaction(db, { actor: systemActor('operations'), clock, requestId }, async (tx) =>
    publish(tx, eventsDropped, { subject: { kind: 'event-log', id: 'retention' }, payload: { partitions } }),
  );
}
