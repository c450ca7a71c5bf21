-- Names stored bytes as files, as part of another module's one statement: what `fileRecordOf` makes goes in. Returns how many there were.
create function files.register_files(records jsonb, registered_at timestamptz) returns bigint
language sql
as $$
  with written as (
    insert into files.file (id, sha256, size_bytes, kind, media_type, file_name, owner_kind, owner_id, uploaded_by, created_at)
    select f.id, decode(f.sha256, 'hex'), f."sizeBytes", f.kind, f."mediaType", f."fileName", f."ownerKind", f."ownerId", f."uploadedBy",
      registered_at
    from jsonb_to_recordset(coalesce(records, '[]'::jsonb)) as f (id uuid, sha256 text, "sizeBytes" bigint, kind text, "mediaType" text,
      "fileName" text, "ownerKind" text, "ownerId" text, "uploadedBy" text)
    returning 1
  )
  select count(*) from written
$$;
