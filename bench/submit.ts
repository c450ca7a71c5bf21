import { fork } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { hasBlob } from '../src/foundation/files/index.ts';
import { ledgerLoops } from '../src/foundation/ledger/keep-ledger.ts';
import { sealEvents } from '../src/foundation/ledger/seal-events.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import { createHttp } from '../src/platform/http/server.ts';
import { createLogger } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import dossiers from '../src/services/dossiers/module.ts';

/**
 * Submissions a second over HTTP at 32 connections: a dossier with its key, a paper of 20 kB on disk, and its event, durable before the
 * answer; one agency takes 30 % of them. The limit writes the same rows as one prepared statement of `pg` per submission and the same bytes
 * to a synced file each, at 32 connections, with no HTTP before it. Measured in turn, three rounds each; `lost` counts what was
 * acknowledged and is not in the database or not on the disk. `--sealing`: what the ledger costs them. The product seals every event in the same process and signs
 * checkpoints; the limit is the same product without.
 */
const CONNECTIONS = 32;
const ROUNDS = 3;
const isSealing = process.argv.includes('--sealing');
const SECONDS = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 8);
const WARM_UP_SECONDS = 2;
const AGENCIES = 10;
const TOKEN = 'sen_bench';

const url = process.env['DATABASE_URL'];
if (!url) throw new Error('Run it as npm run bench -- submit');
await migrate(url, 'db/migrations');
mkdirSync(resolve('.sen'), { recursive: true });
const folder = mkdtempSync(resolve('.sen/bench-files-'));
const config = {
  ...readConfig({
    SEN_MODE: 'test',
    DATABASE_URL: url,
    SEN_FILES: join(folder, 'product'),
    PORT: '8080',
    SEN_METRICS_PORT: 'off',
  }),
};
const db = openDatabase(url, { max: 8, applicationName: 'bench-submit' });
const place = await load();

const http = await createHttp({
  context: { db, clock: systemClock, config, log: createLogger('silent') },
  resolveSession: async () => null,
  resolveClient: async () => ({
    kind: 'client',
    id: 'bench',
    label: 'Bench',
    accountId: null,
    grants: new Map(),
    scopes: ['dossiers.submit'],
    assurance: 0,
  }),
  renderDocument: async () => '',
  renderProblem: () => ({ kind: 'data', status: 500, body: '', type: 'text/plain', headers: {} }),
  addressLimit: 1_000_000_000,
});
dossiers.routes?.(http.webFor('dossiers'), { db, clock: systemClock, config, log: createLogger('silent') });
await http.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = http.app.server.address() as AddressInfo;

