import {
  defaultPaperKinds,
  readPolicy,
  storeUpload,
  type FilePolicy,
  type StoredBlob,
} from '../../foundation/files/index.ts';
import type { WebRequest } from '../../platform/http/web.ts';
import { isProblem, type LocalText } from '../../platform/problems.ts';

/** The largest paper or result a clerk may attach. */
export const maxUploadBytes = 20_000_000;

/**
 * Reads a form with files. Each file's bytes are in the store when this returns, pictures put upright and reduced as the province says; what was refused is said by its field, and the
 * form's other values are kept.
 */
export async function readUploads(
  request: WebRequest,
): Promise<{ form: URLSearchParams; uploads: Map<string, StoredBlob>; refused: Record<string, LocalText> }> {
  const uploads = new Map<string, StoredBlob>();
  const refused: Record<string, LocalText> = {};
  let policy: FilePolicy | undefined;
  const form = await request.form(async ({ field, fileName, stream }) => {
    try {
      const { pictures } = (policy ??= await readPolicy(request.reader));
      uploads.set(
        field,
        await storeUpload(
          request.config.filesFolder,
          { fileName, stream },
          { maxBytes: maxUploadBytes, kinds: defaultPaperKinds, pictures },
        ),
      );
    } catch (error) {
      if (!isProblem(error) || error.definition.status >= 500) throw error;
      const { title, advice } = error.definition;
      refused[field] = {
        vi: `${fileName}: ${title.vi}${advice ? `. ${advice.vi}` : ''}`,
        en: `${fileName}: ${title.en}${advice ? `. ${advice.en}` : ''}`,
      };
    }
    return null;
  });
  return { form, uploads, refused };
}
