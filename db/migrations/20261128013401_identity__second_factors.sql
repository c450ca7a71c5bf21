-- Second factors: apps that make codes (RFC 6238) and passkeys (WebAuthn). Secrets lie sealed; of a passkey only the public key is here.
create table identity.factor (
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  secret_sealed bytea,
  last_step bigint not null default 0,
  credential_id text,
  public_key bytea,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  is_synced boolean not null default false,
  constraint factor_pkey primary key (id),
  constraint factor_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint factor_kind_check check (kind in ('app', 'passkey')),
  constraint factor_name_check check (length(name) between 1 and 60),
  constraint factor_facts_check check (
    (kind = 'app' and secret_sealed is not null and credential_id is null)
    or (kind = 'passkey' and credential_id is not null and public_key is not null and secret_sealed is null)),
  constraint factor_credential_id_key unique (credential_id)
);
create index factor_account_id_idx on identity.factor (account_id);

-- Codes for the day the telephone is gone: keyed hashes, each good once.
create table identity.recovery_code (
  account_id uuid not null,
  code_hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  constraint recovery_code_pkey primary key (account_id, code_hash),
  constraint recovery_code_account_id_fkey foreign key (account_id) references identity.account (id)
);

-- Wrong codes in a row, counted apart from wrong passwords: a right password must not give new tries at the code.
create table identity.factor_guard (
  account_id uuid not null,
  failed_attempts int not null default 0,
  lock_level int not null default 0,
  locked_until timestamptz,
  constraint factor_guard_pkey primary key (account_id),
  constraint factor_guard_account_id_fkey foreign key (account_id) references identity.account (id)
);

-- A sign-in whose password was right and whose second factor is still asked for; `uid` is the provider's interaction.
create table identity.sign_in_step (
  uid text not null,
  account_id uuid not null,
  methods text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint sign_in_step_pkey primary key (uid),
  constraint sign_in_step_account_id_fkey foreign key (account_id) references identity.account (id)
);
create index sign_in_step_account_id_idx on identity.sign_in_step (account_id);
create index sign_in_step_expires_at_idx on identity.sign_in_step (expires_at);

-- A question put to a passkey in an open session: bound to that session, good once, for a few minutes.
create table identity.passkey_challenge (
  id uuid not null,
  account_id uuid not null,
  session_hash bytea not null,
  purpose text not null,
  challenge text not null,
  expires_at timestamptz not null,
  constraint passkey_challenge_pkey primary key (id),
  constraint passkey_challenge_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint passkey_challenge_purpose_check check (purpose in ('enrol', 'step-up'))
);
create index passkey_challenge_account_id_idx on identity.passkey_challenge (account_id);
create index passkey_challenge_expires_at_idx on identity.passkey_challenge (expires_at);

-- Browsers an account has signed in from: a cookie's hash. A new one is told to the person.
create table identity.device (
  account_id uuid not null,
  device_hash bytea not null,
  user_agent text,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  constraint device_pkey primary key (account_id, device_hash),
  constraint device_account_id_fkey foreign key (account_id) references identity.account (id)
);
create index device_last_seen_at_idx on identity.device (last_seen_at);

-- What each level of assurance may do: dated rows over the defaults that modules declare.
create table identity.assurance_rule (
  id uuid not null,
  act text not null,
  level smallint not null,
  fresh_minutes int,
  valid_from date not null,
  basis text not null,
  created_at timestamptz not null,
  created_by text not null,
  constraint assurance_rule_pkey primary key (id),
  constraint assurance_rule_act_key unique (act, valid_from),
  constraint assurance_rule_level_check check (level between 1 and 3),
  constraint assurance_rule_fresh_minutes_check check (fresh_minutes is null or fresh_minutes between 1 and 720),
  constraint assurance_rule_basis_check check (length(basis) between 1 and 500)
);

-- Taking a lost factor away: asked by one administrator, approved by another, done after a time of waiting.
create table identity.recovery_request (
  id uuid not null,
  account_id uuid not null,
  reason text not null,
  state text not null,
  requested_by uuid not null,
  requested_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  effective_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  constraint recovery_request_pkey primary key (id),
  constraint recovery_request_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint recovery_request_requested_by_fkey foreign key (requested_by) references identity.account (id),
  constraint recovery_request_approved_by_fkey foreign key (approved_by) references identity.account (id),
  constraint recovery_request_ended_by_fkey foreign key (ended_by) references identity.account (id),
  constraint recovery_request_state_check check (state in ('asked', 'approved', 'done', 'refused', 'cancelled')),
  constraint recovery_request_two_people_check check (approved_by is null or (approved_by <> requested_by and approved_by <> account_id)),
  constraint recovery_request_reason_check check (length(reason) between 1 and 500)
);
create unique index recovery_request_open_key on identity.recovery_request (account_id) where state in ('asked', 'approved');
create index recovery_request_account_id_idx on identity.recovery_request (account_id, requested_at desc);
create index recovery_request_requested_by_idx on identity.recovery_request (requested_by);
create index recovery_request_approved_by_idx on identity.recovery_request (approved_by);
create index recovery_request_ended_by_idx on identity.recovery_request (ended_by);
create index recovery_request_due_idx on identity.recovery_request (effective_at) where state = 'approved';

alter table identity.sign_in drop constraint sign_in_outcome_check;
alter table identity.sign_in add constraint sign_in_outcome_check check (outcome in ('succeeded', 'wrong-password', 'refused-locked',
  'single-sign-on', 'unlocked', 'second-factor', 'wrong-code', 'passkey', 'recovery-code', 'stepped-up')) not valid;
alter table identity.sign_in validate constraint sign_in_outcome_check;
