-- What is wrong in the national catalogue as work to be done: one row a defect, over all imports in which it stood.
create table procedures.defect (
  id uuid not null,
  -- Digest of procedure, kind and place (of kind and words for a line that is no procedure).
  fingerprint text not null,
  procedure_code text,
  kind text not null,
  severity smallint not null,
  place text not null,
  source_text text,
  state text not null,
  assignee_id text,
  assignee text,
  reason text,
  fixed_by text,
  fixed_version_id uuid,
  reopened int not null default 0,
  first_import_id uuid not null,
  last_import_id uuid not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint defect_pkey primary key (id),
  constraint defect_fingerprint_key unique (fingerprint),
  constraint defect_first_import_id_fkey foreign key (first_import_id) references procedures.catalogue_import (id),
  constraint defect_last_import_id_fkey foreign key (last_import_id) references procedures.catalogue_import (id),
  constraint defect_fixed_version_id_fkey foreign key (fixed_version_id) references procedures.procedure_version (id),
  constraint defect_state_check check (state in ('open', 'assigned', 'fixed', 'accepted')),
  constraint defect_severity_check check (severity between 1 and 3),
  constraint defect_fixed_by_check check (fixed_by in ('import', 'version')),
  constraint defect_assigned_check check (state <> 'assigned' or assignee_id is not null)
);
create index defect_worst_idx on procedures.defect (state, severity, procedure_code, id);
create index defect_procedure_code_idx on procedures.defect (procedure_code, id);
create index defect_assignee_id_idx on procedures.defect (assignee_id, state) where assignee_id is not null;
create index defect_first_import_id_idx on procedures.defect (first_import_id);
create index defect_last_import_id_idx on procedures.defect (last_import_id);
create index defect_fixed_version_id_idx on procedures.defect (fixed_version_id) where fixed_version_id is not null;

-- How many defects stand in which state, kept by the trigger below: no count over the whole list is ever needed.
create table procedures.defect_count (
  state text not null,
  severity smallint not null,
  kind text not null,
  amount bigint not null,
  constraint defect_count_pkey primary key (state, severity, kind)
);

create function procedures.count_added_defects() returns trigger language plpgsql as $$
begin
  insert into procedures.defect_count as c (state, severity, kind, amount)
  select state, severity, kind, count(*) from added group by state, severity, kind order by state, severity, kind
  on conflict on constraint defect_count_pkey do update set amount = c.amount + excluded.amount;
  return null;
end $$;

create function procedures.count_changed_defects() returns trigger language plpgsql as $$
begin
  insert into procedures.defect_count as c (state, severity, kind, amount)
  select state, severity, kind, sum(change) from (
    select state, severity, kind, 1 as change from after_change union all
    select state, severity, kind, -1 from before_change) d
  group by state, severity, kind having sum(change) <> 0 order by state, severity, kind
  on conflict on constraint defect_count_pkey do update set amount = c.amount + excluded.amount;
  return null;
end $$;

create trigger defect_added after insert on procedures.defect referencing new table as added
  for each statement execute function procedures.count_added_defects();
create trigger defect_changed after update on procedures.defect referencing old table as before_change new table as after_change
  for each statement execute function procedures.count_changed_defects();
