import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/* What a segment of the papers' journal looks like: entries one after the other, each a header of 64 bytes and the blob's bytes. */

export const HEADER_BYTES = 64;
const MAGIC = 0x53_45_4e_42;

/** One blob in the journal. */
export interface JournalEntry {
  sha256: Uint8Array;
  bytes: Uint8Array;
}

/** Bytes that an entry takes. */
export const entryBytes = (entry: JournalEntry): number => HEADER_BYTES + entry.bytes.length;

/** The header of an entry: the segment's present use (`epoch`), length and digest, under a checksum of its own. */
export function headerOf(epoch: bigint, { sha256, bytes }: JournalEntry): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(MAGIC, 0);
  header.writeBigUInt64LE(epoch, 4);
  header.writeUInt32LE(bytes.length, 12);
  header.set(sha256, 16);
  header.writeUInt32LE(crc32(header.subarray(0, 48)), 48);
  return header;
}

/** The entries of one epoch from the beginning of a segment, up to the first that is torn or of an older use. */
export function* entriesOf(segment: Buffer): Generator<{ sha256: Buffer; bytes: Buffer }> {
  let epoch: bigint | null = null;
  for (let offset = 0; offset + HEADER_BYTES <= segment.length;) {
    const header = segment.subarray(offset, offset + HEADER_BYTES);
    if (header.readUInt32LE(0) !== MAGIC || header.readUInt32LE(48) !== crc32(header.subarray(0, 48))) return;
    epoch ??= header.readBigUInt64LE(4);
    if (header.readBigUInt64LE(4) !== epoch) return;
    const start = offset + HEADER_BYTES;
    const bytes = segment.subarray(start, start + header.readUInt32LE(12));
    const sha256 = Buffer.from(header.subarray(16, 48));
    if (!createHash('sha256').update(bytes).digest().equals(sha256)) return;
    yield { sha256, bytes };
    offset = start + bytes.length;
  }
}