interface Outcome {
  times: number[];
  ids: string[];
  failed: number;
  seconds: number;
}
const product = (): Promise<Outcome> =>
  new Promise((done, reject) => {
    const child = fork('bench/_submit-load.ts', { execArgv: ['--import', 'tsx'] });
    child.once('message', (message) => done(message as Outcome));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The load ended early (${code})`)));
    child.send({
      port,
      token: TOKEN,
      connections: CONNECTIONS,
      warmUpSeconds: WARM_UP_SECONDS,
      seconds: SECONDS,
      procedureCode: place.procedureCode,
      unitIds: place.unitIds,
    });
  });

await product(); // the compiler has seen every line before anything counts
/** The ledger's own loop beside the requests, as in a process that does everything. */
function startSealing(): () => Promise<void> {
  const [loop] = ledgerLoops();
  const state = { isOn: true };
  const running = (async () => {
    while (state.isOn) {
      await loop!.run({ db, clock: systemClock, config, log: createLogger('error'), attempt: 1, requestId: 'bench' });
      await sleep(loop!.everyMs);
    }
  })();
  return async () => {
    state.isOn = false;
    await running;
  };
}
async function sealedRound(): Promise<Outcome> {
  const stop = startSealing();
  const outcome = await product();
  await stop();
  return outcome;
}
async function unsealedRound(): Promise<{ perSecond: number; times: number[] }> {
  const outcome = await product();
  while (((await sealEvents(db, systemClock))?.sealed ?? 0) > 0); // no backlog for the round with sealing
  return { perSecond: outcome.times.length / outcome.seconds, times: outcome.times };
}
if (isSealing) await unsealedRound();
const rounds: { product: Outcome; limit: { perSecond: number; times: number[] } }[] = [];
for (let i = 0; i < ROUNDS; i += 1) {
  const limit = await (isSealing ? unsealedRound() : limitRound());
  const outcome = await (isSealing ? sealedRound() : product());
  rounds.push({ product: outcome, limit });
  const tell = (perSecond: number, times: number[]) =>
    `${Math.round(perSecond)}/s (p99 ${quantile(times, 0.99).toFixed(1)} ms)`;
  const told = tell(outcome.times.length / outcome.seconds, outcome.times);
  console.log(`round ${i + 1}: product ${told}, limit ${tell(limit.perSecond, limit.times)}`);
}
await http.app.close();
const lost = await countLost(rounds.flatMap((round) => round.product.ids));
await db.close();
rmSync(folder, { recursive: true, force: true });

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const times = rounds.flatMap((round) => round.product.times);
const perSecond = mean(rounds.map((round) => round.product.times.length / round.product.seconds));
const limit = mean(rounds.map((round) => round.limit.perSecond));
const failed = rounds.reduce((sum, round) => sum + round.product.failed, 0);
console.log(
  JSON.stringify({
    bench: isSealing ? 'submit-sealing' : 'submit',
    unit: 'submissions/s',
    product: Math.round(perSecond),
    limit: Math.round(limit),
    ratio: Number((perSecond / limit).toFixed(3)),
    p50_ms: Number(quantile(times, 0.5).toFixed(1)),
    p99_ms: Number(quantile(times, 0.99).toFixed(1)),
    limit_p99_ms: Number(
      quantile(
        rounds.flatMap((round) => round.limit.times),
        0.99,
      ).toFixed(1),
    ),
    n: times.length,
    connections: CONNECTIONS,
    failed,
    lost,
  }),
);
process.exit(failed === 0 && lost === 0 ? 0 : 1);

/** The time that a share of the requests kept. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Ten agencies that offer one procedure. */
async function load(): Promise<{ procedureCode: string; procedureId: string; versionId: string; unitIds: string[] }> {
  const code = `bench.${randomBytes(4).toString('hex')}`;
  const [procedureId, versionId] = [randomUUID(), randomUUID()];
  const unitIds = Array.from({ length: AGENCIES }, () => randomUUID());
  const content = JSON.stringify({
    channels: [
      { kind: 'online', time: { amount: 5, unit: 'workingDay', text: null }, feesKnown: true, fees: [], note: null },
    ],
    papers: [],
    steps: {
      steps: [
        {
          key: 'a',
          name: { vi: 'Thẩm tra', en: 'Examine' },
          kind: 'process',
          role: 'specialist',
          unit: 'competent',
          hours: 12,
        },
      ],
    },
  });
  await db.reader.raw(
    'insert into organisations.unit (id, created_at) select id, now() from unnest($1::uuid[]) as id',
    [unitIds],
  );
  await db.reader.raw('insert into procedures.procedure (id, code, created_at) values ($1, $2, now())', [
    procedureId,
    code,
  ]);
  await db.reader.raw(
    `insert into procedures.procedure_version (id, procedure_id, number, status, source, name_vi, levels, audiences, service_level, online_scope,
       intake_channel, valid_from, content, content_hash, created_at, published_at)
     values ($1, $2, 1, 'published', 'province', 'Đăng ký khai sinh', '{commune}', '{citizen}', 4, 'full', 'local', '2014-01-01', $3, 'bench', now(), now())`,
    [versionId, procedureId, content],
  );
  await db.reader.raw(
    `insert into procedures.offer (id, unit_id, procedure_id, receiving_unit_id, valid_from, created_at) select gen_random_uuid(), id, $2, id, '2014-01-01', now() from unnest($1::uuid[]) as id`,
    [unitIds, procedureId],
  );
  await db.reader.raw('select platform.ensure_event_partitions(current_date, 2)');
  return { procedureCode: code, procedureId, versionId, unitIds };
}

/** What the hardware and PostgreSQL give: one prepared statement and one synced file per submission. */
async function limitRound(): Promise<{ perSecond: number; times: number[] }> {
  const pool = new pg.Pool({ connectionString: url!, max: CONNECTIONS });
  const files = mkdtempSync(join(folder, 'limit-'));
  const bytes = randomBytes(20_480);
  const terms = JSON.stringify({
    procedureCode: place.procedureCode,
    procedureName: { vi: 'Đăng ký khai sinh', en: 'Đăng ký khai sinh' },
    limit: { amount: 5, unit: 'workingDay' },
    steps: [
      { kind: 'process', name: { vi: 'Thẩm tra', en: 'Examine' }, role: 'specialist', unit: 'competent', hours: 12 },
    ],
  });
  const text = `with file as (
      insert into files.file (id, sha256, size_bytes, kind, media_type, file_name, owner_kind, owner_id, uploaded_by, created_at)
      values ($1, $2, 20480, 'pdf', 'application/pdf', 'giay-chung-sinh.pdf', 'dossier', $3::uuid::text, 'bench', now())
    ), key as (
      insert into dossiers.submission_key (owner, key, dossier_id, content_hash, created_at) values ('client/limit', $4, $3, $2, now())
    ), dossier as (
      insert into dossiers.dossier (id, state, tracking_hash, procedure_id, procedure_version_id, terms, applicant_kind, applicant_name, applicant_identity,
        applicant_identity_masked, applicant_phone, applicant_address, channel, delivery, receiving_unit_id, competent_unit_id, handling_unit_id, submitted_at)
      values ($3, 1, $2, $5, $6, $7, 'citizen', 'Nguyễn Thị Ánh Nguyệt', '040190001234', '••••••••1234', '0912345678', 'Phường Trường Vinh, Nghệ An',
        'online', 'counter', $8, $8, $8, now())
    ), paper as (
      insert into dossiers.paper (id, dossier_id, position, component_code, name, file_id, is_electronic) values (gen_random_uuid(), $3, 0, 'GCS', 'Giấy chứng sinh', $1, true)
    )
    insert into platform.event (occurred_at, name, subject_kind, subject_id, unit_id, actor_kind, actor_id, actor_label, request_id, payload)
    values (now(), 'dossiers.submitted', 'dossier', $3::uuid::text, $8, 'client', 'bench', 'Bench', 'bench', $9)`;
  const event = JSON.stringify({
    code: null,
    state: 1,
    procedureId: place.procedureId,
    procedureName: { vi: 'Đăng ký khai sinh', en: 'Đăng ký khai sinh' },
    channel: 'online',
    competentUnitId: place.unitIds[0],
    receivingUnitId: place.unitIds[0],
    applicantAccountId: null,
    dueAt: null,
    isOnTime: null,
    remark: null,
  });
  const times: number[] = [];
  const from = performance.now() + WARM_UP_SECONDS * 1000;
  const until = from + SECONDS * 1000;
  async function connection(): Promise<void> {
    while (performance.now() < until) {
      const started = performance.now();
      const id = randomUUID();
      const file = await open(join(files, id), 'wx');
      await file.writeFile(bytes);
      await file.datasync();
      await file.close();
      const unit =
        Math.random() < 0.3 ? place.unitIds[0] : place.unitIds[1 + Math.floor(Math.random() * (AGENCIES - 1))];
      const digest = createHash('sha256').update(id).digest();
      await pool.query({
        name: 'limit',
        text,
        values: [randomUUID(), digest, id, id, place.procedureId, place.versionId, terms, unit, event],
      });
      if (started >= from) times.push(performance.now() - started);
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  const seconds = (performance.now() - from) / 1000;
  await pool.end();
  return { perSecond: times.length / seconds, times };
}

/** Acknowledged dossiers that are not there with their paper's bytes and their event. */
async function countLost(ids: string[]): Promise<number> {
  const rows = await db.reader.raw<{ sha256: Buffer }>(
    `select f.sha256 from unnest($1::uuid[]) as a (id) join dossiers.dossier d on d.id = a.id join dossiers.paper p on p.dossier_id = d.id
     join files.file f on f.id = p.file_id join platform.event e on e.subject_kind = 'dossier' and e.subject_id = d.id::text`,
    [ids],
  );
  let there = 0;
  for (const row of rows) if (await hasBlob(config.filesFolder, row.sha256)) there += 1;
  return ids.length - there;
}
