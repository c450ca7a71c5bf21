import { problem } from '../../platform/problems.ts';
import { fileUnsafe, heicUnreadable, pictureBusy } from './file-problems.ts';
import { MAX_PIXELS, pictureFacts, withoutMetadata } from './picture-facts.ts';
import { PictureFailed, pictures } from './picture-process.ts';

/** How pictures are kept: upright, no larger than needed to read a paper, without what a phone writes beside them. */
export interface PictureRules {
  /** Pixels of the longer side at most. */
  longSide: number;
  /** JPEG quality, 1–100. */
  quality: number;
}

/** An A4 sheet at 300 dpi. */
export const defaultPictureRules: PictureRules = { longSide: 3_508, quality: 82 };

const KINDS = ['jpeg', 'png', 'webp'];
export const isPicture = (kind: string): boolean => KINDS.includes(kind);

/** Refuses a picture whose header claims more pixels than may be decoded. @throws fileUnsafe */
export function refuseBomb(kind: string, head: Buffer, facts: Record<string, unknown>): void {
  const size = isPicture(kind) ? pictureFacts(head) : null;
  if (size && size.width * size.height > MAX_PIXELS) throw problem(fileUnsafe, facts);
}

/**
 * The picture as it is kept, or null when it is right as it came. Where it was taken and with what goes in any case. A picture that cannot be
 * decoded stays as it came: whoever opens it decides.
 */
export async function straightenPicture(kind: string, bytes: Buffer, rules: PictureRules): Promise<Buffer | null> {
  const facts = pictureFacts(bytes);
  if (!facts || kind === 'webp') return null;
  const isLarge = Math.max(facts.width, facts.height) > rules.longSide;
  if (facts.orientation === 1 && !isLarge) {
    if (!facts.hasMetadata) return null;
    if (kind === 'jpeg') return withoutMetadata(bytes);
  }
  const made = await pictures.run({ task: 'straighten', bytes, ...rules }).catch(() => null);
  if (made && 'bytes' in made) return Buffer.from(made.bytes);
  return kind === 'jpeg' && facts.hasMetadata ? withoutMetadata(bytes) : null;
}

/**
 * A phone's picture (HEIC) as a JPEG: upright, reduced, without where it was taken. It is never kept as it came, for hardly any office computer opens it.
 * @throws heicUnreadable for one that is broken, hostile or too large, pictureBusy
 */
export async function jpegOfHeic(bytes: Buffer, rules: PictureRules, facts: Record<string, unknown>): Promise<Buffer> {
  try {
    const made = await pictures.run({ task: 'heic', bytes, ...rules });
    if ('bytes' in made) return Buffer.from(made.bytes);
  } catch (error) {
    if (!(error instanceof PictureFailed)) throw error;
    if (error.isBusy) throw problem(pictureBusy, facts);
  }
  throw problem(heicUnreadable, facts);
}

/** Whether uploads held to these kinds may be of this one: where JPEG is taken, a HEIC is too, for it becomes one. */
export const isTaken = (kinds: readonly string[], kind: string): boolean =>
  kinds.includes(kind) || (kind === 'heic' && kinds.includes('jpeg'));
