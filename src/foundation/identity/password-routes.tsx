import { isId } from '../../platform/ids.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { findAccount, type AccountRow } from './account-queries.ts';
import { linkExpired } from './identity-problems.ts';
import { hashPassword } from './password-hash.ts';
import { provePassword } from './prove-password.ts';
import { passwordFaultText, passwordsDiffer } from './registration-form.ts';
import { safeReturnAddress } from './relying-party.ts';
import { accountOfLink, beginReset, faultOfNewPassword, setPassword, useLink } from './set-password.ts';
import { proveCode } from './verification.ts';
import { findVerification } from './verification-queries.ts';
import {
  ChangePasswordPage,
  ForgottenPage,
  PasswordDonePage,
  passwordWords,
  ResetPage,
  SetPasswordPage,
} from './views/password-pages.tsx';
import { registrationWords } from './views/registration-pages.tsx';

/** What is wrong with the two password fields, or null. Without an account (a code that proves nothing) the citizens' rules hold. */
async function passwordErrors(
  request: WebRequest,
  form: URLSearchParams,
  account: AccountRow | undefined,
): Promise<Record<string, string> | null> {
  const password = form.get('password') ?? '';
  const nobody = { id: '00000000-0000-7000-8000-000000000000', kind: 'citizen', passwordHash: null } as AccountRow;
  const fault = await faultOfNewPassword(request.reader, account ?? nobody, password);
  if (fault)
    return { password: passwordFaultText(fault, account?.kind === 'official' ? 'official' : 'person', request.locale) };
  return password === form.get('passwordAgain') ? null : { passwordAgain: passwordsDiffer(request.locale) };
}

async function forgotten(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const login = (form.get('login') ?? '').trim().slice(0, 254);
  if (!login)
    return page(<ForgottenPage errors={{ login: passwordWords.in(request.locale).needLogin }} />, { status: 422 });
  const id = await request.command((tx) => beginReset(tx, request.config, login, request.locale));
  return seeOther(request.href(paths.resetPasswordByCode({ id })));
}

async function reset(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const id = form.get('id') ?? '';
  if (!isId(id)) throw problem(linkExpired);
  // Faults of the password are told first, and cost no try of the code.
  const waiting = await findVerification(request.reader, id, 'reset-password', request.now);
  const account = waiting?.accountId ? await findAccount(request.reader, waiting.accountId) : undefined;
  const errors = await passwordErrors(request, form, account);
  if (errors) return page(<ResetPage id={id} errors={errors} />, { status: 422 });
  const hash = await hashPassword(form.get('password') ?? '');
  const isDone = await request.command(async (tx) => {
    const proven = await proveCode(tx, request.config, id, 'reset-password', form.get('code') ?? '');
    if (!proven?.accountId) return false;
    await setPassword(tx, proven.accountId, hash, 'reset');
    return true;
  });
  if (isDone) return page(<PasswordDonePage />);
  return page(<ResetPage id={id} fault={registrationWords.in(request.locale).codeWrong} />, { status: 422 });
}

async function linkOf(request: WebRequest): Promise<{ token: string; id: string; account: AccountRow }> {
  const token = request.params['token'] ?? '';
  const found = await accountOfLink(request.reader, token, request.now);
  const account = found ? await findAccount(request.reader, found.accountId) : undefined;
  if (!found || !account || account.status === 'closed') throw problem(linkExpired);
  return { token, id: found.id, account };
}

async function showLink(request: WebRequest): Promise<Reply> {
  const { token, account } = await linkOf(request);
  return page(<SetPasswordPage token={token} isOfficial={account.kind === 'official'} />, {
    headers: { 'referrer-policy': 'no-referrer' },
  });
}

async function setByLink(request: WebRequest): Promise<Reply> {
  const { token, id, account } = await linkOf(request);
  const form = await request.form();
  const errors = await passwordErrors(request, form, account);
  if (errors)
    return page(<SetPasswordPage token={token} isOfficial={account.kind === 'official'} errors={errors} />, {
      status: 422,
    });
  const hash = await hashPassword(form.get('password') ?? '');
  await request.command(async (tx) => {
    if (!(await useLink(tx, id))) throw problem(linkExpired);
    await setPassword(tx, account.id, hash, 'link');
  });
  return page(<PasswordDonePage />);
}

async function showChange(request: WebRequest): Promise<Reply> {
  const returnTo = safeReturnAddress(request.query.get('ve'), request.href(paths.account()));
  return page(<ChangePasswordPage isOfficial={request.actor.kind === 'official'} returnTo={returnTo} />);
}

async function change(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const { actor, session } = request;
  const returnTo = safeReturnAddress(form.get('ve'), request.href(paths.account()));
  const isOfficial = actor.kind === 'official';
  const account = actor.accountId ? await findAccount(request.reader, actor.accountId) : undefined;
  if (!account || !session) return seeOther(request.href(paths.signIn()));
  const refuse = (errors: Record<string, string>) =>
    page(<ChangePasswordPage isOfficial={isOfficial} returnTo={returnTo} errors={errors} />, { status: 422 });
  const errors = await passwordErrors(request, form, account);
  if (errors) return refuse(errors);
  const proven = await provePassword(request, {
    login: { accountId: account.id },
    password: form.get('current') ?? '',
    clientId: isOfficial ? 'workspace' : 'portal',
    address: request.address,
    userAgent: request.headers['user-agent'] ?? null,
    outcome: 'unlocked',
  });
  if (!proven) return refuse({ current: passwordWords.in(request.locale).currentWrong });
  const hash = await hashPassword(form.get('password') ?? '');
  await request.command((tx) => setPassword(tx, account.id, hash, 'changed', session.tokenHash));
  return seeOther(returnTo);
}

/** Forgotten, set by link, changed. */
export function passwordRoutes(web: Web): void {
  const limited = {
    access: 'public',
    rateLimit: { name: 'identity.reset', limit: 20, windowSeconds: 600, by: 'address' },
  } as const;
  web.get(paths.forgottenPassword, { access: 'public' }, () => page(<ForgottenPage />));
  web.post(paths.forgottenPassword, limited, forgotten);
  web.get(paths.resetPasswordByCode, { access: 'public' }, (request) => {
    const id = request.query.get('id') ?? '';
    return isId(id) ? page(<ResetPage id={id} />) : seeOther(request.href(paths.forgottenPassword()));
  });
  web.post(paths.resetPasswordByCode, limited, reset);
  web.get(paths.resetPassword, { access: 'public', example: { token: 'example' } }, showLink);
  web.post(paths.resetPassword, limited, setByLink);
  web.get(paths.accountPassword, { access: 'signed-in', whileProving: true }, showChange);
  web.post(
    paths.accountPassword,
    {
      access: 'signed-in',
      whileProving: true,
      rateLimit: { name: 'identity.change', limit: 20, windowSeconds: 600, by: 'account' },
    },
    change,
  );
}
