import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, opendir, rename, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Reader } from '../../platform/database.ts';
import { forgetCopies, knownCopies, noteCopy, walkCopies } from './copy-queries.ts';
import { textOf, type CopyPlace } from './copy-place.ts';
import { seal, unseal } from './seal.ts';
import { syncFile } from './backup-folder.ts';

const ENDING = '.age';
const INVENTORY = 'inventory.jsonl';
const BATCH = 500;

/** What never leaves: half-written things, the drill's scratch, segments before they are compressed. */
const STAYS = /\.part$|^drill\/|^files\/(unnamed\.json$|\.incoming\/)|^wal\/(archtemp.*|[0-9A-F]{24})$/;

function measured() {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ sealedBytes: bytes, sealedSha256: hash.digest() }) };
}

/** Every whole file of the back-ups, by its name from their folder. Folders of back-ups that are not finished are left out. */
async function* wholeFiles(root: string): AsyncGenerator<string> {
  const finished = new Map<string, Promise<boolean>>();
  const isFinished = (folder: string, mark: string) => {
    const known =
      finished.get(folder) ??
      stat(join(root, folder, mark)).then(
        () => true,
        () => false,
      );
    finished.set(folder, known);
    return known;
  };
  for (const part of ['wal', 'files', 'base', 'daily']) {
    for await (const entry of await opendir(join(root, part), { recursive: true }).catch(() => [])) {
      if (!entry.isFile()) continue;
      const path = relative(root, join(entry.parentPath, entry.name));
      if (STAYS.test(path)) continue;
      const folder = path.split('/').slice(0, 2).join('/');
      if (part === 'base' && !(await isFinished(folder, 'base.json'))) continue;
      if (part === 'daily' && !(await isFinished(folder, 'manifest.json'))) continue;
      yield path;
    }
  }
}

export interface CopyResult {
  copied: number;
  bytes: number;
  removed: number;
  kept: number;
}

/**
 * Copies what the second place does not have yet, sealed for the public keys; with `isWhole`, removes there what the back-ups no longer
 * hold, and writes the inventory last. Repeating it is harmless.
 */
export async function copyAway(
  reader: Reader,
  place: CopyPlace,
  options: { root: string; recipients: readonly string[]; isWhole: boolean },
): Promise<CopyResult> {
  const result: CopyResult = { copied: 0, bytes: 0, removed: 0, kept: 0 };
  const { root, recipients } = options;
  let batch: string[] = [];
  const flush = async () => {
    const known = await knownCopies(
      reader,
      batch.map((path) => path + ENDING),
    );
    for (const path of batch.filter((one) => !known.has(one + ENDING))) {
      const measure = measured();
      const sealed = await seal(createReadStream(join(root, path)), recipients);
      const broken = pipeline(sealed, measure.stream);
      await Promise.all([place.put(path + ENDING, measure.stream), broken]);
      const facts = measure.result();
      await noteCopy(reader, { key: path + ENDING, ...facts });
      result.copied++;
      result.bytes += facts.sealedBytes;
    }
    batch = [];
  };
  for await (const path of wholeFiles(root)) {
    batch.push(path);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  if (!options.isWhole) return result;
  const gone: string[] = [];
  const lines: string[] = [];
  for await (const object of walkCopies(reader)) {
    const isHere = await stat(join(root, object.key.slice(0, -ENDING.length))).then(
      () => true,
      () => false,
    );
    if (!isHere && (await place.remove(object.key))) {
      gone.push(object.key);
      result.removed++;
      continue;
    }
    if (!isHere) result.kept++;
    lines.push(JSON.stringify([object.key, object.sealedBytes, object.sealedSha256.toString('hex')]));
  }
  await forgetCopies(reader, gone);
  await place.put(INVENTORY, Readable.from([`${lines.join('\n')}\n`].map((text) => Buffer.from(text))));
  return result;
}

interface Listed {
  key: string;
  sealedBytes: number;
  sealedSha256: string;
}

/** What the second place says it holds. @throws Error in one sentence when there is no inventory that can be read */
export async function readInventory(place: CopyPlace): Promise<Listed[]> {
  let text: string;
  try {
    text = await textOf(await place.get(INVENTORY));
  } catch (error) {
    throw new Error(`The second place has no inventory (${error instanceof Error ? error.message : String(error)})`, {
      cause: error,
    });
  }
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [key, sealedBytes, sealedSha256] = JSON.parse(line) as [string, number, string];
      if (typeof key !== 'string' || typeof sealedBytes !== 'number' || typeof sealedSha256 !== 'string')
        throw new Error('The inventory of the second place cannot be read');
      return { key, sealedBytes, sealedSha256 };
    });
}

/** Reads every object of the second place and holds it to the inventory; no private key is needed. Returns what is wrong. */
export async function checkCopy(place: CopyPlace): Promise<{ objects: number; wrong: string[] }> {
  const listed = await readInventory(place);
  const wrong: string[] = [];
  for (const { key, sealedBytes, sealedSha256 } of listed) {
    const measure = measured();
    measure.stream.resume();
    try {
      await pipeline(await place.get(key), measure.stream);
      const found = measure.result();
      if (found.sealedBytes !== sealedBytes || found.sealedSha256.toString('hex') !== sealedSha256)
        wrong.push(`${key} differs`);
    } catch {
      wrong.push(`${key} is missing`);
    }
  }
  return { objects: listed.length, wrong };
}

/**
 * Brings the copies back and opens them, into a folder that then is one of back-ups (`sen restore` works on it). Objects that are
 * there already are left. @throws Error naming the object that is damaged, or saying that the key does not fit
 */
export async function fetchCopy(place: CopyPlace, folder: string, privateKeys: readonly string[]): Promise<number> {
  let fetched = 0;
  for (const { key, sealedSha256 } of await readInventory(place)) {
    if (!key.endsWith(ENDING) || key.startsWith('/') || key.split('/').includes('..'))
      throw new Error(`The inventory names an object that cannot be: ${key}`);
    const path = join(folder, key.slice(0, -ENDING.length));
    if (
      await stat(path).then(
        () => true,
        () => false,
      )
    )
      continue;
    await mkdir(dirname(path), { recursive: true, mode: 0o711 });
    const measure = measured();
    const reading = pipeline(await place.get(key), measure.stream);
    reading.catch(() => {}); // the writing below fails with it
    try {
      const content = await unseal(measure.stream, privateKeys);
      await Promise.all([reading, pipeline(content, createWriteStream(`${path}.part`, { mode: 0o600 }))]);
    } catch (error) {
      throw new Error(`${key}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    if (measure.result().sealedSha256.toString('hex') !== sealedSha256)
      throw new Error(`${key} is not what was copied: it was exchanged for another`);
    await syncFile(`${path}.part`);
    await rename(`${path}.part`, path);
    fetched++;
  }
  return fetched;
}
