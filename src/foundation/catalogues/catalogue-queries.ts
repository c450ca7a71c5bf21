import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { CatalogueFacts } from './catalogue.ts';

export interface Catalogue extends CatalogueFacts {
  id: string;
  rowVersion: number;
  /** Digest of the province's file that was last taken over; null for a list made on the pages. */
  shippedDigest: string | null;
}
/** A catalogue as lists show it, with the version in force on a day. */
export interface ListedCatalogue extends Catalogue {
  number: number | null;
  validFrom: string | null;
  itemCount: number;
  hasDraft: boolean;
  waiting: number;
}

const FACTS = `c.id, c.code, c.name_vi as "nameVi", c.name_en as "nameEn", c.description_vi as "descriptionVi", c.description_en as "descriptionEn",
  c.scope, c.owner, c.legal_basis as "legalBasis", c.partner_code as "partnerCode", c.is_unsure as "isUnsure", c.unsure_note as "unsureNote",
  c.attributes, c.shipped_digest as "shippedDigest", c.row_version as "rowVersion"`;

const one = statement('catalogues.find', `select ${FACTS} from catalogues.catalogue c where c.code = $1`);
export const findCatalogue = async (reader: Reader, code: string): Promise<Catalogue | undefined> =>
  (await reader.run<Catalogue>(one, [code]))[0];

const list = statement(
  'catalogues.list',
  `select ${FACTS}, v.number, v.valid_from as "validFrom", coalesce(v.item_count, 0) as "itemCount",
     exists (select from catalogues.version d where d.catalogue_id = c.id and d.state = 'draft') as "hasDraft",
     (select count(*)::int from catalogues.proposal p where p.catalogue_id = c.id and p.state = 'waiting') as waiting
   from catalogues.catalogue c
   left join lateral (select number, valid_from, item_count from catalogues.version v
     where v.catalogue_id = c.id and v.state = 'published' and v.valid_from <= $1 order by v.valid_from desc limit 1) v on true
   where ($2::text is null or platform.fold(c.name_vi || ' ' || c.name_en || ' ' || c.code || ' ' || coalesce(c.partner_code, '')) like '%' || platform.fold($2) || '%')
     and ($3::text is null or c.scope = $3) and ($4::text is null or c.code > $4) and (not $5 or v.number is not null)
   order by c.code limit $6`,
);

export interface CatalogueFilter {
  on: string;
  text?: string | null;
  scope?: string | null;
  after?: string | null;
  limit: number;
  /** Only lists with a version in force on the day. */
  isInForce?: boolean;
}

/** Letters that mean something in LIKE stand for themselves. */
const plain = (text: string | null | undefined): string | null =>
  text ? text.replaceAll(/[\\%_]/g, String.raw`\$&`) : null;

/** Catalogues in the order of their codes, a page at a time (`after`: the last code seen). */
export const listCatalogues = (reader: Reader, filter: CatalogueFilter): Promise<ListedCatalogue[]> =>
  reader.run(list, [
    filter.on,
    plain(filter.text),
    filter.scope ?? null,
    filter.after ?? null,
    filter.isInForce ?? false,
    filter.limit,
  ]);

const insert = statement(
  'catalogues.insert',
  `insert into catalogues.catalogue (id, code, name_vi, name_en, description_vi, description_en, scope, owner, legal_basis, partner_code, is_unsure,
     unsure_note, attributes, shipped_digest, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::jsonb, $14, $15)`,
);
const update = statement(
  'catalogues.update',
  `update catalogues.catalogue set name_vi = $2, name_en = $3, description_vi = $4, description_en = $5, scope = $6, owner = $7, legal_basis = $8,
     partner_code = $9, is_unsure = $10, unsure_note = $11, attributes = $12::jsonb, row_version = row_version + 1
   where id = $1 and row_version = $13 returning id`,
);
const mark = statement('catalogues.mark_shipped', `update catalogues.catalogue set shipped_digest = $2 where id = $1`);

const values = (facts: CatalogueFacts) => [
  facts.nameVi,
  facts.nameEn,
  facts.descriptionVi,
  facts.descriptionEn,
  facts.scope,
  facts.owner,
  facts.legalBasis,
  facts.partnerCode,
  facts.isUnsure,
  facts.unsureNote,
  JSON.stringify(facts.attributes),
];

/** @throws Problem `code-taken` */
export async function insertCatalogue(tx: Tx, id: string, facts: CatalogueFacts, digest: string | null): Promise<void> {
  await tx.run(insert, [id, facts.code, ...values(facts), digest, tx.now]);
}
/** False when somebody else changed it since `rowVersion`. */
export const updateCatalogue = async (
  tx: Tx,
  id: string,
  facts: CatalogueFacts,
  rowVersion: number,
): Promise<boolean> => (await tx.run(update, [id, ...values(facts), rowVersion])).length === 1;
export async function markShipped(tx: Tx, id: string, digest: string): Promise<void> {
  await tx.run(mark, [id, digest]);
}
