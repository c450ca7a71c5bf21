import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { S3mini } from 's3mini';
import type { Config, S3Settings } from '../../platform/config.ts';
import { attachRemote, type RemoteStore } from './remote-store.ts';

const PART_BYTES = 8 * 1024 * 1024;
const TRIES = 4;

/** Tries again what failed on the way or at the service, not what the service refused. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const status = (error as { status?: number }).status;
      if (attempt === TRIES || (status !== undefined && status < 500 && status !== 429)) throw error;
      await new Promise((go) => setTimeout(go, 100 * 4 ** (attempt - 1)));
    }
  }
}

/**
 * Blobs in a bucket under `PREFIXabc/abcdef…`. Whole bytes go with their SHA-256, which the service checks; larger files in parts of 8 MiB, each
 * tried four times, and are compared in size afterwards. An upload that fails is taken back, so that no half of it is paid for.
 */
export function openS3(settings: S3Settings): RemoteStore {
  const s3 = new S3mini({
    accessKeyId: settings.accessKey,
    secretAccessKey: settings.secretKey,
    endpoint: settings.endpoint,
    region: settings.region,
    requestAbortTimeout: 60_000,
    // The operator named this service; it does not send the program on to another.
    fetch: (input, init) => fetch(input, { ...init, redirect: 'error' }),
  });
  const keyOf = (sha256: Buffer) => {
    const hex = sha256.toString('hex');
    return `${settings.prefix}${hex.slice(0, 3)}/${hex}`;
  };
  const sizeOf = (sha256: Buffer): Promise<number | null> =>
    patiently(async () => ((await s3.objectExists(keyOf(sha256))) ? s3.getContentLength(keyOf(sha256)) : null));

  async function putParts(key: string, path: string, sizeBytes: number): Promise<void> {
    const uploadId = await patiently(() => s3.getMultipartUploadId(key, 'application/octet-stream'));
    const file = await open(path, 'r');
    try {
      const parts: Awaited<ReturnType<typeof s3.uploadPart>>[] = [];
      for (let at = 0, number = 1; at < sizeBytes; at += PART_BYTES, number++) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(PART_BYTES, sizeBytes - at)), 0, null, at);
        const part = buffer.subarray(0, bytesRead);
        parts.push(await patiently(() => s3.uploadPart(key, uploadId, part, number)));
      }
      await patiently(() => s3.completeMultipartUpload(key, uploadId, parts));
    } catch (error) {
      await s3.abortMultipartUpload(key, uploadId).catch(() => {});
      throw error;
    } finally {
      await file.close();
    }
  }

  return {
    sizeOf,
    async put(sha256, source) {
      const key = keyOf(sha256);
      const sizeBytes = Buffer.isBuffer(source) ? source.length : source.sizeBytes;
      if ((await sizeOf(sha256)) === sizeBytes) return;
      const checksum = { 'x-amz-checksum-sha256': sha256.toString('base64') };
      const whole = Buffer.isBuffer(source) ? source : sizeBytes <= PART_BYTES ? await readWhole(source.path) : null;
      if (whole) await patiently(() => s3.putObject(key, whole, 'application/octet-stream', undefined, checksum));
      else await putParts(key, (source as { path: string }).path, sizeBytes);
      const found = await sizeOf(sha256);
      if (found !== sizeBytes) throw new Error(`The store holds ${found} bytes of ${key} in place of ${sizeBytes}`);
    },
    async get(sha256) {
      const answer = await patiently(() => s3.getObjectResponse(keyOf(sha256)));
      if (!answer?.body) throw Object.assign(new Error(`${keyOf(sha256)} is not in the store`), { code: 'ENOENT' });
      return Readable.fromWeb(answer.body as ReadableStream);
    },
    async remove(sha256) {
      await patiently(() => s3.deleteObject(keyOf(sha256)));
    },
    async *list() {
      let token: string | undefined;
      do {
        const from = token;
        const found = await patiently(() => s3.listObjectsPaged('/', settings.prefix, 1_000, from));
        for (const { Key, Size, LastModified } of found?.objects ?? []) {
          const name = Key.split('/').at(-1) ?? '';
          if (/^[0-9a-f]{64}$/.test(name))
            yield { sha256: Buffer.from(name, 'hex'), sizeBytes: Size, modifiedAt: new Date(LastModified) };
        }
        token = found?.nextContinuationToken;
      } while (token);
    },
  };
}

async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Lets this process keep and read files where the settings say. Both homes are read while both are set, so that files can move. */
export function openStores(config: Config): void {
  if (config.s3) attachRemote(config.filesFolder, openS3(config.s3), config.filesStore === 's3');
}
