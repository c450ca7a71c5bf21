-- What every module stands on: events, effects, sessions, limits, positions of subscribers.
create schema platform;

create sequence platform.event_id_seq as bigint;

-- One row is audit record, queue entry and source of figures at once. (xid, id) is the order in which events became
-- visible: a reader that stays below the oldest running transaction never misses one.
create table platform.event (
  id bigint not null default nextval('platform.event_id_seq'),
  xid xid8 not null default pg_current_xact_id(),
  occurred_at timestamptz not null,
  name text not null,
  subject_kind text not null,
  subject_id text not null,
  unit_id uuid,
  actor_kind text not null,
  actor_id text,
  actor_label text not null,
  request_id text not null,
  payload jsonb not null,
  constraint event_pkey primary key (id, occurred_at)
) partition by range (occurred_at);

create table platform.event_default partition of platform.event default;

create index event_order_idx on platform.event (xid, id);
create index event_subject_idx on platform.event (subject_kind, subject_id, id);
create index event_name_idx on platform.event (name, occurred_at);
create index event_actor_idx on platform.event (actor_id, occurred_at);
create index event_unit_idx on platform.event (unit_id, occurred_at);

-- Makes the partitions of the months around a date; called at start and daily.
create function platform.ensure_event_partitions(from_date date, months int) returns void language plpgsql as $$
declare
  first_day date := date_trunc('month', from_date)::date;
  part text;
begin
  for i in 0..months - 1 loop
    part := 'event_' || to_char(first_day + make_interval(months => i), 'YYYYMM');
    if to_regclass('platform.' || part) is null then
      begin
        execute format(
          'create table platform.%I partition of platform.event for values from (%L) to (%L)',
          part,
          ((first_day + make_interval(months => i))::timestamp at time zone 'Asia/Ho_Chi_Minh'),
          ((first_day + make_interval(months => i + 1))::timestamp at time zone 'Asia/Ho_Chi_Minh'));
      exception when check_violation then
        null; -- rows of that month lie in the default partition already; they stay there
      end;
    end if;
  end loop;
end $$;

create table platform.subscription (
  name text not null,
  xid xid8 not null,
  event_id bigint not null,
  updated_at timestamptz not null default now(),
  constraint subscription_pkey primary key (name)
);

create table platform.effect (
  key text not null,
  claimed_at timestamptz not null,
  constraint effect_pkey primary key (key)
);
create index effect_claimed_at_idx on platform.effect (claimed_at);

create table platform.worker (
  id text not null,
  host text not null,
  seen_at timestamptz not null,
  constraint worker_pkey primary key (id)
);

create table platform.session (
  token_hash bytea not null,
  account_kind text not null,
  account_id uuid not null,
  post_id uuid,
  client_id text not null,
  sso_session_id text,
  assurance smallint not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  locked_at timestamptz,
  user_agent text,
  address text,
  constraint session_pkey primary key (token_hash)
);
create index session_account_idx on platform.session (account_id);
create index session_expires_at_idx on platform.session (expires_at);
create index session_sso_idx on platform.session (sso_session_id) where sso_session_id is not null;

create unlogged table platform.rate_limit (
  key text not null,
  window_start timestamptz not null,
  hits int not null,
  constraint rate_limit_pkey primary key (key, window_start)
);
create index rate_limit_window_idx on platform.rate_limit (window_start);

-- Settings that an administrator changes while the program runs (planned downtime, retention…).
create table platform.setting (
  key text not null,
  value jsonb not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by text not null,
  constraint setting_pkey primary key (key)
);

-- Accent-folded text for search and sorting: immutable, so that it can be indexed.
create extension if not exists unaccent;
create function platform.fold(text) returns text language sql immutable strict parallel safe as $$
  select lower(public.unaccent('public.unaccent'::regdictionary, normalize($1, NFC)))
$$;
