import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Act, ClockEntry, Dossier, State, Step } from './dossier.ts';

/* Reading and writing one dossier as a whole: its row, its clock and its steps. Lists and file views have queries of their own. */

const COLUMNS = `d.id, d.version, d.last_act as "lastAct", d.state, d.resume_state as "resumeState", d.code, d.code_agency as "codeAgency",
  d.code_date as "codeDate", d.code_sequence as "codeSequence", d.rule_pack as "rulePack", d.procedure_id as "procedureId", d.terms,
  d.applicant_kind as "applicantKind", d.applicant_account_id as "applicantAccountId", d.applicant_name as "applicantName",
  d.submitter_account_id as "submitterAccountId", d.delegation_id as "delegationId",
  d.channel, d.delivery, d.receiving_unit_id as "receivingUnitId", d.competent_unit_id as "competentUnitId",
  d.handling_unit_id as "handlingUnitId", d.assignee_post_id as "assigneePostId", d.current_step as "currentStep",
  d.submitted_at as "submittedAt", d.received_at as "receivedAt", d.due_at as "dueAt", d.first_due_at as "firstDueAt",
  d.step_due_at as "stepDueAt", d.paused_at as "pausedAt", d.finished_at as "finishedAt", d.returned_at as "returnedAt",
  d.is_on_time as "isOnTime",
  coalesce((select jsonb_agg(to_jsonb(c) order by c.number) from dossiers.clock_entry c where c.dossier_id = d.id), '[]') as clock,
  coalesce((select jsonb_agg(to_jsonb(s) order by s.position) from dossiers.step s where s.dossier_id = d.id), '[]') as steps`;

const lock = statement(
  'dossiers.lock_dossier',
  `select ${COLUMNS} from dossiers.dossier d where d.id = $1 for no key update of d`,
);
const lockMany = statement(
  'dossiers.lock_dossiers',
  `select ${COLUMNS} from dossiers.dossier d where d.id = any($1) order by d.id for no key update of d`,
);
const find = statement('dossiers.find_dossier', `select ${COLUMNS} from dossiers.dossier d where d.id = $1`);
const findByCode = statement(
  'dossiers.find_dossier_by_code',
  `select ${COLUMNS} from dossiers.dossier d where d.code = $1`,
);

const findByNumber = statement(
  'dossiers.find_dossier_by_tracking_number',
  `select ${COLUMNS} from dossiers.dossier d where d.tracking_number = $1`,
);

interface StoredClock {
  number: number;
  kind: ClockEntry['kind'];
  at: string;
  reason: ClockEntry['reason'];
  until: string | null;
  remark: string | null;
}
interface StoredStep {
  position: number;
  kind: Step['kind'];
  name_vi: string;
  name_en: string;
  role: string;
  unit_id: string;
  weight: number;
  assignee_post_id: string | null;
  started_at: string | null;
  due_at: string | null;
  finished_at: string | null;
  finished_by: string | null;
  outcome: Step['outcome'];
  remark: string | null;
}
type StoredDossier = Omit<Dossier, 'clock' | 'steps'> & { clock: StoredClock[]; steps: StoredStep[] };

const instant = (text: string): Date => new Date(text);
const maybeInstant = (text: string | null): Date | null => (text === null ? null : new Date(text));

const clockOf = (row: StoredClock): ClockEntry => ({
  number: row.number,
  kind: row.kind,
  at: instant(row.at),
  reason: row.reason,
  until: maybeInstant(row.until),
  remark: row.remark,
});
const stepOf = (row: StoredStep): Step => ({
  position: row.position,
  kind: row.kind,
  nameVi: row.name_vi,
  nameEn: row.name_en,
  role: row.role,
  unitId: row.unit_id,
  weight: row.weight,
  assigneePostId: row.assignee_post_id,
  startedAt: maybeInstant(row.started_at),
  dueAt: maybeInstant(row.due_at),
  finishedAt: maybeInstant(row.finished_at),
  finishedBy: row.finished_by,
  outcome: row.outcome,
  remark: row.remark,
});
const dossierOf = (row: StoredDossier | undefined): Dossier | undefined =>
  row && { ...row, clock: row.clock.map(clockOf), steps: row.steps.map(stepOf) };

