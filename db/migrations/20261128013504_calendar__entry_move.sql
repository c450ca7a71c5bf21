-- Decisions about working time that an operation on units carried over to the unit that takes over.
create table calendar.entry_move (
  operation_id uuid not null,
  from_entry_id uuid not null,
  entry_id uuid not null,
  constraint entry_move_pkey primary key (operation_id, entry_id)
);
