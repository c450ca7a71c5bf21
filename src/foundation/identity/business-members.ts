import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem } from '../../platform/problems.ts';
import type { SessionView } from '../../platform/session.ts';
import { deleteMember, findMemberRole, findMemberToAdd, insertMember } from './account-queries.ts';
import { memberAdded, memberRemoved } from './identity-events.ts';
import { notAMember } from './identity-problems.ts';
import { deleteBusinessSessionsOf, findSessionPerson } from './session-queries.ts';

/** The business of a session whose person owns it. @throws notAMember for agents and for sessions opened by tax code, which name nobody */
async function ownedBusiness(tx: Tx, session: SessionView): Promise<string> {
  const personId = await findSessionPerson(tx, session.tokenHash);
  const businessId = session.actor.accountId;
  if (session.actor.kind !== 'business' || !businessId || !personId) throw problem(notAMember);
  if ((await findMemberRole(tx, businessId, personId)) !== 'owner') throw problem(notAMember);
  return businessId;
}

/**
 * Lets a person act for the business. Number and name must both be right, so that an owner cannot learn from one who has an account.
 * False when they are not, or the person may act already.
 */
export async function addMember(
  tx: Tx,
  session: SessionView,
  person: { identityNumber: string; fullName: string },
): Promise<boolean> {
  const businessId = await ownedBusiness(tx, session);
  const found = await findMemberToAdd(tx, businessId, person.identityNumber, person.fullName);
  if (!found) return false;
  await insertMember(tx, businessId, found, 'agent');
  publish(tx, memberAdded, { subject: { kind: 'account', id: businessId }, payload: { personId: found } });
  return true;
}

/** Ends an agent's right to act, and the sessions in which they do. Owners stay: a business has at least one. */
export async function removeMember(tx: Tx, session: SessionView, personId: string): Promise<void> {
  const businessId = await ownedBusiness(tx, session);
  if (!(await deleteMember(tx, businessId, personId))) return;
  await deleteBusinessSessionsOf(tx, businessId, personId);
  publish(tx, memberRemoved, { subject: { kind: 'account', id: businessId }, payload: { personId } });
}
