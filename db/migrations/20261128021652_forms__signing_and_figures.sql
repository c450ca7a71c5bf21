-- Drafts say at which question their owner stopped, and what did not survive a new version of the form until it is seen.
alter table forms.draft
  add column stopped_at text,
  add column carried jsonb;

-- What happens at pages of forms, without anybody's name: one row per post, added up every night.
create table forms.visit (
  id bigint generated always as identity constraint visit_pkey primary key,
  form_version_id uuid not null constraint visit_form_version_id_fkey references forms.form_version (id),
  day date not null,
  page text not null,
  outcome text not null,
  seconds integer,
  questions text[] not null default '{}',
  constraint visit_outcome_check check (outcome in ('started', 'passed', 'refused', 'left', 'sent'))
);
create index visit_form_version_id_idx on forms.visit (form_version_id, day);

create table forms.figure (
  form_version_id uuid not null constraint figure_form_version_id_fkey references forms.form_version (id),
  day date not null,
  page text not null,
  question text not null,
  measure text not null,
  amount bigint not null,
  constraint figure_pkey primary key (form_version_id, day, page, question, measure)
);

-- A draft on its way to another device: whoever holds the link and the code may go on.
create table forms.handoff (
  id uuid constraint handoff_pkey primary key,
  token_hash text not null,
  code_hash text not null,
  draft_id uuid not null constraint handoff_draft_id_fkey references forms.draft (id) on delete cascade,
  subject jsonb not null,
  attempts smallint not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint handoff_token_hash_key unique (token_hash)
);
create index handoff_draft_id_idx on forms.handoff (draft_id);
create index handoff_expires_at_idx on forms.handoff (expires_at);

-- Several people confirm the same answers: frozen once, with their digest.
create table forms.signing (
  id uuid constraint signing_pkey primary key,
  form_version_id uuid not null constraint signing_form_version_id_fkey references forms.form_version (id),
  draft_id uuid not null,
  subject_kind text not null,
  subject_id text not null,
  owner_kind text not null,
  owner_id text not null,
  answers jsonb not null,
  digest text not null,
  code text not null,
  state text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  submission_id uuid constraint signing_submission_id_fkey references forms.submission (id),
  constraint signing_state_check check (state in ('open', 'complete', 'void', 'sent')),
  constraint signing_digest_check check (digest ~ '^[0-9a-f]{64}$'),
  constraint signing_code_key unique (code)
);
create unique index signing_live_key on forms.signing (draft_id) where state in ('open', 'complete');
create index signing_form_version_id_idx on forms.signing (form_version_id);
create index signing_submission_id_idx on forms.signing (submission_id);
create index signing_open_idx on forms.signing (created_at) where state = 'open';

create table forms.signature (
  id uuid constraint signature_pkey primary key,
  signing_id uuid not null constraint signature_signing_id_fkey references forms.signing (id),
  signer text not null,
  invited_to text,
  confirmed_at timestamptz,
  method text,
  account_id text,
  confirmed_by text,
  official_id text,
  note text,
  digest text,
  reminded_at timestamptz,
  constraint signature_signer_key unique (signing_id, signer),
  constraint signature_method_check check (method in ('account', 'counter')),
  constraint signature_confirmed_check check ((confirmed_at is null) = (method is null) and (confirmed_at is null) = (digest is null))
);
create index signature_account_id_idx on forms.signature (account_id) where account_id is not null;
