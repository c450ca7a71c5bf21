-- Units, agency identifiers, posts, officers and roles, each with its period of validity. `valid_to` is the last day (inclusive);
-- null means "until further notice". Tiers of government are data: three before 1 July 2025, two after.
create schema organisations;
create extension if not exists btree_gist;

-- The identity that outlives every rename and move. `key` is the stable name used by province data (`gso:16681`, `so-noi-vu`).
create table organisations.unit (
  id uuid not null,
  key text,
  is_example boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null,
  constraint unit_pkey primary key (id),
  constraint unit_key_unique unique (key)
);

create table organisations.unit_version (
  id uuid not null,
  unit_id uuid not null,
  name_vi text not null,
  name_en text not null,
  short_name text not null,
  kind text not null,
  tier smallint not null,
  parent_id uuid,
  gso_code text,
  address text,
  phone text,
  email text,
  sort_order int not null default 0,
  decision_number text,
  valid_from date not null,
  valid_to date,
  closing_decision_number text,
  created_at timestamptz not null,
  search_text text not null generated always as (platform.fold(name_vi || ' ' || short_name || ' ' || name_en || ' ' || coalesce(gso_code, ''))) stored,
  constraint unit_version_pkey primary key (id),
  constraint unit_version_unit_fkey foreign key (unit_id) references organisations.unit (id),
  constraint unit_version_parent_fkey foreign key (parent_id) references organisations.unit (id),
  constraint unit_version_period_check check (valid_to is null or valid_to >= valid_from),
  constraint unit_version_not_own_parent_check check (parent_id is null or parent_id <> unit_id),
  constraint unit_version_kind_check check (kind ~ '^[a-z][a-z-]{1,39}$'),
  constraint unit_version_tier_check check (tier between 1 and 9),
  constraint unit_version_name_check check (length(name_vi) between 1 and 300 and length(name_en) between 1 and 300),
  constraint unit_version_overlap_excl exclude using gist (unit_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index unit_version_unit_idx on organisations.unit_version (unit_id, valid_from);
create index unit_version_parent_idx on organisations.unit_version (parent_id, valid_from);
create index unit_version_kind_idx on organisations.unit_version (kind, valid_from);
create index unit_version_gso_idx on organisations.unit_version (gso_code) where gso_code is not null;

-- Every unit with every unit above it (itself at depth 0) and the period in which that held: "this unit and all below
-- on a date" is one index scan. Derived from unit_version by rebuild_ancestry, never written by hand.
create table organisations.unit_ancestor (
  ancestor_id uuid not null,
  unit_id uuid not null,
  depth smallint not null,
  valid_from date not null,
  valid_to date,
  constraint unit_ancestor_pkey primary key (ancestor_id, unit_id, valid_from),
  constraint unit_ancestor_ancestor_fkey foreign key (ancestor_id) references organisations.unit (id) on delete cascade,
  constraint unit_ancestor_unit_fkey foreign key (unit_id) references organisations.unit (id) on delete cascade
);
create index unit_ancestor_unit_idx on organisations.unit_ancestor (unit_id, depth);

-- Recomputes the ancestry of the given units and of everything that ever hung below them.
create function organisations.rebuild_ancestry(changed uuid[]) returns void language plpgsql as $$
declare
  affected uuid[];
begin
  with recursive below as (
    select c.id from unnest(changed) as c (id)
    union
    select v.unit_id from organisations.unit_version v join below b on v.parent_id = b.id
  )
  select array_agg(id) into affected from below;

  delete from organisations.unit_ancestor where unit_id = any (affected);

  insert into organisations.unit_ancestor (ancestor_id, unit_id, depth, valid_from, valid_to)
  with recursive up as (
    select v.unit_id, v.unit_id as ancestor_id, 0 as depth, daterange(v.valid_from, v.valid_to, '[]') as during
    from organisations.unit_version v where v.unit_id = any (affected)
    union all
    select u.unit_id, v.parent_id, u.depth + 1, u.during * daterange(v.valid_from, v.valid_to, '[]')
    from up u
    join organisations.unit_version v
      on v.unit_id = u.ancestor_id and v.parent_id is not null and u.during && daterange(v.valid_from, v.valid_to, '[]')
    where u.depth < 16
  ), merged as (
    select unit_id, ancestor_id, depth, unnest(range_agg(during)) as during from up group by unit_id, ancestor_id, depth
  )
  select ancestor_id, unit_id, depth, lower(during), upper(during) - 1 from merged;

  if exists (select 1 from organisations.unit_ancestor where unit_id = any (affected) and depth >= 16) then
    raise exception 'The tree of units has a circle or more than 16 levels' using errcode = 'check_violation', constraint = 'unit_ancestor_depth_check';
  end if;
end $$;

-- Which unit took over from which: n to m, with the decision that says so.
create table organisations.unit_succession (
  predecessor_id uuid not null,
  successor_id uuid not null,
  effective_on date not null,
  decision_number text,
  is_partial boolean not null default false,
  note text,
  created_at timestamptz not null,
  constraint unit_succession_pkey primary key (predecessor_id, successor_id, effective_on),
  constraint unit_succession_predecessor_fkey foreign key (predecessor_id) references organisations.unit (id),
  constraint unit_succession_successor_fkey foreign key (successor_id) references organisations.unit (id),
  constraint unit_succession_self_check check (predecessor_id <> successor_id)
);
create index unit_succession_successor_idx on organisations.unit_succession (successor_id);

-- Agency identifiers: the 13 characters of QCVN 102:2016 and the dotted form of QĐ 20/2020/QĐ-TTg.
create table organisations.agency_identifier (
  id uuid not null,
  unit_id uuid not null,
  scheme text not null,
  code text not null,
  is_example boolean not null default false,
  valid_from date not null,
  valid_to date,
  created_at timestamptz not null,
  constraint agency_identifier_pkey primary key (id),
  constraint agency_identifier_unit_fkey foreign key (unit_id) references organisations.unit (id),
  constraint agency_identifier_period_check check (valid_to is null or valid_to >= valid_from),
  constraint agency_identifier_shape_check check (
    (scheme = 'qcvn102' and code ~ '^\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}$')
    or (scheme = 'qd20' and length(code) <= 35 and code ~ '^[A-Y]\d{2}(\.[0-9A-Z]+)*$')),
  constraint agency_identifier_code_excl exclude using gist (code with =, daterange(valid_from, valid_to, '[]') with &&),
  constraint agency_identifier_unit_excl exclude using gist (unit_id with =, scheme with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index agency_identifier_unit_idx on organisations.agency_identifier (unit_id);
create index agency_identifier_code_idx on organisations.agency_identifier (code);

-- People who work for a unit. Vietnamese people sort by given name: the last word of the full name.
create table organisations.officer (
  id uuid not null,
  staff_code text not null,
  full_name text not null,
  given_name text not null generated always as (regexp_replace(full_name, '^.*\s', '')) stored,
  email text,
  phone text,
  is_example boolean not null default false,
  left_on date,
  version int not null default 1,
  created_at timestamptz not null,
  search_text text not null generated always as (platform.fold(full_name || ' ' || staff_code || ' ' || coalesce(email, ''))) stored,
  constraint officer_pkey primary key (id),
  constraint officer_staff_code_unique unique (staff_code),
  constraint officer_full_name_check check (length(full_name) between 1 and 200),
  constraint officer_staff_code_check check (staff_code ~ '^[0-9A-Z][0-9A-Z.-]{1,29}$')
);
create unique index officer_email_unique on organisations.officer (lower(email)) where email is not null;
create index officer_sort_idx on organisations.officer (given_name collate "vi-x-icu", full_name collate "vi-x-icu", id);

-- A place to fill at a unit. One post may be filled by several officers, one officer may fill several posts.
create table organisations.post (
  id uuid not null,
  key text,
  unit_id uuid not null,
  title_vi text not null,
  title_en text not null,
  is_leader boolean not null default false,
  sort_order int not null default 0,
  is_example boolean not null default false,
  valid_from date not null,
  valid_to date,
  version int not null default 1,
  created_at timestamptz not null,
  constraint post_pkey primary key (id),
  constraint post_key_unique unique (key),
  constraint post_unit_fkey foreign key (unit_id) references organisations.unit (id),
  constraint post_period_check check (valid_to is null or valid_to >= valid_from),
  constraint post_title_check check (length(title_vi) between 1 and 200 and length(title_en) between 1 and 200)
);
create index post_unit_idx on organisations.post (unit_id, sort_order);

create table organisations.appointment (
  id uuid not null,
  officer_id uuid not null,
  post_id uuid not null,
  is_primary boolean not null default true,
  decision_number text,
  valid_from date not null,
  valid_to date,
  ending_decision_number text,
  created_at timestamptz not null,
  constraint appointment_pkey primary key (id),
  constraint appointment_officer_fkey foreign key (officer_id) references organisations.officer (id),
  constraint appointment_post_fkey foreign key (post_id) references organisations.post (id),
  constraint appointment_period_check check (valid_to is null or valid_to >= valid_from),
  constraint appointment_overlap_excl exclude using gist (officer_id with =, post_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index appointment_officer_idx on organisations.appointment (officer_id, valid_from);
create index appointment_post_idx on organisations.appointment (post_id, valid_from);

-- Uỷ quyền: what `from_officer` may do at `post` is done by `to_officer` from–to. No permissions listed means all of the post's.
create table organisations.substitution (
  id uuid not null,
  post_id uuid not null,
  from_officer_id uuid not null,
  to_officer_id uuid not null,
  permissions text[],
  scope_note text,
  document_number text not null,
  valid_from date not null,
  valid_to date not null,
  revoked_on date,
  created_at timestamptz not null,
  constraint substitution_pkey primary key (id),
  constraint substitution_post_fkey foreign key (post_id) references organisations.post (id),
  constraint substitution_from_officer_fkey foreign key (from_officer_id) references organisations.officer (id),
  constraint substitution_to_officer_fkey foreign key (to_officer_id) references organisations.officer (id),
  constraint substitution_self_check check (from_officer_id <> to_officer_id),
  constraint substitution_period_check check (valid_to >= valid_from),
  constraint substitution_overlap_excl exclude using gist (post_id with =, from_officer_id with =, to_officer_id with =, daterange(valid_from, valid_to, '[]') with &&) where (revoked_on is null)
);
create index substitution_post_idx on organisations.substitution (post_id);
create index substitution_from_idx on organisations.substitution (from_officer_id);
create index substitution_to_idx on organisations.substitution (to_officer_id, valid_to);

create table organisations.role (
  id uuid not null,
  key text not null,
  name_vi text not null,
  name_en text not null,
  description_vi text not null,
  description_en text not null,
  sort_order int not null default 0,
  version int not null default 1,
  created_at timestamptz not null,
  constraint role_pkey primary key (id),
  constraint role_key_unique unique (key),
  constraint role_key_check check (key ~ '^[a-z][a-z0-9-]{1,39}$')
);

create table organisations.role_permission (
  role_id uuid not null,
  permission text not null,
  constraint role_permission_pkey primary key (role_id, permission),
  constraint role_permission_role_fkey foreign key (role_id) references organisations.role (id) on delete cascade,
  constraint role_permission_name_check check (permission ~ '^[a-z][a-z-]*\.[a-z][a-z.-]*$')
);

-- Over which units a post holds a role: its own, its own and all below, the listed ones, or everywhere.
create table organisations.post_role (
  id uuid not null,
  post_id uuid not null,
  role_id uuid not null,
  reach text not null,
  created_at timestamptz not null,
  constraint post_role_pkey primary key (id),
  constraint post_role_post_role_unique unique (post_id, role_id),
  constraint post_role_post_fkey foreign key (post_id) references organisations.post (id) on delete cascade,
  constraint post_role_role_fkey foreign key (role_id) references organisations.role (id),
  constraint post_role_reach_check check (reach in ('unit', 'unit-and-below', 'listed', 'all'))
);
create index post_role_role_idx on organisations.post_role (role_id);

create table organisations.post_role_unit (
  post_role_id uuid not null,
  unit_id uuid not null,
  constraint post_role_unit_pkey primary key (post_role_id, unit_id),
  constraint post_role_unit_post_role_fkey foreign key (post_role_id) references organisations.post_role (id) on delete cascade,
  constraint post_role_unit_unit_fkey foreign key (unit_id) references organisations.unit (id)
);
create index post_role_unit_unit_idx on organisations.post_role_unit (unit_id);

-- Rights of an officer who works at a post on a date: those of the post itself and of every post acted for by substitution.
-- No rows when the officer neither holds the post nor acts at it on that day. `unit_ids` is unfolded to single units.
create function organisations.grants_of(p_officer uuid, p_post uuid, p_on date)
returns table (permission text, everywhere boolean, unit_ids uuid[]) language sql stable as $$
  with own as (
    select a.post_id, null::text[] as only
    from organisations.appointment a
    join organisations.post p on p.id = a.post_id
    join organisations.officer o on o.id = a.officer_id
    where a.officer_id = p_officer and a.post_id = p_post
      and a.valid_from <= p_on and (a.valid_to is null or a.valid_to >= p_on)
      and p.valid_from <= p_on and (p.valid_to is null or p.valid_to >= p_on)
      and (o.left_on is null or o.left_on >= p_on)
  ), acted as (
    select s.post_id, s.permissions as only
    from organisations.substitution s
    join organisations.post p on p.id = s.post_id
    join organisations.officer o on o.id = s.to_officer_id
    where s.to_officer_id = p_officer and s.valid_from <= p_on and s.valid_to >= p_on
      and (s.revoked_on is null or s.revoked_on > p_on)
      and p.valid_from <= p_on and (p.valid_to is null or p.valid_to >= p_on)
      and (o.left_on is null or o.left_on >= p_on)
      and exists (
        select 1 from organisations.appointment a
        where a.officer_id = s.from_officer_id and a.post_id = s.post_id
          and a.valid_from <= p_on and (a.valid_to is null or a.valid_to >= p_on))
  ), held as (
    select * from own
    union all
    select * from acted where exists (select 1 from own) or exists (select 1 from acted x where x.post_id = p_post)
  ), rights as (
    select rp.permission, pr.id as post_role_id, pr.reach, p.unit_id
    from held h
    join organisations.post p on p.id = h.post_id
    join organisations.post_role pr on pr.post_id = h.post_id
    join organisations.role_permission rp on rp.role_id = pr.role_id
    where h.only is null or rp.permission = any (h.only)
  ), unfolded as (
    select r.permission, r.unit_id from rights r where r.reach = 'unit'
    union
    select r.permission, n.unit_id from rights r
    join organisations.unit_ancestor n on n.ancestor_id = r.unit_id
    where r.reach = 'unit-and-below' and n.valid_from <= p_on and (n.valid_to is null or n.valid_to >= p_on)
    union
    select r.permission, l.unit_id from rights r
    join organisations.post_role_unit l on l.post_role_id = r.post_role_id
    where r.reach = 'listed'
  )
  select g.permission, bool_or(g.everywhere), coalesce(array_agg(distinct g.unit_id) filter (where g.unit_id is not null), '{}')
  from (
    select permission, true as everywhere, null::uuid as unit_id from rights where reach = 'all'
    union all
    select permission, false, unit_id from unfolded
  ) g
  group by g.permission
$$;

-- An Excel file of officers, checked row by row; applied later in one transaction, or thrown away.
create table organisations.officer_import (
  id uuid not null,
  file_name text not null,
  state text not null,
  rows jsonb not null,
  valid_count int not null,
  invalid_count int not null,
  created_by text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  constraint officer_import_pkey primary key (id),
  constraint officer_import_state_check check (state in ('checked', 'applied', 'discarded'))
);
create index officer_import_created_idx on organisations.officer_import (created_at);
