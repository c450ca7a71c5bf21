import { unitsOf } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { publish } from '../../platform/events.ts';
import { isId } from '../../platform/ids.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { isoDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { noteReading, standingReason, statedReason } from '../readings/index.ts';
import { listOfficersByStaffCode } from '../organisations/index.ts';
import type { AccountKind, AccountStatus } from './account.ts';
import { assuranceRoutes } from './assurance-routes.tsx';
import { changeAccounts, exportPeople } from './assurance-acts.ts';
import { maskContact } from './account.ts';
import { findAccountByLogin, findAccountOfOfficer, listLogins, listSignIns } from './account-queries.ts';
import { listAccounts, type AccountFilter, type AccountLine } from './admin-queries.ts';
import { accountsExported } from './identity-events.ts';
import { identityManage } from './identity-permissions.ts';
import { accountNotFound, loginTaken, officerHasAccount } from './identity-problems.ts';
import { normaliseLogin, normaliseUserName } from './login-name.ts';
import {
  createOfficialAccount,
  endAllSessions,
  lockAccount,
  resetByAdministrator,
  unlockAccount,
} from './manage-account.ts';
import { accountOver, managesProvince, mayChangeAccount } from './over-account.ts';
import { listFactors } from './factor-queries.ts';
import { approveRecovery, askRecovery, stopRecovery } from './recover-account.ts';
import { findRecovery, listRecoveries } from './recovery-queries.ts';
import { listSessions } from './session-queries.ts';
import { reviewRoutes } from './review-routes.tsx';
import { AccountsPage, AdminAccountPage, LinkPage, NewAccountPage } from './views/admin-pages.tsx';
import { adminWords } from './views/admin-words.ts';
import { LookReasonPage } from './views/look-reason-page.tsx';
import type { FieldErrors } from './views/form-page.tsx';

const PAGE = 50;
const EXPORT_PAGE = 1_000;

const oneOf = <T extends string>(value: string | null, allowed: readonly T[]): T | null =>
  allowed.find((one) => one === value) ?? null;

function filterOf({ query, actor, now }: WebRequest): Omit<AccountFilter, 'limit'> {
  const text = (query.get('tim') ?? '').replaceAll('\u0000', '').trim().slice(0, 100) || null;
  const login = text === null ? null : normaliseLogin(text);
  const after = query.get('sau');
  return {
    kind: oneOf<AccountKind>(query.get('loai'), ['citizen', 'business', 'official']),
    status: oneOf<AccountStatus>(query.get('trangthai'), ['active', 'locked', 'closed']),
    text,
    login: login?.value ?? null,
    isExact: login?.kind != null && login.kind !== 'user-name',
    unitIds: unitsOf(actor, identityManage),
    day: localDate(now),
    after: isId(after) ? after : null,
  };
}

/** An account as the record of readings names it. */
const readFileOf = (account: { id: string }) => ({
  accountId: account.id,
  subject: { kind: 'account' as const, id: account.id, label: null },
});

