-- Phrases that an operation on units handed to the unit that takes over.
create table frontdesk.phrase_move (
  operation_id uuid not null,
  phrase_id uuid not null,
  unit_from uuid not null,
  unit_to uuid not null,
  constraint phrase_move_pkey primary key (operation_id, phrase_id)
);
