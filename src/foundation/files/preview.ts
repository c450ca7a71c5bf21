import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { problem } from '../../platform/problems.ts';
import { download, streamed, type Reply } from '../../platform/http/reply.ts';
import type { WebRequest } from '../../platform/http/web.ts';
import { readBlob } from './blob-store.ts';
import { demandReadable } from './send-file.ts';
import { fileMissing } from './file-problems.ts';
import type { FileRow } from './file-queries.ts';
import { pictures } from './picture-process.ts';
import { isPicture } from './straighten-picture.ts';

/* Pages of PDF and pictures as small pictures, made when first asked for and kept under the digest: the same bytes look the same for ever. */

const FOLDER = '.previews';
const WIDTHS = { thumb: 240, page: 1_100 } as const;
export type PreviewSize = keyof typeof WIDTHS;
export const MAX_PREVIEW_PAGES = 30;
const MAX_BYTES = 64_000_000;

/** Stands for a file that cannot be drawn. */
const SHEET =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 64"><path d="M4 2h28l12 12v48H4z" fill="#f3f2f1" stroke="#b1b4b6"/><path d="M32 2v12h12" fill="none" stroke="#b1b4b6"/><path d="M11 26h26M11 34h26M11 42h18" stroke="#b1b4b6"/></svg>';

const folderOf = (folder: string, sha256: Buffer): string => {
  const hex = sha256.toString('hex');
  return join(folder, FOLDER, hex.slice(0, 3), hex);
};

/** Page and size as an address asks for them: `?trang=2&co=nho`. */
export const previewAsked = (query: URLSearchParams): { page: number; size: PreviewSize } => ({
  page: Number(query.get('trang') ?? '1') - 1,
  size: query.get('co') === 'nho' ? 'thumb' : 'page',
});

/** Whether a file can be looked at without opening it. */
export const canPreview = (file: Pick<FileRow, 'kind' | 'sizeBytes' | 'erasedAt'>): boolean =>
  (file.kind === 'pdf' || isPicture(file.kind)) && file.sizeBytes <= MAX_BYTES && file.erasedAt === null;

/** A page as a picture on disk; null when it cannot be drawn or there is no such page. That it cannot is kept too. */
async function previewOf(
  folder: string,
  file: FileRow,
  page: number,
  size: PreviewSize,
): Promise<{ path: string; pages: number } | null> {
  const home = folderOf(folder, file.sha256);
  const path = join(home, `${page}-${size}.webp`);
  const known = await readFile(join(home, 'pages'), 'utf8').catch(() => null);
  if (known !== null && (page >= Number(known) || (await stat(path).catch(() => null))))
    return page < Number(known) ? { path, pages: Number(known) } : null;
  const chunks: Buffer[] = [];
  for await (const chunk of readBlob(folder, file.sha256)) chunks.push(chunk as Buffer);
  await mkdir(home, { recursive: true });
  const temporary = join(home, `.${randomUUID()}`);
  const task = {
    task: 'preview',
    bytes: Buffer.concat(chunks),
    kind: file.kind,
    page,
    width: WIDTHS[size],
    to: temporary,
  } as const;
  try {
    const made = await pictures.run(task).catch(() => ({ pages: 0 }));
    const pages = 'pages' in made ? made.pages : 0;
    if (page < pages) await rename(temporary, path);
    await writeFile(join(home, 'pages'), String(pages));
    return page < pages ? { path, pages } : null;
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Answers with a page of a file as a picture. The caller has checked the right. Held to the same rules as the file itself: what is in quarantine
 * or may not be opened yet has no preview either. A thumbnail that cannot be drawn is a plain sheet. @throws fileMissing when a page cannot be drawn
 */
export async function sendPreview(
  request: Pick<WebRequest, 'config' | 'reader'>,
  file: FileRow,
  { page, size }: { page: number; size: PreviewSize },
): Promise<Reply> {
  await demandReadable(request, file);
  const isRight = Number.isInteger(page) && page >= 0 && page < MAX_PREVIEW_PAGES && canPreview(file);
  const found = isRight ? await previewOf(request.config.filesFolder, file, page, size).catch(() => null) : null;
  if (!found && size === 'thumb') return download(SHEET, { fileName: 'tep.svg', type: 'image/svg+xml', inline: true });
  if (!found) throw problem(fileMissing);
  const reply = streamed(createReadStream(found.path), {
    fileName: `${page + 1}.webp`,
    type: 'image/webp',
    inline: true,
  });
  return {
    ...reply,
    headers: { ...reply.headers, 'cache-control': 'private, max-age=86400', 'sen-pages': String(found.pages) },
  };
}

/** How many pages can be looked at; 0 when the file cannot be drawn. Draws the first one when nobody has yet. */
export async function countPages(request: Pick<WebRequest, 'config'>, file: FileRow): Promise<number> {
  if (!canPreview(file)) return 0;
  const found = await previewOf(request.config.filesFolder, file, 0, 'page').catch(() => null);
  return Math.min(found?.pages ?? 0, MAX_PREVIEW_PAGES);
}

/** Takes the pictures of a digest away; returns how many there were. */
export async function dropPreviews(folder: string, sha256: Buffer): Promise<number> {
  const home = folderOf(folder, sha256);
  const names = await readdir(home).catch(() => []);
  await rm(home, { recursive: true, force: true });
  return names.filter((name) => name.endsWith('.webp')).length;
}
