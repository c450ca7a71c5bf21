import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { primaryUrl } from '../../platform/database-hosts.ts';
import type { CliCommand } from '../../platform/module.ts';
import { keptFiles } from './backup-folder.ts';
import { backup, readManifest } from './backup.ts';
import { bringFiles } from './kept-files.ts';
import { attempt, complain, from, isOption, say } from './command-line.ts';
import { compare, restore, type Comparison } from './restore.ts';
import { demandBackups, runBase, runDaily } from './run-backup.ts';
import { pruneBackups } from './retention.ts';

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

export const backupCommands: readonly CliCommand[] = [
  {
    name: 'backup',
    summary: 'Writes database and files into a folder, consistent, while the program runs',
    usage: 'sen backup [FOLDER]',
    run(context, [folder, ...rest]) {
      const { config } = context;
      if (folder === '--base') return attempt(() => takeBase(context));
      if (folder === '--daily') return attempt(() => takeDaily(context));
      if (isOption(folder) || rest.length > 0)
        return Promise.resolve(complain(`Unknown: ${[folder, ...rest].join(' ')}. See sen backup --help`));
      return attempt(async () => {
        const target = from(folder ?? join('.sen', 'backups', new Date().toISOString().replaceAll(/[:.]/g, '-')));
        await mkdir(target, { recursive: true });
        const manifest = await backup(config.databaseUrl, config.filesFolder, target, say);
        const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
        say(`✓ ${target}: ${manifest.tables.length} tables, ${rows} rows, ${manifest.files.length} files`);
        return 0;
      });
    },
  },
  {
    name: 'backup prune',
    summary: 'Removes what no restore within SEN_BACKUP_DAYS needs (done every night too)',
    usage: 'sen backup prune',
    run: (context) =>
      attempt(async () => {
        const { db, config } = context;
        const gone = await pruneBackups(db.reader, demandBackups(context), config.backupDays, new Date());
        say(`✓ removed: ${gone.daily} daily, ${gone.base} base, ${gone.segments} log segments, ${gone.files} files`);
        return 0;
      }),
  },
  {
    name: 'restore',
    summary: 'Fills an empty database and files folder from a back-up, and compares row by row',
    usage: "sen restore FOLDER | --to 'TIME'|latest [--from FOLDER]",
    async run({ config }, [folder]) {
      if (!folder || isOption(folder)) return complain('Name the folder of the back-up: sen restore FOLDER');
      return attempt(async () =>
        report(await restore(config.databaseUrl, config.filesFolder, from(folder), resolve('db/migrations'), say)),
      );
    },
  },
  {
    name: 'restore files',
    summary:
      'Brings back the files that the database names and that are missing or damaged, from SEN_BACKUPS or a folder',
    usage: 'sen restore files [FOLDER]',
    run: (context, [folder]) =>
      attempt(async () => {
        const root = folder ? from(folder) : demandBackups(context);
        const found = await bringFiles(context.db.reader, context.config.filesFolder, keptFiles(root));
        for (const sha256 of found.missing.slice(0, 50)) say(`✗ file ${sha256} is in no place whole`);
        say(
          `${found.missing.length === 0 ? '✓' : '✗'} ${found.named} files named, ${found.brought} brought back, ${found.missing.length} missing`,
        );
        return found.missing.length === 0 ? 0 : 1;
      }),
  },
  {
    name: 'backup compare',
    summary: 'Compares a back-up with this installation, row by row and file by file',
    usage: 'sen backup compare FOLDER',
    async run({ config }, [folder]) {
      if (!folder) return complain('Name the folder of the back-up: sen backup compare FOLDER');
      return attempt(async () => {
        const client = new pg.Client({
          connectionString: await primaryUrl(config.databaseUrl),
          options: '-c timezone=Asia/Ho_Chi_Minh',
        });
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

type Context = Parameters<CliCommand['run']>[0];

async function takeBase(context: Context): Promise<number> {
  const facts = await runBase(context);
  say(
    `✓ base back-up ${facts['base']}, ${(Number(facts['bytes']) / 1e6).toFixed(1)} MB; restores reach from ${facts['from']} on`,
  );
  return 0;
}

async function takeDaily(context: Context): Promise<number> {
  const facts = await runDaily(context, say);
  say(`✓ daily back-up: ${facts['tables']} tables, ${facts['rows']} rows, ${facts['files']} files`);
  return 0;
}
