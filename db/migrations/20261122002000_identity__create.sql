-- Who people are: accounts, how they sign in, the province's OpenID provider, API clients.
create schema identity;

-- One row per person, business or official that can hold a session. Officials' facts (posts, units) live in organisations.
create table identity.account (
  id uuid not null,
  kind text not null,
  status text not null,
  name text not null,
  password_hash text,
  password_changed_at timestamptz,
  must_change_password boolean not null default false,
  failed_attempts int not null default 0,
  lock_level int not null default 0,
  locked_until timestamptz,
  last_sign_in_at timestamptz,
  is_demo boolean not null default false,
  status_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  constraint account_pkey primary key (id),
  constraint account_kind_check check (kind in ('citizen', 'business', 'official')),
  constraint account_status_check check (status in ('active', 'locked', 'closed')),
  constraint account_name_check check (length(name) between 1 and 300)
);
create index account_list_idx on identity.account (kind, status, id);
create index account_demo_idx on identity.account (id) where is_demo;
create extension if not exists pg_trgm;
create index account_name_idx on identity.account using gin (platform.fold(name) public.gin_trgm_ops);

-- The names an account answers to, normalised: identity number, tax code, phone, e-mail, user name. Only proven ones are here.
create table identity.login (
  value text not null,
  account_id uuid not null,
  kind text not null,
  verified_at timestamptz not null,
  constraint login_pkey primary key (value),
  constraint login_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint login_kind_check check (kind in ('identity-number', 'tax-code', 'phone', 'email', 'user-name')),
  constraint login_value_check check (length(value) between 1 and 254),
  constraint login_account_kind_key unique (account_id, kind)
);

create table identity.person (
  account_id uuid not null,
  identity_number text not null,
  full_name text not null,
  birth_date date not null,
  gender text not null,
  address_unit_id uuid,
  address_line text,
  constraint person_pkey primary key (account_id),
  constraint person_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint person_address_unit_id_fkey foreign key (address_unit_id) references organisations.unit (id),
  constraint person_identity_number_key unique (identity_number),
  constraint person_gender_check check (gender in ('male', 'female', 'other'))
);
create index person_address_unit_id_idx on identity.person (address_unit_id);

create table identity.business (
  account_id uuid not null,
  tax_code text not null,
  name text not null,
  representative_name text not null,
  address_unit_id uuid,
  address_line text,
  constraint business_pkey primary key (account_id),
  constraint business_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint business_address_unit_id_fkey foreign key (address_unit_id) references organisations.unit (id),
  constraint business_tax_code_key unique (tax_code)
);
create index business_address_unit_id_idx on identity.business (address_unit_id);

-- People who may act for a business; at least one owner (kept by the use cases).
create table identity.business_member (
  business_id uuid not null,
  person_id uuid not null,
  role text not null,
  since timestamptz not null,
  constraint business_member_pkey primary key (business_id, person_id),
  constraint business_member_business_id_fkey foreign key (business_id) references identity.business (account_id),
  constraint business_member_person_id_fkey foreign key (person_id) references identity.person (account_id),
  constraint business_member_role_check check (role in ('owner', 'agent'))
);
create index business_member_person_id_idx on identity.business_member (person_id);

create table identity.official (
  account_id uuid not null,
  officer_id uuid not null,
  constraint official_pkey primary key (account_id),
  constraint official_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint official_officer_id_fkey foreign key (officer_id) references organisations.officer (id),
  constraint official_officer_id_key unique (officer_id)
);

-- The last passwords of officials, so that they are not used again.
create table identity.password_history (
  account_id uuid not null,
  changed_at timestamptz not null,
  password_hash text not null,
  constraint password_history_pkey primary key (account_id, changed_at),
  constraint password_history_account_id_fkey foreign key (account_id) references identity.account (id)
);

-- What a person must prove before it counts: a code sent to an address, or a link given out by an administrator.
-- Only a keyed hash of the code is kept; its text goes to notifications as a sensitive message and is erased there once sent.
create table identity.verification (
  id uuid not null,
  purpose text not null,
  account_id uuid,
  channel text not null,
  address text not null,
  code_hash bytea not null,
  draft jsonb,
  attempts int not null default 0,
  locale text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint verification_pkey primary key (id),
  constraint verification_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint verification_purpose_check check (purpose in ('register', 'reset-password', 'change-contact', 'set-password')),
  constraint verification_channel_check check (channel in ('email', 'phone', 'link', 'none')),
  constraint verification_locale_check check (locale in ('vi', 'en'))
);
create index verification_account_id_idx on identity.verification (account_id);
create index verification_expires_at_idx on identity.verification (expires_at);

-- Every attempt to sign in to a known account; shown to its owner.
create table identity.sign_in (
  id uuid not null,
  account_id uuid not null,
  occurred_at timestamptz not null,
  outcome text not null,
  client_id text not null,
  address text,
  user_agent text,
  constraint sign_in_pkey primary key (id),
  constraint sign_in_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint sign_in_outcome_check check (outcome in ('succeeded', 'wrong-password', 'refused-locked', 'single-sign-on', 'unlocked'))
);
create index sign_in_account_id_idx on identity.sign_in (account_id, occurred_at desc);
create index sign_in_occurred_at_idx on identity.sign_in (occurred_at);

-- What identity knows of a session beyond the platform's row: which person acts, when an account acts for a business.
create table identity.session_detail (
  token_hash bytea not null,
  person_id uuid not null,
  constraint session_detail_pkey primary key (token_hash),
  constraint session_detail_token_hash_fkey foreign key (token_hash) references platform.session (token_hash) on delete cascade,
  constraint session_detail_person_id_fkey foreign key (person_id) references identity.account (id)
);
create index session_detail_person_id_idx on identity.session_detail (person_id);

-- Which version of the privacy notice a person was shown, and when. The basis is law, so nothing is asked, but notice is due.
create table identity.notice (
  account_id uuid not null,
  version text not null,
  shown_at timestamptz not null,
  constraint notice_pkey primary key (account_id, version),
  constraint notice_account_id_fkey foreign key (account_id) references identity.account (id)
);

-- The OpenID provider's own state: sessions, grants, codes, tokens, interactions.
create table identity.oidc_payload (
  kind text not null,
  id text not null,
  payload jsonb not null,
  grant_id text,
  user_code text,
  uid text,
  expires_at timestamptz,
  consumed_at timestamptz,
  constraint oidc_payload_pkey primary key (kind, id)
);
create index oidc_payload_grant_id_idx on identity.oidc_payload (grant_id) where grant_id is not null;
create index oidc_payload_uid_idx on identity.oidc_payload (kind, uid) where uid is not null;
create index oidc_payload_user_code_idx on identity.oidc_payload (user_code) where user_code is not null;
create index oidc_payload_account_idx on identity.oidc_payload ((payload ->> 'accountId')) where kind = 'Session';
create index oidc_payload_expires_at_idx on identity.oidc_payload (expires_at);

-- Signing keys of the provider as private JWK, sealed with the program's secret.
create table identity.oidc_key (
  kid text not null,
  jwk_sealed bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  constraint oidc_key_pkey primary key (kid)
);

-- Programs of partners that call the public API with a token of their own.
create table identity.api_client (
  id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  constraint api_client_pkey primary key (id),
  constraint api_client_name_key unique (name),
  constraint api_client_token_hash_key unique (token_hash)
);
