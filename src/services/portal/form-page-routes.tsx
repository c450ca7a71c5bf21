import { grantUpload, registerFiles, ResumableUploads, useUploads } from '../../foundation/files/index.ts';
import {
  controlName,
  fileFieldAt,
  filesAt,
  journeyOf,
  pageAfter,
  pageBefore,
  parseFormPost,
  renderFormPage,
  renderSubmission,
  recordVisit,
  saveDraft,
  shownName,
  shownNow,
  staleDraft,
  type Draft,
  type FormDefinition,
  type FormError,
  type FormFile,
  type FormVersion,
  type StoreBook,
  type Values,
} from '../../engines/forms/index.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isProblem, notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { expiryFrom } from './application.ts';
import { updateExpiry } from './application-queries.ts';
import { afterForm, factsOf, openOf, perAccount } from './application-way.ts';
import { applicationOwner, draftOwner, type OpenApplication } from './open-application.ts';
import { receiveForm, type ReceivedForm } from '../../foundation/files/index.ts';
import { localDate } from '../../platform/clock.ts';
import { offersFrom, openStores, storesOf } from './store-papers.ts';
import { takeForQuestion } from './store-routes.tsx';
import { fileQuestion, limitsOfField } from './take-into-form.ts';
import { OfferNote } from './views/offer-note.tsx';
import { ApplicationFrame } from './views/application-frame.tsx';
import { StalePage } from './views/stale-page.tsx';

/** An application whose procedure has an e-form. */
type WithForm = OpenApplication & { form: FormVersion; draft: Draft };

async function openPage(request: WebRequest): Promise<{ open: WithForm; pageId: string }> {
  const open = await openOf(request);
  const pageId = request.params['page'] ?? '';
  if (!open.form || !open.draft || !open.form.definition.ui.pages.some((each) => each.id === pageId))
    throw problem(notFound);
  return { open: open as WithForm, pageId };
}

function backOf(open: WithForm, pageId: string): string {
  const { application, journey, form } = open;
  const before = journey && pageBefore(form.definition, journey, pageId);
  if (before) return paths.applicationPage({ draftId: application.id, page: before });
  return application.purpose === 'supplement' ? paths.applicationPapers({ draftId: application.id }) : paths.drafts();
}

/** The person's stores for the file questions of a page; none is opened for a page without one. */
async function storeFor(request: WebRequest, open: WithForm, pageId: string): Promise<StoreBook | undefined> {
  const groups = open.form.definition.ui.pages.find((each) => each.id === pageId)?.groups ?? [];
  if (!groups.some((group) => group.fields.some((field) => field.type === 'file'))) return undefined;
  const { reader, actor, config, now } = request;
  const opened = await openStores(reader, await storesOf(reader, actor, open, now));
  const today = localDate(now);
  return {
    offersFor: (at, field) => {
      const here = new Set(
        filesAt(open.draft.values, at).map((id) => open.circumstances.books?.files?.find(id)?.name ?? ''),
      );
      return offersFrom(config, opened, field.label.vi, limitsOfField(field))
        .filter((paper) => !here.has(paper.file.fileName))
        .map((paper) => ({ id: paper.id, name: paper.name, note: <OfferNote paper={paper} today={today} /> }));
    },
  };
}

interface Shown {
  values: Values;
  version: number;
  errors?: readonly FormError[];
  typed?: ReadonlyMap<string, string[]>;
  revealed?: readonly string[];
  status?: number;
}

async function formPage(request: WebRequest, open: WithForm, pageId: string, shown: Shown): Promise<Reply> {
  const { locale } = request;
  const { definition } = open.form;
  const hasErrors = (shown.errors?.length ?? 0) > 0;
  const rendered = renderFormPage({
    definition,
    pageId,
    values: shown.values,
    locale,
    surroundings: open.circumstances,
    books: open.circumstances.books,
    prefilled: open.prefilled,
    store: await storeFor(request, open, pageId),
    errors: shown.errors,
    typed: shown.typed,
    revealed: shown.revealed,
    hidden: { version: String(shown.version), ...shownNow(request.now) },
  });
  const grant = grantOf(request, open, pageId);
  return page(
    <ApplicationFrame
      facts={factsOf(open)}
      place={{ page: pageId }}
      title={definition.ui.pages.find((each) => each.id === pageId)?.title[locale] ?? ''}
      backPath={backOf(open, pageId)}
      hasErrors={hasErrors}
    >
      {grant === null ? (
        rendered
      ) : (
        <ResumableUploads grant={grant} place={`${open.application.id}/${pageId}`}>
          {rendered}
        </ResumableUploads>
      )}
    </ApplicationFrame>,
    { status: shown.status ?? 200 },
  );
}

