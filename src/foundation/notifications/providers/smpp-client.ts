import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import {
  bindBody,
  commands,
  encodePdu,
  firstText,
  pduReader,
  readShortMessage,
  statuses,
  submitBody,
  type Delivered,
  type Pdu,
  type ShortMessage,
} from './smpp-codec.ts';

/* One bound session to a message centre (SMPP 3.4, transceiver), kept open, with a window and a pace. */

export interface SmppOptions {
  host: string;
  port: number;
  isSecure: boolean;
  systemId: string;
  password: string;
  /** Submissions without an answer at once (2.9 of the specification: asynchronous transmission). */
  window: number;
  /** Submissions a second; the centre's contract says how many. */
  perSecond: number;
  enquireSeconds: number;
  /** After so long without an answer a submission is given up, and the line is looked at. */
  answerSeconds: number;
  /** A receipt or a text from a telephone. It is acknowledged once this returns, and sent again by the centre when it throws. */
  onDelivered(delivered: Delivered): Promise<void>;
}

/** The centre's answer: its id of the message, or its status. `unbound`: nothing was sent; `lost`: nobody knows whether it was taken. */
export type SubmitAnswer =
  | { kind: 'taken'; reference: string }
  | { kind: 'status'; status: number }
  | { kind: 'unbound' | 'lost'; reason: string };

export interface SmppClient {
  submit(short: ShortMessage): Promise<SubmitAnswer>;
  /** Whether the session is bound now. */
  isBound(): boolean;
  close(): Promise<void>;
}

interface Waiting {
  resolve: (answer: Pdu | null) => void;
  timer: NodeJS.Timeout;
}
interface Line {
  socket: Socket;
  waiting: Map<number, Waiting>;
  request(command: number, body: Buffer): Promise<Pdu | null>;
}

const CONNECT_MS = 10_000;
const BACKOFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
/** A centre that says “throttled” gets this long to breathe before the next submission. */
const THROTTLE_MS = 1_000;

/** Opens a session that connects at once, binds, enquires, and binds again whenever it is lost, until `close`. */
export function openSmpp(options: SmppOptions): SmppClient {
  let line: Line | null = null;
  let opening: Promise<Line> | null = null;
  let isClosed = false;
  let failures = 0;
  let again: NodeJS.Timeout | undefined;
  let enquiring: NodeJS.Timeout | undefined;
  const gate = gateOf(options.window, options.perSecond);

  const lose = (lost: Line): void => {
    if (line !== lost) return;
    line = null;
    clearInterval(enquiring);
    reopenLater();
  };
  const reopenLater = (): void => {
    if (isClosed || again) return;
    const wait = BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)] ?? 30_000;
    again = setTimeout(() => {
      again = undefined;
      void bound().catch(() => {});
    }, wait);
    again.unref();
  };
  const bound = (): Promise<Line> => {
    if (line) return Promise.resolve(line);
    if (isClosed) return Promise.reject(new Error('the session is closed'));
    opening ??= openLine(options, lose)
      .then((opened) => {
        if (isClosed) {
          opened.socket.destroy();
          throw new Error('the session is closed');
        }
        line = opened;
        failures = 0;
        if (opened.socket.destroyed) lose(opened);
        enquiring = setInterval(() => void enquire(opened), options.enquireSeconds * 1000);
        enquiring.unref();
        return opened;
      })
      .catch((error: unknown) => {
        failures += 1;
        reopenLater();
        throw error;
      })
      .finally(() => (opening = null));
    return opening;
  };
  const enquire = async (on: Line): Promise<void> => {
    if ((await on.request(commands.enquire_link, Buffer.alloc(0))) === null) on.socket.destroy();
  };
  void bound().catch(() => {});

  return {
    isBound: () => line !== null,
    async submit(short) {
      const leave = await gate.enter();
      try {
        let on: Line;
        try {
          on = await bound();
        } catch (error) {
          return { kind: 'unbound', reason: error instanceof Error ? error.message : String(error) };
        }
        const answer = await on.request(commands.submit_sm, submitBody(short));
        if (answer === null) return { kind: 'lost', reason: 'no answer from the message centre' };
        if (answer.status === statuses.throttled || answer.status === statuses.queueFull) gate.pause(THROTTLE_MS);
        if (answer.command !== commands.submit_sm_resp || answer.status !== statuses.ok)
          return { kind: 'status', status: answer.status };
        return { kind: 'taken', reference: firstText(answer.body) };
      } finally {
        leave();
      }
    },
    async close() {
      isClosed = true;
      clearTimeout(again);
      clearInterval(enquiring);
      const last = line;
      line = null;
      if (!last) return;
      await last.request(commands.unbind, Buffer.alloc(0));
      last.socket.destroy();
    },
  };
}

