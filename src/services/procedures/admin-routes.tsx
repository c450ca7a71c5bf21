import { can } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import type { AppContext } from '../../platform/module.ts';
import { isProblem, notFound, problem } from '../../platform/problems.ts';
import { parseDay } from '../../platform/day.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { adminSorts, listForAdmin, type AdminFilter, type AdminRow, type AdminSort } from './admin-queries.ts';
import { compareVersions } from './compare-versions.ts';
import { legalWarnings } from './editor/editor-routes.tsx';
import { notReviewed } from './editor/revision-problems.ts';
import { findOpenRevision } from './editor/revision-queries.ts';
import type { Revision } from './editor/revision.ts';
import { countOpenOf } from './defects/defect-queries.ts';
import { exportDefects } from './defects/export-import.ts';
import { dropUpload, keepUpload, maxUploadBytes, startImport } from './import-job.ts';
import { countDefects, findImport, listDefects, listImports } from './import-queries.ts';
import { editProcedures, manageProcedures, workOnProcedures } from './procedure-permissions.ts';
import { procedureNotFound, versionNotFound } from './procedure-problems.ts';
import { listFields, listVersions } from './procedure-queries.ts';
import { isValidOn, type Procedure } from './procedure.ts';
import { missingParts, publishProcedure, retireProcedure, undoPublication } from './publish-procedure.ts';
import { ImportPage, ImportsPage } from './views/import-pages.tsx';
import { ProcedurePage } from './views/procedure-page.tsx';
import { ProceduresPage } from './views/procedures-page.tsx';
import { words } from './views/words.ts';

const access = { permission: manageProcedures };
const anyAccess = { anyOf: workOnProcedures };
const PAGE = 50;

/** The administrator's pages: all procedures, one with its versions, imports of the national catalogue. */
export function adminRoutes(web: Web, context: AppContext): void {
  web.get(paths.adminProcedures, { access: anyAccess }, async (request) => {
    const { filter, sort, query } = listingOf(request);
    const list = await listForAdmin(request.reader, filter, {
      sort,
      after: request.query.get(listQuery.after),
      limit: PAGE,
    });
    return page(
      <ProceduresPage
        rows={list.rows}
        next={list.next}
        query={query}
        fields={await listFields(request.reader)}
        mayManage={can(request.actor, manageProcedures)}
        mayEdit={can(request.actor, editProcedures)}
      />,
    );
  });
  web.get(paths.adminProceduresExport, { access: anyAccess, example: { format: 'csv' } }, exportList);
  web.get(paths.adminProcedureImports, { access }, async (request) => importsPage(request, freshForm()));
  web.post(paths.adminProcedureImports, { access, bodyLimitBytes: maxUploadBytes }, (request) =>
    takeUpload(request, context),
  );
  web.get(paths.adminProcedureImport, { access }, async (request) => {
    const one = await getImport(request);
    const kind = request.query.get('loi');
    const after = Number(request.query.get(listQuery.after) ?? 0);
    const isOver = one.finishedAt !== null;
    const options = {
      kind: kind || null,
      after: Number.isSafeInteger(after) && after > 0 && after < 2 ** 31 ? after : 0,
      limit: PAGE + 1,
    };
    const defects = isOver ? await listDefects(request.reader, one.id, options) : [];
    const shown = defects.slice(0, PAGE);
    const next = defects.length > PAGE ? String(shown.at(-1)!.number) : null;
    const kinds = isOver ? await countDefects(request.reader, one.id) : [];
    return page(<ImportPage one={one} kinds={kinds} defects={shown} query={kind ? { loi: kind } : {}} next={next} />);
  });
  web.get(paths.adminProcedureImportExport, { access }, async (request) => {
    const one = await getImport(request);
    return exportDefects(request.reader, one.id, request.params['format'] ?? '', request.locale);
  });
  web.get(paths.adminProcedure, { access: anyAccess, example: { code: '1.001193' } }, (request) =>
    procedurePage(request, freshForm(), null),
  );
  web.post(paths.adminProcedurePublication, { access }, publishVersion);
  web.post(paths.adminProcedurePublicationUndo, { access }, undoVersion);
  web.post(paths.adminProcedureRetirement, { access }, retireVersion);
}

