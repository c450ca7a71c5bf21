#!/usr/bin/env node
// npx sen …: the operator's command line. Its output is the command's alone; what this file has to say goes to stderr.
import { ensureBuilt } from './build.mjs';
import { runChild } from './child.mjs';
import { archiveOption, dataFolder, givenUrl, openDatabase } from './database.mjs';
import { endWith, fault } from './fault.mjs';
import { progress } from './progress.mjs';
import { ensureInstalled, nodeProgram } from './setup.mjs';

async function main() {
  const args = process.argv.slice(2);
  if (args[0] === 'doctor') {
    const { doctor } = await import('./doctor.mjs');
    process.exitCode = await doctor();
    return;
  }
  if (args[0] === 'restore' && args.includes('--to')) {
    const { restoreTo } = await import('./restore-to.mjs');
    process.exitCode = await restoreTo(args.slice(1));
    return;
  }
  const tell = progress(3, { quiet: true });
  await ensureInstalled(tell);
  if (args[0] === 'sandbox') {
    const file = { identity: 'sandbox/identity-provider/main.ts' }[args[1] ?? ''];
    if (!file) throw new Error('Name the stand-in to start: npx sen sandbox identity');
    process.exitCode = await runChild(nodeProgram, [file, ...args.slice(2)], {});
    return;
  }
  await ensureBuilt(tell);
  if (args[0] === 'witness' || (args[0] === 'ledger' && ['verify', 'audit'].includes(args[1] ?? ''))) {
    const env = { SEN_CALLED_FROM: process.env['INIT_CWD'] ?? process.cwd() };
    process.exitCode = await runChild(nodeProgram, ['--enable-source-maps', 'dist/server/apart.js', ...args], { env });
    return;
  }
  const asksHelp = args.length === 0 || args[0] === 'help' || args.includes('--help');
  if (args[0] === 'database' && args[1] === 'programs') {
    const { fetchPrograms } = await import('./older-programs.mjs');
    await fetchPrograms(args[2]);
    return;
  }
  if (args[0] === 'database' && args[1] === 'upgrade' && !asksHelp) {
    if (givenUrl() !== undefined)
      throw fault('DATABASE_URL names a PostgreSQL of your own: upgrade it with its own tools (pg_upgrade).');
    const { upgradeCommand } = await import('./upgrade.mjs');
    process.exitCode = await upgradeCommand(args.slice(2), dataFolder());
    return;
  }
  const database = asksHelp
    ? undefined
    : await openDatabase({
        dir: dataFolder(),
        purpose: 'command',
        ...archiveOption(),
        log: (line) => process.stderr.write(`${line}\n`),
      });
  try {
    const env = {
      SEN_CALLED_FROM: process.env['INIT_CWD'] ?? process.cwd(),
      ...(database === undefined ? {} : { DATABASE_URL: database.url }),
      ...(database?.data === undefined ? {} : { SEN_EMBEDDED: database.data }),
    };
    process.exitCode = await runChild(nodeProgram, ['--enable-source-maps', 'dist/server/cli.js', ...args], { env });
  } finally {
    await database?.stop();
  }
}

main().catch(endWith);
