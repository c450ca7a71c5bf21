import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Procedure, ProcedureContent } from './procedure.ts';

const COLUMNS = `p.id, v.id as version_id, p.code, p.own_code, v.number, v.status, v.source, v.name_vi, v.name_en, v.field_code, v.national_field,
  v.levels, v.audiences, v.service_level, v.online_scope, v.partial_reason, v.intake_channel, v.decision_number, v.valid_from,
  v.valid_to, v.form_version_id, v.published_at, v.row_version`;
const FROM = `from procedures.procedure p join procedures.procedure_version v on v.procedure_id = p.id`;

interface VersionRow {
  id: string;
  version_id: string;
  code: string;
  own_code: string | null;
  number: number;
  status: Procedure['status'];
  source: Procedure['source'];
  name_vi: string;
  name_en: string | null;
  field_code: string | null;
  national_field: string | null;
  levels: Procedure['levels'];
  audiences: Procedure['audiences'];
  service_level: Procedure['serviceLevel'];
  online_scope: Procedure['onlineScope'];
  partial_reason: Procedure['partialReason'];
  intake_channel: Procedure['intakeChannel'];
  decision_number: string | null;
  valid_from: string;
  valid_to: string | null;
  form_version_id: string | null;
  published_at: Date | null;
  row_version: number;
  content: ProcedureContent;
}

/** A procedure as lists show it: everything but its content. */
export type ProcedureSummary = Omit<Procedure, 'content'>;

function summaryOf(row: Omit<VersionRow, 'content'>): ProcedureSummary {
  return {
    id: row.id,
    versionId: row.version_id,
    code: row.code,
    ownCode: row.own_code,
    number: row.number,
    status: row.status,
    source: row.source,
    name: { vi: row.name_vi, ...(row.name_en === null ? {} : { en: row.name_en }) },
    fieldCode: row.field_code,
    nationalField: row.national_field,
    levels: row.levels,
    audiences: row.audiences,
    serviceLevel: row.service_level,
    onlineScope: row.online_scope,
    partialReason: row.partial_reason,
    intakeChannel: row.intake_channel,
    decisionNumber: row.decision_number,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    formVersionId: row.form_version_id,
    publishedAt: row.published_at?.toISOString() ?? null,
    rowVersion: row.row_version,
  };
}

const procedureOf = (row: VersionRow): Procedure => ({ ...summaryOf(row), content: row.content });

const current = statement(
  'procedures.find_current',
  `select ${COLUMNS}, v.content ${FROM}
   where p.code = $1 and v.status = 'published' and v.valid_from <= $2 and (v.valid_to is null or v.valid_to >= $2)
   order by v.valid_from desc limit 1`,
);

/** The version of a procedure that is published and holds on a day (`YYYY-MM-DD`). */
export async function findProcedure(reader: Reader, code: string, onDate: string): Promise<Procedure | undefined> {
  const [row] = await reader.run<VersionRow>(current, [code, onDate]);
  return row && procedureOf(row);
}

const oneVersion = statement('procedures.find_version', `select ${COLUMNS}, v.content ${FROM} where v.id = $1`);

/** One version by its id, whatever its status. */
export async function findVersion(reader: Reader, versionId: string): Promise<Procedure | undefined> {
  const [row] = await reader.run<VersionRow>(oneVersion, [versionId]);
  return row && procedureOf(row);
}

const someVersions = statement(
  'procedures.list_versions_by_ids',
  `select ${COLUMNS}, v.content ${FROM} where v.id = any($1::uuid[]) order by p.code`,
);

/** Versions by their ids, by code. */
export const listVersionsByIds = async (reader: Reader, versionIds: readonly string[]): Promise<Procedure[]> =>
  (await reader.run<VersionRow>(someVersions, [versionIds])).map(procedureOf);

const versions = statement(
  'procedures.list_versions',
  `select ${COLUMNS}, v.content ${FROM} where p.code = $1 order by v.number desc limit 200`,
);

/** All versions of a procedure, the newest first. */
export const listVersions = async (reader: Reader, code: string): Promise<Procedure[]> =>
  (await reader.run<VersionRow>(versions, [code])).map(procedureOf);

