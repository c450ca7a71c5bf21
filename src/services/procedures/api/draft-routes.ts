import { Type } from 'typebox';
import { findCurrentForm, getFormVersion } from '../../../engines/forms/index.ts';
import { localDate } from '../../../platform/clock.ts';
import type { Reader, Tx } from '../../../platform/database.ts';
import { oneOf, pageQuery, said } from '../../../platform/http/api-schema.ts';
import { conditional, etagOf, preconditionFailed, versionSeen } from '../../../platform/http/conditional.ts';
import { once } from '../../../platform/http/idempotency.ts';
import { cursorOf, cut, limitOf, linksOf } from '../../../platform/http/paging.ts';
import { json, type Reply } from '../../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isId } from '../../../platform/ids.ts';
import { invalidInput, isProblem, problem, staleVersion } from '../../../platform/problems.ts';
import { paths } from '../../../ui/paths.ts';
import { draftMissing } from '../editor/revision-problems.ts';
import { findRevision, listComments, listRevisions } from '../editor/revision-queries.ts';
import { sendForReview } from '../editor/review-revision.ts';
import { revisionStates, type Revision } from '../editor/revision.ts';
import { createProcedure, discardDraft, openDraft, saveDraft } from '../editor/write-revision.ts';
import { editScope } from '../procedure-permissions.ts';
import { findVersion, listFields, listVersions } from '../procedure-queries.ts';
import type { Procedure, ProcedureContent } from '../procedure.ts';
import { missingParts } from '../publish-procedure.ts';
import type { VersionFacts } from '../version-queries.ts';
import { workDocs } from './work-docs.ts';
import { DraftBody, DraftChange } from './work-schemas.ts';

const common = { access: { scope: editScope }, machine: true } as const;
const example = { id: '01998a52-0000-7000-8000-000000000001' };
const states = revisionStates.filter((state) => state !== 'published');

const lineOf = (one: Revision) => {
  const { versionId: id, code, name, state, reason, author, changedAt, decisionNote } = one;
  return { id, code, name, state, reason, author, changedAt, decisionNote };
};

/** What a draft says, in the shape of a change. */
async function writableOf(reader: Reader, version: Procedure) {
  const form = version.formVersionId === null ? null : await getFormVersion(reader, version.formVersionId);
  const { name, fieldCode, nationalField, levels, audiences, onlineScope, partialReason, intakeChannel } = version;
  const { decisionNumber, content } = version;
  return {
    name,
    field: fieldCode,
    nationalField,
    levels,
    audiences,
    onlineScope,
    partialReason,
    intakeChannel,
    decisionNumber,
    form: form?.code ?? null,
    content,
  };
}

async function draftOf(reader: Reader, id: string): Promise<{ revision: Revision; version: Procedure }> {
  const revision = isId(id) ? await findRevision(reader, id) : undefined;
  const version = revision && revision.state !== 'published' ? await findVersion(reader, id) : undefined;
  if (!revision || !version) throw problem(draftMissing);
  return { revision, version };
}

async function viewOf(reader: Reader, id: string) {
  const { revision, version } = await draftOf(reader, id);
  const remarks = await listComments(reader, id);
  return {
    ...lineOf(revision),
    number: version.number,
    version: version.rowVersion,
    missing: missingParts(version),
    facts: await writableOf(reader, version),
    remarks: remarks.map(({ section, body, madeBy, settledAt }) => ({ section, body, madeBy, settled: settledAt !== null })), // prettier-ignore
  };
}

async function answer(reader: Reader, id: string, status = 200): Promise<Reply> {
  const view = await viewOf(reader, id);
  const headers = {
    etag: etagOf(view.version),
    ...(status === 201 ? { location: paths.apiProcedureDraft({ id }) } : {}),
  };
  return json(view, { status, headers });
}

/** The facts with what a program changes. @throws invalidInput for a field or form that is not here */
async function applied(tx: Tx, facts: VersionFacts, change: DraftChange): Promise<VersionFacts> {
  const { field, form, content, ...plain } = change;
  const errors: { pointer: string; message: string }[] = [];
  if (field && !(await listFields(tx)).some((one) => one.code === field))
    errors.push({ pointer: '/field', message: 'is no field of the province' });
  const today = localDate(tx.now);
  const current = form ? await findCurrentForm(tx, form, today) : undefined;
  if (form && !current) errors.push({ pointer: '/form', message: 'is no form in force' });
  if (errors.length > 0) throw problem(invalidInput, { errors });
  return {
    ...facts,
    ...(plain as Partial<VersionFacts>),
    ...(field === undefined ? {} : { fieldCode: field }),
    ...(form === undefined ? {} : { formVersionId: current?.id ?? null }),
    ...(content === undefined ? {} : { content: content as ProcedureContent }),
  };
}

