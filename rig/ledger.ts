import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { generateDossiers } from '../src/insight/demo/index.ts';
import { readMemory } from '../src/foundation/ledger/checkpoint-memory.ts';
import { entryOf } from '../src/foundation/ledger/event-record.ts';
import type { Finding } from '../src/foundation/ledger/finding.ts';
import { issueCheckpoint } from '../src/foundation/ledger/issue-checkpoint.ts';
import { runCheck } from '../src/foundation/ledger/run-check.ts';
import { sealEvents } from '../src/foundation/ledger/seal-events.ts';
import { appendEntries } from '../src/foundation/ledger/tiles.ts';
import { loadDemo } from '../src/demo.ts';
import { modules } from '../src/modules.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import { createLogger } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import type { AppContext } from '../src/platform/module.ts';
import '../src/wiring.ts';
import * as make from './_ledger-mutations.ts';
import type { Ground, Mutation } from './_ledger-mutations.ts';

/*
 * A thousand times somebody with the password of the database changes the stored record by hand: events deleted, edited, put in, swapped; salts, entries,
 * tiles and checkpoints changed; dates and states of dossiers edited, dossiers removed; the tail cut off; the whole database put back to an earlier day;
 * one event changed and the whole tree computed anew. Each must be found and located: `located` counts findings that name the very place. `false_alarms`
 * are findings that no change explains. `--control` checks by counting rows only, as a record without a ledger could.
 *
 * npm run rig -- ledger [--control]
 */

const isControl = process.argv.includes('--control');
const DOSSIERS = 1_500;
/** Modules whose demonstration dossiers do not need. */
const LEFT_OUT: ReadonlySet<string> = new Set(['demo', 'catalogues', 'people', 'delegations', 'paperstore']);
const GROUP = 20;
const CHECKPOINT_EVERY = 500;
let seed = 20_261_128;
const random = (below: number): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return seed % below;
};

