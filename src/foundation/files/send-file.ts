import { streamed, type Reply } from '../../platform/http/reply.ts';
import type { WebRequest } from '../../platform/http/web.ts';
import { problem } from '../../platform/problems.ts';
import { hasBlob, readBlob } from './blob-store.ts';
import { kindNamed } from './file-kinds.ts';
import { readPolicy } from './file-policy.ts';
import { fileErased, fileInfected, fileMissing, fileNotScanned } from './file-problems.ts';
import type { FileRow } from './file-queries.ts';

/**
 * Streams a file to the browser. The caller has checked the right: this module's own routes never show a file. Pictures and
 * PDF are shown, everything else is saved. @throws fileMissing when the bytes are gone; fileErased, fileInfected, fileNotScanned
 */
export async function sendFile(request: Pick<WebRequest, 'config' | 'reader'>, file: FileRow): Promise<Reply> {
  await demandReadable(request, file);
  const { filesFolder } = request.config;
  if (!(await hasBlob(filesFolder, file.sha256))) throw problem(fileMissing);
  return streamed(readBlob(filesFolder, file.sha256), {
    fileName: file.fileName,
    type: file.mediaType,
    inline: kindNamed(file.kind)?.inline ?? false,
    sizeBytes: file.sizeBytes,
  });
}

/** Nobody opens what was erased or is infected; what was not looked through yet, as the policy says. */
export async function demandReadable(
  { config, reader }: Pick<WebRequest, 'config' | 'reader'>,
  file: Pick<FileRow, 'erasedAt' | 'scanState'>,
): Promise<void> {
  if (file.erasedAt) throw problem(fileErased);
  if (file.scanState === 'infected') throw problem(fileInfected);
  const isOpen = file.scanState === 'clean' || file.scanState === 'released';
  if (config.clamd !== null && !isOpen && (await readPolicy(reader)).whenUnscanned === 'block')
    throw problem(fileNotScanned);
}
