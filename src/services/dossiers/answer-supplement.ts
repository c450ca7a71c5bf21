import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import type { Dossier } from './dossier.ts';
import { nothingAnswered, unknownPaper } from './dossier-problems.ts';
import { performAct, type DossierReference } from './perform-act.ts';
import { resumed } from './request-supplement.ts';
import type { PaperInput } from './submission.ts';
import { answerOpenSupplement, insertPapers, listPaperIds } from './supplement-queries.ts';

/** One answer of the form that changed, as engines/forms `diffSubmissions` gives it. */
export interface AnswerChange {
  at: string;
  kind: 'added' | 'removed' | 'changed';
  before?: unknown;
  after?: unknown;
}

export interface SupplementAnswer extends DossierReference {
  papers: readonly (PaperInput & { replacesPaperId?: string | null })[];
  formSubmissionId: string | null;
  changes: readonly AnswerChange[];
  remark: string | null;
}

/**
 * Hands in what was asked for: the dossier goes back to where it was, to the same official. New papers are kept beside the
 * ones they replace, and changed answers are listed, so that the official sees what is new.
 * @throws nothingAnswered, unknownPaper, actNotPossible, staleVersion, forbidden
 */
export function answerSupplement(tx: Tx, actor: Actor, input: SupplementAnswer): Promise<Dossier> {
  const remark = input.remark?.trim() || null;
  if (input.papers.length === 0 && input.changes.length === 0 && remark === null) throw problem(nothingAnswered);
  return performAct(tx, actor, 'answerSupplement', input, async (dossier) => {
    const known = new Set(await listPaperIds(tx, dossier.id));
    if (input.papers.some((paper) => paper.replacesPaperId && !known.has(paper.replacesPaperId)))
      throw problem(unknownPaper);
    const round = await answerOpenSupplement(tx, dossier.id, {
      answeredBy: actor.label,
      formSubmissionId: input.formSubmissionId,
      changes: input.changes,
      remark,
    });
    await insertPapers(
      tx,
      dossier.id,
      round,
      input.papers.map((paper) => ({ ...paper, id: newId() })),
    );
    return {
      dossier: await resumed(tx, dossier, 'supplement'),
      remark,
      details: { round, papers: input.papers.length, changes: input.changes.length },
    };
  });
}
