import type { Config } from '../../platform/config.ts';
import { streamed, type Reply } from '../../platform/http/reply.ts';
import { problem } from '../../platform/problems.ts';
import { hasBlob, readBlob } from './blob-store.ts';
import { kindNamed } from './file-kinds.ts';
import { fileMissing } from './file-problems.ts';
import type { FileRow } from './file-queries.ts';

/**
 * Streams a file to the browser. The caller has checked the right: this module has no routes of its own. Pictures and
 * PDF are shown, everything else is saved. @throws fileMissing when the bytes are gone
 */
export async function sendFile(config: Config, file: FileRow): Promise<Reply> {
  if (!(await hasBlob(config.filesFolder, file.sha256))) throw problem(fileMissing);
  return streamed(readBlob(config.filesFolder, file.sha256), {
    fileName: file.fileName,
    type: file.mediaType,
    inline: kindNamed(file.kind)?.inline ?? false,
    sizeBytes: file.sizeBytes,
  });
}
