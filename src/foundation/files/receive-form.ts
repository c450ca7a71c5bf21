import { storeUpload, type StoredBlob, type UploadLimits } from './blob-store.ts';
import { extensionsOf } from './file-kinds.ts';
import { demandRoom, readPolicy, type FilePolicy } from './file-policy.ts';
import { finishedUploads } from './resume-upload.ts';
import { isTaken } from './straighten-picture.ts';
import type { Subject } from '../../platform/events.ts';
import type { WebRequest } from '../../platform/http/web.ts';
import { newId } from '../../platform/ids.ts';
import { isProblem } from '../../platform/problems.ts';

export interface ReceivedFile {
  field: string;
  fileId: string;
  blob: StoredBlob;
  /** The upload in pieces that brought it; forgotten with `useUploads` when the file has its row. */
  uploadId?: string;
}
export interface ReceivedForm {
  fields: URLSearchParams;
  files: ReceivedFile[];
  /** Files that were refused, by field: why, in both languages. */
  refused: Map<string, { vi: string; en: string }>;
}

/**
 * Reads a form with files: each is streamed to the store while it arrives, held to the limits of its field. A refused file is told beside its
 * field and the rest of the form goes on; nothing of it is kept. Files of fields without limits are passed over. Files that came in pieces before
 * (fields `upload:NAME`, for `owner`) are held to the same limits.
 */
export async function receiveForm(
  request: WebRequest,
  limitsOf: (field: string) => UploadLimits | null,
  owner: Subject | null = null,
): Promise<ReceivedForm> {
  const files: ReceivedFile[] = [];
  const refused: ReceivedForm['refused'] = new Map();
  let policy: FilePolicy | undefined;
  const fields = await request.form(async (file) => {
    const limits = limitsOf(file.field);
    if (!limits) return null;
    try {
      const { pictures } = (policy ??= await readPolicy(request.reader));
      const blob = await storeUpload(request.config.filesFolder, file, { ...limits, pictures });
      await demandRoom(request.reader, request.actor.id ?? '', blob.sizeBytes);
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
  for (const name of new Set(fields.keys())) {
    if (!name.startsWith(UPLOAD)) continue;
    const field = name.slice(UPLOAD.length);
    const limits = limitsOf(field);
    const sent = limits && owner ? fields.getAll(name) : [];
    fields.delete(name);
    for (const { uploadId, blob } of await finishedUploads(
      request.reader,
      request.actor,
      owner ?? NOBODY,
      sent,
      request.now,
    )) {
      if (!limits) continue;
      if (isTaken(limits.kinds, blob.kind) && blob.sizeBytes <= limits.maxBytes) {
        const fileId = newId();
        files.push({ field, fileId, blob, uploadId });
        fields.append(field, fileId);
      } else refused.set(field, notWanted(blob.fileName, limits));
    }
  }
  return { fields, files, refused };
}

const UPLOAD = 'upload:';
const NOBODY: Subject = { kind: 'none', id: '' };

const notWanted = (fileName: string, limits: UploadLimits): { vi: string; en: string } => {
  const rule = `${extensionsOf(limits.kinds)}, ≤ ${Math.round(limits.maxBytes / 1_000_000)} MB`;
  return { vi: `${fileName}: mục này chỉ nhận ${rule}`, en: `${fileName}: only ${rule} here` };
};
