import { Type } from 'typebox';
import { anId, oneOf, pageQuery, said } from '../../../platform/http/api-schema.ts';
import { conditional } from '../../../platform/http/conditional.ts';
import { once } from '../../../platform/http/idempotency.ts';
import { limitOf, linksOf, cursorWrong } from '../../../platform/http/paging.ts';
import { json, type Reply } from '../../../platform/http/reply.ts';
import { localDate } from '../../../platform/clock.ts';
import { reachOf, type Actor } from '../../../platform/access.ts';
import type { Tx } from '../../../platform/database.ts';
import type { RouteOptions, Web, WebRequest } from '../../../platform/http/web.ts';
import { forbidden, problem } from '../../../platform/problems.ts';
import { paths } from '../../../ui/paths.ts';
import { listCurrentByIds } from '../../procedures/index.ts';
import { addNote } from '../add-note.ts';
import { completeDossier } from '../complete-dossier.ts';
import type { Dossier } from '../dossier.ts';
import {
  approveScope,
  mayView,
  processScope,
  receiveScope,
  returnScope,
  stopScope,
  viewScope,
} from '../dossier-permissions.ts';
import { listMonthlyFigures } from '../figure-queries.ts';
import type { DossierReference } from '../perform-act.ts';
import { approveDossier, finishStep, sendBack, startStep } from '../process-steps.ts';
import { pushState } from '../push-state.ts';
import { getDossier } from '../read-dossier.ts';
import { receiveDossier } from '../receive-dossier.ts';
import { recordFee } from '../record-fee.ts';
import { refuseDossier } from '../refuse-dossier.ts';
import { requestFee } from '../request-fee.ts';
import { requestSupplement } from '../request-supplement.ts';
import { returnResult } from '../return-result.ts';
import { stopDossier } from '../stop-dossier.ts';
import { formatCursor, listWorklist, parseCursor, type Queue } from '../worklist-queries.ts';
import { changeDossier } from './change.ts';
import { agencyDocs } from './docs.ts';
import { registerSent, storeSent } from './papers.ts';
import {
  EmptyBody,
  FeesBody,
  HandoverBody,
  NoteBody,
  PaymentsBody,
  RefusalBody,
  ResultBody,
  StateBody,
  StepBody,
  SupplementRequestBody,
} from './schemas.ts';
import { worklistView } from './views.ts';

const example = { code: 'H41.12-20261122-0000001' };
const queues: readonly Queue[] = [
  'awaiting-receipt',
  'in-process',
  'due-soon',
  'late',
  'awaiting-supplement',
  'awaiting-payment',
  'awaiting-return',
  'closed',
];
const unit = Type.Optional(anId('Chỉ đơn vị này', 'Only this unit'));

/** The units of the client, or the one it asks for. @throws forbidden for a unit that is not its own */
function unitsAsked(request: WebRequest): string[] {
  const reach = reachOf(request.actor, mayView);
  const units = reach === 'all' ? [] : [...reach];
  const asked = request.query.get('unit');
  if (asked === null) return units;
  if (!units.includes(asked)) throw problem(forbidden, { unit: asked });
  return [asked];
}

async function worklist(request: WebRequest): Promise<Reply> {
  const { query, reader, now } = request;
  const text = query.get('cursor');
  const after = parseCursor(text);
  if (text && !after) throw problem(cursorWrong);
  const page = await listWorklist(
    reader,
    { queue: (query.get('queue') ?? 'in-process') as Queue, unitIds: unitsAsked(request) },
    { now, size: limitOf(request, 50), after },
  );
  const ids = [...new Set(page.rows.map((row) => row.procedureId))];
  const codes = new Map((await listCurrentByIds(reader, ids, localDate(now))).map(({ id, code }) => [id, code]));
  const next = page.next ? formatCursor(page.next) : null;
  const items = page.rows.map((row) => worklistView(row, codes.get(row.procedureId) ?? ''));
  return json({ items, next }, { headers: linksOf(request, next) });
}

async function figures(request: WebRequest): Promise<Reply> {
  const month = (name: string) => `${request.query.get(name)}-01`;
  const rows = await listMonthlyFigures(request.reader, {
    from: month('from'),
    to: month('to'),
    unitIds: unitsAsked(request),
  });
  return conditional(request, { items: rows }, { isPublic: false });
}

type ActOf<Body> = (tx: Tx, actor: Actor, input: DossierReference & Body, request: WebRequest) => Promise<Dossier>;

/** Entering a result, with its file. */
async function enterResult(request: WebRequest): Promise<Reply> {
  const { file, ...result } = request.json as ResultBody;
  const sent = file ? [file] : [];
  const stored = await storeSent(request, sent);
  return changeDossier(request, async (tx, reference, dossier) => {
    const [fileId = null] = await registerSent(tx, request.actor, dossier.id, sent, stored);
    return completeDossier(tx, request.actor, { ...reference, ...result, remark: result.remark ?? null, fileId });
  });
}

