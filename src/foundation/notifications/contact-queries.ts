import { statement, type Reader, type Tx } from '../../platform/database.ts';

export interface ContactPoint {
  channel: 'email' | 'sms';
  address: string;
  verifiedAt: Date | null;
}

const upsertContact = statement(
  'notifications.upsert_contact',
  `insert into notifications.contact_point (recipient_kind, recipient_id, channel, address, verified_at, updated_at)
   values ($1, $2, $3, $4, $5, $6)
   on conflict (recipient_kind, recipient_id, channel)
   do update set address = excluded.address, verified_at = excluded.verified_at, updated_at = excluded.updated_at`,
);
const removeContact = statement(
  'notifications.delete_contact',
  'delete from notifications.contact_point where recipient_kind = $1 and recipient_id = $2 and channel = $3',
);
const contacts = statement(
  'notifications.list_contacts',
  `select channel, address, verified_at as "verifiedAt" from notifications.contact_point
   where recipient_kind = $1 and recipient_id = $2 order by channel`,
);

export const saveContact = (tx: Tx, kind: string, id: string, contact: ContactPoint): Promise<object[]> =>
  tx.run(upsertContact, [kind, id, contact.channel, contact.address, contact.verifiedAt, tx.now]);
export const deleteContact = (tx: Tx, kind: string, id: string, channel: string): Promise<object[]> =>
  tx.run(removeContact, [kind, id, channel]);
export const listContacts = (reader: Reader, kind: string, id: string): Promise<ContactPoint[]> =>
  reader.run<ContactPoint>(contacts, [kind, id]);
