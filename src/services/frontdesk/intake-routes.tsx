import {
  journeyOf,
  pageAfter,
  parseFormPost,
  renderFormPage,
  getFormVersion,
  loadOptionBook,
  saveDraft,
  type Books,
  type Draft,
  type FormDefinition,
  type FormError,
  type ParsedPost,
} from '../../engines/forms/index.ts';
import { listFilesByOwner } from '../../foundation/files/index.ts';
import {
  findApplicantAccount,
  normaliseEmail,
  normaliseIdentityNumber,
  normalisePhone,
  normaliseTaxCode,
} from '../../foundation/identity/index.ts';
import { loadAddressBook, namesOf } from '../../foundation/organisations/index.ts';
import { search } from '../../foundation/search/index.ts';
import { localDate } from '../../platform/clock.ts';
import { publish } from '../../platform/events.ts';
import { movedTo, page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isProblem, notFound, problem, type LocalText } from '../../platform/problems.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { WorkspaceLayout } from '../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../ui/link.tsx';
import { paths } from '../../ui/paths.ts';
import { intakeWords } from './views/intake-words.ts';
import { mayReceive, previewAppointment, searchDossiers, termsOf } from '../dossiers/index.ts';
import {
  findProcedure,
  listCurrentByCode,
  offersFor,
  procedureDocumentKind,
  procedureNotFound,
  type Offer,
  type Procedure,
} from '../procedures/index.ts';
import { parseDong } from './act-forms.ts';
import { unitsInReach } from './actor-reach.ts';
import { offersByUnitLine } from './desk-lookups.ts';
import { personLookedUp } from './desk-events.ts';
import { readApplicant, readPapers } from './intake.ts';
import {
  beginIntake,
  draftOf,
  finishIntake,
  keepPapers,
  openIntake,
  prefilledBy,
  receivingUnitOf,
  type OpenIntake,
} from './take-in.ts';
import { readUploads } from './uploads.ts';
import { ApplicantPage, ChooseProcedurePage, IntakePapersPage, type OfferChoice } from './views/intake-pages.tsx';

const access = { permission: mayReceive };
const owner = (request: WebRequest) => ({ kind: 'official' as const, id: request.actor.id ?? '' });
const inLocale = (errors: Record<string, LocalText>, request: WebRequest): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([name, text]) => [name, text[request.locale]]));
const valuesOf = (form: URLSearchParams): FormState['values'] =>
  Object.fromEntries([...form].filter(([name]) => name !== '_csrf'));

/** Procedures to choose from: found by words, or those that this counter receives. */
async function choose(request: WebRequest): Promise<Reply> {
  const { reader, actor, now, locale } = request;
  const day = localDate(now);
  const text = (request.query.get('tim') ?? '').normalize('NFC').trim().slice(0, 100);
  if (text === '') {
    const offers = await offersByUnitLine(reader, actor, day);
    return page(<ChooseProcedurePage text="" rows={offers.map((offer) => ({ code: offer.code, name: offer.name }))} />);
  }
  const hits = (await search(reader, { query: text, locale, kinds: [procedureDocumentKind], limit: 30 })).hits;
  const codes = [...new Set(hits.map((hit) => hit.refId))];
  const found = new Map((await listCurrentByCode(reader, codes, day)).map((row) => [row.code, row]));
  const rows = codes.flatMap((code) => (found.has(code) ? [{ code, name: found.get(code)!.name }] : []));
  return page(<ChooseProcedurePage text={text} rows={rows} />);
}

async function procedureAndOffers(request: WebRequest): Promise<{ procedure: Procedure; offers: Offer[] }> {
  const day = localDate(request.now);
  const procedure = await findProcedure(request.reader, request.params['code'] ?? '', day);
  if (!procedure) throw problem(procedureNotFound);
  return { procedure, offers: await offersFor(request.reader, procedure.id, day) };
}

