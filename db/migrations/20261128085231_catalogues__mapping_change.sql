-- A sheet of pairs of codes: checked, proposed, decided by somebody else; kept as the history of the mapping.
create table catalogues.mapping_change (
  id uuid not null,
  number bigint generated always as identity,
  from_catalogue_id uuid not null,
  to_catalogue_id uuid not null,
  file_name text not null,
  is_whole boolean not null,
  rows jsonb not null,
  valid_count integer not null,
  invalid_count integer not null,
  state text not null,
  reason text,
  -- What was changed when it was approved.
  changes jsonb,
  unit_id uuid,
  proposed_by_id text not null,
  proposed_by text not null,
  made_at timestamptz not null,
  proposed_at timestamptz,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  constraint mapping_change_pkey primary key (id),
  constraint mapping_change_number_key unique (number),
  constraint mapping_change_from_catalogue_id_fkey foreign key (from_catalogue_id) references catalogues.catalogue (id),
  constraint mapping_change_to_catalogue_id_fkey foreign key (to_catalogue_id) references catalogues.catalogue (id),
  constraint mapping_change_state_check check (state in ('checked', 'waiting', 'approved', 'refused', 'withdrawn', 'discarded')),
  constraint mapping_change_file_name_check check (length(file_name) between 1 and 255),
  constraint mapping_change_reason_check check (length(reason) <= 2000 and length(decision_reason) <= 2000),
  constraint mapping_change_proposed_check check (state not in ('waiting', 'approved', 'refused') or reason is not null)
);
create index mapping_change_list_idx on catalogues.mapping_change (from_catalogue_id, to_catalogue_id, number desc);
create index mapping_change_to_catalogue_id_idx on catalogues.mapping_change (to_catalogue_id);
create index mapping_change_waiting_idx on catalogues.mapping_change (number desc) where state = 'waiting';
