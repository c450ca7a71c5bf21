import { analyseForm, getFormVersion, listFormVersions, listForms, manageForms } from '../../../engines/forms/index.ts';
import { can } from '../../../platform/access.ts';
import { localDate } from '../../../platform/clock.ts';
import { eventTitle } from '../../../platform/events.ts';
import { listEvents } from '../../../platform/event-log.ts';
import { page, seeOther } from '../../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isId } from '../../../platform/ids.ts';
import { isProblem, problem, staleVersion } from '../../../platform/problems.ts';
import { freshForm, type FormState } from '../../../ui/components/form-state.ts';
import { paths } from '../../../ui/paths.ts';
import { changedForm } from './changed-form.ts';
import { compareVersions } from '../compare-versions.ts';
import { procedureKind } from '../procedure-events.ts';
import { editProcedures, workOnProcedures } from '../procedure-permissions.ts';
import { procedureNotFound } from '../procedure-problems.ts';
import { listVersions } from '../procedure-queries.ts';
import { wordsIn } from '../procedure.ts';
import { openRevisionOf } from './editor-routes.tsx';
import { listComments } from './revision-queries.ts';
import { isWritable } from './revision.ts';
import { AttachFormPage, type FormChoice } from './views/attach-form-page.tsx';
import { ComparisonPage } from './views/comparison-page.tsx';
import { editorWords } from './views/editor-words.ts';
import { HistoryPage } from './views/history-page.tsx';
import { saveDraft } from './write-revision.ts';

const access = { anyOf: workOnProcedures };
const HISTORY_PAGE = 60;

/** Versions beside each other, the history of a procedure, and the e-form of a draft. */
export function versionRoutes(web: Web): void {
  web.get(paths.adminProcedureComparison, { access }, comparison);
  web.get(paths.adminProcedureHistory, { access }, history);
  web.get(paths.adminProcedureDraftForm, { access }, (request) => attachPage(request, freshForm()));
  web.post(paths.adminProcedureDraftForm, { access: { permission: editProcedures } }, attach);
}

async function versionsOf(request: WebRequest) {
  const versions = await listVersions(request.reader, request.params['code'] ?? '');
  if (versions.length === 0) throw problem(procedureNotFound);
  return versions;
}

async function comparison(request: WebRequest) {
  const versions = await versionsOf(request);
  const find = (name: string) => versions.find((one) => one.versionId === request.query.get(name));
  const after = find('den') ?? versions[0]!;
  const before = find('tu') ?? versions[versions.indexOf(after) + 1] ?? after;
  const changes = compareVersions(before, after, request.locale);
  const form = changes.find((change) => change.part === 'form');
  if (form) Object.assign(form, await changedForm(request.reader, before, after, request.locale));
  return page(
    <ComparisonPage
      code={after.code}
      name={wordsIn(after.name, request.locale)}
      versions={versions}
      before={before.versionId}
      after={after.versionId}
      changes={changes}
    />,
  );
}

async function history(request: WebRequest) {
  const [newest] = await versionsOf(request);
  const [at, id] = (request.query.get('sau') ?? '').split('_');
  const isCursor = at !== undefined && !Number.isNaN(Date.parse(at)) && Number.isSafeInteger(Number(id));
  const after = isCursor ? { occurredAt: new Date(at), id: Number(id) } : null;
  const filter = { subjectKind: procedureKind, subjectId: newest!.id };
  const events = await listEvents(request.reader, filter, after, HISTORY_PAGE + 1);
  const last = events[HISTORY_PAGE - 1];
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  return page(
    <HistoryPage
      code={newest!.code}
      name={wordsIn(newest!.name, request.locale)}
      lines={events.slice(0, HISTORY_PAGE).map((event) => ({
        title: eventTitle(event.name, request.locale),
        who: event.actorKind === 'system' ? editorWords.in(request.locale).program : event.actorLabel,
        at: event.occurredAt,
        version: typeof event.payload['number'] === 'number' ? event.payload['number'] : null,
        reason: text(event.payload['reason']),
        validFrom: text(event.payload['validFrom']),
      }))}
      next={events.length > HISTORY_PAGE && last ? `${last.occurredAt.toISOString()}_${last.id}` : null}
    />,
  );
}

async function attachPage(request: WebRequest, form: FormState, more: { isStale?: boolean; status?: number } = {}) {
  const { revision, version } = await openRevisionOf(request);
  const today = localDate(request.now);
  const search = (request.query.get('tim') ?? '').trim().slice(0, 100);
  const current = version.formVersionId === null ? null : await choiceOf(request, version.formVersionId);
  const comments = await listComments(request.reader, revision.versionId);
  return page(
    <AttachFormPage
      code={revision.code}
      name={wordsIn(version.name, request.locale)}
      current={current}
      choices={await choicesFor(request, search, today)}
      search={search}
      rowVersion={version.rowVersion}
      isWritable={isWritable(revision) && can(request.actor, editProcedures)}
      isStale={more.isStale ?? false}
      mayDesign={can(request.actor, manageForms)}
      form={form}
      comments={comments.filter((one) => one.section === 'form')}
    />,
    { status: more.status ?? 200 },
  );
}

async function choiceOf(request: WebRequest, id: string): Promise<FormChoice> {
  const { code, version, validFrom, definition } = await getFormVersion(request.reader, id);
  return { versionId: id, code, version, validFrom, title: definition.title };
}

/** Versions that may be chosen: of the forms that match, what holds today or later, the newest first. */
async function choicesFor(request: WebRequest, search: string, today: string): Promise<FormChoice[]> {
  const text = search.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();
  const forms = await listForms(
    request.reader,
    today,
    { text: text === '' ? null : text, state: null },
    '-sua',
    null,
    12,
  );
  const choices: FormChoice[] = [];
  for (const { code, version } of forms) {
    if (version === null) continue;
    for (const one of (await listFormVersions(request.reader, code)).slice(0, 3))
      if (one.status === 'published' && (one.validTo === null || one.validTo >= today))
        choices.push({
          versionId: one.id,
          code,
          version: one.version,
          validFrom: one.validFrom,
          title: one.definition.title,
        });
  }
  return choices;
}

async function attach(request: WebRequest) {
  const form = await request.form();
  const own = editorWords.in(request.locale);
  const { revision } = await openRevisionOf(request);
  const chosen = form.get('formVersion') ?? '';
  const refuse = (text: string) =>
    attachPage(request, { values: { formVersion: chosen }, errors: { formVersion: text } }, { status: 422 });
  if (chosen !== 'none' && !isId(chosen)) return refuse(own.formWrong);
  const version = chosen === 'none' ? null : await getFormVersion(request.reader, chosen).catch(() => null);
  if (chosen !== 'none' && version?.status !== 'published') return refuse(own.formWrong);
  if (version && analyseForm(version.definition).some((finding) => finding.level === 'error'))
    return refuse(own.formErrors);
  const rowVersion = Number(form.get('version'));
  try {
    await request.command((tx) =>
      saveDraft(tx, request.actor, {
        versionId: revision.versionId,
        rowVersion: Number.isSafeInteger(rowVersion) && rowVersion < 2 ** 31 ? rowVersion : 0,
        section: 'form',
        change: (facts) => ({ ...facts, formVersionId: version?.id ?? null }),
      }),
    );
  } catch (error) {
    if (!isProblem(error, staleVersion)) throw error;
    return attachPage(request, freshForm({ formVersion: chosen }), { isStale: true, status: 409 });
  }
  return seeOther(request.href(paths.adminProcedureDraft({ code: revision.code })));
}
