// npm run check -- PATH …: seconds, for the files being worked on (without paths: those git sees as changed). Formats them,
// lints them, checks types, runs the tests that touch them.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { runChild } from './child.mjs';
import { endWith } from './fault.mjs';
import { progress } from './progress.mjs';
import { ensureInstalled, root } from './setup.mjs';
import { runCheck, runChecks, tellCheck } from './static-checks.mjs';

function changedFiles() {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  return [...git('diff', '--name-only', '-z', 'HEAD'), ...git('ls-files', '--others', '--exclude-standard', '-z')];
}

async function main() {
  await ensureInstalled(progress(2, { quiet: true }));
  const named = process.argv
    .slice(2)
    .map((path) => relative(root, resolve(process.env['INIT_CWD'] ?? process.cwd(), path)) || '.');
  const missing = named.filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) {
    console.error(`✗ There is no ${missing.join(', ')}.`);
    process.exit(1);
  }
  const paths = (named.length > 0 ? named : changedFiles()).filter((path) => existsSync(join(root, path)));
  if (paths.length === 0) {
    console.log('Nothing changed since the last commit.');
    return;
  }
  const folders = paths.filter((path) => statSync(join(root, path)).isDirectory());
  const code = paths.filter((path) => /\.tsx?$/.test(path));
  const sql = paths.filter((path) => /^db\/migrations\/.*\.sql$/.test(path));

  const formatted = await runCheck({
    name: 'format',
    command: ['oxfmt', '--no-error-on-unmatched-pattern', ...paths],
    hint: '',
  });
  tellCheck(formatted);
  const checks = [
    { name: 'types', command: ['tsc', '-p', 'tsconfig.json'], hint: '' },
    ...(code.length + folders.length > 0
      ? [{ name: 'lint', command: ['oxlint', '--type-aware', '--quiet', ...folders, ...code], hint: '' }]
      : []),
    ...(sql.length > 0
      ? [{ name: 'migrations', command: ['squawk', '--config', '.squawk.toml', ...sql], hint: '' }]
      : []),
  ];
  const results = await runChecks(checks, tellCheck);
  let failed = !formatted.passed || results.some((result) => !result.passed);
  const vitest = (...args) =>
    runChild('vitest', [...args, '--passWithNoTests'], {
      env: { CI: 'true' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  if (folders.length > 0) failed = (await vitest('run', ...folders.filter((path) => path !== '.'))) !== 0 || failed;
  if (code.length > 0) failed = (await vitest('related', '--run', ...code)) !== 0 || failed;
  process.exitCode = failed ? 1 : 0;
}

main().catch(endWith);