/** File fields of a page by the name of their control; rows of a repeated group have a number in it. */
function limitsFor(definition: FormDefinition, pageId: string, field: string) {
  const found = fileFieldAt(definition, pageId, field);
  return found ? limitsOfField(found) : null;
}

/** Lets the page's files come in pieces: of every kind that one of its controls takes. Null for a page without file controls. */
function grantOf(request: WebRequest, open: WithForm, pageId: string): string | null {
  const groups = open.form.definition.ui.pages.find((each) => each.id === pageId)?.groups ?? [];
  const limits = groups.flatMap((group) =>
    group.fields.flatMap((field) =>
      field.type === 'file'
        ? (limitsFor(
            open.form.definition,
            pageId,
            group.repeat ? `${group.repeat.name}.0.${field.name}` : field.name,
          ) ?? [])
        : [],
    ),
  );
  if (limits.length === 0) return null;
  const kinds = [...new Set(limits.flatMap((each) => each.kinds))];
  const maxBytes = Math.max(...limits.map((each) => each.maxBytes));
  const owner = applicationOwner(open.application.id);
  return grantUpload(request.config, request.actor, { owner, kinds, maxBytes }, request.now);
}

/** The files that just came in stand in the book beside those of before. */
function withFiles(open: WithForm, received: ReceivedForm): WithForm {
  const { books } = open.circumstances;
  const fresh = new Map(
    received.files.map(({ fileId, blob }): [string, FormFile] => [
      fileId,
      { id: fileId, name: blob.fileName, kind: blob.kind === 'jpeg' ? 'jpg' : blob.kind, sizeBytes: blob.sizeBytes },
    ]),
  );
  const find = (id: string) => fresh.get(id) ?? books?.files?.find(id);
  return { ...open, circumstances: { ...open.circumstances, books: { ...books, files: { find } } } };
}

async function keepFiles(request: WebRequest, id: string, { files }: ReceivedForm): Promise<void> {
  if (files.length === 0) return;
  const uploadedBy = request.actor.id ?? request.actor.label;
  const owner = applicationOwner(id);
  await request.command(async (tx) => {
    await registerFiles(
      tx,
      files.map(({ fileId, blob }) => ({ id: fileId, blob, owner, uploadedBy })),
    );
    await useUploads(
      tx,
      files.flatMap(({ uploadId }) => uploadId ?? []),
    );
  });
}

