import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { State, Status } from './state.ts';

/** Where the units of a process are. `divisions` are units below the competent one by their names, `posts` posts by their keys. */
export interface Places {
  readonly competentUnitId: string | null;
  readonly receivingUnitId: string | null;
  readonly divisions: Readonly<Record<string, string>>;
  readonly posts: Readonly<Record<string, string>>;
}

export interface Instance {
  readonly id: string;
  readonly definitionId: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly unitId: string | null;
  readonly places: Places;
  readonly state: State;
  readonly status: Exclude<Status, 'new'>;
  readonly version: number;
  readonly parentId: string | null;
  readonly parentToken: number | null;
}

/** Everything that one step writes. Lists are rows of the tables by the names of their columns. */
export interface StepRows {
  readonly work: readonly object[];
  readonly endedWork: readonly { token: number; status: 'done' | 'withdrawn' | 'failed' }[];
  readonly timers: readonly { arm: number; due_at: string }[];
  readonly subscriptions: readonly { arm: number; kind: string; name: string; key: string | null }[];
  readonly goneArms: readonly number[];
  readonly errands: readonly object[];
  /** An errand that this step answers, and that is done with it. */
  readonly doneErrand: string | null;
  readonly event: { name: string; payload: object };
}

const COLUMNS = `id, definition_id as "definitionId", jsonb_build_object('kind', subject_kind, 'id', subject_id) as subject, unit_id as "unitId", places, state, status,
  version, parent_id as "parentId", parent_token as "parentToken"`;
const one = statement('workflow.find_instance', `select ${COLUMNS} from workflow.instance where id = $1`);
const locked = statement('workflow.lock_instance', `select ${COLUMNS} from workflow.instance where id = $1 for update`);
const ofSubject = statement(
  'workflow.list_instances_of_subject',
  `select ${COLUMNS} from workflow.instance where subject_kind = $1 and subject_id = $2 order by started_at desc, id limit 50`,
);

/* A step is one statement: the instance if it still has the version that was read, and only then all that follows from it. Nothing is written when it has not. */
const workAndEvent = (moved: string, from: number): string => `
  ended_work as (
    update workflow.work w set status = e.status, ended_at = $4, ended_by = $5
    from jsonb_to_recordset($6::jsonb) as e (token integer, status text)
    where w.instance_id = $1 and w.token = e.token and w.status = 'open' and exists (select from ${moved})
  ), new_work as (
    insert into workflow.work (instance_id, token, node, name_vi, name_en, role, unit_id, post_id, head_assigns, due_at, created_at)
    select m.id, w.token, w.node, w.name_vi, w.name_en, w.role, w.unit_id, w.post_id, w.head_assigns, w.due_at, $4
    from ${moved} m, jsonb_to_recordset($7::jsonb) as w (token integer, node text, name_vi text, name_en text, role text, unit_id uuid, post_id uuid,
      head_assigns boolean, due_at timestamptz)
  ), new_event as (
    insert into platform.event (occurred_at, name, subject_kind, subject_id, unit_id, actor_kind, actor_id, actor_label, request_id, payload)
    select $4, $8, 'process', m.id::text, m.unit_id, a.kind, a.id, a.label, $10, $9::jsonb
    from ${moved} m, jsonb_to_record($11::jsonb) as a (kind text, id text, label text)
  )${from === 0 ? '' : ','}`;

/** What few steps need: timers, messages waited for, errands. */
const waiting = (moved: string): string => `
  gone_timer as (
    delete from workflow.timer where instance_id = $1 and arm = any($12::integer[]) and exists (select from ${moved})
  ), gone_subscription as (
    delete from workflow.subscription where instance_id = $1 and arm = any($12::integer[]) and exists (select from ${moved})
  ), new_timer as (
    insert into workflow.timer (instance_id, arm, due_at)
    select m.id, t.arm, t.due_at from ${moved} m, jsonb_to_recordset($13::jsonb) as t (arm integer, due_at timestamptz)
  ), new_subscription as (
    insert into workflow.subscription (instance_id, arm, kind, name, key)
    select m.id, s.arm, s.kind, s.name, s.key from ${moved} m, jsonb_to_recordset($14::jsonb) as s (arm integer, kind text, name text, key text)
  ), new_errand as (
    insert into workflow.errand (id, instance_id, token, kind, name, payload, created_at, next_at)
    select e.id, e.instance_id, e.token, e.kind, e.name, e.payload, $4, $4
    from ${moved}, jsonb_to_recordset($15::jsonb) as e (id uuid, instance_id uuid, token integer, kind text, name text, payload jsonb)
  ), done_errand as (
    delete from workflow.errand where id = $16::uuid and exists (select from ${moved})
  )`;
const whole = (moved: string): string => `${workAndEvent(moved, 1)} ${waiting(moved)} select id from ${moved}`;
const slim = (moved: string): string => `${workAndEvent(moved, 0)} select id from ${moved}`;

