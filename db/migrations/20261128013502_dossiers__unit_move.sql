-- What an operation on units changed in a dossier: its history, and what undoing gives back. Only what changed is filled in.
create table dossiers.unit_move (
  operation_id uuid not null,
  dossier_id uuid not null,
  at timestamptz not null,
  effective_on date not null,
  handling_from uuid,
  handling_to uuid,
  receiving_from uuid,
  receiving_to uuid,
  competent_from uuid,
  competent_to uuid,
  support_from uuid,
  support_to uuid,
  assignee_from uuid,
  assignee_to uuid,
  constraint unit_move_pkey primary key (dossier_id, operation_id)
);
create index unit_move_operation_idx on dossiers.unit_move (operation_id);

create table dossiers.unit_move_step (
  operation_id uuid not null,
  dossier_id uuid not null,
  position smallint not null,
  unit_from uuid not null,
  unit_to uuid not null,
  assignee_from uuid,
  assignee_to uuid,
  constraint unit_move_step_pkey primary key (operation_id, dossier_id, position)
);
