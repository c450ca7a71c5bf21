import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { OperationPreview, OperationState, ReorganisationPlan, ResolvedPlan } from './reorganisation.ts';

/** A row of an imported file that nobody could resolve: what it said, and why. */
export interface UnresolvedRow {
  line: number;
  text: string;
  fault: string;
}
export interface ImportReport {
  fileName: string;
  rows: number;
  unresolved: readonly UnresolvedRow[];
  notes: readonly string[];
}

/** One operation on units. */
export interface Operation {
  id: string;
  title: string;
  state: OperationState;
  decisionNumber: string;
  issuingBody: string;
  effectiveOn: string;
  decisionFileId: string | null;
  plan: ReorganisationPlan;
  importReport: ImportReport | null;
  preview: OperationPreview | null;
  previewedVersion: number | null;
  previewedAt: Date | null;
  resolved: ResolvedPlan | null;
  version: number;
  createdById: string | null;
  createdBy: string;
  createdAt: Date;
  checkedById: string | null;
  checkedBy: string | null;
  checkedAt: Date | null;
  startedBy: string | null;
  startedAt: Date | null;
  closedXid: string | null;
  finishedAt: Date | null;
  undoneBy: string | null;
  undoneAt: Date | null;
  failure: string | null;
}
export type OperationRow = Omit<Operation, 'plan' | 'importReport' | 'preview' | 'resolved'> & { changes: number };
export interface OperationPart {
  name: string;
  position: number;
  moved: number;
  expected: number;
  /** The contributor's own mark. */
  cursor: string | null;
  startedAt: Date | null;
  finishedAt: Date | null;
}

const LISTED = `o.id, o.title, o.state, o.decision_number as "decisionNumber", o.issuing_body as "issuingBody", o.effective_on as "effectiveOn",
  o.decision_file_id as "decisionFileId", o.previewed_version as "previewedVersion", o.previewed_at as "previewedAt", o.version,
  o.created_by_id as "createdById", o.created_by as "createdBy", o.created_at as "createdAt", o.checked_by_id as "checkedById",
  o.checked_by as "checkedBy", o.checked_at as "checkedAt", o.started_by as "startedBy", o.started_at as "startedAt",
  o.closed_xid::text as "closedXid", o.finished_at as "finishedAt", o.undone_by as "undoneBy", o.undone_at as "undoneAt", o.failure`;
const WHOLE = `${LISTED}, o.plan, o.import_report as "importReport", o.preview, o.resolved`;

