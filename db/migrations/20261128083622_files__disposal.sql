-- Times of keeping by class of files, counted from an event. The rules by owner (files.retention_rule), which erased by themselves, are ended:
-- nothing is erased any more without a list that a second person approved.
update files.retention_rule set valid_to = greatest(valid_from, current_date) where valid_to is null or valid_to > current_date;

create table files.keeping_rule (
  id uuid not null,
  class text not null,
  -- null: kept for good
  keep_days integer,
  basis text not null,
  is_sure boolean not null,
  valid_from date not null,
  valid_to date,
  created_at timestamptz not null,
  created_by text not null,
  constraint keeping_rule_pkey primary key (id),
  constraint keeping_rule_class_check check (length(class) between 1 and 60),
  constraint keeping_rule_days_check check (keep_days between 1 and 36500),
  constraint keeping_rule_basis_check check (length(basis) between 1 and 500),
  constraint keeping_rule_period_check check (valid_to is null or valid_to >= valid_from),
  constraint keeping_rule_overlap_excl exclude using gist (class with =, daterange(valid_from, valid_to, '[]') with &&)
);

create table files.hold (
  id uuid not null,
  owner_kind text not null,
  owner_id text not null,
  label text not null,
  reason text not null,
  placed_at timestamptz not null,
  placed_by text not null,
  lifted_at timestamptz,
  lifted_by text,
  lift_reason text,
  constraint hold_pkey primary key (id),
  constraint hold_reason_check check (length(reason) between 1 and 500),
  constraint hold_lift_reason_check check (length(lift_reason) between 1 and 500),
  constraint hold_lifted_check check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
);
create unique index hold_open_key on files.hold (owner_kind, owner_id) where lifted_at is null;
create index hold_placed_idx on files.hold (placed_at desc, id desc);

create table files.disposal (
  id uuid not null,
  number text not null,
  cut_off date not null,
  state text not null,
  drawn_through jsonb not null default '{}',
  drawn_by_id text not null,
  drawn_by text not null,
  drawn_at timestamptz not null,
  ready_at timestamptz,
  decided_by_id text,
  decided_by text,
  decided_at timestamptz,
  decision text,
  finished_at timestamptz,
  failed_at timestamptz,
  failure text,
  constraint disposal_pkey primary key (id),
  constraint disposal_number_key unique (number),
  constraint disposal_state_check check (state in ('drawing', 'waiting', 'refused', 'cancelled', 'running', 'done')),
  constraint disposal_second_person_check check (state not in ('running', 'done', 'refused') or decided_by_id is not null),
  constraint disposal_two_persons_check check (state not in ('running', 'done') or decided_by_id <> drawn_by_id),
  constraint disposal_decision_check check (length(decision) between 1 and 500)
);
create index disposal_drawn_idx on files.disposal (drawn_at desc, id desc);
create unique index disposal_open_key on files.disposal ((true)) where state in ('drawing', 'waiting', 'running');

create table files.disposal_item (
  disposal_id uuid not null,
  file_id uuid not null,
  class text not null,
  owner_kind text not null,
  owner_id text not null,
  label text,
  counted_at timestamptz not null,
  keep_days integer not null,
  basis text not null,
  is_sure boolean not null,
  kind text not null,
  size_bytes bigint not null,
  state text not null,
  erasure_id uuid,
  constraint disposal_item_pkey primary key (disposal_id, file_id),
  constraint disposal_item_disposal_id_fkey foreign key (disposal_id) references files.disposal (id),
  constraint disposal_item_file_id_fkey foreign key (file_id) references files.file (id) on delete cascade,
  constraint disposal_item_erasure_id_fkey foreign key (erasure_id) references files.erasure (id),
  constraint disposal_item_state_check check (state in ('due', 'held', 'needed', 'stays', 'gone', 'erased')),
  constraint disposal_item_erased_check check ((state = 'erased') = (erasure_id is not null))
);
create index disposal_item_state_idx on files.disposal_item (disposal_id, state, file_id);
create index disposal_item_file_id_idx on files.disposal_item (file_id);
create index disposal_item_erasure_id_idx on files.disposal_item (erasure_id) where erasure_id is not null;
