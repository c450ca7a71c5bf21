import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { deleteContact } from '../notifications/index.ts';
import { deleteLogin } from './account-queries.ts';
import { contactRemoved, personCorrected } from './identity-events.ts';
import { updatePersonField, type PersonField } from './person-queries.ts';

/** Corrects one fact of a person after an official has decided so (NĐ 13/2023/NĐ-CP Đ15). The account's name follows the person's. */
export async function correctPerson(tx: Tx, accountId: string, field: PersonField, value: string): Promise<void> {
  await updatePersonField(tx, accountId, field, value);
  publish(tx, personCorrected, { subject: { kind: 'account', id: accountId }, payload: { field } });
}

/** Forgets an e-mail or phone at the person's request: it opens the account no more, and nothing is sent there. */
export async function removeContact(tx: Tx, accountId: string, channel: 'email' | 'phone'): Promise<void> {
  await deleteLogin(tx, accountId, channel);
  await deleteContact(tx, 'account', accountId, channel === 'phone' ? 'sms' : 'email');
  publish(tx, contactRemoved, { subject: { kind: 'account', id: accountId }, payload: { channel } });
}
