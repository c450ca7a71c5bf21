-- Who is told of what over https, what was sent, and how it went.
create schema webhooks;
create table webhooks.subscription (
  id uuid not null,
  client_id uuid not null,
  client_name text not null,
  unit_id uuid,
  url text not null,
  kinds text[] not null,
  description text,
  secret_generation integer not null default 1,
  previous_until timestamptz,
  status text not null,
  status_reason text,
  failing_since timestamptz,
  last_success_at timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  constraint subscription_pkey primary key (id),
  constraint subscription_unit_id_fkey foreign key (unit_id) references organisations.unit (id),
  constraint subscription_status_check check (status in ('active', 'paused', 'disabled')),
  constraint subscription_url_check check (length(url) between 8 and 500),
  constraint subscription_description_check check (length(description) between 1 and 300)
);
create index subscription_client_id_idx on webhooks.subscription (client_id, id);
create index subscription_unit_id_idx on webhooks.subscription (unit_id) where unit_id is not null;
create index subscription_kinds_idx on webhooks.subscription using gin (kinds) where status = 'active';

create table webhooks.message (
  id uuid not null,
  subscription_id uuid not null,
  event_id bigint,
  kind text not null,
  lane text not null,
  sequence bigint not null,
  body text not null,
  status text not null,
  attempts integer not null default 0,
  next_at timestamptz,
  leased_until timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz,
  last_status smallint,
  last_fault text,
  first_attempt integer not null default 0,
  constraint message_pkey primary key (id),
  constraint message_subscription_id_fkey foreign key (subscription_id) references webhooks.subscription (id) on delete cascade,
  constraint message_event_key unique (subscription_id, event_id),
  constraint message_status_check check (status in ('waiting', 'delivered', 'dead'))
);
create index message_subscription_id_idx on webhooks.message (subscription_id, id desc);
create index message_status_idx on webhooks.message (subscription_id, status, id desc);
create index message_lane_idx on webhooks.message (subscription_id, lane, sequence) where status = 'waiting';
create index message_due_idx on webhooks.message (next_at) where status = 'waiting';
create index message_settled_at_idx on webhooks.message (settled_at) where settled_at is not null;

create table webhooks.attempt (
  message_id uuid not null,
  number integer not null,
  at timestamptz not null,
  status smallint,
  fault text,
  duration_ms integer not null,
  constraint attempt_pkey primary key (message_id, number),
  constraint attempt_message_id_fkey foreign key (message_id) references webhooks.message (id) on delete cascade
);
