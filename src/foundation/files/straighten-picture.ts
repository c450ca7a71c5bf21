import { problem } from '../../platform/problems.ts';
import { fileUnsafe } from './file-problems.ts';
import { MAX_PIXELS, pictureFacts, withoutMetadata } from './picture-facts.ts';
import { pictures } from './picture-process.ts';

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
