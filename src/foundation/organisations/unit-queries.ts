import { statement, type Reader } from '../../platform/database.ts';
import type { Unit } from './unit.ts';

const COLUMNS = `u.id, u.key, v.name_vi as "nameVi", v.name_en as "nameEn", v.short_name as "shortName", v.kind, v.tier,
  v.parent_id as "parentId", v.gso_code as "gsoCode", v.address, v.phone, v.email, v.sort_order as "sortOrder",
  v.decision_number as "decisionNumber", v.valid_from as "validFrom", v.valid_to as "validTo", u.is_example as "isExample", u.version`;
const FROM = 'from organisations.unit_version v join organisations.unit u on u.id = v.unit_id';
const ON = (day: string, alias = 'v') =>
  `${alias}.valid_from <= ${day} and (${alias}.valid_to is null or ${alias}.valid_to >= ${day})`;
const ORDER = `v.sort_order, v.name_vi collate "vi-x-icu", u.id`;

const one = statement('organisations.find_unit', `select ${COLUMNS} ${FROM} where u.id = $1 and ${ON('$2')}`);
const oneByKey = statement(
  'organisations.find_unit_by_key',
  `select ${COLUMNS} ${FROM} where u.key = $1 and ${ON('$2')}`,
);
const many = statement(
  'organisations.list_units_by_ids',
  `select ${COLUMNS} ${FROM} where u.id = any($1) and ${ON('$2')} order by ${ORDER}`,
);
const byKind = statement(
  'organisations.list_units_by_kind',
  `select ${COLUMNS} ${FROM} where v.kind = any($1) and ${ON('$2')} order by v.tier, ${ORDER}`,
);
const children = statement(
  'organisations.list_children',
  `select ${COLUMNS}, exists (
     select 1 from organisations.unit_version c where c.parent_id = u.id and ${ON('$2', 'c')}) as "hasChildren"
   ${FROM} where v.parent_id is not distinct from $1 and ${ON('$2')} order by ${ORDER}`,
);
const roots = statement(
  'organisations.list_roots',
  `select ${COLUMNS}, true as "hasChildren" ${FROM} where v.parent_id is null and ${ON('$1')} order by v.tier, ${ORDER}`,
);
const byCode = statement(
  'organisations.find_unit_by_agency_code',
  `select ${COLUMNS} ${FROM} join organisations.agency_identifier i on i.unit_id = u.id
   where i.code = $1 and ${ON('$2', 'i')} and ${ON('$2')}`,
);
const below = statement(
  'organisations.list_descendants',
  `select unit_id as id from organisations.unit_ancestor n where n.ancestor_id = any($1) and ${ON('$2', 'n')}`,
);
const above = statement(
  'organisations.list_ancestors',
  `select ${COLUMNS} ${FROM} join organisations.unit_ancestor n on n.ancestor_id = u.id
   where n.unit_id = $1 and ${ON('$2', 'n')} and ${ON('$2')} order by n.depth desc`,
);
// The name of the day; for a day outside the unit's life the nearest one, so that an old record never shows an empty name.
const names = statement(
  'organisations.names_of',
  `select distinct on (v.unit_id) v.unit_id as id, v.name_vi as "nameVi", v.name_en as "nameEn", v.short_name as "shortName"
   from organisations.unit_version v where v.unit_id = any($1)
   order by v.unit_id,
     case when ${ON('$2')} then 0 when v.valid_to < $2 then 1 else 2 end,
     case when v.valid_to < $2 then v.valid_to end desc nulls last, v.valid_from`,
);
const search = statement(
  'organisations.search_units',
  `select ${COLUMNS} ${FROM}
   where ${ON('$2')} and (v.search_text like '%' || platform.fold($1) || '%' or exists (
     select 1 from organisations.agency_identifier i where i.unit_id = u.id and i.code = upper($1)))
   order by v.tier, ${ORDER} limit $3`,
);
const ids = statement('organisations.list_unit_keys', 'select id, key from organisations.unit where key = any($1)');
const codes = statement(
  'organisations.agency_codes_of',
  `select i.unit_id as "unitId", i.code from organisations.agency_identifier i
   where i.unit_id = any($1) and i.scheme = $2 and ${ON('$3', 'i')}`,
);

export interface UnitName {
  id: string;
  nameVi: string;
  nameEn: string;
  shortName: string;
}
export type UnitWithChildren = Unit & { hasChildren: boolean };

export const findUnitRow = async (reader: Reader, id: string, on: string): Promise<Unit | undefined> =>
  (await reader.run<Unit>(one, [id, on]))[0];

