import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Dossier } from './dossier.ts';

/* The dates of running dossiers, many at a time. */

/** Running dossiers whose clock passes a span of time: received before its end, due at or after its beginning. */
export interface Span {
  /** Competent units; null for all. */
  unitIds: readonly string[] | null;
  from: Date;
  /** Null for an open end. */
  until: Date | null;
}

const PASSES = `d.finished_at is null and d.due_at is not null and d.due_at >= $2 and ($3::timestamptz is null or d.received_at < $3)
  and ($1::uuid[] is null or d.competent_unit_id = any($1))`;
const count = statement(
  'dossiers.count_running_in_span',
  `select count(*)::int as n from dossiers.dossier d where ${PASSES}`,
);
const after = statement(
  'dossiers.list_running_in_span',
  `select d.id from dossiers.dossier d where ${PASSES} and d.id > $4 order by d.id limit $5`,
);
const move = statement(
  'dossiers.move_deadlines',
  `with moved as (
     select * from jsonb_to_recordset($1::jsonb) as m (id uuid, "dueAt" timestamptz, "stepDueAt" timestamptz, steps jsonb)
   ), stepped as (
     update dossiers.step s set due_at = e."dueAt"
     from moved m, jsonb_to_recordset(m.steps) as e (position smallint, "dueAt" timestamptz)
     where s.dossier_id = m.id and s.position = e.position and s.due_at is distinct from e."dueAt"
   )
   update dossiers.dossier d set due_at = m."dueAt", step_due_at = m."stepDueAt" from moved m where d.id = m.id`,
);
const contacts = statement(
  'dossiers.list_applicant_contacts',
  `select id, applicant_account_id as "accountId", applicant_phone as phone, applicant_email as email from dossiers.dossier where id = any($1)`,
);

// Only what became due within a week is told: an old heap is no news.
const claim = statement(
  'dossiers.claim_reminders',
  `insert into dossiers.reminder (dossier_id, kind, due_at, at)
   select r.id, r.kind, r.due, $1 from (
     select d.id, case when d.step_due_at <= $1 then 'step-overdue' else 'step-soon' end as kind, d.step_due_at as due
     from dossiers.dossier d
     where d.finished_at is null and d.step_due_at is not null and d.step_due_at > $1::timestamptz - interval '7 days' and d.step_due_at <= $2
       and d.step_due_at < d.due_at and d.paused_at is null and d.state in (2, 4)
     union all
     select d.id, case when d.due_at <= $1 then 'overdue' else 'soon' end, d.due_at
     from dossiers.dossier d
     where d.finished_at is null and d.due_at is not null and d.due_at > $1::timestamptz - interval '7 days' and d.due_at <= $2
       and d.paused_at is null and d.state in (2, 4)
   ) r
   where not exists (select 1 from dossiers.reminder x where x.dossier_id = r.id and x.kind = r.kind and x.due_at = r.due)
   order by r.due, r.id limit $3
   on conflict do nothing
   returning dossier_id as "dossierId", kind, due_at as "dueAt"`,
);

export type ReminderKind = 'step-soon' | 'step-overdue' | 'soon' | 'overdue';
export interface Reminder {
  dossierId: string;
  kind: ReminderKind;
  dueAt: Date;
}
/** Claims what is to be told now: each dossier, kind and date once and for all. The last step, due with the appointment, is told as such. */
export const claimReminders = (tx: Tx, until: Date, limit: number): Promise<Reminder[]> =>
  tx.run<Reminder>(claim, [tx.now, until, limit]);

export const countInSpan = async (reader: Reader, { unitIds, from, until }: Span): Promise<number> =>
  (await reader.run<{ n: number }>(count, [unitIds, from, until]))[0]?.n ?? 0;

/** Ids in their order, from the one after `position`. */
export const listInSpan = async (
  reader: Reader,
  { unitIds, from, until }: Span,
  position: string,
  limit: number,
): Promise<string[]> =>
  (await reader.run<{ id: string }>(after, [unitIds, from, until, position, limit])).map(({ id }) => id);

/** Writes new dates. The rows must be locked by this transaction. The version stays: no form that somebody has open becomes stale. */
export const updateDeadlines = (tx: Tx, dossiers: readonly Dossier[]): Promise<object[]> =>
  tx.run(move, [JSON.stringify(dossiers.map(({ id, dueAt, stepDueAt, steps }) => ({ id, dueAt, stepDueAt, steps })))]);

export interface ApplicantContact {
  id: string;
  accountId: string | null;
  phone: string | null;
  email: string | null;
}
/** How to reach the applicants of some dossiers. */
export const listApplicantContacts = (reader: Reader, ids: readonly string[]): Promise<ApplicantContact[]> =>
  reader.run<ApplicantContact>(contacts, [ids]);
