-- Dossiers that came over the public API, by the client that sent them and the moment of their last change.
create table dossiers.client_dossier (
  dossier_id uuid not null,
  client_id text not null,
  changed_at timestamptz not null,
  constraint client_dossier_pkey primary key (dossier_id),
  constraint client_dossier_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id)
);
create index client_dossier_list_idx on dossiers.client_dossier (client_id, changed_at, dossier_id);
insert into dossiers.client_dossier (dossier_id, client_id, changed_at)
select k.dossier_id, substr(k.owner, 8), coalesce((select max(a.at) from dossiers.act a where a.dossier_id = k.dossier_id), k.created_at)
from dossiers.submission_key k where k.owner like 'client/%';
