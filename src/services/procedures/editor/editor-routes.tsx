import { can } from '../../../platform/access.ts';
import { page, seeOther } from '../../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isProblem, problem, staleVersion } from '../../../platform/problems.ts';
import { localDate } from '../../../platform/clock.ts';
import { isId } from '../../../platform/ids.ts';
import { listQuery } from '../../../ui/components/data-table.tsx';
import { freshForm, type FormState } from '../../../ui/components/form-state.ts';
import { formatDate } from '../../../ui/format.ts';
import { paths } from '../../../ui/paths.ts';
import { listLostForce } from '../legal/legal-queries.ts';
import { editProcedures, reviewProcedures, workOnProcedures } from '../procedure-permissions.ts';
import { procedureNotFound } from '../procedure-problems.ts';
import { findVersion, listFields, listVersions } from '../procedure-queries.ts';
import { isValidOn, wordsIn, type Procedure } from '../procedure.ts';
import { missingParts } from '../publish-procedure.ts';
import { checkSection, reorder, takeSection, type SectionInput } from './read-section.ts';
import { decideReview, makeRemark, recallDraft, sendForReview, settleRemark } from './review-revision.ts';
import { codeTaken, draftMissing } from './revision-problems.ts';
import { findOpenRevision, listComments, listRevisions } from './revision-queries.ts';
import { isWritable, revisionStates, type Revision } from './revision.ts';
import { readSection, writeSection } from './section-values.ts';
import { sectionByKey, sectionOf, sections, type EditSection } from './sections.ts';
import { DraftPage, NewProcedurePage, NoDraftPage } from './views/draft-page.tsx';
import { DraftsPage } from './views/drafts-page.tsx';
import { editorWords } from './views/editor-words.ts';
import { SectionPage } from './views/section-page.tsx';
import { createProcedure, discardDraft, factsOfVersion, openDraft, saveDraft } from './write-revision.ts';

const access = { anyOf: workOnProcedures };
const PAGE = 50;
const mayEdit = (request: WebRequest) => can(request.actor, editProcedures);

/** Writing and reviewing: the list of drafts, a draft with its sections, remarks, decisions. */
export function editorRoutes(web: Web): void {
  web.get(paths.adminProcedureDrafts, { access }, listPage);
  web.get(paths.adminProcedureNew, { access: { permission: editProcedures } }, () =>
    page(<NewProcedurePage form={freshForm()} />),
  );
  web.post(paths.adminProcedureNew, { access: { permission: editProcedures } }, makeProcedure);
  web.get(paths.adminProcedureDraft, { access }, (request) => draftPage(request, freshForm()));
  web.post(paths.adminProcedureDraft, { access: { permission: editProcedures } }, openOne);
  web.post(paths.adminProcedureDraftState, { access }, changeState);
  web.get(paths.adminProcedureDraftSection, { access, example: { section: 'thong-tin-chung' } }, async (request) => {
    const { section, version } = await sectionOfRequest(request);
    return sectionPage(request, section, readSection(section.key, factsOfVersion(version)));
  });
  web.post(paths.adminProcedureDraftSection, { access: { permission: editProcedures } }, saveSection);
  web.post(paths.adminProcedureRemarks, { access }, remark);
}

async function listPage(request: WebRequest) {
  const state = revisionStates.find((one) => one === request.query.get('buoc')) ?? null;
  const text = request.query.get('tim')?.trim().slice(0, 100) || null;
  const [at, id] = (request.query.get(listQuery.after) ?? '').split('_');
  const after = at && id && isId(id) && !Number.isNaN(Date.parse(at)) ? { changedAt: at, versionId: id } : null;
  const escaped = text?.replaceAll(/[\\%_]/g, String.raw`\$&`) ?? null;
  const rows = await listRevisions(request.reader, { state, text: escaped }, after, PAGE + 1);
  const last = rows[PAGE - 1];
  const next = rows.length > PAGE && last ? `${last.changedAt.toISOString()}_${last.versionId}` : null;
  const query = { ...(text ? { tim: text } : {}), ...(state ? { buoc: state } : {}) };
  return page(<DraftsPage rows={rows.slice(0, PAGE)} query={query} next={next} mayEdit={mayEdit(request)} />);
}

const typed = (form: URLSearchParams, name: string, max: number) =>
  (form.get(name) ?? '').replaceAll('\u0000', '').trim().slice(0, max);

async function makeProcedure(request: WebRequest) {
  const form = await request.form();
  const own = editorWords.in(request.locale);
  const values = {
    code: typed(form, 'code', 40),
    nameVi: typed(form, 'nameVi', 400),
    nameEn: typed(form, 'nameEn', 400),
    reason: typed(form, 'reason', 1000),
  };
  const errors: Record<string, string> = {};
  if (!/^\d{1,2}\.\d{4,8}$/.test(values.code)) errors['code'] = own.codeWrong;
  if (values.nameVi === '') errors['nameVi'] = own.nameMissing;
  if (values.reason === '') errors['reason'] = own.reasonMissing;
  const again = () => page(<NewProcedurePage form={{ values, errors }} />, { status: 422 });
  if (Object.keys(errors).length > 0) return again();
  const name = { vi: values.nameVi, ...(values.nameEn === '' ? {} : { en: values.nameEn }) };
  try {
    await request.command((tx) =>
      createProcedure(tx, request.actor, { code: values.code, name, reason: values.reason }),
    );
  } catch (error) {
    if (!isProblem(error, codeTaken)) throw error;
    errors['code'] = own.codeTaken;
    return again();
  }
  return seeOther(request.href(paths.adminProcedureDraft({ code: values.code })));
}

