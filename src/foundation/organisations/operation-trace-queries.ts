import { statement, type Tx } from '../../platform/database.ts';

/** A row that an operation inserted (`before` null) or changed (what it said before). */
export interface TraceRow {
  relation: string;
  rowId: string;
  otherId?: string | null;
  before: object | null;
}

const insert = statement(
  'organisations.insert_trace',
  `insert into organisations.operation_trace (operation_id, relation, row_id, other_id, before)
   select $1, t.relation, t."rowId", t."otherId", t.before
   from jsonb_to_recordset($2::jsonb) as t (relation text, "rowId" uuid, "otherId" uuid, before jsonb)`,
);
const foundedOf = statement(
  'organisations.list_traced_units',
  `select row_id as id from organisations.operation_trace where operation_id = $1 and relation = 'unit' and before is null`,
);
const touched = statement(
  'organisations.list_touched_units',
  `select distinct v.unit_id as id from organisations.operation_trace t join organisations.unit_version v on v.id = t.row_id
   where t.operation_id = $1 and t.relation = 'unit_version'`,
);
const clear = statement(
  'organisations.clear_trace',
  'delete from organisations.operation_trace where operation_id = $1',
);

const traced = (relation: string, isNew: boolean) =>
  `select row_id, other_id, before from organisations.operation_trace where operation_id = $1 and relation = '${relation}' and before is ${isNew ? '' : 'not '}null`;
/** One statement takes back what was inserted into a relation. */
const remove = (relation: string) =>
  statement(
    `organisations.undo_insert_${relation}`,
    `delete from organisations.${relation} r using (${traced(relation, true)}) t where r.id = t.row_id`,
  );
/** One statement gives changed columns of a relation back what they said. */
const restore = (relation: string, columns: Readonly<Record<string, string>>) =>
  statement(
    `organisations.undo_update_${relation}`,
    `update organisations.${relation} r set ${Object.entries(columns)
      .map(
        ([column, type]) =>
          `${column} = case when t.before ? '${column}' then (t.before->>'${column}')::${type} else r.${column} end`,
      )
      .join(', ')} from (${traced(relation, false)}) t where r.id = t.row_id`,
  );

const removeForward = statement(
  'organisations.undo_insert_forward',
  `delete from organisations.unit_forward f using (${traced('unit_forward', true)}) t where f.unit_id = t.row_id`,
);
const restoreForward = statement(
  'organisations.undo_update_forward',
  `update organisations.unit_forward f set to_unit_id = (t.before->>'to_unit_id')::uuid from (${traced('unit_forward', false)}) t where f.unit_id = t.row_id`,
);
const removeReach = statement(
  'organisations.undo_insert_reach',
  `delete from organisations.post_role_unit r using (${traced('post_role_unit', true)}) t where r.post_role_id = t.row_id and r.unit_id = t.other_id`,
);
const removeSuccession = statement(
  'organisations.undo_insert_succession',
  `delete from organisations.unit_succession s using (${traced('unit_succession', true)}) t
   where s.predecessor_id = t.row_id and s.successor_id = t.other_id and s.effective_on = $2`,
);
const removeAncestry = statement(
  'organisations.undo_ancestry',
  `delete from organisations.unit_ancestor a using (${traced('unit', true)}) t where a.unit_id = t.row_id or a.ancestor_id = t.row_id`,
);
const clearPosts = statement(
  'organisations.clear_operation_posts',
  'delete from organisations.operation_post where operation_id = $1',
);

const staffSteps = [
  remove('substitution'),
  remove('appointment'),
  removeReach,
  remove('post_role'),
  restore('substitution', { valid_to: 'date', post_id: 'uuid' }),
  restore('appointment', { valid_to: 'date', ending_decision_number: 'text', post_id: 'uuid' }),
  remove('post'),
  restore('post', { valid_to: 'date' }),
];
const unitSteps = [
  removeForward,
  restoreForward,
  remove('agency_identifier'),
  restore('agency_identifier', { valid_to: 'date' }),
  removeAncestry,
  remove('unit_version'),
  restore('unit_version', {
    valid_to: 'date',
    closing_decision_number: 'text',
    name_vi: 'text',
    name_en: 'text',
    short_name: 'text',
    parent_id: 'uuid',
    decision_number: 'text',
  }),
];

/** Writes down what an operation did to rows of this module. */
export async function trace(tx: Tx, operationId: string, rows: readonly TraceRow[]): Promise<void> {
  if (rows.length > 0) await tx.run(insert, [operationId, JSON.stringify(rows)]);
}

/** Gives posts, appointments, substitutions and rights back. */
export async function undoStaffTrace(tx: Tx, operationId: string): Promise<void> {
  for (const step of staffSteps) await tx.run(step, [operationId]);
  await tx.run(clearPosts, [operationId]);
}

/** Gives units, names, parents, identifiers and successions back; returns the ids of the units that remain and were touched. */
export async function undoUnitTrace(tx: Tx, operationId: string, effectiveOn: string): Promise<string[]> {
  const changed = await tx.run<{ id: string }>(touched, [operationId]);
  const founded = new Set((await tx.run<{ id: string }>(foundedOf, [operationId])).map((row) => row.id));
  await tx.run(removeSuccession, [operationId, effectiveOn]);
  for (const step of unitSteps) await tx.run(step, [operationId]);
  return changed.map((row) => row.id).filter((id) => !founded.has(id));
}
const removeUnits = remove('unit');
/** Forgets the units that the operation founded, and the trace itself. */
export async function removeFoundedUnits(tx: Tx, operationId: string): Promise<void> {
  await tx.run(removeUnits, [operationId]);
  await tx.run(clear, [operationId]);
}
