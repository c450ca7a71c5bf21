import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem } from '../../platform/problems.ts';
import { endSession, hashToken, startSession, type SessionView } from '../../platform/session.ts';
import { listBusinessesOf } from './account-queries.ts';
import { actedForBusiness } from './identity-events.ts';
import { notAMember } from './identity-problems.ts';
import { findSessionPerson, insertSessionDetail } from './session-queries.ts';

/**
 * Exchanges the session of a person for one that acts for a business, or back (`businessId` null). The new session has a new
 * token; it ends with the membership. Returns the token.
 * @throws notAMember when the person may not act for it
 */
export async function actForBusiness(
  tx: Tx,
  session: SessionView,
  businessId: string | null,
  device: { userAgent: string | null; address: string | null },
): Promise<string> {
  const personId =
    session.actor.kind === 'citizen' ? session.actor.accountId : await findSessionPerson(tx, session.tokenHash);
  if (!personId) throw problem(notAMember); // signed in by tax code: there is no person to go back to
  if (businessId !== null && !(await listBusinessesOf(tx, personId, tx.now)).some((one) => one.id === businessId))
    throw problem(notAMember);
  await endSession(tx, session.tokenHash);
  const token = await startSession(tx, {
    accountKind: businessId === null ? 'citizen' : 'business',
    accountId: businessId ?? personId,
    clientId: 'portal',
    ssoSessionId: session.ssoSessionId,
    assurance: session.actor.assurance || 1,
    methods: session.methods,
    ...(session.provenAt ? { provenAt: session.provenAt } : {}),
    ...device,
  });
  if (businessId !== null) await insertSessionDetail(tx, hashToken(token), personId);
  publish(tx, actedForBusiness, { subject: { kind: 'account', id: personId }, payload: { businessId } });
  return token;
}