const url = process.env['DATABASE_URL'];
if (!url) throw new Error('Run it as npm run rig -- ledger');
const folder = mkdtempSync(join(tmpdir(), 'sen-rig-ledger-'));
const admin = new pg.Client({ connectionString: url });
await admin.connect();
const named = (name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
const names = { present: 'rig_ledger_present', earlier: 'rig_ledger_earlier' };
for (const name of Object.values(names)) await admin.query(`drop database if exists ${name} with (force)`);
await admin.query(`create database ${names.present}`);
await migrate(named(names.present), 'db/migrations');

function openContext(name: string): AppContext {
  const config = readConfig({
    SEN_MODE: 'demo',
    DATABASE_URL: named(name),
    SEN_FILES: join(folder, 'files'),
    SEN_METRICS_PORT: 'off',
  });
  return {
    config,
    db: openDatabase(config.databaseUrl, { max: 4, applicationName: 'rig' }),
    clock: systemClock,
    log: createLogger('silent'),
  };
}
const context = openContext(names.present);
await context.db.reader.raw('select platform.ensure_event_partitions((current_date - 400), 16)');
await loadDemo(
  context,
  modules.filter((module) => !LEFT_OUT.has(module.name)),
);
await generateDossiers(context, DOSSIERS);

/** Seals what there is, with a checkpoint after every so many events. */
async function sealAll(of: AppContext): Promise<void> {
  for (;;) {
    const done = await sealEvents(of.db, of.clock, null, CHECKPOINT_EVERY);
    await issueCheckpoint(of);
    if (!done || done.sealed === 0) return;
  }
}
await sealAll(context);
await context.db.close();
await admin.query(`create database ${names.earlier} template ${names.present}`);
const present = openContext(names.present);
const say = (kind: string) =>
  present.db.reader.raw(
    `insert into platform.event (occurred_at, name, subject_kind, subject_id, actor_kind, actor_label, request_id, payload)
     select now(), 'rig.happened', 'rig', n::text, 'system', 'rig', $1, jsonb_build_object('n', n) from generate_series(1, 4000) as n`,
    [kind],
  );
await say('later');
await sealAll(present);

const client = new pg.Client({ connectionString: named(names.present) });
await client.connect();
const ground: Ground = { client, random };
const [{ size }] = (await client.query<{ size: number }>('select size::int from ledger.head')).rows as [
  { size: number },
];
const bundles = Math.floor(size / 256);
process.stdout.write(`${size} events sealed, ${DOSSIERS} dossiers\n`);

/** What a record without a ledger could see: that the number of rows is another. */
async function countRows(of: AppContext): Promise<Finding[]> {
  const [row] = await of.db.reader.raw<{ events: number; size: number }>(
    'select (select count(*)::int from platform.event) as events, (select size::int from ledger.head) as size',
  );
  return row!.events === row!.size ? [] : [{ kind: 'event-missing', place: 'record' }];
}
const check = async (of: AppContext): Promise<Finding[]> =>
  isControl ? countRows(of) : ((await runCheck(of, 'asked'))?.findings ?? []);

const untouched = await check(present);
if (!isControl && untouched.length > 0)
  throw new Error(`Findings before anything was changed: ${JSON.stringify(untouched.slice(0, 5))}`);
await sealAll(present); // the check itself left no event; whatever did is sealed before the changes begin

const tally = new Map<string, { n: number; located: number }>();
let falseAlarms = 0;
const count = (kind: string, isLocated: boolean): void => {
  const row = tally.get(kind) ?? { n: 0, located: 0 };
  tally.set(kind, { n: row.n + 1, located: row.located + (isLocated ? 1 : 0) });
};

/** Findings that come with a change of stored hashes without being its place: what was signed does not fit any more. */
const FOLLOWS: ReadonlySet<string> = new Set(['log-bent', 'tile-changed']);
async function round(mutations: readonly Mutation[]): Promise<void> {
  for (const mutation of mutations) await mutation.apply();
  const findings = await check(present);
  for (const mutation of mutations.toReversed()) await mutation.undo();
  for (const mutation of mutations)
    count(
      mutation.kind,
      findings.some((finding) => mutation.isLocatedBy(finding)),
    );
  const unexplained = findings.filter(
    (finding) =>
      !FOLLOWS.has(finding.kind) &&
      !mutations.some((mutation) => mutation.isLocatedBy(finding) || mutation.explains?.(finding)),
  );
  falseAlarms += isControl ? 0 : unexplained.length;
  if (!isControl && unexplained.length > 0)
    process.stdout.write(`unexplained: ${JSON.stringify(unexplained.slice(0, 3))}\n`);
}

/* Changes of single rows, twenty at a time, each in a bundle of its own. */
type OnLeaf = (ground: Ground, leaf: number) => Promise<Mutation>;
const onLeaves: [OnLeaf, number][] = [
  [make.eventEdited, 150],
  [make.eventDeleted, 100],
  [make.eventInserted, 80],
  [make.eventsSwapped, 80],
  [make.saltChanged, 60],
  [make.saltErased, 20],
  [make.entryChanged, 60],
  [make.tileChanged, 60],
  [make.tileDeleted, 20],
  [make.bundleDeleted, 20],
];
const waiting = onLeaves
  .flatMap(([each, times]) => Array.from({ length: times }, () => each))
  .sort(() => random(3) - 1);
while (waiting.length > 0) {
  const free = Array.from({ length: bundles }, (_, number) => number).sort(() => random(3) - 1);
  const group = waiting.splice(0, Math.min(GROUP, Math.floor(bundles / 2)));
  const mutations: Mutation[] = [];
  for (const each of group) mutations.push(await each(ground, free.pop()! * 256 + random(256)));
  await round(mutations);
}

/* Dossiers. */
const taken = new Set<string>();
async function someDossier(where: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `select id from dossiers.dossier where ${where} and not id = any($1::uuid[]) order by id offset $2 limit 1`,
    [[...taken], random(20)],
  );
  const again = `select id from dossiers.dossier where ${where} and not id = any($1::uuid[]) limit 1`;
  const id = rows[0]?.id ?? (await client.query<{ id: string }>(again, [[...taken]])).rows[0]?.id;
  if (id === undefined) throw new Error(`There are too few dossiers with ${where}`);
  taken.add(id);
  return id;
}
for (let left = 300; left > 0; left -= GROUP) {
  const mutations: Mutation[] = [];
  for (let at = 0; at < Math.min(GROUP, left); at += 1) {
    const edit = (left + at) % make.DOSSIER_EDITS.length;
    const id = await someDossier(make.DOSSIER_EDITS[edit]![1]);
    mutations.push(at === 0 ? await make.dossierDeleted(ground, id) : await make.dossierEdited(ground, id, edit));
  }
  taken.clear();
  await round(mutations);
}

