// The embedded PostgreSQL as its users meet it: real servers in a folder of their own, killed, shared and misplaced.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isAlive } from './lease.mjs';
import { placeName } from './postgres-home.mjs';
import { startPostgres } from './postgres.mjs';

const isRoot = process.getuid?.() === 0;
let folder;
let dir;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sen-postgres-'));
  chmodSync(folder, 0o755);
  dir = join(folder, 'data');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// A failed expectation must not leave its server running.
const started = [];
const startIn = async (options) => {
  const server = await startPostgres({ purpose: 'test', ...options });
  started.push(server);
  return server;
};
const start = (options = {}) => startIn({ dir, ...options });
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

async function ask(url, sql) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

/** A program of its own that starts the server and then only waits, to be killed. */
async function startElsewhere() {
  const script = `import { startPostgres } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'postgres.mjs')).href)};
    const { pid } = await startPostgres({ dir: ${JSON.stringify(dir)}, purpose: 'test' });
    console.log(pid);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = await once(child.stdout, 'data');
  return { child, pid: Number(String(chunk).trim()) };
}

describe('a new data folder', () => {
  test('is UTF-8 with checksums, Vietnamese collation and the clock of Viet Nam', async () => {
    const server = await start();
    const row = await ask(
      server.url,
      `select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums, current_setting('TimeZone') as zone,
        current_setting('server_version_num')::int / 10000 as major, upper('đặng') as upper,
        exists (select from pg_collation where collname = 'vi-x-icu') as vietnamese, current_database() as database`,
    );
    await server.stop();
    expect(row).toEqual({
      encoding: 'UTF8',
      checksums: 'on',
      zone: 'Asia/Ho_Chi_Minh',
      major: 18,
      upper: 'ĐẶNG',
      vietnamese: true,
      database: 'sen',
    });
  });

  test('keeps its password to its owner, and a wrong one opens nothing', async () => {
    expect(statSync(join(folder, 'data.json')).mode & 0o077).toBe(0);
    const server = await start();
    const wrong = new URL(server.url);
    wrong.password = 'password';
    await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    await server.stop();
  });

  test('listens on the loopback only and writes no socket', async () => {
    const server = await start();
    const row = await ask(
      server.url,
      "select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets",
    );
    await server.stop();
    expect(row).toEqual({ addresses: '127.0.0.1', sockets: '' });
  });
});

describe('a second start', () => {
  test('finds the same data on the same port', async () => {
    const first = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select answer from kept')).toEqual({ answer: 42 });
    await second.stop();
    expect(isAlive(second.pid)).toBe(false);
  });

  test('shares a running server, which ends with its last user', async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ adopted: true, pid: first.pid });
    await first.stop();
    expect(await ask(second.url, 'select 1 as one')).toEqual({ one: 1 });
    await second.stop();
    expect(isAlive(first.pid)).toBe(false);
  });

  test('begun twice at once makes one server', async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect(second.pid).toBe(first.pid);
    await Promise.all([first.stop(), second.stop()]);
  });

  test('adopts the server of a program that was killed, and stops it in the end', async () => {
    const { child, pid } = await startElsewhere();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(pid)).toBe(true);
    const server = await start();
    expect(server).toMatchObject({ adopted: true, pid });
    await server.stop();
    expect(isAlive(pid)).toBe(false);
  });

  test('is not misled by a pid file that names another living program', async () => {
    const server = await start();
    process.kill(server.pid, 'SIGKILL');
    const pidFile = join(dir, 'postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    writeFileSync(pidFile, [process.pid, ...lines.slice(1)].join('\n'));
    await server.stop();
    const again = await start();
    expect(again.adopted).toBe(false);
    expect(await ask(again.url, 'select answer from kept')).toEqual({ answer: 42 });
    await again.stop();
  });

  test('takes another port when its own is taken', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    await once(squatter, 'listening');
    const second = await start();
    expect(second.port).not.toBe(first.port);
    expect(await ask(second.url, 'select answer from kept')).toEqual({ answer: 42 });
    await second.stop();
    squatter.close();
  });

  test('with keepAlive, comes back at the same address after kill -9', async () => {
    const told = [];
    let revived;
    const running = new Promise((done) => (revived = done));
    const server = await start({
      keepAlive: true,
      log: (line) => {
        told.push(line);
        if (/running again/.test(line)) revived();
      },
    });
    process.kill(server.pid, 'SIGKILL');
    await running;
    expect(await ask(server.url, 'select answer from kept')).toEqual({ answer: 42 });
    expect(told).toEqual(['PostgreSQL ended unexpectedly: starting it again …', 'PostgreSQL is running again.']);
    await server.stop();
  });
});

describe('a folder that is not ours ends in one sentence and is left as it was:', () => {
  const foreign = (name, files, mode = 0o700) => {
    const path = join(folder, name);
    mkdirSync(path, { mode });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
    return path;
  };
  const refusal = async (path) => {
    const before = readdirSync(path);
    const error = await startIn({ dir: path }).catch((reason) => reason);
    expect(error).toMatchObject({ name: 'Fault', code: 'foreign' });
    expect(readdirSync(path)).toEqual(before);
    expect(error.message).toContain(path);
    expect(error.message).not.toContain('\n');
    return error.message;
  };
  // Root starts PostgreSQL as the folder's owner, so the folder gets one as it would have in life.
  const ordinary = (path) => {
    if (isRoot) chownSync(path, 65_534, 65_534);
    return path;
  };

  test('files that are no database', async () => {
    expect(await refusal(ordinary(foreign('photos', { 'a.jpg': 'x' })))).toMatch(/not a PostgreSQL database/);
  });

  test('an older PostgreSQL', async () => {
    expect(await refusal(ordinary(foreign('old', { PG_VERSION: '15\n' })))).toMatch(/PostgreSQL 15, this is 18/);
  });

  test('a cluster whose password is not known', async () => {
    expect(await refusal(ordinary(foreign('strange', { PG_VERSION: '18\n' })))).toMatch(
      /not made by this installation/,
    );
  });

  test.skipIf(!isRoot)('files of root, as which PostgreSQL does not run', async () => {
    expect(await refusal(foreign('roots', { PG_VERSION: '18\n' }))).toMatch(/belongs to another user/);
  });

  test('a file in its place', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    await expect(startIn({ dir: path })).rejects.toThrow(/is not a folder/);
  });

  test('our cluster with another password', async () => {
    const stateFile = join(folder, 'data.json');
    const state = readFileSync(stateFile, 'utf8');
    writeFileSync(stateFile, JSON.stringify({ ...JSON.parse(state), password: 'another' }));
    await expect(start()).rejects.toThrow(/its password differs/);
    writeFileSync(stateFile, state);
    const server = await start();
    expect(await ask(server.url, 'select answer from kept')).toEqual({ answer: 42 });
    await server.stop();
  });
});

test.skipIf(!isRoot)(
  'data below /var/lib/sen follow a checkout that moves, and a copy of the checkout gets its own',
  async () => {
    const [first, second, copy] = ['first', 'second', 'copy'].map((name) => join(folder, 'moving', name));
    mkdirSync(join(first, '.sen'), { recursive: true });
    chmodSync(join(folder, 'moving'), 0o700);
    const open = (checkout) => startIn({ dir: join(checkout, '.sen', 'data') });
    const places = [first, second, copy].map((checkout) => join('/var/lib/sen', placeName(join(checkout, '.sen'))));
    try {
      const original = await open(first);
      await original.stop();
      renameSync(first, second);
      for (const start of ['first', 'second']) {
        const moved = await open(second);
        await moved.stop();
        expect([start, moved.data]).toEqual([start, original.data]);
      }
      cpSync(second, copy, { recursive: true });
      const copied = await open(copy);
      await copied.stop();
      expect(copied.data).toBe(join(places[2], 'data'));
    } finally {
      for (const place of places) rmSync(place, { recursive: true, force: true });
    }
  },
);

test.skipIf(!isRoot)('in a folder that only root may enter, programs and data live below /var/lib/sen', async () => {
  const closed = join(folder, 'closed');
  mkdirSync(join(closed, '.sen'), { recursive: true });
  chmodSync(closed, 0o700);
  const place = join('/var/lib/sen', placeName(join(closed, '.sen')));
  const server = await startIn({ dir: join(closed, '.sen', 'data') });
  try {
    expect(server.data).toBe(join(place, 'data'));
    expect(dirname(server.data)).toBe(place);
    expect(statSync(server.data).uid).not.toBe(0);
    expect(await ask(server.url, 'select 1 as one')).toEqual({ one: 1 });
  } finally {
    await server.stop();
    rmSync(place, { recursive: true });
  }
  expect(existsSync(place)).toBe(false);
});
