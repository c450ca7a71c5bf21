/** The key of the last row of a page as a text for addresses. */
export const writeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** The key again, of so many parts; null for anything that is none: the list then starts anew. */
export function readCursor(text: string | null, parts: number): string[] | null {
  if (text === null || text.length > 1_000) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(key) || key.length !== parts) return null;
    const texts = key.map(String);
    return texts.some((part) => part.includes('\0') || part.length > 200) ? null : texts;
  } catch {
    return null;
  }
}
