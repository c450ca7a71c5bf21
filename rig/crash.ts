import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres, type RunningPostgres } from '../bin/postgres.mjs';
import { blobPath } from '../src/foundation/files/index.ts';

/*
 * Program and database are killed with -9 while dossiers with papers are being submitted, again and again; then every
 * acknowledged dossier must be there, once, whole: row, paper, file, bytes, event. `--control` runs on a server that
 * answers before its log is on disk: the same check must find the loss, or it proves nothing.
 *
 * npm run rig -- crash [--rounds 20] [--control]
 */

const argument = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const isControl = process.argv.includes('--control');
const ROUNDS = argument('rounds', isControl ? 4 : 20);
const CLIENTS = argument('clients', 16);
const PORT = argument('port', 18_431);
const DATA = isControl ? '.sen/rig-crash-control' : '.sen/rig-crash';
const FILES = resolve(`${DATA}-files`);
const PROCEDURE = '1.001193';
/** Whose dossiers are the rig's own: the demonstration brings thousands of others. */
const APPLICANT = 'Người nộp thử';

interface Attempt {
  key: string;
  sha256: string;
  body: string;
}
const acknowledged = new Map<string, { id: string; sha256: string; times: number }>();
let unknown: Attempt[] = [];
let down = true;
let token = '';
let unitId = '';
let refused = 0;

const settings = {
  synchronous_commit: isControl ? 'off' : 'on',
  wal_writer_delay: isControl ? '10s' : '200ms',
  autovacuum: 'on',
};
const environment = (url: string) => ({
  ...process.env,
  DATABASE_URL: url,
  PORT: String(PORT),
  SEN_METRICS_PORT: 'off',
  SEN_FILES: FILES,
  SEN_LOG_LEVEL: 'warn',
  SEN_ROLE: 'all',
});

async function startProduct(url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    env: environment(url),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  for (let tries = 0; tries < 2_400; tries++) {
    if (child.exitCode !== null) throw new Error(`The program ended at start: ${said}`);
    const status = await new Promise<number>((done) => {
      request(
        { port: PORT, host: '127.0.0.1', path: '/health/ready', timeout: 2_000 },
        (r) => (r.resume(), done(r.statusCode ?? 0)),
      )
        .on('error', () => done(0))
        .end();
    });
    if (status === 200) return child;
    await sleep(50);
  }
  throw new Error('The program did not become ready in two minutes');
}

function runCli(url: string, args: string[]): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['dist/server/cli.js', ...args], {
      env: environment(url),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.on('exit', (code) =>
      code === 0 ? done(out.trim()) : fail(new Error(`sen ${args.join(' ')} ended with ${code}`)),
    );
  });
}

function newAttempt(): Attempt {
  const paper = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(15_000), Buffer.from('\n%%EOF\n')]);
  return {
    key: `crash-${randomBytes(9).toString('hex')}`,
    sha256: createHash('sha256').update(paper).digest('hex'),
    body: JSON.stringify({
      procedureCode: PROCEDURE,
      unitId,
      applicant: { kind: 'citizen', name: APPLICANT, identity: '040190000017' },
      papers: [{ name: 'Giấy chứng sinh', fileName: 'giay.pdf', contentBase64: paper.toString('base64') }],
    }),
  };
}

/** Sends one submission: its id when acknowledged, null when nobody knows what became of it. */
function send(attempt: Attempt): Promise<string | null> {
  return new Promise((done) => {
    const outgoing = request(
      {
        port: PORT,
        host: '127.0.0.1',
        path: '/api/v1/dossiers',
        method: 'POST',
        timeout: 15_000,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': attempt.key,
          'content-length': Buffer.byteLength(attempt.body),
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('error', () => done(null));
        response.on('aborted', () => done(null));
        response.on('end', () => {
          if (response.statusCode === 201 || response.statusCode === 200)
            return done((JSON.parse(text) as { id: string }).id);
          if (response.statusCode && response.statusCode < 500 && refused++ < 5)
            process.stderr.write(`refused: ${response.statusCode} ${text}\n`);
          done(null);
        });
      },
    );
    outgoing.on('error', () => done(null));
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.end(attempt.body);
  });
}

function remember(attempt: Attempt, id: string): void {
  const known = acknowledged.get(attempt.key);
  if (known && known.id !== id) process.stderr.write(`two ids for one key ${attempt.key}\n`);
  acknowledged.set(attempt.key, { id, sha256: attempt.sha256, times: (known?.times ?? 0) + 1 });
}

