import { statement, type Reader, type Tx } from '../../../platform/database.ts';

/** A text of law that procedures rest on, as the province keeps it. */
export interface LegalDocument {
  number: string;
  titleVi: string;
  titleEn: string | null;
  issuedOn: string | null;
  link: string | null;
  /** First day on which it holds no longer. */
  lostForceOn: string | null;
  /** Number of the text that takes its place. */
  replacedBy: string | null;
  note: string | null;
  updatedAt: Date;
  updatedBy: string;
  rowVersion: number;
}

const COLUMNS = `d.number, d.title_vi as "titleVi", d.title_en as "titleEn", d.issued_on as "issuedOn", d.link, d.lost_force_on as "lostForceOn",
  d.replaced_by as "replacedBy", d.note, d.updated_at as "updatedAt", d.updated_by as "updatedBy", d.row_version as "rowVersion"`;

const lost = statement(
  'procedures.list_lost_force',
  `select ${COLUMNS} from procedures.legal_document d where d.number = any($1::text[]) and d.lost_force_on <= $2::date`,
);
/** Which of these texts hold no longer on a day, by number. */
export const listLostForce = async (
  reader: Reader,
  numbers: readonly string[],
  onDate: string,
): Promise<Map<string, LegalDocument>> =>
  numbers.length === 0
    ? new Map()
    : new Map((await reader.run<LegalDocument>(lost, [numbers, onDate])).map((row) => [row.number, row]));

const list = statement(
  'procedures.list_legal_documents',
  `select ${COLUMNS}, (select count(distinct v.procedure_id)::int from procedures.procedure_version v where v.status = 'published'
       and v.content -> 'legalBases' @> jsonb_build_array(jsonb_build_object('number', d.number))
       and v.valid_from <= $4::date and (v.valid_to is null or v.valid_to >= $4::date)) as procedures
   from procedures.legal_document d
   where ($1::text is null or platform.fold(d.number || ' ' || d.title_vi) like '%' || platform.fold($1) || '%')
     and ($2::text is null or ($2 = 'het') = (d.lost_force_on is not null and d.lost_force_on <= $4::date))
     and ($3::text is null or d.number > $3)
   order by d.number limit $5`,
);
export type ListedDocument = LegalDocument & { procedures: number };
/** Texts by number, with how many procedures in force on the day cite each. */
export const listDocuments = (
  reader: Reader,
  filter: { text: string | null; force: 'con' | 'het' | null; onDate: string },
  after: string | null,
  limit: number,
): Promise<ListedDocument[]> =>
  reader.run(list, [
    filter.text?.replaceAll(/[\\%_]/g, String.raw`\$&`) ?? null,
    filter.force,
    after,
    filter.onDate,
    limit,
  ]);

const one = statement(
  'procedures.find_legal_document',
  `select ${COLUMNS} from procedures.legal_document d where d.number = $1`,
);
export const findDocument = async (reader: Reader, number: string): Promise<LegalDocument | undefined> =>
  (await reader.run<LegalDocument>(one, [number]))[0];

const put = statement(
  'procedures.upsert_legal_document',
  `insert into procedures.legal_document as d (number, title_vi, title_en, issued_on, link, lost_force_on, replaced_by, note, updated_at, updated_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
   on conflict (number) do update set title_vi = excluded.title_vi, title_en = excluded.title_en, issued_on = excluded.issued_on,
     link = excluded.link, lost_force_on = excluded.lost_force_on, replaced_by = excluded.replaced_by, note = excluded.note,
     updated_at = excluded.updated_at, updated_by = excluded.updated_by, row_version = d.row_version + 1`,
);
export type DocumentFacts = Omit<LegalDocument, 'updatedAt' | 'updatedBy' | 'rowVersion'>;
/** Writes a text under its number. */
export async function putDocument(tx: Tx, d: DocumentFacts): Promise<void> {
  await tx.run(put, [
    d.number,
    d.titleVi,
    d.titleEn,
    d.issuedOn,
    d.link,
    d.lostForceOn,
    d.replacedBy,
    d.note,
    tx.now,
    tx.actor.label,
  ]);
}

const learn = statement(
  'procedures.learn_legal_documents',
  `insert into procedures.legal_document (number, title_vi, title_en, issued_on, link, updated_at, updated_by)
   select distinct on (n.number) n.number, coalesce(n.title_vi, n.number), n.title_en, n.issued_on, n.link, $2, $3
   from jsonb_to_recordset($1::jsonb) as n (number text, title_vi text, title_en text, issued_on date, link text)
   where length(n.number) between 1 and 60 order by n.number on conflict (number) do nothing`,
);
/** Takes texts that a published procedure cites into the register; known ones stay as they are. */
export async function learnDocuments(
  tx: Tx,
  bases: readonly {
    number: string;
    title: { vi: string; en?: string | undefined } | null;
    date?: string | undefined;
    link?: string | undefined;
  }[],
): Promise<void> {
  if (bases.length === 0) return;
  const rows = bases.map((basis) => ({
    number: basis.number,
    title_vi: basis.title?.vi ?? null,
    title_en: basis.title?.en ?? null,
    issued_on: basis.date ?? null,
    link: basis.link ?? null,
  }));
  await tx.run(learn, [JSON.stringify(rows), tx.now, tx.actor.label]);
}
