import type { Database } from '../../platform/database.ts';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { findNewestCheckpoint, insertCheckpoint } from './checkpoint-queries.ts';
import { checkpointText, parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import { memoryOf, remember } from './checkpoint-memory.ts';
import { claimHead } from './ledger-queries.ts';
import { listVerifiers, presentSigner } from './log-keys.ts';
import { isConsistent } from './merkle.ts';
import { signNote } from './signed-note.ts';
import { BrokenTile } from './tiles.ts';
import { readConsistency, readRoot } from './tree-reader.ts';

/** The stored log does not continue what was signed before: it is never signed over. */
export class BentRecord extends Error {
  override name = 'BentRecord';
}

/**
 * Signs how the log stands, when it has grown since the last checkpoint. Before that it is held to the checkpoint that this machine remembers outside
 * of the database: two stories are never signed.
 * @returns the new checkpoint as a signed note; null when there is nothing new, or another process is at it
 * @throws BentRecord when the stored log does not continue the last checkpoint
 */
export async function issueCheckpoint({
  db,
  clock,
  config,
}: Pick<AppContext, 'db' | 'clock' | 'config'>): Promise<string | null> {
  const issued = await inTransaction(db, { actor: systemActor('ledger'), clock }, async (tx) => {
    const head = await claimHead(tx);
    if (!head || head.size === 0) return null;
    const last = await findNewestCheckpoint(tx);
    const signer = await presentSigner(tx, config);
    if (last?.size === head.size && last.origin === signer.name) return null;
    const remembered = await memoryOf(config, await listVerifiers(tx));
    for (const before of [last && parseCheckpoint(last.note), remembered])
      if (before) await demandContinuation(tx, before, head.size);
    const text = checkpointText({ origin: signer.name, size: head.size, root: await readRoot(tx, head.size) });
    const note = `${text}\n${signNote(text, signer)}`;
    const { origin, size, root } = parseCheckpoint(note)!;
    await insertCheckpoint(tx, { origin, size, root, note });
    return note;
  });
  if (issued !== null) await remember(config, issued);
  return issued;
}

/** @throws BentRecord when the stored tree of `size` entries does not begin with that of an earlier checkpoint */
export async function demandContinuation(reader: Database['reader'], before: Checkpoint, size: number): Promise<void> {
  if (before.size > size)
    throw new BentRecord(`The log has ${size} entries; a checkpoint over ${before.size} was signed before`);
  try {
    const proof = await readConsistency(reader, before.size, size);
    if (isConsistent(before, { size, root: await readRoot(reader, size) }, proof)) return;
  } catch (error) {
    if (!(error instanceof BrokenTile)) throw error;
    throw new BentRecord(error.message);
  }
  throw new BentRecord(`The first ${before.size} entries are not those over which a checkpoint was signed`);
}
