import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../src/app.tsx';
import { closeJournals, grantUpload } from '../src/foundation/files/index.ts';
import { insertCitizen, sessionFor } from '../src/foundation/identity/testing.ts';
import { modules } from '../src/modules.ts';
import { anonymous } from '../src/platform/access.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import { newId } from '../src/platform/ids.ts';
import { createLogger } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import { SESSION_COOKIE } from '../src/platform/session.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';
import { readAssets } from '../src/ui/assets.ts';

/**
 * How fast files of 8 MB come in over four connections: resumable uploads (announced, sent, checked, hashed, on disk, noted in the database) against
 * a bare `node:http` server that streams the body to a file with SHA-256 and one sync. Both take turns in this process; medians of the rounds.
 */
const ROUNDS = Number(process.argv[2] ?? 7);
const CONNECTIONS = 4;
const PER_CONNECTION = 3;
const BYTES = 8_000_000;

const url = process.env['DATABASE_URL'];
if (!url) throw new Error('Run it as npm run bench -- upload');
await migrate(url, 'db/migrations');
const db = openDatabase(url, { max: 10, applicationName: 'bench-upload' });
const folder = mkdtempSync(join(tmpdir(), 'sen-bench-upload-'));
const config = {
  ...readConfig({ SEN_MODE: 'test', DATABASE_URL: url, SEN_METRICS_PORT: 'off', PORT: '8080' }),
  filesFolder: folder,
};
const context = { db, clock: systemClock, config, log: createLogger('silent') };
const { app } = await buildApp({
  context,
  modules,
  assets: readAssets('dist/client'),
  assetsFolder: null,
  addressLimit: 1e9,
});
const product = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));

const bare = createServer((incoming, response) => {
  void (async () => {
    const path = join(folder, newId());
    const file = await open(path, 'wx');
    const hash = createHash('sha256');
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.datasync();
    await file.close();
    hash.digest();
    response.writeHead(204).end();
    rmSync(path, { force: true });
  })();
});
await new Promise<void>((done) => bare.listen(0, '127.0.0.1', done));
const limit = new URL(`http://127.0.0.1:${(bare.address() as { port: number }).port}`);

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
function send(to: URL, method: string, path: string, headers: Record<string, string>, body: Buffer | null) {
  return new Promise<{ status: number; location: string | undefined }>((done, fail) => {
    const asked = request(
      {
        host: to.hostname,
        port: to.port,
        method,
        path,
        agent,
        headers: { ...headers, 'content-length': String(body?.length ?? 0) },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => done({ status: answer.statusCode ?? 0, location: answer.headers.location }));
      },
    );
    asked.on('error', fail);
    asked.end(body ?? undefined);
  });
}

/** A sender of its own for each connection, as many people are. */
async function sender() {
  const account = await inTransaction(db, { actor: systemActor('bench') }, (tx) => insertCitizen(tx, {}));
  const session = await sessionFor({ ...db, clock: systemClock } as never, account);
  const actor = { ...anonymous, kind: 'citizen' as const, id: account.id, accountId: account.id };
  const grant = grantUpload(
    config,
    actor,
    { owner: { kind: 'application', id: newId() }, kinds: ['pdf'], maxBytes: BYTES },
    new Date(),
  );
  return {
    cookie: `${SESSION_COOKIE}=${session.token}`,
    'x-csrf-token': session.csrf(config.secret),
    'tus-resumable': '1.0.0',
    'upload-metadata': `filename ${Buffer.from('a.pdf').toString('base64')},grant ${Buffer.from(grant).toString('base64')}`,
  };
}
const freshFile = () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(BYTES - 9)]);

const times: number[] = [];
async function run(one: (body: Buffer, at: number) => Promise<void>, isMeasured: boolean): Promise<number> {
  const files = Array.from({ length: CONNECTIONS * PER_CONNECTION }, freshFile);
  const start = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, at) => {
      for (let turn = 0; turn < PER_CONNECTION; turn++) {
        const begun = performance.now();
        await one(files[at * PER_CONNECTION + turn]!, at);
        if (isMeasured) times.push(performance.now() - begun);
      }
    }),
  );
  return (files.length * BYTES) / 1_000 / (performance.now() - start);
}

const rates = { product: [] as number[], limit: [] as number[] };
for (let round = 0; round <= ROUNDS; round++) {
  const senders = await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  const through = await run(async (body, at) => {
    const made = await send(product, 'POST', '/tai-len', { ...senders[at]!, 'upload-length': String(BYTES) }, null);
    const headers = { ...senders[at]!, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
    const sent = await send(product, 'PATCH', made.location ?? '', headers, body);
    if (sent.status !== 204) throw new Error(`The upload answered ${made.status}, then ${sent.status}`);
  }, round > 0);
  const plain = await run(async (body) => void (await send(limit, 'PUT', '/', {}, body)), false);
  if (round === 0) continue; // both warm
  rates.product.push(through);
  rates.limit.push(plain);
}
const median = (values: number[], share = 0.5): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
const [reached, possible] = [median(rates.product), median(rates.limit)];
process.stdout.write(
  `${JSON.stringify({ bench: 'upload', unit: 'MB/s', product: round(reached), limit: round(possible), ratio: round(reached / possible, 3), p50_ms: round(median(times)), p99_ms: round(median(times, 0.99)), n: times.length })}\n`,
);
agent.destroy();
await app.close();
bare.close();
await closeJournals();
await db.close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
