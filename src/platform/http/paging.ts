import { defineProblem, problem } from '../problems.ts';
import type { WebRequest } from './web.ts';

export const cursorWrong = defineProblem({
  code: 'platform.cursor-wrong',
  status: 422,
  title: { vi: 'Vị trí trang (cursor) không đúng', en: 'The cursor is none of this list' },
  advice: {
    vi: 'Bắt đầu lại từ trang đầu, không tự ghép cursor.',
    en: 'Start again without one; cursors are not to be built by hand.',
  },
});

/** The `Link` header of a page (RFC 8288): the first page, and the next one where there is one. */
export function linksOf(request: WebRequest, next: string | null): Record<string, string> {
  const at = (cursor: string | null): string => {
    const query = new URLSearchParams(request.query);
    query.delete('cursor');
    if (cursor !== null) query.set('cursor', cursor);
    const text = query.toString();
    return `${request.config.publicUrl}${request.path}${text ? `?${text}` : ''}`;
  };
  const links = [`<${at(null)}>; rel="first"`, ...(next === null ? [] : [`<${at(next)}>; rel="next"`])];
  return { link: links.join(', ') };
}

/** The rows asked for, `standard` unless said. */
export const limitOf = (request: WebRequest, standard: number): number =>
  Number(request.query.get('limit') ?? standard);

/** The key of the last row of a page as a text for addresses. */
export const writeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** The key again, of so many parts; null where none was sent. @throws cursorWrong */
export function cursorOf(request: WebRequest, parts: number): string[] | null {
  const text = request.query.get('cursor');
  if (text === null || text === '') return null;
  const key = readKey(text);
  if (!key || key.length !== parts) throw problem(cursorWrong);
  return key;
}

function readKey(text: string): string[] | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(text.slice(0, 4_000), 'base64url').toString('utf8'));
    const texts = Array.isArray(key) ? key.map(String) : null;
    return texts?.every((part) => !part.includes('\0') && part.length <= 300) ? texts : null;
  } catch {
    return null;
  }
}

/** Cuts a read of `size + 1` rows to a page, and makes the cursor from the key of its last row. */
export function cut<Row>(
  rows: readonly Row[],
  size: number,
  keyOf: (row: Row) => readonly (string | number)[],
): { rows: readonly Row[]; next: string | null } {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > size && last ? writeCursor(keyOf(last)) : null };
}
