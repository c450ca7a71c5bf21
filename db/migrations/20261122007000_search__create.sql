-- Vietnamese full text. The program folds and splits the words (search/words.ts), so that query and index agree to the letter:
-- lexemes are syllables ("khai", "sinh") and pairs of neighbours ("khai_sinh"). A syllable is common, a pair is rare: the
-- pairs find a phrase from the index alone.
create schema search;

create table search.document (
  id bigint generated always as identity,
  kind text not null,
  ref_id text not null,
  locale text not null,
  title text not null,
  -- Shown and quoted in results.
  body text not null,
  -- Folded title and other names, one per line, for ranking.
  title_line text not null,
  title_terms tsvector not null,
  body_terms tsvector not null,
  codes text[] not null,
  facets text[] not null,
  visible_to text[] not null,
  boost real not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint document_pkey primary key (id),
  constraint document_ref_key unique (kind, ref_id, locale),
  constraint document_locale_check check (locale in ('vi', 'en'))
);
create index document_title_terms_idx on search.document using gin (title_terms) with (fastupdate = off);
create index document_body_terms_idx on search.document using gin (body_terms) with (fastupdate = off);
create index document_codes_idx on search.document using gin (codes) with (fastupdate = off);

-- The words of all titles and texts, with the number of documents that hold them: what typing errors are held against.
create table search.term (
  term text not null,
  documents int not null,
  constraint term_pkey primary key (term)
);

create table search.dictionary (
  id boolean not null default true,
  version bigint not null,
  built_at timestamptz not null,
  constraint dictionary_pkey primary key (id),
  constraint dictionary_id_check check (id)
);
