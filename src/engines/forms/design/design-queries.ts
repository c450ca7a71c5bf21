import { statement, type Reader, type Tx } from '../../../platform/database.ts';
import type { FormDefinition, Group } from '../definition.ts';

/** The working copy of a form. Its definition may still have defects. */
export type Design = {
  formId: string;
  code: string;
  definition: FormDefinition;
  /** Raised by every save. */
  version: number;
  /** The published version it began from. */
  baseVersionId: string | null;
  updatedAt: Date;
  updatedBy: string;
  updatedById: string | null;
};

type DesignRow = Omit<Design, never>;
const columns = `d.form_id as "formId", f.code, d.definition, d.version, d.base_version_id as "baseVersionId", d.updated_at as "updatedAt",
  d.updated_by as "updatedBy", d.updated_by_id as "updatedById"`;

const findSql = statement(
  'forms.find_design',
  `select ${columns} from forms.design d join forms.form f on f.id = d.form_id where f.code = $1`,
);
export async function findDesign(reader: Reader, code: string): Promise<Design | undefined> {
  return (await reader.run<DesignRow>(findSql, [code]))[0];
}

const insertSql = statement(
  'forms.insert_design',
  `insert into forms.design (form_id, definition, base_version_id, created_at, updated_at, updated_by, updated_by_id)
   values ($1, $2, $3, $4, $4, $5, $6) on conflict (form_id) do nothing`,
);
/** Begins a working copy; false when there is one already. */
export async function insertDesign(
  tx: Tx,
  design: Pick<Design, 'formId' | 'definition' | 'baseVersionId'>,
): Promise<boolean> {
  const before = await tx.run(countSql, [design.formId]);
  if (before.length > 0) return false;
  const { label, id } = tx.actor;
  await tx.run(insertSql, [
    design.formId,
    JSON.stringify(design.definition),
    design.baseVersionId,
    tx.now,
    label,
    id ?? null,
  ]);
  return true;
}
const countSql = statement('forms.design_exists', 'select 1 from forms.design where form_id = $1');

const updateSql = statement(
  'forms.update_design',
  `update forms.design d set definition = $3, version = d.version + 1, updated_at = $4, updated_by = $5, updated_by_id = $6
   from forms.form f where f.id = d.form_id and f.code = $1 and d.version = $2 returning ${columns}`,
);
/** Writes when the version is still the expected one; undefined otherwise. */
export async function updateDesign(
  tx: Tx,
  code: string,
  expectedVersion: number,
  definition: FormDefinition,
): Promise<Design | undefined> {
  const { label, id } = tx.actor;
  const [row] = await tx.run<DesignRow>(updateSql, [
    code,
    expectedVersion,
    JSON.stringify(definition),
    tx.now,
    label,
    id ?? null,
  ]);
  return row;
}

const deleteSql = statement(
  'forms.delete_design',
  `delete from forms.design d using forms.form f where f.id = d.form_id and f.code = $1 and d.version = $2 returning d.form_id`,
);
export async function deleteDesign(tx: Tx, code: string, expectedVersion: number): Promise<boolean> {
  return (await tx.run(deleteSql, [code, expectedVersion])).length > 0;
}

const deleteFormSql = statement(
  'forms.delete_unpublished_form',
  `delete from forms.form f where f.code = $1 and not exists (select from forms.form_version v where v.form_id = f.id)`,
);
/** A form that was never published goes with its working copy. */
export async function deleteUnpublishedForm(tx: Tx, code: string): Promise<void> {
  await tx.run(deleteFormSql, [code]);
}

/** A form in the list of officials. */
export type ListedForm = {
  code: string;
  titleVi: string;
  titleEn: string;
  /** Highest version in force or to come; null for one that was never published. */
  version: number | null;
  validFrom: string | null;
  validTo: string | null;
  versions: number;
  designedAt: Date | null;
  designedBy: string | null;
  changedAt: Date;
};
export const formStates = ['in-force', 'coming', 'ended', 'draft', 'changing'] as const;
export type FormState = (typeof formStates)[number];

