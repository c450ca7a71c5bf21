-- E-forms: versions of their definitions, drafts of people, and submissions pinned to a version.
create schema forms;

create table forms.form (
  id uuid not null,
  code text not null,
  title_vi text not null,
  title_en text not null,
  created_at timestamptz not null,
  constraint form_pkey primary key (id),
  constraint form_code_key unique (code),
  constraint form_code_check check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(code) <= 80)
);

create table forms.form_version (
  id uuid not null,
  form_id uuid not null,
  version int not null,
  definition jsonb not null,
  -- SHA-256 of the canonical JSON: publishing the same definition twice is one version.
  definition_digest text not null,
  status text not null,
  valid_from date not null,
  created_at timestamptz not null,
  published_at timestamptz,
  published_by text,
  retired_at timestamptz,
  constraint form_version_pkey primary key (id),
  constraint form_version_form_id_fkey foreign key (form_id) references forms.form (id),
  constraint form_version_number_key unique (form_id, version),
  constraint form_version_status_check check (status in ('draft', 'published', 'retired')),
  constraint form_version_published_check check (status = 'draft' or published_at is not null)
);
create index form_version_current_idx on forms.form_version (form_id, valid_from desc, version desc) where status = 'published';

create table forms.draft (
  id uuid not null,
  owner_kind text not null,
  owner_id text not null,
  form_version_id uuid not null,
  -- What it is for, named by the caller: an offer of a procedure, a supplement of a dossier.
  subject_kind text not null,
  subject_id text not null,
  answers jsonb not null,
  page text,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null,
  constraint draft_pkey primary key (id),
  constraint draft_form_version_id_fkey foreign key (form_version_id) references forms.form_version (id),
  constraint draft_owner_kind_check check (owner_kind in ('citizen', 'business', 'official', 'client', 'anonymous')),
  constraint draft_answers_check check (jsonb_typeof(answers) = 'object')
);
create index draft_form_version_id_idx on forms.draft (form_version_id);
create index draft_owner_idx on forms.draft (owner_kind, owner_id, updated_at desc);
create index draft_expires_at_idx on forms.draft (expires_at);

create table forms.submission (
  id uuid not null,
  form_version_id uuid not null,
  answers jsonb not null,
  -- SHA-256 of the canonical JSON (RFC 8785) of the answers, hexadecimal.
  digest text not null,
  created_at timestamptz not null,
  constraint submission_pkey primary key (id),
  constraint submission_form_version_id_fkey foreign key (form_version_id) references forms.form_version (id),
  constraint submission_digest_check check (digest ~ '^[0-9a-f]{64}$'),
  constraint submission_answers_check check (jsonb_typeof(answers) = 'object')
);
create index submission_form_version_id_idx on forms.submission (form_version_id);
