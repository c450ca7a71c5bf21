import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../../platform/config.ts';
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { signedAt, type Verifier } from './signed-note.ts';

/*
 * The last checkpoint, kept in a file of this machine: whoever rewinds or cuts the database does not rewind this. Each machine has its own; it is not
 * part of a back-up.
 */

const FILE = 'last-checkpoint.txt';
type Place = Pick<Config, 'ledgerFolder'>;

/** What this machine remembers; null when it has not seen a checkpoint yet. @throws Error when the file is not a checkpoint */
export async function readMemory({ ledgerFolder }: Place): Promise<SignedCheckpoint | null> {
  const path = resolve(ledgerFolder, FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const checkpoint = parseCheckpoint(text);
  if (!checkpoint) throw new Error(`${path} does not hold a checkpoint: restore it from a witness, or remove it`);
  return checkpoint;
}

/**
 * What this machine remembers of the log of this database. Outside production a database is often made anew beside an old memory: a checkpoint that none of its
 * keys signed is then of another log. In production that is an alarm, and it is returned.
 */
export async function memoryOf(
  config: Place & Pick<Config, 'mode'>,
  keys: readonly Verifier[],
): Promise<SignedCheckpoint | null> {
  const remembered = await readMemory(config);
  const isOwn = remembered !== null && keys.some((key) => signedAt(remembered.note, key) !== null);
  return isOwn || config.mode === 'production' ? remembered : null;
}

/** Keeps a checkpoint, synced, in the place of the one before. */
export async function remember({ ledgerFolder }: Place, note: string): Promise<void> {
  const folder = resolve(ledgerFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const next = join(folder, `${FILE}.${process.pid}`);
  const file = await open(next, 'w', 0o600);
  try {
    await file.writeFile(note);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(next, join(folder, FILE));
}

/** Puts what this machine remembers aside, when the log is begun anew. Returns it. */
export async function forget({ ledgerFolder }: Place): Promise<string | null> {
  const path = resolve(ledgerFolder, FILE);
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text !== null) await rename(path, `${path}.before-${Date.now()}`);
  return text;
}
