import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/**
 * The load of `bench/submit.ts`, a process of its own: so many connections, each sending the next submission as soon as the last one is
 * acknowledged. Every submission is another dossier with another paper of 20 kB. It shares the machine with what it measures, so it
 * speaks HTTP over plain sockets and writes each request from prepared bytes.
 */
interface Order {
  port: number;
  token: string;
  connections: number;
  warmUpSeconds: number;
  seconds: number;
  procedureCode: string;
  unitIds: string[];
}

const PAPER_BYTES = 20_480;

/** A PDF by its head, otherwise noise. */
const paper = Buffer.concat([
  Buffer.from('%PDF-1.7\n'),
  randomBytes(PAPER_BYTES - 15),
  Buffer.from('\n%%EOF'),
]).toString('base64');

/** The bytes of a request to one unit; the idempotency key and a piece of the paper are written anew each time. */
function requestTo(unitId: string, { port, token, procedureCode }: Order): (into: Socket) => void {
  const body = JSON.stringify({
    procedureCode,
    unitId,
    applicant: {
      kind: 'citizen',
      name: 'Nguyễn Thị Ánh Nguyệt',
      identity: '040190001234',
      phone: '0912345678',
      address: 'Phường Trường Vinh, Nghệ An',
    },
    papers: [{ componentCode: 'GCS', name: 'Giấy chứng sinh', fileName: 'giay-chung-sinh.pdf', contentBase64: paper }],
  });
  const key = 'x'.repeat(24);
  const head =
    `POST /api/v1/dossiers HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\nauthorization: Bearer ${token}\r\n` +
    `idempotency-key: ${key}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const template = Buffer.from(head + body);
  const keyAt = template.indexOf(key);
  const stampAt = template.indexOf(paper.slice(0, 100)) + 400;
  return (into) => {
    const bytes = Buffer.from(template);
    bytes.write(randomBytes(12).toString('hex'), keyAt, 'latin1');
    bytes.write(randomBytes(24).toString('base64'), stampAt, 'latin1');
    into.write(bytes);
  };
}

/** One answer of the server: status and body. Answers here are small and carry their length. */
function answerOf(socket: Socket): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (work: () => void) => {
      socket.off('data', read).off('error', fail).off('close', fail);
      work();
    };
    const fail = (error?: unknown) => end(() => reject(error instanceof Error ? error : new Error('closed')));
    const read = (part: Buffer) => {
      text += part.toString('latin1');
      const headEnd = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
      if (headEnd < 0 || !(text.length >= headEnd + 4 + length)) return;
      end(() => resolve({ status: Number(text.slice(9, 12)), body: text.slice(headEnd + 4) }));
    };
    socket.on('data', read).on('error', fail).on('close', fail);
  });
}

async function run(order: Order): Promise<void> {
  const { port, connections, warmUpSeconds, seconds, unitIds } = order;
  const times: number[] = [];
  const ids: string[] = [];
  let failed = 0;
  const begin = performance.now();
  const from = begin + warmUpSeconds * 1000;
  const until = from + seconds * 1000;
  const requests = unitIds.map((unitId) => requestTo(unitId, order));

  async function connection(): Promise<void> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    while (performance.now() < until) {
      const unit = Math.random() < 0.3 ? 0 : 1 + Math.floor(Math.random() * (unitIds.length - 1));
      const started = performance.now();
      const answer = answerOf(socket);
      requests[unit]!(socket);
      const { status, body } = await answer;
      if (status === 201) {
        if (started >= from) times.push(performance.now() - started);
        ids.push((JSON.parse(body) as { id: string }).id);
      } else if (failed++ === 0) console.error(status, body.slice(0, 300));
    }
    socket.destroy();
  }
  await Promise.all(Array.from({ length: connections }, connection));
  process.send?.({ times, ids, failed, seconds: (performance.now() - from) / 1000 }, () => process.exit(0));
}
process.once('message', (message) => void run(message as Order));
