import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a receiver behaves: answers with a status, says nothing, closes the line, leads elsewhere, or answers without end. */
export type Mood = number | 'hangs' | 'closes' | 'redirects' | 'endless';

export interface Heard {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver of webhooks that stands in for an integrator's program. */
export interface Receiver {
  url: string;
  heard: Heard[];
  /** Calls that came by way of a redirect: there must be none. */
  strayed: number;
  mood: Mood;
  close(): Promise<void>;
}

export async function openReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: '', heard: [], strayed: 0, mood: 204, close: async () => {} };
  const server: Server = createServer((request, response) => {
    if (request.url !== '/') {
      receiver.strayed += 1;
      response.writeHead(204).end();
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      receiver.heard.push({ headers: request.headers, body });
      const { mood } = receiver;
      if (typeof mood === 'number') response.writeHead(mood).end();
      else if (mood === 'closes') request.socket.destroy();
      else if (mood === 'redirects') response.writeHead(307, { location: `${receiver.url}elsewhere` }).end();
      else if (mood === 'endless') {
        response.writeHead(200);
        response.end('x'.repeat(200_000));
      }
      // `hangs`: nothing is ever said
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  receiver.close = () =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return receiver;
}
