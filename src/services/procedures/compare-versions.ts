import type { Procedure } from './procedure.ts';
import { versionParts, type PartKey } from './version-parts.ts';

/** A line of a part, and on which side it stands. */
export interface ComparedLine {
  side: 'both' | 'before' | 'after';
  text: string;
}

/** A part of a procedure in two versions, line by line. */
export interface VersionChange {
  part: PartKey;
  before: string[];
  after: string[];
  lines: ComparedLine[];
}

/** What changed from one version to another, in the order in which people read a procedure. Empty: nothing they can see. */
export function compareVersions(before: Procedure, after: Procedure, locale: 'vi' | 'en'): VersionChange[] {
  const old = versionParts(before, locale);
  return versionParts(after, locale).flatMap(({ part, lines }) => {
    const was = old.find((one) => one.part === part)?.lines ?? [];
    if (was.join('\n') === lines.join('\n')) return [];
    return [{ part, before: was, after: lines, lines: compareLines(was, lines) }];
  });
}

/** Beyond this many lines on a side nothing is matched: all old lines, then all new ones. */
const MOST_LINES = 600;

/** The longest common lines stay, the others went or came (LCS by dynamic programming). */
export function compareLines(before: readonly string[], after: readonly string[]): ComparedLine[] {
  if (before.length > MOST_LINES || after.length > MOST_LINES)
    return [
      ...before.map((text): ComparedLine => ({ side: 'before', text })),
      ...after.map((text): ComparedLine => ({ side: 'after', text })),
    ];
  const width = after.length + 1;
  const length = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      length[i * width + j] =
        before[i] === after[j]
          ? length[(i + 1) * width + j + 1]! + 1
          : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
  const lines: ComparedLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ side: 'both', text: before[i]! });
      i += 1;
      j += 1;
    } else if (j >= after.length || (i < before.length && length[(i + 1) * width + j]! >= length[i * width + j + 1]!))
      lines.push({ side: 'before', text: before[i++]! });
    else lines.push({ side: 'after', text: after[j++]! });
  }
  return lines;
}