function listingOf(request: WebRequest): { filter: AdminFilter; sort: AdminSort; query: Record<string, string> } {
  const query: Record<string, string> = {};
  for (const name of ['tim', 'trang-thai', 'nguon', 'linh-vuc', listQuery.sort, listQuery.after]) {
    const value = request.query.get(name)?.trim().slice(0, 4_000);
    if (value) query[name] = value;
  }
  const wanted = query[listQuery.sort];
  return {
    query,
    sort: adminSorts.find((one) => one === wanted) ?? 'ten',
    filter: {
      text: query['tim']?.slice(0, 200) ?? null,
      status: query['trang-thai'] ?? null,
      source: query['nguon'] ?? null,
      field: query['linh-vuc'] ?? null,
    },
  };
}

async function* allRows(request: WebRequest): AsyncGenerator<AdminRow> {
  const { filter, sort } = listingOf(request);
  let after: string | null = null;
  do {
    const list: Awaited<ReturnType<typeof listForAdmin>> = await listForAdmin(request.reader, filter, {
      sort,
      after,
      limit: 1_000,
    });
    yield* list.rows;
    after = list.next;
  } while (after !== null);
}

function exportList(request: WebRequest) {
  const own = words.in(request.locale);
  return tableExport(request.params['format'] ?? '', {
    locale: request.locale,
    name: request.locale === 'en' ? 'procedures' : 'thu-tuc-hanh-chinh',
    rows: allRows(request),
    columns: [
      { heading: own.code, value: (row) => row.code, width: 14 },
      { heading: own.name, value: (row) => row.name, width: 80 },
      { heading: own.status, value: (row) => own.statuses[row.status] },
      { heading: own.source, value: (row) => own.sources[row.source] },
      { heading: own.field, value: (row) => row.nationalField, width: 40 },
      { heading: own.level, value: (row) => row.levels.map((level) => own.levels[level] ?? level).join(', ') },
      { heading: own.validFrom, value: (row) => row.validFrom },
      { heading: own.versions, value: (row) => row.versions },
      { heading: own.offers, value: (row) => row.offers },
    ],
  });
}

async function importsPage(request: WebRequest, form: FormState, status = 200) {
  return page(<ImportsPage imports={await listImports(request.reader)} form={form} />, { status });
}

async function takeUpload(request: WebRequest, context: AppContext) {
  const kept: { importId: string; fileName: string }[] = [];
  const folder = context.config.filesFolder;
  try {
    await request.form(async (file) => {
      if (file.field !== 'file' || kept.length > 0) {
        file.stream.resume();
        return null;
      }
      const importId = await keepUpload(folder, file.stream);
      kept.push({ importId, fileName: file.fileName });
      return importId;
    });
    const [upload] = kept;
    if (!upload)
      return await importsPage(request, { values: {}, errors: { file: words.in(request.locale).fileMissing } }, 422);
    await request.command((tx) => startImport(tx, upload));
    return seeOther(request.href(paths.adminProcedureImport({ id: upload.importId })));
  } catch (error) {
    for (const upload of kept) await dropUpload(folder, upload.importId);
    throw error;
  }
}

async function getImport(request: WebRequest) {
  const id = request.params['id'] ?? '';
  const one = isId(id) ? await findImport(request.reader, id) : undefined;
  if (!one) throw problem(notFound);
  return one;
}

async function procedurePage(request: WebRequest, form: FormState, formVersionId: string | null, status = 200) {
  const code = request.params['code'] ?? '';
  const versions = await listVersions(request.reader, code);
  if (versions.length === 0) throw problem(procedureNotFound);
  const today = localDate(request.now);
  const revision = (await findOpenRevision(request.reader, code)) ?? null;
  const shown = versions.map((procedure, index) => {
    const before = versions[index + 1];
    return {
      procedure,
      isInForce: procedure.status === 'published' && isValidOn(procedure, today),
      isToCome: procedure.status === 'published' && procedure.validFrom > today,
      isDraftOpen: revision?.versionId === procedure.versionId,
      mayPublish: isReviewed(procedure, revision),
      changes: before ? compareVersions(before, procedure, request.locale) : null,
      missing: missingParts(procedure),
    };
  });
  const current = shown.find((one) => one.isInForce)?.procedure ?? versions[0]!;
  return page(
    <ProcedurePage
      code={code}
      versions={shown}
      form={form}
      formVersionId={formVersionId}
      revision={revision}
      warnings={await legalWarnings(request, current)}
      defects={await countOpenOf(request.reader, code)}
      mayManage={can(request.actor, manageProcedures)}
      mayEdit={can(request.actor, editProcedures)}
    />,
    { status },
  );
}