/** Who is competent; the offer of the clerk's own counter stands first. */
async function choicesOf(request: WebRequest, offers: readonly Offer[]): Promise<OfferChoice[]> {
  const names = await namesOf(
    request.reader,
    offers.map((offer) => offer.unitId),
    localDate(request.now),
  );
  const own = (offer: Offer): boolean =>
    offer.receivingUnitId === request.actor.unitId || offer.unitId === request.actor.unitId;
  return offers
    .toSorted(
      (a, b) =>
        Number(own(b)) - Number(own(a)) ||
        (names.get(a.unitId)?.nameVi ?? '').localeCompare(names.get(b.unitId)?.nameVi ?? '', 'vi'),
    )
    .map((offer) => {
      const unit = names.get(offer.unitId);
      return { value: offer.id, vi: unit?.nameVi ?? '', en: unit?.nameEn || (unit?.nameVi ?? '') };
    });
}

/** What is known of somebody by their number: from an account, or from an earlier dossier that the clerk may see. */
async function known(request: WebRequest, identity: string): Promise<FormState['values']> {
  const number = normaliseIdentityNumber(identity) ?? normaliseTaxCode(identity);
  if (number === null) return { identity };
  const account = await findApplicantAccount(request.reader, number);
  if (account)
    return {
      identity: number,
      name: account.name,
      kind: account.kind === 'business' ? 'business' : 'citizen',
      found: 'account',
    };
  const [earlier] = await searchDossiers(
    request.reader,
    await unitsInReach(request.reader, request.actor, request.now),
    number,
  );
  return earlier
    ? { identity: number, name: earlier.applicantName, found: 'dossier' }
    : { identity: number, found: 'nobody' };
}

async function applicant(request: WebRequest): Promise<Reply> {
  const { procedure, offers } = await procedureAndOffers(request);
  const identity = (request.query.get('so') ?? '').trim().slice(0, 20);
  const values = identity === '' ? {} : await known(request, identity);
  if (values['found'] === 'account' || values['found'] === 'dossier')
    await request.command(async (tx) =>
      publish(tx, personLookedUp, {
        subject: { kind: 'procedure', id: procedure.id },
        payload: { numberEnd: identity.slice(-4) },
      }),
    );
  return page(
    <ApplicantPage procedure={procedure} offers={await choicesOf(request, offers)} form={freshForm(values)} />,
  );
}

async function begin(request: WebRequest): Promise<Reply> {
  const { procedure, offers } = await procedureAndOffers(request);
  const form = await request.form();
  const { errors, facts } = readApplicant(form, {
    identity: normaliseIdentityNumber,
    taxCode: normaliseTaxCode,
    phone: normalisePhone,
    email: normaliseEmail,
  });
  const offer = offers.find((each) => each.id === form.get('offerId'));
  if (!offer) errors['offerId'] = { vi: 'Hãy chọn cơ quan giải quyết', en: 'Choose the competent body' };
  if (!offer || Object.keys(errors).length > 0)
    return page(
      <ApplicantPage
        procedure={procedure}
        offers={await choicesOf(request, offers)}
        form={{ values: valuesOf(form), errors: inLocale(errors, request) }}
      />,
      { status: 422 },
    );
  const account = facts.identity === null ? undefined : await findApplicantAccount(request.reader, facts.identity);
  const accountId = account && account.name.toLowerCase() === facts.name.toLowerCase() ? account.id : null;
  const intakeId = await request.command((tx) =>
    beginIntake(tx, request.actor, { procedure, offer, facts: { ...facts, accountId } }),
  );
  return seeOther(
    request.href(procedure.formVersionId ? paths.counterForm({ intakeId }) : paths.counterPapers({ intakeId })),
  );
}

async function booksOf(request: WebRequest, intakeId: string, definition: FormDefinition | null): Promise<Books> {
  const files = new Map(
    (await listFilesByOwner(request.reader, 'intake', intakeId)).map((row) => [
      row.id,
      { id: row.id, name: row.fileName, kind: row.kind, sizeBytes: row.sizeBytes },
    ]),
  );
  return {
    addresses: await loadAddressBook(),
    options: await loadOptionBook(request.reader, definition),
    files: { find: (id) => files.get(id) },
  };
}

interface FormStage {
  intake: OpenIntake;
  draft: Draft;
  definition: FormDefinition;
  pageId: string;
  books: Books;
}

