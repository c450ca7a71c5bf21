import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { Transformer } from '@napi-rs/image';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { readBlob, storeUpload } from './blob-store.ts';
import { getFile } from './register-file.ts';
import { MAX_PIXELS, pictureFacts } from './picture-facts.ts';
import { createPictures } from './picture-process.ts';
import { countPages, sendPreview } from './preview.ts';
import { straightenPicture } from './straighten-picture.ts';
import { someBytes, keepFile, pdfOf, halves, turnedHeic, withExif } from './testing.ts';

const app = await testApp();
const { config } = app.context;
const folder = config.filesFolder;
const request = () => ({ config, reader: app.db.reader });
const bytesOf = async (stream: Readable) => Buffer.concat(await stream.toArray());

const keep = (bytes: Buffer, facts: Parameters<typeof keepFile>[2] = {}) => keepFile(app, bytes, facts);

async function colourAt(jpeg: Buffer, x: number, y: number): Promise<'red' | 'blue'> {
  const picture = new Transformer(jpeg);
  const { width } = await picture.metadata();
  const raw = await new Transformer(jpeg).rawPixels();
  const channels = raw.length / (width * pictureFacts(jpeg)!.height);
  const at = (y * width + x) * channels;
  return raw[at]! > raw[at + 2]! ? 'red' : 'blue';
}

describe('pictures', () => {
  const rules = { longSide: 400, quality: 80 };
  test('are put upright, reduced, and lose where they were taken', async () => {
    const sideways = withExif(await halves(800, 600), 6); // lies on its left side: turn clockwise
    expect(pictureFacts(sideways)).toMatchObject({ width: 800, height: 600, orientation: 6, hasMetadata: true });
    const made = (await straightenPicture('jpeg', sideways, rules))!;
    expect(pictureFacts(made)).toMatchObject({ width: 300, height: 400, orientation: 1, hasMetadata: false });
    expect(made.includes('GPS')).toBe(false);
    expect([await colourAt(made, 150, 20), await colourAt(made, 150, 380)]).toEqual(['red', 'blue']);
  });
  test('that are right but for their metadata keep every pixel', async () => {
    const plain = await halves(200, 100);
    const made = await straightenPicture('jpeg', withExif(plain, 1), rules);
    expect(made?.equals(plain)).toBe(true);
    expect(await straightenPicture('jpeg', plain, rules)).toBeNull();
    expect(await straightenPicture('jpeg', Buffer.from('ffd8ffe0', 'hex'), rules)).toBeNull();
  });
  test('go through an upload, small and large', async () => {
    for (const size of [300, 1_600]) {
      const content = withExif(await halves(size * 2, size), 3);
      const upload = { fileName: 'Ảnh.jpg', stream: Readable.from([content], { objectMode: false }) };
      const blob = await storeUpload(folder, upload, { maxBytes: 9_000_000, kinds: ['jpeg'], pictures: rules });
      const kept = await bytesOf(readBlob(folder, blob.sha256));
      expect(kept.length).toBe(blob.sizeBytes);
      expect(pictureFacts(kept)).toMatchObject({ width: 400, height: 200, hasMetadata: false });
      expect(createHash('sha256').update(kept).digest()).toEqual(blob.sha256);
    }
  });
  test('of phones (HEIC) become JPEG where JPEG is taken, turned and reduced, also without rules for pictures', async () => {
    for (const [pictures, size] of [
      [{ longSide: 48, quality: 90 }, [32, 48]],
      [undefined, [64, 96]],
    ] as const) {
      const upload = { fileName: 'IMG_0001.HEIC', stream: Readable.from([turnedHeic()], { objectMode: false }) };
      const blob = await storeUpload(folder, upload, { maxBytes: 9_000_000, kinds: ['pdf', 'jpeg'], pictures });
      expect(blob).toMatchObject({ kind: 'jpeg', mediaType: 'image/jpeg', fileName: 'IMG_0001.jpg' });
      const kept = await bytesOf(readBlob(folder, blob.sha256));
      expect(pictureFacts(kept)).toMatchObject({ width: size[0], height: size[1], orientation: 1, hasMetadata: false });
      expect([await colourAt(kept, 10, 4), await colourAt(kept, 10, size[1] - 5)]).toEqual(['red', 'blue']);
    }
    const refused = { fileName: 'IMG.heic', stream: Readable.from([turnedHeic()], { objectMode: false }) };
    await expect(storeUpload(folder, refused, { maxBytes: 9_000_000, kinds: ['pdf'] })).rejects.toMatchObject({
      definition: { code: 'files.kind-refused' },
    });
  });
  test('of phones that are cut off, damaged or claim to be huge are refused with words that help', async () => {
    const whole = turnedHeic();
    const claimed = Buffer.from(whole);
    const at = claimed.indexOf('ispe');
    claimed.writeUInt32BE(60_000, at + 8);
    claimed.writeUInt32BE(60_000, at + 12);
    const hostile = [
      whole.subarray(0, 200),
      whole.subarray(0, whole.length - 60),
      Buffer.concat([whole.subarray(0, 40), randomBytes(400)]),
      claimed,
    ];
    for (const [index, bytes] of hostile.entries()) {
      const upload = { fileName: 'a.heic', stream: Readable.from([bytes], { objectMode: false }) };
      await expect(
        storeUpload(folder, upload, { maxBytes: 9_000_000, kinds: ['jpeg'] }),
        String(index),
      ).rejects.toMatchObject({ definition: { code: 'files.heic-unreadable' } });
    }
    const busy = createPictures({ maxWaiting: 0 });
    await expect(busy.run({ task: 'heic', bytes: whole, longSide: 100, quality: 80 })).rejects.toMatchObject({
      isBusy: true,
    });
  });
  test('that claim more pixels than a machine can hold are refused before they are opened', async () => {
    const bomb = Buffer.from(await Transformer.fromRgbaPixels(Buffer.alloc(400), 10, 10).png());
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    expect(60_000 ** 2).toBeGreaterThan(MAX_PIXELS);
    const upload = { fileName: 'bom.png', stream: Readable.from([bomb], { objectMode: false }) };
    await expect(storeUpload(folder, upload, { maxBytes: 9_000_000, kinds: ['png'] })).rejects.toMatchObject({
      definition: { code: 'files.unsafe' },
    });
  });
  test('that take too long cost their process only', async () => {
    const impatient = createPictures({ timeoutMs: 1 });
    const task = { task: 'straighten', bytes: await halves(3_000, 3_000), longSide: 2_900, quality: 80 } as const;
    await expect(impatient.run(task)).rejects.toThrow('limits');
    impatient.close();
    const greedy = createPictures({ maxBytes: 1 });
    await expect(greedy.run(task)).rejects.toThrow('limits');
    greedy.close();
  });
});

