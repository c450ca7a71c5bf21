import { connect, type Socket } from 'node:net';

/* A client that writes what it is given, well made or not, and reads answers only as far as it must to know where they end. */

export interface RawAnswer {
  /** 0: the connection ended without an answer, or gave none in time. */
  status: number;
  /** The first two kilobytes, as they came. */
  start: Buffer;
}

interface Reading {
  head: Buffer;
  status: number;
  /** Bytes of the body still to come; -1: in chunks; -2: until the end of the connection. */
  left: number;
  isHeadDone: boolean;
  closes: boolean;
}

const NONE: RawAnswer = { status: 0, start: Buffer.alloc(0) };
const END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** A connection that is opened again when it was closed. One request at a time. */
export function rawConnection(port: number, timeoutMs: number) {
  let socket: Socket | null = null;
  let reading: Reading | null = null;
  let method = '';
  let settle: ((answer: RawAnswer) => void) | null = null;
  let timer: NodeJS.Timeout | undefined;
  let tail: Buffer = Buffer.alloc(0);

  const finish = (answer: RawAnswer): void => {
    clearTimeout(timer);
    const done = settle;
    settle = null;
    done?.(answer);
  };
  const drop = (): void => {
    socket?.destroy();
    socket = null;
  };
  const read = (chunk: Buffer): void => {
    if (!reading || !settle) return drop();
    let rest: Buffer = chunk;
    if (!reading.isHeadDone) {
      reading.head = Buffer.concat([reading.head, chunk]);
      const end = reading.head.indexOf(END);
      if (end < 0) return;
      rest = reading.head.subarray(end + 4);
      readHead(reading, reading.head.subarray(0, end).toString('latin1'), method);
      if (reading.status === 100) {
        reading = { head: Buffer.alloc(0), status: 0, left: 0, isHeadDone: false, closes: false };
        return rest.length > 0 ? read(rest) : undefined;
      }
      reading.head = reading.head.subarray(0, 2_048);
    } else if (reading.head.length < 2_048) reading.head = Buffer.concat([reading.head, chunk.subarray(0, 2_048)]);
    if (reading.left >= 0) reading.left -= Math.min(rest.length, reading.left);
    if (reading.left === -1) tail = Buffer.concat([tail, rest]).subarray(-LAST_CHUNK.length);
    const isDone = reading.left === 0 || (reading.left === -1 && tail.equals(LAST_CHUNK));
    if (!isDone) return;
    if (reading.closes) drop();
    finish({ status: reading.status, start: reading.head });
  };
  const open = (): Socket => {
    const fresh = connect({ port, host: '127.0.0.1' });
    fresh.setNoDelay(true);
    fresh.on('data', (chunk) => fresh === socket && read(chunk));
    fresh.on('error', () => {});
    fresh.on('close', () => {
      if (fresh !== socket) return;
      socket = null;
      finish(reading?.isHeadDone ? { status: reading.status, start: reading.head } : NONE);
    });
    return fresh;
  };
  const begin = (of: string): Promise<RawAnswer> => {
    method = of;
    tail = Buffer.alloc(0);
    reading = { head: Buffer.alloc(0), status: 0, left: 0, isHeadDone: false, closes: false };
    socket ??= open();
    return new Promise((done) => {
      settle = done;
      timer = setTimeout(() => {
        drop();
        finish(reading?.isHeadDone ? { status: reading.status, start: reading.head } : NONE);
      }, timeoutMs);
    });
  };
  return {
    /** Sends one request and resolves with its answer. */
    send(bytes: Buffer, of: string): Promise<RawAnswer> {
      const answer = begin(of);
      socket?.write(bytes);
      return answer;
    },
    /** Sends pieces with a pause between them; `abandons` closes after the last. */
    async sendSlowly(pieces: readonly Buffer[], of: string, pauseMs: number, abandons: boolean): Promise<RawAnswer> {
      const answer = begin(of);
      for (const piece of pieces) {
        if (piece.length > 0) socket?.write(piece);
        await new Promise((go) => setTimeout(go, pauseMs));
      }
      if (abandons) {
        drop();
        finish(NONE);
      }
      return answer;
    },
    close: drop,
  };
}

export type RawConnection = ReturnType<typeof rawConnection>;

function readHead(reading: Reading, head: string, method: string): void {
  reading.isHeadDone = true;
  reading.status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  reading.closes = /^connection: *close/im.test(head);
  const isEmpty = method === 'HEAD' || reading.status === 204 || reading.status === 304 || reading.status === 100;
  if (isEmpty) reading.left = 0;
  else if (/^transfer-encoding: *chunked/im.test(head)) reading.left = -1;
  else reading.left = length === undefined ? -2 : Number(length);
}