async function stageOf(request: WebRequest): Promise<FormStage> {
  const intake = await openIntake(request.reader, request.actor, request.params['intakeId'] ?? '', request.now);
  if (intake.dossierId !== null) throw problem(notFound);
  const draft = await draftOf(request.reader, request.actor, intake, request.now);
  if (!draft) throw problem(notFound);
  const { definition } = await getFormVersion(request.reader, draft.formVersionId);
  const pageId = request.params['page'] || (definition.ui.pages[0]?.id ?? '');
  if (!definition.ui.pages.some((each) => each.id === pageId)) throw problem(notFound);
  return { intake, draft, definition, pageId, books: await booksOf(request, intake.id, definition) };
}

function formPage(
  request: WebRequest,
  stage: FormStage,
  again?: { parsed: ParsedPost; errors: readonly FormError[] },
): Reply {
  const { intake, definition, pageId, draft, books } = stage;
  const at = definition.ui.pages.findIndex((each) => each.id === pageId);
  const name =
    request.locale === 'en' ? (intake.procedure.name.en ?? intake.procedure.name.vi) : intake.procedure.name.vi;
  const before = definition.ui.pages[at - 1];
  return page(
    <WorkspaceLayout
      title={definition.ui.pages[at]!.title[request.locale]}
      heading={false}
      backPath={
        before
          ? paths.counterForm({ intakeId: intake.id, page: before.id })
          : paths.counterProcedure({ code: intake.procedure.code })
      }
      hasErrors={(again?.errors.length ?? 0) > 0}
    >
      {renderFormPage({
        definition,
        pageId,
        values: again?.parsed.values ?? draft.values,
        locale: request.locale,
        surroundings: { today: localDate(request.now) },
        books,
        prefilled: prefilledBy(intake.facts),
        errors: again?.errors,
        typed: again?.parsed.typed,
        revealed: again?.parsed.revealed,
        action: paths.counterForm({ intakeId: intake.id, page: pageId }),
        caption: `${name} · ${intake.facts.name}`,
        hidden: { version: String(draft.version) },
        canSave: false,
      })}
      <p class="govuk-body">
        <Link to={paths.counterHandoff({ intakeId: intake.id })}>{intakeWords.in(request.locale).handOver}</Link>
      </p>
    </WorkspaceLayout>,
    { status: again && again.errors.length > 0 ? 422 : 200 },
  );
}

const showForm = async (request: WebRequest): Promise<Reply> => formPage(request, await stageOf(request));

async function postForm(request: WebRequest): Promise<Reply> {
  const stage = await stageOf(request);
  const { intake, draft, definition, pageId, books } = stage;
  const { form } = await readUploads(request);
  const circumstances = { today: localDate(request.now), books, versionId: draft.formVersionId };
  const parsed = parseFormPost(definition, pageId, form, draft.values, circumstances, prefilledBy(intake.facts));
  const version = /^\d{1,9}$/.test(form.get('version') ?? '') ? Number(form.get('version')) : draft.version;
  await request.command((tx) =>
    saveDraft(tx, {
      id: draft.id,
      owner: owner(request),
      expectedVersion: version,
      values: parsed.values,
      page: pageId,
    }),
  );
  const fresh = { ...stage, draft: { ...draft, values: parsed.values, version: version + 1 } };
  if (parsed.command.kind !== 'continue' || parsed.errors.length > 0 || parsed.revealed.length > 0)
    return formPage(request, fresh, { parsed, errors: parsed.errors });
  const next = pageAfter(definition, journeyOf(definition, parsed.values, circumstances), pageId);
  return seeOther(
    request.href(
      next ? paths.counterForm({ intakeId: intake.id, page: next }) : paths.counterPapers({ intakeId: intake.id }),
    ),
  );
}

