import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { entriesOf, HEADER_BYTES } from './journal-format.ts';

const FOLDER = '.journal';

/**
 * Overwrites what the journals still hold of a digest with zeros, as an entry of zeros of its own, so that what was written behind it can still be
 * read again after a crash. An entry that has meanwhile made room for another is left alone. Returns how many were overwritten.
 */
export async function scrubJournal(folder: string, sha256: Buffer): Promise<number> {
  let scrubbed = 0;
  for (const name of await readdir(join(folder, FOLDER)).catch(() => [])) {
    const file = await open(join(folder, FOLDER, name), 'r+').catch(() => null);
    if (!file) continue;
    try {
      const segment = await file.readFile();
      let offset = 0;
      for (const entry of entriesOf(segment)) {
        const size = entry.bytes.length;
        if (entry.sha256.equals(sha256)) {
          const header = Buffer.from(segment.subarray(offset, offset + HEADER_BYTES));
          const { buffer: now } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, offset);
          if (now.equals(header)) {
            const zeros = Buffer.alloc(size);
            createHash('sha256').update(zeros).digest().copy(header, 16);
            header.writeUInt32LE(crc32(header.subarray(0, 48)), 48);
            await file.write(Buffer.concat([header, zeros]), 0, HEADER_BYTES + size, offset);
            scrubbed++;
          }
        }
        offset += HEADER_BYTES + size;
      }
      if (scrubbed > 0) await file.datasync();
    } finally {
      await file.close();
    }
  }
  return scrubbed;
}
