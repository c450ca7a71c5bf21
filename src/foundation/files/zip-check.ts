import { fromBuffer, open, type ZipFile } from 'yauzl';

const MAX_ENTRIES = 2_000;
const MAX_TOTAL_BYTES = 300 * 1024 * 1024;
const MAX_RATIO = 120;
const RATIO_FROM_BYTES = 5 * 1024 * 1024;

/**
 * Reads only the directory of a ZIP container (a path, or its bytes): false for bombs (too many entries, too much behind too little), for
 * entries that climb out of their folder, and for containers that cannot be read at all.
 */
export function isSafeZip(content: string | Buffer, sizeBytes: number): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { lazyEntries: true, autoClose: true, validateEntrySizes: true };
    const look = (error: Error | null, zip: ZipFile) => {
      if (error || zip.entryCount > MAX_ENTRIES) {
        zip?.close();
        return resolve(false);
      }
      let total = 0;
      const finish = (safe: boolean) => {
        zip.close();
        resolve(safe);
      };
      zip.on('error', () => finish(false));
      zip.on('end', () => finish(true));
      zip.on('entry', (entry: { uncompressedSize: number }) => {
        total += entry.uncompressedSize;
        if (total > MAX_TOTAL_BYTES || (total > RATIO_FROM_BYTES && total > sizeBytes * MAX_RATIO))
          return finish(false);
        zip.readEntry();
      });
      zip.readEntry();
    };
    if (typeof content === 'string') open(content, options, look);
    else fromBuffer(content, options, look);
  });
}
