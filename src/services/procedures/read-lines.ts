import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export type Line = { number: number; text: string } | { number: number; tooLong: true };

const GZIP = Buffer.from([0x1f, 0x8b]);
const NEWLINE = 0x0a;

/**
 * The lines of a plain or gzipped stream. A line above `maxBytes` is not kept in memory: it comes as `tooLong`. Stops with an
 * error above `maxTotalBytes` unpacked (a zip bomb).
 */
export async function* linesOf(
  source: Readable,
  limits: { maxBytes: number; maxTotalBytes: number },
): AsyncGenerator<Line> {
  let number = 0;
  let parts: Buffer[] = [];
  let size = 0;
  let total = 0;
  const finish = (): Line => {
    number++;
    const line: Line =
      size > limits.maxBytes ? { number, tooLong: true } : { number, text: Buffer.concat(parts).toString('utf8') };
    parts = [];
    size = 0;
    return line;
  };
  for await (const chunk of await unpacked(source)) {
    const bytes = chunk as Buffer;
    total += bytes.length;
    if (total > limits.maxTotalBytes) throw new Error(`The file holds more than ${limits.maxTotalBytes} bytes`);
    let start = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, start)) {
      take(bytes.subarray(start, at));
      yield finish();
      start = at + 1;
    }
    take(bytes.subarray(start));
  }
  if (size > 0) yield finish();

  function take(piece: Buffer): void {
    size += piece.length;
    if (size > limits.maxBytes) parts = [];
    else if (piece.length > 0) parts.push(piece);
  }
}

/** Unpacks when the first two bytes say gzip. */
async function unpacked(source: Readable): Promise<AsyncIterable<unknown>> {
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await iterator.next();
  async function* whole(): AsyncGenerator<Buffer> {
    if (!first.done) yield first.value;
    for (;;) {
      const next = await iterator.next();
      if (next.done) return;
      yield next.value;
    }
  }
  if (first.done || !first.value.subarray(0, 2).equals(GZIP)) return whole();
  const gunzip = createGunzip();
  const input = Readable.from(whole());
  input.on('error', (error) => gunzip.destroy(error));
  return input.pipe(gunzip);
}
