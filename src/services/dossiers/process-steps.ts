import { calendarOfUnit } from './calendar-of-unit.ts';
import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { currentStepOf, inTurn, type Dossier, type Step } from './dossier.ts';
import { withDeadlines } from './dossier-clock.ts';
import { approvalMissing, noStepBefore, reasonMissing, stepNotStarted } from './dossier-problems.ts';
import { performAct, type Change, type DossierReference } from './perform-act.ts';
import { listRunner } from './process-runner.ts';

type StepInput = DossierReference & { remark?: string | null };

/** The dossier with one of its steps changed. */
const withStep = (dossier: Dossier, position: number, change: Partial<Step>): Dossier => ({
  ...dossier,
  steps: dossier.steps.map((step) => (step.position === position ? { ...step, ...change } : step)),
});

/** The step that is going on. @throws stepNotStarted */
function runningStep(dossier: Dossier): Step {
  const step = currentStepOf(dossier);
  if (!step || step.startedAt === null || step.finishedAt !== null) throw problem(stepNotStarted);
  return step;
}

/**
 * Takes up the current step (state 4). Whoever starts it is its assignee when nobody was named.
 * @throws actNotPossible, stepNotStarted when there is no step, staleVersion, forbidden
 */
export function startStep(tx: Tx, actor: Actor, input: StepInput): Promise<Dossier> {
  return performAct(tx, actor, 'startStep', input, (dossier) => {
    const step = currentStepOf(dossier);
    if (!step || step.startedAt !== null) throw problem(stepNotStarted);
    const assigneePostId = step.assigneePostId ?? actor.postId ?? null;
    return {
      dossier: inTurn(withStep(dossier, step.position, { startedAt: tx.now, assigneePostId, outcome: null })),
      remark: input.remark?.trim() || null,
      details: { step: step.position },
    };
  });
}

/** Ends a step and hands the dossier on; after the last step it stays there until its result is entered. */
function passOn(
  tx: Tx,
  actor: Actor,
  dossier: Dossier,
  step: Step,
  outcome: 'done' | 'approved',
  remark: string | null,
): Change {
  const done = withStep(dossier, step.position, { finishedAt: tx.now, finishedBy: actor.label, outcome, remark });
  const next = listRunner.next(done.steps, step.position);
  const stepDueAt = done.steps.find((each) => each.position === next)?.dueAt ?? done.stepDueAt;
  return {
    dossier: next === null ? done : inTurn({ ...done, currentStep: next, stepDueAt }),
    remark,
    details: { step: step.position, next },
  };
}

/**
 * Ends the current step and hands the dossier to the next.
 * @throws stepNotStarted; approvalMissing when the step is an approval; actNotPossible, staleVersion, forbidden
 */
export function finishStep(tx: Tx, actor: Actor, input: StepInput): Promise<Dossier> {
  return performAct(tx, actor, 'finishStep', input, (dossier) => {
    const step = runningStep(dossier);
    if (step.kind === 'approve') throw problem(approvalMissing);
    return passOn(tx, actor, dossier, step, 'done', input.remark?.trim() || null);
  });
}

/**
 * Approves at an approval step and hands the dossier on. Whoever may approve need not press start first.
 * @throws stepNotStarted when the current step is no approval; actNotPossible, staleVersion, forbidden
 */
export function approveDossier(tx: Tx, actor: Actor, input: StepInput): Promise<Dossier> {
  return performAct(tx, actor, 'approve', input, (dossier) => {
    const step = currentStepOf(dossier);
    if (step?.kind !== 'approve' || step.finishedAt !== null) throw problem(stepNotStarted);
    const started =
      step.startedAt === null
        ? withStep(dossier, step.position, {
            startedAt: tx.now,
            assigneePostId: step.assigneePostId ?? actor.postId ?? null,
          })
        : dossier;
    return passOn(tx, actor, started, step, 'approved', input.remark?.trim() || null);
  });
}

/**
 * Sends the dossier back one step, with a reason, to the official who had it there.
 * @throws reasonMissing, noStepBefore, actNotPossible, staleVersion, forbidden
 */
export function sendBack(tx: Tx, actor: Actor, input: DossierReference & { reason: string }): Promise<Dossier> {
  const reason = input.reason.trim();
  if (reason === '') throw problem(reasonMissing);
  return performAct(tx, actor, 'sendBack', input, async (dossier) => {
    const position = dossier.currentStep ?? 0;
    const previous = listRunner.back(dossier.steps, position);
    if (previous === null) throw problem(noStepBefore);
    const reset = { startedAt: null, finishedAt: null, finishedBy: null, outcome: 'sent-back' as const };
    const back = withStep(withStep(dossier, position, { ...reset, outcome: null }), previous, {
      ...reset,
      remark: reason,
    });
    const calendar = await calendarOfUnit(tx, dossier.competentUnitId, tx.now);
    return {
      dossier: inTurn(withDeadlines({ ...back, currentStep: previous }, calendar)),
      remark: reason,
      details: { step: position, next: previous },
    };
  });
}
