import { can, reachOf } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { listEvents } from '../../platform/event-log.ts';
import { eventTitle, publish } from '../../platform/events.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, notFound, problem, staleVersion } from '../../platform/problems.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { isoDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { namesOf, searchUnits } from '../organisations/index.ts';
import { appsManage, appsRequest } from './identity-permissions.ts';
import { appNotFound } from './identity-problems.ts';
import { appFormOf, appKinds, needsUnits, readAppForm, type AppFaults } from './oidc-app-form.ts';
import {
  findApp,
  listApps,
  listServiceDays,
  type AppDetails,
  type AppFilter,
  type AppLine,
} from './oidc-app-queries.ts';
import { changeApp, decideOnApp, makeSecret, mayKeep, registerApp, repeatFailedLogouts } from './oidc-app-register.ts';
import { issuerOf } from './oidc-configuration.ts';
import { appsExported } from './oidc-events.ts';
import { countAppPeople, listAppDays } from './oidc-grant-queries.ts';
import { listLogouts } from './oidc-logout-queries.ts';
import type { AppStatus, RelyingApp } from './relying-app.ts';
import { AppFormPage } from './views/oidc-app-form-page.tsx';
import { AppPage, AppSecretPage, AppsPage } from './views/oidc-app-pages.tsx';
import { appWords } from './views/oidc-app-words.ts';

const PAGE = 50;
const EXPORT_PAGE = 500;
const STATUSES: readonly AppStatus[] = ['requested', 'active', 'suspended', 'refused'];

function filterOf(request: WebRequest): AppFilter {
  const { query, actor } = request;
  const reach = can(actor, appsManage) ? 'all' : reachOf(actor, appsRequest);
  const after = query.get(listQuery.after);
  return {
    unitIds: reach === 'all' ? null : [...reach],
    status: STATUSES.find((one) => one === query.get('trangthai')) ?? null,
    kind: appKinds.find((one) => one === query.get('loai')) ?? null,
    text: (query.get('tim') ?? '').replaceAll('\u0000', '').trim().slice(0, 100) || null,
    after: isId(after) ? after : null,
  };
}

const unitNames = (request: WebRequest, apps: readonly RelyingApp[]) =>
  namesOf(
    request.reader,
    apps.map((app) => app.unitId),
    localDate(request.now),
  );

async function list(request: WebRequest): Promise<Reply> {
  const filter = filterOf(request);
  const found = await listApps(request.reader, filter, PAGE + 1);
  const rows = found.slice(0, PAGE);
  const query = {
    tim: filter.text ?? undefined,
    trangthai: filter.status ?? undefined,
    loai: filter.kind ?? undefined,
  };
  return page(
    <AppsPage
      rows={rows}
      units={await unitNames(request, rows)}
      query={query}
      nextCursor={found.length > PAGE ? (rows.at(-1)?.id ?? null) : null}
      isManager={can(request.actor, appsManage)}
    />,
  );
}

async function* allLines(request: WebRequest): AsyncGenerator<AppLine & { unit: string }> {
  const filter = filterOf(request);
  for (;;) {
    const rows = await listApps(request.reader, filter, EXPORT_PAGE);
    const units = await unitNames(request, rows);
    for (const row of rows) yield { ...row, unit: units.get(row.unitId)?.nameVi ?? '' };
    filter.after = rows.at(-1)?.id ?? null;
    if (rows.length < EXPORT_PAGE) return;
  }
}

async function exportList(request: WebRequest): Promise<Reply> {
  const w = appWords.in(request.locale);
  const reply = await tableExport(request.params['format'] ?? '', {
    locale: request.locale,
    name: `ung-dung-${isoDate(request.now)}`,
    rows: allLines(request),
    columns: [
      { heading: w.name, value: (row) => (request.locale === 'vi' ? row.nameVi : row.nameEn), width: 40 },
      { heading: w.unit, value: (row) => row.unit, width: 40 },
      { heading: w.kind, value: (row) => w.kinds[row.kind] },
      { heading: w.status, value: (row) => w.statuses[row.status] },
      { heading: w.clientId, value: (row) => row.clientId },
      { heading: w.claims, value: (row) => row.claims.map(({ claim }) => claim).join(', '), width: 40 },
      { heading: w.lastUsed, value: (row) => row.lastUsedAt },
      { heading: w.failedLogouts, value: (row) => row.failed },
    ],
  });
  await request.command(async (tx) =>
    publish(tx, appsExported, {
      subject: { kind: 'relying-app', id: 'list' },
      payload: { filtered: filterOf(request).text !== null },
    }),
  );
  return reply;
}

async function appOf(request: WebRequest): Promise<RelyingApp> {
  const { id } = request.params;
  const app = isId(id) ? await findApp(request.reader, id) : undefined;
  if (!app || !mayKeep(request.actor, app)) throw problem(appNotFound);
  return app;
}

async function show(request: WebRequest, fault?: 'needReason'): Promise<Reply> {
  const app = await appOf(request);
  const { reader, now } = request;
  const [units, days, people, logouts, history] = await Promise.all([
    namesOf(reader, [app.unitId, ...app.reachUnitIds], localDate(now)),
    app.kind === 'service' ? listServiceDays(reader, app.id, localDate(now)) : listAppDays(reader, app.id, now),
    countAppPeople(reader, app.id),
    listLogouts(reader, app.id, 20),
    listEvents(reader, { subjectKind: 'relying-app', subjectId: app.id }, null, 30),
  ]);
  const view = (
    <AppPage
      app={app}
      unit={units.get(app.unitId)}
      reach={app.reachUnitIds.flatMap((id) => units.get(id) ?? [])}
      issuer={issuerOf({ config: request.config })}
      days={days}
      people={people}
      logouts={logouts}
      history={history.map((event) => ({ ...event, title: eventTitle(event.name, request.locale) }))}
      isManager={can(request.actor, appsManage)}
      fault={fault}
    />
  );
  return page(view, { status: fault ? 422 : 200 });
}

/** The agency named in the form; the actor's own when an agency asks. Null when the name fits none or several. */
async function unitOf(request: WebRequest, form: URLSearchParams): Promise<string | null> {
  if (!can(request.actor, appsManage)) return request.actor.unitId ?? null;
  const text = (form.get('unit') ?? '').replaceAll('\u0000', '').trim();
  if (!text) return null;
  const found = await searchUnits(request.reader, text, localDate(request.now), 20);
  const exact = found.filter((unit) => [unit.nameVi, unit.nameEn, unit.shortName].includes(text));
  const [only] = exact.length > 0 ? exact : found;
  return only && (exact.length === 1 || found.length === 1) ? only.id : null;
}

/** The units over which the scopes are to hold: one name a line. An agency names its own only. */
async function readReach(
  request: WebRequest,
  form: URLSearchParams,
  app: AppDetails,
  faults: AppFaults,
): Promise<void> {
  if (!needsUnits(app)) return;
  const names = [...new Set((form.get('reachUnits') ?? '').replaceAll('\u0000', '').split('\n'))]
    .map((name) => name.trim())
    .filter(Boolean)
    .slice(0, 50);
  const ids: string[] = [];
  for (const name of names) {
    const found = await searchUnits(request.reader, name, localDate(request.now), 20);
    const exact = found.filter((unit) => [unit.nameVi, unit.nameEn, unit.shortName].includes(name));
    const only = exact.length === 1 ? exact[0] : exact.length === 0 && found.length === 1 ? found[0] : undefined;
    if (!only) faults['reachUnits'] = 'unknownUnit';
    else if (!can(request.actor, appsManage) && !can(request.actor, appsRequest, { unitId: only.id }))
      faults['reachUnits'] = 'foreignUnit';
    else ids.push(only.id);
  }
  if (names.length === 0) faults['reachUnits'] = 'noUnits';
  app.reachUnitIds = ids;
}

const formPage = (
  request: WebRequest,
  form: URLSearchParams,
  faults: AppFaults | null,
  app: RelyingApp | null,
  isStale = false,
): Reply =>
  page(
    <AppFormPage
      values={form}
      faults={faults ?? {}}
      app={app}
      hasUnit={can(request.actor, appsManage) && app === null}
      isManager={can(request.actor, appsManage)}
      isStale={isStale}
    />,
    { status: faults || isStale ? (isStale ? 409 : 422) : 200 },
  );

async function create(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const { app, faults } = readAppForm(request.config, form);
  const unitId = await unitOf(request, form);
  if (unitId === null) faults['unit'] = 'needed';
  await readReach(request, form, app, faults);
  if (unitId === null || Object.keys(faults).length > 0) return formPage(request, form, faults, null);
  const id = await request.command((tx) => registerApp(tx, request.actor, { ...app, unitId }));
  return seeOther(request.href(paths.adminApp({ id })));
}

async function change(request: WebRequest): Promise<Reply> {
  const before = await appOf(request);
  const form = await request.form();
  const { app, faults } = readAppForm(request.config, form);
  await readReach(request, form, app, faults);
  if (Object.keys(faults).length > 0) return formPage(request, form, faults, before);
  try {
    await request.command((tx) => changeApp(tx, request.actor, before.id, Number(form.get('version')), app));
  } catch (error) {
    if (!isProblem(error, staleVersion)) throw error;
    return formPage(request, form, null, before, true);
  }
  return seeOther(request.href(paths.adminApp({ id: before.id })));
}

async function act(request: WebRequest): Promise<Reply> {
  const app = await appOf(request);
  const form = await request.form();
  const { actor } = request;
  const reason = (form.get('reason') ?? '').trim().slice(0, 300) || null;
  switch (request.params['action'] ?? '') {
    case 'duyet':
      await request.command((tx) => decideOnApp(tx, actor, app.id, 'active', null));
      break;
    case 'tu-choi':
    case 'tam-dung': {
      if (reason === null) return show(request, 'needReason');
      const status = request.params['action'] === 'tu-choi' ? 'refused' : 'suspended';
      await request.command((tx) => decideOnApp(tx, actor, app.id, status, reason));
      break;
    }
    case 'khoa-bi-mat': {
      const secret = await request.command((tx) => makeSecret(tx, actor, app.id));
      return page(<AppSecretPage app={app} secret={secret} />);
    }
    case 'bao-lai':
      await request.command((tx) => repeatFailedLogouts(tx, actor, app.id));
      break;
    default:
      throw problem(notFound);
  }
  return seeOther(request.href(paths.adminApp({ id: app.id })));
}

const EXAMPLE = { id: '01900000-0000-7000-8000-000000000000' };

/** Applications that sign people in here: the province sees all, an agency its own. */
export function oidcAppRoutes(web: Web): void {
  const access = { anyOf: [appsManage, appsRequest] };
  const formLimit = { bodyLimitBytes: 256 * 1024 };
  web.get(paths.adminApps, { access }, list);
  web.get(paths.adminAppsExport, { access, example: { format: 'csv' } }, exportList);
  web.get(paths.adminAppNew, { access }, (request) => formPage(request, new URLSearchParams(), null, null));
  web.post(paths.adminAppNew, { access, ...formLimit }, create);
  web.get(paths.adminApp, { access, example: EXAMPLE }, (request) => show(request));
  web.get(paths.adminAppChange, { access, example: EXAMPLE }, async (request) => {
    const app = await appOf(request);
    const names = await namesOf(request.reader, app.reachUnitIds, localDate(request.now));
    return formPage(
      request,
      appFormOf(
        app,
        [...names.values()].map(({ nameVi }) => nameVi),
      ),
      null,
      app,
    );
  });
  web.post(paths.adminAppChange, { access, ...formLimit }, change);
  web.post(paths.adminAppAction, { access }, act);
}