/** The unit with a stable key of the province's data (`so-noi-vu`, `gso:16681`), or undefined. One indexed read. */
export const findUnitByKey = async (reader: Reader, key: string, on: string): Promise<Unit | undefined> =>
  (await reader.run<Unit>(oneByKey, [key, on]))[0];

/** The units with these ids that exist on the day, in display order. */
export const listUnitsByIds = (reader: Reader, unitIds: readonly string[], on: string): Promise<Unit[]> =>
  reader.run<Unit>(many, [unitIds, on]);

/** All units of some kinds on a day, higher tiers first: for pickers. A province has a few hundred. */
export const unitsOn = (reader: Reader, kinds: readonly string[], on: string): Promise<Unit[]> =>
  reader.run<Unit>(byKind, [kinds, on]);

/** The units directly below one on a day; the units without a parent for null. */
export const listChildren = (reader: Reader, parentId: string | null, on: string): Promise<UnitWithChildren[]> =>
  parentId === null
    ? reader.run<UnitWithChildren>(roots, [on])
    : reader.run<UnitWithChildren>(children, [parentId, on]);

/** The unit that an agency identifier of either shape stood for on a day, or undefined. */
export const findByAgencyCode = async (reader: Reader, code: string, on: string): Promise<Unit | undefined> =>
  (await reader.run<Unit>(byCode, [code, on]))[0];

/** Ids of the units and of everything below them on a day, without repeats. */
export async function descendantsOf(reader: Reader, unitIds: readonly string[], on: string): Promise<string[]> {
  const rows = await reader.run<{ id: string }>(below, [unitIds, on]);
  return [...new Set(rows.map((row) => row.id))];
}

/** The way from the root down to the unit itself on a day. */
export const ancestorsOf = (reader: Reader, unitId: string, on: string): Promise<Unit[]> =>
  reader.run<Unit>(above, [unitId, on]);

/**
 * Names of many units on a day in one read, keyed by id: old records keep the names they had. A unit that did not exist that
 * day gives its nearest name; unknown ids are absent.
 */
export async function namesOf(reader: Reader, unitIds: readonly string[], on: string): Promise<Map<string, UnitName>> {
  const wanted = [...new Set(unitIds)];
  if (wanted.length === 0) return new Map();
  const rows = await reader.run<UnitName>(names, [wanted, on]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Units whose name, short name or GSO code contains the text (accents and case do not matter), or whose identifier it is. */
export const searchUnits = (reader: Reader, text: string, on: string, limit = 50): Promise<Unit[]> =>
  reader.run<Unit>(search, [text.slice(0, 100).replaceAll(/[\\%_]/g, String.raw`\$&`), on, limit]);

/** Identifiers of one scheme in force on a day, keyed by unit id. */
export async function agencyCodesOf(
  reader: Reader,
  unitIds: readonly string[],
  scheme: 'qcvn102' | 'qd20',
  on: string,
): Promise<Map<string, string>> {
  const rows = await reader.run<{ unitId: string; code: string }>(codes, [unitIds, scheme, on]);
  return new Map(rows.map((row) => [row.unitId, row.code]));
}

/** Ids by stable key of the province's data; unknown keys are absent. */
export async function unitIdsByKey(reader: Reader, keys: readonly string[]): Promise<Map<string, string>> {
  const rows = await reader.run<{ id: string; key: string }>(ids, [keys]);
  return new Map(rows.map((row) => [row.key, row.id]));
}

// Keyset over the id: a walk that neither skips nor repeats while units are made.
const pageOf = statement(
  'organisations.page_of_units',
  `select ${COLUMNS} ${FROM}
   where ${ON('$1')} and u.id > $2 and ($3::text is null or v.search_text like '%' || platform.fold($3) || '%')
     and ($4::uuid is null or v.parent_id = $4) and ($5::text is null or v.kind = $5)
   order by u.id limit $6`,
);
/** Units of a day by id, a page at a time. */
export const pageOfUnits = (
  reader: Reader,
  asked: {
    on: string;
    text: string | null;
    parentId: string | null;
    kind: string | null;
    after: string | null;
    limit: number;
  },
): Promise<Unit[]> =>
  reader.run<Unit>(pageOf, [
    asked.on,
    asked.after ?? '00000000-0000-0000-0000-000000000000',
    asked.text?.replaceAll(/[\\%_]/g, String.raw`\$&`) ?? null,
    asked.parentId,
    asked.kind,
    asked.limit,
  ]);
