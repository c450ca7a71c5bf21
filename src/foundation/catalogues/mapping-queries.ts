import { statement, type Reader, type Tx } from '../../platform/database.ts';

/** One code of a list stands for one or several of another, from a day to a day. */
export interface MappingEntry {
  id: string;
  fromCode: string;
  toCode: string;
  validFrom: string | null;
  validTo: string | null;
  note: string | null;
  source: string;
}

const list = statement(
  'catalogues.list_mapping',
  `select id, from_code as "fromCode", to_code as "toCode", valid_from as "validFrom", valid_to as "validTo", note, source from catalogues.mapping
   where from_catalogue_id = $1 and to_catalogue_id = $2
     and ($3::date is null or ((valid_from is null or valid_from <= $3) and (valid_to is null or valid_to >= $3)))
     and ($4::text is null or from_code = $4) and ($5::text is null or to_code = $5) and ($6::text is null or (from_code, to_code, id::text) > ($6, $7, $8))
   order by from_code, to_code, id limit $9`,
);
/** Entries of a mapping in the order of their codes; `on`: only those that hold on the day. */
export const listMapping = (
  reader: Reader,
  fromId: string,
  toId: string,
  filter: {
    on: string | null;
    from?: string | null;
    to?: string | null;
    after?: { from: string; to: string; id: string } | null;
    limit: number;
  },
): Promise<MappingEntry[]> =>
  reader.run(list, [
    fromId,
    toId,
    filter.on,
    filter.from ?? null,
    filter.to ?? null,
    filter.after?.from ?? null,
    filter.after?.to ?? null,
    filter.after?.id ?? null,
    filter.limit,
  ]);

const targets = statement(
  'catalogues.mappings_of',
  `select c.code, c.name_vi as "nameVi", c.name_en as "nameEn", count(*)::int as entries from catalogues.mapping m
   join catalogues.catalogue c on c.id = m.to_catalogue_id where m.from_catalogue_id = $1 group by c.id order by c.code limit 100`,
);
/** Lists into which a list is mapped, and by how many entries. */
export const mappingsOf = (
  reader: Reader,
  catalogueId: string,
): Promise<{ code: string; nameVi: string; nameEn: string; entries: number }[]> => reader.run(targets, [catalogueId]);

const insert = statement(
  'catalogues.insert_mapping',
  `insert into catalogues.mapping (id, from_catalogue_id, to_catalogue_id, from_code, to_code, valid_from, valid_to, note, source)
   select id, $1, $2, "fromCode", "toCode", "validFrom", "validTo", note, source
   from jsonb_to_recordset($3::jsonb) as n (id uuid, "fromCode" text, "toCode" text, "validFrom" date, "validTo" date, note text, source text)`,
);
/** @throws Problem `mapping-there` when two codes are mapped from the same day already */
export async function insertMapping(
  tx: Tx,
  fromId: string,
  toId: string,
  entries: readonly MappingEntry[],
): Promise<void> {
  await tx.run(insert, [fromId, toId, JSON.stringify(entries)]);
}

const end = statement(
  'catalogues.end_mapping',
  `update catalogues.mapping set valid_to = $3 where id = $1 and from_catalogue_id = $2 and valid_to is null returning id`,
);
/** Gives an entry its last day; false when it has one, or belongs to another list. */
export const endMapping = async (tx: Tx, id: string, fromId: string, lastDay: string): Promise<boolean> =>
  (await tx.run(end, [id, fromId, lastDay])).length === 1;
const forget = statement(
  'catalogues.delete_shipped_mapping',
  `delete from catalogues.mapping where from_catalogue_id = $1 and to_catalogue_id = $2 and source = $3`,
);
/** Forgets the entries of one source, which is about to bring them anew. */
export async function deleteMapping(tx: Tx, fromId: string, toId: string, source: string): Promise<void> {
  await tx.run(forget, [fromId, toId, source]);
}
