import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/*
 * The end of a web process without a failed request. A proxy keeps connections open and may be sending a request on one just as it is
 * closed; it must not send such a request again by itself when it is a form. So: say that this node is not ready, listen no more,
 * answer what still comes on the open connections with “Connection: close”, and close only what the proxy had time to let go.
 */

export interface Drain {
  /** True from the moment the end was asked for: the node is not ready any more. */
  isDraining(): boolean;
  /** To be called for each request, before it is answered. */
  note(response: ServerResponse): void;
  /** Runs the whole of it for these servers; settles when no request is under way. */
  run(servers: readonly Server[], times: DrainTimes): Promise<void>;
}

interface DrainTimes {
  /** How long it is told at `/health/ready` before new connections are refused: what a load balancer with checks of its own needs. */
  noticeMs: number;
  /** How long connections that carry nothing are left to the proxy, which must close them earlier (nginx: `keepalive_timeout`). */
  idleMs: number;
  /** How long requests that are under way may still take. */
  busyMs: number;
}

export function createDrain(): Drain {
  let draining = false;
  const busy = new Set<ServerResponse>();
  return {
    isDraining: () => draining,
    note(response) {
      busy.add(response);
      response.once('close', () => busy.delete(response));
      if (draining) response.setHeader('connection', 'close');
    },
    async run(servers, { noticeMs, idleMs, busyMs }) {
      draining = true;
      for (const response of busy) if (!response.headersSent) response.setHeader('connection', 'close');
      await sleep(noticeMs);
      // What was waiting to be accepted has been by now: this comes right after the loop has looked at its sockets.
      await new Promise(setImmediate);
      // Not http.Server's own close: that would close the idle connections at once.
      for (const server of servers) if (server.listening) NetServer.prototype.close.call(server);
      const connections = () =>
        Promise.all(
          servers.map(
            (server) => new Promise<number>((done) => server.getConnections((_error, count) => done(count ?? 0))),
          ),
        );
      const total = async () => (await connections()).reduce((sum, count) => sum + count, 0);
      for (const until = Date.now() + idleMs; Date.now() < until && (await total()) > 0;) await sleep(50);
      for (const server of servers) server.closeIdleConnections();
      for (const until = Date.now() + busyMs; Date.now() < until && busy.size > 0;) await sleep(25);
    },
  };
}