async function papersPage(
  request: WebRequest,
  intake: OpenIntake,
  form: FormState | null,
  status = 200,
): Promise<Reply> {
  const { reader, now } = request;
  const terms = await termsOf(reader, intake.procedure, intake.offer, intake.facts.channel, now);
  const names = await namesOf(
    reader,
    [intake.offer.unitId, receivingUnitOf(request.actor, intake.offer)],
    localDate(now),
  );
  const channel =
    intake.procedure.content.channels?.find((each) => each.kind === intake.facts.channel) ??
    intake.procedure.content.channels?.[0];
  const fees = (channel?.fees ?? [])
    .slice(0, 3)
    .map((fee) => ({ name: fee.name?.vi ?? (fee.kind === 'fee' ? 'Lệ phí' : 'Phí'), amountDong: fee.amountDong }));
  const files = new Map((await listFilesByOwner(reader, 'intake', intake.id)).map((row) => [row.id, row.fileName]));
  return page(
    <IntakePapersPage
      intake={intake}
      form={form ?? freshForm()}
      suggestedFees={fees}
      fileNames={files}
      appointment={await previewAppointment(reader, { terms, competentUnitId: intake.offer.unitId }, now)}
      competent={names.get(intake.offer.unitId)?.nameVi ?? ''}
      receiving={names.get(receivingUnitOf(request.actor, intake.offer))?.nameVi ?? ''}
    />,
    { status },
  );
}

async function showPapers(request: WebRequest): Promise<Reply> {
  const intake = await openIntake(request.reader, request.actor, request.params['intakeId'] ?? '', request.now);
  if (intake.dossierId !== null) return seeOther(request.href(paths.dossier({ id: intake.dossierId })));
  return papersPage(request, intake, null);
}

async function postPapers(request: WebRequest): Promise<Reply> {
  const { form, uploads, refused } = await readUploads(request);
  const intake = await openIntake(request.reader, request.actor, request.params['intakeId'] ?? '', request.now);
  if (intake.dossierId !== null)
    return seeOther(request.href(paths.dossier({ id: intake.dossierId }, { xong: 'receive' })));
  const scanned = new Set([...uploads.keys()].map((field) => field.replace(/-file$/, '')));
  const marked = {
    ...intake.facts,
    papers: intake.facts.papers.map((paper) =>
      scanned.has(paper.key) ? { ...paper, fileId: paper.fileId ?? 'new' } : paper,
    ),
  };
  const read = readPapers(form, marked, parseDong);
  const papers = read.papers.map((paper) => (paper.fileId === 'new' ? { ...paper, fileId: null } : paper));
  const facts = await request.command((tx) =>
    keepPapers(tx, request.actor, intake.id, { papers, fees: read.fees }, uploads),
  );
  const errors = { ...read.errors, ...refused };
  if (Object.keys(errors).length > 0)
    return papersPage(
      request,
      { ...intake, facts },
      { values: valuesOf(form), errors: inLocale(errors, request) },
      422,
    );
  const draft = await draftOf(request.reader, request.actor, intake, request.now);
  const answered = draft ? await getFormVersion(request.reader, draft.formVersionId) : null;
  const books = await booksOf(request, intake.id, answered?.definition ?? null);
  try {
    const { dossierId } = await request.command((tx) =>
      finishIntake(tx, request.actor, request.config, intake.id, books),
    );
    return seeOther(request.href(paths.dossier({ id: dossierId }, { xong: 'receive' })));
  } catch (error) {
    if (!isProblem(error) || error.definition.status !== 422) throw error;
    const found = (error.details['errors'] ?? []) as FormError[];
    const list =
      found.length > 0
        ? Object.fromEntries(found.map((each) => [`to-khai-${each.at}`, each.message[request.locale]]))
        : { papers: error.definition.title[request.locale] };
    return papersPage(request, { ...intake, facts }, { values: valuesOf(form), errors: list }, 422);
  }
}

/** Taking in a dossier from a person at the counter: procedure, applicant, e-form, papers and fee, received at once. */
export function intakeRoutes(web: Web): void {
  web.get(paths.counter, { access }, (request) => movedTo(request.href(paths.counterIntake())));
  web.get(paths.counterIntake, { access }, choose);
  web.get(paths.counterProcedure, { access }, applicant);
  web.post(paths.counterProcedure, { access }, begin);
  web.get(paths.counterForm, { access }, showForm);
  web.post(paths.counterForm, { access }, postForm);
  web.get(paths.counterPapers, { access }, showPapers);
  web.post(paths.counterPapers, { access }, postPapers);
}