const one = statement('organisations.find_operation', `select ${WHOLE} from organisations.operation o where o.id = $1`);
const locked = statement(
  'organisations.lock_operation',
  `select ${WHOLE} from organisations.operation o where o.id = $1 for update`,
);
const page = statement(
  'organisations.list_operations',
  `select ${LISTED}, jsonb_array_length(o.plan->'changes') as changes from organisations.operation o
   where ($1::text is null or o.state = $1)
     and ($2::text is null or platform.fold(o.title || ' ' || o.decision_number || ' ' || o.issuing_body) like '%' || platform.fold($2) || '%')
     and ($3::date is null or o.effective_on >= $3) and ($4::date is null or o.effective_on <= $4)
     and ($5::timestamptz is null or (o.created_at, o.id) < ($5::timestamptz, $6::uuid))
   order by o.created_at desc, o.id desc limit $7`,
);
const ofUnit = statement(
  'organisations.list_operations_of_unit',
  `select ${LISTED}, jsonb_array_length(o.plan->'changes') as changes from organisations.operation o
   where o.state <> 'discarded' and o.id in (select operation_id from organisations.operation_unit where unit_id = $1)
   order by o.effective_on desc, o.id desc limit 100`,
);
const due = statement(
  'organisations.list_due_operations',
  `select id from organisations.operation where state in ('running', 'undoing') or (state = 'scheduled' and effective_on <= $1) order by effective_on, id`,
);
const insert = statement(
  'organisations.insert_operation',
  `insert into organisations.operation (id, title, state, decision_number, issuing_body, effective_on, decision_file_id, plan, import_report, created_by_id, created_by, created_at, changed_at)
   values ($1, $2, 'draft', $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
);
const update = statement(
  'organisations.update_operation',
  `update organisations.operation set title = $2, decision_number = $3, issuing_body = $4, effective_on = $5, decision_file_id = $6, plan = $7,
     state = 'draft', checked_by_id = null, checked_by = null, checked_at = null, version = version + 1, changed_at = $8 where id = $1`,
);
const setPreview = statement(
  'organisations.set_operation_preview',
  'update organisations.operation set preview = $2, previewed_version = version, previewed_at = $3 where id = $1',
);
const clearUnits = statement(
  'organisations.clear_operation_units',
  'delete from organisations.operation_unit where operation_id = $1',
);
const insertUnits = statement(
  'organisations.insert_operation_units',
  `insert into organisations.operation_unit (operation_id, unit_id, role) select $1, * from unnest($2::uuid[], $3::text[]) on conflict do nothing`,
);
const setChecked = statement(
  'organisations.set_operation_checked',
  `update organisations.operation set state = 'checked', checked_by_id = $2, checked_by = $3, checked_at = $4, changed_at = $4 where id = $1`,
);
const setState = statement(
  'organisations.set_operation_state',
  'update organisations.operation set state = $2, changed_at = $3, failure = null where id = $1',
);
const setStarted = statement(
  'organisations.set_operation_started',
  `update organisations.operation set state = 'running', started_by = $2, started_at = $3, changed_at = $3, resolved = $4, failure = null where id = $1`,
);
const setClosed = statement(
  'organisations.set_operation_closed',
  'update organisations.operation set closed_xid = pg_current_xact_id() where id = $1',
);
const setFinished = statement(
  'organisations.set_operation_finished',
  `update organisations.operation set state = 'done', finished_at = $2, changed_at = $2, failure = null where id = $1`,
);
const setUndoing = statement(
  'organisations.set_operation_undoing',
  `update organisations.operation set state = 'undoing', undone_by = $2, changed_at = $3, failure = null where id = $1`,
);
const setUndone = statement(
  'organisations.set_operation_undone',
  `update organisations.operation set state = 'undone', undone_at = $2, changed_at = $2, failure = null where id = $1`,
);
const setFailure = statement(
  'organisations.set_operation_failure',
  'update organisations.operation set failure = $2 where id = $1',
);
const parts = statement(
  'organisations.list_operation_parts',
  `select name, position, moved, expected, cursor, started_at as "startedAt", finished_at as "finishedAt"
   from organisations.operation_part where operation_id = $1 order by position`,
);
const insertPart = statement(
  'organisations.insert_operation_parts',
  `insert into organisations.operation_part (operation_id, name, position, expected)
   select $1, p.name, p.position, p.expected from jsonb_to_recordset($2::jsonb) as p (name text, position smallint, expected bigint)
   on conflict (operation_id, name) do nothing`,
);
const advancePart = statement(
  'organisations.advance_operation_part',
  `update organisations.operation_part set moved = moved + $3, started_at = coalesce(started_at, $4), finished_at = case when $5 then $4::timestamptz else finished_at end, cursor = $6
   where operation_id = $1 and name = $2`,
);
const reopenParts = statement(
  'organisations.reopen_operation_parts',
  'update organisations.operation_part set moved = 0, expected = moved, cursor = null, started_at = null, finished_at = null where operation_id = $1',
);
const hasSettled = statement(
  'organisations.is_past_transaction',
  `select pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 as past`,
);

export const findOperation = async (reader: Reader, id: string): Promise<Operation | undefined> =>
  (await reader.run<Operation>(one, [id]))[0];
export const lockOperation = async (tx: Tx, id: string): Promise<Operation | undefined> =>
  (await tx.run<Operation>(locked, [id]))[0];

export interface OperationListQuery {
  state: string | null;
  text: string | null;
  from: string | null;
  to: string | null;
  after: { at: Date; id: string } | null;
  limit: number;
}
/** A page of operations, the newest first. */
export const listOperations = (reader: Reader, query: OperationListQuery): Promise<OperationRow[]> =>
  reader.run<OperationRow>(page, [
    query.state,
    query.text === null ? null : query.text.slice(0, 100).replaceAll(/[\\%_]/g, String.raw`\$&`),
    query.from,
    query.to,
    query.after?.at ?? null,
    query.after?.id ?? null,
    query.limit,
  ]);
/** The operations that a unit was part of, the newest first. */
export const listOperationsOfUnit = (reader: Reader, unitId: string): Promise<OperationRow[]> =>
  reader.run<OperationRow>(ofUnit, [unitId]);
/** Operations that should be at work on a day: those under way, and those whose day has come. */
export const listDueOperations = async (reader: Reader, today: string): Promise<string[]> =>
  (await reader.run<{ id: string }>(due, [today])).map((row) => row.id);

export interface OperationFacts {
  title: string;
  decisionNumber: string;
  issuingBody: string;
  effectiveOn: string;
  decisionFileId: string | null;
  plan: ReorganisationPlan;
}
export const insertOperation = (tx: Tx, id: string, facts: OperationFacts, report: ImportReport | null) =>
  tx.run(insert, [
    id,
    facts.title,
    facts.decisionNumber,
    facts.issuingBody,
    facts.effectiveOn,
    facts.decisionFileId,
    JSON.stringify(facts.plan),
    report === null ? null : JSON.stringify(report),
    tx.actor.id,
    tx.actor.label,
    tx.now,
  ]);
export const updateOperation = (tx: Tx, id: string, facts: OperationFacts) =>
  tx.run(update, [
    id,
    facts.title,
    facts.decisionNumber,
    facts.issuingBody,
    facts.effectiveOn,
    facts.decisionFileId,
    JSON.stringify(facts.plan),
    tx.now,
  ]);
export const storePreview = (tx: Tx, id: string, preview: OperationPreview) =>
  tx.run(setPreview, [id, JSON.stringify(preview), tx.now]);
export async function replaceOperationUnits(
  tx: Tx,
  id: string,
  rows: readonly { unitId: string; role: string }[],
): Promise<void> {
  await tx.run(clearUnits, [id]);
  await tx.run(insertUnits, [id, rows.map((row) => row.unitId), rows.map((row) => row.role)]);
}
export const markChecked = (tx: Tx, id: string) => tx.run(setChecked, [id, tx.actor.id, tx.actor.label, tx.now]);
export const markState = (tx: Tx, id: string, state: OperationState) => tx.run(setState, [id, state, tx.now]);
export const markStarted = (tx: Tx, id: string, resolved: ResolvedPlan) =>
  tx.run(setStarted, [id, tx.actor.label, tx.now, JSON.stringify(resolved)]);
export const markClosed = (tx: Tx, id: string) => tx.run(setClosed, [id]);
export const markFinished = (tx: Tx, id: string) => tx.run(setFinished, [id, tx.now]);
export const markUndoing = (tx: Tx, id: string) => tx.run(setUndoing, [id, tx.actor.label, tx.now]);
export const markUndone = (tx: Tx, id: string) => tx.run(setUndone, [id, tx.now]);
export const markFailure = (tx: Tx, id: string, failure: string | null) => tx.run(setFailure, [id, failure]);
export const listParts = (reader: Reader, id: string): Promise<OperationPart[]> =>
  reader.run<OperationPart>(parts, [id]);
export const insertParts = (
  tx: Tx,
  id: string,
  rows: readonly { name: string; position: number; expected: number }[],
) => tx.run(insertPart, [id, JSON.stringify(rows)]);
export const advance = (tx: Tx, id: string, name: string, step: { moved: number; isDone: boolean; cursor?: string }) =>
  tx.run(advancePart, [id, name, step.moved, tx.now, step.isDone, step.cursor ?? null]);
export const restartParts = (tx: Tx, id: string) => tx.run(reopenParts, [id]);
/** Whether every transaction that began before this one is over. */
export const isPast = async (reader: Reader, xid: string): Promise<boolean> =>
  (await reader.run<{ past: boolean }>(hasSettled, [xid]))[0]?.past ?? false;
