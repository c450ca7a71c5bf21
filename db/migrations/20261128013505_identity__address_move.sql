-- Addresses of people and businesses that an operation on units carried over.
create table identity.address_move (
  operation_id uuid not null,
  account_id uuid not null,
  unit_from uuid not null,
  unit_to uuid not null,
  constraint address_move_pkey primary key (operation_id, account_id)
);
