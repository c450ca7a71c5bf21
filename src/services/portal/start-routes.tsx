import { namesOf, provinceOf } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import { download, page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { openOwnDossier, renderSlip, trackingNumberOf, trackingSecretOf, type SlipKind } from '../dossiers/index.ts';
import { findProcedure, findVersion, listSummaries, offerNotFound, procedureNotFound } from '../procedures/index.ts';
import { applicationNotFound, notOnline } from './application-problems.ts';
import { findApplication, listOpenApplications } from './application-queries.ts';
import { perAccount } from './application-way.ts';
import { discardApplication } from './discard-application.ts';
import { mandatesFor } from './on-behalf.ts';
import { accountOf } from './open-application.ts';
import { isOnline, startApplication } from './start-application.ts';
import { listedAtOnce, unitOptions } from './unit-choice.ts';
import { ChooseUnitPage, chooseUnitWords } from './views/choose-unit-page.tsx';
import { DonePage } from './views/done-page.tsx';
import { DiscardPage, DraftsPage, type DraftRow } from './views/drafts-page.tsx';

async function choosePage(
  request: WebRequest,
  query: string,
  failed: { chosen: string; behalf?: string; error: string } | null,
): Promise<Reply> {
  const today = localDate(request.now);
  const procedure = await findProcedure(request.reader, request.params['code'] ?? '', today);
  if (!procedure) throw problem(procedureNotFound);
  if (!isOnline(procedure)) throw problem(notOnline);
  const asked = query.trim().slice(0, 100);
  const [{ options, total }, open, mandates] = await Promise.all([
    unitOptions(request.reader, procedure.id, today, asked),
    listOpenApplications(request.reader, accountOf(request.actor).id, request.now),
    mandatesFor(request.reader, request.actor, procedure, request.now),
  ]);
  if (total === 0) throw problem(offerNotFound);
  return page(
    <ChooseUnitPage
      code={procedure.code}
      procedureName={procedure.name}
      options={options}
      asksWhere={total > listedAtOnce}
      query={asked}
      chosen={failed?.chosen ?? null}
      mandates={mandates.map((one) => ({ id: one.id, name: one.giverName }))}
      behalf={failed?.behalf ?? request.query.get('thay') ?? ''}
      open={open.filter((each) => each.procedureVersionId === procedure.versionId && each.purpose === 'submission')}
      error={failed?.error ?? null}
    />,
    { status: failed ? 422 : 200 },
  );
}

async function start(request: WebRequest): Promise<Reply> {
  const fields = await request.form();
  const offerId = fields.get('offer') ?? '';
  if (!isId(offerId))
    return choosePage(request, fields.get('noi') ?? '', {
      chosen: '',
      behalf: (fields.get('thay') ?? '').slice(0, 36),
      error: chooseUnitWords.in(request.locale).choose,
    });
  const code = request.params['code'] ?? '';
  const behalf = fields.get('thay') ?? '';
  const id = await request.command((tx) =>
    startApplication(tx, request.actor, { code, offerId, delegationId: isId(behalf) ? behalf : null }),
  );
  return seeOther(request.href(paths.application({ draftId: id })));
}

/** Applications of the signed-in person that are not sent yet, as lists show them. */
export async function draftRows(request: WebRequest): Promise<DraftRow[]> {
  const open = await listOpenApplications(request.reader, accountOf(request.actor).id, request.now);
  const versions = await listSummaries(
    request.reader,
    open.map((each) => each.procedureVersionId),
  );
  const names = new Map(versions.map((version) => [version.versionId, version.name]));
  return open.map((each) => ({
    id: each.id,
    name: names.get(each.procedureVersionId) ?? { vi: '' },
    isSupplement: each.purpose === 'supplement',
    createdAt: each.createdAt,
    expiresAt: each.expiresAt,
  }));
}

async function discardPage(request: WebRequest): Promise<Reply> {
  const row = (await draftRows(request)).find((each) => each.id === request.params['draftId']);
  if (!row) throw problem(applicationNotFound);
  return page(<DiscardPage row={row} />);
}

/** The sent application of the address. @throws applicationNotFound for others, and before it is sent */
async function sentOf(request: WebRequest) {
  const id = request.params['draftId'] ?? '';
  const application = isId(id) ? await findApplication(request.reader, id, accountOf(request.actor).id) : undefined;
  if (!application?.submittedAt || !application.dossierId) throw problem(applicationNotFound);
  return { ...application, dossierId: application.dossierId, submittedAt: application.submittedAt };
}

async function donePage(request: WebRequest): Promise<Reply> {
  const sent = await sentOf(request);
  const dossier = await openOwnDossier(request.reader, request.actor, sent.dossierId, request.now);
  const [names, procedure] = await Promise.all([
    namesOf(request.reader, [dossier.receivingUnitId], localDate(request.now)),
    findVersion(request.reader, sent.procedureVersionId),
  ]);
  const unit = names.get(dossier.receivingUnitId);
  return page(
    <DonePage
      id={sent.id}
      dossierId={dossier.id}
      number={trackingNumberOf(dossier.id)}
      secret={trackingSecretOf(request.config.secret, dossier.id)}
      procedureName={procedure?.name ?? dossier.terms.procedureName}
      unitName={(request.locale === 'en' ? unit?.nameEn : unit?.nameVi) ?? ''}
      submittedAt={dossier.submittedAt}
    />,
  );
}

/** A slip of a person's own dossier as PDF. @throws dossierNotFound, slipNotThere */
export async function slipOf(request: WebRequest, dossierId: string, kind: SlipKind): Promise<Reply> {
  const dossier = await openOwnDossier(request.reader, request.actor, dossierId, request.now);
  const province = provinceOf(request.config);
  const pdf = await renderSlip(request.reader, dossier, kind, {
    publicUrl: request.config.publicUrl,
    installationSecret: request.config.secret,
    provinceName: province.responsible.vi,
    placeName: province.provinceName.vi.replace(/^(Tỉnh|Thành phố) /i, ''),
  });
  return download(pdf, {
    fileName: `${kind}-${dossier.code ?? dossier.id.slice(-12)}.pdf`,
    type: 'application/pdf',
    inline: true,
  });
}

/** Beginning, putting aside, discarding, and the acknowledgement at the end. */
export function startRoutes(web: Web): void {
  const person = { access: 'person' } as const;
  web.get(paths.startApplication, { ...person, example: { code: '1.001193' } }, (request) =>
    choosePage(request, request.query.get('noi') ?? '', null),
  );
  web.post(paths.startApplication, perAccount('start', 60), start);
  web.get(paths.drafts, person, async (request) =>
    page(<DraftsPage rows={await draftRows(request)} isSaved={request.query.get('da-luu') === '1'} />),
  );
  web.get(paths.applicationDiscard, person, discardPage);
  web.post(paths.applicationDiscard, perAccount('discard', 60), async (request) => {
    await request.command((tx) => discardApplication(tx, request.actor, request.params['draftId'] ?? ''));
    return seeOther(request.href(paths.drafts()));
  });
  web.get(paths.applicationDone, person, donePage);
  web.get(paths.applicationSlip, person, async (request) =>
    slipOf(request, (await sentOf(request)).dossierId, 'acknowledgement'),
  );
}
