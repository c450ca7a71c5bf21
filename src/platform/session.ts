import { createHash, createHmac } from 'node:crypto';
import { newSecret } from './ids.ts';
import { statement, type Reader, type Tx } from './database.ts';
import type { Actor } from './access.ts';
import type { AssuranceLevel } from './assurance.ts';

export const SESSION_COOKIE = 'sen_session';
/** A session ends after this much silence, and at the latest after SESSION_MAX_HOURS. */
export const SESSION_IDLE_MINUTES = 60;
export const SESSION_MAX_HOURS = 12;
const TOUCH_SECONDS = 60;

/** What identity answers for a session cookie. `locked`: the screen is locked, only unlocking and signing out work. */
export interface SessionView {
  actor: Actor;
  tokenHash: Buffer;
  locked: boolean;
  seenAt: Date;
  expiresAt: Date;
  ssoSessionId: string | null;
  /** How and when the person last proved who they are, as strongly as this session's level says. */
  methods: readonly string[];
  provenAt: Date | null;
  /** Whether the person has a second factor. */
  hasFactor: boolean;
}

/** Injected by the composition: turns a session into an actor in one round trip, or null when it is over. */
export type ResolveSession = (reader: Reader, tokenHash: Buffer, now: Date) => Promise<SessionView | null>;

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The token that forms of this session carry: bound to the session and the program's secret, stored nowhere. */
export const csrfTokenOf = (secret: string, tokenHash: Buffer): string =>
  createHmac('sha256', secret).update('csrf').update(tokenHash).digest('base64url');

const insert = statement(
  'platform.insert_session',
  `insert into platform.session (token_hash, account_kind, account_id, post_id, client_id, sso_session_id, assurance, created_at, seen_at, expires_at,
     user_agent, address, methods, proven_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12, $13)`,
);
const remove = statement('platform.delete_session', 'delete from platform.session where token_hash = $1');
const touch = statement(
  'platform.touch_session',
  `update platform.session set seen_at = $2 where token_hash = $1 and seen_at < $3`,
);

export interface NewSession {
  accountKind: 'citizen' | 'business' | 'official';
  accountId: string;
  postId?: string | null;
  clientId: string;
  ssoSessionId?: string | null;
  assurance: AssuranceLevel;
  /** How the person proved who they are (RFC 8176 `amr` values); `provenAt` is when, now by default. */
  methods?: readonly string[];
  provenAt?: Date;
  userAgent?: string | null;
  address?: string | null;
}

/** Opens a session and returns the secret token for the cookie; only its hash is stored. */
export async function startSession(tx: Tx, session: NewSession): Promise<string> {
  const token = newSecret();
  await tx.run(insert, [
    hashToken(token),
    session.accountKind,
    session.accountId,
    session.postId ?? null,
    session.clientId,
    session.ssoSessionId ?? null,
    session.assurance,
    tx.now,
    new Date(tx.now.getTime() + SESSION_MAX_HOURS * 3_600_000),
    session.userAgent?.slice(0, 300) ?? null,
    session.address ?? null,
    session.methods ?? [],
    session.provenAt ?? tx.now,
  ]);
  return token;
}

export async function endSession(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.run(remove, [tokenHash]);
}

/** Notes that the session is alive, at most once a minute (a write per click would be waste). */
export async function touchSession(reader: Reader, view: SessionView, now: Date): Promise<void> {
  if (view.locked) return; // a locked screen stays locked until somebody unlocks it
  if (now.getTime() - view.seenAt.getTime() < TOUCH_SECONDS * 1000) return;
  await reader.run(touch, [view.tokenHash, now, new Date(now.getTime() - TOUCH_SECONDS * 1000)]);
}
