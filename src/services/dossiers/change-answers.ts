import { diffSubmissions, getFormVersion, getSubmission, submitForm, type Values } from '../../engines/forms/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { AnswerChange } from './answer-supplement.ts';
import { findLatestAnswers } from './supplement-queries.ts';
import { judgeAnswers } from './submit-with-answers.ts';

/**
 * The whole form anew, as a program sends it with a supplement: judged by the version that was filled in, compared with what was answered last,
 * and stored only where something differs. @throws answersWrong, with a pointer and a message in both languages for each field
 */
export async function changeAnswers(
  tx: Tx,
  dossierId: string,
  given: Values,
): Promise<{ formSubmissionId: string | null; changes: AnswerChange[] }> {
  const lastId = await findLatestAnswers(tx, dossierId);
  const last = lastId === null ? null : await getSubmission(tx, lastId);
  const judged = await judgeAnswers(tx, last?.formVersionId ?? null, given, { paperOnly: false, now: tx.now });
  if (!last || !judged) return { formSubmissionId: null, changes: [] };
  const { definition } = await getFormVersion(tx, last.formVersionId);
  const changes = diffSubmissions(definition, last.values, judged.settled);
  if (changes.length === 0) return { formSubmissionId: null, changes: [] };
  const { formVersionId, values, books } = judged;
  const stored = await submitForm(tx, { formVersionId, values, books, context: { channel: 'online' } });
  return { formSubmissionId: stored.id, changes };
}
