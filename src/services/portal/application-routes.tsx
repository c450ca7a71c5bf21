import {
  extensionsOf,
  grantUpload,
  previewAsked,
  sendFile,
  sendPreview,
  useUploads,
  type FileRow,
} from '../../foundation/files/index.ts';
import { notSignedYet, renderCheckAnswers } from '../../engines/forms/index.ts';
import { localDate } from '../../platform/clock.ts';
import { seeOther, page, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { freshForm } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import {
  expiryFrom,
  fileKindOf,
  limitsOf,
  missingPapers,
  replaceName,
  uploadName,
  type Delivery,
} from './application.ts';
import { findApplication, updateDelivery, updateRemark } from './application-queries.ts';
import { applicationNotFound } from './application-problems.ts';
import { factsOf, mustMove, openOf, perAccount, placeOf, unitNameOf } from './application-way.ts';
import { keepPapers } from './keep-papers.ts';
import { accountOf, applicationOwner, openApplicationFile, type OpenApplication } from './open-application.ts';
import { receiveForm } from '../../foundation/files/index.ts';
import { formPageRoutes } from './form-page-routes.tsx';
import { signingState } from './signer-routes.tsx';
import { storesOf, suggestionsFor } from './store-papers.ts';
import { takeInto } from './store-routes.tsx';
import { gapsOf, submitApplication } from './submit-application.ts';
import { submitOnline } from '../dossiers/index.ts';
import { isProblem, problem } from '../../platform/problems.ts';
import { isId } from '../../platform/ids.ts';
import { DeliveryPage, deliveryPageWords } from './views/delivery-page.tsx';
import { PapersPage } from './views/papers-page.tsx';
import { ReviewPage } from './views/review-page.tsx';

const beforePapers = (open: OpenApplication): string => {
  const last = open.journey?.pages.at(-1);
  if (open.application.purpose === 'supplement') return paths.myDossier({ id: open.application.dossierId ?? '' });
  return last ? paths.applicationPage({ draftId: open.application.id, page: last.id }) : paths.drafts();
};
const beforeDelivery = (open: OpenApplication): string =>
  open.slots.length > 0 ? paths.applicationPapers({ draftId: open.application.id }) : beforePapers(open);
const beforeReview = (open: OpenApplication): string =>
  open.application.purpose === 'submission'
    ? paths.applicationDelivery({ draftId: open.application.id })
    : paths.applicationPapers({ draftId: open.application.id });

async function papersPage(
  request: WebRequest,
  open: OpenApplication,
  errors: Record<string, string> = {},
  remark?: string,
  status = 200,
): Promise<Reply> {
  const { files } = open.procedure.content;
  const limits = limitsOf(files);
  const { kinds, maxBytes } = limits;
  const { reader, config, now } = request;
  const stores = await storesOf(reader, request.actor, open, now);
  const offered = await suggestionsFor(reader, config, stores, open.slots, limits);
  const owner = applicationOwner(open.application.id);
  return page(
    <PapersPage
      grant={grantUpload(request.config, request.actor, { owner, kinds, maxBytes }, request.now)}
      facts={factsOf(open)}
      code={open.procedure.code}
      slots={open.slots}
      limits={{ ...files, kinds: extensionsOf(files.accept.map(fileKindOf)) }}
      errors={errors}
      remark={remark ?? open.application.remark ?? ''}
      backPath={beforePapers(open)}
      offers={offered.bySlot}
      hasStore={offered.hasOwn}
      today={localDate(now)}
    />,
    { status },
  );
}

const paperWords = {
  vi: {
    missing: (name: string) => `Tải lên ít nhất một tệp: ${name}`,
    'too-many': (n: number) => `Cả hồ sơ được kèm tối đa ${n} tệp: gỡ bớt hoặc ghép các ảnh thành một tệp PDF`,
    'too-much': (n: number) => `Tổng dung lượng tối đa ${n} MB: gỡ bớt hoặc giảm độ phân giải`,
    remark: 'Lời nhắn dài tối đa 2.000 ký tự',
  },
  en: {
    missing: (name: string) => `Upload at least one file: ${name}`,
    'too-many': (n: number) => `At most ${n} files in all: remove some or join the pictures into one PDF`,
    'too-much': (n: number) => `At most ${n} MB in all: remove some or lower the resolution`,
    remark: 'The message may have 2,000 characters at most',
  },
};

async function sendPapers(request: WebRequest): Promise<Reply> {
  const open = await openOf(request);
  const limits = limitsOf(open.procedure.content.files);
  const keyOf = new Map(open.slots.map((slot) => [uploadName(slot.key), slot.key]));
  const { fields, files, refused } = await receiveForm(
    request,
    (field) => (keyOf.has(field) ? limits : null),
    applicationOwner(open.application.id),
  );
  const command = (fields.getAll('_do').at(-1) ?? 'continue').slice(0, 160);
  const remark = (fields.get('remark') ?? '').trim();
  const own = paperWords[request.locale];
  const errors: Record<string, string> = {};
  for (const [field, why] of refused) errors[keyOf.get(field) ?? ''] = why[request.locale];
  const isLong = remark.length > 2_000;
  const { id } = open.application;
  const overLimit = await request.command(async (tx) => {
    const left = await keepPapers(tx, {
      applicationId: id,
      accountId: accountOf(request.actor).id,
      slots: open.slots,
      uploads: files.map((file) => ({ key: keyOf.get(file.field) ?? '', blob: file.blob })),
      replaced: new Set(
        open.slots.filter((slot) => fields.get(replaceName(slot.key)) === 'yes').map((slot) => slot.key),
      ),
      removed: command.startsWith('remove:') ? [command.slice('remove:'.length)] : [],
      limits,
    });
    await useUploads(
      tx,
      files.flatMap(({ uploadId }) => uploadId ?? []),
    );
    if (open.application.purpose === 'supplement' && !isLong)
      await updateRemark(tx, id, remark || null, expiryFrom(tx.now));
    return left;
  });
  for (const [key, { reason }] of overLimit)
    errors[key] = own[reason](reason === 'too-many' ? limits.maxFiles : limits.maxTotalBytes / 1_000_000);
  // `take:<line>:<paper>`: after everything else of the form is kept.
  const [, key = '', paperId = ''] = command.startsWith('take:') ? command.split(':') : [];
  const slot = open.slots.find((each) => each.key === key);
  const takeError = slot && Object.keys(errors).length === 0 ? await takeInto(request, open, slot, paperId) : null;
  if (takeError) errors[key] = takeError;
  const now = await openOf(request);
  if (isLong) errors[''] = own.remark;
  if (command === 'continue')
    for (const slot of missingPapers(now.slots))
      errors[slot.key] ??= own.missing((request.locale === 'en' && slot.name.en) || slot.name.vi);
  if (Object.keys(errors).length > 0) return papersPage(request, now, errors, remark, 422);
  if (command === 'save') return seeOther(request.href(`${paths.drafts()}?da-luu=1`));
  if (command !== 'continue') return seeOther(request.href(paths.applicationPapers({ draftId: id })));
  const next =
    now.application.purpose === 'supplement' || now.application.delivery
      ? paths.applicationReview
      : paths.applicationDelivery;
  return seeOther(request.href(next({ draftId: id })));
}

const isDelivery = (text: string): text is Delivery => text === 'counter' || text === 'online' || text === 'post';

async function sendDelivery(request: WebRequest): Promise<Reply> {
  const open = await openOf(request);
  const own = deliveryPageWords.in(request.locale);
  const fields = await request.form();
  const delivery = fields.get('delivery') ?? '';
  const address = (fields.get('address') ?? '').trim();
  const errors: Record<string, string> = {};
  if (!isDelivery(delivery)) errors['delivery'] = own.choose;
  if (delivery === 'post' && address === '') errors['address'] = own.addressNeeded;
  if (address.length > 300) errors['address'] = own.addressLong;
  if (!isDelivery(delivery) || Object.keys(errors).length > 0) {
    const form = { values: { delivery, address: address.slice(0, 2_000) }, errors };
    return page(
      <DeliveryPage
        facts={factsOf(open)}
        form={form}
        unitName={unitNameOf(open, request.locale)}
        backPath={beforeDelivery(open)}
      />,
      { status: 422 },
    );
  }
  const { id } = open.application;
  await request.command((tx) =>
    updateDelivery(tx, id, delivery, delivery === 'post' ? address : null, expiryFrom(tx.now)),
  );
  return seeOther(request.href(paths.applicationReview({ draftId: id })));
}

/** A file of the answers: the application's own, or one handed in with the dossier before. */
const fileIn = ({ application, dossier, files }: OpenApplication, fileId: string): string =>
  dossier && !files.some((file) => file.id === fileId)
    ? paths.myDossierFile({ id: dossier.id, fileId })
    : paths.applicationFile({ draftId: application.id, fileId });

/** The page before sending. `gaps` are told after a refused sending only. */
async function reviewPage(
  request: WebRequest,
  open: OpenApplication,
  tried: { undeclared: boolean } | null,
): Promise<Reply> {
  const { locale } = request;
  const { form, journey, circumstances, application } = open;
  const gaps = tried ? gapsOf(open) : null;
  const answers =
    form && journey
      ? renderCheckAnswers({
          definition: form.definition,
          values: journey.values,
          locale,
          surroundings: circumstances,
          books: circumstances.books,
          prefilled: open.prefilled,
          filePath: (fileId) => fileIn(open, fileId),
          ...(gaps ? { errors: gaps.errors } : {}),
          changeHref: (pageId, control) =>
            `${paths.applicationPage({ draftId: application.id, page: pageId }, { ve: 'kiem-tra' })}#${control}`,
        })
      : null;
  return page(
    <ReviewPage
      facts={factsOf(open)}
      answers={answers}
      slots={open.slots}
      unitName={unitNameOf(open, locale)}
      delivery={application.delivery}
      deliveryAddress={application.deliveryAddress}
      remark={application.remark}
      backPath={beforeReview(open)}
      signing={await signingState(request, open)}
      gaps={
        tried
          ? {
              papers: gaps?.papers ?? [],
              needsDelivery: gaps?.needsDelivery ?? false,
              isEmpty: gaps?.isEmpty ?? false,
              undeclared: tried.undeclared,
            }
          : null
      }
    />,
    { status: tried ? 422 : 200 },
  );
}

async function send(request: WebRequest): Promise<Reply> {
  const id = request.params['draftId'] ?? '';
  const fields = await request.form();
  const known = isId(id) ? await findApplication(request.reader, id, accountOf(request.actor).id) : undefined;
  if (!known) throw problem(applicationNotFound);
  if (!known.submittedAt && fields.get('declare') !== 'yes')
    return reviewPage(request, await openOf(request), { undeclared: true });
  // Sent meanwhile by the same person's other click: the command below answers with what came of it.
  const open = known.submittedAt
    ? null
    : await openOf(request).catch((error: unknown) => {
        if (isProblem(error) && error.definition.status === 404) return null; // it, or its draft already
        throw error;
      });
  if (open && mustMove(open)) return seeOther(request.href(paths.applicationNewVersion({ draftId: id })));
  const outcome = await request
    .command((tx) => submitApplication(tx, request.config, request.actor, id))
    .catch((error: unknown) => {
      if (isProblem(error, notSignedYet)) return null;
      throw error;
    });
  if (outcome === null) return seeOther(request.href(paths.applicationSigners({ draftId: id })));
  if (outcome.kind === 'incomplete') return reviewPage(request, await openOf(request), { undeclared: false });
  return seeOther(
    request.href(
      known.purpose === 'supplement'
        ? `${paths.myDossier({ id: outcome.dossierId })}?da-bo-sung=1`
        : paths.applicationDone({ draftId: id }),
    ),
  );
}

const fileOf = (request: WebRequest): Promise<FileRow> =>
  openApplicationFile(request.reader, request.actor, request.params['draftId'] ?? '', request.params['fileId'] ?? '');

/** The way from a started application to sending it. */
export function applicationRoutes(web: Web): void {
  const person = { access: 'person' } as const;
  web.get(paths.application, person, async (request) => {
    const id = request.params['draftId'] ?? '';
    const known = isId(id) ? await findApplication(request.reader, id, accountOf(request.actor).id) : undefined;
    if (known?.submittedAt) return seeOther(request.href(paths.applicationDone({ draftId: id })));
    return seeOther(request.href(placeOf(await openOf(request))));
  });
  formPageRoutes(web);
  web.get(paths.applicationPapers, person, async (request) => papersPage(request, await openOf(request)));
  web.post(paths.applicationPapers, perAccount('papers', 300), sendPapers);
  web.get(paths.applicationFile, person, async (request) => sendFile(request, await fileOf(request)));
  web.get(paths.applicationFilePreview, person, async (request) =>
    sendPreview(request, await fileOf(request), previewAsked(request.query)),
  );
  web.get(paths.applicationDelivery, person, async (request) => {
    const open = await openOf(request);
    const form = freshForm({
      delivery: open.application.delivery ?? undefined,
      address: open.application.deliveryAddress ?? undefined,
    });
    return page(
      <DeliveryPage
        facts={factsOf(open)}
        form={form}
        unitName={unitNameOf(open, request.locale)}
        backPath={beforeDelivery(open)}
      />,
    );
  });
  web.post(paths.applicationDelivery, perAccount('delivery', 300), sendDelivery);
  web.get(paths.applicationReview, person, async (request) => reviewPage(request, await openOf(request), null));
  web.post(paths.applicationSubmit, { ...perAccount('submit', 200), act: submitOnline }, send);
}
