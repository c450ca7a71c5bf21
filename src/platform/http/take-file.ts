import type { Readable } from 'node:stream';

/** A file of a form into memory, to a limit in bytes; undefined when it is larger. The rest is read and let go, so that the form can be answered. */
export async function takeFile(stream: Readable, limit: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= limit) parts.push(part);
  }
  return size > limit ? undefined : Buffer.concat(parts);
}
