-- The ledger: a Merkle tree over salted digests of all events, in tiles, and the checkpoints that were signed over it.
create schema ledger;

-- Where sealing stands: so many entries, and the place of the last one in the order of events.
create table ledger.head (
  id smallint not null default 1,
  size bigint not null,
  xid xid8 not null,
  event_id bigint not null,
  sealed_at timestamptz not null,
  constraint head_pkey primary key (id),
  constraint head_one_check check (id = 1)
);
insert into ledger.head (size, xid, event_id, sealed_at) values (0, '0', 0, now());

create table ledger.tile (
  level smallint not null,
  number bigint not null,
  hashes bytea not null,
  constraint tile_pkey primary key (level, number),
  constraint tile_level_check check (level between 0 and 63),
  constraint tile_width_check check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0)
);
alter table ledger.tile alter column hashes set storage external;

-- Which events the entries of a tile of level 0 stand for. The salts lie here and nowhere else: without them an entry says nothing.
create table ledger.bundle (
  number bigint not null,
  first_xid xid8 not null,
  first_event_id bigint not null,
  event_ids bigint[] not null,
  entries bytea not null,
  salts bytea not null,
  sealed_at timestamptz not null,
  constraint bundle_pkey primary key (number)
);
alter table ledger.bundle alter column entries set storage external;
alter table ledger.bundle alter column salts set storage external;
create index bundle_order_idx on ledger.bundle (first_xid, first_event_id);

-- Keys of the log. The private half is sealed with the program's secret.
create table ledger.key (
  id uuid not null,
  origin text not null,
  verifier_key text not null,
  private_sealed bytea not null,
  made_at timestamptz not null,
  retired_at timestamptz,
  reason text,
  constraint key_pkey primary key (id),
  constraint key_verifier_key_key unique (verifier_key)
);
create unique index key_present_idx on ledger.key ((true)) where retired_at is null;

create table ledger.checkpoint (
  size bigint not null,
  origin text not null,
  root bytea not null,
  note text not null,
  issued_at timestamptz not null,
  constraint checkpoint_pkey primary key (size, origin),
  constraint checkpoint_root_check check (length(root) = 32)
);
create index checkpoint_issued_idx on ledger.checkpoint (issued_at);
