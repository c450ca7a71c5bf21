-- Empty forms that came with a package; those of the province's own folder stay files there.
create table procedures.template (
  file text not null,
  file_id uuid not null,
  sha256 text not null,
  added_at timestamptz not null,
  added_by text not null,
  constraint template_pkey primary key (file),
  constraint template_file_check check (file ~ '^[a-z0-9][a-z0-9.-]*\.(docx|pdf|xlsx)$' and length(file) <= 120)
);

-- A package of another province: uploaded, looked at, taken over or put away.
create table procedures.package_import (
  id uuid not null,
  file_id uuid not null,
  file_name text not null,
  sha256 text not null,
  province text not null,
  codes text[] not null,
  state text not null,
  uploaded_at timestamptz not null,
  uploaded_by text not null,
  decided_at timestamptz,
  decided_by text,
  report jsonb,
  constraint package_import_pkey primary key (id),
  constraint package_import_state_check check (state in ('waiting', 'done', 'discarded'))
);
create index package_import_uploaded_at_idx on procedures.package_import (uploaded_at desc, id);
