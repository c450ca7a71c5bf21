import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, inject, describe, expect, test } from 'vitest';
import { blobPath, fileKinds, registerFile, storeBytes } from '../../foundation/files/index.ts';
import { readConfig } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database.ts';
import { publish, defineEvent, subscribe } from '../../platform/events.ts';
import { createLogger } from '../../platform/log.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { drainBackground } from '../../platform/worker.ts';
import { newTestDatabaseName, testDatabase } from '../../testing/database.ts';
import { backup } from './backup.ts';
import { compare, restore } from './restore.ts';

const db = await testDatabase();
const folderOf = (name: string) => mkdtempSync(join(tmpdir(), `sen-${name}-`));
const files = folderOf('files');
const happened = defineEvent<{ n: number; text: string }>('test.happened', { vi: 'x', en: 'x' });
const pdf = fileKinds[0];
const quiet = () => {};

const target = newTestDatabaseName();
const targetUrl = new URL(inject('serverUrl'));
targetUrl.pathname = `/${target}`;
const admin = async (sql: string) => {
  const client = new pg.Client({ connectionString: inject('serverUrl') });
  await client.connect();
  await client.query(sql);
  await client.end();
};
await admin(`create database ${target}`);
afterAll(() => admin(`drop database if exists ${target} with (force)`));

describe('a back-up', async () => {
  await db.reader.raw(`select platform.ensure_event_partitions('2026-11-01', 2)`);
  const id = await db.write(async (tx) => {
    for (let n = 0; n < 200; n++)
      publish(tx, happened, {
        subject: { kind: 'test', id: `${n}` },
        payload: { n, text: 'tab\t newline\n \\ "đ" \u2028' },
      });
    const blob = pdf && (await storeBytes(files, Buffer.from('%PDF-1.7 đơn'), { kind: pdf, fileName: 'đơn.pdf' }));
    return blob ? registerFile(tx, blob, { kind: 'test', id: '1' }) : '';
  });
  const folder = folderOf('backup');
  const manifest = await backup(db.url, files, folder, quiet);

  test('is restored on an empty machine, the same row by row and file by file', async () => {
    const restoredFiles = folderOf('restored');
    const comparison = await restore(targetUrl.href, restoredFiles, folder, 'db/migrations', quiet);
    expect(comparison).toMatchObject({ differences: [], files: 1 });
    expect(comparison.rows).toBeGreaterThan(200);
    const client = new pg.Client({ connectionString: targetUrl.href });
    await client.connect();
    try {
      expect((await client.query('select file_name from files.file where id = $1', [id])).rows).toEqual([
        { file_name: 'đơn.pdf' },
      ]);
      expect((await client.query('select count(*)::int as n from platform.event_202611')).rows).toEqual([{ n: 200 }]);
      await client.query(
        `insert into platform.event (occurred_at, name, subject_kind, subject_id, actor_kind, actor_label, request_id, payload) values (now(), 'x', 'x', 'x', 'x', 'x', 'x', '{}')`,
      );
      await client.query('update files.file set file_name = $1 where id = $2', ['other.pdf', id]);
      writeFileSync(blobPath(restoredFiles, Buffer.from(manifest.files[0]?.sha256 ?? '', 'hex')), 'damaged');
      const { differences } = await compare(client, restoredFiles, manifest);
      expect(differences).toHaveLength(3);
    } finally {
      await client.end();
    }
  });
  test('is refused by a database that is not empty, and by a folder that is not complete', async () => {
    await expect(restore(db.url, files, folder, 'db/migrations', quiet)).rejects.toThrow('not empty');
    await expect(restore(targetUrl.href, files, folderOf('nothing'), 'db/migrations', quiet)).rejects.toThrow(
      'no complete back-up',
    );
  });
});

test('subscribers hear what happens after a restore on a server whose transactions count lower', async () => {
  const far = '4000000000000';
  await db.reader.raw(
    `update platform.event set xid = $1::text::xid8 where id = (select max(id) from platform.event)`,
    [far],
  );
  await db.reader.raw(
    `insert into platform.subscription (name, xid, event_id) select 'test.ear', $1::text::xid8, max(id) from platform.event`,
    [far],
  );
  const folder = folderOf('backup-far');
  await backup(db.url, files, folder, quiet);
  const name = `${target}_far`;
  await admin(`create database ${name}`);
  const url = new URL(targetUrl);
  url.pathname = `/${name}`;
  const restored = openDatabase(url.href, { max: 4, applicationName: 'sen-test' });
  try {
    const comparison = await restore(url.href, folderOf('restored-far'), folder, 'db/migrations', quiet);
    expect(comparison.differences).toEqual([]);
    const heard: number[] = [];
    const ear = subscribe('test.ear', [happened], async (_context, event) => void heard.push(event.payload.n));
    await inTransaction(restored, { actor: systemActor('test') }, async (tx) =>
      publish(tx, happened, { subject: { kind: 'test', id: 'new' }, payload: { n: 9_999, text: '' } }),
    );
    const config = readConfig({ SEN_MODE: 'test', DATABASE_URL: url.href });
    const base = { db: restored, clock: db.clock, config, log: createLogger('silent') };
    await drainBackground({ jobs: [], subscriptions: [ear], schedules: [] }, base);
    expect(heard).toEqual([9_999]);
  } finally {
    await restored.close();
    await admin(`drop database if exists ${name} with (force)`);
  }
});
