import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';

/**
 * The load of `bench/submit.ts`, a process of its own: so many connections, each sending the next submission as soon as the last one is
 * acknowledged. Every submission is another dossier with another paper of 20 kB.
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

/** A PDF by its head, otherwise noise; `stamp` makes each one another file. */
const paper = Buffer.concat([
  Buffer.from('%PDF-1.7\n'),
  randomBytes(PAPER_BYTES - 15),
  Buffer.from('\n%%EOF'),
]).toString('base64');
const stamped = (): string => `${paper.slice(0, 400)}${randomBytes(24).toString('base64')}${paper.slice(432)}`;

async function run(order: Order): Promise<void> {
  const { port, token, connections, warmUpSeconds, seconds, procedureCode, unitIds } = order;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const ids: string[] = [];
  let failed = 0;
  const begin = performance.now();
  const from = begin + warmUpSeconds * 1000;
  const until = from + seconds * 1000;

  const send = (body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        authorization: `Bearer ${token}`,
        'idempotency-key': randomBytes(12).toString('hex'),
      };
      request({ port, host: '127.0.0.1', agent, path: '/api/v1/dossiers', method: 'POST', headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          if (response.statusCode === 201) resolve((JSON.parse(text) as { id: string }).id);
          else reject(new Error(`${response.statusCode} ${text.slice(0, 300)}`));
        });
      })
        .on('error', reject)
        .end(body);
    });

  async function connection(): Promise<void> {
    while (performance.now() < until) {
      const unitId = Math.random() < 0.3 ? unitIds[0] : unitIds[1 + Math.floor(Math.random() * (unitIds.length - 1))];
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
        papers: [
          { componentCode: 'GCS', name: 'Giấy chứng sinh', fileName: 'giay-chung-sinh.pdf', contentBase64: stamped() },
        ],
      });
      const started = performance.now();
      try {
        ids.push(await send(body));
        if (started >= from) times.push(performance.now() - started);
      } catch (error) {
        if (failed++ === 0) console.error(error);
      }
    }
  }
  await Promise.all(Array.from({ length: connections }, connection));
  process.send?.({ times, ids, failed, seconds: (performance.now() - from) / 1000 }, () => process.exit(0));
}
process.once('message', (message) => void run(message as Order));
