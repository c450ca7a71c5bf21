import {
  canPreview,
  getFile,
  listFilesByIds,
  listFilesByOwner,
  scanMarkOf,
  type FileRow,
} from '../../foundation/files/index.ts';
import { loadAddressBook, namesOf, type UnitName } from '../../foundation/organisations/index.ts';
import {
  applyPrefill,
  fileIdsIn,
  findCurrentForm,
  findEarlierLimit,
  getDraft,
  getFormVersion,
  loadOptionBook,
  getSubmission,
  journeyOf,
  type Books,
  type Circumstances,
  type Draft,
  type FormDefinition,
  type FormFile,
  type FormVersion,
  type Journey,
  type Owner,
  type Prefilled,
  type Values,
} from '../../engines/forms/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Reader } from '../../platform/database.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { openOwnDossier, type DossierFile } from '../dossiers/index.ts';
import { originInWords, originsOf } from '../paperstore/index.ts';
import { findOffer, findVersion, type Offer, type Procedure } from '../procedures/index.ts';
import type { Application, AttachedFile, PaperSlot } from './application.ts';
import { applicationExpired, applicationNotFound } from './application-problems.ts';
import { findApplication, listPapers, type PaperRow } from './application-queries.ts';
import { applicantOf, type Applicant } from './on-behalf.ts';
import { knownFacts, type KnownFacts } from './known-facts.ts';

/** Everything the pages of one application need. */
export interface OpenApplication {
  application: Application;
  procedure: Procedure;
  offer: Offer | null;
  unitNames: Map<string, UnitName>;
  /** The dossier that a supplement belongs to. */
  dossier: DossierFile | null;
  /** The answers handed in before, which a supplement changes. */
  before: Values | null;
  form: FormVersion | null;
  draft: Draft | null;
  known: KnownFacts;
  /** Whose application it is: the person's own, or of whoever they act for. */
  applicant: Applicant;
  prefilled: Prefilled;
  circumstances: Circumstances;
  journey: Journey | null;
  /** A later version of the form in force; `mayStay` says whether this one may still be sent, `until` up to which day. */
  newer: { form: FormVersion; mayStay: boolean; until: string | null } | null;
  slots: PaperSlot[];
  files: FileRow[];
}

/** Owner of a draft's files: those of the e-form and those of papers alike. */
export const applicationOwner = (id: string) => ({ kind: 'application', id });

/** The account as it owns drafts. @throws applicationNotFound for anybody who is no citizen or business */
export function accountOf(actor: Actor): { id: string; kind: 'citizen' | 'business'; name: string } {
  if ((actor.kind !== 'citizen' && actor.kind !== 'business') || !actor.accountId) throw problem(applicationNotFound);
  return { id: actor.accountId, kind: actor.kind, name: actor.label };
}
export const draftOwner = (actor: Actor): Owner => {
  const { id, kind } = accountOf(actor);
  return { id, kind };
};

/**
 * Reads an application that is not sent yet, for the person whose it is.
 * @throws applicationNotFound for everybody else and once it is sent (ask `findApplication` before), applicationExpired
 */
export async function openApplication(
  reader: Reader,
  config: Config,
  actor: Actor,
  id: string,
  now: Date,
): Promise<OpenApplication> {
  const account = accountOf(actor);
  const application = isId(id) ? await findApplication(reader, id, account.id) : undefined;
  if (!application || application.submittedAt) throw problem(applicationNotFound);
  if (application.expiresAt <= now) throw problem(applicationExpired);
  return readApplication(reader, config, actor, application, now);
}

/** The same for a row that has been read (and perhaps locked) already. */
export async function readApplication(
  reader: Reader,
  config: Config,
  actor: Actor,
  application: Application,
  now: Date,
): Promise<OpenApplication> {
  const today = localDate(now);
  const procedure = await findVersion(reader, application.procedureVersionId);
  if (!procedure) throw problem(applicationNotFound);
  const offer = application.offerId ? ((await findOffer(reader, application.offerId, today)) ?? null) : null;
  const dossier = application.dossierId ? await openOwnDossier(reader, actor, application.dossierId, now) : null;
  const draft = application.draftId ? await getDraft(reader, application.draftId, draftOwner(actor), now) : null;
  const form = draft ? await getFormVersion(reader, draft.formVersionId) : null;
  // One after the other: `reader` may be a transaction, which is one connection.
  const files = await listFilesByOwner(reader, 'application', application.id);
  const papers = await listPapers(reader, application.id);
  const addresses = await loadAddressBook();
  const applicant = await applicantOf(
    reader,
    actor,
    accountOf(actor),
    application.delegationId,
    procedure,
    dossier,
    now,
  );
  const known = await knownFacts(reader, config, applicant, now);
  const formSubmissionId = dossier && latestAnswersOf(dossier);
  const before = formSubmissionId ? (await getSubmission(reader, formSubmissionId)).values : null;
  const older = form && before ? await filesNamedIn(reader, form.definition, before) : [];
  const options = await loadOptionBook(reader, form?.definition ?? null);
  const all = [...files, ...older];
  const origins = await originsOf(
    reader,
    all.map((file) => file.id),
  );
  const books: Books = { addresses, options, files: { find: bookOf(all, origins) } };
  const circumstances: Circumstances = {
    today,
    context: { channel: 'online' },
    books,
    ...(form ? { versionId: form.id } : {}),
  };
  const units = [offer?.unitId, offer?.receivingUnitId, dossier?.receivingUnitId].filter((each) => each !== undefined);
  return {
    application,
    procedure,
    offer,
    unitNames: await namesOf(reader, units, today),
    dossier,
    before,
    form,
    draft,
    known,
    applicant,
    prefilled: known.prefilled,
    circumstances,
    journey:
      form && draft
        ? journeyOf(
            form.definition,
            applyPrefill(form.definition, draft.values, known.prefilled, 'locked'),
            circumstances,
          )
        : null,
    newer: form && application.purpose === 'submission' ? await newerForm(reader, form, today) : null,
    slots: slotsOf(procedure, dossier, attached(config, papers, files)),
    files,
  };
}

