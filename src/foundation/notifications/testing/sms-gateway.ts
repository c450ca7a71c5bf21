import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/* A gateway of text messages over HTTP for tests: takes what it is sent, or answers with another status. */

export interface SmsGateway {
  url: string;
  /** What it took, with the key against doubles. */
  asked: { body: Record<string, string>; key: string }[];
  status: number;
  close(): Promise<void>;
}

/** Starts the gateway on a free port. */
export async function startGateway(): Promise<SmsGateway> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const fields = JSON.parse(body) as Record<string, string>;
      if (gateway.status === 200) gateway.asked.push({ body: fields, key: String(request.headers['idempotency-key']) });
      response
        .writeHead(gateway.status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ reference: `g-${fields['id']}` }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const gateway: SmsGateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`,
    asked: [],
    status: 200,
    close: () => new Promise((done) => server.close(() => done())),
  };
  return gateway;
}
