import { isProblem, problem } from '../../platform/problems.ts';
import type { Reply } from '../../platform/http/reply.ts';
import type { Access, Web, WebRequest } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';
import { appendToUpload, beginUpload, cancelUpload, findOwnUpload } from './resume-upload.ts';
import { uploadDocs } from './upload-doc.ts';
import { grantUpload, type UploadGrant } from './upload-grant.ts';
import { uploadMalformed, uploadTypeWrong, uploadVersionWrong } from './upload-problems.ts';
import type { UploadRow } from './upload-queries.ts';
import type { PieceChecksum } from './upload-spool.ts';

/* tus 1.0.0 (https://tus.io/protocols/resumable-upload) with creation, checksum, termination and expiration. */

const VERSION = '1.0.0';
const ALGORITHMS = ['sha256', 'sha1', 'md5'] as const;
const MAX_BYTES = 64_000_000;
const TYPE = 'application/offset+octet-stream';

const common = { 'tus-resumable': VERSION, 'cache-control': 'no-store' };
const reply = (status: number, headers: Record<string, string> = {}, body = ''): Reply => ({
  kind: 'data',
  status,
  body,
  type: 'text/plain; charset=utf-8',
  headers: { ...common, ...headers },
});

const stateOf = (upload: UploadRow): Record<string, string> => ({
  'upload-offset': String(upload.offsetBytes),
  'upload-length': String(upload.sizeBytes),
  'upload-expires': upload.expiresAt.toUTCString(),
  'upload-complete': upload.completedAt ? '?1' : '?0',
});

/** Failures are told in a line of the person's language: the script shows it beside the file. */
const answering =
  (handle: (request: WebRequest) => Promise<Reply>) =>
  async (request: WebRequest): Promise<Reply> => {
    try {
      if (request.headers['tus-resumable'] !== VERSION) throw problem(uploadVersionWrong);
      return await handle(request);
    } catch (error) {
      request.stream?.resume();
      if (!isProblem(error) || error.definition.status >= 500) throw error;
      const { title, advice, status } = error.definition;
      const { locale } = request;
      const text = `${title[locale]}.${advice ? ` ${advice[locale]}` : ''}`;
      return reply(status, status === 412 ? { 'tus-version': VERSION } : {}, text);
    }
  };

const numberOf = (text: unknown): number => {
  if (typeof text !== 'string' || !/^\d{1,15}$/.test(text)) throw problem(uploadMalformed);
  return Number(text);
};

const textOf = (header: string | string[] | undefined): string => (typeof header === 'string' ? header : '');

/** `key base64,key base64`. */
function metadataOf(header: string | string[] | undefined): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const part of textOf(header).slice(0, 8_000).split(',')) {
    const [key, value = ''] = part.trim().split(' ');
    if (key) pairs.set(key, Buffer.from(value, 'base64').toString('utf8').normalize('NFC'));
  }
  return pairs;
}

function checksumOf(header: string | string[] | undefined): PieceChecksum | null {
  if (header === undefined) return null;
  const [algorithm = '', digest = ''] = textOf(header).split(' ');
  if (!(ALGORITHMS as readonly string[]).includes(algorithm)) throw problem(uploadMalformed);
  return { algorithm, digest: Buffer.from(digest, 'base64') };
}

/** Where uploads live, and what may come: by the grant that a page gave, or by what `grantOf` says of the caller. */
interface TusPlace {
  item: (params: { uploadId: string }) => string;
  grantOf?: (request: WebRequest) => UploadGrant;
}

async function create(request: WebRequest, place: TusPlace): Promise<Reply> {
  const sizeBytes = numberOf(request.headers['upload-length']);
  const metadata = metadataOf(request.headers['upload-metadata']);
  const given = place.grantOf && grantUpload(request.config, request.actor, place.grantOf(request), request.now);
  const input = { grant: given ?? metadata.get('grant') ?? '', fileName: metadata.get('filename') ?? '', sizeBytes };
  if (sizeBytes === 0) throw problem(uploadMalformed);
  const upload = await request.command((tx) => beginUpload(tx, request.config, request.actor, input));
  return reply(201, { ...stateOf(upload), location: request.href(place.item({ uploadId: upload.id })) });
}

async function append(request: WebRequest): Promise<Reply> {
  if (!request.stream || request.headers['content-type'] !== TYPE) throw problem(uploadTypeWrong);
  const upload = await appendToUpload((work) => request.command(work), request.config, request.actor, {
    id: request.params['uploadId'] ?? '',
    offset: numberOf(request.headers['upload-offset']),
    stream: request.stream,
    checksum: checksumOf(request.headers['upload-checksum']),
  });
  return reply(204, stateOf(upload));
}

async function tell(request: WebRequest): Promise<Reply> {
  const id = request.params['uploadId'] ?? '';
  return reply(200, stateOf(await findOwnUpload(request.reader, request.actor, id, request.now)));
}

async function cancel(request: WebRequest): Promise<Reply> {
  await cancelUpload((work) => request.command(work), request.config, request.actor, request.params['uploadId'] ?? '');
  return reply(204);
}

const able = (): Reply =>
  reply(204, {
    'tus-version': VERSION,
    'tus-extension': 'creation,checksum,termination,expiration',
    'tus-max-size': String(MAX_BYTES),
    'tus-checksum-algorithm': ALGORITHMS.join(','),
  });
const limited = (name: string, limit: number) =>
  ({ rateLimit: { name: `files.${name}`, limit, windowSeconds: 600, by: 'account' } }) as const;
const example = { uploadId: '00000000-0000-7000-8000-000000000000' };

/** Uploads in pieces for whoever is signed in; what may come is in the grant that the owning module's page gave. */
export function uploadRoutes(web: Web): void {
  const access = 'signed-in';
  web.options(paths.uploads, { access: 'public' }, able);
  const place = { item: paths.upload };
  web.post(
    paths.uploads,
    { access, ...limited('upload', 300) },
    answering((request) => create(request, place)),
  );
  // HEAD comes with GET: the same headers, no body.
  web.get(paths.upload, { access, example }, answering(tell));
  web.patch(paths.upload, { access, ...limited('piece', 6_000) }, answering(append));
  web.delete(paths.upload, { access, ...limited('cancel', 300) }, answering(cancel));
}

/** The same for programs: failures are problems, and `grantOf` says what the caller may send. */
export function uploadApiRoutes(
  web: Web,
  options: { access: Access; grantOf: (request: WebRequest) => UploadGrant },
): void {
  const common = { access: options.access, machine: true } as const;
  const place = { item: paths.apiUpload, grantOf: options.grantOf };
  const speaking =
    (handle: (request: WebRequest) => Promise<Reply>) =>
    (request: WebRequest): Promise<Reply> => {
      if (request.headers['tus-resumable'] === VERSION) return handle(request);
      request.stream?.resume();
      throw problem(uploadVersionWrong);
    };
  web.post(
    paths.apiUploads,
    { ...common, ...limited('upload', 3_000), api: uploadDocs.create },
    speaking((request) => create(request, place)),
  );
  web.get(paths.apiUpload, { ...common, api: uploadDocs.tell, example }, speaking(tell));
  web.patch(
    paths.apiUpload,
    { ...common, ...limited('piece', 60_000), api: uploadDocs.append, example },
    speaking(append),
  );
  web.delete(
    paths.apiUpload,
    { ...common, ...limited('cancel', 3_000), api: uploadDocs.cancel, example },
    speaking(cancel),
  );
}
