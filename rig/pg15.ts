import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/*
 * The whole test suite on the PostgreSQL 15 of Debian 12, the oldest that Sen promises to run on: a private cluster below
 * .sen/ on a free loopback port, owned by a user without rights, thrown away afterwards. Debian's own cluster is left alone.
 *
 * npm run rig -- pg15 [test paths]
 */

const PROGRAMS = '/usr/lib/postgresql/15/bin';
const DATA = resolve('.sen/rig-pg15');
const REPORT = resolve('.sen/rig-pg15-report.json');
const isRoot = process.getuid?.() === 0;

function stop(line: string): never {
  process.stderr.write(`✗ ${line}\n`);
  process.exit(1);
}

function installServer(): void {
  if (existsSync(join(PROGRAMS, 'initdb'))) return;
  if (!isRoot) stop('PostgreSQL 15 is not installed, and only root can: apt-get install postgresql-15');
  process.stdout.write('Installing postgresql-15 …\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { env, stdio: 'ignore' });
  const ran = spawnSync('apt-get', ['install', '-qy', '--no-install-recommends', 'postgresql-15'], {
    env,
    encoding: 'utf8',
  });
  if (ran.status === 0 && existsSync(join(PROGRAMS, 'initdb'))) return;
  const told = `${ran.stderr ?? ''}${ran.error?.message ?? ''}`.trim().split('\n').at(-1);
  stop(
    `PostgreSQL 15 cannot be installed here (${told}): it is in Debian 12, and for other systems at apt.postgresql.org`,
  );
}

/** Who runs the server: PostgreSQL refuses root. */
function serverUser(): { uid?: number; gid?: number } {
  if (!isRoot) return {};
  for (const name of ['postgres', 'sen', 'nobody']) {
    const found = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    if (found.status !== 0) continue;
    const gid = Number(execFileSync('id', ['-g', name], { encoding: 'utf8' }));
    const user = { uid: Number(found.stdout), gid };
    if (spawnSync('test', ['-x', resolve('.sen')], { ...user, cwd: '/' }).status === 0) return user;
  }
  return stop(`No user without rights may enter ${resolve('.sen')}: allow it (chmod o+x on the folders above)`);
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}

async function startCluster(): Promise<{ url: string; child: ChildProcess }> {
  const user = serverUser();
  const password = randomBytes(18).toString('base64url');
  const secret = `${DATA}.pw`;
  rmSync(DATA, { recursive: true, force: true });
  mkdirSync(DATA, { mode: 0o700 });
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined)
    for (const path of [DATA, secret]) chownSync(path, user.uid, user.gid);
  const options = [
    '-D',
    DATA,
    '-U',
    'sen',
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ];
  const made = spawnSync(join(PROGRAMS, 'initdb'), options, { ...user, cwd: '/', encoding: 'utf8' });
  rmSync(secret, { force: true });
  if (made.status !== 0) stop(`initdb of PostgreSQL 15 failed: ${made.stderr.trim().split('\n').at(-1)}`);
  const port = await freePort();
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    timezone: 'Asia/Ho_Chi_Minh',
    random_page_cost: '1.1',
  };
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(PROGRAMS, 'postgres'), ['-D', DATA, ...given], {
    ...user,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  const url = `postgres://sen:${password}@127.0.0.1:${port}/postgres`;
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) stop(`PostgreSQL 15 ended at its start: ${said}`);
    if (await versionAt(url)) return { url, child };
    await sleep(100);
  }
  return stop('PostgreSQL 15 did not become ready in 20 s');
}

async function versionAt(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      `select split_part(current_setting('server_version'), ' ', 1) as version`,
    );
    return rows[0]?.version ?? null;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}

interface Report {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

/** Counts tests; a file that could not be loaded, and a run that ended badly without saying why, are failures too. */
function count(code: number) {
  let report: Report = { testResults: [] };
  try {
    report = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
  } catch {
    // counted as a failure below
  }
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const failures = report.testResults.flatMap((file) => {
    const name = relative('.', file.name);
    const failed = file.assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${name} > ${test.fullName}`);
    return failed.length === 0 && file.status === 'failed' ? [`${name} (${file.message.split('\n')[0]})`] : failed;
  });
  if (code !== 0 && failures.length === 0) failures.push('the run ended badly');
  const passed = tests.filter((test) => test.status === 'passed').length;
  return {
    passed,
    failed: failures.length,
    skipped: tests.length - passed - tests.filter((test) => test.status === 'failed').length,
    failures,
  };
}

installServer();
const { url, child } = await startCluster();
const version = await versionAt(url);
rmSync(REPORT, { force: true });
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`, ...process.argv.slice(2)];
const env: NodeJS.ProcessEnv = { ...process.env, CI: 'true', SEN_TEST_DATABASE_URL: url };
delete env['DATABASE_URL']; // the rig's own, which the tests must not see
const vitest = spawn('vitest', args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
const code = await new Promise<number>((done) => vitest.on('close', (status) => done(status ?? 1)));
const ended = new Promise((done) => child.once('exit', done));
child.kill('SIGINT');
await ended;
rmSync(DATA, { recursive: true, force: true });
const { failures, ...figures } = count(code);
for (const failure of failures) process.stdout.write(`✗ ${failure}\n`);
process.stdout.write(`${JSON.stringify({ rig: 'pg15', ...figures, version })}\n`);
process.exit(figures.failed === 0 ? 0 : 1);
