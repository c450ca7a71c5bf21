-- Raising many procedures to a level of online service by one decision, taken back as a whole.
create table procedures.upgrade (
  id uuid not null,
  number bigint not null generated always as identity,
  scope text not null,
  mode text not null,
  decision_number text not null,
  decision_date date not null,
  valid_from date not null,
  pays_online boolean not null,
  state text not null,
  upgraded int not null,
  refused int not null,
  made_at timestamptz not null,
  made_by text not null,
  undone_at timestamptz,
  undone_by text,
  undo_reason text,
  constraint upgrade_pkey primary key (id),
  constraint upgrade_number_key unique (number),
  constraint upgrade_scope_check check (scope in ('partial', 'full')),
  constraint upgrade_mode_check check (mode in ('draft', 'publish')),
  constraint upgrade_state_check check (state in ('done', 'undone'))
);

create table procedures.upgrade_line (
  upgrade_id uuid not null,
  procedure_id uuid not null,
  from_version_id uuid not null,
  to_version_id uuid,
  outcome text not null,
  -- What the check of readiness found: rule, verdict, facts.
  findings jsonb not null,
  constraint upgrade_line_pkey primary key (upgrade_id, procedure_id),
  constraint upgrade_line_upgrade_id_fkey foreign key (upgrade_id) references procedures.upgrade (id),
  constraint upgrade_line_procedure_id_fkey foreign key (procedure_id) references procedures.procedure (id),
  constraint upgrade_line_from_version_id_fkey foreign key (from_version_id) references procedures.procedure_version (id),
  constraint upgrade_line_to_version_id_fkey foreign key (to_version_id) references procedures.procedure_version (id) on delete set null,
  constraint upgrade_line_outcome_check check (outcome in ('upgraded', 'not-ready', 'undone', 'kept'))
);
create index upgrade_line_procedure_id_idx on procedures.upgrade_line (procedure_id);
create index upgrade_line_from_version_id_idx on procedures.upgrade_line (from_version_id);
create index upgrade_line_to_version_id_idx on procedures.upgrade_line (to_version_id);
