-- Who was reminded of what: one line per dossier, kind and date, so that nobody is told twice and a moved date is told again.
create table dossiers.reminder (
  dossier_id uuid not null,
  kind text not null,
  due_at timestamptz not null,
  at timestamptz not null,
  constraint reminder_pkey primary key (dossier_id, kind, due_at),
  constraint reminder_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id),
  constraint reminder_kind_check check (kind in ('step-soon', 'step-overdue', 'soon', 'overdue'))
);
