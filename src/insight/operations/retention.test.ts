import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blobPath, fileKinds, registerFile, removeFiles, storeBytes } from '../../foundation/files/index.ts';
import { testDatabase } from '../../testing/database.ts';
import { keptFiles } from './backup-folder.ts';
import { bringFiles, keepFiles } from './kept-files.ts';
import { expired, pruneBackups } from './retention.ts';
import { lsnNumber, segmentOf } from './wal-names.ts';

const db = await testDatabase();
const day = (n: number) => new Date(Date.UTC(2026, 10, n, 12));

test('a back-up goes only when a newer one is old enough, so that every moment kept has one before it', () => {
  const names = ['20261101T010000Z', '20261110T010000Z', '20261120T010000Z', '20261121T010000Z'];
  expect(expired(names, day(24), 14)).toEqual(['20261101T010000Z']);
  expect(expired(names, day(14), 14)).toEqual([]);
  expect(expired(names.toReversed(), new Date('2027-01-01T00:00:00Z'), 14)).toEqual(names.slice(0, 3));
  expect(expired([], day(24), 14)).toEqual([]);
});

test('positions of the log are told as PostgreSQL names its segments', () => {
  expect(segmentOf(1, '0/2000028')).toBe('000000010000000000000002');
  expect(segmentOf(3, '16/B374D848')).toBe('0000000300000016000000B3');
  expect(segmentOf(1, '1/0', -1n)).toBe('0000000100000000000000FF');
  expect(lsnNumber('1/10')).toBe(0x1_0000_0010n);
});

test('files go with the last back-up that could need them, and come back for the database that names them', async () => {
  const root = mkdtempSync(join(tmpdir(), 'sen-kept-'));
  const files = mkdtempSync(join(tmpdir(), 'sen-files-'));
  const kind = fileKinds[0];
  if (!kind) throw new Error('no kind of file');
  const stored = await Promise.all(
    ['một', 'hai'].map((text) => storeBytes(files, Buffer.from(`%PDF ${text}`), { kind, fileName: 'a.pdf' })),
  );
  const ids = await db.write(async (tx) =>
    Promise.all(stored.map((blob) => registerFile(tx, blob, { kind: 'test', id: '1' }))),
  );
  expect(await keepFiles(db.reader, files, root, null)).toBe(2);
  expect(await keepFiles(db.reader, files, root, new Date())).toBe(0);
  const [first, second] = stored.map((blob) => blobPath(keptFiles(root), blob.sha256));
  const base = (id: string) => {
    mkdirSync(join(root, 'base', id), { recursive: true });
    const facts = {
      format: 1,
      id,
      endedAt: `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}T01:00:00Z`,
      startSegment: `0000000100000000000000${id.slice(6, 8)}`,
    };
    writeFileSync(join(root, 'base', id, 'base.json'), JSON.stringify(facts));
  };
  for (const id of ['20261101T010000Z', '20261110T010000Z', '20261120T010000Z']) base(id);
  mkdirSync(join(root, 'wal'));
  for (const segment of ['01', '09', '10', '20'])
    writeFileSync(join(root, 'wal', `0000000100000000000000${segment}.gz`), '');
  writeFileSync(join(root, 'wal', '00000002.history'), '');

  await db.write((tx) => removeFiles(tx, ids.slice(0, 1)));
  const early = await pruneBackups(db.reader, root, 14, day(12));
  expect(early).toEqual({ daily: 0, base: 0, segments: 0, files: 0 });
  expect(existsSync(first ?? '')).toBe(true);

  // Ten days later the oldest base goes, with its part of the log; the file is still named at moments that can be reached.
  expect(await pruneBackups(db.reader, root, 10, day(22))).toEqual({ daily: 0, base: 1, segments: 2, files: 0 });
  expect(readdirSync(join(root, 'wal')).sort()).toEqual([
    '000000010000000000000010.gz',
    '000000010000000000000020.gz',
    '00000002.history',
  ]);
  expect(await pruneBackups(db.reader, root, 3, day(25))).toEqual({ daily: 0, base: 1, segments: 1, files: 1 });
  expect([existsSync(first ?? ''), existsSync(second ?? '')]).toEqual([false, true]);

  const named = blobPath(files, stored[1]?.sha256 ?? Buffer.alloc(32));
  writeFileSync(named, 'damaged');
  expect(await bringFiles(db.reader, files, keptFiles(root))).toEqual({ named: 1, brought: 1, missing: [] });
  rmSync(named);
  writeFileSync(second ?? '', 'damaged too');
  expect((await bringFiles(db.reader, files, keptFiles(root))).missing).toEqual([stored[1]?.sha256.toString('hex')]);
  expect(existsSync(named)).toBe(false);
});
