-- Working time as data. One row is one decision about a calendar: a weekly pattern, a holiday, a swap, an opening, a closure or a
-- cut-off, of the whole province (unit_id null) or of one unit. Rows are never changed: a decision is withdrawn and another one
-- made, so that the calendar known on any day can be read again.
create schema calendar;

create table calendar.entry (
  id uuid not null,
  unit_id uuid,
  kind text not null,
  first_date date not null,
  last_date date,
  content jsonb not null,
  reason text not null,
  created_at timestamptz not null,
  created_by_id text,
  created_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by_id text,
  withdrawn_by text,
  withdrawn_reason text,
  constraint entry_pkey primary key (id),
  constraint entry_unit_fkey foreign key (unit_id) references organisations.unit (id),
  constraint entry_kind_check check (kind in ('pattern', 'holiday', 'swap', 'opening', 'closure', 'cutOff')),
  constraint entry_period_check check (last_date is null or last_date >= first_date),
  constraint entry_reason_check check (length(reason) <= 1000),
  constraint entry_withdrawal_check check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null))
);
create index entry_unit_idx on calendar.entry (unit_id, first_date);
-- One holiday, one swap and one set of opening hours per day, for the province and for each unit.
create unique index entry_day_unique on calendar.entry (unit_id, kind, first_date) nulls not distinct
  where withdrawn_at is null and kind in ('holiday', 'swap', 'opening');

-- Changes with every decision; calendars kept in memory are valid for one value of it.
create table calendar.revision (
  id smallint not null default 1,
  value uuid not null,
  constraint revision_pkey primary key (id),
  constraint revision_single_check check (id = 1)
);
insert into calendar.revision (value) values (gen_random_uuid());
