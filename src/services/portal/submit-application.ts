import { handFilesTo, listFilesByOwner, removeFiles } from '../../foundation/files/index.ts';
import { defineMessage, notify } from '../../foundation/notifications/index.ts';
import { diffSubmissions, fileIdsIn, submitForm, type FormError } from '../../engines/forms/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Tx } from '../../platform/database.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { answerSupplement, submitDossier, termsOf, type PaperInput } from '../dossiers/index.ts';
import { isValidOn, offerNotFound } from '../procedures/index.ts';
import { missingPapers, type PaperSlot } from './application.ts';
import { applicationExpired, applicationNotFound } from './application-problems.ts';
import { deleteAllPapers, lockApplication, updateSubmitted } from './application-queries.ts';
import { addressIn, answerTo } from './known-facts.ts';
import { accountOf, draftOwner, readApplication, type OpenApplication } from './open-application.ts';

const handedInForYou = defineMessage<'who' | 'procedure'>(
  'portal.handed-in-for-you',
  {
    vi: {
      subject: '{who} đã nộp hồ sơ thay bạn',
      body: '{who} đã nộp hồ sơ “{procedure}” thay bạn theo ủy quyền. Mở hồ sơ để xem; nếu không đúng, bạn có thể rút hồ sơ và rút ủy quyền.',
    },
    en: {
      subject: '{who} has applied for you',
      body: '{who} has applied for “{procedure}” for you under a mandate. Open the dossier to look at it; if it is wrong you can withdraw both.',
    },
  },
  { kind: 'safety' },
);

export type SubmitOutcome =
  | { kind: 'sent'; dossierId: string; isNew: boolean }
  /** Something is still missing: the page before is shown again. */
  | { kind: 'incomplete'; errors: FormError[]; papers: PaperSlot[]; needsDelivery: boolean; isEmpty: boolean };

/**
 * Sends an application: form, papers and dossier in one transaction. Its row is locked first, so that one application sent any number of
 * times, at once or later, is one dossier and the same acknowledgement.
 * @throws applicationNotFound, applicationExpired, offerNotFound
 */
export async function submitApplication(tx: Tx, config: Config, actor: Actor, id: string): Promise<SubmitOutcome> {
  const account = accountOf(actor);
  const application = isId(id) ? await lockApplication(tx, id, account.id) : undefined;
  if (!application) throw problem(applicationNotFound);
  if (application.submittedAt && application.dossierId)
    return { kind: 'sent', dossierId: application.dossierId, isNew: false };
  if (application.expiresAt <= tx.now) throw problem(applicationExpired);
  const open = await readApplication(tx, config, actor, application, tx.now);
  const gaps = gapsOf(open);
  if (gaps) return gaps;
  const dossierId =
    application.purpose === 'supplement'
      ? await sendSupplement(tx, actor, open)
      : await sendFirst(tx, config, actor, open);
  const handed = namedFiles(open);
  const files = (await listFilesByOwner(tx, 'application', application.id)).map((file) => file.id);
  await deleteAllPapers(tx, application.id);
  await handFilesTo(
    tx,
    files.filter((id) => handed.has(id)),
    { kind: 'dossier', id: dossierId },
  );
  // What was taken away again on the way is no part of the dossier.
  await removeFiles(
    tx,
    files.filter((id) => !handed.has(id)),
  );
  await updateSubmitted(tx, application.id, dossierId);
  return { kind: 'sent', dossierId, isNew: true };
}

/** The files that papers and settled answers name. */
const namedFiles = ({ slots, form, journey }: OpenApplication): Set<string> =>
  new Set([
    ...slots.flatMap((slot) => slot.files.map((file) => file.fileId)),
    ...(form && journey ? fileIdsIn(form.definition, journey.values) : []),
  ]);

/** What still stands in the way of sending, or null. */
export function gapsOf(open: OpenApplication): Extract<SubmitOutcome, { kind: 'incomplete' }> | null {
  const isSupplement = open.application.purpose === 'supplement';
  const errors = open.journey?.pages.flatMap((page) => page.errors) ?? [];
  const papers = missingPapers(open.slots);
  const needsDelivery = !isSupplement && open.application.delivery === null;
  const isEmpty =
    isSupplement &&
    open.slots.every((slot) => slot.files.length === 0) &&
    changesOf(open).length === 0 &&
    !open.application.remark;
  if (errors.length === 0 && papers.length === 0 && !needsDelivery && !isEmpty) return null;
  return { kind: 'incomplete', errors, papers, needsDelivery, isEmpty };
}

