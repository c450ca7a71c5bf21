import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { completeDossier } from './complete-dossier.ts';
import { actNotPossible, currentStepOf, states, type Dossier } from './dossier.ts';
import { reasonMissing } from './dossier-problems.ts';
import type { DossierReference } from './perform-act.ts';
import { approveDossier, finishStep, startStep } from './process-steps.ts';
import { findDossier } from './dossier-queries.ts';
import { dossierNotFound } from './dossier-problems.ts';
import { receiveDossier } from './receive-dossier.ts';
import { returnResult } from './return-result.ts';
import { stopDossier } from './stop-dossier.ts';

/** Where a dossier stands in another system of the agency. */
export interface PushedState extends DossierReference {
  state: 2 | 4 | 8 | 9 | 10;
  remark?: string | null;
  reason?: string;
  legalBasis?: string;
  result?: { outcome: 'granted' | 'refused'; title: string; remark?: string | null };
  fileId: string | null;
  receivedBy?: string;
}

/**
 * Brings a dossier to where it stands in a line-of-business system: what lies between is done by the same acts as by hand, each with its
 * own right, its line in the history and its event. Nothing is done where it stands there already. Must run in one transaction.
 * @throws actNotPossible when the way does not lead there; reasonMissing when what the end needs was not sent; what the acts throw
 */
export async function pushState(tx: Tx, actor: Actor, input: PushedState): Promise<Dossier> {
  const { dossierId } = input;
  const remark = input.remark ?? null;
  let { version } = input;
  const before = await findDossier(tx, dossierId);
  if (!before) throw problem(dossierNotFound);
  let dossier = before;
  /** Only the first act is held to the version that the caller saw: the others follow in the same transaction. */
  const go = async (act: (reference: DossierReference) => Promise<Dossier>): Promise<void> => {
    dossier = await act({ dossierId, version });
    version = null;
  };
  const { state } = input;
  if (state === states.stopped) {
    await go((reference) =>
      stopDossier(tx, actor, { ...reference, reason: input.reason ?? '', legalBasis: input.legalBasis ?? '' }),
    );
    return dossier;
  }
  if (dossier.state === states.submitted) await go((reference) => receiveDossier(tx, actor, reference));
  if (state === states.received) return reached(dossier, [states.received, states.inProcess]);
  if (dossier.state === states.received) await go((reference) => startStep(tx, actor, { ...reference, remark }));
  if (state === states.inProcess) return reached(dossier, [states.inProcess]);
  if (dossier.state === states.inProcess) {
    if (!input.result) throw problem(reasonMissing, { errors: [{ pointer: '/result', message: 'is needed' }] });
    const { result, fileId } = input;
    await finishSteps();
    await go((reference) =>
      completeDossier(tx, actor, { ...reference, ...result, remark: result.remark ?? null, fileId }),
    );
  }
  if (state === states.decided) return reached(dossier, [states.decided]);
  if (dossier.state === states.decided)
    await go((reference) =>
      returnResult(tx, actor, {
        ...reference,
        channel: dossier.delivery,
        receivedBy: input.receivedBy ?? dossier.applicantName,
        remark,
      }),
    );
  return reached(dossier, [states.returned]);

  /** Every step but a last one of work, which ends with the result. */
  async function finishSteps(): Promise<void> {
    for (let step = currentStepOf(dossier); step && step.finishedAt === null; step = currentStepOf(dossier)) {
      const isLast = dossier.steps.every((each) => each === step || each.finishedAt !== null);
      if (step.kind === 'approve') await go((reference) => approveDossier(tx, actor, { ...reference, remark }));
      else {
        if (step.startedAt === null) await go((reference) => startStep(tx, actor, { ...reference, remark }));
        if (isLast) return;
        await go((reference) => finishStep(tx, actor, { ...reference, remark }));
      }
      if (isLast) return;
    }
  }
}

/** The dossier, when it stands where it was to be brought. @throws actNotPossible */
function reached(dossier: Dossier, wanted: readonly number[]): Dossier {
  if (!wanted.includes(dossier.state)) throw problem(actNotPossible, { state: dossier.state });
  return dossier;
}
