import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { EMPTY_ROOT, isConsistent } from './merkle.ts';
import {
  newSigner,
  pemOf,
  signedAt,
  signerOf,
  signNote,
  strictBase64,
  verifierKey,
  type Signer,
  type Verifier,
} from './signed-note.ts';

/*
 * A witness (C2SP tlog-witness): it remembers the last checkpoint of each log that it knows, cosigns a later one only when that continues it, and so keeps the log
 * from telling two stories. It needs a folder and nothing else; whoever runs it should not be who runs the log.
 */

const MAX_BODY = 256 * 1024;
const MAX_PROOF = 63;

export interface WitnessOptions {
  folder: string;
  /** Name of its key: an address without scheme, by custom. */
  name: string;
  /** Keys of the logs that it follows; each is named as the log's origin. */
  logs: readonly Verifier[];
  now?: () => Date;
}
interface Answer {
  status: number;
  body: string;
  type?: string;
}

/** The key in the folder, made when there is none. @throws Error when it has another name */
async function witnessKey(folder: string, name: string): Promise<Signer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'witness-key.pem');
  const known = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (known !== null) return signerOf(name, 4, known);
  const made = newSigner(name, 4);
  await writeSynced(folder, 'witness-key.pem', pemOf(made));
  return made;
}

async function writeSynced(folder: string, name: string, text: string): Promise<void> {
  const next = join(folder, `${name}.next`);
  const file = await open(next, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(next, join(folder, name));
}

const fileOf = (origin: string): string => `${createHash('sha256').update(origin).digest('hex')}.checkpoint`;

export interface Witness {
  key: Signer;
  /** Answers one request of the protocol; one after the other, so that what is compared is what is replaced. */
  addCheckpoint(body: string): Promise<Answer>;
  latest(origin: string): Promise<SignedCheckpoint | null>;
}

/** Opens the witness of a folder. */
export async function openWitness({ folder, name, logs, now = () => new Date() }: WitnessOptions): Promise<Witness> {
  const key = await witnessKey(folder, name);
  const latest = async (origin: string): Promise<SignedCheckpoint | null> => {
    const text = await readFile(join(folder, fileOf(origin)), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return null;
    const checkpoint = parseCheckpoint(text);
    if (!checkpoint) throw new Error(`The checkpoint of ${origin} in ${folder} is damaged`);
    return checkpoint;
  };

  async function answerTo(body: string): Promise<Answer> {
    const asked = parseRequest(body);
    if (!asked) return { status: 400, body: 'not a request of tlog-witness\n' };
    const { older, proof, source, checkpoint } = asked;
    const keys = logs.filter((log) => log.name === checkpoint.origin);
    if (keys.length === 0) return { status: 404, body: 'unknown log\n' };
    if (!keys.some((log) => signedAt(checkpoint.note, log) !== null))
      return { status: 403, body: 'no signature of the log\n' };
    if (older > checkpoint.size) return { status: 400, body: 'the old size is larger than the checkpoint\n' };
    const before = (await latest(checkpoint.origin)) ?? { size: 0, root: EMPTY_ROOT };
    if (older !== before.size) return { status: 409, body: `${before.size}\n`, type: 'text/x.tlog.size' };
    if (before.size === checkpoint.size && !before.root.equals(checkpoint.root)) {
      await writeSynced(folder, `conflict-${now().getTime()}.txt`, source);
      return { status: 409, body: 'another root for the same size\n' };
    }
    if (!isConsistent(before, checkpoint, proof)) {
      await writeSynced(folder, `conflict-${now().getTime()}.txt`, source);
      return { status: 422, body: 'the checkpoint does not continue the last one\n' };
    }
    await writeSynced(folder, fileOf(checkpoint.origin), source);
    return { status: 200, body: signNote(checkpoint.note.text, key, Math.floor(now().getTime() / 1000)) };
  }

  let last: Promise<unknown> = Promise.resolve();
  return {
    key,
    latest,
    addCheckpoint(body) {
      const answer = last.then(() => answerTo(body));
      last = answer.catch(() => {});
      return answer;
    },
  };
}

function parseRequest(
  body: string,
): { older: number; proof: Buffer[]; source: string; checkpoint: SignedCheckpoint } | null {
  const split = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(0, split)).split('\n');
  const older = /^old (0|[1-9]\d{0,15})$/.exec(first);
  const source = body.slice(split + 2);
  const checkpoint = split > 0 ? parseCheckpoint(source) : null;
  const proof = lines.map(strictBase64);
  if (!older || !checkpoint || proof.length > MAX_PROOF) return null;
  return proof.every((hash): hash is Buffer => hash !== null)
    ? { older: Number(older[1]), proof, source, checkpoint }
    : null;
}

/** Serves a witness: `POST /add-checkpoint`, `GET /key`, and a page of plain text that says what it has seen. */
export function witnessServer(witness: Witness, logs: readonly Verifier[], onError: (error: unknown) => void): Server {
  return createServer({ requestTimeout: 30_000 }, (request, response) => {
    void answerRequest(witness, logs, request)
      .catch((error: unknown): Answer => {
        onError(error);
        return { status: 500, body: 'failed\n' };
      })
      .then(({ status, body, type = 'text/plain; charset=utf-8' }) =>
        response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body),
      );
  });
}

async function answerRequest(witness: Witness, logs: readonly Verifier[], request: IncomingMessage): Promise<Answer> {
  const path = (request.url ?? '/').split('?')[0];
  if (path === '/add-checkpoint') {
    if (request.method !== 'POST') return { status: 405, body: 'POST\n' };
    const body = await readBody(request);
    return body === null ? { status: 413, body: 'too large\n' } : witness.addCheckpoint(body);
  }
  if (request.method !== 'GET') return { status: 405, body: 'GET\n' };
  if (path === '/key') return { status: 200, body: `${verifierKey(witness.key)}\n` };
  if (path !== '/') return { status: 404, body: 'not found\n' };
  const origins = [...new Set(logs.map((log) => log.name))];
  const seen = await Promise.all(origins.map(async (origin) => [origin, await witness.latest(origin)] as const));
  const lines = seen.map(
    ([origin, last]) => `${origin}\n  ${last ? `${last.size} ${last.root.toString('base64')}` : '-'}\n`,
  );
  return { status: 200, body: `${verifierKey(witness.key)}\n\n${lines.join('\n')}` };
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_BODY) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
