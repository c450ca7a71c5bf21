import { hash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { EVENT_TEXT_SQL } from '../src/foundation/ledger/event-record.ts';
import { ledgerLoops } from '../src/foundation/ledger/keep-ledger.ts';
import { appendToLog, getHead } from '../src/foundation/ledger/ledger-queries.ts';
import { leafHash, rootFromInclusion } from '../src/foundation/ledger/merkle.ts';
import { SEAL_BATCH, sealEvents } from '../src/foundation/ledger/seal-events.ts';
import { appendEntries } from '../src/foundation/ledger/tiles.ts';
import { readEdge, readInclusion, readRoot } from '../src/foundation/ledger/tree-reader.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import { createLogger } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';

/**
 * The ledger: how fast a backlog of committed events is sealed, how soon a checkpoint covers an event that was just committed, and how long a proof takes in a tree of ten
 * million. The limit of sealing reads the same rows with the same statement, hashes each twice as an entry is, and inserts the digests in rows of 256 with
 * as many commits: no tree, no tiles, no head. What sealing costs those who submit is measured by `npm run bench -- submit --sealing`.
 *
 * npm run bench -- ledger [EVENTS] [LEAVES]
 */
const EVENTS = Number(process.argv[2] ?? 1_000_000);
const LEAVES = Number(process.argv[3] ?? 10_000_000);
const PROOFS = 2_000;
const CHECKPOINTS = 12;
const PROOF_LIMIT_MS = 5;
const CHECKPOINT_LIMIT_S = 5;

const url = process.env['DATABASE_URL'];
if (!url) throw new Error('Run it as npm run bench -- ledger');
await migrate(url, 'db/migrations');
mkdirSync(resolve('.sen'), { recursive: true });
const folder = mkdtempSync(resolve('.sen/bench-ledger-'));
const config = readConfig({
  SEN_MODE: 'test',
  DATABASE_URL: url,
  SEN_FILES: join(folder, 'files'),
  SEN_METRICS_PORT: 'off',
});
const db = openDatabase(url, { max: 6, applicationName: 'bench-ledger' });
const context = { db, clock: systemClock, config, log: createLogger('error'), attempt: 1, requestId: 'bench' };
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const rounded = (value: number, digits = 1) => Number(value.toFixed(digits));

await db.reader.raw('select platform.ensure_event_partitions(current_date, 2)');
await db.reader.raw('truncate ledger.tile, ledger.bundle, ledger.cosignature, ledger.checkpoint, platform.event');
await db.reader.raw(`update ledger.head set size = 0, xid = '0', event_id = 0`);
await fill(EVENTS);

/** Events as acts on dossiers leave them, some thousand to a transaction. */
async function fill(count: number): Promise<void> {
  const started = performance.now();
  for (let from = 0; from < count; from += 50_000)
    await db.reader.raw(
      `insert into platform.event (occurred_at, name, subject_kind, subject_id, unit_id, actor_kind, actor_id, actor_label, request_id, payload)
       select now(), 'dossiers.received', 'dossier', gen_random_uuid()::text, gen_random_uuid(), 'official', gen_random_uuid()::text, 'Nguyễn Thị Ánh Nguyệt', 'REQ' || n,
         jsonb_build_object('code', 'H41.01.01-20261128-' || n, 'state', 2, 'procedureId', gen_random_uuid(), 'procedureName', jsonb_build_object('vi', 'Đăng ký khai sinh', 'en', 'Đăng ký khai sinh'),
           'channel', 'online', 'competentUnitId', gen_random_uuid(), 'receivingUnitId', gen_random_uuid(), 'applicantAccountId', null, 'dueAt', now(), 'isOnTime', null, 'remark', null)
       from generate_series($1::int, $2::int) as n`,
      [from + 1, Math.min(from + 50_000, count)],
    );
  await db.reader.raw('analyze platform.event');
  console.log(`${count} events committed in ${rounded((performance.now() - started) / 1000)} s`);
}

/** Reads, hashes and inserts the same rows, with nothing of the ledger. */
async function bare(limit: number): Promise<number> {
  const client = new pg.Client({ connectionString: url! });
  await client.connect();
  await client.query('drop table if exists bench_entry');
  await client.query(
    'create table bench_entry (number bigint primary key, ids bigint[] not null, entries bytea not null, salts bytea not null)',
  );
  const started = performance.now();
  let [done, xid, id] = [0, '0', '0'];
  while (done < limit) {
    await client.query('begin');
    const { rows } = await client.query<{ id: string; xid: string; head: string; data: string }>({
      name: 'bare',
      text: `select e.id, e.xid::text, ${EVENT_TEXT_SQL} from platform.event e where (e.xid, e.id) > ($1::xid8, $2::bigint) order by e.xid, e.id limit $3`,
      values: [xid, id, Math.min(SEAL_BATCH, limit - done)],
    });
    const salts = randomBytes(rows.length * 16);
    const entries = Buffer.alloc(rows.length * 32);
    for (const [at, row] of rows.entries()) {
      const salt = salts.subarray(at * 16, at * 16 + 16);
      const digest = hash('sha256', Buffer.concat([salt, Buffer.from(row.data)]), 'hex');
      hash('sha256', Buffer.concat([salt, Buffer.from(`${row.head}\n${digest}\n`)]), 'buffer').copy(entries, at * 32);
    }
    const cut = <T>(part: (from: number, to: number) => T) =>
      Array.from({ length: Math.ceil(rows.length / 256) }, (_, at) =>
        part(at * 256, Math.min((at + 1) * 256, rows.length)),
      );
    await client.query({
      name: 'bare-insert',
      text: 'insert into bench_entry select n, i::bigint[], e, s from unnest($1::bigint[], $2::text[], $3::bytea[], $4::bytea[]) as u (n, i, e, s)',
      values: [
        cut((from) => (done + from) / 256),
        cut(
          (from, to) =>
            `{${rows
              .slice(from, to)
              .map((row) => row.id)
              .join(',')}}`,
        ),
        cut((from, to) => entries.subarray(from * 32, to * 32)),
        cut((from, to) => salts.subarray(from * 16, to * 16)),
      ],
    });
    await client.query('commit');
    const last = rows.at(-1);
    if (!last) break;
    [done, xid, id] = [done + rows.length, last.xid, last.id];
  }
  const seconds = (performance.now() - started) / 1000;
  await client.query('drop table bench_entry');
  await client.end();
  return done / seconds;
}

await bare(SEAL_BATCH * 4); // the compiler and the caches have seen it
const limitRate = await bare(EVENTS);
let [sealed, memory]: [number, Parameters<typeof sealEvents>[2]] = [0, null];
const started = performance.now();
const batches: number[] = [];
for (;;) {
  const before = performance.now();
  const done = await sealEvents(db, systemClock, memory);
  batches.push(performance.now() - before);
  if (!done || done.sealed === 0) break;
  sealed += done.sealed;
  memory = done.memory;
}
const rate = sealed / ((performance.now() - started) / 1000);
console.log(
  JSON.stringify({
    bench: 'ledger-seal',
    unit: 'events/s',
    product: Math.round(rate),
    limit: Math.round(limitRate),
    ratio: rounded(rate / limitRate, 3),
    p50_ms: rounded(quantile(batches, 0.5)),
    p99_ms: rounded(quantile(batches, 0.99)),
    n: sealed,
  }),
);

/* From the commit of an event to the checkpoint that covers it, with the product's own loop. */
const [loop] = ledgerLoops();
const keeping = { isOn: true };
const keeper = (async () => {
  while (keeping.isOn) {
    await loop!.run(context);
    await sleep(loop!.everyMs);
  }
})();
const delays: number[] = [];
for (let at = 0; at < CHECKPOINTS; at += 1) {
  await sleep(Math.random() * 1_500);
  await db.reader.raw(
    `insert into platform.event (occurred_at, name, subject_kind, subject_id, actor_kind, actor_label, request_id, payload) values (now(), 'bench.happened', 'bench', '1', 'system', 'bench', 'bench', '{}')`,
  );
  const committed = performance.now();
  const [row] = await db.reader.raw<{ n: number }>(
    'select (select size from ledger.head) + (select count(*) from platform.event e, ledger.head h where (e.xid, e.id) > (h.xid, h.event_id)) as n',
  );
  for (;;) {
    const [newest] = await db.reader.raw<{ size: number }>(
      'select coalesce(max(size), 0) as size from ledger.checkpoint',
    );
    if (newest!.size >= row!.n) break;
    await sleep(20);
  }
  delays.push((performance.now() - committed) / 1000);
}
keeping.isOn = false;
await keeper;
const worst = Math.max(...delays);
console.log(
  JSON.stringify({
    bench: 'ledger-checkpoint',
    unit: 's',
    product: rounded(worst, 2),
    limit: CHECKPOINT_LIMIT_S,
    ratio: rounded(worst / CHECKPOINT_LIMIT_S, 3),
    p50_ms: Math.round(quantile(delays, 0.5) * 1000),
    p99_ms: Math.round(worst * 1000),
    n: delays.length,
  }),
);

/* Ten million leaves, appended by the product's own code; the entries behind them are made up. */
const growing = performance.now();
let { size } = await getHead(db.reader);
let edge = await readEdge(db.reader, size);
const entryAt = (leaf: number) => hash('sha256', `leaf ${leaf}`, 'buffer');
const firstMadeUp = size;
while (size < LEAVES) {
  const from = size;
  const entries = Array.from({ length: Math.min(65_536, LEAVES - size) }, (_, at) => entryAt(from + at));
  const grown = appendEntries(size, edge, entries);
  await inTransaction(db, { actor: systemActor('bench') }, (tx) =>
    appendToLog(tx, grown.parts, [], from, { size: grown.size, xid: '1', eventId: 1 }),
  );
  ({ size, edge } = grown);
}
console.log(`${size} leaves after ${rounded((performance.now() - growing) / 1000)} s`);
const root = await readRoot(db.reader, size);
const times: number[] = [];
let wrong = 0;
for (let at = 0; at < PROOFS; at += 1) {
  const leaf = firstMadeUp + Math.floor(Math.random() * (size - firstMadeUp));
  const before = performance.now();
  const proof = await readInclusion(db.reader, leaf, size);
  times.push(performance.now() - before);
  if (!rootFromInclusion(leaf, size, leafHash(entryAt(leaf)), proof)?.equals(root)) wrong += 1;
}
const p99 = quantile(times, 0.99);
console.log(
  JSON.stringify({
    bench: 'ledger',
    unit: 'ms a proof',
    product: rounded(p99, 2),
    limit: PROOF_LIMIT_MS,
    ratio: rounded(p99 / PROOF_LIMIT_MS, 3),
    p50_ms: rounded(quantile(times, 0.5), 2),
    p99_ms: rounded(p99, 2),
    n: PROOFS,
    leaves: size,
    wrong,
    seal_per_s: Math.round(rate),
    seal_limit_per_s: Math.round(limitRate),
    seal_n: sealed,
    checkpoint_s: rounded(worst, 2),
  }),
);
await db.close();
rmSync(folder, { recursive: true, force: true });
process.exit(wrong === 0 ? 0 : 1);