/** The dossier, locked until the end of the transaction: two clerks act one after the other, never at once. */
export const lockDossier = async (tx: Tx, id: string): Promise<Dossier | undefined> =>
  dossierOf((await tx.run<StoredDossier>(lock, [id]))[0]);
/** Many dossiers, locked in the order of their ids. */
export const lockDossiers = async (tx: Tx, ids: readonly string[]): Promise<Dossier[]> =>
  (await tx.run<StoredDossier>(lockMany, [ids])).map((row) => dossierOf(row)!);
export const findDossier = async (reader: Reader, id: string): Promise<Dossier | undefined> =>
  dossierOf((await reader.run<StoredDossier>(find, [id]))[0]);
export const findDossierByCode = async (reader: Reader, code: string): Promise<Dossier | undefined> =>
  dossierOf((await reader.run<StoredDossier>(findByCode, [code]))[0]);
/** By the number of the acknowledgement, ten letters as stored. */
export const findDossierByTrackingNumber = async (reader: Reader, number: string): Promise<Dossier | undefined> =>
  dossierOf((await reader.run<StoredDossier>(findByNumber, [number]))[0]);

const save = statement(
  'dossiers.save_dossier',
  `with kept as (
     select * from jsonb_to_record($1::jsonb) as d (
       id uuid, version int, state smallint, "resumeState" smallint, "lastAct" int, code text, "codeAgency" text, "codeDate" date,
       "codeSequence" int, "rulePack" text, "handlingUnitId" uuid, "assigneePostId" uuid, "currentStep" smallint,
       "receivedAt" timestamptz, "dueAt" timestamptz, "firstDueAt" timestamptz, "stepDueAt" timestamptz, "pausedAt" timestamptz,
       "finishedAt" timestamptz, "returnedAt" timestamptz, "isOnTime" boolean, clock jsonb, steps jsonb)
   ), saved as (
     update dossiers.dossier o set version = k.version, state = k.state, resume_state = k."resumeState", last_act = k."lastAct",
       code = k.code, code_agency = k."codeAgency", code_date = k."codeDate", code_sequence = k."codeSequence", rule_pack = k."rulePack",
       handling_unit_id = k."handlingUnitId", assignee_post_id = k."assigneePostId", current_step = k."currentStep",
       received_at = k."receivedAt", due_at = k."dueAt", first_due_at = k."firstDueAt", step_due_at = k."stepDueAt",
       paused_at = k."pausedAt", finished_at = k."finishedAt", returned_at = k."returnedAt", is_on_time = k."isOnTime"
     from kept k where o.id = k.id returning o.id
   ), told as (
     update dossiers.client_dossier c set changed_at = $3 from kept k where c.dossier_id = k.id
   ), forgotten as (
     delete from dossiers.clock_entry c using kept k where c.dossier_id = k.id and c.number > jsonb_array_length(k.clock)
   ), ticked as (
     insert into dossiers.clock_entry (dossier_id, number, kind, at, reason, until, remark)
     select k.id, e.number, e.kind, e.at, e.reason, e.until, e.remark
     from kept k, jsonb_to_recordset(k.clock) as e (number smallint, kind text, at timestamptz, reason text, until timestamptz, remark text)
     on conflict (dossier_id, number) do nothing
   ), stepped as (
     insert into dossiers.step as s (dossier_id, position, kind, name_vi, name_en, role, unit_id, weight, assignee_post_id, started_at,
       due_at, finished_at, finished_by, outcome, remark)
     select k.id, e.position, e.kind, e."nameVi", e."nameEn", e.role, e."unitId", e.weight, e."assigneePostId", e."startedAt",
       e."dueAt", e."finishedAt", e."finishedBy", e.outcome, e.remark
     from kept k, jsonb_to_recordset(k.steps) as e (position smallint, kind text, "nameVi" text, "nameEn" text, role text, "unitId" uuid,
       weight numeric, "assigneePostId" uuid, "startedAt" timestamptz, "dueAt" timestamptz, "finishedAt" timestamptz,
       "finishedBy" text, outcome text, remark text)
     on conflict (dossier_id, position) do update set unit_id = excluded.unit_id, assignee_post_id = excluded.assignee_post_id,
       started_at = excluded.started_at, due_at = excluded.due_at, finished_at = excluded.finished_at,
       finished_by = excluded.finished_by, outcome = excluded.outcome, remark = excluded.remark
   )
   insert into dossiers.act (dossier_id, number, name, at, actor_kind, actor_id, actor_label, post_id, unit_id, from_state, to_state, remark, details, before)
   select k.id, k."lastAct", a.name, $3, a."actorKind", a."actorId", a."actorLabel", a."postId", a."unitId", a."fromState", k.state, a.remark, a.details, a.before
   from kept k, jsonb_to_record($2::jsonb) as a (name text, "actorKind" text, "actorId" text, "actorLabel" text, "postId" uuid,
     "unitId" uuid, "fromState" smallint, remark text, details jsonb, before jsonb)`,
);

