-- Searches and lists of procedures that a person keeps under a name, and wants to hear of when a procedure in them changes.
create table portal.saved_search (
  id uuid not null,
  account_id uuid not null,
  name text not null,
  -- `search` opens the search, `list` the catalogue; the query string in its own order, without a page.
  place text not null,
  query text not null,
  tells boolean not null,
  locale text not null,
  created_at timestamptz not null,
  told_at timestamptz,
  constraint saved_search_pkey primary key (id),
  constraint saved_search_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint saved_search_place_check check (place in ('search', 'list')),
  constraint saved_search_locale_check check (locale in ('vi', 'en')),
  constraint saved_search_name_check check (length(name) between 1 and 80),
  constraint saved_search_query_check check (length(query) <= 500)
);
create unique index saved_search_account_key on portal.saved_search (account_id, place, query);
-- The same question is asked once, however many people keep it.
create index saved_search_tells_idx on portal.saved_search (place, query, locale, id) where tells;

-- What waits for somebody's confirmation is looked up by the address that was invited.
create index signature_invited_to_idx on forms.signature (invited_to) where confirmed_at is null and invited_to is not null;
