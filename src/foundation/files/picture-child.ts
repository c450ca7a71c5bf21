import { writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ResizeFit, Transformer } from '@napi-rs/image';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { MAX_PIXELS, pictureFacts } from './picture-facts.ts';

/* The process that opens pictures and PDF of strangers. It is started by picture-process.ts with plain Node, which drops the types itself, holds no
   secret and is killed when it takes too long or too much memory. */

export type PictureTask =
  | { task: 'straighten'; bytes: Uint8Array; longSide: number; quality: number }
  /** A picture of a phone (HEIC) as JPEG. */
  | { task: 'heic'; bytes: Uint8Array; longSide: number; quality: number }
  | { task: 'preview'; bytes: Uint8Array; kind: string; page: number; width: number; to: string };
export type PictureAnswer = { bytes: Uint8Array } | { pages: number } | { error: string };

let pdfium: Promise<PDFiumLibrary> | undefined;
const openPdfium = () =>
  (pdfium ??= PDFiumLibrary.init({
    wasmBinary: Uint8Array.from(
      readFileSync(join(dirname(createRequire(import.meta.url).resolve('@hyzyla/pdfium')), 'pdfium.wasm')),
    ).buffer,
  }));

function held(bytes: Buffer): void {
  const facts = pictureFacts(bytes);
  if (!facts) throw new Error('The header of the picture cannot be read');
  if (facts.width * facts.height > MAX_PIXELS) throw new Error('The picture is too large');
}

async function straighten(task: Extract<PictureTask, { task: 'straighten' }>): Promise<PictureAnswer> {
  const bytes = Buffer.from(task.bytes);
  held(bytes);
  const facts = pictureFacts(bytes)!;
  const picture = new Transformer(bytes).rotate();
  const side = Math.max(facts.width, facts.height);
  if (side > task.longSide) picture.resize({ width: task.longSide, height: task.longSide, fit: ResizeFit.Inside });
  const isPng = bytes.readUInt32BE(0) === 0x89_50_4e_47;
  return { bytes: isPng ? await picture.png() : await picture.jpeg(task.quality) };
}

/** What this file uses of libheif-js, which brings no types of its own for it. */
interface HeifImage {
  is_primary(): boolean;
  get_width(): number;
  get_height(): number;
  display(
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (drawn: { data: Uint8ClampedArray } | null) => void,
  ): void;
}
interface Heif {
  HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] };
}
let heif: Heif | undefined;
/** The library stays a package of its own, loaded as it comes: LGPL-3.0, section 4. */
function openHeif(): Heif {
  if (heif) return heif;
  const require = createRequire(import.meta.url);
  const open = require('libheif-js/libheif-wasm/libheif.js') as (options: object) => Heif;
  const wasmBinary = readFileSync(require.resolve('libheif-js/libheif-wasm/libheif.wasm'));
  return (heif = open({ wasmBinary, print: () => {}, printErr: () => {} }));
}

/** Turned as its container says (irot, imir: ISO/IEC 23008-12, 6.5.10); EXIF says the same once more and is not asked. */
async function fromHeic(task: Extract<PictureTask, { task: 'heic' }>): Promise<PictureAnswer> {
  const decoder = new (openHeif().HeifDecoder)();
  const images = decoder.decode(task.bytes);
  const image = images.find((each) => each.is_primary()) ?? images[0];
  if (!image) throw new Error('The HEIC picture cannot be read');
  const [width, height] = [image.get_width(), image.get_height()];
  if (!(width > 0 && height > 0) || width * height > MAX_PIXELS) throw new Error('The picture is too large');
  const drawn = await new Promise<{ data: Uint8ClampedArray } | null>((done) =>
    image.display({ data: new Uint8ClampedArray(width * height * 4), width, height }, done),
  );
  if (!drawn) throw new Error('The HEIC picture is not whole');
  const picture = Transformer.fromRgbaPixels(drawn.data, width, height);
  if (Math.max(width, height) > task.longSide)
    picture.resize({ width: task.longSide, height: task.longSide, fit: ResizeFit.Inside });
  return { bytes: await picture.jpeg(task.quality) };
}

async function preview(task: Extract<PictureTask, { task: 'preview' }>): Promise<PictureAnswer> {
  const bytes = Buffer.from(task.bytes);
  if (task.kind !== 'pdf') {
    held(bytes);
    const picture = new Transformer(bytes).rotate();
    const facts = pictureFacts(bytes)!;
    if (Math.max(facts.width, facts.height) > task.width)
      picture.resize({ width: task.width, height: task.width * 2, fit: ResizeFit.Inside });
    await writeFile(task.to, await picture.webp(72));
    return { pages: 1 };
  }
  const document = await (await openPdfium()).loadDocument(bytes);
  try {
    const pages = document.getPageCount();
    if (task.page >= pages) return { pages };
    const page = document.getPage(task.page);
    const { originalWidth: width, originalHeight: height } = page.getOriginalSize();
    if (!(width > 0 && height > 0)) throw new Error('The page has no size');
    // Never more than four million pixels, however large the page says it is.
    const scale = Math.min(task.width / width, Math.sqrt(4_000_000 / (width * height)), 8);
    const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    const drawn = await page.render({
      ...size,
      render: async ({ data, width: across, height: down }) => Transformer.fromRgbaPixels(data, across, down).webp(72),
    });
    await writeFile(task.to, drawn.data);
    return { pages };
  } finally {
    document.destroy();
  }
}

const DO = { straighten, heic: fromHeic, preview };

process.on('message', (task: PictureTask) => {
  void (DO[task.task] as (given: PictureTask) => Promise<PictureAnswer>)(task)
    .catch((error: unknown): PictureAnswer => ({ error: error instanceof Error ? error.message : String(error) }))
    .then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit(0));
