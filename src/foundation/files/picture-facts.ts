/* What the header of a picture says, read without decoding it: a few bytes can claim more pixels than a machine has memory for. */

export interface PictureFacts {
  width: number;
  height: number;
  /** EXIF orientation, 1 when there is none. */
  orientation: number;
  /** Carries data beside the picture: where and when it was taken, with what. */
  hasMetadata: boolean;
}

/** More is refused: a phone's largest picture has 108 million pixels, an A3 sheet at 300 dpi 17 million. */
export const MAX_PIXELS = 120_000_000;

/** Facts of a JPEG, PNG or WebP; null when its header cannot be read. */
export function pictureFacts(bytes: Buffer): PictureFacts | null {
  try {
    if (bytes.readUInt32BE(0) === 0x89_50_4e_47) return pngFacts(bytes);
    if (bytes.readUInt16BE(0) === 0xff_d8) return jpegFacts(bytes);
    if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP')
      return webpFacts(bytes);
  } catch {
    return null; // cut off inside its header
  }
  return null;
}

function pngFacts(bytes: Buffer): PictureFacts {
  const head = bytes.subarray(0, 65_536).toString('latin1');
  return {
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    orientation: 1,
    hasMetadata: /eXIf|tEXt|iTXt|zTXt/.test(head),
  };
}

function webpFacts(bytes: Buffer): PictureFacts | null {
  const chunk = bytes.toString('latin1', 12, 16);
  const plain = { orientation: 1, hasMetadata: false };
  if (chunk === 'VP8X')
    return {
      width: 1 + bytes.readUIntLE(24, 3),
      height: 1 + bytes.readUIntLE(27, 3),
      orientation: 1,
      hasMetadata: (bytes[20]! & 0x0c) !== 0,
    };
  if (chunk === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, ...plain };
  }
  if (chunk === 'VP8 ')
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff, ...plain };
  return null;
}

interface Segment {
  marker: number;
  /** Of the marker, and behind the segment. */
  start: number;
  end: number;
}

/** The segments of a JPEG up to its picture data. */
function* segmentsOf(bytes: Buffer): Generator<Segment> {
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) return;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    yield { marker, start: at, end };
    at = end;
  }
}

const isSize = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** EXIF and XMP (APP1), IPTC (APP13), comments, makers' own; JFIF (APP0), colour profiles (APP2) and Adobe's transform (APP14) stay. */
const isMetadata = (marker: number): boolean =>
  marker === 0xe1 || marker === 0xed || marker === 0xfe || (marker >= 0xe3 && marker <= 0xef && marker !== 0xee);

function jpegFacts(bytes: Buffer): PictureFacts | null {
  let [width, height, orientation, hasMetadata] = [0, 0, 1, false];
  for (const { marker, start, end } of segmentsOf(bytes)) {
    if (isSize(marker)) {
      height = bytes.readUInt16BE(start + 5);
      width = bytes.readUInt16BE(start + 7);
    }
    if (isMetadata(marker)) hasMetadata = true;
    if (marker === 0xe1 && bytes.toString('latin1', start + 4, start + 8) === 'Exif')
      orientation = orientationOf(bytes.subarray(start + 10, end)) ?? 1;
  }
  return width > 0 && height > 0 ? { width, height, orientation, hasMetadata } : null;
}

/** Tag 0x0112 of the first directory of a TIFF header. */
function orientationOf(tiff: Buffer): number | null {
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const word = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = long(4);
  const entries = Math.min(word(directory), 200);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (word(at) === 0x01_12) {
      const value = word(at + 8);
      return value >= 1 && value <= 8 ? value : null;
    }
  }
  return null;
}

/** A JPEG without what it says beside its picture; the picture itself is not touched. */
export function withoutMetadata(jpeg: Buffer): Buffer {
  const kept: Buffer[] = [jpeg.subarray(0, 2)];
  let at = 2;
  for (const { marker, start, end } of segmentsOf(jpeg)) {
    if (!isMetadata(marker)) kept.push(jpeg.subarray(start, end));
    at = end;
  }
  return Buffer.concat([...kept, jpeg.subarray(at)]);
}
