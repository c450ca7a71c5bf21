import { publish } from '../../platform/events.ts';
import { isId } from '../../platform/ids.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { SESSION_COOKIE } from '../../platform/session.ts';
import { paths } from '../../ui/paths.ts';
import { findAccount, findBusiness, findPerson, listBusinessesOf, listLogins, listSignIns } from './account-queries.ts';
import { actForBusiness } from './act-for-business.ts';
import { beginContactChange, finishContactChange } from './change-contact.ts';
import { mustHaveFactor } from './assurance.ts';
import { countRecoveryCodes, listFactors } from './factor-queries.ts';
import { sessionsEnded } from './identity-events.ts';
import { normaliseEmail, normalisePhone } from './login-name.ts';
import { endProviderSessions } from './oidc-queries.ts';
import { listInvitationsOf } from './member-queries.ts';
import { contactFault } from './registration-form.ts';
import { findRecovery } from './recovery-queries.ts';
import { holderOf } from './step-up-routes.tsx';
import { deleteSession, deleteSessionsOf, findSessionPerson, listSessions } from './session-queries.ts';
import { AccountPage, ContactPage } from './views/account-page.tsx';
import { SecurityPage } from './views/security-page.tsx';
import { CodePage, registrationWords } from './views/registration-pages.tsx';

const HISTORY_PAGE = 20;

async function show(request: WebRequest): Promise<Reply> {
  const { reader, actor, session } = request;
  const accountId = actor.accountId ?? '';
  const acting = actor.kind === 'business' && session ? await findSessionPerson(reader, session.tokenHash) : null;
  const [account, person, business, logins, businesses] = await Promise.all([
    findAccount(reader, accountId),
    findPerson(reader, accountId),
    findBusiness(reader, accountId),
    listLogins(reader, accountId),
    listBusinessesOf(reader, acting ?? accountId, request.now),
  ]);
  if (!account) throw problem(notFound);
  const invitations = actor.kind === 'citizen' ? (await listInvitationsOf(reader, accountId)).length : 0;
  const facts = {
    name: actor.label,
    kind: account.kind,
    person,
    business,
    logins,
    businesses,
    invitations,
    passwordChangedAt: account.passwordChangedAt,
    actingFor: acting ? accountId : null,
  };
  return page(<AccountPage facts={facts} />);
}

async function showSecurity(request: WebRequest): Promise<Reply> {
  const accountId = request.actor.accountId ?? '';
  const { session, holderId } = await holderOf(request);
  const asked = Date.parse(request.query.get('truoc') ?? '');
  const before = Number.isNaN(asked) ? new Date(request.now.getTime() + 1) : new Date(asked);
  const [sessions, history, factors, codes] = await Promise.all([
    listSessions(request.reader, accountId, request.now),
    listSignIns(request.reader, accountId, before, HISTORY_PAGE + 1),
    listFactors(request.reader, holderId),
    countRecoveryCodes(request.reader, holderId),
  ]);
  const shown = history.slice(0, HISTORY_PAGE);
  return page(
    <SecurityPage
      sessions={sessions}
      currentId={session.tokenHash.toString('hex')}
      history={shown}
      olderBefore={history.length > HISTORY_PAGE ? (shown.at(-1)?.occurredAt.toISOString() ?? null) : null}
      factors={factors}
      codes={codes}
      isRecovering={(await findRecovery(request.reader, holderId)) !== undefined}
      isCompulsory={mustHaveFactor(request.actor, request.address, request.config)}
    />,
  );
}

async function endSessions(request: WebRequest): Promise<Reply> {
  const id = (await request.form()).get('id') ?? '';
  const accountId = request.actor.accountId ?? '';
  const { session } = request;
  await request.command(async (tx) => {
    const ended =
      id === 'others'
        ? await deleteSessionsOf(tx, accountId, session?.tokenHash ?? null)
        : /^[0-9a-f]{64}$/.test(id)
          ? await deleteSession(tx, accountId, id)
          : [];
    if (ended.length === 0) return;
    // The sign-on behind them ends too, or the next click on that device would open a new session without asking.
    const uids = ended.map((one) => one.sso_session_id).filter((uid) => uid !== null && uid !== session?.ssoSessionId);
    await endProviderSessions(tx, { uids: uids as string[] });
    publish(tx, sessionsEnded, { subject: { kind: 'account', id: accountId }, payload: { sessions: ended.length } });
  });
  return seeOther(request.href(paths.accountSecurity()));
}

function channelOf(request: WebRequest): 'email' | 'phone' {
  const channel = request.params['channel'];
  if (channel !== 'email' && channel !== 'phone') throw problem(notFound);
  return channel;
}

async function changeContact(request: WebRequest): Promise<Reply> {
  const channel = channelOf(request);
  const text = (await request.form()).get('address') ?? '';
  const address = channel === 'email' ? normaliseEmail(text) : normalisePhone(text);
  if (address === null)
    return page(
      <ContactPage channel={channel} value={text.slice(0, 254)} errors={{ address: contactFault(request.locale) }} />,
      { status: 422 },
    );
  const accountId = request.actor.accountId ?? '';
  const id = await request.command((tx) =>
    beginContactChange(tx, request.config, accountId, { channel, address, locale: request.locale }),
  );
  return seeOther(request.href(paths.accountContactVerify({ id })));
}

const codePage = (id: string, fault?: string) => (
  <CodePage
    id={id}
    action={paths.accountContactVerify()}
    againPath={paths.account()}
    {...(fault === undefined ? {} : { fault })}
  />
);

async function proveContact(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const id = form.get('id') ?? '';
  const isDone =
    isId(id) &&
    (await request.command((tx) =>
      finishContactChange(tx, request.config, request.actor.accountId ?? '', id, form.get('code') ?? ''),
    ));
  if (isDone) return seeOther(request.href(paths.account()));
  return page(codePage(id.slice(0, 36), registrationWords.in(request.locale).codeWrong), { status: 422 });
}

async function actAs(request: WebRequest): Promise<Reply> {
  const businessId = (await request.form()).get('businessId') || null;
  const { session } = request;
  if (!session || (businessId !== null && !isId(businessId))) throw problem(notFound);
  const device = { userAgent: request.headers['user-agent'] ?? null, address: request.address };
  request.setCookie(SESSION_COOKIE, await request.command((tx) => actForBusiness(tx, session, businessId, device)));
  return seeOther(request.href(paths.account()));
}

/** What people may see and change of their own account. */
export function accountRoutes(web: Web): void {
  const limited = {
    access: 'submitter',
    rateLimit: { name: 'identity.contact', limit: 20, windowSeconds: 600, by: 'account' },
  } as const;
  web.get(paths.account, { access: 'signed-in' }, show);
  web.get(paths.accountSecurity, { access: 'signed-in', whileProving: true }, showSecurity);
  web.post(paths.accountSessions, { access: 'signed-in', whileProving: true }, endSessions);
  web.get(paths.accountContact, { access: 'person', example: { channel: 'email' } }, (request) =>
    page(<ContactPage channel={channelOf(request)} />),
  );
  web.post(paths.accountContact, limited, changeContact);
  web.get(paths.accountContactVerify, { access: 'person' }, (request) => {
    const id = request.query.get('id') ?? '';
    return isId(id) ? page(codePage(id)) : seeOther(request.href(paths.account()));
  });
  web.post(paths.accountContactVerify, limited, proveContact);
  web.post(paths.accountActAs, { access: 'person' }, actAs);
}
