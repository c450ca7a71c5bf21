import { noteReading } from '../../foundation/readings/index.ts';
import { can, demand } from '../../platform/access.ts';
import { instantOf, localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { MAX_EXPORT_ROWS, tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { formatDateTime } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { queryString } from '../../ui/route.ts';
import {
  countQueues,
  eachOfWorklist,
  formatCursor,
  getDossier,
  listWorklist,
  mayAssign,
  mayExport,
  seeOthers,
  mayProcess,
  mayReceive,
  mayView,
  readFileOf,
  type WorklistRow,
} from '../dossiers/index.ts';
import { unitsInReach } from './actor-reach.ts';
import { pastWorklist } from './past-worklist.tsx';
import { actOnMany, assigneesOfMany, bulkSlugs, chosenIds, type BulkAct } from './bulk-acts.ts';
import { deleteSavedView, listSavedViews, putSavedView } from './desk-queries.ts';
import { tooManyViews } from './desk-problems.ts';
import { choiceOf, filterChoices, filterOf, withNames, worklistPage } from './list-worklist.ts';
import { BulkAssignPage, BulkOutcomePage, NothingChosenPage } from './views/bulk-page.tsx';
import { deskWords, said } from './views/desk-words.ts';
import { HomePage } from './views/home-page.tsx';
import { WorklistPage } from './views/worklist-page.tsx';
import { readWorklistAddress, worklistQuery } from './worklist-address.ts';

const access = { permission: mayView };

async function home(request: WebRequest): Promise<Reply> {
  const { reader, actor, now } = request;
  const unitIds = await unitsInReach(reader, actor, now);
  const counts = await countQueues(reader, unitIds, now);
  const tomorrow = new Date(instantOf(localDate(now)).getTime() + 86_400_000);
  const today = await listWorklist(
    reader,
    { queue: 'in-process', unitIds, from: now, to: tomorrow },
    { now, size: 200 },
  );
  const mine = await listWorklist(reader, { queue: 'mine', unitIds, postId: actor.postId ?? null }, { now, size: 100 });
  const receives = can(actor, mayReceive);
  const waiting =
    receives && mine.rows.length === 0
      ? (await listWorklist(reader, { queue: 'awaiting-receipt', unitIds }, { now, size: 15 })).rows
      : [];
  const named = await withNames(reader, [...mine.rows.slice(0, 20), ...waiting], now);
  return page(
    <HomePage
      counts={counts}
      dueToday={today.rows.length}
      mine={[...named.slice(0, Math.min(20, mine.rows.length)), ...(mine.rows.slice(20) as typeof named)]}
      waiting={named.slice(Math.min(20, mine.rows.length))}
      mayReceive={receives}
      now={now}
    />,
  );
}

async function list(request: WebRequest): Promise<Reply> {
  const past = await pastWorklist(request);
  if (past) return past;
  const { reader, actor, now } = request;
  const address = readWorklistAddress(request.query);
  const found = await worklistPage(reader, actor, address, now);
  const reach = await unitsInReach(reader, actor, now);
  const counts = await countQueues(reader, reach.length > 2_000 ? [] : reach, now);
  const count = Number(request.query.get('so'));
  if (address.text.length >= 2)
    await noteReading(request, found.rows.map(readFileOf), {
      work: 'search',
      purpose: 'Tìm trong danh sách hồ sơ của đơn vị',
    });
  return page(
    <WorklistPage
      address={address}
      rows={found.rows}
      previousCursor={found.previous && formatCursor(found.previous)}
      nextCursor={found.next && formatCursor(found.next)}
      counts={counts}
      choices={await filterChoices(reader, actor, now)}
      views={actor.id ? await listSavedViews(reader, actor.id) : []}
      may={{
        receive: can(actor, mayReceive),
        assign: can(actor, mayAssign),
        process: can(actor, mayProcess),
        export: can(actor, mayExport),
      }}
      now={now}
      done={
        request.query.has('xong')
          ? { act: request.query.get('xong')!, count: Number.isInteger(count) ? count : 1 }
          : null
      }
    />,
  );
}

async function exportList(request: WebRequest): Promise<Reply> {
  const { reader, actor, now, locale } = request;
  demand(actor, mayExport);
  const address = readWorklistAddress(request.query);
  const filter = await filterOf(reader, actor, address, now);
  const words = deskWords.in(locale);
  const at = (value: Date | null): string => (value ? formatDateTime(value, locale) : '');
  const vi = locale === 'vi';
  const rows =
    address.text.length >= 2
      ? (await worklistPage(reader, actor, address, now)).rows
      : eachOfWorklist(reader, filter, { now, limit: MAX_EXPORT_ROWS.csv + 1 });
  const noted = recorded(request, rows);
  return tableExport<WorklistRow>(request.params['format'] ?? '', {
    locale: request.locale,
    name: `${vi ? 'ho-so' : 'dossiers'}-${localDate(now)}`,
    rows: noted,
    columns: [
      { heading: vi ? 'Mã hồ sơ' : 'Code', value: (row) => row.code },
      { heading: vi ? 'Thủ tục' : 'Procedure', value: (row) => said(row.procedureName, locale), width: 50 },
      { heading: vi ? 'Người nộp' : 'Applicant', value: (row) => row.applicantName, width: 28 },
      { heading: vi ? 'Trạng thái' : 'State', value: (row) => words.states[row.state] },
      { heading: vi ? 'Bước' : 'Step', value: (row) => said(row.stepName, locale) },
      { heading: vi ? 'Kênh nộp' : 'Channel', value: (row) => words.channels[row.channel] },
      { heading: vi ? 'Nộp lúc' : 'Submitted', value: (row) => at(row.submittedAt) },
      { heading: vi ? 'Tiếp nhận lúc' : 'Received', value: (row) => at(row.receivedAt) },
      { heading: vi ? 'Hẹn trả' : 'Due', value: (row) => at(row.dueAt) },
      {
        heading: vi ? 'Đúng hạn' : 'On time',
        value: (row) => (row.isOnTime === null ? '' : row.isOnTime ? (vi ? 'Có' : 'Yes') : vi ? 'Không' : 'No'),
      },
    ],
  });
}

/** Rows on their way into a file, each piece recorded as read before it is given out. */
async function* recorded(
  request: WebRequest,
  rows: Iterable<WorklistRow> | AsyncIterable<WorklistRow>,
): AsyncGenerator<WorklistRow> {
  let piece: WorklistRow[] = [];
  const write = () =>
    noteReading(request, piece.map(readFileOf), {
      work: 'export',
      purpose: 'Kết xuất danh sách hồ sơ của đơn vị',
    });
  for await (const row of rows) {
    piece.push(row);
    if (piece.length < 500) continue;
    await write();
    yield* piece;
    piece = [];
  }
  if (piece.length === 0) return;
  await write();
  yield* piece;
}

/** The list from which a bulk act was started. */
const listOf = (request: WebRequest, more: Record<string, string | number> = {}): string =>
  paths.worklist({ ...worklistQuery(readWorklistAddress(request.query)), ...more });

async function chooseAssignee(request: WebRequest): Promise<Reply> {
  return assignPage(request, chosenIds(request.query), null);
}

async function assignPage(request: WebRequest, ids: readonly string[], error: string | null): Promise<Reply> {
  demand(request.actor, mayAssign);
  if (ids.length === 0) return page(<NothingChosenPage backPath={listOf(request)} />, { status: 422 });
  const assignees = await assigneesOfMany(request.reader, request.actor, ids, localDate(request.now));
  const people = assignees.map(choiceOf);
  const query = worklistQuery(readWorklistAddress(request.query));
  return page(<BulkAssignPage {...{ ids, people, query, error }} backPath={listOf(request)} />, {
    status: error === null ? 200 : 422,
  });
}

async function bulk(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const slug = form.get('viec') ?? '';
  if (!Object.hasOwn(bulkSlugs, slug)) throw problem(notFound);
  const act: BulkAct = bulkSlugs[slug as keyof typeof bulkSlugs];
  const ids = chosenIds(form);
  if (ids.length === 0) return page(<NothingChosenPage backPath={listOf(request)} />, { status: 422 });
  const post = form.get('postId') ?? '';
  if (act === 'assign' && !form.has('da-chon'))
    return seeOther(
      request.href(
        `${paths.worklistBulk(worklistQuery(readWorklistAddress(request.query)))}&${new URLSearchParams(ids.map((id) => ['id', id])).toString()}`,
      ),
    );
  if (act === 'assign' && post !== 'nobody' && !isId(post))
    return assignPage(request, ids, request.locale === 'vi' ? 'Hãy chọn người được giao' : 'Choose a person');
  const outcome = await request.command((tx) =>
    actOnMany(tx, request.actor, act, ids, post === 'nobody' ? null : post),
  );
  if (outcome.refused.length === 0)
    return seeOther(request.href(listOf(request, { xong: act, so: outcome.done.length })));
  const refused = [];
  for (const { dossierId, problem: why } of outcome.refused) {
    const isKnown = why.definition.status !== 404; // a stranger's dossier keeps its code to itself
    refused.push({
      id: dossierId,
      code: isKnown ? (await getDossier(request.reader, dossierId)).code : null,
      problem: why,
    });
  }
  return page(<BulkOutcomePage act={act} done={outcome.done.length} refused={refused} backPath={listOf(request)} />, {
    status: 422,
  });
}

async function saveView(request: WebRequest): Promise<Reply> {
  const name = ((await request.form()).get('name') ?? '').trim().slice(0, 60);
  const address = readWorklistAddress(request.query);
  const officerId = request.actor.id;
  if (name !== '' && officerId !== null) {
    const query = queryString(worklistQuery(address)).slice(1, 1_000);
    const saved = await request.command((tx) => putSavedView(tx, { id: newId(), officerId, name, query }));
    if (!saved) throw problem(tooManyViews);
  }
  return seeOther(request.href(listOf(request, name === '' ? {} : { xong: 'view' })));
}

async function removeView(request: WebRequest): Promise<Reply> {
  const { actor, params } = request;
  if (isId(params['viewId'] ?? '') && actor.id !== null)
    await request.command((tx) => deleteSavedView(tx, params['viewId']!, actor.id!));
  return seeOther(request.href(paths.worklist()));
}

/** The day, the worklist, its exports, bulk acts and saved views. */
export function worklistRoutes(web: Web): void {
  web.get(paths.workspace, { access: 'official' }, home);
  web.get(paths.worklist, { access, act: seeOthers }, list);
  web.get(
    paths.worklistExport,
    { access: { permission: mayExport }, act: seeOthers, example: { format: 'csv' } },
    exportList,
  );
  web.get(paths.worklistBulk, { access: { permission: mayAssign } }, chooseAssignee);
  web.post(paths.worklistBulk, { access }, bulk);
  web.post(paths.savedViews, { access }, saveView);
  web.post(paths.savedViewRemoval, { access }, removeView);
}
