-- Shared catalogues: code lists in whole versions, proposals for them, imports under review, and mappings between lists.
create schema catalogues;

create table catalogues.catalogue (
  id uuid not null,
  code text not null,
  name_vi text not null,
  name_en text not null,
  description_vi text not null default '',
  description_en text not null default '',
  scope text not null,
  owner text not null,
  legal_basis text not null,
  partner_code text,
  is_unsure boolean not null default false,
  unsure_note text,
  attributes jsonb not null default '[]',
  shipped_digest text,
  row_version int not null default 1,
  created_at timestamptz not null,
  constraint catalogue_pkey primary key (id),
  constraint catalogue_code_key unique (code),
  constraint catalogue_code_check check (code ~ '^[a-z0-9][a-z0-9.-]{0,79}$'),
  constraint catalogue_name_check check (length(name_vi) between 1 and 300 and length(name_en) between 1 and 300),
  constraint catalogue_scope_check check (scope in ('national', 'province', 'sector')),
  constraint catalogue_attributes_check check (jsonb_typeof(attributes) = 'array')
);

create table catalogues.version (
  id uuid not null,
  catalogue_id uuid not null,
  number int not null,
  state text not null,
  valid_from date,
  decision text,
  note text,
  item_count int not null default 0,
  row_version int not null default 1,
  made_at timestamptz not null,
  made_by text not null,
  published_at timestamptz,
  published_by text,
  constraint version_pkey primary key (id),
  constraint version_catalogue_id_fkey foreign key (catalogue_id) references catalogues.catalogue (id),
  constraint version_number_key unique (catalogue_id, number),
  constraint version_state_check check (state in ('draft', 'published')),
  constraint version_published_check check ((state = 'published') = (valid_from is not null and published_at is not null and published_by is not null))
);
create unique index version_start_key on catalogues.version (catalogue_id, valid_from) where state = 'published';
create unique index version_draft_key on catalogues.version (catalogue_id) where state = 'draft';

create table catalogues.item (
  version_id uuid not null,
  code text not null,
  position int not null,
  name_vi text not null,
  name_en text,
  parent_code text,
  valid_from date,
  valid_to date,
  replaced_by text,
  attributes jsonb not null default '{}',
  is_unsure boolean not null default false,
  constraint item_pkey primary key (version_id, code),
  constraint item_version_id_fkey foreign key (version_id) references catalogues.version (id) on delete cascade,
  constraint item_code_check check (code ~ '^[A-Za-z0-9._-]{1,60}$'),
  constraint item_name_check check (length(name_vi) between 1 and 500 and length(name_en) between 1 and 500),
  constraint item_period_check check (valid_from is null or valid_to is null or valid_from <= valid_to)
);
create index item_order_idx on catalogues.item (version_id, position, code);

create sequence catalogues.proposal_number;
create table catalogues.proposal (
  id uuid not null,
  number bigint not null default nextval('catalogues.proposal_number'),
  catalogue_id uuid not null,
  kind text not null,
  item_code text not null,
  content jsonb not null,
  reason text not null,
  state text not null,
  unit_id uuid,
  proposed_by_id text not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  decision_reason text,
  decided_by text,
  decided_at timestamptz,
  version_id uuid,
  row_version int not null default 1,
  constraint proposal_pkey primary key (id),
  constraint proposal_number_key unique (number),
  constraint proposal_catalogue_id_fkey foreign key (catalogue_id) references catalogues.catalogue (id),
  constraint proposal_version_id_fkey foreign key (version_id) references catalogues.version (id) on delete set null,
  constraint proposal_unit_id_fkey foreign key (unit_id) references organisations.unit (id),
  constraint proposal_kind_check check (kind in ('add', 'change', 'end')),
  constraint proposal_state_check check (state in ('waiting', 'approved', 'refused', 'withdrawn')),
  constraint proposal_reason_check check (length(reason) between 1 and 2000),
  constraint proposal_decided_check check ((state = 'waiting') = (decided_at is null))
);
create index proposal_catalogue_idx on catalogues.proposal (catalogue_id, number desc);
create index proposal_state_idx on catalogues.proposal (state, number desc);
create index proposal_unit_idx on catalogues.proposal (unit_id, number desc);
create index proposal_version_id_idx on catalogues.proposal (version_id) where version_id is not null;

create table catalogues.sheet_import (
  id uuid not null,
  catalogue_id uuid not null,
  file_name text not null,
  state text not null,
  is_whole boolean not null,
  rows jsonb not null,
  valid_count int not null,
  invalid_count int not null,
  created_by_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  constraint sheet_import_pkey primary key (id),
  constraint sheet_import_catalogue_id_fkey foreign key (catalogue_id) references catalogues.catalogue (id),
  constraint sheet_import_state_check check (state in ('checked', 'applied', 'discarded')),
  constraint sheet_import_finished_check check ((state = 'checked') = (finished_at is null))
);
create index sheet_import_catalogue_id_idx on catalogues.sheet_import (catalogue_id, created_at desc);

create table catalogues.mapping (
  id uuid not null,
  from_catalogue_id uuid not null,
  to_catalogue_id uuid not null,
  from_code text not null,
  to_code text not null,
  valid_from date,
  valid_to date,
  note text,
  source text not null,
  constraint mapping_pkey primary key (id),
  constraint mapping_from_catalogue_id_fkey foreign key (from_catalogue_id) references catalogues.catalogue (id),
  constraint mapping_to_catalogue_id_fkey foreign key (to_catalogue_id) references catalogues.catalogue (id),
  constraint mapping_period_check check (valid_from is null or valid_to is null or valid_from <= valid_to)
);
create unique index mapping_pair_key on catalogues.mapping (from_catalogue_id, to_catalogue_id, from_code, to_code, coalesce(valid_from, date '0001-01-01'));
create index mapping_to_idx on catalogues.mapping (to_catalogue_id, to_code);