async function newerForm(reader: Reader, form: FormVersion, today: string): Promise<OpenApplication['newer']> {
  const current = await findCurrentForm(reader, form.code, today);
  if (!current || current.version <= form.version) return null;
  const until = await findEarlierLimit(reader, form, today);
  return { form: current, mayStay: until === null || today <= until, until };
}

/** Files as a form sees them, those taken from a store with their origin. */
export const bookOf = (files: readonly FileRow[], origins: Awaited<ReturnType<typeof originsOf>>) => {
  const byId = new Map(files.map((file) => [file.id, file]));
  return (id: string): FormFile | undefined => {
    const file = byId.get(id);
    const taken = origins.get(id);
    return (
      file && {
        id,
        name: file.fileName,
        kind: file.kind === 'jpeg' ? 'jpg' : file.kind,
        sizeBytes: file.sizeBytes,
        ...(taken ? { from: originInWords(taken) } : {}),
      }
    );
  };
};

/** The answers that hold now: those of the last supplement that changed any, else the first ones. */
export const latestAnswersOf = (dossier: DossierFile): string | null =>
  dossier.supplements.findLast((each) => each.formSubmissionId !== null)?.formSubmissionId ??
  dossier.applicant.formSubmissionId;

/** Files of answers handed in before: their ids stand in the values. */
export async function filesNamedIn(reader: Reader, definition: FormDefinition, values: Values): Promise<FileRow[]> {
  const ids = fileIdsIn(definition, values).filter(isId);
  return ids.length === 0 ? [] : listFilesByIds(reader, ids);
}

function attached(config: Config, papers: readonly PaperRow[], files: readonly FileRow[]): AttachedFile[] {
  const byId = new Map(files.map((file) => [file.id, file]));
  return papers.flatMap(({ id, paperKey, fileId, isFromStore }) => {
    const file = byId.get(fileId);
    return file
      ? [
          {
            id,
            paperKey,
            fileId,
            name: file.fileName,
            kind: file.kind,
            sizeBytes: file.sizeBytes,
            canPreview: canPreview(file),
            scanMark: scanMarkOf(config, file),
            isFromStore,
          },
        ]
      : [];
  });
}

/** What is asked for: the checklist of the procedure, or the lines of the open request for a supplement. */
function slotsOf(procedure: Procedure, dossier: DossierFile | null, files: readonly AttachedFile[]): PaperSlot[] {
  const of = (key: string) => files.filter((file) => file.paperKey === key);
  if (dossier)
    return openItems(dossier).map((item, index) => ({
      key: `item-${index}`,
      name: { vi: item.name },
      group: null,
      note: { vi: item.what },
      isRequired: false,
      template: null,
      replacesPaperId: item.paperId,
      componentCode: item.componentCode,
      files: of(`item-${index}`),
    }));
  return procedure.content.papers.flatMap((group) =>
    group.papers
      .filter((paper) => !paper.presentOnly)
      .map((paper) => ({
        key: paper.key,
        name: paper.name,
        group: group.title,
        note: paper.when,
        isRequired: paper.required,
        template: paper.template,
        replacesPaperId: null,
        componentCode: paper.key,
        files: of(paper.key),
      })),
  );
}

/** Lines of the request for a supplement that waits for an answer. */
export const openItems = (dossier: DossierFile) =>
  dossier.supplements.find((each) => each.answeredAt === null && each.cancelledAt === null)?.items ?? [];

/** A file of the application, for its owner only. @throws applicationNotFound */
export async function openApplicationFile(reader: Reader, actor: Actor, id: string, fileId: string): Promise<FileRow> {
  const application = isId(id) && isId(fileId) ? await findApplication(reader, id, accountOf(actor).id) : undefined;
  const file = application && (await getFile(reader, fileId));
  if (!file || file.ownerKind !== 'application' || file.ownerId !== id) throw problem(applicationNotFound);
  return file;
}

/** The e-form of a procedure as it is today; a version pins one, a later publication of the same form goes before it. */
export async function formVersionOf(reader: Reader, procedure: Procedure, today: string): Promise<string | null> {
  if (procedure.formVersionId === null) return null;
  const pinned = await getFormVersion(reader, procedure.formVersionId);
  return (await findCurrentForm(reader, pinned.code, today))?.id ?? pinned.id;
}
