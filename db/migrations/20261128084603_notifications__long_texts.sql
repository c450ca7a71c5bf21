-- Parts of long texts that come in, until they are joined (3GPP TS 23.040, 9.2.3.24). Joined ones stay a while, so that a doubled part is known.
create table notifications.inbound_long (
  id uuid not null,
  provider text not null,
  sender text not null,
  recipient text not null,
  reference integer not null,
  total smallint not null,
  began_at timestamptz not null,
  settled_at timestamptz,
  constraint inbound_long_pkey primary key (id),
  constraint inbound_long_total_check check (total between 2 and 10)
);
create unique index inbound_long_open_key on notifications.inbound_long (provider, sender, recipient, reference, total) where settled_at is null;
create index inbound_long_began_idx on notifications.inbound_long (began_at, id);
create index inbound_long_sender_idx on notifications.inbound_long (sender, began_at);

create table notifications.inbound_part (
  long_id uuid not null,
  number smallint not null,
  data_coding smallint not null,
  body bytea not null,
  received_at timestamptz not null,
  constraint inbound_part_pkey primary key (long_id, number),
  constraint inbound_part_long_id_fkey foreign key (long_id) references notifications.inbound_long (id) on delete cascade,
  constraint inbound_part_body_check check (octet_length(body) <= 1000)
);
