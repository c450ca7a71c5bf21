import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { join } from 'node:path';
import { getFile, readBlob } from '../../../foundation/files/index.ts';
import type { Config } from '../../../platform/config.ts';
import type { Reader } from '../../../platform/database.ts';
import { listTemplates } from './package-queries.ts';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u;

/** The bytes of an empty form: one that came with a package, else the file of the province's folder; null when there is none. */
export async function templateBytes(
  reader: Reader,
  config: Pick<Config, 'filesFolder' | 'provinceFolder'>,
  name: string,
): Promise<Buffer | null> {
  const kept = (await listTemplates(reader, [name])).get(name);
  if (kept) {
    const file = await getFile(reader, kept.fileId);
    return buffer(readBlob(config.filesFolder, file.sha256));
  }
  const path = join(config.provinceFolder, 'templates', name);
  return NAME.test(name) && existsSync(path) ? readFileSync(path) : null;
}

/** SHA-256 of an empty form, hexadecimal; null when there is none. */
export async function templateDigest(
  reader: Reader,
  config: Pick<Config, 'filesFolder' | 'provinceFolder'>,
  name: string,
): Promise<string | null> {
  const kept = (await listTemplates(reader, [name])).get(name);
  if (kept) return kept.sha256;
  const bytes = await templateBytes(reader, config, name);
  return bytes && createHash('sha256').update(bytes).digest('hex');
}
