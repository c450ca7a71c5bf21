-- Rights of the person over their data, breaches, the closing and merging of accounts.
create schema people;

create sequence people.request_number;
create table people.request (
  id uuid not null,
  number bigint not null default nextval('people.request_number'),
  account_id uuid not null,
  kind text not null,
  text text not null,
  details jsonb not null default '{}',
  state text not null,
  outcome text,
  reason text,
  answer text,
  received_at timestamptz not null,
  due_at timestamptz not null,
  assignee_id uuid,
  assignee_name text,
  answered_at timestamptz,
  answered_by text,
  version int not null default 1,
  constraint request_pkey primary key (id),
  constraint request_number_key unique (number),
  constraint request_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint request_assignee_id_fkey foreign key (assignee_id) references organisations.officer (id),
  constraint request_kind_check check (kind in ('see', 'correct', 'erase', 'restrict', 'object', 'export', 'complaint')),
  constraint request_state_check check (state in ('received', 'in-progress', 'answered', 'withdrawn')),
  constraint request_outcome_check check (outcome in ('granted', 'partly', 'refused')),
  constraint request_answer_check check ((state = 'answered') = (outcome is not null and answer is not null and answered_at is not null)),
  constraint request_text_check check (length(text) between 1 and 2000)
);
create index request_account_idx on people.request (account_id, received_at desc, id desc);
create index request_open_idx on people.request (due_at, id) where state in ('received', 'in-progress');
create index request_done_idx on people.request (received_at desc, id desc);
create index request_assignee_id_idx on people.request (assignee_id) where assignee_id is not null;

create sequence people.breach_number;
create table people.breach (
  id uuid not null,
  number bigint not null default nextval('people.breach_number'),
  title text not null,
  discovered_at timestamptz not null,
  due_at timestamptz not null,
  nature text not null,
  place text not null,
  data_kinds text not null,
  persons_count int,
  contact text not null,
  consequences text not null,
  measures text not null,
  state text not null,
  notified_at timestamptz,
  notified_to text,
  closed_at timestamptz,
  recorded_by text not null,
  recorded_at timestamptz not null,
  version int not null default 1,
  constraint breach_pkey primary key (id),
  constraint breach_number_key unique (number),
  constraint breach_state_check check (state in ('open', 'notified', 'closed')),
  constraint breach_persons_count_check check (persons_count >= 0)
);
create index breach_state_idx on people.breach (state, due_at);

create table people.closing (
  id uuid not null,
  account_id uuid not null,
  state text not null,
  asked_at timestamptz not null,
  closes_at timestamptz not null,
  reason text,
  ended_at timestamptz,
  ended_by text,
  constraint closing_pkey primary key (id),
  constraint closing_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint closing_state_check check (state in ('waiting', 'cancelled', 'closed', 'reopened'))
);
create unique index closing_open_key on people.closing (account_id) where state in ('waiting', 'closed');
create index closing_account_idx on people.closing (account_id, asked_at desc);
create index closing_due_idx on people.closing (closes_at) where state = 'waiting';

create table people.merger (
  id uuid not null,
  source_account_id uuid not null,
  target_account_id uuid not null,
  identity_number text not null,
  proof text not null,
  state text not null,
  proposed_at timestamptz not null,
  proposed_by_id uuid not null,
  proposed_by text not null,
  decided_at timestamptz,
  decided_by text,
  remark text,
  moved jsonb,
  undo_until timestamptz,
  undone_at timestamptz,
  undone_by text,
  version int not null default 1,
  constraint merger_pkey primary key (id),
  constraint merger_source_account_id_fkey foreign key (source_account_id) references identity.account (id),
  constraint merger_target_account_id_fkey foreign key (target_account_id) references identity.account (id),
  constraint merger_proposed_by_id_fkey foreign key (proposed_by_id) references organisations.officer (id),
  constraint merger_other_check check (source_account_id <> target_account_id),
  constraint merger_state_check check (state in ('proposed', 'done', 'refused', 'undone'))
);
create index merger_source_idx on people.merger (source_account_id);
create index merger_target_idx on people.merger (target_account_id);
create index merger_proposed_by_id_idx on people.merger (proposed_by_id);
create index merger_state_idx on people.merger (state, id desc);
create unique index merger_open_key on people.merger (source_account_id) where state in ('proposed', 'done');
