import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { createHash } from 'node:crypto';
import { deflateRawSync, crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import { blobPath, getFile, hasBlob, readBlob, registerFile, storeUpload } from './index.ts';
import { JOURNALED_BYTES, journalOf, recoverBlobs } from './blob-journal.ts';
import { entriesOf } from './journal-format.ts';
import { sweepOrphans } from './sweep-orphans.ts';

const folder = mkdtempSync(join(tmpdir(), 'sen-files-'));
const limits = { maxBytes: 900_000, kinds: ['pdf', 'png', 'docx', 'zip'] };
const pdf = (extra = '') => Buffer.from(`%PDF-1.7\n${extra}\n%%EOF\n`);
const upload = (fileName: string, ...chunks: Buffer[]) => ({
  fileName,
  stream: Readable.from(chunks, { objectMode: false }),
});
const store = (fileName: string, ...chunks: Buffer[]) => storeUpload(folder, upload(fileName, ...chunks), limits);
const leftovers = () => (existsSync(join(folder, '.incoming')) ? readdirSync(join(folder, '.incoming')) : []);

/** A ZIP with one deflated entry, whose directory may tell any size. */
function zip(name: string, content: Buffer, claimedSize = content.length): Buffer {
  const data = deflateRawSync(content);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc32(content), 0);
  sizes.writeUInt32LE(data.length, 4);
  sizes.writeUInt32LE(claimedSize, 8);
  const names = Buffer.from([name.length, 0, 0, 0]);
  const local = Buffer.concat([
    Buffer.from('504b0304140000000800000000000000'.slice(0, 28), 'hex'),
    sizes,
    names,
    Buffer.from(name),
    data,
  ]);
  const central = Buffer.concat([
    Buffer.from('504b01021400140000000800', 'hex'),
    Buffer.alloc(4),
    sizes,
    names,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

describe('an upload', () => {
  test('is kept under its digest and can be read back', async () => {
    const blob = await store('Đơn đề nghị.pdf', pdf('a'), Buffer.from('more'));
    expect(blob).toMatchObject({ kind: 'pdf', fileName: 'Đơn đề nghị.pdf', sizeBytes: pdf('a').length + 4 });
    const back = await readBlob(folder, blob.sha256).toArray();
    expect(Buffer.concat(back)).toEqual(Buffer.concat([pdf('a'), Buffer.from('more')]));
    expect(leftovers()).toEqual([]);
  });
  test('of the same bytes twice is kept once', async () => {
    const [a, b] = await Promise.all([store('a.pdf', pdf('same')), store('b.pdf', pdf('same'))]);
    expect(a.sha256).toEqual(b.sha256);
    expect(await hasBlob(folder, a.sha256)).toBe(true);
  });
  test.each([
    ['empty', 'a.pdf', [Buffer.alloc(0)], 'files.empty'],
    ['too large', 'a.pdf', [pdf(), Buffer.alloc(900_001)], 'files.too-large'],
    ['of a kind not allowed', 'a.exe', [Buffer.from('MZ')], 'files.kind-refused'],
    ['without an extension', 'passwd', [pdf()], 'files.kind-refused'],
    ['another type than its name says', 'a.png', [pdf()], 'files.content-differs'],
    ['a script dressed up as a document', 'a.pdf', [Buffer.from('<script>alert(1)</script>')], 'files.content-differs'],
    ['a broken container', 'a.zip', [Buffer.from('504b0304', 'hex'), Buffer.alloc(60)], 'files.unsafe'],
  ])('that is %s is refused and nothing of it stays', async (_what, name, chunks, code) => {
    await expect(store(name, ...chunks)).rejects.toMatchObject({ definition: { code } });
    expect(leftovers()).toEqual([]);
  });
  test('of a zip bomb is refused, a plain zip is kept', async () => {
    expect(await store('a.zip', zip('a.txt', Buffer.from('hello')))).toMatchObject({ kind: 'zip' });
    const bomb = zip('a.txt', Buffer.alloc(60_000_000));
    expect(bomb.length).toBeLessThan(limits.maxBytes);
    await expect(store('bomb.zip', bomb)).rejects.toMatchObject({ definition: { code: 'files.unsafe' } });
    expect(leftovers()).toEqual([]);
  });
  test('that breaks off leaves nothing behind', async () => {
    const stream = new PassThrough();
    const storing = storeUpload(folder, { fileName: 'a.pdf', stream }, limits);
    stream.write(pdf());
    stream.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    await expect(storing).rejects.toMatchObject({ definition: { code: 'files.upload-broken' } });
    expect(leftovers()).toEqual([]);
  });
  test('with a path or direction marks in its name keeps the plain name', async () => {
    expect((await store('../../etc/x\u202Efdp.pdf', pdf('path'))).fileName).toBe('xfdp.pdf');
    expect((await store('C:\\tmp\\y.pdf', pdf('path'))).fileName).toBe('y.pdf');
  });
});

describe('a large upload', () => {
  test('takes its own way and comes back whole', async () => {
    const chunks = [pdf('large'), ...Array.from({ length: 12 }, (_, i) => Buffer.alloc(60_000, i + 1))];
    const blob = await store('large.pdf', ...chunks);
    expect(blob.sizeBytes).toBeGreaterThan(JOURNALED_BYTES);
    expect(Buffer.concat(await readBlob(folder, blob.sha256).toArray())).toEqual(Buffer.concat(chunks));
    expect(leftovers()).toEqual([]);
  });
  test('over the limit leaves nothing behind', async () => {
    await expect(store('large.pdf', pdf(), Buffer.alloc(400_000), Buffer.alloc(600_000))).rejects.toMatchObject({
      definition: { code: 'files.too-large' },
    });
    expect(leftovers()).toEqual([]);
  });
});

describe('the journal', () => {
  const place = () => mkdtempSync(join(tmpdir(), 'sen-journal-'));
  const keepMany = async (own: string, count: number, bytes = 5_000) => {
    const journal = await journalOf(own);
    const blobs = Array.from({ length: count }, (_, i) => Buffer.from(`${i} `.repeat(bytes / 4)));
    const digests = blobs.map((b) => createHash('sha256').update(b).digest());
    await Promise.all(blobs.map((b, i) => journal.keep(digests[i] as Buffer, b)));
    await journal.settled();
    return { journal, blobs, digests };
  };
  /** What a power cut leaves: the journal, and blob files that were never synced gone, empty or cut. */
  const crash = (own: string, digests: readonly Buffer[]) =>
    digests.forEach((digest, i) => {
      const path = blobPath(own, digest);
      if (i % 3 === 0) rmSync(path);
      else if (i % 3 === 1) truncateSync(path, 0);
      else truncateSync(path, 10);
    });

  test('brings back every acknowledged blob whose file did not reach the disk', async () => {
    const own = place();
    const { blobs, digests } = await keepMany(own, 90);
    crash(own, digests);
    expect(await recoverBlobs(own)).toBe(90);
    digests.forEach((digest, i) => expect(readFileSync(blobPath(own, digest)).equals(blobs[i] as Buffer)).toBe(true));
    expect(await recoverBlobs(own)).toBe(0);
  });
  test('is whole after a power cut in the middle of a rush over several segments, which are then used anew', async () => {
    const own = place();
    const journal = await journalOf(own, { firstBytes: 600_000, nextBytes: 700_000, segments: 3 });
    for (let round = 0; round < 4; round += 1) {
      const blobs = Array.from({ length: 150 }, (_, i) => Buffer.from(`${round}/${i} `.repeat(1_000)));
      const digests = blobs.map((b) => createHash('sha256').update(b).digest());
      await Promise.all(blobs.map((b, i) => journal.keep(digests[i] as Buffer, b)));
      await journal.settled();
      const late = digests.slice(-60); // 400 kB: what was not synced to its file can be no older
      crash(own, late);
      expect(await recoverBlobs(own)).toBe(60);
      expect((await Promise.all(digests.map((d) => hasBlob(own, d)))).every(Boolean)).toBe(true);
    }
    const files = readdirSync(join(own, '.journal')).map((name) => statSync(join(own, '.journal', name)).size);
    expect(files.toSorted((a, b) => a - b)).toEqual([600_000, 700_000, 700_000]);
    await journal.close();
    expect(readdirSync(join(own, '.journal'))).toEqual([]);
  });
  test('is used over and over, and reads only what is of its present use', async () => {
    const own = place();
    const big = 40_000;
    const first = await keepMany(own, 500, big);
    const second = await keepMany(own, 500, big); // the same contents again: more than both segments hold
    expect(await hasBlob(own, second.digests[499] as Buffer)).toBe(true);
    crash(own, first.digests.slice(-20));
    await recoverBlobs(own);
    const all = await Promise.all(first.digests.slice(-20).map((d) => hasBlob(own, d)));
    expect(all.every(Boolean)).toBe(true);
    await first.journal.close();
    expect(readdirSync(join(own, '.journal'))).toEqual([]);
  });
  test('stops at a torn or strange entry instead of trusting it', async () => {
    const own = place();
    const { digests } = await keepMany(own, 3);
    const file = join(own, '.journal', readdirSync(join(own, '.journal'))[0] ?? '');
    const bytes = readFileSync(file);
    bytes[64 + 100] = (bytes[64 + 100] ?? 0) ^ 1; // the first content
    expect([...entriesOf(bytes)]).toEqual([]);
    expect([...entriesOf(Buffer.alloc(1000))]).toEqual([]);
    expect([...entriesOf(Buffer.from('not a journal at all, just a text'))]).toEqual([]);
    writeFileSync(file, bytes);
    rmSync(blobPath(own, digests[0] as Buffer));
    expect(await recoverBlobs(own)).toBe(0);
  });
});

describe('the sweep', async () => {
  const db = await testDatabase();
  test('removes old bytes that no file names, and only those', async () => {
    const kept = await store('kept.pdf', pdf('kept'));
    const orphan = await store('orphan.pdf', pdf('orphan'));
    const young = await store('young.pdf', pdf('young'));
    const id = await db.write((tx) => registerFile(tx, kept, { kind: 'test', id: '1' }));
    await (await journalOf(folder)).settled();
    const old = new Date(Date.now() - 48 * 3_600_000);
    for (const blob of [kept, orphan]) utimesSync(blobPath(folder, blob.sha256), old, old);
    await sweepOrphans(db.reader, folder, new Date());
    expect(await Promise.all([kept, orphan, young].map((b) => hasBlob(folder, b.sha256)))).toEqual([true, false, true]);
    expect(await getFile(db.reader, id)).toMatchObject({ fileName: 'kept.pdf', sizeBytes: kept.sizeBytes });
  });
});
