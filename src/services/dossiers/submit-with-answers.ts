import { registerFiles } from '../../foundation/files/index.ts';
import { loadAddressBook } from '../../foundation/organisations/index.ts';
import {
  getFormVersion,
  loadOptionBook,
  submitForm,
  validateAnswers,
  type Books,
  type FormError,
  type Values,
} from '../../engines/forms/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { defineProblem, problem } from '../../platform/problems.ts';
import { submitDossier, type PaperFile } from './submit-dossier.ts';
import type { Acknowledgement, SubmissionInput } from './submission.ts';

/* The answers of an e-form that come with a submission of a machine. They are judged by the same rules as those of the portal. */

/** Details: `errors`, each with the JSON pointer of the answer and the message in both languages. */
export const answersWrong = defineProblem({
  code: 'dossiers.answers-wrong',
  status: 422,
  title: {
    vi: 'Nội dung tờ khai điện tử chưa đủ hoặc chưa đúng',
    en: 'The answers of the e-form are not complete or not right',
  },
});
/** Leaves the transaction of a submission that had been sent before, so that its answers are not stored twice. */
const sentBefore = defineProblem({
  code: 'dossiers.sent-before',
  status: 409,
  title: { vi: 'Hồ sơ này đã được nộp trước đó', en: 'This dossier had been submitted before' },
});

export interface JudgedAnswers {
  formVersionId: string;
  values: Values;
  /** The values as they are stored: hidden answers dropped, calculations redone. */
  settled: Values;
  books: Books;
}

const CONTEXT = { channel: 'online' };
const NEEDED = {
  vi: 'Thủ tục này có tờ khai điện tử: gửi nội dung tờ khai trong answers',
  en: 'This procedure has an e-form: send its values in answers',
};
const NOT_EXPECTED = { vi: 'Thủ tục này không có tờ khai điện tử', en: 'This procedure has no e-form' };

/** `members.0.capital` with the part `commune` → `/answers/members/0/capital/commune`. */
export const pointerOf = ({ at, part }: Pick<FormError, 'at' | 'part'>): string =>
  ['/answers', ...at.split('.'), part ?? '']
    .filter((name) => name !== '')
    .map((name, index) => (index === 0 ? name : name.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');

const wrong = (errors: readonly FormError[]) =>
  problem(answersWrong, {
    errors: errors.slice(0, 200).map((error) => ({ pointer: pointerOf(error), message: error.message })),
  });

/**
 * Judges the answers that came with a submission, before anything is written. Null where none were sent and none are needed: the procedure
 * has no form, or the sender may hand in papers only.
 * @throws answersWrong with a pointer and a message in both languages for each field
 */
export async function judgeAnswers(
  reader: Reader,
  formVersionId: string | null,
  answers: Values | undefined,
  options: { paperOnly: boolean; now: Date },
): Promise<JudgedAnswers | null> {
  if (answers === undefined) {
    if (formVersionId !== null && !options.paperOnly) throw wrong([{ at: '', message: NEEDED }]);
    return null;
  }
  if (formVersionId === null) throw wrong([{ at: '', message: NOT_EXPECTED }]);
  const { definition } = await getFormVersion(reader, formVersionId);
  const books = { addresses: await loadAddressBook(), options: await loadOptionBook(reader, definition) };
  const { errors, values: settled } = validateAnswers(definition, answers, {
    today: localDate(options.now),
    versionId: formVersionId,
    context: CONTEXT,
    books,
  });
  if (errors.length > 0) throw wrong(errors);
  return { formVersionId, values: answers, settled, books };
}

/**
 * Writes a dossier with the answers of its form in one transaction. Sent again with the same key it gives the same acknowledgement and
 * writes nothing: `run` is called once, and what it began is undone.
 * @param run opens the transaction
 * @throws answersWrong, keyUsedForOther
 */
export async function submitWithAnswers(
  run: <R>(work: (tx: Tx) => Promise<R>) => Promise<R>,
  actor: Actor,
  input: SubmissionInput,
  answers: JudgedAnswers,
  files: readonly PaperFile[],
  installationSecret: string,
): Promise<Acknowledgement> {
  let before: Acknowledgement | null = null;
  try {
    return await run(async (tx) => {
      const { formVersionId, values, books } = answers;
      const form = await submitForm(tx, { formVersionId, values, books, context: CONTEXT });
      const sent = await submitDossier(tx, actor, { ...input, formSubmissionId: form.id }, installationSecret);
      if (!sent.isNew) {
        before = sent;
        throw problem(sentBefore);
      }
      const owner = { kind: 'dossier', id: sent.dossierId };
      await registerFiles(
        tx,
        files.map((file) => ({ ...file, owner, uploadedBy: actor.id ?? actor.label })),
      );
      return sent;
    });
  } catch (error) {
    if (before !== null) return before;
    throw error;
  }
}
