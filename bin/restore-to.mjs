// npx sen restore --to 'TIME': the embedded database and its files as they were at a moment.
import { resolve } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { runChild } from './child.mjs';
import { archiveOption, backupsFolder, dataFolder, givenUrl } from './database.mjs';
import { fault } from './fault.mjs';
import { readMoment, recoverPostgres } from './postgres-recover.mjs';
import { startPostgres } from './postgres.mjs';
import { progress } from './progress.mjs';
import { ensureInstalled, nodeProgram } from './setup.mjs';

/** @param {readonly string[]} args what follows `restore` @returns {Promise<number>} the exit code */
export async function restoreTo(args) {
  const at = args.indexOf('--to');
  const moment = readMoment(args[at + 1]);
  const from = args.indexOf('--from');
  const called = process.env['INIT_CWD'] ?? process.cwd();
  const backups = from >= 0 ? resolve(called, args[from + 1] ?? '') : backupsFolder();
  if (givenUrl() !== undefined)
    throw fault(
      'DATABASE_URL names a PostgreSQL of your own: restore it to a time with its own tool (pgBackRest, Barman), then npx sen restore files FOLDER; see docs/guides/run-in-production.md.',
    );
  if (backups === undefined) throw fault('Name the folder of the back-ups: SEN_BACKUPS, or --from FOLDER.');
  const tell = progress(3, { quiet: true });
  await ensureInstalled(tell);
  await ensureBuilt(tell);
  const say = (line) => process.stderr.write(`${line}\n`);
  const done = await recoverPostgres({ dir: dataFolder(), backups, moment, log: say });
  say(
    `✓ The database is restored from the base ${done.base}; its last change is of ${done.lastChange ?? 'before it'}.`,
  );
  const server = await startPostgres({ dir: dataFolder(), purpose: 'command', ...archiveOption(), log: say });
  try {
    return await runChild(nodeProgram, ['--enable-source-maps', 'dist/server/cli.js', 'restore', 'files', backups], {
      env: { DATABASE_URL: server.url, SEN_EMBEDDED: server.data, SEN_CALLED_FROM: called },
    });
  } finally {
    await server.stop();
  }
}
