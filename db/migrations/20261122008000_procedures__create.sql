-- Administrative procedures: what the State does for people, in versions with a period of validity, and which unit offers it.
create schema procedures;

-- Groups in which the province lists its procedures ("lĩnh vực" of the portal).
create table procedures.field (
  code text not null,
  name_vi text not null,
  name_en text not null,
  position int not null,
  listed boolean not null,
  national_names text[] not null,
  constraint field_pkey primary key (code)
);

create table procedures.procedure (
  id uuid not null,
  code text not null,
  own_code text,
  created_at timestamptz not null,
  constraint procedure_pkey primary key (id),
  constraint procedure_code_key unique (code),
  constraint procedure_own_code_key unique (own_code),
  constraint procedure_code_check check (length(code) between 1 and 40)
);

create table procedures.procedure_version (
  id uuid not null,
  procedure_id uuid not null,
  number int not null,
  status text not null,
  source text not null,
  name_vi text not null,
  name_en text,
  field_code text,
  national_field text,
  levels text[] not null,
  audiences text[] not null,
  service_level smallint not null,
  online_scope text not null,
  partial_reason text,
  intake_channel text not null,
  decision_number text,
  valid_from date not null,
  valid_to date,
  form_version_id uuid,
  -- Everything else of the national record, typed in procedure.ts (ProcedureContent).
  content jsonb not null,
  content_hash text not null,
  created_at timestamptz not null,
  published_at timestamptz,
  published_by text,
  retired_at timestamptz,
  retired_reason text,
  row_version int not null default 1,
  constraint procedure_version_pkey primary key (id),
  constraint procedure_version_procedure_id_fkey foreign key (procedure_id) references procedures.procedure (id),
  constraint procedure_version_field_code_fkey foreign key (field_code) references procedures.field (code),
  constraint procedure_version_form_version_id_fkey foreign key (form_version_id) references forms.form_version (id),
  constraint procedure_version_number_key unique (procedure_id, number),
  constraint procedure_version_status_check check (status in ('draft', 'published', 'retired')),
  constraint procedure_version_source_check check (source in ('province', 'national')),
  constraint procedure_version_levels_check check (levels <@ array['ministry', 'province', 'district', 'commune', 'other']),
  constraint procedure_version_service_level_check check (service_level between 1 and 4),
  constraint procedure_version_online_scope_check check (online_scope in ('none', 'partial', 'full')),
  constraint procedure_version_intake_channel_check check (intake_channel in ('local', 'dvcqg', 'ministry')),
  constraint procedure_version_validity_check check (valid_to is null or valid_to >= valid_from)
);
create unique index procedure_version_start_key on procedures.procedure_version (procedure_id, valid_from) where status = 'published';
create index procedure_version_field_code_idx on procedures.procedure_version (field_code, status);
create index procedure_version_form_version_id_idx on procedures.procedure_version (form_version_id);
create index procedure_version_levels_idx on procedures.procedure_version using gin (levels);
create index procedure_version_status_idx on procedures.procedure_version (status, procedure_id);

-- A unit offers a procedure from one day to another; a unit may promise a shorter time than the law, never a longer one.
create table procedures.offer (
  id uuid not null,
  unit_id uuid not null,
  procedure_id uuid not null,
  receiving_unit_id uuid not null,
  valid_from date not null,
  valid_to date,
  own_time_amount numeric(7, 2),
  own_time_unit text,
  created_at timestamptz not null,
  row_version int not null default 1,
  constraint offer_pkey primary key (id),
  constraint offer_unit_id_fkey foreign key (unit_id) references organisations.unit (id),
  constraint offer_receiving_unit_id_fkey foreign key (receiving_unit_id) references organisations.unit (id),
  constraint offer_procedure_id_fkey foreign key (procedure_id) references procedures.procedure (id),
  constraint offer_start_key unique (procedure_id, unit_id, valid_from),
  constraint offer_validity_check check (valid_to is null or valid_to >= valid_from),
  constraint offer_own_time_unit_check check (own_time_unit in ('workingHour', 'hour', 'workingDay', 'day', 'month')),
  constraint offer_own_time_check check ((own_time_amount is null) = (own_time_unit is null) and own_time_amount > 0)
);
create index offer_unit_id_idx on procedures.offer (unit_id, procedure_id);
create index offer_receiving_unit_id_idx on procedures.offer (receiving_unit_id);

-- One reading of a national catalogue file.
create table procedures.catalogue_import (
  id uuid not null,
  file_name text not null,
  state text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  started_by text not null,
  lines int not null default 0,
  created int not null default 0,
  changed int not null default 0,
  unchanged int not null default 0,
  skipped int not null default 0,
  defects int not null default 0,
  failure text,
  constraint catalogue_import_pkey primary key (id),
  constraint catalogue_import_state_check check (state in ('waiting', 'running', 'done', 'failed'))
);
create index catalogue_import_started_at_idx on procedures.catalogue_import (started_at);

-- What is wrong in the source, with its own words; nothing is put right silently.
create table procedures.import_defect (
  import_id uuid not null,
  number int not null,
  line int not null,
  procedure_code text,
  kind text not null,
  place text not null,
  source_text text,
  constraint import_defect_pkey primary key (import_id, number),
  constraint import_defect_import_id_fkey foreign key (import_id) references procedures.catalogue_import (id) on delete cascade
);
create index import_defect_kind_idx on procedures.import_defect (import_id, kind);
create index import_defect_code_idx on procedures.import_defect (procedure_code);
