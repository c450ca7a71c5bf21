-- An upload that comes in pieces over a bad line (tus 1.0): what has arrived and is on disk, who sends it and for what.
create table files.upload (
  id uuid not null,
  sender_id text not null,
  owner_kind text not null,
  owner_id text not null,
  file_name text not null,
  kind text not null,
  size_bytes bigint not null,
  offset_bytes bigint not null default 0,
  writer_id uuid,
  writer_until timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  completed_at timestamptz,
  sha256 bytea,
  stored_bytes bigint,
  media_type text,
  constraint upload_pkey primary key (id),
  constraint upload_size_check check (size_bytes > 0),
  constraint upload_offset_check check (offset_bytes between 0 and size_bytes),
  constraint upload_writer_check check ((writer_id is null) = (writer_until is null)),
  constraint upload_completed_check check ((completed_at is null) = (sha256 is null)
    and (completed_at is null) = (stored_bytes is null) and (completed_at is null) = (media_type is null)),
  constraint upload_sha256_length check (octet_length(sha256) = 32)
);
create index upload_sender_idx on files.upload (sender_id);
create index upload_expires_idx on files.upload (expires_at);
create index upload_sha256_idx on files.upload (sha256) where sha256 is not null;
