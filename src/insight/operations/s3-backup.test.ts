import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import S3rver from 's3rver';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  blobPath,
  checkBlob,
  kindNamed,
  openStores,
  readBlob,
  registerFile,
  storeBytes,
  type StoredBlob,
} from '../../foundation/files/index.ts';
import { readConfig, type Config } from '../../platform/config.ts';
import { newTestDatabaseName, testDatabase } from '../../testing/database.ts';
import { keptFiles } from './backup-folder.ts';
import { backup } from './backup.ts';
import { bringFiles, keepFiles } from './kept-files.ts';
import { restore } from './restore.ts';

/* Back-ups of an installation whose files lie in a bucket: copied from there, and restored into another one. */

const db = await testDatabase();
const folderOf = (name: string) => mkdtempSync(join(tmpdir(), `sen-${name}-`));
const home = folderOf('s3-home');
const server = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: home,
  configureBuckets: ['old', 'new'].map((name) => ({ name, configs: [] })),
});
const pdf = kindNamed('pdf')!;
const small = Buffer.from('%PDF-1.7 đơn');
const large = Buffer.concat([Buffer.from('%PDF-1.7 '), Buffer.alloc(9_000_000, 'x')]); // goes in parts
const target = newTestDatabaseName();
const targetUrl = Object.assign(new URL(inject('serverUrl')), { pathname: `/${target}` }).href;
async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('serverUrl') });
  await client.connect();
  await client.query(sql);
  await client.end();
}
let port = 0;

/** An installation whose new files go to a bucket. */
function withBucket(name: string): Config {
  const config = {
    ...readConfig({
      DATABASE_URL: db.url,
      SEN_FILES_STORE: 's3',
      SEN_S3_ENDPOINT: `http://127.0.0.1:${port}/${name}`,
      SEN_S3_ACCESS_KEY: 'S3RVER',
      SEN_S3_SECRET_KEY: 'S3RVER',
    }),
    filesFolder: folderOf(`files-of-${name}`),
  };
  openStores(config);
  return config;
}

beforeAll(async () => {
  ({ port } = await server.run());
  await admin(`create database ${target}`);
});
afterAll(async () => {
  void server.close(); // not waited for: connections kept alive may outlast the test
  await admin(`drop database if exists ${target} with (force)`);
}, 120_000);

test('a back-up copies from the bucket and is restored into a bucket, file by file', async () => {
  const { filesFolder } = withBucket('old');
  const blobs: StoredBlob[] = [];
  for (const bytes of [small, large])
    blobs.push(await storeBytes(filesFolder, bytes, { kind: pdf, fileName: 'đơn.pdf' }));
  await db.write(async (tx) => {
    for (const blob of blobs) await registerFile(tx, blob, { kind: 'test', id: '1' });
  });
  for (const blob of blobs) expect(existsSync(blobPath(filesFolder, blob.sha256))).toBe(false);

  const folder = folderOf('s3-backup');
  const manifest = await backup(db.url, filesFolder, folder, () => {});
  expect(manifest.files).toHaveLength(2);
  for (const blob of blobs) expect(await checkBlob(join(folder, 'files'), blob.sha256, blob.sizeBytes)).toBe('good');

  const empty = withBucket('new').filesFolder;
  const comparison = await restore(targetUrl, empty, folder, 'db/migrations', () => {});
  expect(comparison).toMatchObject({ differences: [], files: 2 });
  for (const [at, bytes] of [small, large].entries()) {
    const { sha256 } = blobs[at]!;
    expect(existsSync(blobPath(empty, sha256))).toBe(false);
    expect(Buffer.concat(await readBlob(empty, sha256).toArray()).equals(bytes)).toBe(true);
  }
  expect(readdirSync(join(empty, '.incoming'))).toEqual([]);

  // What is damaged or gone in the bucket comes back from the automatic back-ups; what they hold damaged replaces nothing.
  const root = folderOf('s3-backups');
  expect(await keepFiles(db.reader, filesFolder, root, null)).toBe(2);
  const [first, second] = blobs as [(typeof blobs)[number], (typeof blobs)[number]];
  const objectOf = (sha256: Buffer) => {
    const hex = sha256.toString('hex');
    return join(home, 'old', hex.slice(0, 3), `${hex}._S3rver_object`);
  };
  const damaged = Buffer.from(large).fill('y', 100);
  writeFileSync(objectOf(second.sha256), damaged);
  writeFileSync(objectOf(first.sha256), Buffer.alloc(first.sizeBytes));
  writeFileSync(blobPath(keptFiles(root), first.sha256), Buffer.alloc(first.sizeBytes, 'z'));
  expect(await bringFiles(db.reader, filesFolder, keptFiles(root))).toEqual({
    named: 2,
    brought: 1,
    missing: [first.sha256.toString('hex')],
  });
  expect(await checkBlob(filesFolder, second.sha256, second.sizeBytes)).toBe('good');
  expect(await checkBlob(filesFolder, first.sha256, first.sizeBytes)).toBe('damaged');
}, 120_000);
