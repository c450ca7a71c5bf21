// The checks that read the code without running it. Each counts as one test in `npm test`.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { environment, root } from './setup.mjs';

const migrations = () => {
  const folder = join(root, 'db', 'migrations');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.filter((name) => name.endsWith('.sql')).map((name) => join('db', 'migrations', name));
};

/** Name and command of every check. */
export function staticChecks() {
  const sql = migrations();
  return [
    { name: 'types (tsc)', command: ['tsc', '-p', 'tsconfig.json'], hint: '' },
    { name: 'lint (oxlint)', command: ['oxlint', '--type-aware', '--quiet'], hint: '' },
    { name: 'unused code (knip)', command: ['knip', '--no-progress'], hint: '' },
    {
      name: 'format (oxfmt)',
      command: ['oxfmt', '--list-different'],
      hint: 'These files are not formatted: run `npm run check`.',
    },
    ...(sql.length === 0
      ? []
      : [{ name: 'migrations (squawk)', command: ['squawk', '--config', '.squawk.toml', ...sql], hint: '' }]),
  ];
}

/** Runs one check to its end. @returns {Promise<{ name: string, passed: boolean, output: string, seconds: number }>} */
export function runCheck({ name, command, hint }) {
  return new Promise((done) => {
    const since = Date.now();
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      env: environment({ CI: 'true', NO_COLOR: '1' }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const end = (code) =>
      done({
        name,
        passed: code === 0,
        output: `${hint === '' ? '' : `${hint}\n`}${stripVTControlCharacters(output).trimEnd()}`,
        seconds: (Date.now() - since) / 1000,
      });
    child.once('error', (error) => {
      output += error.message;
      end(1);
    });
    child.once('close', end);
  });
}

/** Runs checks two at a time, all of them whatever fails; tells each result as it comes. */
export async function runChecks(checks, told) {
  const waiting = [...checks];
  const results = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const result = await runCheck(next);
      results.push(result);
      told(result);
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
}

/** Prints a check's result: one line when it passed, with its output when it failed. */
export function tellCheck({ name, passed, output, seconds }) {
  console.log(`${passed ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`);
  if (!passed) console.log(output.replace(/^/gm, '    '));
}