async function sendPage(request: WebRequest): Promise<Reply> {
  const { open: before, pageId } = await openPage(request);
  const { definition } = before.form;
  const received = await receiveForm(
    request,
    (field) => limitsFor(definition, pageId, field),
    applicationOwner(before.application.id),
  );
  const open = withFiles(before, received);
  await keepFiles(request, open.application.id, received);
  const { fields, refused } = received;
  const parsed = parseFormPost(definition, pageId, fields, open.draft.values, open.circumstances, open.prefilled);
  const refusals = [...refused].map(([at, message]): FormError => ({ at, message }));
  const errors = [...refusals, ...parsed.errors.filter((error) => !refused.has(error.at))];
  const version = Number(fields.get('version') ?? open.draft.version) || 0;
  const shown = { values: parsed.values, version, typed: parsed.typed };
  const { command } = parsed;
  const isContinue = command.kind === 'continue';
  const visit = { formVersionId: open.form.id, page: pageId, shown: fields.get(shownName) };
  if (errors.length > 0 && (isContinue || command.kind === 'store' || refusals.length > 0)) {
    await request.command((tx) => recordVisit(tx, { ...visit, outcome: 'refused', errors }));
    return formPage(request, open, pageId, { ...shown, errors, status: 422 });
  }
  let saved: Draft;
  try {
    saved = await request.command(async (tx) => {
      await updateExpiry(tx, open.application.id, expiryFrom(tx.now));
      if (isContinue && parsed.revealed.length === 0) await recordVisit(tx, { ...visit, outcome: 'passed' });
      return saveDraft(tx, {
        id: open.draft.id,
        owner: draftOwner(request.actor),
        expectedVersion: version,
        values: parsed.values,
        page: pageId,
      });
    });
  } catch (error) {
    if (!isProblem(error, staleDraft)) throw error;
    return stalePage(
      request,
      open,
      pageId,
      parsed.values,
      error.details['current'] as { values: Values; version: number },
      fields,
    );
  }
  if (command.kind === 'store') return seeOther(request.href(choicePathOf(request, open, pageId, command.at)));
  if (command.kind === 'take') return takeAtOnce(request, { ...shown, version: saved.version }, pageId, command);
  if (!isContinue && command.kind !== 'save')
    return formPage(request, open, pageId, { ...shown, version: saved.version });
  if (command.kind === 'save') return seeOther(request.href(`${paths.drafts()}?da-luu=1`));
  if (parsed.revealed.length > 0)
    return formPage(request, open, pageId, { ...shown, version: saved.version, revealed: parsed.revealed });
  return seeOther(request.href(nextOf(request, open, pageId, parsed.values)));
}

const choicePathOf = (request: WebRequest, open: WithForm, page: string, at: string): string =>
  paths.applicationFormStore(
    { draftId: open.application.id, page, at },
    request.query.get('ve') === 'kiem-tra' ? { ve: 'kiem-tra' } : {},
  );

/** Takes the stored paper whose button was pressed. The same page again with all that was typed, whether or not it could be taken. */
async function takeAtOnce(
  request: WebRequest,
  shown: Shown,
  pageId: string,
  { at, paperId }: { at: string; paperId: string },
): Promise<Reply> {
  const { open } = await openPage(request);
  const question = fileQuestion(open, pageId, at);
  if (!question) throw problem(notFound);
  const error = await takeForQuestion(request, open, question, paperId);
  const now = error ? open : (await openPage(request)).open;
  const typed = new Map(shown.typed);
  typed.set(controlName(at, 'kept'), filesAt(now.draft.values, at));
  typed.delete(controlName(at));
  return formPage(request, now, pageId, {
    ...shown,
    values: now.draft.values,
    version: now.draft.version,
    typed,
    ...(error ? { errors: [{ at, message: { vi: error, en: error } }], status: 422 } : {}),
  });
}

/** The page after this one; back to the check when the person came from there and nothing new is asked. */
function nextOf(request: WebRequest, open: WithForm, pageId: string, values: Values): string {
  const { definition } = open.form;
  const draftId = open.application.id;
  const journey = journeyOf(definition, values, open.circumstances);
  const after = pageAfter(definition, journey, pageId);
  if (request.query.get('ve') === 'kiem-tra' && journey.isComplete) return paths.applicationReview({ draftId });
  if (after) return paths.applicationPage({ draftId, page: after });
  return open.application.purpose === 'supplement' ? paths.applicationPapers({ draftId }) : afterForm(open);
}

function stalePage(
  request: WebRequest,
  open: WithForm,
  pageId: string,
  given: Values,
  current: { values: Values; version: number },
  fields: URLSearchParams,
): Reply {
  const comparison = renderSubmission({
    definition: open.form.definition,
    values: given,
    before: current.values,
    locale: request.locale,
    surroundings: open.circumstances,
    books: open.circumstances.books,
  });
  const typed = [...fields].filter(([name]) => name !== 'version');
  return page(
    <StalePage facts={factsOf(open)} pageId={pageId} comparison={comparison} typed={typed} version={current.version} />,
    { status: 409 },
  );
}

/** The pages of the e-form, one by one. */
export function formPageRoutes(web: Web): void {
  web.get(paths.applicationPage, { access: 'person' }, async (request) => {
    const { open, pageId } = await openPage(request);
    return formPage(request, open, pageId, { values: open.draft.values, version: open.draft.version });
  });
  web.post(paths.applicationPage, perAccount('form', 600), sendPage);
}