/* The tree above the leaves, and what was signed. */
const { rows: sizes } = await client.query<{ size: number }>('select size::int from ledger.checkpoint order by size');
for (let at = 0; at < 20; at += 1)
  await round([
    await make.upperTileChanged(ground, random(bundles * 32)),
    await make.checkpointChanged(ground, sizes[random(sizes.length)]!.size),
  ]);

/* The tail cut off, with everything that belongs to it. */
for (let at = 0; at < 15; at += 1) {
  const cut = 1 + random(size - 1);
  await client.query('begin');
  const { rows } = await client.query<{ id: string }>(
    `select unnest(event_ids[greatest(0, $1 - number * 256) + 1:])::text as id from ledger.bundle where number >= $1 / 256`,
    [size - cut],
  );
  await client.query('commit');
  await wholesale(
    'tail cut',
    async (sql) => {
      await sql('delete from platform.event where id = any($1::bigint[])', [rows.map((row) => row.id)]);
      await sql('delete from ledger.checkpoint where size > $1', [size - cut]);
      await rebuild(sql, size - cut);
    },
    (finding) => finding.kind === 'log-cut' && finding.leaf === size - cut,
  );
}

/* One event changed, and everything above it computed anew: only what was signed tells. */
for (let at = 0; at < 15; at += 1) {
  const leaf = random(size);
  await wholesale(
    'event and whole tree changed',
    async (sql) => {
      await sql(
        `update platform.event set payload = payload || '{"bent": true}' where id = (select event_ids[$2 + 1] from ledger.bundle where number = $1)`,
        [Math.floor(leaf / 256), leaf % 256],
      );
      await rebuild(sql, size, leaf);
    },
    (finding) => {
      const [, from, to] = /^entries (\d+) to (\d+)$/.exec(finding.place) ?? [];
      return (
        finding.kind === 'log-bent' &&
        leaf >= Number(from) &&
        leaf <= Number(to) &&
        Number(to) - Number(from) < 2 * CHECKPOINT_EVERY
      );
    },
  );
}

/* The whole database of an earlier day; then the same with other events in the place of those that are gone. */
const earlier = openContext(names.earlier);
const memory = await readMemory(present.config);
for (let at = 0; at < 10; at += 1) {
  const findings = await check(earlier);
  count(
    'database rewound',
    findings.some((finding) => finding.kind === 'log-cut' && finding.recorded === String(memory?.size)),
  );
}
for (let at = 0; at < 10; at += 1) {
  await earlier.db.reader.raw(
    `insert into platform.event (occurred_at, name, subject_kind, subject_id, actor_kind, actor_label, request_id, payload)
     select now(), 'rig.happened', 'rig', n::text, 'system', 'rig', 'other', jsonb_build_object('n', n) from generate_series(1, 4100) as n`,
  );
  while (((await sealEvents(earlier.db, earlier.clock))?.sealed ?? 0) > 0);
  const findings = await check(earlier);
  count(
    'database rewound and gone on',
    findings.some((finding) => finding.kind === 'log-bent' || (finding.kind === 'log-cut' && at === 0)),
  );
}

