import { setImmediate as turn } from 'node:timers/promises';
import type { Reader } from '../../platform/database.ts';
import type { AppContext } from '../../platform/module.ts';
import { memoryOf } from './checkpoint-memory.ts';
import { findNewestCheckpoint, findNewestCosigned, type IssuedCheckpoint } from './checkpoint-queries.ts';
import { listCheckpointsFrom } from './check-queries.ts';
import { parseCheckpoint, type Checkpoint, type SignedCheckpoint } from './checkpoint.ts';
import type { Finding } from './finding.ts';
import { BentRecord, demandContinuation } from './issue-checkpoint.ts';
import { listVerifiers } from './log-keys.ts';
import { getHead } from './ledger-queries.ts';
import { inSnapshot } from './snapshot.ts';
import { signedAt, type Verifier } from './signed-note.ts';

/** Checkpoints that are read at once when the place of a change is looked for. */
const PAGE = 2_000;

/** Whether the note is what its row says, signed by a key of this log. */
function isGenuine({ size, origin, root, note }: IssuedCheckpoint, keys: readonly Verifier[]): boolean {
  const read = parseCheckpoint(note);
  const isSame = read?.size === size && read.origin === origin && read.root.equals(root);
  return isSame && keys.some((key) => key.name === origin && signedAt(read.note, key) !== null);
}

/**
 * Holds the stored log to what was signed over it: the checkpoint that this machine remembers, the last one, and the last that a witness cosigned.
 * Takes milliseconds, whatever the size.
 */
export async function checkCheckpoints({ db, config }: Pick<AppContext, 'db' | 'config'>): Promise<Finding[]> {
  // First: what the file says was in the database before.
  const remembered = await memoryOf(config, await listVerifiers(db.reader));
  return inSnapshot(db, (reader) => holdAll(reader, remembered));
}

async function holdAll(reader: Reader, remembered: SignedCheckpoint | null): Promise<Finding[]> {
  const { size } = await getHead(reader);
  const keys = await listVerifiers(reader);
  const [newest, cosigned] = [await findNewestCheckpoint(reader), await findNewestCosigned(reader)];
  const findings: Finding[] = [];
  for (const row of [newest, cosigned]) if (row && !isGenuine(row, keys)) findings.push(changed(row));
  if (remembered && (newest === null || (newest.origin === remembered.origin && newest.size < remembered.size)))
    findings.push({
      kind: 'checkpoint-missing',
      place: `checkpoint ${remembered.size}`,
      recorded: String(remembered.size),
      found: String(newest?.size ?? 0),
    });
  const signed = [newest && parseCheckpoint(newest.note), cosigned && parseCheckpoint(cosigned.note), remembered];
  const before = signed.filter((each): each is SignedCheckpoint => each !== null).sort((a, b) => b.size - a.size);
  for (const checkpoint of before) {
    const finding = await hold(reader, checkpoint, size);
    if (!finding) continue;
    findings.push(finding);
    break;
  }
  return findings;
}

const changed = (row: { size: number }): Finding => ({ kind: 'checkpoint-changed', place: `checkpoint ${row.size}` });

async function hold(reader: Reader, checkpoint: Checkpoint, size: number): Promise<Finding | null> {
  if (checkpoint.size > size)
    return {
      kind: 'log-cut',
      place: `entries ${size} to ${checkpoint.size - 1}`,
      leaf: size,
      recorded: String(checkpoint.size),
      found: String(size),
    };
  if (await continues(reader, checkpoint, size)) return null;
  const [from, to] = await locate(reader, checkpoint.size, size);
  return {
    kind: 'log-bent',
    place: `entries ${from} to ${to - 1}`,
    leaf: from,
    recorded: checkpoint.root.toString('base64'),
  };
}

async function continues(reader: Reader, checkpoint: Checkpoint, size: number): Promise<boolean> {
  try {
    await demandContinuation(reader, checkpoint, size);
    return true;
  } catch (error) {
    if (error instanceof BentRecord) return false;
    throw error;
  }
}

/** Between which checkpoints the stored log leaves what was signed: entries from…to. */
async function locate(reader: Reader, atMost: number, size: number): Promise<[number, number]> {
  let good = 0;
  for (;;) {
    const page = (await listCheckpointsFrom(reader, good + 1, PAGE)).filter((each) => each.size <= atMost);
    const last = page.at(-1);
    if (!last) return [good, atMost];
    if (await continues(reader, last, size)) {
      good = last.size;
      continue;
    }
    let [low, high] = [-1, page.length - 1]; // low continues, high does not
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (await continues(reader, page[middle]!, size)) low = middle;
      else high = middle;
    }
    return [low < 0 ? good : page[low]!.size, page[high]!.size];
  }
}

/** Whether every kept checkpoint of these sizes is still the one that was signed. */
export async function checkStoredCheckpoints(reader: Reader, from: number): Promise<Finding[]> {
  const keys = await listVerifiers(reader);
  const findings: Finding[] = [];
  for (let next = from; ;) {
    const page = await listCheckpointsFrom(reader, next, PAGE);
    for (const [at, row] of page.entries()) {
      if (at % 100 === 99) await turn();
      if (!isGenuine(row, keys)) findings.push(changed(row));
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return findings;
    next = last.size + 1;
  }
}
