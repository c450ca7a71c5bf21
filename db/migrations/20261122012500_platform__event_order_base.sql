-- Events are ordered by transaction id, and a back-up may be restored on a server whose transaction ids are lower than those of
-- its rows: new events would then sort before the positions of the subscribers and never be heard. So the order counts from a
-- base, 0 on the server that began; a restore replaces this function (later migrations must leave it alone).
create function platform.event_order_base() returns bigint language sql immutable as 'select 0::bigint';

alter table platform.event
  alter column xid set default ((pg_current_xact_id()::text::bigint + platform.event_order_base())::text::xid8);
