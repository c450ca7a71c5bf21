// What `npm run bench` and `npm run rig` share: run one script of a folder against a database of its own.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { fileThreads, runChild } from './child.mjs';
import { databaseNamed, openDatabase } from './database.mjs';
import { fault } from './fault.mjs';
import { progress } from './progress.mjs';
import { ensureInstalled, root } from './setup.mjs';

/** Names of the scripts in a folder: `NAME.ts`, tests and parts (`_name.ts`) left out. */
function scriptNames(folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const files = readdirSync(path).filter((name) => /^[a-z0-9][a-z0-9-]*\.ts$/.test(name));
  return files.map((name) => name.slice(0, -3)).sort();
}

const isResult = (line) => {
  if (!line.startsWith('{')) return false;
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
};

/**
 * Runs `FOLDER/NAME.ts ARGS` with DATABASE_URL set; its last JSON line is the last line printed.
 * `--fresh` among the arguments empties the script's database first.
 * @param {'bench' | 'rig'} folder
 * @returns {Promise<number>} the script's exit code
 */
export async function runScript(folder, [name, ...args]) {
  const names = scriptNames(folder);
  if (name === undefined) {
    console.log(
      `npm run ${folder} -- NAME [--fresh] [arguments]\n\n${names.map((known) => `  ${known}`).join('\n') || '  (there are none yet)'}`,
    );
    return 0;
  }
  if (!names.includes(name))
    throw fault(`There is no ${folder}/${name}.ts; there are: ${names.join(', ') || 'none yet'}.`);
  const tell = progress(5);
  await ensureInstalled(tell);
  await ensureBuilt(tell);
  const database = await tell.step('Starting PostgreSQL', () =>
    openDatabase({ dir: '.sen/bench-data', purpose: folder, log: tell.note }),
  );
  let result;
  let last;
  let code;
  try {
    const url = await databaseNamed(database.url, `${folder}_${name.replaceAll('-', '_')}`, {
      fresh: args.includes('--fresh'),
    });
    tell.done(`Running ${folder}/${name}.ts …`);
    code = await runChild('tsx', [join(folder, `${name}.ts`), ...args.filter((arg) => arg !== '--fresh')], {
      env: { DATABASE_URL: url, ...fileThreads },
      onLine: (line) => {
        if (line.trim() === '') return;
        last = line;
        if (isResult(line)) result = line;
      },
    });
  } finally {
    await database.stop();
  }
  if (result !== undefined && last !== result) console.log(result);
  return code;
}
