import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { advanceAlone, publishProcess, startAlone } from '../src/engines/workflow/index.ts';
import type { Actor } from '../src/platform/access.ts';
import { systemClock } from '../src/platform/clock.ts';
import { openDatabase } from '../src/platform/database.ts';
import { migrate } from '../src/platform/migrate.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';

/**
 * Transitions a second of a process of six tasks with a choice in it, 32 at a time, each durable before it is answered: the instance is read, its step worked out, and
 * written in one statement with the task it ends, the task it opens and its event. The limit is a change of state written by hand: one prepared statement that sets a
 * state, ends a task, opens the next and writes an event of the same size. In turn, three rounds each; then the product again while 10,000 instances stand open.
 * Due dates in working hours are not part of it.
 */
const AT_A_TIME = 32;
const ROUNDS = 3;
const SECONDS = Number(process.argv[2] ?? 6);
const OPEN = 10_000;
const STEPS = 6;

const url = process.env['DATABASE_URL'];
if (!url) throw new Error('Run it as npm run bench -- process');
await migrate(url, 'db/migrations');
const db = openDatabase(url, { max: AT_A_TIME, applicationName: 'bench-process' });
const context = { actor: systemActor('bench'), clock: systemClock };
const key = `bench_${Date.now()}`;

const owner: Actor = {
  kind: 'system',
  id: null,
  label: 'bench',
  accountId: null,
  grants: new Map([['workflow.publish', 'all']]),
  scopes: [],
  assurance: 0,
};
const names = Array.from({ length: STEPS }, (_, i) => `t${i + 1}`);
const xml = `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:sen="urn:sen:bpmn:1" id="d" targetNamespace="urn:bench">
<process id="${key}" name="Sáu bước" isExecutable="true"><startEvent id="s"/>${names.map((id) => `<userTask id="${id}" name="Bước ${id}" sen:role="specialist"/>`).join('')}
<exclusiveGateway id="x1" default="f_no"/><exclusiveGateway id="x2"/><endEvent id="e"/>
${['s t1', 't1 t2', 't2 t3', 't3 x1', 't4 x2', 'x2 t5', 't5 t6', 't6 e'].map((flow, i) => `<sequenceFlow id="f${i}" sourceRef="${flow.split(' ')[0]}" targetRef="${flow.split(' ')[1]}"/>`).join('')}
<sequenceFlow id="f_yes" sourceRef="x1" targetRef="t4"><conditionExpression>amount &gt; 100</conditionExpression></sequenceFlow>
<sequenceFlow id="f_no" sourceRef="x1" targetRef="x2"/></process></definitions>`;
await inTransaction(db, context, (tx) => publishProcess(tx, owner, { xml, validFrom: '2020-01-01' }));

const start = () =>
  startAlone(db, context, {
    key,
    subject: { kind: 'bench', id: randomUUID() },
    places: {},
    variables: { amount: 200 },
  });

/** One worker: an instance from its first task to its end, and then the next. */
async function product(until: number, times: number[]): Promise<void> {
  while (performance.now() < until) {
    const { id, state } = await start();
    let token = state.tokens[0]!.id;
    for (let done = 0; done < STEPS && performance.now() < until; done++) {
      const began = performance.now();
      const { state: next } = await advanceAlone(db, context, id, {
        id: `b${done}`,
        kind: 'complete',
        token,
        variables: {},
      });
      times.push(performance.now() - began);
      token = next.tokens[0]?.id ?? 0;
    }
  }
}

const pool = new pg.Pool({ connectionString: url, max: AT_A_TIME });
await pool.query(`create schema if not exists bench`);
await pool.query(`drop table if exists bench.thing, bench.task`);
await pool.query(
  `create table bench.thing (id uuid primary key, state smallint not null, data jsonb not null) with (fillfactor = 70)`,
);
await pool.query(`create table bench.task (thing_id uuid not null, step smallint not null, name text not null, status text not null, created_at timestamptz not null, ended_at timestamptz,
  primary key (thing_id, step))`);
await pool.query(`create index on bench.task (status, created_at) where status = 'open'`);
const change = {
  name: 'bench.change',
  text: `with moved as (update bench.thing set state = $2 where id = $1 and state = $2::smallint - 1 returning id),
    ended as (update bench.task set status = 'done', ended_at = now() where thing_id = $1 and step = $2::smallint - 1 and exists (select from moved)),
    opened as (insert into bench.task (thing_id, step, name, status, created_at) select id, $2, $3, 'open', now() from moved where $2 < ${STEPS})
    insert into platform.event (occurred_at, name, subject_kind, subject_id, unit_id, actor_kind, actor_id, actor_label, request_id, payload)
    select now(), 'bench.changed', 'bench', id::text, null, 'system', null, 'bench', 'bench', $4::jsonb from moved`,
};
const payload = JSON.stringify({
  definitionId: randomUUID(),
  subject: { kind: 'bench', id: randomUUID() },
  status: 'running',
  entered: ['t2'],
  left: ['t1'],
  incidents: [],
});

async function limit(until: number, times: number[]): Promise<void> {
  while (performance.now() < until) {
    const id = randomUUID();
    await pool.query(
      `with t as (insert into bench.thing values ($1, 0, '{}')) insert into bench.task values ($1, 0, 'Bước 1', 'open', now())`,
      [id],
    );
    for (let step = 1; step <= STEPS && performance.now() < until; step++) {
      const began = performance.now();
      await pool.query({ ...change, values: [id, step, `Bước ${step + 1}`, payload] });
      times.push(performance.now() - began);
    }
  }
}

async function round(
  work: (until: number, times: number[]) => Promise<void>,
): Promise<{ perSecond: number; times: number[] }> {
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(Array.from({ length: AT_A_TIME }, () => work(began + SECONDS * 1000, times)));
  return { perSecond: times.length / ((performance.now() - began) / 1000), times };
}

await round(limit);
await round(product); // the compiler has seen every line before anything counts
const rounds: { product: Awaited<ReturnType<typeof round>>; limit: Awaited<ReturnType<typeof round>> }[] = [];
for (let i = 0; i < ROUNDS; i++) {
  const bare = await round(limit);
  const own = await round(product);
  rounds.push({ product: own, limit: bare });
  console.log(`round ${i + 1}: product ${Math.round(own.perSecond)}/s, limit ${Math.round(bare.perSecond)}/s`);
}
for (let open = 0; open < OPEN; open += AT_A_TIME) await Promise.all(Array.from({ length: AT_A_TIME }, start));
const [standing] = await db.reader.raw<{ n: number }>(
  `select count(*)::int as n from workflow.instance where status = 'running'`,
);
const full: number[] = [];
for (let i = 0; i < ROUNDS; i++) full.push((await round(product)).perSecond);
await pool.end();
await db.close();

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const times = rounds.flatMap((each) => each.product.times).sort((a, b) => a - b);
const at = (part: number): number => Number(times[Math.floor(times.length * part)]!.toFixed(1));
const perSecond = mean(rounds.map((each) => each.product.perSecond));
const bare = mean(rounds.map((each) => each.limit.perSecond));
console.log(
  JSON.stringify({
    bench: 'process',
    unit: 'transitions/s',
    product: Math.round(perSecond),
    limit: Math.round(bare),
    ratio: Number((perSecond / bare).toFixed(3)),
    p50_ms: at(0.5),
    p99_ms: at(0.99),
    n: times.length,
    open: standing!.n,
    with_open: Math.round(mean(full)),
    open_costs: Number((1 - mean(full) / perSecond).toFixed(3)),
  }),
);
