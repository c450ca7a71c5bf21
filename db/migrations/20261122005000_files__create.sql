-- A file is a name given to bytes; the bytes lie in the content-addressed store under their SHA-256.
create schema files;

create table files.file (
  id uuid not null,
  sha256 bytea not null,
  size_bytes bigint not null,
  kind text not null,
  media_type text not null,
  file_name text not null,
  owner_kind text not null,
  owner_id text not null,
  uploaded_by text not null,
  created_at timestamptz not null,
  constraint file_pkey primary key (id),
  constraint file_sha256_length check (octet_length(sha256) = 32),
  constraint file_size_positive check (size_bytes > 0)
);
create index file_sha256_idx on files.file (sha256);
create index file_owner_idx on files.file (owner_kind, owner_id);
