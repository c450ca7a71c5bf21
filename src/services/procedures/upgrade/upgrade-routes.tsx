import { localDate } from '../../../platform/clock.ts';
import { page, seeOther } from '../../../platform/http/reply.ts';
import { tableExport } from '../../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isId } from '../../../platform/ids.ts';
import { problem } from '../../../platform/problems.ts';
import { parseDay } from '../../../platform/day.ts';
import { listQuery } from '../../../ui/components/data-table.tsx';
import { freshForm, type FormState } from '../../../ui/components/form-state.ts';
import { formatDate } from '../../../ui/format.ts';
import { paths } from '../../../ui/paths.ts';
import { manageProcedures } from '../procedure-permissions.ts';
import { listFields, listVersionsByIds } from '../procedure-queries.ts';
import { MOST_PROCEDURES, readinessOf, runUpgrade, undoUpgrade, type Readiness } from './run-upgrade.ts';
import { upgradeMissing } from './upgrade-problems.ts';
import { findUpgrade, listLines, listUpgradable, listUpgrades, type UpgradeFilter } from './upgrade-queries.ts';
import { ChooseUpgradePage, PreviewUpgradePage, UpgradePage, UpgradesPage } from './views/upgrade-pages.tsx';
import { upgradeWords, whatIsInTheWay } from './views/upgrade-words.ts';

const access = { permission: manageProcedures };
const PAGE = 30;

/** Raising levels of online service: choose, check, preview, run, report, undo. */
export function upgradeRoutes(web: Web): void {
  web.get(paths.adminUpgrades, { access }, async (request) => {
    const after = Number(request.query.get(listQuery.after));
    const rows = await listUpgrades(request.reader, Number.isSafeInteger(after) && after > 0 ? after : null, PAGE + 1);
    const next = rows.length > PAGE ? String(rows[PAGE - 1]!.number) : null;
    return page(<UpgradesPage rows={rows.slice(0, PAGE)} next={next} />);
  });
  web.get(paths.adminUpgradeNew, { access }, (request) => choosePage(request, request.query, {}));
  web.post(paths.adminUpgradePreview, { access }, preview);
  web.get(paths.adminUpgradePreview, { access }, (request) => seeOther(request.href(paths.adminUpgradeNew())));
  web.post(paths.adminUpgrades, { access }, run);
  web.get(paths.adminUpgrade, { access }, (request) => reportPage(request, freshForm()));
  web.get(paths.adminUpgradeExport, { access }, exportReport);
  web.post(paths.adminUpgradeUndo, { access }, undo);
}

interface Chosen {
  filter: UpgradeFilter;
  paysOnline: boolean;
  query: Record<string, string>;
}

function chosenOf(from: URLSearchParams): Chosen {
  const query: Record<string, string> = {};
  for (const name of ['muc', 'linh-vuc', 'cap', 'thanh-toan', 'tim']) {
    const value = from.get(name)?.replaceAll('\u0000', '').trim().slice(0, 100);
    if (value) query[name] = value;
  }
  const scope = query['muc'] === 'partial' ? 'partial' : 'full';
  query['muc'] = scope;
  return {
    query,
    paysOnline: query['thanh-toan'] === 'co',
    filter: {
      scope,
      field: query['linh-vuc'] ?? null,
      level: query['cap'] ?? null,
      text: query['tim'] ?? null,
    },
  };
}

async function checkedOf(
  request: WebRequest,
  ids: readonly string[],
  chosen: Chosen,
  onDate: string,
): Promise<Readiness[]> {
  const versions = await listVersionsByIds(request.reader, ids);
  return readinessOf(request.reader, versions, { scope: chosen.filter.scope, paysOnline: chosen.paysOnline, onDate });
}

async function choosePage(request: WebRequest, from: URLSearchParams, errors: Record<string, string>, status = 200) {
  const chosen = chosenOf(from);
  const today = localDate(request.now);
  const after = request.query.get(listQuery.after)?.replaceAll('\u0000', '').slice(0, 40) || null;
  const ids = await listUpgradable(request.reader, chosen.filter, today, after, PAGE + 1);
  const rows = await checkedOf(request, ids.slice(0, PAGE), chosen, today);
  return page(
    <ChooseUpgradePage
      rows={rows}
      next={ids.length > PAGE ? rows.at(-1)!.procedure.code : null}
      query={chosen.query}
      fields={await listFields(request.reader)}
      errors={errors}
    />,
    { status },
  );
}

