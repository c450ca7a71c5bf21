import { listReadingsOfSubject, noteReading } from '../../foundation/readings/index.ts';
import {
  canPreview,
  scanMarkOf,
  getFile,
  listFilesByIds,
  previewAsked,
  sendFile,
  sendPreview,
  type FileRow,
} from '../../foundation/files/index.ts';
import { loadAddressBook, namesOf } from '../../foundation/organisations/index.ts';
import { getFormVersion, getSubmission, loadOptionBook, renderSubmission } from '../../engines/forms/index.ts';
import { localDate } from '../../platform/clock.ts';
import { download, page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { freshForm } from '../../ui/components/form-state.ts';
import { originsOf } from '../paperstore/index.ts';
import { paths } from '../../ui/paths.ts';
import {
  applicantActs,
  listOwnDossiers,
  listRepresentedDossiers,
  openOwnDossier,
  readFileOf,
  trackingSecretOf,
  withdrawDossier,
  type DossierFile,
  type OwnDossierFile,
  type SlipKind,
} from '../dossiers/index.ts';
import { renderFilledForm } from '../procedures/index.ts';
import { perAccount } from './application-way.ts';
import { accountOf, latestAnswersOf, bookOf, filesNamedIn } from './open-application.ts';
import { startSupplement } from './start-application.ts';
import { proofRoutes } from './proof-routes.tsx';
import { slipOf } from './start-routes.tsx';
import { MyDossierPage } from './views/my-dossier-page.tsx';
import { MyDossiersPage, type DossierListFilter } from './views/my-dossiers-page.tsx';
import { WithdrawPage, withdrawWords } from './views/withdraw-page.tsx';

const PAGE = 20;

/** `2026-11-23T01:00:00.000Z_<id>`: the last row of a page. Anything else starts at the beginning. */
function cursorOf(text: string | null): { at: Date; id: string } | null {
  const [at = '', id = ''] = (text ?? '').slice(0, 100).split('_');
  const instant = new Date(at);
  return isId(id) && !Number.isNaN(instant.getTime()) && /^\d{4}-/.test(at) ? { at: instant, id } : null;
}

async function listPage(request: WebRequest): Promise<Reply> {
  const asked = request.query.get('xem');
  const filter: DossierListFilter = asked === 'open' || asked === 'closed' ? asked : 'all';
  const account = accountOf(request.actor);
  const isForOthers = request.query.get('thay') === '1';
  const wanted = {
    after: cursorOf(request.query.get('sau')),
    closed: filter === 'all' ? null : filter === 'closed',
    limit: PAGE + 1,
  };
  const rows = isForOthers
    ? await listRepresentedDossiers(request.reader, account.id, localDate(request.now), wanted)
    : await listOwnDossiers(request.reader, account.id, wanted);
  const shown = rows.slice(0, PAGE);
  if (isForOthers)
    await noteReading(request, shown.map(readFileOf), {
      work: 'delegate',
      purpose: 'Xem danh sách hồ sơ theo ủy quyền',
    });
  const last = rows.length > PAGE ? shown.at(-1) : undefined;
  const names = await namesOf(
    request.reader,
    shown.map((row) => row.receivingUnitId),
    localDate(request.now),
  );
  return page(
    <MyDossiersPage
      rows={shown}
      filter={filter}
      isForOthers={isForOthers}
      next={last ? `${last.submittedAt.toISOString()}_${last.id}` : null}
      unitNames={names}
      now={request.now}
    />,
  );
}

const ownOf = (request: WebRequest): Promise<OwnDossierFile> => {
  accountOf(request.actor);
  return openOwnDossier(request.reader, request.actor, request.params['id'] ?? '', request.now);
};

/** What somebody opens under a mandate is a reading of the giver's file, and the giver sees it. */
async function recordDelegate(request: WebRequest, dossier: OwnDossierFile, purpose: string): Promise<void> {
  if (dossier.mandate) await noteReading(request, [readFileOf(dossier)], { work: 'delegate', purpose });
}

/** Slips that the applicant may have by now. */
function slipsOf(dossier: DossierFile): SlipKind[] {
  const has = (act: string) => dossier.history.some((each) => each.name === act && each.takenBackAt === null);
  return [
    'acknowledgement',
    ...(dossier.receivedAt ? (['receipt'] as const) : []),
    ...(dossier.supplements.some((each) => each.cancelledAt === null) ? (['supplement'] as const) : []),
    ...(dossier.state === 3 ? (['refusal'] as const) : []),
    ...(has('extend') ? (['apology'] as const) : []),
    ...(dossier.state === 8 ? (['stop'] as const) : []),
  ];
}

/** What was declared, with what a rendering of it needs; null for a dossier without an e-form. */
async function declaredOf(request: WebRequest, dossier: DossierFile) {
  const id = latestAnswersOf(dossier);
  if (!id) return null;
  const submission = await getSubmission(request.reader, id);
  const form = await getFormVersion(request.reader, submission.formVersionId);
  const files = await filesNamedIn(request.reader, form.definition, submission.values);
  const origins = await originsOf(
    request.reader,
    files.map((file) => file.id),
  );
  const find = bookOf(files, origins);
  const options = await loadOptionBook(request.reader, form.definition);
  return { submission, form, books: { addresses: await loadAddressBook(), options, files: { find } } };
}

async function answersOf(request: WebRequest, dossier: DossierFile) {
  const declared = await declaredOf(request, dossier);
  if (!declared) return null;
  return renderSubmission({
    definition: declared.form.definition,
    values: declared.submission.values,
    locale: request.locale,
    surroundings: { today: localDate(declared.submission.createdAt), context: { channel: 'online' } },
    books: declared.books,
    filePath: (fileId) => paths.myDossierFile({ id: dossier.id, fileId }),
    headingLevel: 3,
  });
}

/** The declaration as a sheet to keep or print (TT 32/2017/TT-BTTTT Đ5). */
async function declarationPdf(request: WebRequest): Promise<Reply> {
  const dossier = await ownOf(request);
  const declared = await declaredOf(request, dossier);
  if (!declared) throw problem(notFound);
  await recordDelegate(request, dossier, 'In tờ khai theo ủy quyền');
  const pdf = await renderFilledForm(request.reader, {
    versionId: dossier.applicant.procedureVersionId,
    formVersionId: declared.submission.formVersionId,
    values: declared.submission.values,
    at: declared.submission.createdAt,
    locale: request.locale,
    books: declared.books,
    context: { channel: 'online' },
  });
  return download(pdf, {
    fileName: `to-khai-${dossier.code ?? dossier.id}.pdf`,
    type: 'application/pdf',
    inline: true,
  });
}

async function dossierPage(request: WebRequest): Promise<Reply> {
  const dossier = await ownOf(request);
  await recordDelegate(request, dossier, 'Xem hồ sơ theo ủy quyền');
  const fileIds = [...dossier.papers, ...dossier.results].flatMap((each) => each.fileId ?? []);
  const [files, accesses, answers] = await Promise.all([
    fileIds.length === 0 ? [] : listFilesByIds(request.reader, fileIds),
    listReadingsOfSubject(request.reader, { kind: 'dossier', id: dossier.id }, 5),
    answersOf(request, dossier),
  ]);
  const units = [
    dossier.receivingUnitId,
    dossier.competentUnitId,
    ...dossier.steps.map((step) => step.unitId),
    ...dossier.history.flatMap((act) => act.unitId ?? []),
    ...accesses.flatMap((each) => each.unitId ?? []),
  ];
  return page(
    <MyDossierPage
      dossier={dossier}
      unitNames={await namesOf(request.reader, units, localDate(request.now))}
      secret={trackingSecretOf(request.config.secret, dossier.id)}
      files={
        new Map(
          files.map((file) => [
            file.id,
            {
              name: file.fileName,
              sizeBytes: file.sizeBytes,
              canPreview: canPreview(file),
              scanMark: scanMarkOf(request.config, file),
            },
          ]),
        )
      }
      slips={slipsOf(dossier)}
      answers={answers}
      accesses={accesses}
      canWithdraw={
        applicantActs(dossier).includes('withdraw') &&
        !request.actor.seesOnly &&
        (dossier.mandate === null || dossier.mandate.maySubmit)
      }
      keepsPapers={dossier.mandate === null && !request.actor.seesOnly}
      isAdded={request.query.get('da-bo-sung') === '1'}
      now={request.now}
    />,
  );
}

async function ownFile(request: WebRequest): Promise<FileRow> {
  const dossier = await ownOf(request);
  const fileId = request.params['fileId'] ?? '';
  const isPart =
    [...dossier.papers, ...dossier.results].some((each) => each.fileId === fileId) ||
    (isId(fileId) && (await declaredOf(request, dossier))?.books.files.find(fileId) !== undefined);
  if (!isPart) throw problem(notFound);
  await recordDelegate(request, dossier, 'Mở giấy tờ của hồ sơ theo ủy quyền');
  return getFile(request.reader, fileId);
}

async function withdraw(request: WebRequest): Promise<Reply> {
  const dossier = await ownOf(request);
  const fields = await request.form();
  const reason = (fields.get('reason') ?? '').trim();
  const own = withdrawWords.in(request.locale);
  const error = reason === '' ? own.missing : reason.length > 1_000 ? own.long : null;
  if (error)
    return page(
      <WithdrawPage
        id={dossier.id}
        name={dossier.terms.procedureName[request.locale]}
        version={dossier.version}
        form={{ values: { reason: reason.slice(0, 4_000) }, errors: { reason: error } }}
      />,
      { status: 422 },
    );
  const version = Number(fields.get('version'));
  await request.command((tx) =>
    withdrawDossier(tx, request.actor, {
      dossierId: dossier.id,
      version: Number.isInteger(version) && version > 0 ? version : null,
      reason,
    }),
  );
  return seeOther(request.href(paths.myDossier({ id: dossier.id })));
}

const SLIPS: readonly string[] = [
  'acknowledgement',
  'receipt',
  'supplement',
  'refusal',
  'apology',
  'stop',
] satisfies SlipKind[];

/** A person's own dossiers. Somebody else's is 404, as one that does not exist. */
export function dossierRoutes(web: Web): void {
  const person = { access: 'person' } as const;
  web.get(paths.myDossiers, person, listPage);
  web.get(paths.myDossier, person, dossierPage);
  web.get(paths.myDossierFile, person, async (request) => sendFile(request, await ownFile(request)));
  web.get(paths.myDossierFilePreview, person, async (request) =>
    sendPreview(request, await ownFile(request), previewAsked(request.query)),
  );
  web.get(paths.myDossierSlip, person, (request) => {
    const slip = request.params['slip'] ?? '';
    if (!SLIPS.includes(slip)) throw problem(notFound);
    accountOf(request.actor);
    return slipOf(request, request.params['id'] ?? '', slip as SlipKind);
  });
  proofRoutes(web);
  web.get(paths.myDossierDeclaration, person, declarationPdf);
  web.get(paths.myDossierReceipt, person, (request) => slipOf(request, request.params['id'] ?? '', 'receipt'));
  web.get(paths.myDossierSupplement, person, async (request) =>
    seeOther(request.href(paths.myDossier({ id: (await ownOf(request)).id }))),
  );
  web.post(paths.myDossierSupplement, perAccount('supplement', 60), async (request) => {
    const id = await request.command((tx) => startSupplement(tx, request.actor, request.params['id'] ?? ''));
    return seeOther(request.href(paths.application({ draftId: id })));
  });
  web.get(paths.myDossierWithdrawal, person, async (request) => {
    const dossier = await ownOf(request);
    if (!applicantActs(dossier).includes('withdraw'))
      return seeOther(request.href(paths.myDossier({ id: dossier.id })));
    return page(
      <WithdrawPage
        id={dossier.id}
        name={dossier.terms.procedureName[request.locale]}
        version={dossier.version}
        form={freshForm()}
      />,
    );
  });
  web.post(paths.myDossierWithdrawal, perAccount('withdraw', 60), withdraw);
}
