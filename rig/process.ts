import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { publishProcess, startProcess } from '../src/engines/workflow/index.ts';
import type { Actor } from '../src/platform/access.ts';
import { systemClock } from '../src/platform/clock.ts';
import { openDatabase } from '../src/platform/database.ts';
import { migrate } from '../src/platform/migrate.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';

/*
 * Processes of many instances run while the programs that move them, as web and as worker, are killed with -9 at any moment. Then every instance must have ended, every task been
 * done once and in order, every note of its service been written once, and nothing that was acknowledged be missing. `--control` writes notes without the errand's key: the
 * check must find doubles there.
 *
 * npm run rig -- process [--instances 2000] [--kills 50] [--control]
 */
const isControl = process.argv.includes('--control');
const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? Number(process.argv[at + 1]) : fallback;
};
const INSTANCES = option('instances', isControl ? 600 : 2_000);
const KILLS = option('kills', isControl ? 25 : 50);
const PROGRAMS = 3;
const TASKS = ['t1', 't2', 't3', 't4'];

const url = process.env['DATABASE_URL'] ?? '';
await migrate(url, 'db/migrations');
const db = openDatabase(url, { max: 8, applicationName: 'rig' });
const context = { actor: systemActor('rig'), clock: systemClock };
const sql = <Row extends object>(text: string, values: unknown[] = []) => db.reader.raw<Row>(text, values);
await sql('drop schema if exists rig cascade');
await sql('create schema rig');
await sql('create table rig.note (key text primary key, instance_id uuid not null)');
await sql(
  'truncate workflow.definition, workflow.instance, workflow.work, workflow.work_part, workflow.timer, workflow.subscription, workflow.errand',
);

const owner: Actor = {
  kind: 'system',
  id: null,
  label: 'rig',
  accountId: null,
  grants: new Map([['workflow.publish', 'all']]),
  scopes: [],
  assurance: 0,
};
const flows = ['s t1', 't1 note', 'note p1', 'p1 t2', 'p1 t3', 't2 p2', 't3 p2', 'p2 t4', 't4 e'];
const xml = `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:sen="urn:sen:bpmn:1" id="d" targetNamespace="urn:rig">
<process id="rig" isExecutable="true"><startEvent id="s"/>${TASKS.map((id) => `<userTask id="${id}" sen:role="specialist"/>`).join('')}
<serviceTask id="note" sen:reference="rig.note"/><parallelGateway id="p1"/><parallelGateway id="p2"/><endEvent id="e"/>
${flows.map((flow, i) => `<sequenceFlow id="f${i}" sourceRef="${flow.split(' ')[0]}" targetRef="${flow.split(' ')[1]}"/>`).join('')}
</process></definitions>`;
await inTransaction(db, context, (tx) => publishProcess(tx, owner, { xml, validFrom: '2020-01-01' }));
for (let at = 0; at < INSTANCES; at += 50)
  await Promise.all(
    Array.from({ length: Math.min(50, INSTANCES - at) }, (_, i) =>
      inTransaction(db, context, (tx) =>
        startProcess(tx, { key: 'rig', subject: { kind: 'rig', id: `${at + i}` }, places: {}, variables: {} }),
      ),
    ),
  );

const acknowledged = new Set<string>();
function startProgram(): ChildProcess {
  const child = fork('rig/_process-worker.ts', {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, RIG_CONTROL: isControl ? 'on' : 'off' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('message', ({ id, node }: { id: string; node: string }) => void acknowledged.add(`${id}/${node}`));
  return child;
}

/** How many tasks are done: kills are spread over the whole of the work. */
const doneSoFar = async (): Promise<number> =>
  (await sql<{ n: number }>(`select count(*)::int as n from workflow.work where status = 'done'`))[0]!.n;
const running = async (): Promise<number> =>
  (await sql<{ n: number }>(`select count(*)::int as n from workflow.instance where status = 'running'`))[0]!.n;

const programs = Array.from({ length: PROGRAMS }, startProgram);
let kills = 0;
const patience = performance.now() + 600_000;
while ((await running()) > 0 && performance.now() < patience) {
  await sleep(150 + Math.random() * 200);
  const due = Math.min(KILLS, Math.floor(((await doneSoFar()) / (INSTANCES * TASKS.length)) * (KILLS + 2)));
  if (kills >= due && !programs.some(({ exitCode }) => exitCode !== null)) continue;
  const [victim] = programs.splice(Math.floor(Math.random() * programs.length), 1);
  victim!.kill('SIGKILL');
  kills += 1;
  programs.push(startProgram());
}
for (const child of programs) child.kill('SIGKILL');
await sleep(500);

const [tasks] = await sql<{ missing: number; doubled: number }>(
  `select count(*) filter (where n < $1)::int as missing, count(*) filter (where n > $1)::int as doubled
   from (select i.id, count(w.token) filter (where w.status = 'done') as n from workflow.instance i left join workflow.work w on w.instance_id = i.id group by i.id) t`,
  [TASKS.length],
);
const [notes] = await sql<{ missing: number; doubled: number }>(
  `select count(*) filter (where n = 0)::int as missing, count(*) filter (where n > 1)::int as doubled
   from (select i.id, count(n.key) as n from workflow.instance i left join rig.note n on n.instance_id = i.id group by i.id) t`,
);
const done = new Set(
  (await sql<{ key: string }>(`select instance_id || '/' || node as key from workflow.work where status = 'done'`)).map(
    ({ key }) => key,
  ),
);
// The order in which nodes were left, as the events of each instance tell it.
const left = await sql<{ id: string; nodes: string[] }>(
  `select e.subject_id as id, array_agg(n.node order by e.id, n.at) as nodes
   from platform.event e join workflow.instance i on i.id::text = e.subject_id, jsonb_array_elements_text(e.payload->'left') with ordinality as n (node, at)
   where e.subject_kind = 'process' group by 1`,
);
const isInOrder = ({ nodes }: { nodes: string[] }): boolean => {
  const tasksLeft = nodes.filter((node) => TASKS.includes(node) || node === 'note');
  const order = tasksLeft.join(' ');
  return order === 't1 note t2 t3 t4' || order === 't1 note t3 t2 t4';
};
const outOfOrder = left.filter((each) => !isInOrder(each)).length;
const open = await running();
await db.close();
const lost = tasks!.missing + notes!.missing + [...acknowledged].filter((key) => !done.has(key)).length;
const doubled = tasks!.doubled + notes!.doubled;
const isFine = lost === 0 && doubled === 0 && outOfOrder === 0 && open === 0;
console.log(
  JSON.stringify({
    rig: 'process',
    control: isControl,
    instances: INSTANCES,
    acknowledged: acknowledged.size,
    found: done.size,
    lost,
    doubled,
    out_of_order: outOfOrder,
    open,
    kills,
  }),
);
process.exitCode = (isControl ? doubled > 0 : isFine && kills >= KILLS) ? 0 : 1;