/** What is wrong with the law a version rests on, in sentences. */
export async function legalWarnings(request: WebRequest, version: Pick<Procedure, 'content'>): Promise<string[]> {
  const own = editorWords.in(request.locale);
  const numbers = version.content.legalBases.map((basis) => basis.number);
  const lost = await listLostForce(request.reader, numbers, localDate(request.now));
  return [...lost.values()].map((one) => own.lostForce(one.number, formatDate(one.lostForceOn!), one.replacedBy));
}

/** The open draft of the address with its version. @throws draftMissing */
export async function openRevisionOf(request: WebRequest): Promise<{ revision: Revision; version: Procedure }> {
  const revision = await findOpenRevision(request.reader, request.params['code'] ?? '');
  const version = revision && (await findVersion(request.reader, revision.versionId));
  if (!revision || !version) throw problem(draftMissing);
  return { revision, version };
}

async function draftPage(request: WebRequest, form: FormState, status = 200) {
  const code = request.params['code'] ?? '';
  const revision = await findOpenRevision(request.reader, code);
  const section = request.query.get('muc') ?? '';
  if (!revision) return noDraftPage(request, form, section, status);
  if (sectionOf(section) && form.errors['note'] === undefined && status === 200)
    return seeOther(request.href(paths.adminProcedureDraftSection({ code, section })));
  const version = (await findVersion(request.reader, revision.versionId))!;
  const comments = await listComments(request.reader, revision.versionId);
  const facts = factsOfVersion(version);
  const open = (key: string) => comments.filter((one) => one.section === key && one.settledAt === null).length;
  const states = sections.map((one) => {
    const input = readSection(one.key, facts);
    return {
      slug: one.slug,
      title: one.title[request.locale],
      // No fee is an answer too, once every way says that its fees are known.
      filled:
        one.key === 'fees'
          ? version.content.channels.every((way) => way.feesKnown)
          : !one.rows || input.rows.length > 0,
      openRemarks: open(one.key),
    };
  });
  states.push({
    slug: 'bieu-mau',
    title: editorWords.in(request.locale).form,
    filled: facts.formVersionId !== null,
    openRemarks: open('form'),
  });
  return page(
    <DraftPage
      revision={revision}
      sections={states}
      missing={missingParts(version)}
      warnings={await legalWarnings(request, version)}
      mayEdit={mayEdit(request)}
      mayReview={can(request.actor, reviewProcedures)}
      isOwn={revision.authorId === request.actor.id || revision.editorIds.includes(request.actor.id ?? '')}
      form={form}
    />,
    { status },
  );
}

async function noDraftPage(request: WebRequest, form: FormState, section: string, status = 200) {
  const code = request.params['code'] ?? '';
  const versions = await listVersions(request.reader, code);
  if (versions.length === 0) throw problem(procedureNotFound);
  const today = localDate(request.now);
  const current = versions.find((one) => one.status === 'published' && isValidOn(one, today)) ?? versions[0]!;
  const shown = { values: { from: current.versionId, ...form.values }, errors: form.errors };
  return page(
    <NoDraftPage
      code={code}
      name={wordsIn(current.name, request.locale)}
      versions={versions}
      mayEdit={mayEdit(request)}
      section={section}
      form={shown}
    />,
    { status },
  );
}

async function openOne(request: WebRequest) {
  const form = await request.form();
  const own = editorWords.in(request.locale);
  const code = request.params['code'] ?? '';
  const values = { from: typed(form, 'from', 40), reason: typed(form, 'reason', 1000) };
  const section = typed(form, 'muc', 40);
  if (values.reason === '')
    return noDraftPage(request, { values, errors: { reason: own.reasonMissing } }, section, 422);
  const baseVersionId = isId(values.from) ? values.from : '00000000-0000-0000-0000-000000000000';
  await request.command((tx) => openDraft(tx, request.actor, { code, baseVersionId, reason: values.reason }));
  return seeOther(
    request.href(
      sectionOf(section)
        ? paths.adminProcedureDraftSection({ code, section })
        : section === 'bieu-mau'
          ? paths.adminProcedureDraftForm({ code })
          : paths.adminProcedureDraft({ code }),
    ),
  );
}

