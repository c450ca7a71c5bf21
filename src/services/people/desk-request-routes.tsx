import { listAccountNames } from '../../foundation/identity/index.ts';
import { findByAgencyCode } from '../../foundation/organisations/index.ts';
import { statedReason } from '../../foundation/readings/index.ts';
import { unitsOf } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isoDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { agencyNames } from './agency-names.ts';
import { refusalGrounds, requestKinds, requestNumber, requestOutcomes, type DataRequest } from './data-request.ts';
import { mayAnswerRequests } from './people-permissions.ts';
import { answerRequest, forwardRequest, openRequest, takeRequest } from './request-data.ts';
import { listFigures, listRequests, type RequestFilter } from './request-queries.ts';
import { DeskRequestPage, DeskRequestsPage, type AnswerFault } from './views/desk-request-pages.tsx';
import { outcomeWords, requestWords } from './views/request-words.ts';

const PAGE = 50;
const EXPORT_PAGE = 500;

function cursorOf(text: string | null): RequestFilter['after'] {
  const [at = '', id = ''] = (text ?? '').slice(0, 100).split('_');
  const instant = new Date(at);
  return isId(id) && /^\d{4}-/.test(at) && !Number.isNaN(instant.getTime()) ? { at: instant, id } : null;
}

function filterOf(request: WebRequest): Omit<RequestFilter, 'limit'> & { text: string } {
  const { query, actor } = request;
  const text = (query.get('so') ?? '').trim().slice(0, 20);
  const digits = /^(?:YC-?)?0*(\d{1,12})$/i.exec(text)?.[1];
  return {
    unitIds: unitsOf(actor, mayAnswerRequests),
    isDone: query.get('xem') === 'xong',
    kind: requestKinds.find((each) => each === query.get('loai')) ?? null,
    assigneeId: query.get('cua') === 'toi' ? actor.id : null,
    number: text === '' ? null : Number(digits ?? -1),
    after: cursorOf(query.get('sau')),
    text,
  };
}

const cursorAfter = (row: DataRequest, isDone: boolean): string =>
  `${(isDone ? row.receivedAt : row.dueAt).toISOString()}_${row.id}`;

async function list(request: WebRequest): Promise<Reply> {
  const { reader, now } = request;
  const filter = filterOf(request);
  const rows = await listRequests(reader, { ...filter, limit: PAGE + 1 });
  const shown = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? shown.at(-1) : undefined;
  return page(
    <DeskRequestsPage
      rows={shown}
      names={await namesFor(request, shown)}
      agencies={await agencyNames(request, shown)}
      forwarded={/^YC-\d{6,12}$/.exec(request.query.get('chuyen') ?? '')?.[0] ?? null}
      filter={{ ...filter, isMine: filter.assigneeId !== null, number: filter.text }}
      next={last ? cursorAfter(last, filter.isDone) : null}
      figures={await listFigures(
        reader,
        new Date(now.getTime() - 30 * 86_400_000),
        new Date(now.getTime() + 1),
        now,
        filter.unitIds,
      )}
      now={now}
    />,
  );
}

const namesFor = (request: WebRequest, rows: readonly DataRequest[]) =>
  listAccountNames(
    request.reader,
    rows.map((row) => row.accountId),
  );

async function* allRows(
  request: WebRequest,
  filter: Omit<RequestFilter, 'limit'>,
  names: Map<string, string>,
): AsyncGenerator<DataRequest> {
  let { after } = filter;
  for (;;) {
    const rows = await listRequests(request.reader, { ...filter, after, limit: EXPORT_PAGE });
    for (const [id, name] of await agencyNames(request, rows)) names.set(id, name);
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < EXPORT_PAGE || !last) return;
    after = { at: filter.isDone ? last.receivedAt : last.dueAt, id: last.id };
  }
}

/** The log of requests without names and texts: what an inspector asks for. */
function exportList(request: WebRequest): Promise<Reply> {
  const own = requestWords.in(request.locale);
  const { locale } = request;
  const names = new Map<string, string>();
  return tableExport(request.params['format'] ?? '', {
    locale,
    name: `yeu-cau-du-lieu-${isoDate(request.now)}`,
    rows: allRows(request, { ...filterOf(request), after: null }, names),
    columns: [
      { heading: own.number, value: (row) => requestNumber(row.number) },
      { heading: own.asked, value: (row) => own.kinds[row.kind], width: 34 },
      { heading: own.state, value: (row) => own.states[row.state] },
      { heading: own.answerer, value: ({ unitId }) => (unitId ? (names.get(unitId) ?? '') : own.province), width: 34 },
      { heading: own.sent, value: (row) => row.receivedAt },
      { heading: own.due, value: (row) => row.dueAt },
      { heading: own.answered, value: (row) => row.answeredAt },
      { heading: own.assignee, value: (row) => row.assigneeName },
      { heading: own.outcome, value: (row) => (row.outcome ? outcomeWords[row.outcome][locale] : '') },
      { heading: own.reason, value: (row) => row.reason, width: 40 },
    ],
  });
}

