// The commands' plain parts: what failures mean, who holds a lock, which settings are wrong, how results are counted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkUrl, givenUrl, readUrl, whyNotConnected } from './database.mjs';
import { checkSecrets } from './doctor-secrets.mjs';
import { knownCause } from './fault.mjs';
import { liveLeases, takeLease, withLock } from './lease.mjs';
import { checkPort, metricsPort, wantedPort } from './port.mjs';
import { fits, root } from './setup.mjs';
import { closingLine, countReport } from './test-report.mjs';

let folder;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sen-commands-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what a failure means', () => {
  test.each([
    ['disk-full', 'initdb: error: could not write to file "x/pg_wal": No space left on device'],
    ['disk-full', 'npm error code ENOSPC\nnpm error syscall write'],
    ['disk-full', 'PANIC:  could not write to file "pg_wal/xlogtemp.12": No space left on device'],
    ['read-only', 'EROFS: read-only file system, mkdir'],
    ['unwritable', "EACCES: permission denied, mkdir '/srv/sen/.sen'"],
    ['no-network', 'npm error code ENOTFOUND\nnpm error network request to https://registry.npmjs.org/node failed'],
    ['no-network', 'npm error code EAI_AGAIN'],
  ])('%s: %s', (code, output) => {
    const cause = knownCause(output, '/srv/sen');
    expect(cause?.code).toBe(code);
    expect(cause?.message).toMatch(/^[^\n]+\.$/);
  });

  test('anything else is not guessed at', () => {
    expect(knownCause('FATAL:  the database system is tired', '/srv/sen')).toBeUndefined();
  });
});

describe('a lock', () => {
  test('lets one in at a time', async () => {
    const order = [];
    const file = join(folder, 'turns.lock');
    const turn = (name) =>
      withLock(file, async () => {
        order.push(`${name} in`);
        await new Promise(setImmediate);
        order.push(`${name} out`);
      });
    await Promise.all([turn('a'), turn('b')]);
    expect([order.slice(0, 2), order.slice(2)].map((pair) => pair.map((step) => step.slice(2)))).toEqual([
      ['in', 'out'],
      ['in', 'out'],
    ]);
    expect(existsSync(file)).toBe(false);
  });

  test('of a dead holder is taken over', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    const file = join(folder, 'dead.lock');
    writeFileSync(file, `${child.pid} 1`);
    expect(await withLock(file, async () => 'in')).toBe('in');
  });

  test('of a dead holder whose process id a living program has now is taken over', async () => {
    const file = join(folder, 'reused.lock');
    writeFileSync(file, `${process.pid} 1`);
    expect(await withLock(file, async () => 'in')).toBe('in');
  });

  test('is given back when the work fails, and a long wait ends in one sentence', async () => {
    const file = join(folder, 'held.lock');
    await expect(withLock(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await withLock(file, async () => {
      await expect(withLock(file, async () => undefined, 30)).rejects.toMatchObject({ name: 'Fault' });
    });
  });
});

test('leases count the living users only', () => {
  const users = join(folder, 'users');
  expect(liveLeases(users)).toBe(0);
  const giveBack = takeLease(users);
  takeLease(users);
  writeFileSync(join(users, '999999999-1'), '999999999 1');
  expect(liveLeases(users)).toBe(2);
  giveBack();
  expect(liveLeases(users)).toBe(1);
});

describe('the port of the site', () => {
  test('is 8080, or what PORT says', () => {
    expect(wantedPort({})).toBe(8080);
    expect(wantedPort({ PORT: '' })).toBe(8080);
    expect(wantedPort({ PORT: '9000' })).toBe(9000);
  });

  test.each(['0', '65536', '-1', '80.5', '8080x', '1e3', ' 80', 'http'])(
    'PORT=%s is refused in one sentence',
    (text) => {
      expect(() => wantedPort({ PORT: text })).toThrow(/^PORT must be a number[^\n]*\.$/);
    },
  );

  test('has the metrics a thousand above it, elsewhere or nowhere', () => {
    expect(metricsPort(8080, {})).toBe(9080);
    expect(metricsPort(8080, { SEN_METRICS_PORT: '9999' })).toBe(9999);
    expect(metricsPort(8080, { SEN_METRICS_PORT: 'off' })).toBeUndefined();
    expect(() => metricsPort(8080, { SEN_METRICS_PORT: 'yes' })).toThrow(
      /SEN_METRICS_PORT must be off or a port number/,
    );
    expect(() => metricsPort(65_000, {})).toThrow(/PORT \+ 1000/);
  });

  test('that is taken is refused in one sentence', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address();
    await expect(checkPort(port, { host: '127.0.0.1' })).rejects.toMatchObject({ name: 'Fault', code: 'port-taken' });
    squatter.close();
    await once(squatter, 'close');
    await expect(checkPort(port, { host: '127.0.0.1' })).resolves.toBeUndefined();
  });
});