async function takeState(request: WebRequest): Promise<Reply> {
  const body = request.json as StateBody;
  const sent = body.result?.file ? [body.result.file] : [];
  const stored = await storeSent(request, sent);
  return changeDossier(request, async (tx, reference, dossier) => {
    const [fileId = null] = await registerSent(tx, request.actor, dossier.id, sent, stored);
    return pushState(tx, request.actor, { ...reference, ...body, fileId });
  });
}

const stepActs = { started: startStep, finished: finishStep, approved: approveDossier } as const;

/** What systems of agencies may do with the dossiers of their units. Rights and rules are those of the pages: the same use cases. */
export function agencyApiRoutes(web: Web): void {
  const viewing = { access: { scope: viewScope }, machine: true } as const;
  web.get(
    paths.apiWorklist,
    {
      ...viewing,
      query: Type.Object({
        queue: Type.Optional(oneOf(queues, said('Hàng chờ', 'Which queue'))),
        unit,
        ...pageQuery(200, 50),
      }),
      api: agencyDocs.worklist,
    },
    worklist,
  );
  const month = (vi: string, en: string) => Type.String({ pattern: '^20\\d\\d-(0[1-9]|1[0-2])$', ...said(vi, en) });
  web.get(
    paths.apiFigures,
    {
      ...viewing,
      query: Type.Object({ from: month('Từ tháng', 'First month'), to: month('Đến tháng', 'Last month'), unit }),
      api: agencyDocs.figures,
    },
    figures,
  );

  const change = <Body>(
    path: { readonly pattern: string },
    scopes: readonly string[],
    options: Pick<RouteOptions, 'body' | 'api'>,
    act: ActOf<Body>,
  ): void =>
    web.post(
      path,
      {
        access: scopes.length === 1 ? { scope: scopes[0]! } : { anyScope: scopes },
        machine: true,
        example,
        ...options,
      },
      (request) =>
        changeDossier(request, (tx, reference) =>
          act(tx, request.actor, { ...reference, ...(request.json as Body) }, request),
        ),
    );
  change(paths.apiDossierReceipt, [receiveScope], { body: EmptyBody, api: agencyDocs.receive }, receiveDossier);
  change<RefusalBody>(
    paths.apiDossierRefusal,
    [receiveScope],
    { body: RefusalBody, api: agencyDocs.refuse },
    refuseDossier,
  );
  change<SupplementRequestBody>(
    paths.apiDossierSupplementRequests,
    [receiveScope, processScope],
    { body: SupplementRequestBody, api: agencyDocs.requestSupplement },
    (tx, actor, input) =>
      requestSupplement(tx, actor, {
        ...input,
        answerBy: input.answerBy ?? null,
        items: input.items.map((item) => ({
          ...item,
          paperId: item.paperId ?? null,
          componentCode: item.componentCode ?? null,
        })),
      }),
  );
  change<FeesBody>(
    paths.apiDossierFeeRequests,
    [receiveScope, processScope],
    { body: FeesBody, api: agencyDocs.requestFee },
    (tx, actor, input) =>
      requestFee(tx, actor, { ...input, fees: input.fees.map((fee) => ({ ...fee, moment: 2 as const })) }),
  );
  change<PaymentsBody>(
    paths.apiDossierPayments,
    [receiveScope],
    { body: PaymentsBody, api: agencyDocs.recordFee },
    (tx, actor, { payments, ...input }) =>
      recordFee(tx, actor, {
        ...input,
        payments: payments.map(({ feeId, receiptNumber, method }) => ({
          id: feeId,
          receiptNumber,
          method: method as 'cash' | 'transfer' | 'post' | 'online',
        })),
      }),
  );
  change<StepBody>(
    paths.apiDossierSteps,
    [processScope, approveScope],
    { body: StepBody, api: agencyDocs.step },
    (tx, actor, { outcome, ...input }) =>
      outcome === 'sent-back'
        ? sendBack(tx, actor, { ...input, reason: input.remark ?? '' })
        : stepActs[outcome](tx, actor, input),
  );
  change<HandoverBody>(
    paths.apiDossierHandover,
    [returnScope],
    { body: HandoverBody, api: agencyDocs.handOver },
    returnResult,
  );
  change<RefusalBody>(paths.apiDossierStop, [stopScope], { body: RefusalBody, api: agencyDocs.stop }, stopDossier);
  const files = { machine: true, example, bodyLimitBytes: 64 * 1024 * 1024 } as const;
  web.post(
    paths.apiDossierResults,
    { access: { anyScope: [processScope, approveScope] }, ...files, body: ResultBody, api: agencyDocs.result },
    enterResult,
  );
  web.post(
    paths.apiDossierStates,
    { access: { anyScope: [processScope, receiveScope] }, ...files, body: StateBody, api: agencyDocs.state },
    takeState,
  );
  web.post(
    paths.apiDossierNotes,
    {
      access: { anyScope: [receiveScope, processScope] },
      machine: true,
      example,
      body: NoteBody,
      api: agencyDocs.note,
    },
    (request) =>
      once(request, async (tx) => {
        const { id } = await getDossier(tx, request.params['code'] ?? '');
        await addNote(tx, request.actor, { dossierId: id, text: (request.json as { text: string }).text });
        return json({ added: true }, { status: 201 });
      }),
  );
}
