-- The care of kept files: looked through for viruses, held to quotas and times of keeping, erased with proof, read again for rot.
alter table files.file add column unit_id uuid;
alter table files.file add column erased_at timestamptz;
create index file_uploaded_by_idx on files.file (uploaded_by) include (size_bytes) where owner_kind in ('application', 'paper') and erased_at is null;
create index file_unit_idx on files.file (unit_id, created_at) include (size_bytes) where unit_id is not null;

-- What the virus scanner said of bytes; no row: not looked at yet.
create table files.scan (
  sha256 bytea not null,
  state text not null,
  signature text,
  engine text not null,
  scanned_at timestamptz not null,
  decided_by text,
  remark text,
  constraint scan_pkey primary key (sha256),
  constraint scan_state_check check (state in ('clean', 'infected', 'released', 'failed')),
  constraint scan_sha256_length check (octet_length(sha256) = 32)
);
create index scan_clean_idx on files.scan (scanned_at) where state = 'clean';
create index scan_other_idx on files.scan (state, scanned_at) where state <> 'clean';

-- One row: the scanner as it was last seen, and up to where everything has been looked at.
create table files.scanner (
  id smallint not null,
  is_up boolean not null,
  engine text,
  since timestamptz not null,
  checked_at timestamptz not null,
  scanned_until uuid not null,
  constraint scanner_pkey primary key (id),
  constraint scanner_single_check check (id = 1)
);

-- How much lies there, measured at night: totals over a growing table are never counted on a page.
create table files.space (
  day date not null,
  owner_kind text not null,
  kind text not null,
  files bigint not null,
  bytes bigint not null,
  constraint space_pkey primary key (day, owner_kind, kind)
);
create table files.unit_space (
  unit_id uuid not null,
  bytes bigint not null,
  files bigint not null,
  measured_at timestamptz not null,
  constraint unit_space_pkey primary key (unit_id)
);

-- How long files of a kind of owner are kept. What the law says is data with its clause.
create table files.retention_rule (
  id uuid not null,
  owner_kind text not null,
  keep_days integer not null,
  basis text not null,
  is_sure boolean not null,
  valid_from date not null,
  valid_to date,
  created_at timestamptz not null,
  created_by text not null,
  constraint retention_rule_pkey primary key (id),
  constraint retention_rule_days_check check (keep_days between 1 and 36500),
  constraint retention_rule_basis_check check (length(basis) between 1 and 500),
  constraint retention_rule_period_check check (valid_to is null or valid_to >= valid_from),
  constraint retention_rule_overlap_excl exclude using gist (owner_kind with =, daterange(valid_from, valid_to, '[]') with &&)
);

-- Proof that a file was erased: what it was, who decided it and why; whether its bytes are gone or belong to others too.
create table files.erasure (
  id uuid not null,
  number text not null,
  file_id uuid not null,
  sha256 bytea not null,
  size_bytes bigint not null,
  kind text not null,
  owner_kind text not null,
  owner_id text not null,
  kept_since timestamptz not null,
  basis text not null,
  decided_at timestamptz not null,
  decided_by text not null,
  bytes_gone_at timestamptz,
  is_shared boolean,
  traces jsonb,
  constraint erasure_pkey primary key (id),
  constraint erasure_number_key unique (number),
  constraint erasure_basis_check check (length(basis) between 1 and 500),
  constraint erasure_shared_check check ((bytes_gone_at is null) = (is_shared is null))
);
create unique index erasure_file_idx on files.erasure (file_id);
create index erasure_decided_idx on files.erasure (decided_at, id);
create index erasure_open_idx on files.erasure (sha256);

-- Readings of the store against its digests.
create table files.verification (
  id uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  is_sample boolean not null,
  checked bigint not null,
  checked_bytes bigint not null,
  missing bigint not null,
  damaged bigint not null,
  orphans bigint not null,
  faults jsonb not null,
  constraint verification_pkey primary key (id)
);
create index verification_finished_idx on files.verification (finished_at);