/** Connects and binds. @throws Error when the centre is not there or refuses the bind */
async function openLine(options: SmppOptions, onLost: (line: Line) => void): Promise<Line> {
  const socket = await connected(options);
  const read = pduReader();
  let sequence = 0;
  const waiting = new Map<number, Waiting>();
  const send = (pdu: Pdu): boolean => !socket.destroyed && socket.write(encodePdu(pdu));
  const line: Line = {
    socket,
    waiting,
    request: (command, body) =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve(null);
        sequence = (sequence % 0x7fffffff) + 1;
        const own = sequence;
        const timer = setTimeout(() => {
          waiting.delete(own);
          resolve(null);
        }, options.answerSeconds * 1000);
        waiting.set(own, { resolve, timer });
        send({ command, status: 0, sequence: own, body });
      }),
  };
  const answer = (pdu: Pdu): void => {
    const asked = waiting.get(pdu.sequence);
    if (!asked) return;
    waiting.delete(pdu.sequence);
    clearTimeout(asked.timer);
    asked.resolve(pdu);
  };
  const take = (pdu: Pdu): void => {
    if (pdu.command >= commands.generic_nack) return answer(pdu);
    void serve(pdu, options).then((reply) => {
      if (reply) send({ ...reply, sequence: pdu.sequence });
      if (pdu.command === commands.unbind) socket.end();
    });
  };
  socket.on('data', (bytes: Buffer) => {
    try {
      for (const pdu of read(bytes)) take(pdu);
    } catch {
      socket.destroy(); // not SMPP: the stream cannot be read on from here
    }
  });
  socket.on('close', () => {
    for (const { resolve, timer } of waiting.values()) {
      clearTimeout(timer);
      resolve(null);
    }
    waiting.clear();
    onLost(line);
  });
  const answered = await line.request(commands.bind_transceiver, bindBody(options.systemId, options.password));
  if (answered?.status === 0 && answered.command === commands.bind_transceiver_resp) return line;
  socket.destroy();
  throw new Error(
    answered
      ? `the message centre refuses the bind (status ${answered.status})`
      : 'the message centre does not answer the bind',
  );
}

/** What the centre asks of us, and our answer. */
async function serve(pdu: Pdu, options: SmppOptions): Promise<Omit<Pdu, 'sequence'> | null> {
  const empty = Buffer.alloc(0);
  if (pdu.command === commands.enquire_link) return { command: commands.enquire_link_resp, status: 0, body: empty };
  if (pdu.command === commands.unbind) return { command: commands.unbind_resp, status: 0, body: empty };
  if (pdu.command !== commands.deliver_sm) return { command: commands.generic_nack, status: 3, body: empty };
  try {
    await options.onDelivered(readShortMessage(pdu.body));
    return { command: commands.deliver_sm_resp, status: 0, body: Buffer.from([0]) };
  } catch {
    return { command: commands.deliver_sm_resp, status: statuses.systemError, body: Buffer.from([0]) };
  }
}

function connected({ host, port, isSecure }: SmppOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket = isSecure ? connectTls({ host, port, servername: host }) : connectPlain({ host, port });
    socket.setNoDelay(true);
    socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('the message centre does not answer')));
    socket.once('error', reject);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      socket.setTimeout(0);
      socket.off('error', reject);
      socket.on('error', () => {}); // `close` follows and tells those who wait
      resolve(socket);
    });
  });
}

/** At most `window` inside at once, and `perSecond` entering in a second; `pause` keeps everybody outside for a while. */
export function gateOf(window: number, perSecond: number, now: () => number = () => performance.now()) {
  const outside: (() => void)[] = [];
  let inside = 0;
  let nextAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const leave = (): void => {
    inside -= 1;
    admit();
  };
  const admit = (): void => {
    while (outside.length > 0 && inside < window) {
      const wait = nextAt - now();
      if (wait > 1) {
        timer ??= setTimeout(() => {
          timer = undefined;
          admit();
        }, wait);
        return;
      }
      nextAt = Math.max(nextAt, now() - 1000 / perSecond) + 1000 / perSecond;
      inside += 1;
      outside.shift()?.();
    }
  };
  return {
    enter: (): Promise<() => void> =>
      new Promise((resolve) => {
        outside.push(() => resolve(leave));
        admit();
      }),
    pause(milliseconds: number): void {
      nextAt = Math.max(nextAt, now() + milliseconds);
    },
  };
}
