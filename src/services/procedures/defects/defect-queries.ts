import { statement, type Reader, type Tx } from '../../../platform/database.ts';
import type { Defect, DefectState } from './defect.ts';

const take = statement(
  'procedures.take_defects',
  `with told as (
     select distinct on (fingerprint) * from (
       select md5(coalesce(procedure_code, '') || '|' || kind || '|' ||
           case when procedure_code is null then coalesce(source_text, '') || '|' || line else place end) as fingerprint,
         procedure_code, kind, place, source_text, number
       from procedures.import_defect where import_id = $1) n
     order by fingerprint, number
   ), before as (
     select d.fingerprint, d.state, d.source_text, d.fixed_by, v.status as fixed_status from procedures.defect d join told using (fingerprint)
       left join procedures.procedure_version v on v.id = d.fixed_version_id
   ), put as (
     insert into procedures.defect as d (id, fingerprint, procedure_code, kind, severity, place, source_text, state, first_import_id, last_import_id,
       first_seen_at, last_seen_at, changed_at, changed_by)
     select gen_random_uuid(), fingerprint, procedure_code, kind, coalesce(($2::jsonb ->> kind)::smallint, 2), place, source_text, 'open', $1, $1,
       $3, $3, $3, $4 from told order by fingerprint
     on conflict on constraint defect_fingerprint_key do update set last_import_id = $1, last_seen_at = $3, source_text = excluded.source_text,
       severity = excluded.severity
     returning d.id, d.fingerprint
   )
   select count(*) filter (where b.fingerprint is null)::int as added,
     coalesce(array_agg(p.id) filter (where (b.state = 'fixed' and (b.fixed_by = 'import' or b.fixed_status is distinct from 'published'))
       or (b.state = 'accepted' and b.source_text is distinct from t.source_text)), '{}') as "toReopen"
   from put p join told t using (fingerprint) left join before b using (fingerprint)`,
);
const reopenAll = statement(
  'procedures.reopen_defects',
  `update procedures.defect set state = case when assignee_id is null then 'open' else 'assigned' end, fixed_by = null, fixed_version_id = null,
     reason = null, reopened = reopened + 1, changed_at = $2, changed_by = $3 where id = any($1::uuid[])`,
);
const closeGone = statement(
  'procedures.close_gone_defects',
  `update procedures.defect d set state = 'fixed', fixed_by = 'import', changed_at = $3, changed_by = $4
   from procedures.catalogue_import l, procedures.catalogue_import n
   where d.state in ('open', 'assigned') and d.last_import_id <> $1 and l.id = d.last_import_id and n.id = $1
     and (d.procedure_code = any($2::text[]) or (d.procedure_code is null and l.file_name = n.file_name))
   returning d.id`,
);

/**
 * Takes the defects of a finished import over into the list of work: new ones are opened, ones that were fixed and are there again
 * are reopened, ones that are gone from procedures that were read are fixed.
 */
export async function takeDefects(
  tx: Tx,
  input: { importId: string; codes: readonly string[]; severities: Record<string, number> },
): Promise<{ opened: number; reopened: number; closed: number }> {
  const { label } = tx.actor;
  const [row] = await tx.run<{ added: number; toReopen: string[] }>(take, [
    input.importId,
    JSON.stringify(input.severities),
    tx.now,
    label,
  ]);
  const { added, toReopen } = row!;
  if (toReopen.length > 0) await tx.run(reopenAll, [toReopen, tx.now, label]);
  const closed = await tx.run(closeGone, [input.importId, input.codes, tx.now, label]);
  return { opened: added, reopened: toReopen.length, closed: closed.length };
}

const ofCode = statement(
  'procedures.list_open_defects_of',
  `select id, kind, source_text as source from procedures.defect where procedure_code = $1 and state in ('open', 'assigned')`,
);
/** Defects of a procedure that wait to be fixed. */
export const listOpenOf = (
  reader: Reader,
  code: string,
): Promise<{ id: string; kind: string; source: string | null }[]> => reader.run(ofCode, [code]);

const countOf = statement(
  'procedures.count_open_defects_of',
  `select count(*)::int as count from procedures.defect where procedure_code = $1 and state in ('open', 'assigned')`,
);
/** How many defects of a procedure wait to be fixed. */
export const countOpenOf = async (reader: Reader, code: string): Promise<number> =>
  (await reader.run<{ count: number }>(countOf, [code]))[0]?.count ?? 0;

const fixed = statement(
  'procedures.fix_defects_by_version',
  `update procedures.defect set state = 'fixed', fixed_by = 'version', fixed_version_id = $2, changed_at = $3, changed_by = $4
   where id = any($1::uuid[]) and state in ('open', 'assigned')`,
);
export async function fixByVersion(tx: Tx, ids: readonly string[], versionId: string): Promise<void> {
  await tx.run(fixed, [ids, versionId, tx.now, tx.actor.label]);
}
const fixedBy = statement(
  'procedures.list_defects_fixed_by',
  `select id from procedures.defect where fixed_version_id = $1 and state = 'fixed'`,
);
/** Opens what a version had put right, when it no longer stands. Returns how many. */
export async function reopenFixedBy(tx: Tx, versionId: string): Promise<number> {
  const ids = (await tx.run<{ id: string }>(fixedBy, [versionId])).map((row) => row.id);
  if (ids.length > 0) await tx.run(reopenAll, [ids, tx.now, tx.actor.label]);
  return ids.length;
}

