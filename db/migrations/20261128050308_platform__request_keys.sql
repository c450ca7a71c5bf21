-- Idempotency keys of the public API: the key, what was asked with it, and the answer that was given.
create table platform.request_key (
  owner text not null,
  key text not null,
  fingerprint bytea not null,
  status smallint,
  headers jsonb,
  body text,
  created_at timestamptz not null,
  constraint request_key_pkey primary key (owner, key)
);
create index request_key_created_at_idx on platform.request_key (created_at);
