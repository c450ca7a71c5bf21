-- A person's own papers (kho quản lý dữ liệu điện tử của tổ chức, cá nhân): kept once, used again in later dossiers.
create schema paperstore;

create table paperstore.paper (
  id uuid not null,
  account_id uuid not null,
  file_id uuid not null,
  kind text not null,
  name text not null,
  number text,
  issuer text,
  issued_on date,
  valid_until date,
  folded text not null,
  source text not null,
  dossier_id uuid,
  reference text,
  result_code text,
  is_verified boolean not null,
  added_at timestamptz not null,
  added_by text not null,
  changed_at timestamptz not null,
  deleted_at timestamptz,
  replaced_by uuid,
  reminded_for date,
  version int not null default 1,
  constraint paper_pkey primary key (id),
  constraint paper_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint paper_file_id_fkey foreign key (file_id) references files.file (id),
  constraint paper_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id),
  constraint paper_replaced_by_fkey foreign key (replaced_by) references paperstore.paper (id) on delete set null,
  constraint paper_source_check check (source in ('uploaded', 'result', 'dossier')),
  constraint paper_source_dossier_check check ((source = 'uploaded') = (dossier_id is null)),
  constraint paper_kind_check check (length(kind) between 1 and 60),
  constraint paper_name_check check (length(name) between 1 and 200),
  constraint paper_number_check check (length(number) <= 100),
  constraint paper_issuer_check check (length(issuer) <= 200),
  constraint paper_period_check check (valid_until is null or issued_on is null or valid_until >= issued_on)
);
create index paper_account_idx on paperstore.paper (account_id, added_at desc, id) where deleted_at is null;
create index paper_account_id_idx on paperstore.paper (account_id);
create index paper_file_id_idx on paperstore.paper (file_id);
create index paper_dossier_id_idx on paperstore.paper (dossier_id) where dossier_id is not null;
create index paper_replaced_by_idx on paperstore.paper (replaced_by) where replaced_by is not null;
create index paper_valid_until_idx on paperstore.paper (valid_until, id) where deleted_at is null and valid_until is not null;
create index paper_deleted_at_idx on paperstore.paper (deleted_at, id) where deleted_at is not null;
-- What a dossier gave is in the store once, however often its event is heard or its page is sent.
create unique index paper_reference_key on paperstore.paper (account_id, reference) where reference is not null;

-- Where a paper was used again; outlives the paper.
create table paperstore.use (
  id uuid not null,
  paper_id uuid not null,
  account_id uuid not null,
  place text not null,
  place_id uuid not null,
  about text not null,
  used_by text not null,
  used_at timestamptz not null,
  constraint use_pkey primary key (id),
  constraint use_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint use_place_check check (place in ('application', 'intake'))
);
create index use_paper_idx on paperstore.use (paper_id, used_at desc);
create index use_account_id_idx on paperstore.use (account_id);

-- Leave for one official to take papers, given by a code that works once.
create table paperstore.consent (
  id uuid not null,
  account_id uuid not null,
  code_hash bytea not null,
  paper_ids uuid[] not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_for uuid,
  officer_id text,
  officer_label text,
  unit_id uuid,
  withdrawn_at timestamptz,
  constraint consent_pkey primary key (id),
  constraint consent_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint consent_paper_ids_check check (cardinality(paper_ids) between 1 and 50)
);
create index consent_account_idx on paperstore.consent (account_id, made_at desc);
create index consent_used_for_idx on paperstore.consent (used_for) where used_for is not null;
create unique index consent_open_code_key on paperstore.consent (code_hash) where used_at is null and withdrawn_at is null;

create table paperstore.choice (
  account_id uuid not null,
  remind_days int,
  keep_results boolean not null,
  constraint choice_pkey primary key (account_id),
  constraint choice_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint choice_remind_days_check check (remind_days between 1 and 365)
);

-- Papers of an application that came from the store are told to the authorities as such (DuocLayTuKhoDMQG).
alter table portal.application_paper add column is_from_store boolean not null default false;

-- A stored paper is a file of a person too: who has looked at it is recorded.
alter table readings.reading drop constraint reading_subject_kind_check,
  add constraint reading_subject_kind_check check (subject_kind in ('dossier', 'account', 'delegation', 'request', 'paper'));
