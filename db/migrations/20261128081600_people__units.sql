-- Requests about data, breaches and mergers belong to a unit: rights over them follow the unit of the post. Null: the province as a whole.
alter table people.request add column unit_id uuid constraint request_unit_id_fkey references organisations.unit (id);
alter table people.breach add column unit_id uuid constraint breach_unit_id_fkey references organisations.unit (id);
alter table people.merger add column unit_id uuid constraint merger_unit_id_fkey references organisations.unit (id);

-- Whoever handles or proposed what is there already decides where it belongs; the rest stays with the province.
create function pg_temp.unit_of(p_officer uuid) returns uuid language sql stable as $$
  select p.unit_id from organisations.appointment a join organisations.post p on p.id = a.post_id
  where a.officer_id = p_officer order by a.is_primary desc, a.valid_from desc limit 1
$$;
update people.request set unit_id = pg_temp.unit_of(assignee_id) where assignee_id is not null;
update people.merger set unit_id = pg_temp.unit_of(proposed_by_id);
drop function pg_temp.unit_of(uuid);

create index request_unit_open_idx on people.request (unit_id, due_at, id) where state in ('received', 'in-progress');
create index request_unit_idx on people.request (unit_id, received_at desc, id desc);
create index breach_unit_idx on people.breach (unit_id, number desc);
create index merger_unit_idx on people.merger (unit_id, id desc);

-- What an operation on units handed to the unit that takes over.
create table people.unit_move (
  operation_id uuid not null,
  thing text not null,
  thing_id uuid not null,
  unit_from uuid not null,
  unit_to uuid not null,
  constraint unit_move_pkey primary key (operation_id, thing, thing_id),
  constraint unit_move_thing_check check (thing in ('request', 'breach', 'merger'))
);
