import { reachOf, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { forbidden, problem } from '../../platform/problems.ts';
import { isOverOfficer, reachesWithin } from '../organisations/index.ts';
import { findAccountLine, type AccountLine } from './admin-queries.ts';
import { identityManage } from './identity-permissions.ts';
import { accountNotFound } from './identity-problems.ts';

/** Whether `identity.manage` holds in the whole province: over accounts of people and businesses too, and over what counts for everybody. */
export const managesProvince = (actor: Actor): boolean => reachOf(actor, identityManage) === 'all';

/** @throws forbidden unless the actor manages the accounts of the whole province */
export function demandProvince(actor: Actor): void {
  if (!managesProvince(actor)) throw problem(forbidden, { permission: identityManage.name });
}

/**
 * An account for an administrator: an official's belongs to the units of their posts, one of a person or a business to the province.
 * @throws accountNotFound also when the actor may not know of it
 */
export async function accountOver(reader: Reader, actor: Actor, accountId: string, now: Date): Promise<AccountLine> {
  const account = await findAccountLine(reader, accountId);
  if (!account) throw problem(accountNotFound);
  if (managesProvince(actor)) return account;
  const isTheirs =
    account.officerId !== null &&
    (await isOverOfficer(reader, actor, identityManage, account.officerId, localDate(now)));
  if (!isTheirs) throw problem(accountNotFound);
  return account;
}

/** Whether the actor may change an account that they may see: its owner's rights reach no further than their own. */
export async function mayChangeAccount(
  reader: Reader,
  actor: Actor,
  account: Pick<AccountLine, 'officerId'>,
  now: Date,
): Promise<boolean> {
  if (managesProvince(actor)) return true;
  return (
    account.officerId !== null &&
    (await reachesWithin(reader, actor, identityManage, account.officerId, localDate(now)))
  );
}

/** The account, for changing it. @throws accountNotFound, forbidden when its owner may do something beyond the actor's units */
export async function demandOverAccount(tx: Tx, actor: Actor, accountId: string): Promise<AccountLine> {
  const account = await accountOver(tx, actor, accountId, tx.now);
  if (!(await mayChangeAccount(tx, actor, account, tx.now)))
    throw problem(forbidden, { permission: identityManage.name });
  return account;
}

/** @throws accountNotFound, forbidden unless the actor may make the account of an officer */
export async function demandOverNewcomer(tx: Tx, actor: Actor, officerId: string): Promise<void> {
  const today = localDate(tx.now);
  if (!(await isOverOfficer(tx, actor, identityManage, officerId, today))) throw problem(accountNotFound);
  if (!(await reachesWithin(tx, actor, identityManage, officerId, today)))
    throw problem(forbidden, { permission: identityManage.name });
}
