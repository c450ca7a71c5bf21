import {
  defaultPaperKinds,
  getFile,
  listFilesByIds,
  receiveForm,
  scanMarkOf,
  sendFile,
  type ReceivedFile,
} from '../../foundation/files/index.ts';
import { noteReading } from '../../foundation/readings/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { listCurrentByCode, listFields } from '../procedures/index.ts';
import { answerDelegation, withdrawDelegation } from './answer-delegation.ts';
import { maxPapers, type Delegation } from './delegation.ts';
import { directions, readDelegationForm, type Direction, type FormFaults } from './delegation-form.ts';
import { delegationNotFound, notAnOperator } from './delegation-problems.ts';
import { listGiven, listHeld, listPapers } from './delegation-queries.ts';
import { findOther, proposeDelegation } from './propose-delegation.ts';
import { openDelegation, withNames } from './read-delegation.ts';
import { DelegationFormPage } from './views/delegation-form-page.tsx';
import type { ShownPaper } from './views/delegation-parts.tsx';
import { DelegationPage, DelegationsPage } from './views/delegations-page.tsx';

const PAGE = 20;
const MAX_BYTES = 10_000_000;

/** The account of a signed-in person. @throws notFound for anybody else */
function accountOf({ actor }: WebRequest): string {
  if ((actor.kind !== 'citizen' && actor.kind !== 'business') || !actor.accountId) throw problem(notFound);
  return actor.accountId;
}

/** Words for the codes in scopes. */
export async function scopeNames(
  reader: Reader,
  rows: readonly Delegation[],
  locale: 'vi' | 'en',
  today: string,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  if (rows.some((row) => row.scope === 'field'))
    for (const field of await listFields(reader)) names.set(field.code, field.name[locale]);
  const codes = rows.filter((row) => row.scope === 'procedure').flatMap((row) => row.scopeValues);
  if (codes.length > 0)
    for (const one of await listCurrentByCode(reader, codes, today))
      names.set(one.code, `${one.code} ${(locale === 'en' && one.name.en) || one.name.vi}`);
  return names;
}

/** The papers of a delegation as pages show them. */
export async function shownPapers(
  { reader, config }: Pick<WebRequest, 'reader' | 'config'>,
  delegationId: string,
): Promise<ShownPaper[]> {
  const ids = (await listPapers(reader, delegationId)).map((paper) => paper.fileId);
  const files = ids.length === 0 ? [] : await listFilesByIds(reader, ids);
  return files.map((file) => ({
    fileId: file.id,
    name: file.fileName,
    sizeBytes: file.sizeBytes,
    scanMark: scanMarkOf(config, file),
  }));
}

async function list(request: WebRequest): Promise<Reply> {
  const accountId = accountOf(request);
  const { reader } = request;
  const cursor = (name: string): string | null => {
    const id = request.query.get(name);
    return isId(id) ? id : null;
  };
  const [given, held] = await Promise.all([
    listGiven(reader, accountId, cursor('sau'), PAGE + 1),
    listHeld(reader, accountId, cursor('sau-nhan'), PAGE + 1),
  ]);
  const today = localDate(request.now);
  const all = await withNames(reader, [...given.slice(0, PAGE), ...held.slice(0, PAGE)]);
  const shownGiven = Math.min(given.length, PAGE);
  return page(
    <DelegationsPage
      given={all.slice(0, shownGiven)}
      held={all.slice(shownGiven)}
      moreGiven={given.length > PAGE ? (given[PAGE - 1]?.id ?? null) : null}
      moreHeld={held.length > PAGE ? (held[PAGE - 1]?.id ?? null) : null}
      today={today}
      names={await scopeNames(reader, all, request.locale, today)}
    />,
  );
}

const directionOf = (request: WebRequest): Direction => {
  const asked = request.query.get('chieu');
  return directions.find((each) => each === asked) ?? 'giao';
};

async function formPage(
  request: WebRequest,
  values: URLSearchParams,
  faults: FormFaults,
  fileFault: string | null = null,
): Promise<Reply> {
  accountOf(request);
  const isRefused = Object.keys(faults).length > 0 || fileFault !== null;
  const fields = (await listFields(request.reader)).filter((field) => field.listed);
  return page(
    <DelegationFormPage
      direction={directionOf(request)}
      {...{ values, faults, fileFault, fields }}
      today={localDate(request.now)}
    />,
    { status: isRefused ? 422 : 200 },
  );
}

/** An empty form: rights that most people mean, and the dossier they come from. */
function startOf(request: WebRequest): URLSearchParams {
  const dossier = request.query.get('ho-so') ?? '';
  const values = new URLSearchParams([
    ['quyen', 'submit'],
    ['quyen', 'see'],
    ['quyen', 'receive'],
  ]);
  if (dossier !== '') {
    values.set('pham-vi', 'dossier');
    values.set('ho-so', dossier.slice(0, 64));
  }
  return values;
}

