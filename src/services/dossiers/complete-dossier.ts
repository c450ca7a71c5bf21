import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { formatResultCode } from '../../foundation/rules/index.ts';
import { inTurn, type Dossier } from './dossier.ts';
import { isOnTime, tick } from './dossier-clock.ts';
import { approvalMissing, reasonMissing, stepNotStarted, stepsOpen } from './dossier-problems.ts';
import { performAct, type DossierReference } from './perform-act.ts';
import { insertResult } from './result-queries.ts';

export interface ResultInput extends DossierReference {
  /** A refusal to grant is a result too (NĐ 61/2018 Đ19.8). */
  outcome: 'granted' | 'refused';
  title: string;
  remark: string | null;
  fileId: string | null;
}

/**
 * Enters the result (state 9): it gets its code `…-KQ(n)`, the clock ends, and whether it is on time is settled for good.
 * The dossier goes to the place of receipt to be handed over.
 * @throws stepsOpen, stepNotStarted, approvalMissing while steps are missing; reasonMissing for a refusal without one; staleVersion, forbidden
 */
export function completeDossier(tx: Tx, actor: Actor, input: ResultInput): Promise<Dossier> {
  if (input.title.trim() === '' || (input.outcome === 'refused' && !input.remark?.trim())) throw problem(reasonMissing);
  return performAct(tx, actor, 'complete', input, async (dossier) => {
    const finished = finishLastStep(dossier, tx.now, actor.label);
    const code = await insertResult(tx, dossier.id, (n) => formatResultCode(dossier.code!, n), {
      ...input,
      by: actor.label,
    });
    return {
      dossier: inTurn({
        ...finished,
        finishedAt: tx.now,
        isOnTime: isOnTime(dossier, tx.now),
        clock: tick(dossier.clock, 'finish', tx.now),
        currentStep: null,
        stepDueAt: null,
      }),
      remark: input.remark?.trim() || null,
      details: { result: code, outcome: input.outcome },
    };
  });
}

/** All steps done, the last one with this act if it is going on. */
function finishLastStep(dossier: Dossier, now: Date, by: string): Dossier {
  const open = dossier.steps.filter((step) => step.finishedAt === null);
  if (open.length > 1) throw problem(stepsOpen);
  const [last] = open;
  if (!last) return dossier;
  if (last.kind === 'approve') throw problem(approvalMissing);
  if (last.startedAt === null) throw problem(stepNotStarted);
  const steps = dossier.steps.map((step) =>
    step === last ? { ...step, finishedAt: now, finishedBy: by, outcome: 'done' as const } : step,
  );
  return { ...dossier, steps };
}
