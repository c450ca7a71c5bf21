import { publish } from '../../platform/events.ts';
import { endSession, type SessionView } from '../../platform/session.ts';
import type { Tx } from '../../platform/database.ts';
import { signedOut } from './identity-events.ts';
import { endSignOns } from './oidc-logout.ts';
import { deleteSessionsOfSso } from './session-queries.ts';

/**
 * Ends this session, the provider's session behind it and every session that single sign-on opened from it, on the portal and
 * in the workspace alike.
 */
export async function signOut(tx: Tx, session: SessionView | null, providerCookie: string | undefined): Promise<void> {
  const ended = await endSignOns(tx, {
    uids: session?.ssoSessionId ? [session.ssoSessionId] : [],
    ids: providerCookie ? [providerCookie] : [],
  });
  const uids = new Set([...ended, ...(session?.ssoSessionId ? [session.ssoSessionId] : [])]);
  let sessions = 0;
  for (const uid of uids) sessions += (await deleteSessionsOfSso(tx, uid)).length;
  if (!session) return;
  await endSession(tx, session.tokenHash);
  publish(tx, signedOut, {
    subject: { kind: 'account', id: session.actor.accountId ?? 'unknown' },
    payload: { sessions: Math.max(1, sessions) },
  });
}
