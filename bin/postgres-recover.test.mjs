// Restoring to a moment, as an operator meets it: a real server, its archive, its loss.
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeBaseBackup } from '../src/insight/operations/base-backup.ts';
import { compressArchive } from '../src/insight/operations/wal-archive.ts';
import { readMoment, recoverPostgres } from './postgres-recover.mjs';
import { startPostgres } from './postgres.mjs';

const folder = mkdtempSync(join(tmpdir(), 'sen-recover-'));
chmodSync(folder, 0o755);
const backups = join(folder, 'backups');
const options = { dir: join(folder, 'data'), purpose: 'rig', archive: join(backups, 'wal') };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(url, ...statements) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows = [];
    for (const sql of statements) ({ rows } = await client.query(sql));
    return rows;
  } finally {
    await client.end();
  }
}

let moment;
beforeAll(async () => {
  const server = await startPostgres(options);
  await ask(server.url, 'create table kept (id int primary key, at timestamptz default clock_timestamp())');
  await ask(server.url, 'insert into kept select generate_series(1, 500)');
  await takeBaseBackup(server.url, backups, new Date());
  await ask(server.url, 'insert into kept select generate_series(501, 1000)', 'select pg_switch_wal()');
  const [row] = await ask(server.url, 'select pg_sleep(0.05), clock_timestamp() as now');
  moment = row.now;
  await ask(server.url, 'select pg_sleep(0.05)', 'delete from kept', 'select pg_switch_wal()');
  await ask(server.url, 'insert into kept values (-1)', 'select pg_switch_wal()');
  await server.stop();
}, 60_000);

const recover = (name, at, from = backups) =>
  recoverPostgres({ dir: join(folder, name), backups: from, moment: at, log: () => undefined });
const rowsIn = async (name) => {
  const server = await startPostgres({ dir: join(folder, name), purpose: 'rig' });
  try {
    return await ask(server.url, 'select count(*)::int as n, min(id) as first, max(id) as last from kept');
  } finally {
    await server.stop();
  }
};

describe('the archive', () => {
  test('brings back the moment before everything was deleted, with a password of its own', async () => {
    await compressArchive(backups);
    const done = await recover('to-moment', moment);
    expect(done.lastChange).toMatch(/^\d{4}-/);
    expect(await rowsIn('to-moment')).toEqual([{ n: 1000, first: 1, last: 1000 }]);
    const old = JSON.parse(readFileSync(join(folder, 'data.json'), 'utf8')).password;
    expect(JSON.parse(readFileSync(join(folder, 'to-moment.json'), 'utf8')).password).not.toBe(old);
    expect(readdirSync(join(backups, 'wal'))).toContain('00000002.history');
    rmSync(join(backups, 'wal', '00000002.history'));
  });

  test('brings back the newest that was archived', async () => {
    await recover('to-latest', undefined);
    expect(await rowsIn('to-latest')).toEqual([{ n: 1, first: -1, last: -1 }]);
    rmSync(join(backups, 'wal', '00000002.history'));
  });
});

describe('one sentence says what is wrong, and nothing is left half-made:', () => {
  const refusal = async (name, at, from) => {
    const error = await recover(name, at, from).then(
      () => 'no error',
      (reason) => reason,
    );
    expect(error).toMatchObject({ name: 'Fault' });
    expect(error.message).not.toContain('\n');
    for (const left of [name, `${name}.new`]) expect(existsSync(join(folder, left))).toBe(false);
    return error.message;
  };

  test('a time before the first base back-up', async () => {
    expect(await refusal('early', new Date('2020-01-01T00:00:00Z'))).toMatch(/reach from .* on/);
  });
  test('a time after the archive ends', async () => {
    expect(await refusal('late', new Date(Date.now() - 1))).toMatch(/archived log ends before .*last change is of/);
  });
  test('a time that has not come', async () => {
    expect(await refusal('future', new Date(Date.now() + 3_600_000))).toMatch(/has not come yet/);
  });
  test('a folder without base back-ups', async () => {
    expect(await refusal('nothing', moment, join(folder, 'nowhere'))).toMatch(/no complete base back-up/);
  });
  test('a data folder that is not empty', async () => {
    await expect(recover('data', moment)).rejects.toThrow(/not empty: move it away/);
    expect(existsSync(join(folder, 'data', 'PG_VERSION'))).toBe(true);
  });

  test('a damaged base, a cut one, and a manifest that was changed', async () => {
    const [name] = readdirSync(join(backups, 'base'));
    const file = join(backups, 'base', name, 'base.tar.gz');
    const manifest = join(backups, 'base', name, 'backup_manifest');
    const [whole, signed] = [readFileSync(file), readFileSync(manifest)];
    const damaged = Buffer.from(whole);
    damaged[whole.length >> 1] ^= 1;
    writeFileSync(file, damaged);
    expect(await refusal('damaged', moment)).toMatch(/is damaged: use an earlier one/);
    writeFileSync(file, whole);
    truncateSync(file, whole.length >> 1);
    expect(await refusal('cut', moment)).toMatch(/is damaged: use an earlier one/);
    writeFileSync(file, whole);
    writeFileSync(manifest, signed.toString().replace('"Size": 3', '"Size": 4'));
    expect(await refusal('forged', moment)).toMatch(/does not fit its manifest/);
    writeFileSync(manifest, signed);
  });

  test('a gap in the log, and a segment that cannot be read', async () => {
    const wal = join(backups, 'wal');
    const names = readdirSync(wal).filter((name) => /^[0-9A-F]{24}\.gz$/.test(name));
    const path = join(wal, names.at(-2));
    const whole = readFileSync(path);
    rmSync(path);
    expect(await refusal('gap', undefined)).toMatch(/has a gap/);
    writeFileSync(path, whole.subarray(0, -20));
    expect(await refusal('broken', undefined)).toMatch(/log is damaged/);
    writeFileSync(path, whole);
  });
});

test('a moment is read as people of Viet Nam write it', () => {
  expect(readMoment('2026-11-28 09:30')?.toISOString()).toBe('2026-11-28T02:30:00.000Z');
  expect(readMoment('2026-11-28T09:30:15Z')?.toISOString()).toBe('2026-11-28T09:30:15.000Z');
  expect(readMoment('2026-11-28 09:30 +0900')?.toISOString()).toBe('2026-11-28T00:30:00.000Z');
  expect(readMoment('latest')).toBeUndefined();
  for (const wrong of ['yesterday', '28/11/2026', '2026-13-40 09:30', '', undefined, "2026-11-28 09:30'; drop"])
    expect(() => readMoment(wrong)).toThrow(/is no time/);
});