describe('previews', () => {
  const pictureOf = async (fileId: string, at: number, size: 'thumb' | 'page' = 'page') => {
    const reply = await sendPreview(request(), await getFile(app.db.reader, fileId), { page: at, size });
    return reply.kind === 'stream' ? { type: reply.type, bytes: await bytesOf(reply.body) } : null;
  };
  test('of a PDF are its pages, of a picture itself', async () => {
    const file = await keep(
      pdfOf([
        [595, 842],
        [842, 595],
      ]),
    );
    expect(await countPages(request(), await getFile(app.db.reader, file.id))).toBe(2);
    const [first, second] = [await pictureOf(file.id, 0), await pictureOf(file.id, 1)];
    expect(first?.type).toBe('image/webp');
    expect(pictureFacts(first!.bytes)).toMatchObject({ width: 1_100, height: 1_557 });
    expect(pictureFacts(second!.bytes)).toMatchObject({ width: 1_100, height: 777 });
    await expect(pictureOf(file.id, 2)).rejects.toMatchObject({ definition: { code: 'files.missing' } });
    const photo = await keep(await halves(1_000, 500), { kind: 'jpeg', name: 'Ảnh.jpg' });
    expect(pictureFacts((await pictureOf(photo.id, 0, 'thumb'))!.bytes)).toMatchObject({ width: 240, height: 120 });
  });
  test('of a page of any size stay small, and nonsense has none', async () => {
    const huge = await keep(
      pdfOf([
        [200_000, 100],
        [14_400, 14_400],
      ]),
    );
    for (const at of [0, 1]) {
      const facts = pictureFacts((await pictureOf(huge.id, at))!.bytes)!;
      expect(facts.width * facts.height).toBeLessThan(4_100_000);
    }
    for (const bytes of [someBytes(), Buffer.from('%PDF-1.7\n'), pdfOf([])])
      await expect(pictureOf((await keep(bytes)).id, 0)).rejects.toMatchObject({
        definition: { code: 'files.missing' },
      });
    for (const at of [-1, 0.5, Number.NaN, 1e9])
      await expect(pictureOf(huge.id, at)).rejects.toMatchObject({ definition: { code: 'files.missing' } });
    expect((await pictureOf(huge.id, 99, 'thumb').catch(() => null))?.type ?? 'image/svg+xml').toContain('image/');
  });
});
