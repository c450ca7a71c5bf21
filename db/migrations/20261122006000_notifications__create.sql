-- What the province tells people: where they can be reached, what was sent, and what became of it.
create schema notifications;

-- A recipient is opaque: notifications knows an account only by its kind and id.
create table notifications.contact_point (
  recipient_kind text not null,
  recipient_id text not null,
  channel text not null,
  address text not null,
  verified_at timestamptz,
  updated_at timestamptz not null,
  constraint contact_point_pkey primary key (recipient_kind, recipient_id, channel),
  constraint contact_point_channel check (channel in ('email', 'sms'))
);

create table notifications.message (
  id uuid not null,
  effect_key text not null,
  recipient_kind text,
  recipient_id text,
  channel text not null,
  address text,
  locale text not null,
  template text not null,
  subject text not null,
  body text not null,
  link text,
  subject_kind text,
  subject_id text,
  is_sensitive boolean not null,
  state text not null,
  attempts int not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  provider_reference text,
  created_at timestamptz not null,
  sent_at timestamptz,
  read_at timestamptz,
  constraint message_pkey primary key (id),
  constraint message_effect_key_unique unique (effect_key),
  constraint message_channel check (channel in ('email', 'sms', 'in-app')),
  constraint message_state check (state in ('queued', 'sent', 'refused', 'dead', 'no-provider'))
);
create index message_inbox_idx on notifications.message (recipient_kind, recipient_id, created_at desc, id desc) where channel = 'in-app';
create index message_unread_idx on notifications.message (recipient_kind, recipient_id) where channel = 'in-app' and read_at is null;
create index message_outbox_idx on notifications.message (created_at desc, id desc) where channel <> 'in-app';
create index message_outbox_state_idx on notifications.message (state, created_at desc, id desc) where channel <> 'in-app';
create index message_subject_idx on notifications.message (subject_kind, subject_id);
