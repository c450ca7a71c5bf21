import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { forbidden, problem } from '../../platform/problems.ts';
import { dossierNotFound, unknownPaper } from './dossier-problems.ts';
import { findDossier } from './dossier-queries.ts';
import { hasRight, mayKnow } from './perform-act.ts';
import { updatePaperChecks, type PaperCheck } from './supplement-queries.ts';

/**
 * Writes down what a clerk found in the checklist: each paper accepted or not, and how many originals and copies came.
 * @throws unknownPaper when one is not of this dossier (then nothing is written), forbidden, dossierNotFound
 */
export async function checkPapers(
  tx: Tx,
  actor: Actor,
  input: { dossierId: string; checks: readonly PaperCheck[] },
): Promise<void> {
  const dossier = await findDossier(tx, input.dossierId);
  if (!dossier || !mayKnow(actor, dossier)) throw problem(dossierNotFound);
  if (!hasRight(actor, 'requestSupplement', dossier)) throw problem(forbidden);
  if ((await updatePaperChecks(tx, dossier.id, input.checks, actor.label)) !== input.checks.length)
    throw problem(unknownPaper);
}
