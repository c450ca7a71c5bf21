import { randomBytes } from 'node:crypto';
import { Transformer } from '@napi-rs/image';
import type { Actor } from '../../platform/access.ts';
import { newId } from '../../platform/ids.ts';
import type { TestApp } from '../../testing/app.ts';
import { kindNamed } from './file-kinds.ts';
import { registerFile } from './register-file.ts';
import { storeBytes, type StoredBlob } from './blob-store.ts';

/* Builders for tests: files, PDF and pictures; and what a picture says of itself. */

export { pictureFacts } from './picture-facts.ts';
export { loadProvinceRules } from './retention/keeping-rules.ts';

/** Bytes that begin like a PDF and are like no others. */
export const someBytes = (size = 3_000): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size)]);

/** Keeps bytes as a file of somebody's. */
export async function keepFile(
  app: TestApp,
  bytes: Buffer,
  facts: { name?: string; kind?: string; by?: string; owner?: string } = {},
): Promise<StoredBlob & { id: string }> {
  const kind = kindNamed(facts.kind ?? 'pdf')!;
  const blob = await storeBytes(app.context.config.filesFolder, bytes, { kind, fileName: facts.name ?? 'Giấy.pdf' });
  const actor: Pick<Actor, 'kind' | 'id' | 'label'> = {
    kind: 'citizen',
    id: facts.by ?? newId(),
    label: 'Nguyễn Văn An',
  };
  const id = await app.db.write((tx) => registerFile(tx, blob, { kind: facts.owner ?? 'dossier', id: newId() }), actor);
  return { id, ...blob };
}

/** A PDF with one page per size, enough for a reader. */
export function pdfOf(pages: readonly (readonly [number, number])[]): Buffer {
  const kids = pages.map((_, at) => `${3 + at} 0 R`).join(' ');
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`,
    ...pages.map(([width, height]) => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]>>`),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((body, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj${body}endobj\n`;
    return offset;
  });
  const start = text.length;
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A picture of two halves, red at the left and blue at the right. */
export async function halves(width: number, height: number): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 4, 255);
  for (let at = 0; at < width * height; at++) {
    const isLeft = at % width < width / 2;
    pixels[at * 4] = isLeft ? 220 : 10;
    pixels[at * 4 + 1] = 10;
    pixels[at * 4 + 2] = isLeft ? 10 : 220;
  }
  return Transformer.fromRgbaPixels(pixels, width, height).jpeg(90);
}

/** Puts an EXIF segment with an orientation and a place behind the start of a JPEG. */
export function withExif(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('II', 0, 'latin1');
  tiff.writeUInt16LE(42, 2);
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x01_12, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 18.67N 105.68E')]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** A HEIC of 96 × 64 pixels whose container says that it is to be turned clockwise: red above, blue below (made with libheif's heif-enc). */
export const turnedHeic = (): Buffer =>
  Buffer.from(
    [
      'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAUltZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAAImlsb2MAAA',
      'AAREAAAQABAAAAAAFtAAEAAAAAAAAAVgAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAyWlwcnAAAACqaXBjbwAAAHVodmNDAQNwAAAAAAAAAAAAHvAA',
      '/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQAoQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubAgAAAMACAAAAwAIQCIAAQAHRAHBcrAiQAAAAB',
      'Rpc3BlAAAAAAAAAGAAAABAAAAAEHBpeGkAAAAAAwgICAAAAAlpcm90AwAAABdpcG1hAAAAAAAAAAEAAQSBAoOEAAAAXm1kYXQAAABSKAGvWPkOkl//9Cef/3KmQ+h4w6N3',
      '/xzMX43tP9qmUBk8m6x0Pg8uAQVWDfAD/1GgsP14nH/QdnsLa2WWkbUDbL6UajHuxmWYSJ9C73/fBaeGMA==',
    ].join(''),
    'base64',
  );