async function list(request: WebRequest): Promise<Reply> {
  const filter = filterOf(request);
  const found = await listAccounts(request.reader, { ...filter, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  const people = rows.filter((row) => row.kind !== 'official');
  if (filter.text !== null)
    await noteReading(request, people.map(readFileOf), { work: 'search', purpose: 'Tìm tài khoản để quản trị' });
  const query = {
    tim: filter.text ?? undefined,
    loai: filter.kind ?? undefined,
    trangthai: filter.status ?? undefined,
  };
  return page(
    <AccountsPage
      rows={rows}
      recoveries={await listRecoveries(request.reader, filter.unitIds, filter.day)}
      query={query}
      isProvince={managesProvince(request.actor)}
      nextCursor={found.length > PAGE ? (rows.at(-1)?.id ?? null) : null}
      now={request.now}
    />,
  );
}

async function* allLines(request: WebRequest, filter: Omit<AccountFilter, 'limit'>): AsyncGenerator<AccountLine> {
  let { after } = filter;
  for (;;) {
    const rows = await listAccounts(request.reader, { ...filter, after, limit: EXPORT_PAGE });
    const people = rows.filter((row) => row.kind !== 'official');
    await noteReading(request, people.map(readFileOf), { work: 'export', purpose: 'Kết xuất danh sách tài khoản' });
    yield* rows;
    after = rows.at(-1)?.id ?? null;
    if (rows.length < EXPORT_PAGE) return;
  }
}

/** Identity numbers leave masked: whoever needs one looks at the account. */
async function exportList(request: WebRequest): Promise<Reply> {
  const w = adminWords.in(request.locale);
  const filter = filterOf(request);
  const reply = await tableExport(request.params['format'] ?? '', {
    locale: request.locale,
    name: `tai-khoan-${isoDate(request.now)}`,
    rows: allLines(request, filter),
    columns: [
      { heading: w.name, value: (row) => row.name, width: 34 },
      { heading: w.kind, value: (row) => w.kinds[row.kind] },
      { heading: w.login, value: (row) => (row.login && row.kind === 'citizen' ? maskContact(row.login) : row.login) },
      { heading: w.status, value: (row) => w.statuses[row.status] },
      { heading: w.lastSignIn, value: (row) => row.lastSignInAt },
    ],
  });
  await noteExport(request, filter.text !== null);
  return reply;
}

const noteExport = (request: WebRequest, filtered: boolean): Promise<void> =>
  request.command(async (tx) =>
    publish(tx, accountsExported, { subject: { kind: 'account', id: 'list' }, payload: { filtered } }),
  );

async function lineOf(request: WebRequest): Promise<AccountLine> {
  const { id } = request.params;
  if (!isId(id)) throw problem(accountNotFound);
  return accountOver(request.reader, request.actor, id, request.now);
}

/** A citizen's or business's account is opened for a stated reason only; the page that asks for it, or null once it is recorded. */
async function recordLook(request: WebRequest, account: AccountLine, isRefused: boolean): Promise<Reply | null> {
  if (account.kind === 'official') return null;
  const asked = request.query.get('ly-do');
  const { subject } = readFileOf(account);
  const reason = statedReason(asked) ?? (await standingReason(request.reader, request.actor, subject, request.now));
  if (reason === null)
    return page(<LookReasonPage account={account} isWrong={asked !== null} />, {
      status: asked === null && !isRefused ? 200 : 422,
    });
  await noteReading(request, [readFileOf(account)], { work: 'administration', purpose: reason });
  return null;
}

async function show(request: WebRequest, errors?: FieldErrors): Promise<Reply> {
  const account = await lineOf(request);
  const refused = await recordLook(request, account, errors !== undefined);
  if (refused) return refused;
  const [factors, recovery, logins, sessions, history] = await Promise.all([
    listFactors(request.reader, account.id),
    findRecovery(request.reader, account.id),
    listLogins(request.reader, account.id),
    listSessions(request.reader, account.id, request.now),
    listSignIns(request.reader, account.id, new Date(request.now.getTime() + 1), 20),
  ]);
  const view = (
    <AdminAccountPage
      account={account}
      factors={factors.length}
      recovery={recovery ?? null}
      ownId={request.actor.accountId}
      mayChange={await mayChangeAccount(request.reader, request.actor, account, request.now)}
      logins={logins}
      sessions={sessions}
      history={history}
      now={request.now}
      {...(errors ? { errors } : {})}
    />
  );
  return page(view, { status: errors ? 422 : 200 });
}

const linkPage = (request: WebRequest, name: string, accountId: string, token: string): Reply =>
  page(
    <LinkPage name={name} accountId={accountId} url={`${request.config.publicUrl}${paths.resetPassword({ token })}`} />,
  );

async function create(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const w = adminWords.in(request.locale);
  const [officer] = await listOfficersByStaffCode(request.reader, [(form.get('staffCode') ?? '').trim().toUpperCase()]);
  const userName = normaliseUserName(form.get('userName') ?? '');
  const errors: FieldErrors = {};
  if (!officer || officer.leftOn !== null) errors['staffCode'] = w.staffMissing;
  else if (await findAccountOfOfficer(request.reader, officer.id))
    errors['staffCode'] = officerHasAccount.title[request.locale];
  if (userName === null) errors['userName'] = w.userNameWrong;
  else if (await findAccountByLogin(request.reader, userName)) errors['userName'] = loginTaken.title[request.locale];
  if (!officer || userName === null || Object.keys(errors).length > 0)
    return page(<NewAccountPage values={form} errors={errors} />, { status: 422 });
  const made = await request.command((tx) =>
    createOfficialAccount(tx, request.actor, { officerId: officer.id, userName }),
  );
  return linkPage(request, officer.fullName, made.accountId, made.token);
}

async function act(request: WebRequest): Promise<Reply> {
  const account = await lineOf(request);
  const form = await request.form();
  const { actor } = request;
  switch (request.params['action'] ?? '') {
    case 'khoa': {
      const reason = (form.get('reason') ?? '').trim().slice(0, 300);
      if (!reason) return show(request, { reason: adminWords.in(request.locale).needReason });
      await request.command((tx) => lockAccount(tx, actor, account.id, reason));
      break;
    }
    case 'mo-khoa':
      await request.command((tx) => unlockAccount(tx, actor, account.id));
      break;
    case 'ket-thuc-phien':
      await request.command((tx) => endAllSessions(tx, actor, account.id));
      break;
    case 'khoi-phuc': {
      const reason = (form.get('recoveryReason') ?? '').trim().slice(0, 500);
      if (!reason) return show(request, { recoveryReason: adminWords.in(request.locale).needReason });
      await request.command((tx) => askRecovery(tx, actor, account.id, reason));
      break;
    }
    case 'duyet-khoi-phuc':
      await request.command((tx) => approveRecovery(tx, actor, account.id));
      break;
    case 'dung-khoi-phuc':
      await request.command((tx) => stopRecovery(tx, actor, account.id));
      break;
    case 'dat-lai':
      return linkPage(
        request,
        account.name,
        account.id,
        await request.command((tx) => resetByAdministrator(tx, actor, account.id)),
      );
    default:
      throw problem(notFound);
  }
  return seeOther(request.href(paths.adminAccount({ id: account.id })));
}

const EXAMPLE = { id: '01900000-0000-7000-8000-000000000000' };

/** Administration of accounts: every write is an event, every page asks for `identity.manage`. */
export function adminRoutes(web: Web): void {
  const access = { permission: identityManage };
  web.get(paths.adminAccounts, { access }, list);
  web.get(paths.adminAccountsExport, { access, act: exportPeople, example: { format: 'csv' } }, exportList);
  reviewRoutes(web);
  assuranceRoutes(web);
  web.get(paths.adminAccountNew, { access }, () => page(<NewAccountPage />));
  web.post(paths.adminAccountNew, { access, act: changeAccounts }, create);
  web.get(paths.adminAccount, { access, example: EXAMPLE }, (request) => show(request));
  web.post(paths.adminAccountAction, { access, act: changeAccounts }, act);
}
