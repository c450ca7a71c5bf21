import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { TraceRow } from './operation-trace-queries.ts';
import type { UnitVersion } from './unit-write-queries.ts';

/* Set-based writes of an operation on units. Each says what it did as rows of the trace. */

const versionsOf = statement(
  'organisations.list_versions_of_units',
  `select id, unit_id as "unitId", name_vi as "nameVi", name_en as "nameEn", short_name as "shortName", kind, tier,
     parent_id as "parentId", gso_code as "gsoCode", address, phone, email, sort_order as "sortOrder",
     decision_number as "decisionNumber", closing_decision_number as "closingDecisionNumber", valid_from as "validFrom", valid_to as "validTo"
   from organisations.unit_version where unit_id = any($1) order by unit_id, valid_from`,
);
const childrenOf = statement(
  'organisations.list_open_children',
  `select v.unit_id as "unitId", v.parent_id as "parentId", v.kind, platform.fold(v.short_name) as "shortName" from organisations.unit_version v
   where v.parent_id = any($1) and v.valid_from <= $2 and (v.valid_to is null or v.valid_to >= $2) order by v.sort_order, v.unit_id`,
);
const lockAll = statement(
  'organisations.lock_units',
  'select id from organisations.unit where id = any($1) order by id for no key update',
);
const bumpAll = statement(
  'organisations.bump_units',
  'update organisations.unit set version = version + 1 where id = any($1)',
);
const closeAll = statement(
  'organisations.close_units',
  `with open as (
     select id, valid_to, closing_decision_number from organisations.unit_version
     where unit_id = any($1) and valid_from <= $2 and (valid_to is null or valid_to > $2) for update
   ), closed as (
     update organisations.unit_version v set valid_to = $2, closing_decision_number = $3 from open where v.id = open.id
   )
   select 'unit_version' as relation, id as "rowId", jsonb_build_object('valid_to', valid_to, 'closing_decision_number', closing_decision_number) as before from open`,
);
const endCodes = statement(
  'organisations.end_identifiers_of_units',
  `with open as (
     select id, valid_to from organisations.agency_identifier where unit_id = any($1) and valid_from <= $2 and (valid_to is null or valid_to > $2) for update
   ), ended as (
     update organisations.agency_identifier i set valid_to = $2 from open where i.id = open.id
   )
   select 'agency_identifier' as relation, id as "rowId", jsonb_build_object('valid_to', valid_to) as before from open`,
);
const succeed = statement(
  'organisations.insert_successions',
  `insert into organisations.unit_succession (predecessor_id, successor_id, effective_on, decision_number, is_partial, created_at)
   select s."fromUnitId", s."toUnitId", $2, $3, s."isPartial", $4
   from jsonb_to_recordset($1::jsonb) as s ("fromUnitId" uuid, "toUnitId" uuid, "isPartial" boolean)
   on conflict do nothing returning 'unit_succession' as relation, predecessor_id as "rowId", successor_id as "otherId"`,
);
const forward = statement(
  'organisations.insert_forwards',
  `with asked as (
     select * from jsonb_to_recordset($1::jsonb) as f ("fromUnitId" uuid, "toUnitId" uuid)
   ), chained as (
     select o.unit_id, o.to_unit_id, a."toUnitId" as next from organisations.unit_forward o join asked a on a."fromUnitId" = o.to_unit_id for update of o
   ), flattened as (
     update organisations.unit_forward o set to_unit_id = c.next from chained c where o.unit_id = c.unit_id
   ), fresh as (
     insert into organisations.unit_forward (unit_id, to_unit_id, operation_id)
     select "fromUnitId", "toUnitId", $2 from asked on conflict (unit_id) do nothing returning unit_id
   )
   select 'unit_forward' as relation, unit_id as "rowId", null::jsonb as before from fresh
   union all
   select 'unit_forward', unit_id, jsonb_build_object('to_unit_id', to_unit_id) from chained`,
);
const identifierIds = statement(
  'organisations.list_identifiers_from',
  'select id from organisations.agency_identifier where unit_id = any($1) and valid_from = $2',
);
const versionIds = statement(
  'organisations.list_versions_from',
  'select id from organisations.unit_version where unit_id = any($1) and valid_from = $2',
);

/** All periods of several units, by unit and first day. */
export const listVersionsOfUnits = (reader: Reader, unitIds: readonly string[]): Promise<UnitVersion[]> =>
  reader.run<UnitVersion>(versionsOf, [unitIds]);
export interface OpenChild {
  unitId: string;
  parentId: string;
  kind: string;
  /** Folded. */
  shortName: string;
}
/** Units directly below several on a day. */
export const listOpenChildren = (reader: Reader, unitIds: readonly string[], on: string): Promise<OpenChild[]> =>
  reader.run<OpenChild>(childrenOf, [unitIds, on]);

/** Locks units in the order of their ids and raises their version: forms opened before are stale. */
export async function lockUnits(tx: Tx, unitIds: readonly string[]): Promise<void> {
  await tx.run(lockAll, [unitIds]);
  await tx.run(bumpAll, [unitIds]);
}
/** Ends units with their identifiers on a day; what is over by then stays as it is. */
export async function closeUnits(
  tx: Tx,
  unitIds: readonly string[],
  lastDay: string,
  decisionNumber: string,
): Promise<TraceRow[]> {
  const units = await tx.run<TraceRow>(closeAll, [unitIds, lastDay, decisionNumber]);
  return [...units, ...(await tx.run<TraceRow>(endCodes, [unitIds, lastDay]))];
}
export const insertSuccessions = async (
  tx: Tx,
  rows: readonly { fromUnitId: string; toUnitId: string; isPartial: boolean }[],
  effectiveOn: string,
  decisionNumber: string,
): Promise<TraceRow[]> =>
  (await tx.run<TraceRow>(succeed, [JSON.stringify(rows), effectiveOn, decisionNumber, tx.now])).map((row) => ({
    ...row,
    before: null,
  }));
/** What arrives for the first goes to the second from now on. */
export const insertForwards = (
  tx: Tx,
  rows: readonly { fromUnitId: string; toUnitId: string }[],
  operationId: string,
): Promise<TraceRow[]> => tx.run<TraceRow>(forward, [JSON.stringify(rows), operationId]);
/** Periods and identifiers of units that begin on a day, as rows of the trace. */
export async function newRowsOf(tx: Tx, unitIds: readonly string[], from: string): Promise<TraceRow[]> {
  const versions = await tx.run<{ id: string }>(versionIds, [unitIds, from]);
  const codes = await tx.run<{ id: string }>(identifierIds, [unitIds, from]);
  return [
    ...versions.map(({ id }) => ({ relation: 'unit_version', rowId: id, before: null })),
    ...codes.map(({ id }) => ({ relation: 'agency_identifier', rowId: id, before: null })),
  ];
}
