import { defineProblem, problem, type LocalText } from '../../platform/problems.ts';

/* What a dossier is, and what may follow what. Nothing here reads a clock, a table or a session. */

/** The national states (TrangThaiHoSo) under our names. */
export const states = {
  submitted: 1,
  received: 2,
  refused: 3,
  inProcess: 4,
  supplement: 5,
  payment: 6,
  withdrawn: 7,
  stopped: 8,
  decided: 9,
  returned: 10,
} as const;
export type State = (typeof states)[keyof typeof states];

/** What a worklist shows together. Kept as a generated column: 1 … 6 in this order. */
export const stages = [
  'awaiting-receipt',
  'in-process',
  'awaiting-supplement',
  'awaiting-payment',
  'awaiting-return',
  'closed',
] as const;
export type Stage = (typeof stages)[number];

const STAGE_OF: Record<State, Stage> = {
  1: 'awaiting-receipt',
  2: 'in-process',
  3: 'closed',
  4: 'in-process',
  5: 'awaiting-supplement',
  6: 'awaiting-payment',
  7: 'closed',
  8: 'closed',
  9: 'awaiting-return',
  10: 'closed',
};
export const stageOf = (state: State): Stage => STAGE_OF[state];

/** KenhThucHien 1, 2, 3. */
export type Channel = 'counter' | 'online' | 'post';
export type ApplicantKind = 'citizen' | 'business' | 'household';

export interface TimeLimit {
  readonly amount: number;
  readonly unit: 'hour' | 'workingHour' | 'day' | 'workingDay' | 'month';
}

/**
 * Where a step is done: at the unit that is competent, at the place of receipt, or at one unit named for all dossiers of the
 * procedure ("07 ngày làm việc = Sở Nội vụ 03 + UBND xã 04").
 */
export type UnitRule = 'competent' | 'receiving' | { readonly unitId: string };
export type StepKind = 'process' | 'approve' | 'issue';

export interface PlannedStep {
  readonly kind: StepKind;
  readonly name: LocalText;
  /** Role key of organisations that does the step; shown, and proposed when assigning. */
  readonly role: string;
  readonly unit: UnitRule;
  /** Share of the whole time, in working hours; the appointment is divided by these shares. */
  readonly hours: number;
}
export type StepPlan = readonly PlannedStep[];

/** What the procedure promised on the day of submission; pinned, so that a later version changes nothing. */
export interface ProcedureTerms {
  readonly procedureCode: string;
  readonly procedureName: LocalText;
  /** Null when the catalogue gives none: the dossier then has no appointment, and none is invented. */
  readonly limit: TimeLimit | null;
  readonly steps: StepPlan;
  /** Field of the catalogue, for delegations that cover a field; dossiers from before it was kept have none. */
  readonly fieldCode?: string | null;
}

/** A step as it runs. */
export interface Step {
  readonly position: number;
  readonly kind: StepKind;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly role: string;
  readonly unitId: string;
  readonly weight: number;
  readonly assigneePostId: string | null;
  readonly startedAt: Date | null;
  readonly dueAt: Date | null;
  readonly finishedAt: Date | null;
  readonly finishedBy: string | null;
  readonly outcome: 'done' | 'approved' | 'sent-back' | null;
  readonly remark: string | null;
}

export type PauseReason = 'supplement' | 'payment' | 'consultation' | 'forceMajeure' | 'other';

/** A fact about the clock. The ledger is only ever added to, except by taking back the last act. */
export interface ClockEntry {
  readonly number: number;
  readonly kind: 'start' | 'pause' | 'resume' | 'reset' | 'extension' | 'finish';
  readonly at: Date;
  readonly reason: PauseReason | null;
  readonly until: Date | null;
  readonly remark: string | null;
}

