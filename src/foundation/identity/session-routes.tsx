import { publish } from '../../platform/events.ts';
import { isId } from '../../platform/ids.ts';
import { json, page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { problem, signInRequired } from '../../platform/problems.ts';
import { SESSION_COOKIE } from '../../platform/session.ts';
import { paths } from '../../ui/paths.ts';
import { postSwitched, sessionUnlocked } from './identity-events.ts';
import { readStoppedPost, returnAddressOf, sealPost, unsealPost } from './carried-post.ts';
import { notYourPost } from './identity-problems.ts';
import { nationalSignOut } from './oidc-national-routes.tsx';
import { PROVIDER_COOKIE } from './oidc-provider.ts';
import { provePassword } from './prove-password.ts';
import { safeReturnAddress } from './relying-party.ts';
import { listPostsOf, lockSession, unlockSession, updateSessionPost } from './session-queries.ts';
import { signOut } from './sign-out.ts';
import { RepeatPage, SignOutPage, UnlockPage } from './views/unlock-page.tsx';

async function leave(request: WebRequest): Promise<Reply> {
  await request.form();
  await request.command((tx) => signOut(tx, request.session, request.cookie(PROVIDER_COOKIE)));
  request.setCookie(SESSION_COOKIE, null);
  request.setCookie(PROVIDER_COOKIE, null);
  request.setCookie(`${PROVIDER_COOKIE}.sig`, null);
  const national = nationalSignOut(request);
  if (national) return national;
  return seeOther(request.href(paths.home()), { 'clear-site-data': '"cache", "storage"' });
}

/** The lock becomes a fact of the session at the first look at this page, so that no clock can take it back. */
async function showUnlock(request: WebRequest): Promise<Reply> {
  const { session } = request;
  const returnTo = safeReturnAddress(request.query.get('ve'), request.href(paths.workspace()));
  if (!session?.locked) return seeOther(returnTo);
  await request.command((tx) => lockSession(tx, session.tokenHash));
  return page(<UnlockPage name={session.actor.label} returnTo={returnTo} />);
}

/**
 * Answers a form sent to a locked screen: asks for the password and carries what was written, sealed, through the unlocking. Files
 * and what is too long are not carried, and the page says so.
 */
export async function keepWhileLocked(request: WebRequest): Promise<Reply> {
  const { session } = request;
  if (!session) throw problem(signInRequired);
  const post = await readStoppedPost(request);
  const sealed = post && sealPost(request, post);
  await request.command((tx) => lockSession(tx, session.tokenHash));
  const carried = sealed === null ? null : { sealed, hasFiles: (post?.files.length ?? 0) > 0 };
  const returnTo = returnAddressOf(request, request.href(paths.workspace()));
  return page(
    <UnlockPage name={session.actor.label} returnTo={returnTo} carried={carried} isTooLong={carried === null} />,
    { status: 401 },
  );
}

async function unlock(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const returnTo = safeReturnAddress(form.get('ve'), request.href(paths.workspace()));
  const wantsJson = (request.headers.accept ?? '').includes('application/json');
  const { session } = request;
  const post = unsealPost(request, form.get('carried'));
  const accountId = session?.actor.accountId;
  if (!session || !accountId)
    return wantsJson
      ? json({ unlocked: false, signIn: true }, { status: 401 })
      : seeOther(request.href(paths.signIn()));
  const account = await provePassword(request, {
    login: { accountId },
    password: form.get('password') ?? '',
    clientId: 'workspace',
    address: request.address,
    userAgent: request.headers['user-agent'] ?? null,
    outcome: 'unlocked',
  });
  if (!account) {
    await request.command((tx) => lockSession(tx, session.tokenHash));
    if (wantsJson) return json({ unlocked: false }, { status: 422 });
    const carried = post && { sealed: form.get('carried') ?? '', hasFiles: post.files.length > 0 };
    return page(<UnlockPage name={session.actor.label} returnTo={returnTo} carried={carried} hasError />, {
      status: 422,
    });
  }
  await request.command(async (tx) => {
    await unlockSession(tx, session.tokenHash);
    publish(tx, sessionUnlocked, { subject: { kind: 'account', id: accountId }, payload: {} });
  });
  if (wantsJson) return json({ unlocked: true });
  // Nothing is sent again without a word: time has passed, and somebody else may have decided meanwhile.
  return post ? page(<RepeatPage post={post} returnTo={returnTo} />) : seeOther(returnTo);
}

async function switchPost(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const postId = form.get('postId') ?? '';
  const { session, actor } = request;
  const posts = actor.id ? await listPostsOf(request.reader, actor.id, request.now) : [];
  const post = posts.find((one) => one.postId === postId);
  if (!isId(postId) || !post || !session) throw problem(notYourPost);
  await request.command(async (tx) => {
    await updateSessionPost(tx, session.tokenHash, post.postId);
    publish(tx, postSwitched, {
      subject: { kind: 'account', id: actor.accountId ?? '' },
      unitId: post.unitId,
      payload: { postId: post.postId },
    });
  });
  return seeOther(safeReturnAddress(form.get('ve'), request.href(paths.workspace())));
}

/** What happens to an open session: leaving, locking, unlocking, changing post. */
export function sessionRoutes(web: Web): void {
  const open = { access: 'public', whileLocked: true, whileProving: true } as const;
  web.get(paths.signOut, open, () => page(<SignOutPage />));
  web.post(paths.signOut, open, leave);
  web.get(paths.unlock, open, showUnlock);
  web.post(
    paths.unlock,
    {
      ...open,
      bodyLimitBytes: 2 * 1024 * 1024,
      rateLimit: { name: 'identity.unlock', limit: 30, windowSeconds: 60, by: 'account' },
    },
    unlock,
  );
  // The island of the workspace calls it while somebody types; the platform notes the session as alive.
  web.get(paths.keepAlive, { access: 'official' }, () => json({ alive: true }));
  web.post(paths.switchPost, { access: 'official' }, switchPost);
}
