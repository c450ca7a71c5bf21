import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import type { Books, Prefilled } from './books.ts';
import type { Values } from './definition.ts';
import type { Surroundings } from './evaluate-form.ts';
import { draftNotFound, incompleteForm, submissionNotFound } from './form-problems.ts';
import {
  deleteDraft,
  findSubmission,
  insertSubmission,
  insertSubmissions,
  type Owner,
  type Submission,
} from './form-queries.ts';
import { applyPrefill } from './prefill.ts';
import { recordVisit } from './figures/record-visit.ts';
import { digestOf, getFormVersion } from './publish-form.ts';
import { closeSigning, demandSigned } from './signing/sign-form.ts';
import { answersDigest, signersOf } from './signing/signers.ts';
import { validateAnswers } from './validate-answers.ts';

/**
 * Judges the whole form on the server and stores it, pinned to its version: hidden answers are dropped, calculations redone, locked
 * values taken from their source again. With `draft` that draft is gone afterwards; a second submission of it throws
 * `draftNotFound`, so that nothing is submitted twice. Throws `incompleteForm` with the errors, `notSignedYet` while
 * a form of several signers is not confirmed by all of them as it stands. Writes no event: the dossier it becomes
 * part of does, with the id.
 */
export async function submitForm(
  tx: Tx,
  input: {
    formVersionId: string;
    values: Values;
    context?: Surroundings['context'];
    books?: Books;
    prefilled?: Prefilled;
    draft?: { id: string; owner: Owner };
  },
): Promise<Submission> {
  const { definition } = await getFormVersion(tx, input.formVersionId);
  const given = input.prefilled ? applyPrefill(definition, input.values, input.prefilled, 'locked') : input.values;
  const judged = validateAnswers(definition, given, {
    today: localDate(tx.now),
    versionId: input.formVersionId,
    ...(input.context ? { context: input.context } : {}),
    ...(input.books ? { books: input.books } : {}),
  });
  if (judged.errors.length > 0) throw problem(incompleteForm, { errors: judged.errors });
  const needed = signersOf(definition, judged.values, { today: localDate(tx.now) });
  // At the counter everybody stands there with their papers; online all have to have confirmed these very answers.
  if (needed.length > 0 && input.draft && input.draft.owner.kind !== 'official')
    await demandSigned(tx, { draftId: input.draft.id, digest: answersDigest(definition, judged.values) });
  if (input.draft && !(await deleteDraft(tx, input.draft.id, input.draft.owner))) throw problem(draftNotFound);
  const submission = {
    id: newId(),
    formVersionId: input.formVersionId,
    values: judged.values,
    digest: digestOf(judged.values),
  };
  await insertSubmission(tx, submission);
  if (needed.length > 0 && input.draft) await closeSigning(tx, input.draft.id, submission.id);
  await recordVisit(tx, { formVersionId: input.formVersionId, page: '', outcome: 'sent' });
  return { ...submission, createdAt: tx.now };
}

/**
 * Stores answers of the past in bulk (the demonstration, records taken over from an older system): the caller answers for their being
 * right by their form.
 */
export const keepSubmissions = (tx: Tx, submissions: readonly Omit<Submission, 'digest'>[]): Promise<void> =>
  insertSubmissions(
    tx,
    submissions.map((each) => ({ ...each, digest: digestOf(each.values) })),
  );

/** A submission by its id. The caller has checked the right to read it. Throws `submissionNotFound`. */
export async function getSubmission(reader: Reader, id: string): Promise<Submission> {
  const found = await findSubmission(reader, id);
  if (!found) throw problem(submissionNotFound);
  return found;
}
