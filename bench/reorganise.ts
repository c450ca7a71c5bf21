import pg from 'pg';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readChangeFile } from '../src/foundation/organisations/change-file.ts';
import { loadProvinceUnits } from '../src/foundation/organisations/index.ts';
import { manageOrganisations } from '../src/foundation/organisations/index.ts';
import { findOperation } from '../src/foundation/organisations/operation-queries.ts';
import { planFromFile } from '../src/foundation/organisations/plan-from-file.ts';
import { transfersOf, type ReorganisationPlan } from '../src/foundation/organisations/reorganisation.ts';
import { runOperation } from '../src/foundation/organisations/run-operation.ts';
import { createOperation } from '../src/foundation/organisations/save-operation.ts';
import { checkOperation, startOperation } from '../src/foundation/organisations/start-operation.ts';
import type { Actor } from '../src/platform/access.ts';
import { settableClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import { createLogger } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';
import '../src/wiring.ts';
import { communesOfFile, fillProvince, folderOfThreeTiers } from './_reorganise-province.ts';

/**
 * The whole change of 1 July 2025 over 1,000,000 dossiers: 412 communes become 130, 21 districts end; people, rights, offers, steps and
 * dossiers follow. The runner is lost in the middle and another goes on. `limit` is one bare UPDATE of the handling unit of the same rows,
 * measured on a copy of the same database in the same run. Promised: five minutes. Nothing may be lost: counts and a checksum before and
 * after, every dossier with a living unit, every unit that has dossiers with people who may see them.
 */
const DOSSIERS = Number(process.argv.find((each) => /^\d+$/.test(each)) ?? 1_000_000);
const FILE = 'province/nghe-an/reorganisations/2025-07-01.json';
const PROMISED_S = 300;
const url = process.env['DATABASE_URL'];
if (!url) throw new Error('Run it as npm run bench -- reorganise');
const nameOf = (suffix: string) => `${new URL(url).pathname.slice(1)}_${suffix}_${DOSSIERS}`;
const urlOf = (database: string): string => {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
};
const admin = new pg.Client({ connectionString: url });
await admin.connect();
const clock = settableClock('2025-07-01T00:05:00+07:00');
const base = nameOf('base');
await prepare();
if (process.argv.includes('--prepare')) process.exit(0); // the province is made; measure another time
const limitSeconds = await bareUpdate();
const outcome = await reorganise();
await admin.end();
const round = (value: number, digits = 2) => Number(value.toFixed(digits));
console.log(
  JSON.stringify({
    bench: 'reorganise',
    unit: 's',
    product: round(outcome.seconds, 1),
    limit: round(limitSeconds, 1),
    ratio: round(outcome.seconds / limitSeconds),
    p50_ms: outcome.p50,
    p99_ms: outcome.p99,
    promised_s: PROMISED_S,
    n: DOSSIERS,
    moved: outcome.moved,
    lost: outcome.lost,
    homeless: outcome.homeless,
    without_people: outcome.withoutPeople,
  }),
);
process.exit(outcome.lost + outcome.homeless + outcome.withoutPeople === 0 && outcome.seconds <= PROMISED_S ? 0 : 1);

/** The province of before, made once and copied for each measurement. */
async function prepare(): Promise<void> {
  const { rows } = await admin.query('select 1 from pg_database where datname = $1', [base]);
  if (rows.length > 0) return console.log('the province is there from an earlier run');
  const started = performance.now();
  const fresh = `${base}_new`;
  await admin.query(`drop database if exists ${fresh} with (force)`);
  await admin.query(`create database ${fresh}`);
  await migrate(urlOf(fresh), 'db/migrations');
  const db = openDatabase(urlOf(fresh), { max: 2 });
  const config = readConfig({
    SEN_MODE: 'test',
    DATABASE_URL: urlOf(fresh),
    SEN_PROVINCE: folderOfThreeTiers(),
    SEN_METRICS_PORT: 'off',
  });
  await db.reader.raw(`select platform.ensure_event_partitions('2025-06-01', 3)`);
  await loadProvinceUnits({ db, clock, config, log: createLogger('silent') });
  await db.close();
  const client = new pg.Client({ connectionString: urlOf(fresh) });
  await client.connect();
  await fillProvince(client, communesOfFile(FILE), DOSSIERS);
  await client.query('checkpoint');
  await client.end();
  await admin.query(`alter database ${fresh} rename to ${base}`);
  console.log(`made the province in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

async function copyOf(suffix: string): Promise<string> {
  const name = nameOf(suffix);
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`create database ${name} template ${base} strategy file_copy`);
  await admin.query('checkpoint');
  return name;
}

/** One statement, one transaction: the handling unit of every dossier of an ending unit becomes another. */
async function bareUpdate(): Promise<number> {
  const name = await copyOf('bare');
  const client = new pg.Client({ connectionString: urlOf(name) });
  await client.connect();
  await client.query('set statement_timeout = 0');
  const started = performance.now();
  const { rowCount } = await client.query(
    `update dossiers.dossier d set handling_unit_id = t.id from public.bench_unit u join public.bench_unit t on t.n = (u.n / 4) * 4
     where d.handling_unit_id = u.id`,
  );
  const seconds = (performance.now() - started) / 1000;
  console.log(`bare update of ${rowCount} rows: ${seconds.toFixed(1)} s`);
  await client.end();
  await admin.query(`drop database ${name} with (force)`);
  return seconds;
}

async function reorganise() {
  const name = await copyOf('moved');
  const db = openDatabase(urlOf(name), { max: 4, applicationName: 'bench-reorganise' });
  const count = async (text: string): Promise<number> => (await db.reader.raw<{ n: number }>(text))[0]?.n ?? -1;
  const checksum = `select sum(('x' || substr(md5(id::text || coalesce(code, '') || state || applicant_name || submitted_at), 1, 13))::bit(52)::bigint)::text || '/' || count(*) as sum from dossiers.dossier`;
  const sumOf = async () => (await db.reader.raw<{ sum: string }>(checksum))[0]?.sum;
  const before = await sumOf();
  const started = performance.now();
  const operationId = await draw(db);
  const times: number[] = [];
  let last = performance.now();
  const onStep = (step: number) => {
    times.push(performance.now() - last);
    last = performance.now();
    if (step === 25 && times.length === 25) throw new Error('the runner is lost');
  };
  const options = { onStep, pause: () => sleep(100) };
  await runOperation({ db, clock }, operationId, options).catch((error: Error) =>
    console.log(`${error.message}; another goes on`),
  );
  const operation = await runOperation({ db, clock }, operationId, options);
  const seconds = (performance.now() - started) / 1000;
  if (operation?.state !== 'done') throw new Error(`The operation is ${operation?.state}: ${operation?.failure}`);
  const living = `(select unit_id from organisations.unit_version where valid_from <= '2025-07-01' and (valid_to is null or valid_to >= '2025-07-01'))`;
  const homeless = await count(
    `select (select count(*) from dossiers.dossier where handling_unit_id not in ${living}) + (select count(*) from dossiers.dossier where stage < 6 and competent_unit_id not in ${living})
       + (select count(*) from dossiers.step where finished_at is null and unit_id not in ${living}) as n`,
  );
  const withoutPeople = await count(
    `select count(*) as n from (select distinct handling_unit_id as id from dossiers.dossier) u where not exists (
       select from organisations.appointment a join organisations.post p on p.id = a.post_id
       where p.unit_id = u.id and exists (select from organisations.grants_of(a.officer_id, a.post_id, '2025-07-01') g where g.permission = 'dossiers.view' and u.id = any(g.unit_ids)))`,
  );
  const moved = await count('select count(*) as n from dossiers.unit_move');
  const lost = (await sumOf()) === before ? 0 : 1;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  console.log(
    `${times.length} steps, ${moved} dossiers moved, units now: ${await count(`select count(*) as n from organisations.unit_version where kind = 'commune' and unit_id in ${living} and valid_to is null`)} communes`,
  );
  await db.close();
  return { seconds, p50: at(0.5), p99: at(0.99), moved, lost, homeless, withoutPeople };
}

/** The plan of the province's file; a person decides what no source tells: each district goes to the first commune of its place, leaders stay. */
async function draw(db: ReturnType<typeof openDatabase>): Promise<string> {
  const actor: Actor = {
    ...systemActor('bench'),
    accountId: null,
    grants: new Map([[manageOrganisations.name, 'all']]),
    scopes: [],
    assurance: 2,
  };
  const file = await readChangeFile(await readFile(FILE), FILE);
  const effectiveOn = '2025-07-01';
  const { plan } = await planFromFile(db.reader, file, effectiveOn);
  const parents = await db.reader.raw<{ unit: string; parent: string }>(
    `select unit_id as unit, parent_id as parent from organisations.unit_version where parent_id is not null and valid_to is null`,
  );
  const districtOf = new Map(parents.map((row) => [row.unit, row.parent]));
  const decisions: Record<string, string> = {
    'all:leader': 'keep-all',
    'all:post': 'main',
    'all:dossiers': 'main',
    'all:offers': 'all',
  };
  const targets = transfersOf(plan);
  for (const { fromUnitId, toUnitId, otherUnitIds } of targets) {
    if (toUnitId !== null) continue;
    const below = targets.find((each) => each.toUnitId !== null && districtOf.get(each.fromUnitId) === fromUnitId);
    decisions[`target:${fromUnitId}`] = otherUnitIds[0] ?? below?.toUnitId ?? 'none';
  }
  const rules = targets.flatMap(({ fromUnitId, otherUnitIds }): ReorganisationPlan['rules'][number][] =>
    otherUnitIds[1] ? [{ fromUnitId, by: 'address', values: ['xom dong'], toUnitId: otherUnitIds[1] }] : [],
  );
  const facts = {
    title: file.title,
    decisionNumber: file.decisionNumber,
    issuingBody: file.issuingBody,
    effectiveOn,
    decisionFileId: null,
    plan: { ...plan, decisions, rules },
  };
  return inTransaction(db, { actor, clock }, async (tx) => {
    const id = await createOperation(tx, actor, facts);
    const drawn = await findOperation(tx, id);
    console.log(
      `${plan.changes.length} changes; ${drawn?.preview?.lines.length} lines of preview; in the way: ${drawn?.preview?.obstacles.length}`,
    );
    for (const { text } of drawn?.preview?.obstacles.slice(0, 5) ?? []) console.log(`  ${text.en}`);
    await checkOperation(tx, actor, { id, version: null });
    await startOperation(tx, actor, id);
    return id;
  });
}