/** The part of a dossier that acts change. */
export interface Dossier {
  readonly id: string;
  readonly version: number;
  readonly lastAct: number;
  readonly state: State;
  readonly resumeState: State | null;
  readonly code: string | null;
  readonly codeAgency: string | null;
  readonly codeDate: string | null;
  readonly codeSequence: number | null;
  readonly rulePack: 'vn-2018' | 'vn-2026' | null;
  readonly procedureId: string;
  readonly terms: ProcedureTerms;
  readonly applicantKind: ApplicantKind;
  readonly applicantAccountId: string | null;
  readonly applicantName: string;
  /** Who handed it in for the applicant (nộp thay), and under which delegation. */
  readonly submitterAccountId: string | null;
  readonly delegationId: string | null;
  readonly channel: Channel;
  readonly delivery: Channel;
  readonly receivingUnitId: string;
  readonly competentUnitId: string;
  readonly handlingUnitId: string;
  readonly assigneePostId: string | null;
  readonly currentStep: number | null;
  readonly submittedAt: Date;
  readonly receivedAt: Date | null;
  readonly dueAt: Date | null;
  readonly firstDueAt: Date | null;
  readonly stepDueAt: Date | null;
  readonly pausedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly returnedAt: Date | null;
  readonly isOnTime: boolean | null;
  readonly clock: readonly ClockEntry[];
  readonly steps: readonly Step[];
}

export type Act =
  | 'receive'
  | 'refuse'
  | 'requestSupplement'
  | 'answerSupplement'
  | 'requestFee'
  | 'recordFee'
  | 'assign'
  | 'startStep'
  | 'finishStep'
  | 'approve'
  | 'sendBack'
  | 'complete'
  | 'returnResult'
  | 'withdraw'
  | 'stop'
  | 'extend'
  | 'takeBack';

/** Who may do an act: the applicant, or an official with one of these rights over the unit whose turn it is. */
export type Right =
  | 'applicant'
  | 'dossiers.receive'
  | 'dossiers.process'
  | 'dossiers.assign'
  | 'dossiers.approve'
  | 'dossiers.return'
  | 'dossiers.stop'
  | 'dossiers.extend';

interface Transition {
  readonly from: readonly State[];
  /** `resume`: back to where it was before the supplement or the payment; `same`: the state stays. */
  readonly to: State | 'resume' | 'same';
  readonly by: readonly Right[];
  /** Whether the one who did it may take it back when nothing followed. What a partner or citizen holds in hand is not. */
  readonly reversible: boolean;
}

const to = (next: Transition['to'], from: readonly State[], by: readonly Right[], reversible = false): Transition => ({
  from,
  to: next,
  by,
  reversible,
});

/** What may follow what, and by whom: the whole life of a dossier on one screen. */
export const transitions: Readonly<Record<Act, Transition>> = {
  receive: to(2, [1], ['dossiers.receive']),
  refuse: to(3, [1, 5], ['dossiers.receive'], true),
  requestSupplement: to(5, [1, 2, 4], ['dossiers.receive', 'dossiers.process'], true),
  answerSupplement: to('resume', [5], ['applicant', 'dossiers.receive']),
  requestFee: to(6, [2, 4], ['dossiers.receive', 'dossiers.process'], true),
  recordFee: to('resume', [6], ['dossiers.receive']),
  assign: to('same', [1, 2, 4, 5, 6, 9], ['dossiers.assign'], true),
  startStep: to(4, [2, 4], ['dossiers.process', 'dossiers.approve'], true),
  finishStep: to(4, [4], ['dossiers.process'], true),
  approve: to(4, [4], ['dossiers.approve'], true),
  sendBack: to(4, [4], ['dossiers.approve', 'dossiers.process'], true),
  complete: to(9, [4], ['dossiers.process', 'dossiers.approve'], true),
  returnResult: to(10, [9], ['dossiers.return'], true),
  withdraw: to(7, [1, 2, 4, 5, 6], ['applicant', 'dossiers.receive']),
  stop: to(8, [2, 4, 5, 6], ['dossiers.stop']),
  extend: to('same', [2, 4], ['dossiers.extend']),
  takeBack: to('same', [2, 3, 4, 5, 6, 9, 10, 1], []),
};

export const actNotPossible = defineProblem({
  code: 'dossiers.act-not-possible',
  status: 409,
  title: {
    vi: 'Không làm được việc này với hồ sơ ở trạng thái hiện tại',
    en: 'This cannot be done in the present state of the dossier',
  },
  advice: { vi: 'Mở lại hồ sơ để xem trạng thái mới nhất.', en: 'Open the dossier again to see its present state.' },
});

