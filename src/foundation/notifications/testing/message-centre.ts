import library from 'smpp';
import type { AddressInfo, Server, Socket } from 'node:net';

/* A message centre for tests: the server side of an independent SMPP implementation (npm `smpp`), with moods. */

interface CentrePdu {
  command: string;
  command_status: number;
  sequence_number: number;
  source_addr: string;
  source_addr_ton: number;
  destination_addr: string;
  dest_addr_ton: number;
  esm_class: number;
  data_coding: number;
  registered_delivery: number;
  short_message: { message: Buffer | string; udh?: Buffer[] };
  system_id?: string;
  password?: string;
  response(options?: object): CentrePdu;
}
interface CentreSession {
  socket: Socket;
  on(event: string, listener: (pdu: CentrePdu) => void): void;
  send(pdu: CentrePdu): void;
  deliver_sm(options: object, done?: (pdu: CentrePdu) => void): void;
  close(): void;
  destroy(): void;
}
interface Smpp {
  createServer(listener: (session: CentreSession) => void): Server;
  ESME_RTHROTTLED: number;
  ESME_RSYSERR: number;
  ESME_RINVDSTADR: number;
  ESME_RBINDFAIL: number;
}
const smpp = library as Smpp;

export type CentreMood = 'good' | 'throttled' | 'broken' | 'silent' | 'unknown-number' | 'no-bind';
export interface TakenText {
  from: string;
  fromType: number;
  to: string;
  dataCoding: number;
  text: string;
  part: { reference: number; total: number; number: number } | null;
  id: string;
}

export interface MessageCentre {
  port: number;
  taken: TakenText[];
  /** The number in the next id: `c17`. */
  nextId: number;
  binds: number;
  enquiries: number;
  /** Most submissions that were open at once. */
  widest: number;
  mood: CentreMood;
  /** How long an answer takes. */
  answerMs: number;
  /** Sends a receipt for every text taken and resolves with the statuses of the client's answers. */
  receipt(texts: readonly TakenText[], state?: string): Promise<number[]>;
  /** A telephone writes. */
  write(from: string, body: string): Promise<number>;
  /** The same with any field of deliver_sm, such as a header and its class. */
  deliver(options: object): Promise<number>;
  /** Cuts every line. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a message centre on a free port. */
export async function startMessageCentre(): Promise<MessageCentre> {
  const sessions = new Set<CentreSession>();
  let open = 0;
  const server = smpp.createServer((session) => serve(session));
  const centre: MessageCentre = {
    port: 0,
    taken: [],
    nextId: 1,
    binds: 0,
    enquiries: 0,
    widest: 0,
    mood: 'good',
    answerMs: 0,
    receipt: (texts, state = 'DELIVRD') => Promise.all(texts.map((text) => deliver(receiptOf(text, state)))),
    deliver: (options) => deliver(options),
    write: (from, body) => deliver({ source_addr: from, destination_addr: '8088', short_message: body }),
    cut: () => {
      for (const session of sessions) session.destroy();
    },
    close: () =>
      new Promise((done) => {
        centre.cut();
        server.close(() => done());
      }),
  };
  const deliver = (options: object): Promise<number> =>
    new Promise((resolve, reject) => {
      const session = [...sessions].at(-1);
      if (!session) return reject(new Error('nobody is bound'));
      session.deliver_sm(options, (answer) => resolve(answer.command_status));
    });
  const answerSubmit = (session: CentreSession, pdu: CentrePdu): void => {
    const { mood } = centre;
    if (mood === 'silent') return;
    const status = {
      throttled: smpp.ESME_RTHROTTLED,
      broken: smpp.ESME_RSYSERR,
      'unknown-number': smpp.ESME_RINVDSTADR,
    }[mood as string];
    if (status !== undefined) return session.send(pdu.response({ command_status: status }));
    const id = `c${centre.nextId++}`;
    centre.taken.push({ ...takenOf(pdu), id });
    session.send(pdu.response({ message_id: id }));
  };
  function serve(session: CentreSession): void {
    session.on('error', () => {});
    session.on('bind_transceiver', (pdu) => {
      if (centre.mood === 'no-bind' || pdu.password !== 'secret') {
        session.send(pdu.response({ command_status: smpp.ESME_RBINDFAIL }));
        return;
      }
      centre.binds += 1;
      sessions.add(session);
      session.send(pdu.response({ system_id: 'centre' }));
    });
    session.on('enquire_link', (pdu) => {
      centre.enquiries += 1;
      if (centre.mood !== 'silent') session.send(pdu.response());
    });
    session.on('submit_sm', (pdu) => {
      open += 1;
      centre.widest = Math.max(centre.widest, open);
      const answer = () => {
        open -= 1;
        answerSubmit(session, pdu);
      };
      if (centre.answerMs > 0) setTimeout(answer, centre.answerMs);
      else answer();
    });
    session.on('unbind', (pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('close', () => sessions.delete(session));
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  centre.port = (server.address() as AddressInfo).port;
  return centre;
}

function takenOf(pdu: CentrePdu): Omit<TakenText, 'id'> {
  const { message, udh } = pdu.short_message;
  const header = udh?.[0];
  return {
    from: pdu.source_addr,
    fromType: pdu.source_addr_ton,
    to: pdu.destination_addr,
    dataCoding: pdu.data_coding,
    text: typeof message === 'string' ? message : message.toString('utf8'),
    part: header ? { reference: header[2] ?? 0, total: header[3] ?? 0, number: header[4] ?? 0 } : null,
  };
}

const receiptOf = (text: TakenText, state: string) => ({
  esm_class: 4,
  source_addr: text.to,
  destination_addr: text.from,
  short_message: `id:${text.id} sub:001 dlvrd:001 submit date:2611230800 done date:2611230800 stat:${state} err:000 text:`,
});