test('npm start on a taken port says so before it does anything, and exits with 1', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address();
  const child = spawn(process.execPath, [join(root, 'bin', 'start.mjs')], {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1' },
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const [code] = await once(child, 'close');
  squatter.close();
  expect(code).toBe(1);
  expect(said.trim()).toMatch(new RegExp(`^✗ Port ${port} is already taken[^\\n]*$`));
});

describe('DATABASE_URL', () => {
  test.each(['', 'localhost', 'mysql://a:b@h/d', 'postgres://a:b@h', 'postgres://a:b@h/', 'http://h/d'])(
    '"%s" is refused in one sentence',
    (url) => {
      expect(() => readUrl(url)).toThrow(/^DATABASE_URL [^\n]*\.?$/);
    },
  );

  test('empty is as good as none', () => {
    expect(givenUrl({ DATABASE_URL: '' })).toBeUndefined();
    expect(givenUrl({})).toBeUndefined();
  });

  test('may come from a file', () => {
    const file = join(folder, 'url');
    writeFileSync(file, 'postgres://a:b@h/d\n');
    expect(givenUrl({ DATABASE_URL_FILE: file })).toBe('postgres://a:b@h/d');
    expect(() => givenUrl({ DATABASE_URL_FILE: join(folder, 'none') })).toThrow(/not there/);
  });

  test('that leads nowhere is one sentence', async () => {
    await expect(checkUrl('postgres://sen:secret@127.0.0.1:1/sen')).rejects.toThrow(
      /^DATABASE_URL does not work: nothing answers at 127\.0\.0\.1:1[^\n]*$/,
    );
  });

  test.each(['28P01', '3D000', 'ENOTFOUND', '57P03', 'XX000'])('failing with %s shows no password', (code) => {
    expect(whyNotConnected({ code, message: 'no' }, 'postgres://sen:secret@db.example/sen')).toMatch(
      /^DATABASE_URL does not work: (?!.*secret).*\.$|\?$/,
    );
  });
});

describe('installed packages fit the lock', () => {
  const locked = {
    '': { version: '1' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b-mac': { version: '2.0.0', optional: true },
  };
  test('when every version is the same; another platform’s package may be missing', () => {
    expect(fits(locked, { 'node_modules/a': { version: '1.0.0' } })).toBe(true);
  });
  test('not when one is missing or of another version', () => {
    expect(fits(locked, {})).toBe(false);
    expect(fits(locked, { 'node_modules/a': { version: '1.0.1' } })).toBe(false);
    expect(fits(locked, { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-mac': { version: '2.0.1' } })).toBe(
      false,
    );
  });
});

describe('the count of a test run', () => {
  const file = (name, status, tests, message = '') => ({
    name,
    status,
    message,
    assertionResults: tests.map(([fullName, state]) => ({ fullName, status: state })),
  });

  test('counts passed, failed and skipped, with names', () => {
    const report = {
      testResults: [
        file('a.test.ts', 'failed', [
          ['one', 'passed'],
          ['two', 'failed'],
          ['three', 'skipped'],
          ['four', 'todo'],
        ]),
      ],
    };
    expect(countReport(report, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: ['a.test.ts > three', 'a.test.ts > four'],
      failures: ['a.test.ts > two'],
    });
  });

  test('a file that could not be loaded is a failure', () => {
    const report = { testResults: [file('a.test.ts', 'failed', [], 'SyntaxError: no\nat')] };
    expect(countReport(report, 1)).toMatchObject({ passed: 0, failed: 1, failures: ['a.test.ts (SyntaxError: no)'] });
  });

  test('a run that ended badly never counts as passed', () => {
    expect(countReport(undefined, 1).failed).toBe(1);
    expect(countReport({ testResults: [file('a.test.ts', 'passed', [['one', 'passed']])] }, 1)).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  test('closes with one line', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});

describe('what the doctor says of secrets', () => {
  const fileOf = (name, mode) => {
    const path = join(folder, name);
    writeFileSync(path, 'hunter2');
    chmodSync(path, mode);
    return path;
  };
  test('files must be there and closed to others', () => {
    expect(checkSecrets({ SEN_SECRET_FILE: fileOf('closed', 0o600) })).toMatchObject({ ok: true });
    const open = checkSecrets({ SEN_SECRET_FILE: fileOf('open', 0o644) });
    expect(open).toMatchObject({ ok: false, todo: expect.stringContaining('chmod 600') });
    expect(checkSecrets({ SEN_MESSAGE_PROVIDERS: fileOf('providers', 0o604) }).ok).toBe(false);
    expect(checkSecrets({ DATABASE_URL_FILE: join(folder, 'no-such') }).ok).toBe(false);
    expect(JSON.stringify(open)).not.toContain('hunter2');
  });
  test('in production they do not stand in the environment', () => {
    const env = { SEN_MODE: 'production', SEN_SECRET: 'hunter2', DATABASE_URL: 'postgres://sen:hunter2@h/d' };
    const said = checkSecrets(env);
    expect(said.ok).toBe(false);
    expect(JSON.stringify(said)).not.toContain('hunter2');
    expect(checkSecrets({ ...env, SEN_MODE: 'demo' }).ok).toBe(true);
  });
  test('the address of the database may be a credential of systemd', () => {
    writeFileSync(join(folder, 'DATABASE_URL'), 'postgres://a:b@h/d\n');
    expect(givenUrl({ CREDENTIALS_DIRECTORY: folder })).toBe('postgres://a:b@h/d');
    expect(givenUrl({ CREDENTIALS_DIRECTORY: folder, DATABASE_URL: 'postgres://c:d@h/d' })).toBe('postgres://c:d@h/d');
  });
});
