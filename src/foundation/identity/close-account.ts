import type { Tx } from '../../platform/database.ts';
import { deleteContact } from '../notifications/index.ts';
import { deleteLogin } from './account-queries.ts';
import { updateStatus } from './admin-queries.ts';
import { updateReopened } from './person-queries.ts';
import { deleteSessionsOf } from './session-queries.ts';

/**
 * Closes the account of a citizen or business: its sessions end, e-mail and phone are forgotten, the identity number or tax code stays taken, so
 * that the account can be reopened and nobody takes its place. False when it is closed already. The caller publishes the event.
 */
export async function closeAccount(tx: Tx, accountId: string, reason: string): Promise<boolean> {
  if (!(await updateStatus(tx, accountId, 'closed', reason))) return false;
  await deleteSessionsOf(tx, accountId, null);
  for (const [login, channel] of [
    ['email', 'email'],
    ['phone', 'sms'],
  ] as const) {
    await deleteLogin(tx, accountId, login);
    await deleteContact(tx, 'account', accountId, channel);
  }
  return true;
}

/** Opens a closed account again, with the password it had. False when it is not closed. */
export const reopenAccount = (tx: Tx, accountId: string): Promise<boolean> => updateReopened(tx, accountId);
