import { can } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { isAdminPath } from '../../platform/http/admin-path.ts';
import { originOf } from '../../platform/http/doors.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import type { AppContext } from '../../platform/module.ts';
import { hashToken, SESSION_COOKIE } from '../../platform/session.ts';
import { paths } from '../../ui/paths.ts';
import type { ClientId } from './account.ts';
import { findAccount } from './account-queries.ts';
import { actForBusiness } from './act-for-business.ts';
import { representedBy } from './oidc-national-link.ts';
import { isCompulsory } from './oidc-national-policy.ts';
import { answerNotice, showNotice } from './oidc-notice-routes.tsx';
import { findStep, PROVIDER_PREFIX, serveProvider } from './oidc-provider.ts';
import { identityManage } from './identity-permissions.ts';
import { policy } from './identity-policy.ts';
import { openSession } from './open-session.ts';
import { provePassword } from './prove-password.ts';
import { deviceOf } from './known-device.ts';
import { DISPLAY_COOKIE } from '../../platform/http/display.ts';
import { findDisplayChoice } from './display-queries.ts';
import { beginSignIn, completeSignIn, FLOW_COOKIE, readFlow, safeReturnAddress } from './relying-party.ts';
import { afterPassword, clientOfStep, secondStepRoutes, signInPasskeyOptions } from './second-step-routes.tsx';
import { resolveSession } from './session-queries.ts';
import { AppBrokenPage } from './views/oidc-notice-page.tsx';
import type { FieldErrors } from './views/form-page.tsx';
import { SignInLostPage, SignInPage, signInWords, type NationalWay } from './views/sign-in-page.tsx';

/** How many sign-in pages and tries one address gets; a commune's whole office may sit behind one. */
const LIMIT = { limit: 60, windowSeconds: 60, by: 'address' } as const;

const clientOf = (returnTo: string): ClientId =>
  /^(\/en)?\/(lam-viec|quan-tri)(\/|\?|$)/.test(returnTo) ? 'workspace' : 'portal';

/** Sends the browser to the provider; a person who is signed in already goes straight on. */
async function begin(context: AppContext, request: WebRequest, fallback: string, forced?: ClientId): Promise<Reply> {
  const kept = readFlow(context, request.cookie(FLOW_COOKIE));
  const asked = request.query.get('ve') ?? kept?.returnTo;
  const returnTo = safeReturnAddress(asked, request.href(request.door === 'admin' ? paths.admin() : fallback));
  if (request.session && !request.session.locked) return seeOther(returnTo);
  // Whoever wants to administer signs in where administration is: another host name has cookies of its own.
  if (request.door === 'service' && isAdminPath(returnTo))
    return seeOther(originOf(request.config, 'admin') + request.href(request.url));
  const started = await beginSignIn(context, {
    client: forced ?? clientOf(returnTo),
    returnTo,
    locale: request.locale,
  });
  request.setCookie(FLOW_COOKIE, started.cookie, { maxAgeSeconds: started.maxAgeSeconds });
  return seeOther(started.location);
}

async function comeBack(context: AppContext, request: WebRequest): Promise<Reply> {
  const flow = readFlow(context, request.cookie(FLOW_COOKIE));
  request.setCookie(FLOW_COOKIE, null);
  const query = request.url.indexOf('?');
  const proven = flow && query >= 0 ? await completeSignIn(context, flow, request.url.slice(query)) : null;
  const account = proven ? await findAccount(request.reader, proven.accountId) : undefined;
  if (!flow || !proven || account?.status !== 'active') return page(<SignInLostPage />, { status: 400 });
  const device = deviceOf(request);
  const isSingleSignOn = proven.authenticatedAt.getTime() < flow.startedAt * 1000;
  const token = await request.command(async (tx) => {
    const own = await openSession(tx, {
      account,
      client: flow.client,
      ssoSessionId: proven.ssoSessionId,
      isSingleSignOn,
      level: proven.level,
      methods: proven.methods,
      provenAt: proven.authenticatedAt,
      device: device.hash,
      userAgent: request.headers['user-agent'] ?? null,
      address: request.address,
      locale: /^\/en(\/|\?|$)/.test(flow.returnTo) ? 'en' : 'vi',
      previous: request.session?.tokenHash ?? null,
    });
    return proven.methods.includes('national') && !isSingleSignOn
      ? asRepresentative(tx, request, account.id, own)
      : own;
  });
  request.setCookie(SESSION_COOKIE, token);
  device.keep();
  await bringDisplay(request, account.id);
  if (account.mustChangePassword || (await isPasswordTooOld(request, token, account.passwordChangedAt)))
    return seeOther(`${paths.accountPassword()}?ve=${encodeURIComponent(flow.returnTo)}`);
  // Who came in by the portal's front page goes to where their things are: an official to the desk, a person to their own page.
  const [front, english] = [paths.home(), '/en'];
  if (flow.returnTo !== front && flow.returnTo !== english) return seeOther(flow.returnTo);
  if (account.kind === 'official') return seeOther(paths.workspace());
  return seeOther(`${flow.returnTo === english ? english : ''}${paths.personalHome()}`);
}

