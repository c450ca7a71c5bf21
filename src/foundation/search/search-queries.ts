import { statement, type Reader, type Tx } from '../../platform/database.ts';
import { dictionaryOf, type Dictionary } from './dictionary.ts';

/** What every search is held to: language, kinds, facets that all must be there, and what the reader may see. */
export interface SearchScope {
  locale: 'vi' | 'en';
  kinds: readonly string[] | null;
  facets: readonly string[];
  visibleTo: readonly string[];
}

export interface FoundRow {
  id: number;
  title: string;
  title_line: string;
  boost: number;
  nearness: number;
}

const WITHIN = `locale = $2 and ($3::text[] is null or kind = any($3)) and visible_to && $4::text[] and facets @> $5::text[]`;

const byTitle = statement(
  'search.find_by_title',
  `select id, title, title_line, boost, 0::real as nearness from search.document
   where title_terms @@ $1::tsquery and ${WITHIN} limit $6`,
);
// The candidates are capped before they are ranked: ranking every text that holds common syllables is what is slow.
const byText = statement(
  'search.find_by_text',
  `select id, title, title_line, boost, ts_rank_cd(body_terms, $7::tsquery, 1) as nearness
   from (select id, title, title_line, boost, body_terms from search.document
         where body_terms @@ $1::tsquery and ${WITHIN} limit $6) as candidate`,
);
const byCode = statement(
  'search.find_by_code',
  `select id, title, title_line, boost, 0::real as nearness from search.document
   where codes && $1::text[] and ${WITHIN} order by boost desc, title limit $6`,
);

const scopeValues = (scope: SearchScope) => [scope.locale, scope.kinds, scope.visibleTo, scope.facets];

/** Documents whose title or other names satisfy a query; at most `limit`, in no order. */
export const findByTitle = (reader: Reader, query: string, scope: SearchScope, limit: number): Promise<FoundRow[]> =>
  reader.run(byTitle, [query, ...scopeValues(scope), limit]);

/** Documents whose text satisfies `query`, at most `limit` of them, each with how near each other the words of `near` stand. */
export const findByText = (
  reader: Reader,
  query: string,
  near: string,
  scope: SearchScope,
  limit: number,
): Promise<FoundRow[]> => reader.run(byText, [query, ...scopeValues(scope), limit, near]);

/** Documents with one of the codes, exactly. */
export const findByCode = (
  reader: Reader,
  codes: readonly string[],
  scope: SearchScope,
  limit: number,
): Promise<FoundRow[]> => reader.run(byCode, [codes, ...scopeValues(scope), limit]);

export interface ShownRow {
  id: number;
  kind: string;
  ref_id: string;
  title: string;
  body: string;
  codes: string[];
  facets: string[];
}

const shown = statement(
  'search.list_shown',
  `select id, kind, ref_id, title, left(body, 6000) as body, codes, facets from search.document where id = any($1::bigint[])`,
);

/** What a result page shows of documents, by id. */
export const listShown = (reader: Reader, ids: readonly number[]): Promise<ShownRow[]> => reader.run(shown, [ids]);

export interface DocumentRow {
  kind: string;
  ref_id: string;
  locale: string;
  title: string;
  body: string;
  title_line: string;
  title_terms: string;
  body_terms: string;
  codes: string[];
  facets: string[];
  visible_to: string[];
  boost: number;
  version: number;
}

const upsert = statement(
  'search.upsert_documents',
  `insert into search.document (kind, ref_id, locale, title, body, title_line, title_terms, body_terms, codes, facets, visible_to,
     boost, updated_at, version)
   select d.kind, d.ref_id, d.locale, d.title, d.body, d.title_line, d.title_terms::tsvector, d.body_terms::tsvector,
     d.codes, d.facets, d.visible_to, d.boost, $2, d.version
   from jsonb_to_recordset($1::jsonb) as d (kind text, ref_id text, locale text, title text, body text, title_line text,
     title_terms text, body_terms text, codes text[], facets text[], visible_to text[], boost real, version bigint)
   on conflict (kind, ref_id, locale) do update set
     title = excluded.title, body = excluded.body, title_line = excluded.title_line, title_terms = excluded.title_terms,
     body_terms = excluded.body_terms, codes = excluded.codes, facets = excluded.facets, visible_to = excluded.visible_to,
     boost = excluded.boost, updated_at = excluded.updated_at, version = excluded.version
   where document.version <= excluded.version`,
);

/** Adds documents or replaces older versions of them. */
export async function upsertDocuments(tx: Tx, rows: readonly DocumentRow[]): Promise<void> {
  await tx.run(upsert, [JSON.stringify(rows), tx.now]);
}

const removal = statement(
  'search.delete_documents',
  `delete from search.document where kind = $1 and ref_id = any($2::text[])`,
);

/** Removes documents of a kind in every language. */
export async function deleteDocuments(tx: Tx, kind: string, refIds: readonly string[]): Promise<void> {
  await tx.run(removal, [kind, refIds]);
}

const COMMON_IN_TEXTS = 3; // a syllable of texts only: held by this many documents it is no typing error

/** Counts the words of all documents anew and raises the dictionary's version. */
export async function replaceTerms(tx: Tx): Promise<void> {
  await tx.raw(`set local statement_timeout = '10min'`);
  await tx.raw(`delete from search.term`);
  await tx.raw(
    `insert into search.term (term, documents)
     select word, ndoc from ts_stat('select title_terms from search.document') where length(word) <= 80`,
  );
  await tx.raw(
    `insert into search.term (term, documents)
     select word, ndoc from ts_stat('select body_terms from search.document')
     where ndoc >= ${COMMON_IN_TEXTS} and position('_' in word) = 0 and length(word) <= 40
     on conflict (term) do update set documents = greatest(term.documents, excluded.documents)`,
  );
  await tx.raw(
    `insert into search.dictionary (version, built_at) values (1, $1)
     on conflict (id) do update set version = dictionary.version + 1, built_at = excluded.built_at`,
    [tx.now],
  );
}

const version = statement('search.find_dictionary_version', `select version from search.dictionary`);

/** The version of the dictionary; 0 while there is none. */
export async function dictionaryVersion(reader: Reader): Promise<number> {
  const [row] = await reader.run<{ version: number }>(version);
  return row?.version ?? 0;
}

const MAX_TERMS = 400_000;

/** The whole dictionary; the rarest pairs are left out above 400,000 terms. */
export async function readDictionary(reader: Reader): Promise<Dictionary> {
  const rows = await reader.raw<{ term: string; documents: number }>(
    `select term, documents from search.term order by documents desc limit ${MAX_TERMS}`,
  );
  return dictionaryOf(rows);
}