async function create(request: WebRequest): Promise<Reply> {
  const { code, reason, name } = request.json as DraftBody;
  return once(request, async (tx) => {
    const [newest] = await listVersions(tx, code);
    if (!newest && !name)
      throw problem(invalidInput, { errors: [{ pointer: '/name', message: 'is needed for a procedure that is new' }] });
    const { versionId } = newest
      ? await openDraft(tx, request.actor, { code, baseVersionId: newest.versionId, reason })
      : await createProcedure(tx, request.actor, { code, name: name!, reason });
    return answer(tx, versionId, 201);
  });
}

/** Holds a change to the version that the program saw. @throws preconditionFailed */
async function demandSeen(tx: Tx, id: string, seen: number | null): Promise<Procedure> {
  const { version } = await draftOf(tx, id);
  if (seen !== null && version.rowVersion !== seen) throw problem(preconditionFailed, { version: version.rowVersion });
  return version;
}

async function change(request: WebRequest): Promise<Reply> {
  const id = request.params['id'] ?? '';
  const seen = versionSeen(request);
  const asked = request.json as DraftChange;
  try {
    return await request.command(async (tx) => {
      const before = await demandSeen(tx, id, seen);
      const facts = await applied(tx, before, asked);
      await saveDraft(tx, request.actor, {
        versionId: id,
        rowVersion: before.rowVersion,
        section: 'api',
        change: (current) => ({ ...current, ...pick(facts, asked) }),
      });
      return answer(tx, id);
    });
  } catch (error) {
    throw isProblem(error, staleVersion) ? problem(preconditionFailed, error.details) : error;
  }
}

/** Only what was asked to change: the rest is what the draft says now. */
function pick(facts: VersionFacts, asked: DraftChange): Partial<VersionFacts> {
  const named: Record<string, keyof VersionFacts> = { field: 'fieldCode', form: 'formVersionId' };
  return Object.fromEntries(
    Object.keys(asked).map((name) => {
      const key = named[name] ?? (name as keyof VersionFacts);
      return [key, facts[key]];
    }),
  );
}

async function list(request: WebRequest): Promise<Reply> {
  const size = limitOf(request, 50);
  const after = cursorOf(request, 2);
  if (after && (!isId(after[1]) || Number.isNaN(Date.parse(after[0] ?? ''))))
    throw problem(invalidInput, { errors: [{ pointer: '/cursor', message: 'is no cursor of this list' }] });
  const state = states.find((one) => one === request.query.get('state')) ?? null;
  const from = after ? { changedAt: after[0]!, versionId: after[1]! } : null;
  const rows = await listRevisions(request.reader, { state, text: null }, from, size + 1);
  const page = cut(rows, size, (row) => [row.changedAt.toISOString(), row.versionId]);
  return json({ items: page.rows.map(lineOf), next: page.next }, { headers: linksOf(request, page.next) });
}

/** Drafts of procedures over the API: written by the same rules as on the pages, reviewed by people only. */
export function draftApiRoutes(web: Web): void {
  web.get(
    paths.apiProcedureDrafts,
    {
      ...common,
      query: Type.Object({
        state: Type.Optional(oneOf(states, said('Chỉ tình trạng này', 'Only in this state'))),
        ...pageQuery(200, 50),
      }),
      api: workDocs.drafts,
    },
    list,
  );
  web.post(paths.apiProcedureDrafts, { ...common, body: DraftBody, api: workDocs.createDraft }, create);
  web.get(paths.apiProcedureDraft, { ...common, api: workDocs.draft, example }, async (request) => {
    const view = await viewOf(request.reader, request.params['id'] ?? '');
    return conditional(request, view, { version: view.version, isPublic: false });
  });
  web.patch(paths.apiProcedureDraft, { ...common, body: DraftChange, api: workDocs.changeDraft, example }, change);
  web.delete(paths.apiProcedureDraft, { ...common, api: workDocs.deleteDraft, example }, async (request) => {
    const id = request.params['id'] ?? '';
    const seen = versionSeen(request);
    const gone = await request.command(async (tx) => {
      const version = await demandSeen(tx, id, seen);
      await discardDraft(tx, request.actor, id);
      return version.rowVersion;
    });
    const headers = { etag: etagOf(gone) };
    return { kind: 'data', status: 204, body: '', type: 'application/json; charset=utf-8', headers };
  });
  web.post(
    paths.apiProcedureDraftReview,
    { ...common, body: Type.Object({}, { additionalProperties: false }), api: workDocs.sendDraft, example },
    (request) => {
      const id = request.params['id'] ?? '';
      const seen = versionSeen(request);
      return once(request, async (tx) => {
        await demandSeen(tx, id, seen);
        await sendForReview(tx, request.actor, id);
        return answer(tx, id);
      });
    },
  );
}
