import type { Reader } from '../../platform/database.ts';
import { statement } from '../../platform/database.ts';
import type { VersionSource } from './procedure.ts';
import { pageOf, readCursor, type ListPage } from './procedure-queries.ts';

/** A procedure as the administration lists it: its newest version, and how many there are. */
export interface AdminRow {
  id: string;
  code: string;
  versionId: string;
  name: string;
  status: 'draft' | 'published' | 'retired';
  source: VersionSource;
  fieldCode: string | null;
  nationalField: string | null;
  levels: string[];
  validFrom: string;
  versions: number;
  offers: number;
  isPublished: boolean;
}

export interface AdminFilter {
  text: string | null;
  status: string | null;
  source: string | null;
  field: string | null;
}

export const adminSorts = ['ten', '-ten', 'ma', '-ma'] as const;
export type AdminSort = (typeof adminSorts)[number];

const NEWEST = `select distinct on (p.id) p.id, p.code, v.id as "versionId", v.name_vi as name, v.status, v.source, v.field_code as "fieldCode",
    v.national_field as "nationalField", v.levels, v.valid_from as "validFrom", count(*) over (partition by p.id)::int as versions,
    bool_or(v.status = 'published') over (partition by p.id) as "isPublished"
  from procedures.procedure p join procedures.procedure_version v on v.procedure_id = p.id
  order by p.id, v.number desc`;
const WITHIN = `($1::text is null or code like '%' || $1 || '%' or platform.fold(name) like '%' || platform.fold($1) || '%')
  and ($2::text is null or status = $2) and ($3::text is null or source = $3)
  and ($4::text is null or coalesce("fieldCode", '-') = $4)`;

function listing(name: string, key: string, order: 'asc' | 'desc') {
  const beyond = order === 'asc' ? '>' : '<';
  return statement(
    name,
    `with newest as (${NEWEST})
     select newest.*, (select count(*)::int from procedures.offer o where o.procedure_id = newest.id and o.valid_to is null) as offers
     from newest where ${WITHIN} and ($5::text is null or (${key}, id) ${beyond} ($5::text collate "vi-x-icu", $6::uuid))
     order by ${key} ${order}, id ${order} limit $7`,
  );
}
const listings = {
  ten: listing('procedures.admin_by_name', 'name collate "vi-x-icu"', 'asc'),
  '-ten': listing('procedures.admin_by_name_down', 'name collate "vi-x-icu"', 'desc'),
  ma: listing('procedures.admin_by_code', 'code collate "vi-x-icu"', 'asc'),
  '-ma': listing('procedures.admin_by_code_down', 'code collate "vi-x-icu"', 'desc'),
};

/** Procedures of every state by their newest version, a page at a time. `%` and `_` of the text are letters like others. */
export async function listForAdmin(
  reader: Reader,
  filter: AdminFilter,
  page: { sort: AdminSort; after: string | null; limit: number },
): Promise<ListPage<AdminRow>> {
  const after = readCursor(page.after);
  const text = filter.text === null ? null : filter.text.replaceAll(/[\\%_]/g, String.raw`\$&`);
  const values = [
    text,
    filter.status,
    filter.source,
    filter.field,
    after?.name ?? null,
    after?.id ?? null,
    page.limit + 1,
  ];
  const rows = await reader.run<AdminRow>(listings[page.sort], values);
  return pageOf(rows, page.limit, (row) => ({ name: page.sort.endsWith('ma') ? row.code : row.name, id: row.id }));
}
