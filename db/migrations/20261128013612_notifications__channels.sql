-- More channels (push, chat, paper), receipts, providers with health, budgets, figures, templates that officials edit, choices of people, and texts that come in.
alter table notifications.message add column kind text not null default 'progress';
alter table notifications.message add column unit_id uuid;
alter table notifications.message add column is_urgent boolean not null default false;
alter table notifications.message add column mode text not null default 'live';
alter table notifications.message add column provider text;
alter table notifications.message add column parts int;
alter table notifications.message add column cost_dong bigint;
alter table notifications.message add column delivered_at timestamptz;
alter table notifications.message add column due_at timestamptz;
alter table notifications.message add column discard_reason text;
alter table notifications.message add column extra jsonb;
update notifications.message set next_attempt_at = created_at where state = 'queued' and next_attempt_at is null;
alter table notifications.message drop constraint message_channel;
alter table notifications.message add constraint message_channel check (channel in ('email', 'sms', 'push', 'chat', 'in-app', 'paper'));
alter table notifications.message drop constraint message_state;
alter table notifications.message add constraint message_state check (state in (
  'queued', 'gathered', 'held', 'sent', 'delivered', 'undelivered', 'refused', 'dead', 'no-provider', 'discarded', 'to-hand', 'handed'));
alter table notifications.message add constraint message_mode check (mode in ('live', 'team', 'test'));
-- What is due, per channel; what waits for a receipt; what goes into a digest; paper notes of a unit.
create index message_due_idx on notifications.message (channel, next_attempt_at) where state = 'queued';
create index message_awaiting_idx on notifications.message (provider, sent_at) where state = 'sent' and channel in ('sms', 'chat');
create index message_gathered_idx on notifications.message (recipient_kind, recipient_id) where state = 'gathered';
create index message_paper_idx on notifications.message (unit_id, created_at desc, id desc) where channel = 'paper';
create index message_held_idx on notifications.message (unit_id, channel) where state = 'held';

-- One part of a text message under the id that its provider gave it. A receipt may come before we have noted the id: then message_id is null.
create table notifications.part (
  provider text not null,
  reference text not null,
  message_id uuid,
  state text,
  reason text,
  noted_at timestamptz not null,
  settled_at timestamptz,
  constraint part_pkey primary key (provider, reference),
  constraint part_state check (state in ('delivered', 'undelivered')),
  constraint part_message foreign key (message_id) references notifications.message (id) on delete cascade
);
create index part_message_idx on notifications.part (message_id);
create index part_noted_idx on notifications.part (noted_at) where message_id is null;

-- Health of the providers that the operator's file names, shared by all workers.
create table notifications.provider (
  key text not null,
  channel text not null,
  is_enabled boolean not null default true,
  weight int,
  failures int not null default 0,
  open_until timestamptz,
  slow_until timestamptz,
  receipt_seconds double precision,
  last_sent_at timestamptz,
  last_failed_at timestamptz,
  last_error text,
  tokens bytea,
  tokens_until timestamptz,
  quota_left int,
  constraint provider_pkey primary key (key),
  constraint provider_weight check (weight between 0 and 100)
);

-- Figures by day, kept while messages go out and receipts come in. Without a unit: the zero id.
create table notifications.figure (
  day date not null,
  channel text not null,
  provider text not null,
  unit_id uuid not null,
  template text not null,
  sent bigint not null default 0,
  delivered bigint not null default 0,
  failed bigint not null default 0,
  parts bigint not null default 0,
  cost_dong bigint not null default 0,
  delivery_ms bigint not null default 0,
  within_10s bigint not null default 0,
  constraint figure_pkey primary key (day, channel, provider, unit_id, template)
);

-- What a unit may spend on a paid channel in a month, and what it has spent. The zero id is the whole province.
create table notifications.budget (
  unit_id uuid not null,
  channel text not null,
  limit_dong bigint not null,
  updated_at timestamptz not null,
  updated_by text not null,
  constraint budget_pkey primary key (unit_id, channel),
  constraint budget_limit check (limit_dong >= 0)
);
create table notifications.spending (
  unit_id uuid not null,
  channel text not null,
  month date not null,
  spent_dong bigint not null,
  constraint spending_pkey primary key (unit_id, channel, month)
);

-- Texts that officials wrote in place of the shipped ones: per message, channel and unit (null = the province), every version kept.
create table notifications.template_version (
  id uuid not null,
  template text not null,
  channel text not null,
  unit_id uuid,
  number int not null,
  state text not null,
  texts jsonb not null,
  note text not null,
  made_at timestamptz not null,
  made_by text not null,
  published_at timestamptz,
  constraint template_version_pkey primary key (id),
  constraint template_version_channel check (channel in ('email', 'sms', 'push', 'chat', 'in-app')),
  constraint template_version_state check (state in ('draft', 'published', 'retired'))
);
create unique index template_version_number_unique on notifications.template_version (template, channel, coalesce(unit_id, '00000000-0000-0000-0000-000000000000'), number);
create unique index template_version_published_unique on notifications.template_version (template, channel, coalesce(unit_id, '00000000-0000-0000-0000-000000000000')) where state = 'published';

-- How a person wants to be told. Absent: as shipped.
create table notifications.choice (
  recipient_kind text not null,
  recipient_id text not null,
  language text not null,
  quiet_from text,
  quiet_until text,
  digest text not null,
  muted jsonb not null,
  updated_at timestamptz not null,
  constraint choice_pkey primary key (recipient_kind, recipient_id),
  constraint choice_language check (language in ('vi', 'en')),
  constraint choice_digest check (digest in ('off', 'daily', 'weekly'))
);

-- Browsers that asked to be told (RFC 8030). `key` is the hash of the endpoint.
create table notifications.push_subscription (
  key text not null,
  recipient_kind text not null,
  recipient_id text not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  label text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  constraint push_subscription_pkey primary key (key)
);
create index push_subscription_recipient_idx on notifications.push_subscription (recipient_kind, recipient_id);

-- Texts that came in, once per provider's id, and numbers that asked to be left alone.
create table notifications.inbound (
  id uuid not null,
  provider text not null,
  reference text not null,
  sender text not null,
  body text not null,
  keyword text not null,
  answer text not null,
  received_at timestamptz not null,
  constraint inbound_pkey primary key (id),
  constraint inbound_reference_unique unique (provider, reference)
);
create index inbound_sender_idx on notifications.inbound (sender, received_at);
create index inbound_list_idx on notifications.inbound (received_at desc, id desc);
create table notifications.stopped_number (
  address text not null,
  stopped_at timestamptz not null,
  constraint stopped_number_pkey primary key (address)
);