const SAVED = `with moved as (
    update workflow.instance set state = $3::jsonb, status = $3::jsonb->>'status', version = version + 1,
      ended_at = case when $3::jsonb->>'status' = 'running' then null else $4::timestamptz end
    where id = $1 and version = $2::integer
    returning id, unit_id
  ),`;
const save = statement('workflow.save_step', `${SAVED} ${whole('moved')}`);
const saveSlim = statement('workflow.save_slim_step', `${SAVED} ${slim('moved')}`);

const INSERTED = `with moved as (
    insert into workflow.instance (id, definition_id, subject_kind, subject_id, unit_id, places, state, status, started_at, ended_at, parent_id, parent_token)
    select $1, i.definition_id, i.subject_kind, i.subject_id, i.unit_id, i.places, $3::jsonb, $3::jsonb->>'status', $4,
      case when $3::jsonb->>'status' = 'running' then null else $4::timestamptz end, i.parent_id, i.parent_token
    from jsonb_to_record($2::jsonb) as i (definition_id uuid, subject_kind text, subject_id text, unit_id uuid, places jsonb, parent_id uuid, parent_token integer)
    on conflict (id) do nothing
    returning id, unit_id
  ),`;
const insert = statement('workflow.insert_instance', `${INSERTED} ${whole('moved')}`);
const insertSlim = statement('workflow.insert_slim_instance', `${INSERTED} ${slim('moved')}`);

/** Whether a step touches nothing but tasks. */
const isSlim = (rows: StepRows): boolean =>
  rows.timers.length + rows.subscriptions.length + rows.goneArms.length + rows.errands.length === 0 &&
  rows.doneErrand === null;

const migrate = statement(
  'workflow.migrate_instance',
  `with moved as (
    update workflow.instance set definition_id = $3, state = $4::jsonb, version = version + 1 where id = $1 and version = $2::integer and status = 'running' returning id
  ), renamed as (
    update workflow.work w set node = n.node, name_vi = n.name_vi, name_en = n.name_en, role = n.role
    from jsonb_to_recordset($5::jsonb) as n (token integer, node text, name_vi text, name_en text, role text)
    where w.instance_id = $1 and w.token = n.token and w.status = 'open' and exists (select from moved)
  )
  select id from moved`,
);

/** Writes where an instance stands in another version of its process; false when it has moved on since it was read. Due dates and who has a task stay. */
export const saveMigration = async (
  tx: Tx,
  instance: Instance,
  definitionId: string,
  state: State,
  work: readonly { token: number; node: string; name_vi: string; name_en: string; role: string | null }[],
): Promise<boolean> =>
  (await tx.run(migrate, [instance.id, instance.version, definitionId, JSON.stringify(state), JSON.stringify(work)]))
    .length === 1;

const values = (tx: Tx, id: string, second: unknown, state: State, rows: StepRows): unknown[] => {
  const common = [
    id,
    second,
    JSON.stringify(state),
    tx.now,
    tx.actor.label,
    JSON.stringify(rows.endedWork),
    JSON.stringify(rows.work),
    rows.event.name,
    JSON.stringify(rows.event.payload),
    tx.requestId,
    JSON.stringify({ kind: tx.actor.kind, id: tx.actor.id, label: tx.actor.label }),
  ];
  if (isSlim(rows)) return common;
  const { goneArms, timers, subscriptions, errands, doneErrand } = rows;
  return [
    ...common,
    goneArms,
    JSON.stringify(timers),
    JSON.stringify(subscriptions),
    JSON.stringify(errands),
    doneErrand,
  ];
};

export const findInstance = async (reader: Reader, id: string): Promise<Instance | undefined> =>
  (await reader.run<Instance>(one, [id]))[0];
export const lockInstance = async (tx: Tx, id: string): Promise<Instance | undefined> =>
  (await tx.run<Instance>(locked, [id]))[0];
/** Processes that ran or run for a thing, the latest first. */
export const listInstancesOf = (reader: Reader, kind: string, id: string): Promise<Instance[]> =>
  reader.run<Instance>(ofSubject, [kind, id]);

/** Writes a step; false (and nothing written) when the instance has moved on since it was read. */
export const saveStep = async (tx: Tx, instance: Instance, state: State, rows: StepRows): Promise<boolean> =>
  (await tx.run(isSlim(rows) ? saveSlim : save, values(tx, instance.id, instance.version, state, rows))).length === 1;

/** Writes a new instance with its first step; false when one of this id is there already. */
export const insertInstance = async (
  tx: Tx,
  { id, definitionId, subject, unitId, places, parentId, parentToken }: Omit<Instance, 'state' | 'status' | 'version'>,
  state: State,
  rows: StepRows,
): Promise<boolean> => {
  const facts = {
    definition_id: definitionId,
    subject_kind: subject.kind,
    subject_id: subject.id,
    unit_id: unitId,
    places,
    parent_id: parentId,
    parent_token: parentToken,
  };
  return (
    (await tx.run(isSlim(rows) ? insertSlim : insert, values(tx, id, JSON.stringify(facts), state, rows))).length === 1
  );
};
