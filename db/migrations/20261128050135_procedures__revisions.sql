-- Procedures written on pages: who writes, who reviews and what they remark; what a publication ended, so that it can be taken back.
alter table procedures.procedure_version drop constraint procedure_version_source_check;
alter table procedures.procedure_version add constraint procedure_version_source_check
  check (source in ('province', 'national', 'office', 'package')) not valid;
alter table procedures.procedure_version validate constraint procedure_version_source_check;

-- A version that is being written: at most one of a procedure at a time.
create table procedures.revision (
  version_id uuid not null,
  procedure_id uuid not null,
  base_version_id uuid,
  state text not null,
  reason text not null,
  author_id text not null,
  author text not null,
  -- Everybody who wrote in it: none of them may approve it.
  editor_ids text[] not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  sent_at timestamptz,
  sent_by text,
  decided_at timestamptz,
  decided_by_id text,
  decided_by text,
  decision_note text,
  constraint revision_pkey primary key (version_id),
  constraint revision_version_id_fkey foreign key (version_id) references procedures.procedure_version (id) on delete cascade,
  constraint revision_procedure_id_fkey foreign key (procedure_id) references procedures.procedure (id),
  constraint revision_base_version_id_fkey foreign key (base_version_id) references procedures.procedure_version (id),
  constraint revision_state_check check (state in ('writing', 'in-review', 'sent-back', 'approved', 'published'))
);
create unique index revision_open_key on procedures.revision (procedure_id) where state <> 'published';
create index revision_procedure_id_idx on procedures.revision (procedure_id);
create index revision_base_version_id_idx on procedures.revision (base_version_id);
create index revision_state_idx on procedures.revision (state, changed_at desc);

-- A remark of the review, on a section of the version.
create table procedures.review_comment (
  id uuid not null,
  version_id uuid not null,
  section text not null,
  body text not null,
  made_by text not null,
  made_at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  constraint review_comment_pkey primary key (id),
  constraint review_comment_version_id_fkey foreign key (version_id) references procedures.revision (version_id) on delete cascade
);
create index review_comment_version_id_idx on procedures.review_comment (version_id, made_at);

-- What a publication changed on other versions of the procedure.
create table procedures.publication (
  version_id uuid not null,
  published_at timestamptz not null,
  valid_to_before date,
  ended jsonb not null,
  constraint publication_pkey primary key (version_id),
  constraint publication_version_id_fkey foreign key (version_id) references procedures.procedure_version (id) on delete cascade
);

-- Texts of law that procedures rest on; one entry warns every procedure that cites it.
create table procedures.legal_document (
  number text not null,
  title_vi text not null,
  title_en text,
  issued_on date,
  link text,
  lost_force_on date,
  replaced_by text,
  note text,
  updated_at timestamptz not null,
  updated_by text not null,
  row_version int not null default 1,
  constraint legal_document_pkey primary key (number),
  constraint legal_document_number_check check (length(number) between 1 and 60)
);
create index procedure_version_legal_idx on procedures.procedure_version using gin ((content -> 'legalBases') jsonb_path_ops);
