import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Item } from './catalogue.ts';

export interface Version {
  id: string;
  catalogueId: string;
  number: number;
  state: 'draft' | 'published';
  validFrom: string | null;
  decision: string | null;
  note: string | null;
  itemCount: number;
  rowVersion: number;
  madeAt: Date;
  madeBy: string;
  publishedAt: Date | null;
  publishedBy: string | null;
}

const VERSION = `id, catalogue_id as "catalogueId", number, state, valid_from as "validFrom", decision, note, item_count as "itemCount",
  row_version as "rowVersion", made_at as "madeAt", made_by as "madeBy", published_at as "publishedAt", published_by as "publishedBy"`;
const ITEM = `code, position, name_vi as "nameVi", name_en as "nameEn", parent_code as "parentCode", valid_from as "validFrom", valid_to as "validTo",
  replaced_by as "replacedBy", attributes, is_unsure as "isUnsure"`;

const all = statement(
  'catalogues.list_versions',
  `select ${VERSION} from catalogues.version where catalogue_id = $1 order by number desc limit 200`,
);
const inForce = statement(
  'catalogues.version_on',
  `select ${VERSION} from catalogues.version where catalogue_id = $1 and state = 'published' and valid_from <= $2 order by valid_from desc limit 1`,
);
const draft = statement(
  'catalogues.find_draft',
  `select ${VERSION} from catalogues.version where catalogue_id = $1 and state = 'draft'`,
);
const draftLocked = statement('catalogues.lock_draft', `${draft.text} for update`);
/** Versions of a catalogue, the newest first, a draft among them. */
export const listVersions = (reader: Reader, catalogueId: string): Promise<Version[]> => reader.run(all, [catalogueId]);
/** The version in force on a day. */
export const versionOn = async (reader: Reader, catalogueId: string, on: string): Promise<Version | undefined> =>
  (await reader.run<Version>(inForce, [catalogueId, on]))[0];
export const findDraft = async (reader: Reader, catalogueId: string): Promise<Version | undefined> =>
  (await reader.run<Version>(draft, [catalogueId]))[0];
/** The draft, kept from others until the transaction ends. */
export const lockDraft = async (tx: Tx, catalogueId: string): Promise<Version | undefined> =>
  (await tx.run<Version>(draftLocked, [catalogueId]))[0];

const whole = statement(
  'catalogues.items_of_version',
  `select ${ITEM} from catalogues.item where version_id = $1 order by position, code`,
);
/** Every item of a version, in order; at most `MAX_ITEMS`. */
export const itemsOf = (reader: Reader, versionId: string): Promise<Item[]> => reader.run(whole, [versionId]);

const page = statement(
  'catalogues.page_of_items',
  `select ${ITEM} from catalogues.item
   where version_id = $1 and ($2::date is null or ((valid_from is null or valid_from <= $2) and (valid_to is null or valid_to >= $2)))
     and ($3::text is null or platform.fold(code || ' ' || name_vi || ' ' || coalesce(name_en, '') || ' ' || attributes::text) like '%' || platform.fold($3) || '%')
     and ($4::text is null or parent_code = $4) and ($5::int is null or (position, code) > ($5, $6)) order by position, code limit $7`,
);
export interface ItemFilter {
  /** Only what may be chosen on this day; null: ended and future ones too. */
  on: string | null;
  text?: string | null;
  parent?: string | null;
  after?: { position: number; code: string } | null;
  limit: number;
}
/** Items of a version, a page at a time. */
export const pageOfItems = (reader: Reader, versionId: string, filter: ItemFilter): Promise<Item[]> =>
  reader.run(page, [
    versionId,
    filter.on,
    filter.text ? filter.text.replaceAll(/[\\%_]/g, String.raw`\$&`) : null,
    filter.parent ?? null,
    filter.after?.position ?? null,
    filter.after?.code ?? null,
    filter.limit,
  ]);

const single = statement(
  'catalogues.find_item',
  `select ${ITEM} from catalogues.item where version_id = $1 and code = $2`,
);
export const findItem = async (reader: Reader, versionId: string, code: string): Promise<Item | undefined> =>
  (await reader.run<Item>(single, [versionId, code]))[0];

