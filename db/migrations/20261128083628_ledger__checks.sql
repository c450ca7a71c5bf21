-- What checks of the ledger found, who cosigned it, and which links were erased.
create table ledger.check_run (
  id uuid not null,
  reason text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  size bigint not null,
  -- The leaves that were compared with their events; the next run goes on behind them.
  from_leaf bigint not null,
  to_leaf bigint not null,
  subjects bigint not null,
  findings integer not null,
  -- Where the comparison of each kind of subject goes on; a kind that is not named begins again.
  next_subjects jsonb not null,
  failure text,
  constraint check_run_pkey primary key (id),
  constraint check_run_reason_check check (reason in ('start', 'hourly', 'asked'))
);
create index check_run_started_idx on ledger.check_run (started_at);

create table ledger.finding (
  id uuid not null,
  -- What, where and how: the same thing found again is the same row.
  key text not null,
  kind text not null,
  place text not null,
  leaf bigint,
  event_id bigint,
  subject_kind text,
  subject_id text,
  subject_label text,
  column_name text,
  recorded text,
  found text,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  gone_at timestamptz,
  noted_at timestamptz,
  noted_by text,
  remark text,
  constraint finding_pkey primary key (id),
  constraint finding_key_key unique (key),
  constraint finding_noted_check check ((noted_at is null) = (noted_by is null) and (noted_at is null) = (remark is null)),
  constraint finding_remark_check check (length(remark) between 1 and 2000)
);
create index finding_first_seen_idx on ledger.finding (first_seen_at, id);
create index finding_open_idx on ledger.finding (first_seen_at) where gone_at is null and noted_at is null;

create table ledger.witness (
  address text not null,
  verifier_key text not null,
  first_seen_at timestamptz not null,
  -- Size of the last checkpoint it cosigned, and what happened when it was last asked.
  size bigint not null,
  asked_at timestamptz not null,
  cosigned_at timestamptz,
  failure text,
  constraint witness_pkey primary key (address)
);

create table ledger.cosignature (
  size bigint not null,
  origin text not null,
  verifier_key text not null,
  line text not null,
  cosigned_at timestamptz not null,
  constraint cosignature_pkey primary key (size, origin, verifier_key),
  constraint cosignature_checkpoint_fkey foreign key (size, origin) references ledger.checkpoint (size, origin)
);

create table ledger.erasure (
  leaf bigint not null,
  event_id bigint not null,
  erased_at timestamptz not null,
  reason text not null,
  constraint erasure_pkey primary key (leaf)
);
