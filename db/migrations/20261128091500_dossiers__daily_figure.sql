-- Figures of single days, beside those of months: what was counted after a day is taken off its month to show figures as of that day. They begin with
-- this migration; earlier days are shown by whole months.
create table dossiers.daily_figure (
  day date not null,
  unit_id uuid not null,
  procedure_id uuid not null,
  submitted integer not null default 0,
  submitted_online integer not null default 0,
  received integer not null default 0,
  finished_on_time integer not null default 0,
  finished_late integer not null default 0,
  refused integer not null default 0,
  withdrawn integer not null default 0,
  stopped integer not null default 0,
  returned integer not null default 0,
  constraint daily_figure_pkey primary key (day, unit_id, procedure_id),
  constraint daily_figure_unit_id_fkey foreign key (unit_id) references organisations.unit (id),
  constraint daily_figure_procedure_id_fkey foreign key (procedure_id) references procedures.procedure (id)
);
create index daily_figure_unit_id_idx on dossiers.daily_figure (unit_id, day);
create index daily_figure_procedure_id_idx on dossiers.daily_figure (procedure_id, day);