/** Whether an act may follow: by the table, and refusing is for what was not received, stopping for what was. */
function mayFollow({ state, resumeState }: Pick<Dossier, 'state' | 'resumeState'>, act: Act): boolean {
  const isUnreceived = state === states.submitted || resumeState === states.submitted;
  if (act === 'refuse' && !isUnreceived) return false;
  if (act === 'stop' && isUnreceived) return false;
  return transitions[act].from.includes(state);
}

/** The state after an act. @throws actNotPossible when the act may not follow this state */
export function stateAfter(dossier: Pick<Dossier, 'state' | 'resumeState'>, act: Act): State {
  const rule = transitions[act];
  if (!mayFollow(dossier, act)) throw problem(actNotPossible, { act, state: dossier.state });
  if (rule.to === 'same') return dossier.state;
  return rule.to === 'resume' ? (dossier.resumeState ?? states.inProcess) : rule.to;
}

/** The acts that the state and the steps of a dossier allow to anybody at all; rights are asked separately. */
export function possibleActs(
  dossier: Pick<Dossier, 'state' | 'resumeState' | 'steps' | 'currentStep' | 'clock'>,
): Act[] {
  const step = currentStepOf(dossier);
  return (Object.keys(transitions) as Act[]).filter((act) => {
    if (act === 'takeBack' || !mayFollow(dossier, act)) return false;
    if (act === 'startStep') return step !== null && step.startedAt === null;
    if (act === 'finishStep') return step !== null && isGoingOn(step) && step.kind !== 'approve';
    if (act === 'approve') return step?.kind === 'approve' && step.finishedAt === null;
    if (act === 'sendBack') return step !== null && step.position > 0;
    if (act === 'complete')
      return dossier.steps.every(
        (each) => each.finishedAt !== null || (each === step && isGoingOn(each) && each.kind !== 'approve'),
      );
    if (act === 'extend') return !dossier.clock.some((entry) => entry.kind === 'extension');
    return true;
  });
}

export const currentStepOf = (dossier: Pick<Dossier, 'steps' | 'currentStep'>): Step | null =>
  dossier.currentStep === null ? null : (dossier.steps.find((step) => step.position === dossier.currentStep) ?? null);

const isGoingOn = (step: Step): boolean => step.startedAt !== null && step.finishedAt === null;

/**
 * The dossier in the hands of whoever's turn it is: the place of receipt before receipt, for payments and when the result waits or
 * all is over; the unit of the current step otherwise. A supplement stays with the one who asked for it.
 */
export function inTurn(dossier: Dossier): Dossier {
  const step = currentStepOf(dossier);
  const working = dossier.state === 2 || dossier.state === 4 || dossier.state === 5;
  if (working && step) return { ...dossier, handlingUnitId: step.unitId, assigneePostId: step.assigneePostId };
  return { ...dossier, handlingUnitId: dossier.receivingUnitId, assigneePostId: null };
}

/** Whether a state is an end: nothing follows 3, 7, 8 and 10. */
export const isEnd = (state: State): boolean => state === 3 || state === 7 || state === 8 || state === 10;

/** What an applicant may do with their own dossier now. */
export const applicantActs = (dossier: Pick<Dossier, 'state'>): Act[] =>
  (Object.keys(transitions) as Act[]).filter(
    (act) => transitions[act].by.includes('applicant') && transitions[act].from.includes(dossier.state),
  );

/** `0123456789` → `••••••6789`: enough to recognise, not enough to use. */
export const maskIdentity = (identity: string): string =>
  identity.length <= 4 ? '•'.repeat(identity.length) : '•'.repeat(identity.length - 4) + identity.slice(-4);

/** How far a dossier has come, in percent, for anybody who holds its code (NĐ 61/2018 Đ16.2d: degree of completion only). */
export function completionPercent(dossier: Pick<Dossier, 'state' | 'steps'>): number {
  if (dossier.state === 10 || isEnd(dossier.state)) return 100;
  if (dossier.state === 9) return 95;
  if (dossier.state === 1) return 5;
  const done = dossier.steps.filter((step) => step.finishedAt !== null && step.outcome !== 'sent-back').length;
  return 15 + Math.floor((75 * done) / Math.max(1, dossier.steps.length));
}
