-- The file that a stored paper became, and what the paper was at that moment: shown to the official whatever happens in the store later.
alter table paperstore.use add column file_id uuid;
alter table paperstore.use add column kept_at timestamptz;
alter table paperstore.use add column source text;
alter table paperstore.use add column was_verified boolean;
alter table paperstore.use add constraint use_source_check check (source in ('uploaded', 'result', 'dossier'));
alter table paperstore.use add constraint use_origin_check
  check ((file_id is null) = (kept_at is null) and (file_id is null) = (source is null) and (file_id is null) = (was_verified is null));
create unique index use_file_id_key on paperstore.use (file_id) where file_id is not null;