const listSql = statement(
  'forms.list_forms',
  `with listed as (
     select f.code, f.title_vi, f.title_en, f.search_text, n.version, n.valid_from, n.valid_to, coalesce(n.versions, 0) as versions,
       n.in_force, n.coming, d.updated_at as designed_at, d.updated_by as designed_by,
       greatest(f.created_at, n.published_at, d.updated_at) as changed_at
     from forms.form f
     left join forms.design d on d.form_id = f.id
     left join lateral (
       select count(*)::int as versions, max(v.version) as version, max(v.published_at) as published_at,
         (array_agg(v.valid_from order by v.version desc))[1] as valid_from,
         (array_agg(v.valid_to order by v.version desc))[1] as valid_to,
         bool_or(v.status = 'published' and v.valid_from <= $1 and (v.valid_to is null or v.valid_to >= $1)) as in_force,
         bool_or(v.status = 'published' and v.valid_from > $1) as coming
       from forms.form_version v where v.form_id = f.id having count(*) > 0
     ) n on true
   )
   select code, title_vi as "titleVi", title_en as "titleEn", version, valid_from as "validFrom", valid_to as "validTo", versions,
     designed_at as "designedAt", designed_by as "designedBy", changed_at as "changedAt"
   from listed
   where ($2::text is null or search_text like '%' || $2 || '%' or (search_text = '' and lower(title_vi) like '%' || $2 || '%'))
     and ($3::text is null
       or ($3 = 'in-force' and in_force) or ($3 = 'coming' and coming) or ($3 = 'draft' and versions = 0)
       or ($3 = 'changing' and versions > 0 and designed_at is not null)
       or ($3 = 'ended' and versions > 0 and not in_force and not coming))
     and ($4::text is null or ($5 = 'ten' and (title_vi, code) > ($4, $6)) or ($5 = '-sua' and (changed_at, code) < ($4::timestamptz, $6)))
   order by case when $5 = 'ten' then title_vi end, case when $5 = 'ten' then code end,
     case when $5 = '-sua' then changed_at end desc, case when $5 = '-sua' then code end desc
   limit $7`,
);
export type FormSort = 'ten' | '-sua';
export type FormFilter = { text: string | null; state: FormState | null };

/** Forms by title or by last change, after a cursor of `[value, code]`. */
export async function listForms(
  reader: Reader,
  today: string,
  filter: FormFilter,
  sort: FormSort,
  after: readonly [value: string, code: string] | null,
  limit: number,
): Promise<ListedForm[]> {
  return reader.run<ListedForm>(listSql, [
    today,
    filter.text === null ? null : filter.text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`),
    filter.state,
    after?.[0] ?? null,
    sort,
    after?.[1] ?? null,
    limit,
  ]);
}

export type SavedGroup = { id: string; titleVi: string; titleEn: string; content: Group; createdBy: string };
const groupsSql = statement(
  'forms.list_saved_groups',
  `select id, title_vi as "titleVi", title_en as "titleEn", content, created_by as "createdBy" from forms.saved_group order by title_vi limit 200`,
);
export const listSavedGroups = (reader: Reader): Promise<SavedGroup[]> => reader.run<SavedGroup>(groupsSql);

const insertGroupSql = statement(
  'forms.insert_saved_group',
  `insert into forms.saved_group (id, title_vi, title_en, content, created_at, created_by) values ($1, $2, $3, $4, $5, $6)
   on conflict on constraint saved_group_title_key do update set title_en = excluded.title_en, content = excluded.content,
     created_at = excluded.created_at, created_by = excluded.created_by`,
);
/** Keeps a group under its Vietnamese title; one of the same title is replaced. */
export async function putSavedGroup(tx: Tx, group: Omit<SavedGroup, 'createdBy'>): Promise<void> {
  await tx.run(insertGroupSql, [
    group.id,
    group.titleVi,
    group.titleEn,
    JSON.stringify(group.content),
    tx.now,
    tx.actor.label,
  ]);
}

const deleteGroupSql = statement(
  'forms.delete_saved_group',
  'delete from forms.saved_group where id = $1 returning id',
);
export const deleteSavedGroup = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.run(deleteGroupSql, [id])).length > 0;
