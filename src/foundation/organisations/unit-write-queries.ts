import { newId } from '../../platform/ids.ts';
import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { UnitInput } from './unit.ts';

const VERSION = `id, unit_id as "unitId", name_vi as "nameVi", name_en as "nameEn", short_name as "shortName", kind, tier,
  parent_id as "parentId", gso_code as "gsoCode", address, phone, email, sort_order as "sortOrder",
  decision_number as "decisionNumber", closing_decision_number as "closingDecisionNumber", valid_from as "validFrom", valid_to as "validTo"`;
const FIELDS = `name_vi, name_en, short_name, kind, tier, parent_id, gso_code, address, phone, email, sort_order, decision_number`;

const versions = statement(
  'organisations.list_unit_versions',
  `select ${VERSION} from organisations.unit_version where unit_id = $1 order by valid_from desc`,
);
const lock = statement('organisations.lock_unit', 'select version from organisations.unit where id = $1 for update');
const bump = statement('organisations.bump_unit', 'update organisations.unit set version = version + 1 where id = $1');
const insertUnit_ = statement(
  'organisations.insert_unit',
  'insert into organisations.unit (id, key, is_example, created_at) values ($1, $2, $3, $4)',
);
const insertVersion_ = statement(
  'organisations.insert_unit_version',
  `insert into organisations.unit_version (id, unit_id, ${FIELDS}, valid_from, valid_to, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
);
const updateVersion_ = statement(
  'organisations.update_unit_version',
  `update organisations.unit_version set (${FIELDS}) = ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) where id = $1`,
);
const endVersion_ = statement(
  'organisations.end_unit_version',
  `update organisations.unit_version set valid_to = $2, closing_decision_number = coalesce($3, closing_decision_number) where id = $1`,
);
const rebuild = statement('organisations.rebuild_ancestry', 'select organisations.rebuild_ancestry($1)');
const succeed = statement(
  'organisations.insert_succession',
  `insert into organisations.unit_succession (predecessor_id, successor_id, effective_on, decision_number, is_partial, note, created_at)
   values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
);
const kin = statement(
  'organisations.list_succession',
  `select predecessor_id as "predecessorId", successor_id as "successorId", effective_on as "effectiveOn",
     decision_number as "decisionNumber", is_partial as "isPartial", note
   from organisations.unit_succession where predecessor_id = $1 or successor_id = $1 order by effective_on, predecessor_id, successor_id`,
);
const identifiers = statement(
  'organisations.list_identifiers',
  `select id, unit_id as "unitId", scheme, code, is_example as "isExample", valid_from as "validFrom", valid_to as "validTo"
   from organisations.agency_identifier where unit_id = $1 order by valid_from desc, scheme`,
);
const insertIdentifier_ = statement(
  'organisations.insert_identifier',
  `insert into organisations.agency_identifier (id, unit_id, scheme, code, is_example, valid_from, valid_to, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const endIdentifier_ = statement(
  'organisations.end_identifier',
  'update organisations.agency_identifier set valid_to = $3 where id = $1 and unit_id = $2 returning code',
);
const openChildren = statement(
  'organisations.count_open_children',
  `select count(*)::int as n from organisations.unit_version where parent_id = $1 and (valid_to is null or valid_to > $2)`,
);
const openStaff = statement(
  'organisations.count_open_staff',
  `select count(*)::int as n from organisations.appointment a join organisations.post p on p.id = a.post_id
   where p.unit_id = $1 and (a.valid_to is null or a.valid_to > $2)`,
);
const endPosts = statement(
  'organisations.end_posts_of_unit',
  'update organisations.post set valid_to = $2, version = version + 1 where unit_id = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)',
);
const endIdentifiersOfUnit = statement(
  'organisations.end_identifiers_of_unit',
  'update organisations.agency_identifier set valid_to = $2 where unit_id = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)',
);

/** One period of a unit with one name, place and parent. */
export interface UnitVersion extends UnitInput {
  id: string;
  unitId: string;
  validTo: string | null;
  closingDecisionNumber: string | null;
}
export interface Succession {
  predecessorId: string;
  successorId: string;
  effectiveOn: string;
  decisionNumber: string | null;
  isPartial: boolean;
  note: string | null;
}
export interface AgencyIdentifier {
  id: string;
  unitId: string;
  scheme: 'qcvn102' | 'qd20';
  code: string;
  isExample: boolean;
  validFrom: string;
  validTo: string | null;
}

const values = (v: UnitInput) => [
  v.nameVi,
  v.nameEn,
  v.shortName,
  v.kind,
  v.tier,
  v.parentId,
  v.gsoCode,
  v.address,
  v.phone,
  v.email,
  v.sortOrder,
  v.decisionNumber,
];

/** All periods of a unit, the newest first. */
export const listUnitVersions = (reader: Reader, unitId: string): Promise<UnitVersion[]> =>
  reader.run<UnitVersion>(versions, [unitId]);
/** Predecessors and successors of a unit. */
export const listSuccession = (reader: Reader, unitId: string): Promise<Succession[]> =>
  reader.run<Succession>(kin, [unitId]);
/** All agency identifiers a unit ever had, the newest first. */
export const listIdentifiers = (reader: Reader, unitId: string): Promise<AgencyIdentifier[]> =>
  reader.run<AgencyIdentifier>(identifiers, [unitId]);

/** Locks the unit and tells its version; undefined when there is none. */
export const lockUnit = async (tx: Tx, unitId: string): Promise<number | undefined> =>
  (await tx.run<{ version: number }>(lock, [unitId]))[0]?.version;
export const bumpUnit = (tx: Tx, unitId: string) => tx.run(bump, [unitId]);
export const insertUnit = (tx: Tx, id: string, key: string | null, isExample: boolean) =>
  tx.run(insertUnit_, [id, key, isExample, tx.now]);
export const insertUnitVersion = (tx: Tx, unitId: string, input: UnitInput, validTo: string | null) =>
  tx.run(insertVersion_, [newId(), unitId, ...values(input), input.validFrom, validTo, tx.now]);
export const updateUnitVersion = (tx: Tx, versionId: string, input: UnitInput) =>
  tx.run(updateVersion_, [versionId, ...values(input)]);
export const endUnitVersion = (tx: Tx, versionId: string, lastDay: string, closingDecision: string | null) =>
  tx.run(endVersion_, [versionId, lastDay, closingDecision]);
/** Recomputes "who is above whom" for the units and all below them. Call after every change of a period or a parent. */
export const rebuildAncestry = (tx: Tx, unitIds: readonly string[]) => tx.run(rebuild, [unitIds]);
export const insertSuccession = (tx: Tx, row: Succession) =>
  tx.run(succeed, [
    row.predecessorId,
    row.successorId,
    row.effectiveOn,
    row.decisionNumber,
    row.isPartial,
    row.note,
    tx.now,
  ]);
export const insertIdentifier = (tx: Tx, row: Omit<AgencyIdentifier, 'id'>) =>
  tx.run(insertIdentifier_, [
    newId(),
    row.unitId,
    row.scheme,
    row.code,
    row.isExample,
    row.validFrom,
    row.validTo,
    tx.now,
  ]);
export const endIdentifierRow = async (
  tx: Tx,
  id: string,
  unitId: string,
  lastDay: string,
): Promise<string | undefined> => (await tx.run<{ code: string }>(endIdentifier_, [id, unitId, lastDay]))[0]?.code;
export const countOpenChildren = async (reader: Reader, unitId: string, afterDay: string): Promise<number> =>
  (await reader.run<{ n: number }>(openChildren, [unitId, afterDay]))[0]?.n ?? 0;
export const countOpenStaff = async (reader: Reader, unitId: string, afterDay: string): Promise<number> =>
  (await reader.run<{ n: number }>(openStaff, [unitId, afterDay]))[0]?.n ?? 0;
export async function endBelongings(tx: Tx, unitId: string, lastDay: string): Promise<void> {
  await tx.run(endPosts, [unitId, lastDay]);
  await tx.run(endIdentifiersOfUnit, [unitId, lastDay]);
}
