import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';

/* The protocol of clamd (clamd(8)): one command a connection, ended by a zero byte; INSTREAM takes chunks with their length before them. */

export type Verdict =
  | { state: 'clean' }
  | { state: 'infected'; signature: string }
  | { state: 'failed'; reason: string };

/** The scanner does not answer: nothing is known of the file, ask again later. */
export class ScannerAway extends Error {
  override name = 'ScannerAway';
}

const TIMEOUT_MS = 60_000;
const MAX_CONNECTIONS = 4;
const MAX_REPLY = 4_096;

let open = 0;
const queue: (() => void)[] = [];

/** At most four connections at once: clamd has a thread for each. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (open >= MAX_CONNECTIONS) await new Promise<void>((go) => queue.push(go));
  else open++;
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next) next();
    else open--;
  }
}

function dial(address: string): Socket {
  if (address.startsWith('unix:')) return connect(address.slice('unix:'.length));
  const { hostname, port } = new URL(address);
  return connect(Number(port), hostname);
}

/** Sends what `send` writes and answers with the reply. @throws ScannerAway */
function converse(address: string, timeoutMs: number, send: (socket: Socket) => Promise<void>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = dial(address);
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (why: string) => {
      socket.destroy();
      reject(new ScannerAway(`clamd at ${address}: ${why}`));
    };
    socket.setTimeout(timeoutMs, () => fail('no answer in time'));
    socket.on('error', (error) => (chunks.length > 0 ? undefined : fail(error.message)));
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_REPLY) fail('the answer is too long');
      if (chunk.includes(0)) socket.end();
    });
    socket.on('close', () => {
      const reply = Buffer.concat(chunks).toString('utf8').split('\0')[0] ?? '';
      if (reply === '') fail('it hung up');
      else resolve(reply.trim());
    });
    // A verdict may come before everything is sent; then the rest is of no interest.
    socket.on(
      'connect',
      () => void send(socket).catch((error: unknown) => (chunks.length > 0 ? undefined : fail(String(error)))),
    );
  });
}

const writeAll = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((done, fail) => {
    if (socket.destroyed || socket.writableEnded) return done();
    socket.write(bytes, (error) => (error ? fail(error) : done()));
  });

/** Lets clamd look through a stream. @throws ScannerAway; whatever the stream itself fails with */
export function scanStream(address: string, stream: Readable, timeoutMs: number = TIMEOUT_MS): Promise<Verdict> {
  return inTurn(async () => {
    let broken: unknown;
    const reply = await converse(address, timeoutMs, async (socket) => {
      await writeAll(socket, Buffer.from('zINSTREAM\0'));
      try {
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          const length = Buffer.alloc(4);
          length.writeUInt32BE(chunk.length);
          if (socket.destroyed || socket.writableEnded) return;
          await writeAll(socket, Buffer.concat([length, chunk]));
        }
      } catch (error) {
        broken = error;
        throw error;
      }
      await writeAll(socket, Buffer.alloc(4));
    }).catch((error: unknown) => {
      throw broken ?? error;
    });
    return verdictOf(reply);
  });
}

/** `stream: OK`, `stream: Eicar-Test-Signature FOUND`, `INSTREAM size limit exceeded. ERROR`. */
export function verdictOf(reply: string): Verdict {
  const found = /^stream: (.+) FOUND$/.exec(reply);
  if (found) return { state: 'infected', signature: found[1]!.slice(0, 200) };
  if (reply === 'stream: OK') return { state: 'clean' };
  return { state: 'failed', reason: reply.slice(0, 200) };
}

/** Engine and signatures in one line: `ClamAV 1.4.3/27500/Mon Nov 23 2026`. @throws ScannerAway */
export const scannerVersion = (address: string, timeoutMs = 5_000): Promise<string> =>
  converse(address, timeoutMs, (socket) => writeAll(socket, Buffer.from('zVERSION\0'))).then((text) =>
    text.slice(0, 200),
  );
