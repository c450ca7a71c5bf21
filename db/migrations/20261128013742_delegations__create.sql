-- Who may act for whom: scope, rights and dates are columns, because lists of dossiers ask for them in an indexed condition.
create schema delegations;

create table delegations.delegation (
  id uuid not null,
  giver_account_id uuid,
  ward_name text,
  ward_identity text,
  ward_birth_date date,
  delegate_account_id uuid not null,
  kind text not null,
  relation text,
  scope text not null,
  scope_values text[] not null,
  may_submit boolean not null,
  may_see boolean not null,
  may_receive boolean not null,
  valid_from date not null,
  valid_to date,
  state text not null,
  initiator text not null,
  proposed_at timestamptz not null,
  answered_at timestamptz,
  answered_by text,
  answered_unit_id uuid,
  basis text,
  ended_at timestamptz,
  ended_by text,
  end_reason text,
  version int not null default 1,
  constraint delegation_pkey primary key (id),
  constraint delegation_giver_account_id_fkey foreign key (giver_account_id) references identity.account (id),
  constraint delegation_delegate_account_id_fkey foreign key (delegate_account_id) references identity.account (id),
  constraint delegation_kind_check check (kind in ('relative', 'guardian', 'agent', 'post')),
  constraint delegation_scope_check check (scope in ('all', 'field', 'procedure', 'dossier')),
  constraint delegation_scope_values_check check ((scope = 'all') = (cardinality(scope_values) = 0) and cardinality(scope_values) <= 50),
  constraint delegation_rights_check check (may_submit or may_see or may_receive),
  constraint delegation_state_check check (state in ('proposed', 'active', 'declined', 'withdrawn')),
  constraint delegation_initiator_check check (initiator in ('giver', 'delegate', 'official')),
  constraint delegation_period_check check (valid_to is null or valid_to >= valid_from),
  constraint delegation_giver_check check ((giver_account_id is null) = (ward_name is not null)),
  constraint delegation_other_check check (giver_account_id is distinct from delegate_account_id)
);
create index delegation_delegate_idx on delegations.delegation (delegate_account_id, giver_account_id);
create index delegation_giver_idx on delegations.delegation (giver_account_id, id desc);
create index delegation_proposed_idx on delegations.delegation (proposed_at, id) where state = 'proposed';

create table delegations.paper (
  delegation_id uuid not null,
  file_id uuid not null,
  added_at timestamptz not null,
  added_by text not null,
  constraint paper_pkey primary key (delegation_id, file_id),
  constraint paper_delegation_id_fkey foreign key (delegation_id) references delegations.delegation (id),
  constraint paper_file_id_fkey foreign key (file_id) references files.file (id)
);
create index paper_file_id_idx on delegations.paper (file_id);

-- Organisations of the public post (bưu chính công ích) whose staff hand in for people.
create table delegations.postal_operator (
  account_id uuid not null,
  since date not null,
  until date,
  named_by text not null,
  constraint postal_operator_pkey primary key (account_id),
  constraint postal_operator_account_id_fkey foreign key (account_id) references identity.account (id)
);

-- What a delegate may do on a day: only what is accepted, within its dates, for somebody whose account is open.
create function delegations.mandates_of(delegate uuid, day date)
returns table (id uuid, giver_account_id uuid, scope text, scope_values text[], may_submit boolean, may_see boolean, may_receive boolean)
language sql stable as $$
  select d.id, d.giver_account_id, d.scope, d.scope_values, d.may_submit, d.may_see, d.may_receive
  from delegations.delegation d
  where d.delegate_account_id = delegate and d.state = 'active' and d.valid_from <= day and (d.valid_to is null or d.valid_to >= day)
    and (d.giver_account_id is null or exists (select from identity.account a where a.id = d.giver_account_id and a.status = 'active'))
$$;

-- Whether a dossier lies within a scope.
create function delegations.covers(scope text, scope_values text[], field_code text, procedure_code text, dossier_id uuid, dossier_code text)
returns boolean language sql immutable as $$
  select case scope
    when 'all' then true
    when 'field' then coalesce(field_code = any(scope_values), false)
    when 'procedure' then coalesce(procedure_code = any(scope_values), false)
    else dossier_id::text = any(scope_values) or coalesce(dossier_code = any(scope_values), false)
  end
$$;

alter table dossiers.dossier
  add column submitter_account_id uuid,
  add column delegation_id uuid,
  add constraint dossier_submitter_account_id_fkey foreign key (submitter_account_id) references identity.account (id),
  add constraint dossier_delegation_id_fkey foreign key (delegation_id) references delegations.delegation (id);
create index dossier_submitter_idx on dossiers.dossier (submitter_account_id, submitted_at desc) where submitter_account_id is not null;
create index dossier_delegation_idx on dossiers.dossier (delegation_id, submitted_at desc) where delegation_id is not null;

alter table portal.application
  add column delegation_id uuid,
  add constraint application_delegation_id_fkey foreign key (delegation_id) references delegations.delegation (id);
create index application_delegation_id_idx on portal.application (delegation_id) where delegation_id is not null;
