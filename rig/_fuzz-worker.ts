import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { nextShot, type FuzzWorld, type Sender, type Shot } from './_fuzz-grammar.ts';
import { diceOf } from './_fuzz-words.ts';
import { rawConnection, type RawAnswer, type RawConnection } from './_raw-http.ts';

/* One process that makes requests from a seed and sends them over a few connections; `fuzz.ts` starts several. */

export interface FuzzOrder {
  port: number;
  seed: number;
  /** Requests are numbered through; this process makes every `stride`-th from `first`. */
  first: number;
  stride: number;
  count: number;
  connections: number;
  failures: string;
  world: FuzzWorld;
}

export type FuzzReport =
  | { kind: 'progress'; sent: number; statuses: Record<string, number> }
  | { kind: 'failure'; number: number; line: string; status: number; answer: string }
  | { kind: 'done' };

export type FuzzNotice = { kind: 'order'; order: FuzzOrder } | { kind: 'senders'; senders: Sender[] };

const TIMEOUT_MS = 20_000;
/** A server may wait for the rest of a request that has none: nobody waits with it for long. */
const ALONE_MS = 500;
const tell = (report: FuzzReport): void => void process.send?.(report);

/** Mixes the number of a request into the seed, so that each can be made again alone. */
const diceFor = (seed: number, number: number) => diceOf(Math.imul(seed ^ number, 2_654_435_761) ^ (number >>> 3));

async function shoot(shot: Shot, kept: RawConnection, port: number): Promise<RawAnswer> {
  if (!shot.alone) {
    const answer = await kept.send(shot.bytes, shot.method);
    // A connection that the server closed between two requests says nothing of this one: once more on a fresh one.
    return answer.status === 0 ? kept.send(shot.bytes, shot.method) : answer;
  }
  const own = rawConnection(port, ALONE_MS);
  try {
    if (shot.pieces) return await own.sendSlowly(shot.pieces, shot.method, 40, shot.abandons === true);
    return await own.send(shot.bytes, shot.method);
  } finally {
    own.close();
  }
}

async function run(order: FuzzOrder): Promise<void> {
  let next = order.first;
  let sent = 0;
  let statuses: Record<string, number> = {};
  mkdirSync(order.failures, { recursive: true });
  const progress = (): void => {
    tell({ kind: 'progress', sent, statuses });
    sent = 0;
    statuses = {};
  };
  let isStopped = false;
  const timer = setInterval(() => {
    progress();
    // Whoever needs the machine back ends the run early by this file; what was found until then is told.
    isStopped ||= existsSync(`${order.failures}/stop`);
  }, 500);
  const gunner = async (): Promise<void> => {
    const kept = rawConnection(order.port, TIMEOUT_MS);
    for (;;) {
      const number = next;
      if (number >= order.count || isStopped) break;
      next += order.stride;
      const shot = nextShot(diceFor(order.seed, number), order.world);
      const { status, start } = await shoot(shot, kept, order.port);
      sent++;
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status >= 500) {
        writeFileSync(`${order.failures}/${number}.http`, shot.bytes);
        tell({ kind: 'failure', number, line: shot.line, status, answer: start.toString('latin1') });
      }
    }
    kept.close();
  };
  await Promise.all(Array.from({ length: order.connections }, gunner));
  clearInterval(timer);
  progress();
  tell({ kind: 'done' });
}

let world: FuzzWorld | null = null;
process.on('message', (notice: FuzzNotice) => {
  if (notice.kind === 'senders') {
    if (world) world.senders = notice.senders;
    return;
  }
  world = notice.order.world;
  run(notice.order)
    .then(() => process.disconnect())
    .catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
});
