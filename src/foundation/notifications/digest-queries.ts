import { statement, type Reader, type Tx } from '../../platform/database.ts';

const gatherers = statement(
  'notifications.list_gatherers',
  `select distinct recipient_kind as kind, recipient_id as id, recipient_kind || '/' || recipient_id as key from notifications.message
   where state = 'gathered' and recipient_kind || '/' || recipient_id > $1 order by key limit $2`,
);
const take = statement(
  'notifications.take_gathered',
  `with taken as (
     update notifications.message set state = 'discarded', discard_reason = 'digest'
     where state = 'gathered' and recipient_kind = $1 and recipient_id = $2 returning id, subject, body, address, created_at)
   select id, subject, body, address from taken order by created_at, id`,
);

/** People for whom something is gathered, after a position, in order. */
export const listGatherers = (reader: Reader, after: string, limit: number): Promise<{ kind: string; id: string }[]> =>
  reader.run(gatherers, [after, limit]);
/** What is gathered for a person, the oldest first; it is gathered no more. */
export const takeGathered = (
  tx: Tx,
  kind: string,
  id: string,
): Promise<{ id: string; subject: string; body: string; address: string }[]> => tx.run(take, [kind, id]);
