import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, inject, describe, expect, test } from 'vitest';
import { blobPath, fileKinds, registerFile, storeBytes } from '../../foundation/files/index.ts';
import { newId } from '../../platform/ids.ts';
import { publish, defineEvent } from '../../platform/events.ts';
import { testDatabase } from '../../testing/database.ts';
import { backup } from './backup.ts';
import { compare, restore } from './restore.ts';

const db = await testDatabase();
const folderOf = (name: string) => mkdtempSync(join(tmpdir(), `sen-${name}-`));
const files = folderOf('files');
const happened = defineEvent<{ n: number; text: string }>('test.happened', { vi: 'x', en: 'x' });
const pdf = fileKinds[0];
const quiet = () => {};

const target = `sen_t_restore_${newId().slice(-12)}`;
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
