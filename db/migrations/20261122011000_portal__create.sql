-- The portal keeps what a person is about to hand in: which offer, which papers, how the result comes back. The answers lie in forms.draft.
create schema portal;

create table portal.application (
  id uuid not null,
  -- A first submission, or the answer to a request for a supplement.
  purpose text not null,
  account_id uuid not null,
  owner_kind text not null,
  procedure_version_id uuid not null,
  offer_id uuid,
  -- forms.draft(id): no foreign key, the draft goes when it is submitted or its time is over.
  draft_id uuid,
  -- Of a supplement from the start; of a submission once it is sent. Then the row is what answers the same sending again.
  dossier_id uuid,
  delivery text,
  delivery_address text,
  remark text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  submitted_at timestamptz,
  constraint application_pkey primary key (id),
  constraint application_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint application_procedure_version_id_fkey foreign key (procedure_version_id) references procedures.procedure_version (id),
  constraint application_offer_id_fkey foreign key (offer_id) references procedures.offer (id),
  constraint application_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id),
  constraint application_purpose_check check (purpose in ('submission', 'supplement')),
  constraint application_owner_kind_check check (owner_kind in ('citizen', 'business')),
  constraint application_delivery_check check (delivery in ('counter', 'online', 'post')),
  constraint application_offer_check check (purpose = 'supplement' or offer_id is not null),
  constraint application_dossier_check check (case purpose when 'supplement' then dossier_id is not null else (dossier_id is not null) = (submitted_at is not null) end)
);
create index application_account_idx on portal.application (account_id, created_at) where submitted_at is null;
create index application_account_id_idx on portal.application (account_id);
create index application_expires_at_idx on portal.application (expires_at) where submitted_at is null;
create index application_procedure_version_id_idx on portal.application (procedure_version_id);
create index application_offer_id_idx on portal.application (offer_id);
create index application_dossier_id_idx on portal.application (dossier_id);
-- One open answer to a dossier's request at a time.
create unique index application_open_supplement_key on portal.application (dossier_id) where purpose = 'supplement' and submitted_at is null;

-- A file put to a paper of the checklist (or to a line of the request for a supplement). Gone once handed over to the dossier.
create table portal.application_paper (
  id uuid not null,
  application_id uuid not null,
  paper_key text not null,
  file_id uuid not null,
  created_at timestamptz not null,
  constraint application_paper_pkey primary key (id),
  constraint application_paper_application_id_fkey foreign key (application_id) references portal.application (id),
  constraint application_paper_file_id_fkey foreign key (file_id) references files.file (id),
  constraint application_paper_key_check check (length(paper_key) between 1 and 100)
);
create index application_paper_application_id_idx on portal.application_paper (application_id, created_at);
create index application_paper_file_id_idx on portal.application_paper (file_id);
