-- What a change of a calendar moves and what falls due soon: walks of the running dossiers only, however many are finished.
create index dossier_running_idx on dossiers.dossier (id) include (competent_unit_id, due_at, received_at)
  where finished_at is null and due_at is not null;
create index dossier_due_idx on dossiers.dossier (due_at) where finished_at is null and due_at is not null;
create index dossier_step_due_idx on dossiers.dossier (step_due_at) where finished_at is null and step_due_at is not null;