export interface DefectFilter {
  /** `todo`: open and assigned. */
  state: DefectState | 'todo' | null;
  severity: number | null;
  kind: string | null;
  text: string | null;
  assigneeId: string | null;
  importId: string | null;
}
export const defectSorts = ['nang', '-nang', 'ma', '-ma'] as const;
export type DefectSort = (typeof defectSorts)[number];
export interface DefectCursor {
  severity: number;
  code: string;
  id: string;
}

const WITHIN = `($1::text is null or d.state = $1 or ($1 = 'todo' and d.state in ('open', 'assigned')))
  and ($2::smallint is null or d.severity = $2) and ($3::text is null or d.kind = $3)
  and ($4::text is null or d.procedure_code like $4 || '%') and ($5::text is null or d.assignee_id = $5)
  and ($6::uuid is null or d.last_import_id = $6)`;
const LISTED = `select d.id, d.procedure_code as code, (select v.name_vi from procedures.procedure p join procedures.procedure_version v on v.procedure_id = p.id
    where p.code = d.procedure_code order by v.number desc limit 1) as name,
  d.kind, d.severity, d.place, d.source_text as source, d.state, d.assignee_id as "assigneeId", d.assignee, d.reason, d.fixed_by as "fixedBy", d.reopened,
  d.first_seen_at as "firstSeenAt", d.last_seen_at as "lastSeenAt", d.changed_at as "changedAt", d.changed_by as "changedBy"
  from procedures.defect d`;
const SEVERITY = ['d.severity', '$7::smallint'] as const;
const CODE = [`coalesce(d.procedure_code, '')`, '$8::text'] as const;
const ID = ['d.id', '$9::uuid'] as const;
function listing(name: string, keys: readonly (readonly [string, string])[], order: 'asc' | 'desc') {
  const columns = keys.map(([column]) => column);
  const values = keys.map(([, value]) => value);
  const beyond = `(${columns.join(', ')}) ${order === 'asc' ? '>' : '<'} (${values.join(', ')})`;
  return statement(
    name,
    `${LISTED} where ${WITHIN} and ($7::smallint is null or ${beyond})
     order by ${columns.map((column) => `${column} ${order}`).join(', ')} limit $10`,
  );
}
const listings = {
  nang: listing('procedures.defects_by_severity', [SEVERITY, CODE, ID], 'asc'),
  '-nang': listing('procedures.defects_by_severity_down', [SEVERITY, CODE, ID], 'desc'),
  ma: listing('procedures.defects_by_code', [CODE, SEVERITY, ID], 'asc'),
  '-ma': listing('procedures.defects_by_code_down', [CODE, SEVERITY, ID], 'desc'),
};

/** Defects of a filter, the worst first or by procedure, a page at a time. */
export const listDefectWork = (
  reader: Reader,
  filter: DefectFilter,
  sort: DefectSort,
  after: DefectCursor | null,
  limit: number,
): Promise<Defect[]> =>
  reader.run(listings[sort], [
    filter.state,
    filter.severity,
    filter.kind,
    filter.text?.replaceAll(/[\\%_]/g, String.raw`\$&`) ?? null,
    filter.assigneeId,
    filter.importId,
    after?.severity ?? null,
    after?.code ?? null,
    after?.id ?? null,
    limit,
  ]);

const counts = statement(
  'procedures.list_defect_counts',
  `select state, severity, kind, amount::int as amount from procedures.defect_count where amount > 0 order by state, severity, kind`,
);
export interface DefectCount {
  state: DefectState;
  severity: 1 | 2 | 3;
  kind: string;
  amount: number;
}
/** How many defects stand in each state, by severity and kind: a small table, kept as they change. */
export const listDefectCounts = (reader: Reader): Promise<DefectCount[]> => reader.run(counts);

const ASSIGN = `update procedures.defect set state = 'assigned', assignee_id = $2, assignee = $3, reason = null, changed_at = $4, changed_by = $5
  where id = any($1::uuid[]) and state in ('open', 'assigned') returning id`;
const ACCEPT = `update procedures.defect set state = 'accepted', reason = $2, changed_at = $3, changed_by = $4
  where id = any($1::uuid[]) and state in ('open', 'assigned') returning id`;
const REOPEN = `update procedures.defect set state = 'open', assignee_id = null, assignee = null, reason = null, fixed_by = null, fixed_version_id = null,
  changed_at = $2, changed_by = $3 where id = any($1::uuid[]) and state <> 'open' returning id`;
const assign = statement('procedures.assign_defects', ASSIGN);
const accept = statement('procedures.accept_defects', ACCEPT);
const reopen = statement('procedures.open_defects', REOPEN);

type Changed = { id: string };
export const assignDefects = (tx: Tx, ids: readonly string[], to: { id: string; name: string }): Promise<Changed[]> =>
  tx.run(assign, [ids, to.id, to.name, tx.now, tx.actor.label]);
export const acceptDefects = (tx: Tx, ids: readonly string[], reason: string): Promise<Changed[]> =>
  tx.run(accept, [ids, reason, tx.now, tx.actor.label]);
export const openDefects = (tx: Tx, ids: readonly string[]): Promise<Changed[]> =>
  tx.run(reopen, [ids, tx.now, tx.actor.label]);
