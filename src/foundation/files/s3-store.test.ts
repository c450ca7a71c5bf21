import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../platform/config.ts';
import { testApp } from '../../testing/app.ts';
import { blobPath } from './blob-path.ts';
import { blobSize, hasBlob, readBlob, removeBlob, storeBytes, storeUpload } from './blob-store.ts';
import { journalOf } from './blob-journal.ts';
import { kindNamed } from './file-kinds.ts';
import { attachRemote } from './remote-store.ts';
import { openS3 } from './s3-store.ts';
import { sweepOrphans } from './sweep-orphans.ts';
import { moveFiles } from './move-files.ts';
import { verifyStore } from './verify-store.ts';
import { someBytes, keepFile } from './testing.ts';

const app = await testApp();
const { config } = app.context;
const folder = config.filesFolder;
const pdfKind = kindNamed('pdf')!;
const bytesOf = async (stream: Readable) => Buffer.concat(await stream.toArray());

const keep = (bytes: Buffer, facts: Parameters<typeof keepFile>[2] = {}) => keepFile(app, bytes, facts);

describe('an S3 store', () => {
  const home = mkdtempSync(join(tmpdir(), 'sen-s3-'));
  const local = mkdtempSync(join(tmpdir(), 'sen-s3-local-'));
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: home,
    configureBuckets: [{ name: 'sen', configs: [] }],
  });
  let s3Config = config;
  beforeAll(async () => {
    const { port } = await server.run();
    s3Config = {
      ...config,
      filesFolder: local,
      ...(() => {
        const { s3, filesStore } = readConfig({
          DATABASE_URL: app.db.url,
          SEN_FILES_STORE: 's3',
          SEN_S3_ENDPOINT: `http://127.0.0.1:${port}/sen`,
          SEN_S3_ACCESS_KEY: 'S3RVER',
          SEN_S3_SECRET_KEY: 'S3RVER',
          SEN_S3_PREFIX: '/tep/',
        });
        return { s3, filesStore };
      })(),
    };
    attachRemote(local, openS3(s3Config.s3!), true);
  });
  afterAll(() => server.close());

  test('keeps small and large files whole, in parts where needed, and nothing in the folder', async () => {
    for (const size of [10, 300_000, 20_000_000]) {
      const bytes = someBytes(size);
      const upload = { fileName: 'a.pdf', stream: Readable.from([bytes], { objectMode: false }) };
      const blob = await storeUpload(local, upload, { maxBytes: 64_000_000, kinds: ['pdf'] });
      expect(existsSync(blobPath(local, blob.sha256))).toBe(false);
      expect(await blobSize(local, blob.sha256)).toBe(bytes.length);
      expect((await bytesOf(readBlob(local, blob.sha256))).equals(bytes)).toBe(true);
      await removeBlob(local, blob.sha256);
      expect(await hasBlob(local, blob.sha256)).toBe(false);
    }
    expect(readdirSync(join(local, '.incoming'))).toEqual([]);
  });
  test('is swept of what nobody names', async () => {
    const blob = await storeBytes(local, someBytes(), { kind: pdfKind, fileName: 'a.pdf' });
    await sweepOrphans(app.db.reader, local, new Date(Date.now() + 48 * 3_600_000));
    expect(await hasBlob(local, blob.sha256)).toBe(false);
  });
  test('takes over from the folder and gives back, going on where a move was broken off', async () => {
    const said: string[] = [];
    const options = { removeSource: true, tell: (line: string) => void said.push(line) };
    const files = [await keep(someBytes(400_000)), await keep(someBytes(50)), await keep(someBytes())];
    const remote = openS3(s3Config.s3!);
    attachRemote(folder, remote, false);
    await remote.put(files[0]!.sha256, await bytesOf(readBlob(folder, files[0]!.sha256)));
    const there = await moveFiles(app.context, 's3', options);
    expect(there.missing).toBe(0);
    expect(there.there).toBeGreaterThanOrEqual(1);
    expect(there.copied).toBeGreaterThan(1);
    for (const file of files) {
      expect(existsSync(blobPath(folder, file.sha256))).toBe(false);
      expect((await bytesOf(readBlob(folder, file.sha256))).length).toBe(file.sizeBytes);
    }
    expect(await verifyStore(app.context, { oneIn: 1 })).toMatchObject({ missing: 0, damaged: 0 });
    const back = await moveFiles(app.context, 'folder', options);
    expect(back).toMatchObject({ missing: 0, copied: there.copied + there.there });
    for (const file of files) expect(existsSync(blobPath(folder, file.sha256))).toBe(true);
    expect((await moveFiles(app.context, 'folder', options)).copied).toBe(0);
    await (await journalOf(folder)).close();
  }, 120_000); // waits for whole syncs of the disk, which others may keep busy
  test('that is away fails in one error, and nothing half-written stays', async () => {
    const away = mkdtempSync(join(tmpdir(), 'sen-s3-away-'));
    attachRemote(away, openS3({ ...s3Config.s3!, endpoint: 'http://127.0.0.1:1/sen' }), true);
    const upload = { fileName: 'a.pdf', stream: Readable.from([someBytes(400_000)], { objectMode: false }) };
    await expect(storeUpload(away, upload, { maxBytes: 9_000_000, kinds: ['pdf'] })).rejects.toThrow('fetch failed');
    expect(readdirSync(join(away, '.incoming'))).toEqual([]);
  });
  test('needs all its settings', () => {
    const base = { DATABASE_URL: app.db.url };
    expect(() => readConfig({ ...base, SEN_FILES_STORE: 's3' })).toThrow('SEN_S3_ENDPOINT');
    const keys = { SEN_S3_ACCESS_KEY: 'a', SEN_S3_SECRET_KEY: 'b' };
    expect(() => readConfig({ ...base, ...keys, SEN_S3_ENDPOINT: 'https://s3.example.vn' })).toThrow('bucket');
    expect(() => readConfig({ ...base, SEN_CLAMD: '127.0.0.1:3310' })).toThrow('SEN_CLAMD');
  });
});
