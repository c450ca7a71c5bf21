import { HASH_BYTES } from './merkle.ts';
import { isKeyName, parseNote, strictBase64, type Note } from './signed-note.ts';

/** How many entries a log had and what its root was (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Name of the log: its address without the scheme. */
  origin: string;
  size: number;
  root: Buffer;
}
export interface SignedCheckpoint extends Checkpoint {
  note: Note;
}

/** The text that is signed: origin, size, root. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`;

/** Reads the three lines of a checkpoint; what stands below them is left. Null when they are not there. */
function parseText(text: string): Checkpoint | null {
  const [origin = '', sizeText = '', rootText = ''] = text.split('\n');
  const root = strictBase64(rootText);
  const size = Number(sizeText);
  const isWhole = isKeyName(origin) && /^(0|[1-9]\d{0,15})$/.test(sizeText) && Number.isSafeInteger(size);
  return isWhole && root?.length === HASH_BYTES ? { origin, size, root } : null;
}

/** Reads a signed checkpoint without judging its signatures; null when it is none. */
export function parseCheckpoint(source: string): SignedCheckpoint | null {
  const note = parseNote(source);
  const checkpoint = note && parseText(note.text);
  return checkpoint && { ...checkpoint, note };
}
