import type { Config } from '../../platform/config.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import type { Locale } from '../../platform/http/web.ts';
import { saveContact } from '../notifications/index.ts';
import { deleteLogin, findAccountByLogin, insertLogin } from './account-queries.ts';
import { contactChanged } from './identity-events.ts';
import { proveCode, requestCode } from './verification.ts';
import type { CodeChannel } from './verification-queries.ts';

/** Starts changing e-mail or phone: the old one stays until the new one is proven. */
export async function beginContactChange(
  tx: Tx,
  config: Config,
  accountId: string,
  contact: { channel: CodeChannel; address: string; locale: Locale },
): Promise<string> {
  const owner = await findAccountByLogin(tx, contact.address);
  return requestCode(tx, config, {
    purpose: 'change-contact',
    accountId,
    ...contact,
    isKnown: owner !== undefined && owner.id !== accountId,
  });
}

/** Puts the proven address in place, for signing in and for messages. False when the code is wrong or belongs to somebody else. */
export async function finishContactChange(
  tx: Tx,
  config: Config,
  accountId: string,
  id: string,
  code: string,
): Promise<boolean> {
  const proven = await proveCode(tx, config, id, 'change-contact', code);
  if (proven?.accountId !== accountId) return false;
  const channel = proven.channel as CodeChannel;
  await deleteLogin(tx, accountId, channel);
  await insertLogin(tx, accountId, channel, proven.address);
  await saveContact(tx, 'account', accountId, {
    channel: channel === 'phone' ? 'sms' : 'email',
    address: proven.address,
    verifiedAt: tx.now,
  });
  publish(tx, contactChanged, { subject: { kind: 'account', id: accountId }, payload: { channel } });
  return true;
}
