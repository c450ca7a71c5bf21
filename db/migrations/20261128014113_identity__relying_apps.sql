-- Applications of agencies that sign people in through the province: OpenID clients.
create table identity.relying_app (
  id uuid not null,
  client_id text not null,
  unit_id uuid not null,
  name_vi text not null,
  name_en text not null,
  purpose_vi text not null,
  purpose_en text not null,
  home_url text not null,
  contact text not null,
  kind text not null,
  status text not null,
  audience text[] not null,
  redirect_uris text[] not null,
  post_logout_uris text[] not null,
  backchannel_uri text,
  auth_method text not null,
  jwks jsonb,
  jwks_uri text,
  is_pairwise boolean not null default false,
  service_scopes text[] not null default '{}',
  -- Grows when the application asks for more: people are then told again.
  notice_version int not null default 1,
  secret_hash bytea,
  secret_made_at timestamptz,
  previous_secret_hash bytea,
  previous_secret_until timestamptz,
  requested_by text not null,
  status_reason text,
  last_used_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  constraint relying_app_pkey primary key (id),
  constraint relying_app_client_id_key unique (client_id),
  constraint relying_app_unit_id_fkey foreign key (unit_id) references organisations.unit (id),
  constraint relying_app_kind_check check (kind in ('web', 'native', 'service')),
  constraint relying_app_status_check check (status in ('requested', 'active', 'suspended', 'refused')),
  constraint relying_app_auth_method_check check (auth_method in ('client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'))
);
create index relying_app_unit_id_idx on identity.relying_app (unit_id, id);
create index relying_app_status_idx on identity.relying_app (status, id);

-- What an application learns of a person, why, and by which clause.
create table identity.relying_app_claim (
  app_id uuid not null,
  claim text not null,
  purpose text not null,
  legal_basis text not null,
  constraint relying_app_claim_pkey primary key (app_id, claim),
  constraint relying_app_claim_app_id_fkey foreign key (app_id) references identity.relying_app (id)
);

-- Who was told what an application learns, and went on; withdrawn by the person.
create table identity.relying_app_grant (
  account_id uuid not null,
  app_id uuid not null,
  notice_version int not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  uses int not null default 0,
  constraint relying_app_grant_pkey primary key (account_id, app_id),
  constraint relying_app_grant_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint relying_app_grant_app_id_fkey foreign key (app_id) references identity.relying_app (id)
);
create index relying_app_grant_app_id_idx on identity.relying_app_grant (app_id);

-- Sign-ins per application and day.
create table identity.relying_app_day (
  app_id uuid not null,
  day date not null,
  sign_ins int not null,
  constraint relying_app_day_pkey primary key (app_id, day),
  constraint relying_app_day_app_id_fkey foreign key (app_id) references identity.relying_app (id)
);

-- A sign-out on its way to an application (OpenID Connect Back-Channel Logout 1.0).
create table identity.logout_delivery (
  id uuid not null,
  app_id uuid not null,
  account_id uuid not null,
  sid text,
  status text not null,
  attempts int not null default 0,
  last_error text,
  created_at timestamptz not null,
  settled_at timestamptz,
  constraint logout_delivery_pkey primary key (id),
  constraint logout_delivery_app_id_fkey foreign key (app_id) references identity.relying_app (id),
  constraint logout_delivery_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint logout_delivery_status_check check (status in ('waiting', 'delivered', 'failed'))
);
create index logout_delivery_app_id_idx on identity.logout_delivery (app_id, id);
create index logout_delivery_account_id_idx on identity.logout_delivery (account_id);
create index logout_delivery_failed_idx on identity.logout_delivery (app_id) where status = 'failed';