const summaries = statement('procedures.list_summaries', `select ${COLUMNS} ${FROM} where v.id = any($1::uuid[])`);

/** Versions by id, for lists of other modules; in no order. */
export const listSummaries = async (reader: Reader, versionIds: readonly string[]): Promise<ProcedureSummary[]> =>
  (await reader.run<VersionRow>(summaries, [versionIds])).map(summaryOf);

const currentByCode = statement(
  'procedures.list_current_by_code',
  `select distinct on (p.code) ${COLUMNS} ${FROM}
   where p.code = any($1::text[]) and v.status = 'published' and v.valid_from <= $2 and (v.valid_to is null or v.valid_to >= $2)
   order by p.code, v.valid_from desc`,
);

/** Published procedures that hold on a day, by code; in no order. */
export const listCurrentByCode = async (
  reader: Reader,
  codes: readonly string[],
  onDate: string,
): Promise<ProcedureSummary[]> => (await reader.run<VersionRow>(currentByCode, [codes, onDate])).map(summaryOf);

const currentOnes = statement(
  'procedures.list_current_by_ids',
  `select distinct on (p.id) ${COLUMNS} ${FROM} where p.id = any($1::uuid[]) and v.status = 'published' and v.valid_from <= $2::date
   order by p.id, v.valid_from desc`,
);

/** The versions in force of procedures by their ids, for figures; in no order. */
export const listCurrentByIds = async (
  reader: Reader,
  procedureIds: readonly string[],
  onDate: string,
): Promise<ProcedureSummary[]> => (await reader.run<VersionRow>(currentOnes, [procedureIds, onDate])).map(summaryOf);

export interface ListFilter {
  onDate: string;
  field?: string | null | undefined;
  level?: string | null | undefined;
  audience?: string | null | undefined;
  /** Offered by this unit on the day. */
  unitId?: string | null | undefined;
  /** Only what some unit of the province offers on the day. */
  offeredOnly?: boolean | undefined;
}

export interface ListPage<Row> {
  rows: Row[];
  /** Cursor of the next page, null at the end. */
  next: string | null;
}

const WITHIN = `v.status = 'published' and v.valid_from <= $1::date and (v.valid_to is null or v.valid_to >= $1::date)
  and ($2::text is null or v.field_code = $2) and ($3::text is null or v.levels @> array[$3::text])
  and ($4::text is null or v.audiences @> array[$4::text])
  and ($5::uuid is null or exists (select 1 from procedures.offer o where o.procedure_id = p.id and o.unit_id = $5
    and o.valid_from <= $1::date and (o.valid_to is null or o.valid_to >= $1::date)))
  and (not $6::boolean or exists (select 1 from procedures.offer o where o.procedure_id = p.id
    and o.valid_from <= $1::date and (o.valid_to is null or o.valid_to >= $1::date)))`;

const filterValues = (filter: ListFilter) => [
  filter.onDate,
  filter.field ?? null,
  filter.level ?? null,
  filter.audience ?? null,
  filter.unitId ?? null,
  filter.offeredOnly ?? false,
];

const list = statement(
  'procedures.list_current',
  `select ${COLUMNS} ${FROM} where ${WITHIN}
     and ($7::text is null or (v.name_vi collate "vi-x-icu", p.id) > ($7::text collate "vi-x-icu", $8::uuid))
   order by v.name_vi collate "vi-x-icu", p.id limit $9`,
);

/** Published procedures that hold on a day, by name, a page at a time. A cursor that is none starts at the beginning. */
export async function listProcedures(
  reader: Reader,
  filter: ListFilter,
  page: { after?: string | null; limit?: number } = {},
): Promise<ListPage<ProcedureSummary>> {
  const limit = Math.min(Math.max(page.limit ?? 20, 1), 200);
  const after = readCursor(page.after);
  const rows = await reader.run<VersionRow>(list, [
    ...filterValues(filter),
    after?.name ?? null,
    after?.id ?? null,
    limit + 1,
  ]);
  return pageOf(rows.map(summaryOf), limit, (row) => ({ name: row.name.vi, id: row.id }));
}

