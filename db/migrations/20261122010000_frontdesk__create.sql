-- What an official keeps beside the dossiers: phrases, ways to see the worklist, and what is being taken in at the counter.
create schema frontdesk;

-- A saved phrase: of one officer, or of a unit and everybody who works there.
create table frontdesk.phrase (
  id uuid not null,
  officer_id uuid,
  unit_id uuid,
  purpose text not null,
  title text not null,
  body text not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by text not null,
  constraint phrase_pkey primary key (id),
  constraint phrase_officer_id_fkey foreign key (officer_id) references organisations.officer (id),
  constraint phrase_unit_id_fkey foreign key (unit_id) references organisations.unit (id),
  constraint phrase_owner_check check (num_nonnulls(officer_id, unit_id) = 1),
  constraint phrase_purpose_check check (purpose in ('any', 'supplement', 'refusal', 'extension', 'step', 'note')),
  constraint phrase_title_check check (length(title) between 1 and 120),
  constraint phrase_body_check check (length(body) between 1 and 2000)
);
create index phrase_officer_id_idx on frontdesk.phrase (officer_id) where officer_id is not null;
create index phrase_unit_id_idx on frontdesk.phrase (unit_id) where unit_id is not null;

-- Filters of the worklist under a name, per officer.
create table frontdesk.saved_view (
  id uuid not null,
  officer_id uuid not null,
  name text not null,
  query text not null,
  created_at timestamptz not null,
  constraint saved_view_pkey primary key (id),
  constraint saved_view_officer_id_name_key unique (officer_id, name),
  constraint saved_view_officer_id_fkey foreign key (officer_id) references organisations.officer (id),
  constraint saved_view_name_check check (length(name) between 1 and 60),
  constraint saved_view_query_check check (length(query) <= 1000)
);

-- A dossier on its way in at the counter: what the clerk has typed so far. Emptied when it has become a dossier, forgotten after a week.
create table frontdesk.intake (
  id uuid not null,
  officer_id uuid not null,
  procedure_version_id uuid not null,
  offer_id uuid not null,
  draft_id uuid,
  facts jsonb not null,
  dossier_id uuid,
  version int not null default 1,
  updated_at timestamptz not null,
  constraint intake_pkey primary key (id),
  constraint intake_officer_id_fkey foreign key (officer_id) references organisations.officer (id),
  constraint intake_procedure_version_id_fkey foreign key (procedure_version_id) references procedures.procedure_version (id),
  constraint intake_offer_id_fkey foreign key (offer_id) references procedures.offer (id),
  constraint intake_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id)
);
create index intake_officer_id_idx on frontdesk.intake (officer_id, updated_at);
create index intake_procedure_version_id_idx on frontdesk.intake (procedure_version_id);
create index intake_offer_id_idx on frontdesk.intake (offer_id);
create index intake_dossier_id_idx on frontdesk.intake (dossier_id) where dossier_id is not null;
