import { findApplicantAccount, listAccountNames, normaliseTaxCode } from '../../foundation/identity/index.ts';
import { getFile, sendFile } from '../../foundation/files/index.ts';
import { noteReading, statedReason } from '../../foundation/readings/index.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { confirmDelegation, refuseDelegation, withdrawDelegation } from './answer-delegation.ts';
import { scopeNames, shownPapers } from './citizen-routes.tsx';
import type { Delegation } from './delegation.ts';
import { mayConfirmDelegations, mayNameOperators } from './delegation-permissions.ts';
import { delegationNotFound } from './delegation-problems.ts';
import { findStored, listGiven, listHeld, listOperators, listPapers, listWaiting } from './delegation-queries.ts';
import { endOperator, nameOperator } from './name-operator.ts';
import { withNames } from './read-delegation.ts';
import { DeskDelegationPage, DeskDelegationsPage, deskDelegationWords, OperatorsPage } from './views/desk-pages.tsx';

const PAGE = 50;

/** The file of the persons behind a delegation, as the record of readings names it. */
const readFilesOf = (rows: readonly Delegation[]) =>
  rows.flatMap((row) =>
    [row.giverAccountId, row.delegateAccountId]
      .filter((id) => id !== null)
      .map((accountId) => ({ accountId, subject: { kind: 'delegation' as const, id: row.id, label: null } })),
  );

/** Waiting ones, or those of a person whose number somebody typed at the counter. */
async function list(request: WebRequest): Promise<Reply> {
  const { reader, query, now } = request;
  const number = (query.get('so') ?? '').trim().slice(0, 30);
  const after = query.get('sau');
  const today = localDate(now);
  if (number === '') {
    const rows = await listWaiting(reader, isId(after) ? after : null, PAGE + 1);
    const shown = await withNames(reader, rows.slice(0, PAGE));
    const next = rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null;
    return page(<DeskDelegationsPage rows={shown} {...{ number, next, today }} isFound={null} />);
  }
  const account = await findApplicantAccount(reader, number);
  const rows = account
    ? [...(await listGiven(reader, account.id, null, PAGE)), ...(await listHeld(reader, account.id, null, PAGE))]
    : [];
  const shown = await withNames(reader, rows);
  await noteReading(request, readFilesOf(shown), { work: 'search', purpose: 'Tra cứu ủy quyền tại quầy' });
  return page(<DeskDelegationsPage rows={shown} {...{ number, today }} next={null} isFound={account !== undefined} />);
}

async function openForOfficial(request: WebRequest): Promise<Delegation> {
  const id = request.params['id'] ?? '';
  const stored = isId(id) ? await findStored(request.reader, id) : undefined;
  if (!stored) throw problem(delegationNotFound);
  const [delegation] = await withNames(request.reader, [stored]);
  await noteReading(request, readFilesOf([delegation!]), { work: 'handling', purpose: 'Xác nhận ủy quyền tại quầy' });
  return delegation!;
}

async function show(request: WebRequest, fault: { field: string; text: string } | null = null): Promise<Reply> {
  const delegation = await openForOfficial(request);
  const today = localDate(request.now);
  return page(
    <DeskDelegationPage
      {...{ delegation, today, fault }}
      names={await scopeNames(request.reader, [delegation], request.locale, today)}
      papers={await shownPapers(request, delegation.id)}
    />,
    { status: fault ? 422 : 200 },
  );
}

async function act(request: WebRequest): Promise<Reply> {
  const id = request.params['id'] ?? '';
  const form = await request.form();
  const text = statedReason(form.get('text'));
  const name = request.params['act'];
  if (name !== 'xac-nhan' && name !== 'tu-choi' && name !== 'rut') throw problem(notFound);
  if (text === null)
    return show(request, { field: `text-${name}`, text: deskDelegationWords.in(request.locale).textNeeded });
  const run = { 'xac-nhan': confirmDelegation, 'tu-choi': refuseDelegation, rut: withdrawDelegation }[name];
  await request.command((tx) => run(tx, request.actor, id, text));
  return seeOther(request.href(paths.deskDelegation({ id })));
}

async function paper(request: WebRequest): Promise<Reply> {
  const delegation = await openForOfficial(request);
  const fileId = request.params['fileId'] ?? '';
  if (!(await listPapers(request.reader, delegation.id)).some((each) => each.fileId === fileId))
    throw problem(delegationNotFound);
  return sendFile(request, await getFile(request.reader, fileId));
}

async function operators(request: WebRequest, fault: string | null = null, value = ''): Promise<Reply> {
  const rows = await listOperators(request.reader);
  const names = await listAccountNames(
    request.reader,
    rows.map((row) => row.accountId),
  );
  return page(<OperatorsPage {...{ rows, names, fault, value }} />, { status: fault ? 422 : 200 });
}

async function changeOperators(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const ended = form.get('end');
  if (ended !== null) {
    if (isId(ended)) await request.command((tx) => endOperator(tx, request.actor, ended));
    return seeOther(request.href(paths.postalOperators()));
  }
  const text = (form.get('taxCode') ?? '').slice(0, 30);
  const taxCode = normaliseTaxCode(text);
  const account = taxCode === null ? undefined : await findApplicantAccount(request.reader, taxCode);
  if (account?.kind !== 'business')
    return operators(request, deskDelegationWords.in(request.locale).operatorMissing, text);
  await request.command((tx) => nameOperator(tx, request.actor, account.id));
  return seeOther(request.href(paths.postalOperators()));
}

const EXAMPLE = { id: '01900000-0000-7000-8000-000000000000' };

/** Delegations at the counter: those that wait, those of a person who has come, and the public post. */
export function officialRoutes(web: Web): void {
  const access = { permission: mayConfirmDelegations };
  web.get(paths.deskDelegations, { access }, list);
  web.get(paths.postalOperators, { access: { permission: mayNameOperators } }, (request) => operators(request));
  web.post(paths.postalOperators, { access: { permission: mayNameOperators } }, changeOperators);
  web.get(paths.deskDelegation, { access, example: EXAMPLE }, (request) => show(request));
  web.post(paths.deskDelegationAct, { access }, act);
  web.get(paths.deskDelegationFile, { access, example: { ...EXAMPLE, fileId: EXAMPLE.id } }, paper);
}
