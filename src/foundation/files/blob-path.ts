import { join } from 'node:path';

/** Where the bytes of a digest lie: 4,096 folders, so that ten million blobs are some thousands in each. */
export function blobPath(folder: string, sha256: Buffer): string {
  const hex = sha256.toString('hex');
  return join(folder, hex.slice(0, 3), hex);
}