async function changeState(request: WebRequest) {
  const form = await request.form();
  const own = editorWords.in(request.locale);
  const act = form.get('act') ?? '';
  const note = typed(form, 'note', 2000);
  const { revision } = await openRevisionOf(request);
  const { versionId, code } = revision;
  if (act === 'return' && note === '')
    return draftPage(request, { values: { note }, errors: { note: own.noteMissing } }, 422);
  if (act === 'discard' && form.get('discard') !== 'yes')
    return draftPage(request, { values: {}, errors: { discard: own.confirmMissing } }, 422);
  await request.command(async (tx) => {
    if (act === 'send') await sendForReview(tx, request.actor, versionId);
    else if (act === 'recall') await recallDraft(tx, request.actor, versionId);
    else if (act === 'discard') await discardDraft(tx, request.actor, versionId);
    else if (act === 'approve' || act === 'return')
      await decideReview(tx, request.actor, { versionId, isApproved: act === 'approve', note });
  });
  return seeOther(request.href(act === 'discard' ? paths.adminProcedureDrafts() : paths.adminProcedureDraft({ code })));
}

async function sectionOfRequest(request: WebRequest) {
  const section = sectionOf(request.params['section'] ?? '');
  if (!section) throw problem(draftMissing);
  return { section, ...(await openRevisionOf(request)) };
}

async function sectionPage(
  request: WebRequest,
  section: EditSection,
  input: SectionInput,
  more: { errors?: Record<string, string>; isStale?: boolean; remarkForm?: FormState; status?: number } = {},
) {
  const { revision, version } = await openRevisionOf(request);
  const comments = await listComments(request.reader, revision.versionId);
  const asked = Number(request.query.get('them') ?? 0);
  const blankRows = input.rows.length === 0 ? 1 : Number.isInteger(asked) ? Math.min(Math.max(asked, 0), 5) : 0;
  return page(
    <SectionPage
      code={revision.code}
      name={wordsIn(version.name, request.locale)}
      section={section}
      input={input}
      errors={more.errors ?? {}}
      rowVersion={version.rowVersion}
      blankRows={blankRows}
      isWritable={isWritable(revision) && mayEdit(request)}
      isStale={more.isStale ?? false}
      fieldChoices={(await listFields(request.reader)).map((field) => [field.code, field.name] as const)}
      warnings={section.key === 'legal' ? await legalWarnings(request, version) : []}
      comments={comments.filter((one) => one.section === section.key)}
      remarkForm={more.remarkForm ?? freshForm()}
    />,
    { status: more.status ?? 200 },
  );
}

async function saveSection(request: WebRequest) {
  const form = await request.form();
  const { section, revision } = await sectionOfRequest(request);
  const own = editorWords.in(request.locale);
  const act = form.get('act') ?? 'save';
  const taken = takeSection(form, section);
  const input = { ...taken, rows: reorder(taken.rows, act) };
  const fields = (await listFields(request.reader)).map((field) => field.code);
  const found = checkSection(section, input, fields);
  if (Object.keys(found).length > 0) {
    const errors = Object.fromEntries(Object.entries(found).map(([name, error]) => [name, own.errors[error]]));
    return sectionPage(request, section, input, { errors, status: 422 });
  }
  const rowVersion = Number(form.get('version'));
  try {
    await request.command((tx) =>
      saveDraft(tx, request.actor, {
        versionId: revision.versionId,
        rowVersion: Number.isSafeInteger(rowVersion) && rowVersion < 2 ** 31 ? rowVersion : 0,
        section: section.key,
        change: (facts) => writeSection(section.key, facts, input),
      }),
    );
  } catch (error) {
    if (isProblem(error, staleVersion)) return sectionPage(request, section, input, { isStale: true, status: 409 });
    throw error;
  }
  const { code } = revision;
  const following = sections[sections.indexOf(section) + 1];
  if (act === 'next')
    return seeOther(
      request.href(
        following
          ? paths.adminProcedureDraftSection({ code, section: following.slug })
          : paths.adminProcedureDraftForm({ code }),
      ),
    );
  const at = /^(up|down):(\d{1,3})$/.exec(act);
  const row = at ? Number(at[2]) + (at[1] === 'up' ? 0 : 2) : input.rows.length + 1;
  const here = paths.adminProcedureDraftSection({ code, section: section.slug }, act === 'add' ? { them: 1 } : {});
  return seeOther(request.href(act === 'add' || at ? `${here}#dong-${row}` : here));
}

async function remark(request: WebRequest) {
  const form = await request.form();
  const { revision, version } = await openRevisionOf(request);
  const { code, versionId } = revision;
  const key = form.get('section') ?? '';
  const section = sections.find((one) => one.key === key);
  if (!section && key !== 'form') throw problem(draftMissing);
  const back = section
    ? paths.adminProcedureDraftSection({ code, section: section.slug })
    : paths.adminProcedureDraftForm({ code });
  const commentId = form.get('settle') ?? '';
  if (isId(commentId)) await request.command((tx) => settleRemark(tx, { versionId, commentId }));
  else {
    const body = typed(form, 'body', 4000);
    if (body === '') {
      const errors = { body: editorWords.in(request.locale).remarkMissing };
      const shown = section ?? sectionByKey('general');
      return sectionPage(request, shown, readSection(shown.key, factsOfVersion(version)), {
        remarkForm: { values: { body }, errors },
        status: 422,
      });
    }
    await request.command((tx) => makeRemark(tx, { versionId, section: key, body }));
  }
  return seeOther(request.href(`${back}#gop-y`));
}
