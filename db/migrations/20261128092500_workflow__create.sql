-- Processes: what is drawn (definitions, never changed), where each stands (instances), and what waits: tasks, timers, messages, errands.
create schema workflow;

create table workflow.definition (
  id uuid not null,
  key text not null,
  version integer not null,
  name text not null,
  -- The file as it came, and what is run of it.
  xml text not null,
  checksum bytea not null,
  content jsonb not null,
  valid_from date not null,
  valid_to date,
  published_at timestamptz not null,
  published_by text not null,
  constraint definition_pkey primary key (id),
  constraint definition_version_unique unique (key, version),
  constraint definition_period_check check (valid_to is null or valid_to >= valid_from),
  constraint definition_checksum_check check (length(checksum) = 32)
);
create index definition_validity_idx on workflow.definition (key, valid_from desc);

create table workflow.instance (
  id uuid not null,
  definition_id uuid not null,
  subject_kind text not null,
  subject_id text not null,
  unit_id uuid,
  places jsonb not null,
  state jsonb not null,
  status text not null,
  version integer not null default 1,
  started_at timestamptz not null,
  ended_at timestamptz,
  parent_id uuid,
  parent_token integer,
  constraint instance_pkey primary key (id),
  constraint instance_definition_fkey foreign key (definition_id) references workflow.definition (id),
  constraint instance_unit_fkey foreign key (unit_id) references organisations.unit (id),
  constraint instance_parent_fkey foreign key (parent_id) references workflow.instance (id),
  constraint instance_status_check check (status in ('running', 'completed', 'failed', 'cancelled')),
  constraint instance_ended_check check ((status = 'running') = (ended_at is null)),
  constraint instance_parent_check check ((parent_id is null) = (parent_token is null))
) with (fillfactor = 70);
create index instance_definition_idx on workflow.instance (definition_id);
create index instance_subject_idx on workflow.instance (subject_kind, subject_id);
create index instance_unit_idx on workflow.instance (unit_id);
create index instance_parent_idx on workflow.instance (parent_id) where parent_id is not null;

-- A task of somebody: one token of one instance.
create table workflow.work (
  instance_id uuid not null,
  token integer not null,
  node text not null,
  name_vi text not null,
  name_en text not null,
  role text,
  unit_id uuid,
  post_id uuid,
  head_assigns boolean not null default false,
  status text not null default 'open',
  due_at timestamptz,
  -- 0 nothing, 1 warned before, 2 told that it is late.
  told smallint not null default 0,
  created_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  constraint work_pkey primary key (instance_id, token),
  constraint work_instance_fkey foreign key (instance_id) references workflow.instance (id),
  constraint work_unit_fkey foreign key (unit_id) references organisations.unit (id),
  constraint work_post_fkey foreign key (post_id) references organisations.post (id),
  constraint work_status_check check (status in ('open', 'done', 'withdrawn', 'failed')),
  constraint work_told_check check (told between 0 and 2),
  constraint work_ended_check check ((status = 'open') = (ended_at is null))
) with (fillfactor = 80);
create index work_unit_idx on workflow.work (unit_id, role, due_at) where status = 'open';
create index work_unit_key_idx on workflow.work (unit_id);
create index work_post_idx on workflow.work (post_id, due_at) where status = 'open';
create index work_post_key_idx on workflow.work (post_id) where post_id is not null;
create index work_due_idx on workflow.work (due_at) where status = 'open' and due_at is not null and told < 2;

-- Who has a part in a task beside the one who does it.
create table workflow.work_part (
  instance_id uuid not null,
  token integer not null,
  post_id uuid not null,
  part text not null,
  added_at timestamptz not null,
  constraint work_part_pkey primary key (instance_id, token, post_id),
  constraint work_part_work_fkey foreign key (instance_id, token) references workflow.work (instance_id, token),
  constraint work_part_post_fkey foreign key (post_id) references organisations.post (id),
  constraint work_part_part_check check (part in ('co-operating', 'following'))
);
create index work_part_post_idx on workflow.work_part (post_id);

create table workflow.timer (
  instance_id uuid not null,
  arm integer not null,
  due_at timestamptz not null,
  constraint timer_pkey primary key (instance_id, arm),
  constraint timer_instance_fkey foreign key (instance_id) references workflow.instance (id)
);
create index timer_due_idx on workflow.timer (due_at);

create table workflow.subscription (
  instance_id uuid not null,
  arm integer not null,
  kind text not null,
  name text not null,
  key text,
  constraint subscription_pkey primary key (instance_id, arm),
  constraint subscription_instance_fkey foreign key (instance_id) references workflow.instance (id),
  constraint subscription_kind_check check (kind in ('message', 'signal'))
);
create index subscription_name_idx on workflow.subscription (kind, name, key);

-- What a step asked of the world and is not yet done: services, called processes, messages, signals, answers to a calling process.
create table workflow.errand (
  id uuid not null,
  instance_id uuid not null,
  token integer,
  kind text not null,
  name text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  tries smallint not null default 0,
  next_at timestamptz not null,
  fault text,
  constraint errand_pkey primary key (id),
  constraint errand_instance_fkey foreign key (instance_id) references workflow.instance (id),
  constraint errand_kind_check check (kind in ('service', 'call', 'message', 'signal', 'answer'))
);
create index errand_instance_idx on workflow.errand (instance_id);
create index errand_next_idx on workflow.errand (next_at);
