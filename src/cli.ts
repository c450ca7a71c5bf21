import { resolve } from 'node:path';
import { openStores } from './foundation/files/index.ts';
import { modules } from './modules.ts';
import { ConfigError, readConfig } from './platform/config.ts';
import { systemClock } from './platform/clock.ts';
import { openDatabase } from './platform/database.ts';
import { createLogger } from './platform/log.ts';
import { migrate, MigrationError } from './platform/migrate.ts';
import type { CliCommand } from './platform/module.ts';
import { demoAccounts } from './wiring.ts';

const commands: CliCommand[] = [
  {
    name: 'migrate',
    summary: 'Brings the database to the newest schema',
    usage: 'sen migrate',
    async run({ config }) {
      const applied = await migrate(config.databaseUrl, resolve('db/migrations'));
      process.stdout.write(applied.length > 0 ? `${applied.join('\n')}\n` : 'The schema is up to date\n');
      return 0;
    },
  },
  {
    name: 'demo accounts',
    summary: 'Lists the demonstration accounts',
    usage: 'sen demo accounts [--json]',
    async run(_context, args) {
      const accounts = demoAccounts();
      const lines = accounts.map(
        (a) => `${a.role.padEnd(15)} ${a.login.padEnd(16)} ${a.password.padEnd(18)} ${a.name}`,
      );
      process.stdout.write(
        args.includes('--json') ? `${JSON.stringify(accounts, null, 2)}\n` : `${lines.join('\n')}\n`,
      );
      return 0;
    },
  },
  ...modules.flatMap((module) => module.commands ?? []),
];

function help(): void {
  const lines = [...commands]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((command) => `  ${command.usage.padEnd(58)} ${command.summary}`);
  process.stdout.write(
    `Usage:\n${lines.join('\n')}\n  ${'sen database programs 15|16|17'.padEnd(58)} Fetches the programs of an older PostgreSQL\n  ${'sen database upgrade [--undo]'.padEnd(58)} Moves the embedded database to the PostgreSQL of this version, while the site runs\n  ${'sen ledger audit FILE --key KEY'.padEnd(58)} Checks a month of the record, without the database\n  ${'sen ledger verify FILE|CODE --key KEY'.padEnd(58)} Says what a proof shows, without the database\n  ${'sen witness --log KEY'.padEnd(58)} Runs a witness of ledgers\n  ${'sen doctor'.padEnd(58)} Says what is wrong with this installation\n`,
  );
}

async function run(args: readonly string[]): Promise<number> {
  const line = args.join(' ');
  const command = commands
    .filter((c) => line === c.name || line.startsWith(`${c.name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!command || args.includes('--help')) {
    if (command) process.stdout.write(`${command.summary}\n\n  ${command.usage}\n`);
    else help();
    return command || args.length === 0 || args[0] === 'help' || args[0] === '--help' ? 0 : 1;
  }
  const config = readConfig();
  openStores(config);
  const db = openDatabase(config.databaseUrl, { applicationName: 'sen-cli' });
  try {
    const rest = args.slice(command.name.split(' ').length);
    return await command.run({ db, config, clock: systemClock, log: createLogger('warn') }, rest);
  } finally {
    await db.close();
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
}

/** One sentence for what an operator can mend; everything else with its stack. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  if (code === '42P01' || code === '3F000')
    return 'The database has not the tables of this version yet: run `npx sen migrate` first, or start the program once.';
  return error instanceof ConfigError || error instanceof MigrationError
    ? error.message
    : (error.stack ?? error.message);
}
