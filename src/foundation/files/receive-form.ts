import { storeUpload, type StoredBlob, type UploadLimits } from './blob-store.ts';
import type { WebRequest } from '../../platform/http/web.ts';
import { newId } from '../../platform/ids.ts';
import { isProblem } from '../../platform/problems.ts';

export interface ReceivedFile {
  field: string;
  fileId: string;
  blob: StoredBlob;
}
export interface ReceivedForm {
  fields: URLSearchParams;
  files: ReceivedFile[];
  /** Files that were refused, by field: why, in both languages. */
  refused: Map<string, { vi: string; en: string }>;
}

/**
 * Reads a form with files: each is streamed to the store while it arrives, held to the limits of its field. A refused file is told beside its
 * field and the rest of the form goes on; nothing of it is kept. Files of fields without limits are passed over.
 */
export async function receiveForm(
  request: WebRequest,
  limitsOf: (field: string) => UploadLimits | null,
): Promise<ReceivedForm> {
  const files: ReceivedFile[] = [];
  const refused: ReceivedForm['refused'] = new Map();
  const fields = await request.form(async (file) => {
    const limits = limitsOf(file.field);
    if (!limits) return null;
    try {
      const blob = await storeUpload(request.config.filesFolder, file, limits);
      const fileId = newId();
      files.push({ field: file.field, fileId, blob });
      return fileId;
    } catch (error) {
      // A wrong file is an answer to correct; a broken line or a full disk is not.
      if (!isProblem(error) || !error.definition.code.startsWith('files.') || error.definition.status === 400)
        throw error;
      const { title, advice } = error.definition;
      const megabytes = Math.round(limits.maxBytes / 1_000_000);
      const say = (locale: 'vi' | 'en') => `${file.fileName}: ${title[locale]}.${advice ? ` ${advice[locale]}` : ''}`;
      const atMost = error.definition.code === 'files.too-large' ? ` (≤ ${megabytes} MB)` : '';
      refused.set(file.field, { vi: say('vi') + atMost, en: say('en') + atMost });
      return null;
    }
  });
  return { fields, files, refused };
}
