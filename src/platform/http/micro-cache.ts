import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { displayIn } from './display.ts';

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

interface Variant {
  body: Buffer;
  headers: Record<string, string | number>;
  etag: string;
}
interface Entry {
  expiresAt: number;
  identity: Variant;
  br: Variant | null;
  gzip: Variant | null;
}

const MAX_ENTRIES = 4_000;
const MAX_BYTES = 128 * 1024 * 1024;
const MAX_URL = 300;

export interface MicroCache {
  /** Answers from memory; false when it cannot (no entry, a session cookie, not a GET). */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
  /** Rises with every `clear`: a page that was begun before one is not kept after it. */
  generation(): number;
  /** `display` is the choice of `displayIn`: a page is kept once for each. */
  store(
    url: string,
    page: { body: Buffer; headers: Record<string, string | number>; generation: number; display: string },
    seconds: number,
  ): void;
  clear(): void;
}

/**
 * Keeps whole anonymous pages, compressed once, for seconds. Nothing that depends on a cookie or holds a token is ever
 * stored, so one entry serves everybody; only the choice of display, one of a few, has entries of its own. The oldest entries fall out at 4,000 pages or 128 MiB.
 */
export function createMicroCache(sessionCookie: string, onServed: () => void): MicroCache {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  let generation = 0;
  const drop = (key: string) => {
    const entry = entries.get(key);
    if (!entry) return;
    bytes -= sizeOf(entry);
    entries.delete(key);
  };
  return {
    serve(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false;
      const { cookie } = request.headers;
      const key = keyOf(request.url ?? '', displayIn(cookie));
      const entry = entries.get(key);
      if (!entry) return false;
      if (cookie?.includes(sessionCookie)) return false;
      if (entry.expiresAt < Date.now()) {
        drop(key);
        return false;
      }
      const accepted = request.headers['accept-encoding'] ?? '';
      const variant =
        (entry.br && accepted.includes('br') && entry.br) ||
        (entry.gzip && accepted.includes('gzip') && entry.gzip) ||
        entry.identity;
      onServed();
      // A copy in another encoding is the same page: the compressed forms may have come after it was sent.
      const known = request.headers['if-none-match'];
      if (known !== undefined && [entry.identity, entry.br, entry.gzip].some((each) => each?.etag === known)) {
        response.writeHead(304, {
          etag: known,
          'cache-control': 'public, max-age=0, must-revalidate',
          vary: 'accept-encoding',
        });
        response.end();
        return true;
      }
      response.writeHead(200, variant.headers);
      response.end(request.method === 'HEAD' ? undefined : variant.body);
      return true;
    },
    generation: () => generation,
    store(url, { body, headers, generation: begun, display }, seconds) {
      if (url.length > MAX_URL || begun !== generation) return;
      const key = keyOf(url, display);
      const etag = createHash('sha256').update(body).digest('base64url').slice(0, 22);
      const entry: Entry = {
        expiresAt: Date.now() + seconds * 1000,
        identity: variantOf(body, headers, etag, null),
        br: null,
        gzip: null,
      };
      drop(key);
      entries.set(key, entry);
      bytes += sizeOf(entry);
      for (const oldest of entries.keys()) {
        if (entries.size <= MAX_ENTRIES && bytes <= MAX_BYTES) break;
        drop(oldest);
      }
      void compress(body).then(([br, zipped]) => {
        if (entries.get(key) !== entry) return;
        bytes -= sizeOf(entry);
        entry.br = variantOf(br, headers, etag, 'br');
        entry.gzip = variantOf(zipped, headers, etag, 'gzip');
        bytes += sizeOf(entry);
      });
    },
    clear() {
      generation++;
      entries.clear();
      bytes = 0;
    },
  };
}

/** No address has a space, so that two keys never meet. */
const keyOf = (url: string, display: string): string => (display === '' ? url : `${display} ${url}`);

const compress = (body: Buffer) =>
  Promise.all([brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }), gz(body, { level: 6 })]);

const sizeOf = (entry: Entry): number =>
  entry.identity.body.length + (entry.br?.body.length ?? 0) + (entry.gzip?.body.length ?? 0);

function variantOf(
  body: Buffer,
  headers: Record<string, string | number>,
  etag: string,
  encoding: string | null,
): Variant {
  const tag = `"${etag}${encoding ? `-${encoding}` : ''}"`;
  return {
    body,
    etag: tag,
    headers: {
      ...headers,
      ...(encoding ? { 'content-encoding': encoding } : {}),
      'content-length': body.length,
      'cache-control': 'public, max-age=0, must-revalidate',
      vary: 'accept-encoding',
      etag: tag,
    },
  };
}