const published = statement(
  'catalogues.published_of_codes',
  `select c.code, v.id, v.valid_from as "validFrom" from catalogues.catalogue c join catalogues.version v on v.catalogue_id = c.id and v.state = 'published'
   where c.code = any($1) order by c.code, v.valid_from desc`,
);
const itemsOfMany = statement(
  'catalogues.items_of_versions',
  `select version_id as "versionId", ${ITEM} from catalogues.item where version_id = any($1) order by version_id, position, code`,
);
/** Published versions of catalogues by code, the newest first. */
export const publishedOf = (
  reader: Reader,
  codes: readonly string[],
): Promise<{ code: string; id: string; validFrom: string }[]> => reader.run(published, [codes]);
export const itemsOfVersions = (reader: Reader, ids: readonly string[]): Promise<(Item & { versionId: string })[]> =>
  reader.run(itemsOfMany, [ids]);

const insert = statement(
  'catalogues.insert_version',
  `insert into catalogues.version (id, catalogue_id, number, state, made_at, made_by)
   select $1, $2, coalesce(max(number), 0) + 1, 'draft', $3, $4 from catalogues.version where catalogue_id = $2 returning number`,
);
/** Opens an empty draft. @throws Problem `draft-there` */
export const insertDraft = async (tx: Tx, id: string, catalogueId: string): Promise<number> =>
  (await tx.run<{ number: number }>(insert, [id, catalogueId, tx.now, tx.actor.label]))[0]!.number;

const replace = statement(
  'catalogues.replace_items',
  `with gone as (delete from catalogues.item i where i.version_id = $1 and not exists (select from jsonb_to_recordset($2::jsonb) as n (code text) where n.code = i.code)),
   counted as (update catalogues.version set item_count = jsonb_array_length($2::jsonb), row_version = row_version + 1 where id = $1)
   insert into catalogues.item (version_id, code, position, name_vi, name_en, parent_code, valid_from, valid_to, replaced_by, attributes, is_unsure)
   select $1, code, position, "nameVi", "nameEn", "parentCode", "validFrom", "validTo", "replacedBy", attributes, "isUnsure"
   from jsonb_to_recordset($2::jsonb) as n (code text, position int, "nameVi" text, "nameEn" text, "parentCode" text, "validFrom" date, "validTo" date,
     "replacedBy" text, attributes jsonb, "isUnsure" boolean)
   on conflict (version_id, code) do update set position = excluded.position, name_vi = excluded.name_vi, name_en = excluded.name_en,
     parent_code = excluded.parent_code, valid_from = excluded.valid_from, valid_to = excluded.valid_to, replaced_by = excluded.replaced_by,
     attributes = excluded.attributes, is_unsure = excluded.is_unsure`,
);
/** Makes the items of a draft exactly these. */
export async function replaceItems(tx: Tx, versionId: string, items: readonly Item[]): Promise<void> {
  await tx.run(replace, [versionId, JSON.stringify(items)]);
}

const publishOne = statement(
  'catalogues.publish_version',
  `update catalogues.version set state = 'published', valid_from = $2, decision = $3, note = $4, published_at = $5, published_by = $6,
     row_version = row_version + 1 where id = $1 and state = 'draft' and row_version = $7 returning id`,
);
/** False when the draft is not the one that was seen. @throws Problem `same-start` */
export const publishDraft = async (
  tx: Tx,
  version: { id: string; rowVersion: number },
  facts: { validFrom: string; decision: string | null; note: string | null },
): Promise<boolean> =>
  (
    await tx.run(publishOne, [
      version.id,
      facts.validFrom,
      facts.decision,
      facts.note,
      tx.now,
      tx.actor.label,
      version.rowVersion,
    ])
  ).length === 1;

const drop = statement(
  'catalogues.delete_draft',
  `delete from catalogues.version where id = $1 and state = 'draft' and row_version = $2 returning id`,
);
export const deleteDraft = async (tx: Tx, version: { id: string; rowVersion: number }): Promise<boolean> =>
  (await tx.run(drop, [version.id, version.rowVersion])).length === 1;