async function show(
  request: WebRequest,
  values = new URLSearchParams(),
  faults: readonly AnswerFault[] = [],
): Promise<Reply> {
  const found = await request.command((tx) => openRequest(tx, request.actor, request.params['id'] ?? ''));
  const names = await namesFor(request, [found]);
  return page(
    <DeskRequestPage
      request={found}
      agency={(await agencyNames(request, [found])).get(found.unitId ?? '') ?? null}
      personName={names.get(found.accountId)?.name ?? ''}
      values={values}
      faults={faults}
    />,
    { status: faults.length > 0 ? 422 : 200 },
  );
}

/** Hands the request on; whoever did may not see it any more, so the worklist follows. */
async function forward(request: WebRequest, id: string, form: URLSearchParams): Promise<Reply> {
  const code = (form.get('code') ?? '').replaceAll('\u0000', '').trim().toUpperCase().slice(0, 35);
  const reason = (form.get('forwardReason') ?? '').normalize('NFC').replaceAll('\u0000', '').trim().slice(0, 500);
  const found = await request.command((tx) => openRequest(tx, request.actor, id));
  const unit = code === '' ? null : await findByAgencyCode(request.reader, code, localDate(request.now));
  const faults: AnswerFault[] = [];
  if (unit === undefined || (unit?.id ?? null) === found.unitId) faults.push('code');
  if (statedReason(reason) === null) faults.push('forwardReason');
  if (faults.length > 0) return show(request, form, faults);
  await request.command((tx) => forwardRequest(tx, request.actor, id, { unitId: unit?.id ?? null, reason }));
  return seeOther(request.href(paths.deskDataRequests({ chuyen: requestNumber(found.number) })));
}

async function act(request: WebRequest): Promise<Reply> {
  const id = request.params['id'] ?? '';
  const form = await request.form();
  if (form.get('act') === 'forward') return forward(request, id, form);
  if (form.get('act') === 'take') {
    await request.command((tx) => takeRequest(tx, request.actor, id));
    return seeOther(request.href(paths.deskDataRequest({ id })));
  }
  const outcome = requestOutcomes.find((each) => each === form.get('outcome'));
  const ground = refusalGrounds.find((each) => each === form.get('ground'));
  const more = (form.get('reason') ?? '').normalize('NFC').replaceAll('\u0000', '').trim().slice(0, 1_000);
  const answer = (form.get('answer') ?? '').normalize('NFC').replaceAll('\u0000', '').trim().slice(0, 4_000);
  const faults: AnswerFault[] = [];
  if (!outcome) faults.push('outcome');
  if (statedReason(answer) === null) faults.push('answer');
  if (outcome && outcome !== 'granted' && (!ground || statedReason(more) === null)) faults.push('reason');
  const found = await request.command((tx) => openRequest(tx, request.actor, id));
  // Part of what is asked lies outside what can be erased at all.
  if (found.kind === 'erase' && outcome === 'granted' && found.details.things?.includes('other')) faults.push('erase');
  if (!outcome || faults.length > 0) return show(request, form, faults);
  const words = requestWords.in('vi');
  const reason = outcome === 'granted' || !ground ? null : `${words.grounds[ground]}: ${more}`;
  await request.command((tx) => answerRequest(tx, request.actor, id, { outcome, reason, answer }));
  return seeOther(request.href(paths.deskDataRequest({ id })));
}

/** The worklist of those who answer for personal data. */
export function deskRequestRoutes(web: Web): void {
  const access = { permission: mayAnswerRequests };
  web.get(paths.deskDataRequests, { access }, list);
  web.get(paths.deskDataRequestsExport, { access, example: { format: 'csv' } }, exportList);
  web.get(paths.deskDataRequest, { access, example: { id: '01900000-0000-7000-8000-000000000000' } }, (request) =>
    show(request),
  );
  web.post(paths.deskDataRequest, { access }, act);
}
