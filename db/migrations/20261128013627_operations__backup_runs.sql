create schema operations;

-- What back-ups, copies and drills did: one row a run.
create table operations.backup_run (
  id uuid not null,
  kind text not null,
  name text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome text not null,
  facts jsonb not null,
  constraint backup_run_pkey primary key (id),
  constraint backup_run_kind_known check (kind in ('daily', 'base', 'copy', 'drill', 'base-drill')),
  constraint backup_run_outcome_known check (outcome in ('running', 'done', 'failed')),
  constraint backup_run_end_known check ((outcome = 'running') = (ended_at is null))
);
create index backup_run_by_time on operations.backup_run (started_at desc, id desc);
create index backup_run_by_kind on operations.backup_run (kind, outcome, started_at desc);

-- What the second place holds, sealed: one row an object.
create table operations.copied_object (
  key text not null,
  sealed_bytes bigint not null,
  sealed_sha256 bytea not null,
  copied_at timestamptz not null,
  constraint copied_object_pkey primary key (key),
  constraint copied_object_sha256_length check (octet_length(sealed_sha256) = 32)
);
create index copied_object_by_time on operations.copied_object (copied_at desc);
