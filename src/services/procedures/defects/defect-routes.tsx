import { holdersOf } from '../../../foundation/organisations/index.ts';
import { can } from '../../../platform/access.ts';
import { localDate } from '../../../platform/clock.ts';
import { page, seeOther } from '../../../platform/http/reply.ts';
import { tableExport } from '../../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isId } from '../../../platform/ids.ts';
import { listQuery } from '../../../ui/components/data-table.tsx';
import { freshForm, type FormState } from '../../../ui/components/form-state.ts';
import { paths } from '../../../ui/paths.ts';
import { editProcedures, workOnProcedures } from '../procedure-permissions.ts';
import { defectTitle } from './defect-words.ts';
import { defectStates, type Defect } from './defect.ts';
import { defectSorts, listDefectCounts, listDefectWork, type DefectCursor, type DefectFilter, type DefectSort } from './defect-queries.ts'; // prettier-ignore
import { fixFor } from './fix-words.ts';
import { DefectsPage, defectWords } from './views/defects-page.tsx';
import { workOnDefects, type DefectAct } from './work-on-defects.ts';

const access = { anyOf: workOnProcedures };
const PAGE = 50;

/** The work list of what is wrong in the national catalogue. */
export function defectRoutes(web: Web): void {
  web.get(paths.adminDefects, { access }, (request) => defectsPage(request, freshForm()));
  web.post(paths.adminDefectsAct, { access: { permission: editProcedures } }, act);
  web.get(paths.adminDefectsExport, { access, example: { format: 'csv' } }, exportDefects);
}

interface Listing {
  filter: DefectFilter;
  sort: DefectSort;
  query: Record<string, string>;
}

function listingOf(request: WebRequest, from: URLSearchParams = request.query): Listing {
  const query: Record<string, string> = {};
  for (const name of ['trang-thai', 'muc-do', 'loi', 'ma', 'giao', 'lan-nhap', listQuery.sort]) {
    const value = from.get(name)?.replaceAll('\u0000', '').trim().slice(0, 60);
    if (value) query[name] = value;
  }
  const severity = Number(query['muc-do']);
  const state = query['trang-thai'] ?? 'todo';
  return {
    query,
    sort: defectSorts.find((one) => one === query[listQuery.sort]) ?? 'nang',
    filter: {
      state: state === 'all' ? null : (defectStates.find((one) => one === state) ?? 'todo'),
      severity: [1, 2, 3].includes(severity) ? severity : null,
      kind: query['loi'] ?? null,
      text: query['ma'] ?? null,
      assigneeId: query['giao'] === 'toi' ? request.actor.id : null,
      importId: query['lan-nhap'] && isId(query['lan-nhap']) ? query['lan-nhap'] : null,
    },
  };
}

const cursorFor = (row: Defect): string => `${row.severity}_${row.code ?? ''}_${row.id}`;
function cursorOf(text: string | null): DefectCursor | null {
  const [severity, code, id] = (text ?? '').split('_');
  return severity && /^[123]$/.test(severity) && code !== undefined && code.length < 60 && id && isId(id)
    ? { severity: Number(severity), code: code.replaceAll('\u0000', ''), id }
    : null;
}

/** Who may be given defects: whoever may write procedures. */
async function assigneesFor(request: WebRequest): Promise<{ id: string; name: string }[]> {
  const holders = await holdersOf(request.reader, editProcedures.name, null, localDate(request.now));
  const others = holders.map((one) => ({ id: one.officerId, name: one.fullName }));
  const self = { id: request.actor.id ?? '', name: request.actor.label };
  return [...new Map([self, ...others].map((one) => [one.id, one])).values()].slice(0, 200);
}

async function defectsPage(request: WebRequest, form: FormState, listing = listingOf(request), status = 200) {
  const after = cursorOf(request.query.get(listQuery.after));
  const rows = await listDefectWork(request.reader, listing.filter, listing.sort, after, PAGE + 1);
  const mayEdit = can(request.actor, editProcedures);
  return page(
    <DefectsPage
      rows={rows.slice(0, PAGE)}
      next={rows.length > PAGE ? cursorFor(rows[PAGE - 1]!) : null}
      query={listing.query}
      counts={await listDefectCounts(request.reader)}
      assignees={mayEdit ? await assigneesFor(request) : []}
      mayEdit={mayEdit}
      done={Number(request.query.get('xong')) || null}
      form={form}
    />,
    { status },
  );
}

async function act(request: WebRequest) {
  const form = await request.form();
  const own = defectWords.in(request.locale);
  const listing = listingOf(request, form);
  const ids = form.getAll('id').filter(isId).slice(0, 500);
  const reason = (form.get('reason') ?? '').replaceAll('\u0000', '').trim().slice(0, 1000);
  const values = { reason, to: form.get('to') ?? '' };
  const refuse = (errors: Record<string, string>) => defectsPage(request, { values, errors }, listing, 422);
  if (ids.length === 0) return refuse({ chosen: own.nothingChosen });
  let doing: DefectAct;
  if (form.get('act') === 'accept') {
    if (reason === '') return refuse({ reason: own.reasonMissing });
    doing = { act: 'accept', reason };
  } else if (form.get('act') === 'reopen') doing = { act: 'reopen' };
  else {
    const to = (await assigneesFor(request)).find((one) => one.id === values.to);
    if (!to || to.id === '') return refuse({ to: own.toMissing });
    doing = { act: 'assign', to };
  }
  const changed = await request.command((tx) => workOnDefects(tx, request.actor, { ids, ...doing }));
  return seeOther(request.href(paths.adminDefects({ ...listing.query, xong: changed })));
}

function exportDefects(request: WebRequest) {
  const own = defectWords.in(request.locale);
  const { filter, sort } = listingOf(request);
  async function* all(): AsyncGenerator<Defect> {
    let after: DefectCursor | null = null;
    for (;;) {
      const rows: Defect[] = await listDefectWork(request.reader, filter, sort, after, 2_000);
      yield* rows;
      const last = rows.at(-1);
      if (rows.length < 2_000 || !last) return;
      after = { severity: last.severity, code: last.code ?? '', id: last.id };
    }
  }
  return tableExport<Defect>(request.params['format'] ?? '', {
    locale: request.locale,
    name: request.locale === 'en' ? 'defects' : 'loi-can-sua',
    rows: all(),
    columns: [
      { heading: own.code, value: (row) => row.code, width: 12 },
      { heading: own.procedure, value: (row) => row.name, width: 60 },
      { heading: own.severity, value: (row) => own.severities[row.severity] },
      { heading: own.defect, value: (row) => defectTitle(row.kind)[request.locale], width: 36 },
      { heading: own.place, value: (row) => row.place, width: 24 },
      { heading: own.source, value: (row) => row.source, width: 60 },
      { heading: own.fix, value: (row) => fixFor(row.kind)[request.locale], width: 60 },
      { heading: own.state, value: (row) => own.states[row.state] },
      { heading: own.assignee, value: (row) => row.assignee, width: 24 },
      { heading: own.reason, value: (row) => row.reason, width: 40 },
      { heading: own.firstSeen, value: (row) => row.firstSeenAt },
      { heading: own.lastSeen, value: (row) => row.lastSeenAt },
      { heading: own.reopened, value: (row) => row.reopened },
    ],
  });
}
