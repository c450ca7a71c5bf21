-- Tokens of programs that the operator made end: at the latest a year after they were made. What is there already has three months to be renewed.
alter table identity.api_client add column expires_at timestamptz;
alter table identity.api_client add column former_hash bytea;
alter table identity.api_client add column former_until timestamptz;
alter table identity.api_client add constraint api_client_former_check check ((former_hash is null) = (former_until is null));
update identity.api_client set expires_at = greatest(created_at + interval '365 days', now() + interval '90 days');
create unique index api_client_former_hash_key on identity.api_client (former_hash) where former_hash is not null;