/** Answers that a supplement changes. */
export const changesOf = ({ form, before, journey }: OpenApplication) =>
  form && before && journey ? diffSubmissions(form.definition, before, journey.values) : [];

async function submitAnswers(tx: Tx, actor: Actor, open: OpenApplication): Promise<string | null> {
  const { form, draft, circumstances, prefilled } = open;
  if (!form || !draft) return null;
  const submission = await submitForm(tx, {
    formVersionId: form.id,
    values: draft.values,
    prefilled,
    draft: { id: draft.id, owner: draftOwner(actor) },
    ...(circumstances.context ? { context: circumstances.context } : {}),
    ...(circumstances.books ? { books: circumstances.books } : {}),
  });
  return submission.id;
}

/** One line of the checklist per file; several files of one paper are numbered. */
function papersOf(slots: readonly PaperSlot[]): (PaperInput & { replacesPaperId: string | null })[] {
  return slots.flatMap((slot) =>
    slot.files.map((file, index) => ({
      componentCode: slot.componentCode,
      name: slot.files.length > 1 ? `${slot.name.vi} (${index + 1})` : slot.name.vi,
      fileId: file.fileId,
      originals: 0,
      copies: 0,
      isElectronic: true,
      isFromDataStore: file.isFromStore,
      replacesPaperId: index === 0 ? slot.replacesPaperId : null,
    })),
  );
}

async function sendFirst(tx: Tx, config: Config, actor: Actor, open: OpenApplication): Promise<string> {
  const { application, applicant, procedure, offer, known, form, journey } = open;
  if (!offer || !isValidOn(offer, localDate(tx.now))) throw problem(offerNotFound);
  const values = journey?.values ?? {};
  const answered = (...sources: Parameters<typeof answerTo>[2]) => answerTo(form?.definition ?? null, values, sources);
  const formSubmissionId = await submitAnswers(tx, actor, open);
  const sent = await submitDossier(
    tx,
    actor,
    {
      key: application.id,
      procedureId: procedure.id,
      procedureVersionId: procedure.versionId,
      offerId: offer.id,
      terms: await termsOf(tx, procedure, offer, 'online', tx.now),
      formSubmissionId,
      applicant: {
        kind: applicant.kind,
        accountId: applicant.accountId,
        name: known.name,
        identity: known.identity,
        phone: answered('person.phone', 'business.phone') ?? known.phone,
        email: answered('person.email', 'business.email') ?? known.email,
        address:
          addressIn(form?.definition ?? null, values, open.circumstances.books?.addresses, open.circumstances.today) ??
          application.deliveryAddress,
        // A member of a business is named too: the record says which person handed it in.
        submitterName: applicant.delegationId === null && !actor.personId ? null : actor.label,
        submitterAccountId: applicant.delegationId === null ? (actor.personId ?? null) : application.accountId,
        delegationId: applicant.delegationId,
      },
      channel: 'online',
      delivery: application.delivery ?? 'counter',
      deliveryAddress: application.deliveryAddress,
      supportUnitId: null,
      receivingUnitId: offer.receivingUnitId,
      competentUnitId: offer.unitId,
      papers: papersOf(open.slots),
      contentDigest: application.id,
    },
    config.secret,
  );
  if (applicant.delegationId !== null && applicant.accountId !== null)
    await notify(tx, {
      recipient: { kind: 'account', id: applicant.accountId },
      template: handedInForYou,
      values: { who: actor.label, procedure: procedure.name.vi },
      about: { kind: 'dossier', id: sent.dossierId },
      link: paths.myDossier({ id: sent.dossierId }),
      key: `portal.handed-in-for-you/${sent.dossierId}`,
    });
  return sent.dossierId;
}

async function sendSupplement(tx: Tx, actor: Actor, open: OpenApplication): Promise<string> {
  const dossierId = open.application.dossierId ?? '';
  const changes = changesOf(open);
  const formSubmissionId = changes.length > 0 ? await submitAnswers(tx, actor, open) : null;
  await answerSupplement(tx, actor, {
    dossierId,
    version: null,
    papers: papersOf(open.slots),
    formSubmissionId,
    changes,
    remark: open.application.remark,
  });
  return dossierId;
}
