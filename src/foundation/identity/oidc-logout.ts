import { createPrivateKey, sign } from 'node:crypto';
import type { Config } from '../../platform/config.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { outbound, OutboundError } from '../../platform/http/outbound.ts';
import { newId } from '../../platform/ids.ts';
import { defineJob, enqueue, type JobContext } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { logoutDelivered, logoutFailed } from './oidc-events.ts';
import { signingKeys } from './oidc-keys.ts';
import { findLogout, insertLogouts, settleLogout, type Logout, type LogoutDelivery } from './oidc-logout-queries.ts';
import { endProviderSessions, endProviderSessionsOf, type EndedSession } from './oidc-queries.ts';
import { subjectOf } from './oidc-subject.ts';
import { PROVIDER_PREFIX } from './oidc-prefix.ts';

const ATTEMPTS = 10;
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * A logout token (OpenID Connect Back-Channel Logout 1.0, 2.4): valid for two minutes, signed as ID tokens are. `attempt` is part
 * of its `jti`, because an application may refuse one it has seen; what it ends, it ends once.
 */
export async function logoutToken(
  context: { db: Database; config: Config },
  delivery: Pick<LogoutDelivery, 'id' | 'clientId' | 'accountId' | 'sid' | 'isPairwise' | 'redirectUris'>,
  attempt: number,
): Promise<string> {
  const [jwk] = await signingKeys(context);
  if (!jwk) throw new Error('the provider has no signing key');
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = part({ typ: 'logout+jwt', alg: 'ES256', kid: jwk.kid });
  const body = part({
    iss: `${context.config.publicUrl}${PROVIDER_PREFIX}`,
    aud: delivery.clientId,
    sub: subjectOf(context.config, delivery, delivery.accountId),
    ...(delivery.sid ? { sid: delivery.sid } : {}),
    iat: now,
    exp: now + 120,
    jti: `${delivery.id}.${attempt}`,
    events: { [LOGOUT_EVENT]: {} },
  });
  const key = createPrivateKey({ key: jwk as never, format: 'jwk' });
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' });
  return `${head}.${body}.${signature.toString('base64url')}`;
}

/** What went wrong, in a few words for the administrators' page; null when the application said that it is done. */
async function send(
  context: JobContext,
  delivery: LogoutDelivery,
): Promise<{ fault: string; isFinal: boolean } | null> {
  if (!delivery.uri) return { fault: 'no address', isFinal: true };
  try {
    const answer = await outbound(context.config, delivery.uri, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: await logoutToken(context, delivery, context.attempt) }).toString(),
      maxBytes: 64 * 1024,
    });
    return answer.status === 200 || answer.status === 204 ? null : { fault: `HTTP ${answer.status}`, isFinal: false };
  } catch (error) {
    if (error instanceof OutboundError) return { fault: error.reason, isFinal: error.reason === 'address-refused' };
    throw error;
  }
}

/**
 * Tells one application of one sign-out, again and again with growing pauses (about a day in all). What was delivered is not sent
 * again; what cannot be is marked as failed, and stays visible until somebody sends it again.
 */
export const sendLogout = defineJob<{ deliveryId: string }>('identity.send-logout', {
  maxAttempts: ATTEMPTS,
  async run(context, { deliveryId }) {
    const delivery = await findLogout(context.db.reader, deliveryId);
    if (!delivery || delivery.status === 'delivered') return;
    const failure = await send(context, delivery);
    const isDead = failure !== null && (failure.isFinal || context.attempt >= ATTEMPTS);
    const { db, clock, requestId } = context;
    await inTransaction(db, { actor: systemActor('identity'), clock, requestId }, async (tx) => {
      const status = failure === null ? 'delivered' : isDead ? 'failed' : 'waiting';
      await settleLogout(tx, deliveryId, status, failure?.fault ?? null);
      if (status !== 'waiting')
        publish(tx, failure === null ? logoutDelivered : logoutFailed, {
          subject: { kind: 'relying-app', id: delivery.appId },
          payload: { accountId: delivery.accountId, attempt: context.attempt },
        });
    });
    if (failure !== null && !failure.isFinal) throw new Error(`${delivery.clientId}: ${failure.fault}`);
  },
});

/** Queues the sign-outs of applications that want to hear of them, with the transaction that ended the sessions. */
export async function queueLogouts(tx: Tx, logouts: readonly Logout[]): Promise<void> {
  if (logouts.length === 0) return;
  const ids = await insertLogouts(
    tx,
    logouts.map(() => newId()),
    logouts,
  );
  for (const deliveryId of ids) enqueue(tx, sendLogout, { deliveryId }, { key: `logout/${deliveryId}` });
}

const logoutsOf = (ended: readonly EndedSession[]): Logout[] =>
  ended.flatMap(({ accountId, authorizations }) =>
    accountId
      ? Object.entries(authorizations ?? {}).map(([clientId, { sid }]) => ({ clientId, accountId, sid: sid ?? null }))
      : [],
  );

/** Ends sign-ons at the provider by their public uid or their secret id, and tells every application that was signed in to by them. Returns the uids. */
export async function endSignOns(tx: Tx, by: { uids?: readonly string[]; ids?: readonly string[] }): Promise<string[]> {
  const ended = await endProviderSessions(tx, by);
  await queueLogouts(tx, logoutsOf(ended));
  return ended.flatMap(({ uid }) => uid ?? []);
}

/** The same for everything an account has open. */
export async function endSignOnsOf(tx: Tx, accountId: string): Promise<void> {
  await queueLogouts(tx, logoutsOf(await endProviderSessionsOf(tx, accountId)));
}
