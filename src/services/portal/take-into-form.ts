import { fileFieldAt, filesAt, getDraft, saveDraft, withFilesAt, type FileField } from '../../engines/forms/index.ts';
import { registerFile } from '../../foundation/files/index.ts';
import type { Actor } from '../../platform/access.ts';
import type { Config } from '../../platform/config.ts';
import type { Tx } from '../../platform/database.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { expiryFrom, fileKindOf } from './application.ts';
import { applicationNotFound } from './application-problems.ts';
import { lockApplication, updateExpiry } from './application-queries.ts';
import { accountOf, applicationOwner, draftOwner, type OpenApplication } from './open-application.ts';
import { takeFromStores, type OpenStore, type TakingPlace } from './store-papers.ts';

/** A file question of an application's form, with what it takes. */
export interface FileQuestion {
  pageId: string;
  at: string;
  field: FileField;
  place: TakingPlace;
}

/** What one file of a question may be. A page of a form never takes more than 64 MB at once. */
export const limitsOfField = (field: FileField): TakingPlace['limits'] => ({
  kinds: field.accept.map(fileKindOf),
  maxBytes: Math.min(field.maxMegabytes ?? 10, 64) * 1_000_000,
});

/** The file question at a place of a page; null when nothing there takes files, or its row is not there. */
export function fileQuestion(open: OpenApplication, pageId: string, at: string): FileQuestion | null {
  const field = open.form && open.draft ? fileFieldAt(open.form.definition, pageId, at) : undefined;
  if (!field || !open.draft || withFilesAt(open.draft.values, at, []) === null) return null;
  const about = `${open.procedure.name.vi}: ${field.label.vi}`;
  return { pageId, at, field, place: { asks: field.label.vi, about, limits: limitsOfField(field) } };
}

/**
 * Takes a stored paper for a file question: a file of the application, named in the draft. Where one file is wanted it takes the place of the
 * one before. False when the question has as many files as it may. @throws applicationNotFound, paperNotFound, paperNotAccepted
 */
export async function takeIntoForm(
  tx: Tx,
  config: Config,
  actor: Actor,
  open: OpenApplication,
  stores: readonly OpenStore[],
  { question, paperId }: { question: FileQuestion; paperId: string },
): Promise<boolean> {
  const application = await lockApplication(tx, open.application.id, accountOf(actor).id);
  if (!application?.draftId || application.submittedAt) throw problem(applicationNotFound);
  const draft = await getDraft(tx, application.draftId, draftOwner(actor), tx.now);
  const { at, field, pageId, place } = question;
  const max = field.maxFiles ?? 1;
  const present = filesAt(draft.values, at);
  if (max > 1 && present.length >= max) return false;
  const { fileId, blob } = await takeFromStores(tx, config, actor, open, stores, { place, paperId });
  const values = withFilesAt(draft.values, at, max === 1 ? [fileId] : [...present, fileId]);
  if (!values) throw problem(notFound);
  await registerFile(tx, blob, applicationOwner(application.id), fileId);
  await saveDraft(tx, {
    id: draft.id,
    owner: draftOwner(actor),
    expectedVersion: draft.version,
    values,
    page: pageId,
  });
  await updateExpiry(tx, application.id, expiryFrom(tx.now));
  return true;
}