/** The person's own text size and colours come along to a browser in which nothing is chosen. */
async function bringDisplay(request: WebRequest, accountId: string): Promise<void> {
  if (request.display !== '') return;
  const choice = await findDisplayChoice(request.reader, accountId);
  if (choice) request.setCookie(DISPLAY_COOKIE, choice, { maxAgeSeconds: 365 * 86_400 });
}

/** Whoever signed in at the national provider as a business' representative goes on acting for it. Returns the token that counts. */
async function asRepresentative(tx: Tx, request: WebRequest, accountId: string, token: string): Promise<string> {
  const { national } = request.config;
  const businessId = national ? await representedBy(tx, accountId, national.issuer) : null;
  const view = businessId ? await resolveSession(tx, hashToken(token), tx.now) : null;
  if (!view) return token;
  const device = { userAgent: request.headers['user-agent'] ?? null, address: request.address };
  return actForBusiness(tx, view, businessId, device);
}

/** Whether the national provider is one way in, the only one for people, or none. */
const nationalWay = (request: WebRequest): NationalWay =>
  // The national provider knows one address to come back to: the service's.
  request.config.national === null || request.door === 'admin'
    ? 'none'
    : isCompulsory(request.config, request.now)
      ? 'only'
      : 'offered';

/** Administrators change their password every two months (TCVN 14423); everybody else keeps a good one. */
async function isPasswordTooOld(request: WebRequest, token: string, changedAt: Date | null): Promise<boolean> {
  const days = (request.now.getTime() - (changedAt?.getTime() ?? 0)) / 86_400_000;
  if (days < policy.administratorPasswordDays) return false;
  const view = await resolveSession(request.reader, hashToken(token), request.now);
  return view !== null && can(view.actor, identityManage);
}

async function showStep(context: AppContext, request: WebRequest): Promise<Reply> {
  const uid = request.params['uid'] ?? '';
  const step = await findStep(context, request.headers, uid);
  if (!step) return seeOther(request.href(paths.signIn()));
  if (step.prompt.name === 'consent') return showNotice(request, step);
  const passkeyOptions = await signInPasskeyOptions(request, uid);
  return page(
    <SignInPage
      uid={uid}
      client={clientOfStep(step.params)}
      passkeyOptions={passkeyOptions}
      national={nationalWay(request)}
    />,
  );
}

async function sendStep(context: AppContext, request: WebRequest): Promise<Reply> {
  const uid = request.params['uid'] ?? '';
  const form = await request.form();
  const step = await findStep(context, request.headers, uid);
  if (!step) return seeOther(request.href(paths.signInLost()));
  if (step.prompt.name === 'consent') return answerNotice(context, request, step, form.get('answer'));
  const login = (form.get('login') ?? '').trim();
  const password = form.get('password') ?? '';
  const client = clientOfStep(step.params);
  const words = signInWords.in(request.locale);
  const errors = {
    ...(login ? {} : { login: words.needLogin }),
    ...(password ? {} : { password: words.needPassword }),
  };
  const shown = login.slice(0, 254);
  const passkeyOptions = await signInPasskeyOptions(request, uid);
  const again = (errors_: FieldErrors) =>
    page(
      <SignInPage
        uid={uid}
        client={client}
        login={shown}
        passkeyOptions={passkeyOptions}
        national={nationalWay(request)}
        errors={errors_}
      />,
      { status: 422 },
    );
  if (Object.keys(errors).length > 0) return again(errors);
  const account = await provePassword(request, {
    login,
    password,
    clientId: client,
    address: request.address,
    userAgent: request.headers['user-agent'] ?? null,
    outcome: 'succeeded',
  });
  if (!account) return again({ login: words.wrong });
  if (account.kind !== 'official' && isCompulsory(request.config, request.now))
    return again({ '': words.onlyNational });
  return afterPassword(context, request, step, account.id);
}

/** Signing in: the relying parties' two ends, the provider, and the page that asks for the password. */
export function signInRoutes(web: Web, context: AppContext): void {
  web.mount(PROVIDER_PREFIX, serveProvider(context));
  const open = { access: 'public', whileLocked: true, whileProving: true } as const;
  const limited = { ...open, rateLimit: { name: 'identity.sign-in', ...LIMIT } };
  web.get(paths.signIn, limited, (request) => begin(context, request, paths.home()));
  web.get(paths.workspaceSignIn, limited, (request) => begin(context, request, paths.workspace(), 'workspace'));
  web.get(paths.signInCallback, limited, (request) => comeBack(context, request));
  web.get(paths.signInLost, open, (request) =>
    page(request.query.get('ly-do') === 'ung-dung' ? <AppBrokenPage /> : <SignInLostPage />, { status: 400 }),
  );
  web.get(paths.signInStep, { ...open, example: { uid: 'example' } }, (request) => showStep(context, request));
  web.post(paths.signInStep, limited, (request) => sendStep(context, request));
  secondStepRoutes(web, context);
}
