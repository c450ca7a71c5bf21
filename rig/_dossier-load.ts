import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';

/** One submission with one paper of 15 kB; sent again with the same key when nobody knows what became of it. */
export interface Attempt {
  key: string;
  sha256: string;
  body: string;
}

export function newAttempt(prefix: string, procedureCode: string, unitId: string): Attempt {
  const paper = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(15_000), Buffer.from('\n%%EOF\n')]);
  return {
    key: `${prefix}-${randomBytes(9).toString('hex')}`,
    sha256: createHash('sha256').update(paper).digest('hex'),
    body: JSON.stringify({
      procedureCode,
      unitId,
      applicant: { kind: 'citizen', name: 'Người nộp thử', identity: '040190000017' },
      papers: [{ name: 'Giấy chứng sinh', fileName: 'giay.pdf', contentBase64: paper.toString('base64') }],
    }),
  };
}

export interface Answer {
  status: number;
  text: string;
}

/** Sends one request to the product on 127.0.0.1; status 0 when it was not answered. */
export function ask(
  port: number,
  path: string,
  options: { token?: string; key?: string; body?: string } = {},
): Promise<Answer> {
  return new Promise((done) => {
    const nothing = () => done({ status: 0, text: '' });
    const headers: Record<string, string | number> = {};
    if (options.token) headers['authorization'] = `Bearer ${options.token}`;
    if (options.key) headers['idempotency-key'] = options.key;
    if (options.body) {
      headers['content-type'] = 'application/json';
      headers['content-length'] = Buffer.byteLength(options.body);
    }
    const method = options.body ? 'POST' : 'GET';
    const outgoing = request({ port, host: '127.0.0.1', path, method, timeout: 15_000, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('error', nothing);
      response.on('end', () => done({ status: response.statusCode ?? 0, text }));
    });
    outgoing.on('error', nothing);
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.end(options.body);
  });
}
