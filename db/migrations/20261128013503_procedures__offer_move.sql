-- Offers that an operation on units ended (with the last day they had) or opened at the unit that takes over.
create table procedures.offer_move (
  operation_id uuid not null,
  offer_id uuid not null,
  is_new boolean not null,
  valid_to_before date,
  constraint offer_move_pkey primary key (operation_id, offer_id)
);
