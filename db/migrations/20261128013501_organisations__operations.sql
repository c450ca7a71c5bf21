-- A change of the tree that moves what hangs on units: merger, split, renaming, dissolution, move, founding. The plan is decided by
-- people, checked by a second one, applied in bounded transactions, and can be undone.
create table organisations.operation (
  id uuid not null,
  title text not null,
  state text not null,
  decision_number text not null,
  issuing_body text not null,
  effective_on date not null,
  decision_file_id uuid,
  -- What shall happen and what people decided (ReorganisationPlan in reorganisation.ts).
  plan jsonb not null,
  -- What an imported file said that nobody could resolve yet.
  import_report jsonb,
  -- What the last preview found, and for which version of the plan.
  preview jsonb,
  previewed_version int,
  previewed_at timestamptz,
  -- The plan as it was resolved when it started: resuming and undoing follow it, whatever the tree looks like by then.
  resolved jsonb,
  version int not null default 1,
  created_by_id text,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  checked_by_id text,
  checked_by text,
  checked_at timestamptz,
  started_by text,
  started_at timestamptz,
  -- The transaction that closed the units: whoever began before it may still write to them.
  closed_xid xid8,
  finished_at timestamptz,
  undone_by text,
  undone_at timestamptz,
  failure text,
  constraint operation_pkey primary key (id),
  constraint operation_decision_file_id_fkey foreign key (decision_file_id) references files.file (id),
  constraint operation_state_check check (state in ('draft', 'checked', 'scheduled', 'running', 'done', 'undoing', 'undone', 'discarded')),
  constraint operation_title_check check (length(title) between 1 and 300),
  constraint operation_decision_number_check check (length(decision_number) between 1 and 100),
  constraint operation_issuing_body_check check (length(issuing_body) between 1 and 300)
);
create index operation_list_idx on organisations.operation (created_at desc, id desc);
create index operation_state_idx on organisations.operation (state, effective_on);
create index operation_decision_file_id_idx on organisations.operation (decision_file_id) where decision_file_id is not null;

-- The units that an operation touches: the history of a unit reads it.
create table organisations.operation_unit (
  operation_id uuid not null,
  unit_id uuid not null,
  role text not null,
  constraint operation_unit_pkey primary key (operation_id, unit_id, role),
  constraint operation_unit_operation_id_fkey foreign key (operation_id) references organisations.operation (id) on delete cascade,
  constraint operation_unit_role_check check (role in ('from', 'to', 'changed', 'founded'))
);
create index operation_unit_unit_id_idx on organisations.operation_unit (unit_id);

-- How far each contributor has come, in the order in which they run.
create table organisations.operation_part (
  operation_id uuid not null,
  name text not null,
  position smallint not null,
  moved bigint not null default 0,
  expected bigint not null default 0,
  started_at timestamptz,
  finished_at timestamptz,
  constraint operation_part_pkey primary key (operation_id, name),
  constraint operation_part_operation_id_fkey foreign key (operation_id) references organisations.operation (id) on delete cascade
);

-- Rows of this module that an operation inserted (before is null) or changed (what they said before).
create table organisations.operation_trace (
  operation_id uuid not null,
  number bigint generated always as identity,
  relation text not null,
  row_id uuid not null,
  other_id uuid,
  before jsonb,
  constraint operation_trace_pkey primary key (operation_id, number),
  constraint operation_trace_operation_id_fkey foreign key (operation_id) references organisations.operation (id) on delete cascade
);
create index operation_trace_relation_idx on organisations.operation_trace (operation_id, relation);

-- Which post goes on as which.
create table organisations.operation_post (
  operation_id uuid not null,
  from_post_id uuid not null,
  to_post_id uuid not null,
  constraint operation_post_pkey primary key (operation_id, from_post_id),
  constraint operation_post_operation_id_fkey foreign key (operation_id) references organisations.operation (id) on delete cascade
);

-- Where what still arrives for a closed unit goes: a submission under way on the day of the change. Chains are kept flat.
create table organisations.unit_forward (
  unit_id uuid not null,
  to_unit_id uuid not null,
  operation_id uuid not null,
  constraint unit_forward_pkey primary key (unit_id),
  constraint unit_forward_unit_id_fkey foreign key (unit_id) references organisations.unit (id),
  constraint unit_forward_to_unit_id_fkey foreign key (to_unit_id) references organisations.unit (id),
  constraint unit_forward_operation_id_fkey foreign key (operation_id) references organisations.operation (id)
);
create index unit_forward_to_unit_id_idx on organisations.unit_forward (to_unit_id);
create index unit_forward_operation_id_idx on organisations.unit_forward (operation_id);

-- The unit itself, or the one that takes over what arrives for it.
create function organisations.living_unit(p_unit uuid) returns uuid language sql stable as $$
  select coalesce((select f.to_unit_id from organisations.unit_forward f where f.unit_id = p_unit), p_unit)
$$;