/** A draft written on pages needs its review; what was in force once may hold again. */
const isReviewed = (version: Procedure, revision: Revision | null): boolean =>
  revision?.versionId === version.versionId ? revision.state === 'approved' : version.publishedAt !== null;

/** The version that a form is about; it must belong to the procedure of the address. */
async function versionOf(request: WebRequest) {
  const versions = await listVersions(request.reader, request.params['code'] ?? '');
  const version = versions.find((one) => one.versionId === request.params['versionId']);
  if (!version) throw problem(versionNotFound);
  return version;
}

const rowVersionOf = (form: URLSearchParams): number => {
  const number = Number(form.get('version'));
  return Number.isSafeInteger(number) && number >= 0 && number < 2 ** 31 ? number : 0;
};

async function publishVersion(request: WebRequest) {
  const form = await request.form();
  const version = await versionOf(request);
  const validFrom = (form.get('validFrom') ?? '').trim();
  const wrong = () => {
    const errors = { [`validFrom-${version.number}`]: words.in(request.locale).dateWrong };
    return procedurePage(request, { values: { validFrom }, errors }, version.versionId, 422);
  };
  const day = parseDay(validFrom);
  if (day === null) return wrong();
  const typedTo = (form.get('validTo') ?? '').trim();
  const validTo = typedTo === '' ? null : parseDay(typedTo);
  if (typedTo !== '' && (validTo === null || validTo < day)) {
    const errors = { [`validTo-${version.number}`]: words.in(request.locale).lastDayWrong };
    return procedurePage(request, { values: { validFrom, validTo: typedTo }, errors }, version.versionId, 422);
  }
  const revision = (await findOpenRevision(request.reader, version.code)) ?? null;
  if (!isReviewed(version, revision)) throw problem(notReviewed);
  try {
    await request.command((tx) =>
      publishProcedure(tx, { versionId: version.versionId, validFrom: day, validTo, rowVersion: rowVersionOf(form) }),
    );
  } catch (error) {
    if (isProblem(error) && error.details['validTo'] !== undefined) return wrong();
    throw error;
  }
  return seeOther(request.href(paths.adminProcedure({ code: version.code })));
}

async function retireVersion(request: WebRequest) {
  const form = await request.form();
  const version = await versionOf(request);
  const reason = (form.get('reason') ?? '').trim().slice(0, 1_000);
  if (reason === '') {
    const errors = { [`reason-${version.number}`]: words.in(request.locale).reasonMissing };
    return procedurePage(request, { values: { reason }, errors }, version.versionId, 422);
  }
  const typed = (form.get('lastDay') ?? '').trim();
  const lastDay = typed === '' ? null : parseDay(typed);
  if (typed !== '' && (lastDay === null || lastDay < localDate(request.now) || lastDay < version.validFrom)) {
    const errors = { [`lastDay-${version.number}`]: words.in(request.locale).lastDayWrong };
    return procedurePage(request, { values: { reason, lastDay: typed }, errors }, version.versionId, 422);
  }
  await request.command((tx) =>
    retireProcedure(tx, { versionId: version.versionId, reason, lastDay, rowVersion: rowVersionOf(form) }),
  );
  return seeOther(request.href(paths.adminProcedure({ code: version.code })));
}

async function undoVersion(request: WebRequest) {
  const form = await request.form();
  const version = await versionOf(request);
  const reason = (form.get('reason') ?? '').trim().slice(0, 1_000);
  if (reason === '') {
    const errors = { [`undo-${version.number}`]: words.in(request.locale).undoReasonMissing };
    return procedurePage(request, { values: {}, errors }, version.versionId, 422);
  }
  await request.command((tx) =>
    undoPublication(tx, { versionId: version.versionId, reason, rowVersion: rowVersionOf(form) }),
  );
  return seeOther(request.href(paths.adminProcedure({ code: version.code })));
}
