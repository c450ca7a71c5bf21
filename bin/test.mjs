// npm test: everything, on a clean clone too. `npm test -- PATH …` runs only the tests of those paths.
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { runChild } from './child.mjs';
import { checkUrl, givenUrl } from './database.mjs';
import { endWith, isFault } from './fault.mjs';
import { startPostgres } from './postgres.mjs';
import { progress } from './progress.mjs';
import { ensureInstalled, home, root } from './setup.mjs';
import { runChecks, staticChecks, tellCheck } from './static-checks.mjs';
import { closingLine, countReport } from './test-report.mjs';

const reportFile = join(home, 'test-report.json');

async function runVitest(args, url) {
  rmSync(reportFile, { force: true });
  const code = await runChild(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...args],
    {
      env: { CI: 'true', SEN_TEST_DATABASE_URL: url },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  let report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    report = undefined;
  }
  for (const file of report?.testResults ?? []) file.name = relative(root, file.name);
  return countReport(report, code);
}

/** The browser journeys need the built pages; a build that fails is one failed test and the rest still runs. */
async function build(tell) {
  try {
    await ensureBuilt(tell);
    return { name: 'build', passed: true };
  } catch (error) {
    if (!isFault(error)) throw error;
    console.log(`✗ build: ${error.message}`);
    return { name: 'build', passed: false };
  }
}

async function main() {
  const args = process.argv.slice(2);
  const whole = args.every((arg) => arg.startsWith('-'));
  const tell = progress(whole ? 5 : 4);
  await ensureInstalled(tell);
  const checks = [];
  // Started here, before the checks, so that a full disk or a foreign folder is one sentence and not a failed suite.
  // A server named by the environment is used as it is, for example to run everything on another version of PostgreSQL.
  const given = process.env['SEN_TEST_DATABASE_URL'] || givenUrl();
  if (given !== undefined) await checkUrl(given);
  const server =
    given === undefined ? await startPostgres({ dir: '.sen/test-data', purpose: 'test', log: tell.note }) : undefined;
  let counts;
  try {
    checks.push(await build(tell));
    if (whole) checks.push(...(await tell.step('Reading the code', () => runChecks(staticChecks(), tellCheck))));
    counts = await tell.step('Running the tests', () => runVitest(args, given ?? server.url));
  } finally {
    await server?.stop();
  }
  const failedChecks = checks.filter((check) => !check.passed).map((check) => check.name);
  const failures = [...failedChecks, ...counts.failures];
  console.log('');
  if (counts.skipped.length > 0) console.log(`Skipped:\n${counts.skipped.map((name) => `  ${name}`).join('\n')}`);
  if (failures.length > 0) console.log(`Failed:\n${failures.map((name) => `  ${name}`).join('\n')}`);
  const passed = checks.length - failedChecks.length + counts.passed;
  console.log(closingLine({ passed, failed: failures.length, skipped: counts.skipped.length }));
  process.exitCode = failures.length > 0 ? 1 : 0;
}

main().catch(endWith);