/** Cuts a list that was read one row too long, and makes the cursor of the next page. */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => { name: string; id: string },
): ListPage<Row> {
  if (rows.length <= limit) return { rows, next: null };
  const key = keyOf(rows[limit - 1]!);
  return { rows: rows.slice(0, limit), next: Buffer.from(JSON.stringify([key.name, key.id])).toString('base64url') };
}

/** Reads a cursor; null for everything that is none. */
export function readCursor(cursor: string | null | undefined): { name: string; id: string } | null {
  if (!cursor || cursor.length > 4_000) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(value) || typeof value[0] !== 'string' || typeof value[1] !== 'string') return null;
    return /^[0-9a-f-]{36}$/.test(value[1]) && !value[0].includes('\u0000') ? { name: value[0], id: value[1] } : null;
  } catch {
    return null;
  }
}

const facets = statement(
  'procedures.count_facets',
  `with hit as (select v.field_code, v.levels, v.audiences, v.online_scope ${FROM} where ${WITHIN})
   select 'field' as facet, field_code as value, count(*)::int as count from hit where field_code is not null group by field_code
   union all select 'level', value, count(*)::int from hit, unnest(levels) as value group by value
   union all select 'audience', value, count(*)::int from hit, unnest(audiences) as value group by value
   union all select 'online', online_scope, count(*)::int from hit group by online_scope`,
);

export interface FacetCounts {
  field: Record<string, number>;
  level: Record<string, number>;
  audience: Record<string, number>;
  /** By scope: none, partial, full; together all procedures of the filter. */
  online: Record<string, number>;
}

/** How many procedures of a filter stand in each field, at each level, for each audience. The catalogue is small: thousands. */
export async function countFacets(reader: Reader, filter: ListFilter): Promise<FacetCounts> {
  const counts: FacetCounts = { field: {}, level: {}, audience: {}, online: {} };
  for (const row of await reader.run<{ facet: keyof FacetCounts; value: string; count: number }>(
    facets,
    filterValues(filter),
  ))
    counts[row.facet][row.value] = row.count;
  return counts;
}

export interface Field {
  code: string;
  name: { vi: string; en: string };
  position: number;
  /** One of the fields of the province's decision. */
  listed: boolean;
  nationalNames: string[];
}

const fields = statement(
  'procedures.list_fields',
  `select code, name_vi, name_en, position, listed, national_names from procedures.field order by position`,
);

/** The fields in which the province lists its procedures, in their order. */
export async function listFields(reader: Reader): Promise<Field[]> {
  const rows = await reader.run<{
    code: string;
    name_vi: string;
    name_en: string;
    position: number;
    listed: boolean;
    national_names: string[];
  }>(fields);
  return rows.map((row) => ({
    code: row.code,
    name: { vi: row.name_vi, en: row.name_en },
    position: row.position,
    listed: row.listed,
    nationalNames: row.national_names,
  }));
}

const putFields = statement(
  'procedures.upsert_fields',
  `insert into procedures.field (code, name_vi, name_en, position, listed, national_names)
   select code, name_vi, name_en, position, listed, national_names from jsonb_to_recordset($1::jsonb)
     as f (code text, name_vi text, name_en text, position int, listed boolean, national_names text[])
   on conflict (code) do update set name_vi = excluded.name_vi, name_en = excluded.name_en, position = excluded.position,
     listed = excluded.listed, national_names = excluded.national_names
   where (field.name_vi, field.name_en, field.position, field.listed, field.national_names)
     is distinct from (excluded.name_vi, excluded.name_en, excluded.position, excluded.listed, excluded.national_names)`,
);

/** Writes the fields of the province's folder. */
export async function upsertFields(tx: Tx, list: readonly Field[]): Promise<void> {
  const rows = list.map((f) => ({
    code: f.code,
    name_vi: f.name.vi,
    name_en: f.name.en,
    position: f.position,
    listed: f.listed,
    national_names: f.nationalNames,
  }));
  await tx.run(putFields, [JSON.stringify(rows)]);
}
