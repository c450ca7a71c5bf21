import { Type } from 'typebox';
import { getFile, sendFile } from '../../../foundation/files/index.ts';
import { provinceOf } from '../../../foundation/organisations/index.ts';
import { pageQuery, said } from '../../../platform/http/api-schema.ts';
import { conditional } from '../../../platform/http/conditional.ts';
import { cursorOf, cut, limitOf, linksOf } from '../../../platform/http/paging.ts';
import { download, json, type Reply } from '../../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isId } from '../../../platform/ids.ts';
import { forbidden, invalidInput, notFound, problem } from '../../../platform/problems.ts';
import { paths } from '../../../ui/paths.ts';
import type { Values } from '../../../engines/forms/index.ts';
import { answerSupplement } from '../answer-supplement.ts';
import { changeAnswers } from '../change-answers.ts';
import { dossierNotFound } from '../dossier-problems.ts';
import { isSubmittingClient } from '../perform-act.ts';
import { listClientDossiers } from '../client-queries.ts';
import { readScope, submitScope, viewScope } from '../dossier-permissions.ts';
import { openClientDossier, trackDossier } from '../read-dossier.ts';
import { renderSlip, slipKinds, type SlipKind } from '../slips/render-slip.ts';
import { withdrawDossier } from '../withdraw-dossier.ts';
import { changeDossier } from './change.ts';
import { ownDocs } from './docs.ts';
import { papersFrom, registerSent, storeSent } from './papers.ts';
import { ReasonBody, SupplementBody } from './schemas.ts';
import { detailView, seesPersonalData } from './views.ts';

const machine = true;
const NOTHING_CHANGED = { formSubmissionId: null, changes: [] };
const example = { code: 'H41.12-20261122-0000001' };
const reading = { access: { anyScope: [readScope, viewScope] }, machine } as const;
const listQuery = Type.Object({
  updatedSince: Type.Optional(
    Type.String({
      format: 'date-time',
      ...said(
        'Chỉ hồ sơ thay đổi từ lúc này; nên lùi lại một phút so với lần hỏi trước',
        'Only what changed at this instant or later; ask from a minute before your last answer, ids tell doubles',
      ),
    }),
  ),
  state: Type.Optional(Type.Integer({ minimum: 1, maximum: 10, ...said('Chỉ trạng thái này', 'Only this state') })),
  ...pageQuery(200, 50),
});

async function list(request: WebRequest): Promise<Reply> {
  const { query, reader, actor } = request;
  const size = limitOf(request, 50);
  const after = cursorOf(request, 2);
  if (after && (!isId(after[1]) || Number.isNaN(Date.parse(after[0] ?? ''))))
    throw problem(invalidInput, { errors: [{ pointer: '/cursor', message: 'is no cursor of this list' }] });
  const since = query.get('updatedSince');
  const rows = await listClientDossiers(reader, actor.id ?? '', {
    since: since ? new Date(since) : null,
    after: after ? { at: after[0]!, id: after[1]! } : null,
    state: query.get('state') ? Number(query.get('state')) : null,
    limit: size + 1,
  });
  const page = cut(rows, size, (row) => [row.changedAt.toISOString(), row.id]);
  return json({ items: page.rows, next: page.next }, { headers: linksOf(request, page.next) });
}

async function follow(request: WebRequest): Promise<Reply> {
  const { actor } = request;
  const code = request.params['code'] ?? '';
  const reads = actor.kind === 'client' && [readScope, viewScope].some((scope) => actor.scopes.includes(scope));
  if (!reads)
    return json(await trackDossier(request.reader, code, request.headers['tracking-secret']?.toString() ?? ''));
  const file = await request.command((tx) => openClientDossier(tx, actor, code));
  return conditional(request, detailView(actor, file), { version: file.version, isPublic: false });
}

async function sendFileOf(request: WebRequest): Promise<Reply> {
  const file = await request.command((tx) => openClientDossier(tx, request.actor, request.params['code'] ?? ''));
  if (!seesPersonalData(request.actor, file)) throw problem(forbidden, { scope: 'dossiers.personal-data' });
  const { fileId } = request.params;
  const isOfDossier = [...file.papers, ...file.results].some((each) => each.fileId !== null && each.fileId === fileId);
  if (!isOfDossier) throw problem(notFound);
  return sendFile(request, await getFile(request.reader, fileId ?? ''));
}

async function sendSlip(request: WebRequest): Promise<Reply> {
  const kind = slipKinds.find((each) => each === request.params['slip']) as SlipKind | undefined;
  if (!kind || kind === 'control-sheet') throw problem(notFound);
  const file = await request.command((tx) => openClientDossier(tx, request.actor, request.params['code'] ?? ''));
  if (!seesPersonalData(request.actor, file)) throw problem(forbidden, { scope: 'dossiers.personal-data' });
  const { config } = request;
  const province = provinceOf(config);
  const body = await renderSlip(request.reader, file, kind, {
    publicUrl: config.publicUrl,
    installationSecret: config.secret,
    provinceName: `UBND ${province.name.vi}`,
    placeName: province.shortName.vi,
  });
  return download(body, { fileName: `${file.code ?? file.id}-${kind}.pdf`, type: 'application/pdf' });
}

/** What the program that submitted a dossier may do with it afterwards. */
export function ownApiRoutes(web: Web): void {
  web.get(paths.apiDossiers, { access: { scope: readScope }, machine, query: listQuery, api: ownDocs.list }, list);
  web.get(
    paths.apiDossier,
    {
      access: 'public',
      machine,
      rateLimit: { name: 'dossiers.track', limit: 60, windowSeconds: 60, by: 'stranger' },
      api: ownDocs.follow,
      example,
    },
    follow,
  );
  web.post(
    paths.apiDossierSupplements,
    {
      access: { scope: submitScope },
      machine,
      body: SupplementBody,
      bodyLimitBytes: 64 * 1024 * 1024,
      api: ownDocs.supplement,
      example,
    },
    async (request) => {
      const { papers, remark, answers } = request.json as SupplementBody;
      const stored = await storeSent(request, papers);
      return changeDossier(request, async (tx, reference, dossier) => {
        const fileIds = await registerSent(tx, request.actor, dossier.id, papers, stored);
        const lines = papersFrom(papers, fileIds).map((line, index) => ({
          ...line,
          replacesPaperId: papers[index]?.replacesPaperId ?? null,
        }));
        // Whoever may not know of the dossier learns nothing of its form.
        if (answers && !(await isSubmittingClient(tx, request.actor, dossier, submitScope)))
          throw problem(dossierNotFound);
        const changed = answers ? await changeAnswers(tx, dossier.id, answers as Values) : NOTHING_CHANGED;
        return answerSupplement(tx, request.actor, { ...reference, ...changed, papers: lines, remark: remark ?? null });
      });
    },
  );
  web.post(
    paths.apiDossierWithdrawal,
    { access: { scope: submitScope }, machine, body: ReasonBody, api: ownDocs.withdraw, example },
    (request) =>
      changeDossier(request, (tx, reference) =>
        withdrawDossier(tx, request.actor, { ...reference, reason: (request.json as ReasonBody).reason }),
      ),
  );
  web.get(
    paths.apiDossierFile,
    { ...reading, api: ownDocs.file, example: { ...example, fileId: '01998a52-0000-7000-8000-000000000001' } },
    sendFileOf,
  );
  web.get(paths.apiDossierSlip, { ...reading, api: ownDocs.slip, example: { ...example, slip: 'receipt' } }, sendSlip);
}
