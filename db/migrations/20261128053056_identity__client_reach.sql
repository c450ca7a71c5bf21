-- Over which units a program's scopes hold, until when its registration and its secret last, and from which web sites it calls.
alter table identity.relying_app add column reach_unit_ids uuid[] not null default '{}';
alter table identity.relying_app add column valid_to date;
alter table identity.relying_app add column secret_expires_at timestamptz;
alter table identity.relying_app add column allowed_origins text[] not null default '{}';
alter table identity.api_client add column reach_unit_ids uuid[] not null default '{}';
create table identity.api_client_use (
  client_id uuid not null,
  day date not null,
  tokens integer not null,
  last_at timestamptz not null,
  constraint api_client_use_pkey primary key (client_id, day)
);
