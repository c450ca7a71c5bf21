-- A short number that a person can type from the acknowledgement before a dossier has its code. It follows from the id, so that nothing
-- has to be issued; 32 letters without 0, O, 1 and I, ten of them. It opens nothing without the secret.
create function dossiers.tracking_number(id uuid) returns text language sql immutable strict parallel safe as $$
  select substr(a, 1 + (get_byte(h, 0) & 31), 1) || substr(a, 1 + (get_byte(h, 1) & 31), 1) || substr(a, 1 + (get_byte(h, 2) & 31), 1)
    || substr(a, 1 + (get_byte(h, 3) & 31), 1) || substr(a, 1 + (get_byte(h, 4) & 31), 1) || substr(a, 1 + (get_byte(h, 5) & 31), 1)
    || substr(a, 1 + (get_byte(h, 6) & 31), 1) || substr(a, 1 + (get_byte(h, 7) & 31), 1) || substr(a, 1 + (get_byte(h, 8) & 31), 1)
    || substr(a, 1 + (get_byte(h, 9) & 31), 1)
  from (select '23456789ABCDEFGHJKLMNPQRSTUVWXYZ' as a, sha256(uuid_send(id)) as h) s
$$;
-- Before the first release: no installation has rows that a rewrite would lock.
alter table dossiers.dossier
  -- squawk-ignore adding-field-with-default
  add column tracking_number text not null generated always as (dossiers.tracking_number(id)) stored,
  -- squawk-ignore disallowed-unique-constraint
  add constraint dossier_tracking_number_key unique (tracking_number);