/** Ids as they were ticked, or everything of the filter that is ready. */
async function preview(request: WebRequest) {
  const form = await request.form();
  const chosen = chosenOf(form);
  const today = localDate(request.now);
  const isAll = form.get('act') === 'all';
  const ids = isAll
    ? await listUpgradable(request.reader, chosen.filter, today, null, MOST_PROCEDURES)
    : form.getAll('id').filter(isId).slice(0, MOST_PROCEDURES);
  const checked = await checkedOf(request, ids, chosen, today);
  const rows = isAll ? checked.filter((row) => row.verdict !== 'failed') : checked;
  if (rows.length === 0)
    return choosePage(request, form, { chosen: upgradeWords.in(request.locale).nothingChosen }, 422);
  const values = { validFrom: formatDate(today), decisionDate: formatDate(today) };
  return page(<PreviewUpgradePage rows={rows} query={chosen.query} form={freshForm(values)} />);
}

async function run(request: WebRequest) {
  const form = await request.form();
  const own = upgradeWords.in(request.locale);
  const chosen = chosenOf(form);
  const today = localDate(request.now);
  const ids = form.getAll('id').filter(isId).slice(0, MOST_PROCEDURES);
  const take = (name: string) => (form.get(name) ?? '').replaceAll('\u0000', '').trim().slice(0, 200);
  const values = { decisionNumber: take('decisionNumber'), decisionDate: take('decisionDate'), validFrom: take('validFrom'), mode: take('mode') }; // prettier-ignore
  const errors: Record<string, string> = {};
  const [decisionDate, validFrom] = [parseDay(values.decisionDate), parseDay(values.validFrom)];
  if (values.decisionNumber === '') errors['decisionNumber'] = own.decisionMissing;
  if (decisionDate === null) errors['decisionDate'] = own.dayWrong;
  if (validFrom === null) errors['validFrom'] = own.dayWrong;
  else if (validFrom < today) errors['validFrom'] = own.dayPast;
  if (decisionDate && validFrom && decisionDate > validFrom) errors['decisionDate'] = own.dayFuture;
  const { mode } = values;
  if (mode !== 'draft' && mode !== 'publish') errors['mode'] = own.modeMissing;
  if (ids.length === 0) return choosePage(request, form, { chosen: own.nothingChosen }, 422);
  if (Object.keys(errors).length > 0 || (mode !== 'draft' && mode !== 'publish')) {
    const rows = await checkedOf(request, ids, chosen, validFrom && validFrom > today ? validFrom : today);
    return page(<PreviewUpgradePage rows={rows} query={chosen.query} form={{ values, errors }} />, { status: 422 });
  }
  const { upgradeId } = await request.command((tx) =>
    runUpgrade(tx, request.actor, {
      versionIds: ids,
      scope: chosen.filter.scope,
      mode,
      decisionNumber: values.decisionNumber.slice(0, 100),
      decisionDate: decisionDate!,
      validFrom: validFrom!,
      paysOnline: chosen.paysOnline,
    }),
  );
  return seeOther(request.href(paths.adminUpgrade({ upgradeId })));
}

async function upgradeOf(request: WebRequest) {
  const id = request.params['upgradeId'] ?? '';
  const upgrade = isId(id) ? await findUpgrade(request.reader, id) : undefined;
  if (!upgrade) throw problem(upgradeMissing);
  return upgrade;
}

async function reportPage(request: WebRequest, form: FormState, status = 200) {
  const upgrade = await upgradeOf(request);
  const lines = await listLines(request.reader, upgrade.id);
  return page(<UpgradePage upgrade={upgrade} lines={lines} form={form} />, { status });
}

async function exportReport(request: WebRequest) {
  const upgrade = await upgradeOf(request);
  const own = upgradeWords.in(request.locale);
  return tableExport(request.params['format'] ?? '', {
    locale: request.locale,
    name: `${request.locale === 'en' ? 'upgrade' : 'nang-muc'}-${upgrade.number}`,
    rows: await listLines(request.reader, upgrade.id),
    columns: [
      { heading: own.code, value: (line) => line.code, width: 12 },
      { heading: own.name, value: (line) => line.name, width: 70 },
      { heading: own.outcome, value: (line) => own.outcomes[line.outcome], width: 20 },
      { heading: own.whyNot, value: (line) => whatIsInTheWay(line.findings, request.locale), width: 80 },
    ],
  });
}

async function undo(request: WebRequest) {
  const form = await request.form();
  const upgrade = await upgradeOf(request);
  const reason = (form.get('reason') ?? '').replaceAll('\u0000', '').trim().slice(0, 1000);
  if (reason === '')
    return reportPage(
      request,
      { values: { reason }, errors: { reason: upgradeWords.in(request.locale).undoMissing } },
      422,
    );
  await request.command((tx) => undoUpgrade(tx, request.actor, { upgradeId: upgrade.id, reason }));
  return seeOther(request.href(paths.adminUpgrade({ upgradeId: upgrade.id })));
}