/** One line of a dossier's history, as it is written. */
export interface ActRow {
  name: Act;
  actorKind: string;
  actorId: string | null;
  actorLabel: string;
  postId: string | null;
  unitId: string | null;
  fromState: State;
  remark: string | null;
  details: object;
  /** The dossier as it was, for acts that may be taken back. */
  before: Dossier | null;
}

/** Writes the changed dossier, its clock, its steps and the act in one statement. The row must be locked by this transaction. */
export async function saveDossier(tx: Tx, dossier: Dossier, act: ActRow): Promise<void> {
  await tx.run(save, [JSON.stringify(dossier), JSON.stringify(act), tx.now]);
}

const nextNumber = statement(
  'dossiers.next_code_number',
  `insert into dossiers.code_counter as c (agency, day, last_number) values ($1, $2, 1)
   on conflict (agency, day) do update set last_number = c.last_number + 1 returning last_number as number`,
);

/** The next number of an agency's day; the counter's row stays locked until the end of the transaction, so take it late. */
export async function nextCodeNumber(tx: Tx, agency: string, day: string): Promise<number> {
  const [row] = await tx.run<{ number: number }>(nextNumber, [agency, day]);
  return row!.number;
}

export interface LastAct {
  number: number;
  name: Act;
  at: Date;
  actorId: string | null;
  actorLabel: string;
  fromState: State;
  before: Record<string, unknown> | null;
}
const lastAct = statement(
  'dossiers.find_last_act',
  `select number, name, at, actor_id as "actorId", actor_label as "actorLabel", from_state as "fromState", before
   from dossiers.act where dossier_id = $1 order by number desc limit 1`,
);
const markTakenBack = statement(
  'dossiers.mark_act_taken_back',
  'update dossiers.act set taken_back_at = $3 where dossier_id = $1 and number = $2',
);

export const findLastAct = async (reader: Reader, dossierId: string): Promise<LastAct | undefined> =>
  (await reader.run<LastAct>(lastAct, [dossierId]))[0];
export const markActTakenBack = (tx: Tx, dossierId: string, number: number): Promise<object[]> =>
  tx.run(markTakenBack, [dossierId, number, tx.now]);

/** The dossier that an act kept as `before`, with its instants read back. */
export function dossierOfBefore(before: Record<string, unknown>): Dossier {
  const revive = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(revive);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        INSTANTS.has(name) && typeof inner === 'string' ? new Date(inner) : revive(inner),
      ]),
    );
  };
  return revive(before) as Dossier;
}
const INSTANTS = new Set([
  'at',
  'until',
  'startedAt',
  'dueAt',
  'finishedAt',
  'submittedAt',
  'receivedAt',
  'firstDueAt',
  'stepDueAt',
  'pausedAt',
  'returnedAt',
]);