async function knownCodes(reader: Reader, fields: URLSearchParams, today: string) {
  const asked = (fields.get('thu-tuc') ?? '')
    .split(/[\s,;]+/)
    .filter(Boolean)
    .slice(0, 60);
  const found = asked.length === 0 ? [] : await listCurrentByCode(reader, asked, today);
  return {
    fields: new Set((await listFields(reader)).map((field) => field.code)),
    procedures: new Set(found.map((one) => one.code)),
  };
}

async function create(request: WebRequest): Promise<Reply> {
  const accountId = accountOf(request);
  const direction = directionOf(request);
  const { fields, files, refused } = await receiveForm(request, (field) =>
    field === 'giay-to' ? { maxBytes: MAX_BYTES, kinds: defaultPaperKinds } : null,
  );
  const known = await knownCodes(request.reader, fields, localDate(request.now));
  const { input, other, faults } = readDelegationForm(fields, direction, known, request.now);
  const papers: ReceivedFile[] = files.slice(0, maxPapers);
  if (input.ward && papers.length === 0 && refused.size === 0) faults['giay-to'] = 'papers';
  const found =
    other && !faults['so'] && !faults['ten'] ? await findOther(request.reader, other.number, other.name) : null;
  if (other && !faults['so'] && !faults['ten']) {
    if (!found) faults['so'] = 'notFound';
    else if (found.id === accountId) faults['so'] = 'self';
  }
  const fileFault = refused.get('giay-to')?.[request.locale] ?? null;
  if (Object.keys(faults).length > 0 || fileFault) return formPage(request, fields, faults, fileFault);
  try {
    const id = await request.command((tx) =>
      proposeDelegation(tx, request.actor, { ...input, otherAccountId: found?.id ?? null, papers }),
    );
    return seeOther(request.href(paths.delegation({ id }, { xong: 'sent' })));
  } catch (error) {
    if (isProblem(error, notAnOperator)) return formPage(request, fields, { loai: 'operator' });
    throw error;
  }
}

const DONE = ['sent', 'accepted', 'declined', 'ended'] as const;

async function show(request: WebRequest): Promise<Reply> {
  const accountId = accountOf(request);
  const delegation = await openDelegation(request.reader, accountId, request.params['id'] ?? '');
  const today = localDate(request.now);
  const done = request.query.get('xong');
  return page(
    <DelegationPage
      {...{ delegation, accountId, today }}
      names={await scopeNames(request.reader, [delegation], request.locale, today)}
      papers={await shownPapers(request, delegation.id)}
      done={DONE.find((each) => each === done) ?? null}
    />,
  );
}

async function act(request: WebRequest): Promise<Reply> {
  accountOf(request);
  const { actor, params } = request;
  const id = params['id'] ?? '';
  const reason = ((await request.form()).get('reason') ?? '').trim().slice(0, 300) || null;
  const said: Record<string, (typeof DONE)[number]> = { 'chap-nhan': 'accepted', 'tu-choi': 'declined', rut: 'ended' };
  const done = said[params['act'] ?? ''];
  if (!done) throw problem(notFound);
  await request.command((tx) =>
    done === 'ended' ? withdrawDelegation(tx, actor, id, reason) : answerDelegation(tx, actor, id, done === 'accepted'),
  );
  return seeOther(request.href(paths.delegation({ id }, { xong: done })));
}

async function sendPaper(request: WebRequest): Promise<Reply> {
  const accountId = accountOf(request);
  const { reader, params } = request;
  const delegation = await openDelegation(reader, accountId, params['id'] ?? '');
  const fileId = params['fileId'] ?? '';
  if (!(await listPapers(reader, delegation.id)).some((paper) => paper.fileId === fileId))
    throw problem(delegationNotFound);
  // What the delegate opens of the giver's is a reading of the giver's file.
  if (delegation.giverAccountId !== null && delegation.giverAccountId !== accountId)
    await noteReading(
      request,
      [{ accountId: delegation.giverAccountId, subject: { kind: 'delegation', id: delegation.id, label: null } }],
      { work: 'delegate', purpose: 'Xem giấy tờ ủy quyền' },
    );
  return sendFile(request, await getFile(reader, fileId));
}

const EXAMPLE = { id: '01900000-0000-7000-8000-000000000000' };

/** A person's mandates: given and held, new ones, answers and withdrawal. */
export function citizenRoutes(web: Web): void {
  const person = { access: 'person' } as const;
  const limited = (name: string, limit: number) =>
    ({
      access: 'submitter',
      rateLimit: { name: `delegations.${name}`, limit, windowSeconds: 600, by: 'account' },
    }) as const;
  web.get(paths.delegations, person, list);
  web.get(paths.delegationNew, person, (request) => formPage(request, startOf(request), {}));
  web.post(paths.delegationNew, limited('new', 30), create);
  web.get(paths.delegation, { ...person, example: EXAMPLE }, show);
  web.get(paths.delegationFile, { ...person, example: { ...EXAMPLE, fileId: EXAMPLE.id } }, sendPaper);
  web.post(paths.delegationAct, limited('act', 60), act);
}