async function client(until: () => boolean): Promise<void> {
  while (!until()) {
    if (down) {
      await sleep(20);
      continue;
    }
    const attempt = unknown.shift() ?? newAttempt();
    const id = await send(attempt);
    if (id === null) unknown.push(attempt);
    else remember(attempt, id);
  }
}

function kill(pid: number | undefined): void {
  try {
    if (pid) process.kill(pid, 'SIGKILL');
  } catch {
    // it was gone already
  }
}

async function isGone(pid: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(25);
  }
}

const startServer = (): Promise<RunningPostgres> => startPostgres({ dir: DATA, purpose: 'rig', settings });

async function verify(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{
      key: string;
      id: string;
      papers: number;
      events: number;
      sha256: string | null;
    }>(
      `
      select k.key, d.id, (select count(*)::int from dossiers.paper p where p.dossier_id = d.id) as papers,
        (select count(*)::int from platform.event e where e.subject_kind = 'dossier' and e.subject_id = d.id::text and e.name = 'dossiers.submitted') as events,
        (select encode(f.sha256, 'hex') from dossiers.paper p join files.file f on f.id = p.file_id where p.dossier_id = d.id limit 1) as sha256
      from dossiers.dossier d left join dossiers.submission_key k on k.dossier_id = d.id
      where d.applicant_name = $1`,
      [APPLICANT],
    );
    const found = new Map(rows.map((row) => [row.key, row]));
    let lost = 0;
    let half = 0;
    for (const [key, { id, sha256 }] of acknowledged) {
      const row = found.get(key);
      if (!row || row.id !== id) lost++;
      else if (row.papers !== 1 || row.events !== 1 || row.sha256 !== sha256 || !bytesAreThere(sha256)) half++;
    }
    const halfUnasked = rows.filter(
      (row) => !row.key || row.papers !== 1 || row.events !== 1 || !row.sha256 || !bytesAreThere(row.sha256),
    ).length;
    const doubled = rows.length - found.size;
    return { found: rows.length, lost, half: Math.max(half, halfUnasked), doubled };
  } finally {
    await client.end();
  }
}

function bytesAreThere(sha256: string): boolean {
  try {
    return (
      createHash('sha256')
        .update(readFileSync(blobPath(FILES, Buffer.from(sha256, 'hex'))))
        .digest('hex') === sha256
    );
  } catch {
    return false;
  }
}

rmSync(DATA, { recursive: true, force: true });
rmSync(FILES, { recursive: true, force: true });
let server = await startServer();
let product = await startProduct(server.url);
token = await runCli(server.url, [
  'clients',
  'create',
  'crash-rig',
  '--scopes',
  'dossiers.submit,dossiers.submit-paper',
]);
{
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<{ unit_id: string }>(
    `select o.unit_id from procedures.offer o join procedures.procedure p on p.id = o.procedure_id where p.code = $1 order by 1 limit 1`,
    [PROCEDURE],
  );
  unitId = rows[0]?.unit_id ?? '';
  await client.end();
}

let finished = false;
const clients = Array.from({ length: CLIENTS }, () => client(() => finished));
for (let round = 1; round <= ROUNDS; round++) {
  down = false;
  const before = acknowledged.size;
  await sleep(1_200 + Math.random() * 1_500);
  down = true;
  const order = round % 3;
  if (order !== 1) kill(server.pid);
  if (order === 2) await sleep(Math.random() * 60);
  kill(product.pid);
  kill(server.pid);
  await isGone(server.pid);
  process.stdout.write(`round ${round}: ${acknowledged.size - before} acknowledged, ${unknown.length} unknown\n`);
  server = await startServer();
  product = await startProduct(server.url);
}
down = false;
while (unknown.length > 0) await sleep(50);
finished = true;
await Promise.all(clients);
const result = await verify(server.url);
product.kill('SIGTERM');
await server.stop();
const isRight = isControl ? result.lost > 0 : result.lost === 0 && result.doubled === 0 && result.half === 0;
process.stdout.write(
  `${JSON.stringify({ rig: 'crash', control: isControl, acknowledged: acknowledged.size, ...result, rounds: ROUNDS })}\n`,
);
process.exit(isRight ? 0 : 1);
