import { Readable } from 'node:stream';
import {
  defaultPaperKinds,
  finishedUploads,
  registerFile,
  storeUpload,
  uploadApiRoutes,
  useUploads,
  type StoredBlob,
  type UploadGrant,
} from '../../../foundation/files/index.ts';
import type { Actor } from '../../../platform/access.ts';
import type { Tx } from '../../../platform/database.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { problem } from '../../../platform/problems.ts';
import { contentNotBase64, uploadUnknown } from '../api-problems.ts';
import { processScope, submitScope } from '../dossier-permissions.ts';
import type { PaperInput } from '../submission.ts';
import type { FileBody, PaperBody } from './schemas.ts';

const MAX_PAPER_BYTES = 20 * 1024 * 1024;

/** Whose uploads of a program are, until a dossier takes them. */
const ownerOf = (actor: Actor) => ({ kind: 'api-client', id: actor.id ?? '' });

/** What a program may upload in pieces. */
const grantOf = (actor: Actor): UploadGrant => ({
  owner: ownerOf(actor),
  maxBytes: MAX_PAPER_BYTES,
  kinds: defaultPaperKinds,
});

/** Decodes base64. Node skips what is no base64, so a wrong letter shows in the length: no second walk over megabytes. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (text.length % 4 !== 0 || bytes.length !== (text.length / 4) * 3 - padding) throw problem(contentNotBase64);
  return bytes;
}

/** Writes sent bytes to the store before anything else: what the transaction names is on disk. @throws contentNotBase64 */
export function storeSent(
  request: Pick<WebRequest, 'config'>,
  sent: readonly (FileBody & { name?: string })[],
): Promise<(StoredBlob | null)[]> {
  const contents = sent.map(({ contentBase64 }) => (contentBase64 === undefined ? null : bytesOf(contentBase64)));
  return Promise.all(
    sent.map(({ name, fileName }, index) => {
      const bytes = contents[index];
      if (!bytes) return Promise.resolve(null);
      const upload = { fileName: fileName ?? name ?? 'ket-qua.pdf', stream: Readable.from([bytes]) };
      return storeUpload(request.config.filesFolder, upload, { maxBytes: MAX_PAPER_BYTES, kinds: defaultPaperKinds });
    }),
  );
}

/**
 * The same with what was uploaded before. An upload stays until it runs out after a day, so that a submission sent again finds it again.
 * @throws uploadUnknown for uploads that are not complete, or somebody else's
 */
export async function withUploads(
  request: WebRequest,
  sent: readonly FileBody[],
  stored: readonly (StoredBlob | null)[],
): Promise<(StoredBlob | null)[]> {
  const { reader, actor, now } = request;
  const ids = sent.flatMap(({ uploadId }) => uploadId ?? []);
  if (ids.length === 0) return [...stored];
  const found = await finishedUploads(reader, actor, ownerOf(actor), ids, now);
  const uploads = new Map(found.map(({ uploadId, blob }) => [uploadId, blob]));
  return sent.map(({ uploadId }, index) => {
    const blob = stored[index] ?? (uploadId ? uploads.get(uploadId) : null);
    if (blob === undefined) throw unknownUpload(index);
    return blob;
  });
}

const unknownUpload = (index: number) =>
  problem(uploadUnknown, {
    errors: [{ pointer: `/papers/${index}/uploadId`, message: 'is not complete, or not yours' }],
  });

/** Uploads in pieces, for whoever may hand in papers or results. */
export const uploadPaperRoutes = (web: Web): void =>
  uploadApiRoutes(web, {
    access: { anyScope: [submitScope, processScope] },
    grantOf: ({ actor }) => grantOf(actor),
  });

/**
 * Names sent bytes and finished uploads as files of a dossier, in its transaction. One id per entry, null where nothing was sent.
 * @throws uploadUnknown for uploads that are not complete, or somebody else's
 */
export async function registerSent(
  tx: Tx,
  actor: Actor,
  dossierId: string,
  sent: readonly FileBody[],
  stored: readonly (StoredBlob | null)[],
): Promise<(string | null)[]> {
  const ids = sent.flatMap(({ uploadId }) => uploadId ?? []);
  const uploads = new Map(
    (await finishedUploads(tx, actor, ownerOf(actor), ids, tx.now)).map((each) => [each.uploadId, each.blob]),
  );
  const files: (string | null)[] = [];
  for (const [index, { uploadId }] of sent.entries()) {
    const blob = stored[index] ?? (uploadId ? uploads.get(uploadId) : null);
    if (blob === undefined) throw unknownUpload(index);
    files.push(blob ? await registerFile(tx, blob, { kind: 'dossier', id: dossierId }) : null);
  }
  await useUploads(tx, ids);
  return files;
}

/** Lines of a checklist from what was sent. */
export const papersFrom = (
  sent: readonly Pick<PaperBody, 'componentCode' | 'name'>[],
  fileIds: readonly (string | null)[],
): PaperInput[] =>
  sent.map((paper, index) => ({
    componentCode: paper.componentCode ?? null,
    name: paper.name.normalize('NFC'),
    fileId: fileIds[index] ?? null,
    originals: 0,
    copies: 0,
    isElectronic: fileIds[index] != null,
  }));
