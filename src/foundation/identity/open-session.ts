import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { endSession, startSession } from '../../platform/session.ts';
import type { AssuranceLevel } from '../../platform/assurance.ts';
import type { Locale } from '../../platform/http/page-context.ts';
import type { Tx } from '../../platform/database.ts';
import type { ClientId } from './account.ts';
import { insertSignIn, type AccountRow } from './account-queries.ts';
import { signedIn } from './identity-events.ts';
import { noteDevice } from './known-device.ts';
import { listPostsOf } from './session-queries.ts';

export interface OpenSession {
  account: AccountRow;
  client: ClientId;
  ssoSessionId: string | null;
  /** Whether single sign-on answered without asking for the password. */
  isSingleSignOn: boolean;
  /** How surely, by what (RFC 8176) and when the person proved who they are. */
  level: AssuranceLevel;
  methods: readonly string[];
  provenAt: Date;
  /** Hash of the browser's own cookie: a new one is told to the person. */
  device: Buffer;
  userAgent: string | null;
  address: string | null;
  /** The language the person signs in with: of the message about a new device. */
  locale: Locale;
  /** The session this browser had before: it ends, so that no token lives across a sign-in. */
  previous: Buffer | null;
}

/** Opens a platform session with a fresh token; an official starts in the primary post. Returns the token for the cookie. */
export async function openSession(tx: Tx, open: OpenSession): Promise<string> {
  const { account } = open;
  if (open.previous) await endSession(tx, open.previous);
  const [post] = account.officerId ? await listPostsOf(tx, account.officerId, tx.now) : [];
  const token = await startSession(tx, {
    accountKind: account.kind,
    accountId: account.id,
    postId: post?.postId ?? null,
    clientId: open.client,
    ssoSessionId: open.ssoSessionId,
    assurance: open.level,
    methods: open.methods,
    provenAt: open.provenAt,
    userAgent: open.userAgent,
    address: open.address,
  });
  if (open.isSingleSignOn)
    await insertSignIn(tx, newId(), {
      accountId: account.id,
      outcome: 'single-sign-on',
      clientId: open.client,
      address: open.address,
      userAgent: open.userAgent,
    });
  publish(tx, signedIn, {
    subject: { kind: 'account', id: account.id },
    unitId: post?.unitId ?? null,
    payload: {
      accountKind: account.kind,
      clientId: open.client,
      method: open.isSingleSignOn
        ? 'single-sign-on'
        : open.methods.includes('national')
          ? 'national'
          : !open.methods.includes('mfa')
            ? 'password'
            : open.methods.includes('pwd')
              ? 'second-factor'
              : 'passkey',
      level: open.level,
    },
  });
  const { device: hash, userAgent, address, locale } = open;
  await noteDevice(tx, { accountId: account.id, hash, userAgent, address, locale });
  return token;
}