/** A change of everything, taken back by rolling the tables back to copies of them. */
async function wholesale(
  kind: string,
  change: (sql: make.Sql) => Promise<void>,
  isLocated: (finding: Finding) => boolean,
): Promise<void> {
  const tables = ['platform.event', 'ledger.head', 'ledger.tile', 'ledger.bundle', 'ledger.checkpoint'];
  await client.query('create schema if not exists rig');
  for (const table of tables) {
    await client.query(`drop table if exists rig.${table.split('.')[1]}`);
    await client.query(`create table rig.${table.split('.')[1]} as select * from ${table}`);
  }
  await change((text, values) => client.query(text, values));
  const findings = await check(present);
  count(kind, findings.some(isLocated));
  for (const table of tables) {
    await client.query(`delete from ${table}`);
    await client.query(`insert into ${table} select * from rig.${table.split('.')[1]}`);
  }
}

/** Tiles, bundles and head as they would be for the first `upTo` events as they stand now; the entry of `leaf` computed anew. */
async function rebuild(sql: make.Sql, upTo: number, leaf: number | null = null): Promise<void> {
  const { rows } = await client.query<{ number: string; event_ids: string[]; entries: Buffer; salts: Buffer }>(
    'select number, event_ids, entries, salts from ledger.bundle order by number',
  );
  const entries = rows
    .flatMap((row) => row.event_ids.map((_, at) => row.entries.subarray(at * 32, at * 32 + 32)))
    .slice(0, upTo);
  if (leaf !== null) {
    const row = rows[Math.floor(leaf / 256)]!;
    const { rows: events } = await client.query<{ head: string; data: string }>(
      `select jsonb_build_array('sen-event/1', e.id, (extract(epoch from e.occurred_at) * 1000000)::bigint, e.name, e.subject_kind, e.subject_id, e.unit_id,
         e.actor_kind, e.actor_id)::text as head, jsonb_build_array(e.actor_label, e.request_id, e.payload)::text as data from platform.event e where e.id = $1`,
      [row.event_ids[leaf % 256]],
    );
    entries[leaf] = entryOf(row.salts.subarray((leaf % 256) * 16, (leaf % 256) * 16 + 16), events[0]!);
    await sql(
      `update ledger.bundle set entries = overlay(entries placing $2 from ${(leaf % 256) * 32 + 1}) where number = $1`,
      [row.number, entries[leaf]],
    );
  }
  const { parts } = appendEntries(0, [], entries);
  await sql('delete from ledger.tile', []);
  for (const part of parts)
    await sql('insert into ledger.tile (level, number, hashes) values ($1, $2, $3)', [
      part.level,
      part.number,
      part.hashes,
    ]);
  if (upTo === size) return;
  const [last, width] = [Math.floor(upTo / 256), upTo % 256];
  await sql('delete from ledger.bundle where number > $1 or (number = $1 and $2 = 0)', [last, width]);
  await sql(
    'update ledger.bundle set event_ids = event_ids[:$2], entries = substr(entries, 1, 32 * $2::int), salts = substr(salts, 1, 16 * $2::int) where number = $1',
    [last, width],
  );
  await sql(
    `update ledger.head h set size = $1, xid = e.xid, event_id = e.id
     from platform.event e where e.id = (select event_ids[array_length(event_ids, 1)] from ledger.bundle order by number desc limit 1)`,
    [upTo],
  );
}

await client.end();
for (const each of [present, earlier]) await each.db.close();
for (const name of Object.values(names)) await admin.query(`drop database if exists ${name} with (force)`);
await admin.end();
rmSync(folder, { recursive: true, force: true });
const rows = [...tally].sort(([a], [b]) => a.localeCompare(b));
for (const [kind, row] of rows) process.stdout.write(`${kind.padEnd(34)} ${row.located} of ${row.n}\n`);
const n = rows.reduce((sum, [, row]) => sum + row.n, 0);
const located = rows.reduce((sum, [, row]) => sum + row.located, 0);
process.stdout.write(
  `${JSON.stringify({ rig: 'ledger', control: isControl, n, located, false_alarms: falseAlarms, events: size, dossiers: DOSSIERS })}\n`,
);
process.exit(isControl ? (located < n ? 0 : 1) : located === n && falseAlarms === 0 && n >= 1_000 ? 0 : 1);
