import { request, type Agent } from 'node:http';

export interface Spoken {
  /** 0 when there was no answer. */
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Sends one request to 127.0.0.1 exactly as given, and reads the answer to its end. */
export function speak(
  agent: Agent,
  sent: {
    port: number;
    method: string;
    path: string;
    headers: Record<string, string>;
    body?: string | Buffer | undefined;
    timeoutMs?: number;
  },
): Promise<Spoken> {
  return new Promise((done) => {
    const nothing = () => done({ status: 0, headers: {}, text: '' });
    const length = sent.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(sent.body)) };
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: sent.port,
        method: sent.method,
        path: sent.path,
        headers: { ...sent.headers, ...length },
        agent,
        timeout: sent.timeoutMs ?? 30_000,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', nothing);
        answer.on('end', () =>
          done({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    outgoing.on('error', nothing);
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.end(sent.body);
  });
}
