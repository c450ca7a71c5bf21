import { formatDossierCode, formatResultCode, rulesOn } from '../../foundation/rules/index.ts';
import type { WorkCalendar } from '../../engines/calendar/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { ActorReference } from '../../platform/database.ts';
import { currentStepOf, inTurn, stateAfter, transitions, type Act, type Dossier, type Step } from './dossier.ts';
import { isOnTime, tick, withDeadlines } from './dossier-clock.ts';
import { dossierSubmitted, eventOfAct, type DossierFacts } from './dossier-events.ts';
import type { ActRow } from './dossier-queries.ts';
import type { FeeInput } from './fee-queries.ts';
import { factsOf } from './perform-act.ts';
import { listRunner } from './process-runner.ts';
import type { PaperInput, SubmissionInput } from './submission.ts';
import type { SupplementItem } from './supplement-queries.ts';
import { closed } from './withdraw-dossier.ts';

/*
 * Dossiers of the past, lived in memory by the same rules as the use cases (states, steps, clock, codes) and written in bulk: for the
 * demonstration, load tests and records taken over from an older system. Nothing here asks a right; `bulk-queries.ts` writes it.
 */

/** Whoever did something, with the post they did it from. */
export type PastActor = ActorReference;

export interface PastPaper extends PaperInput {
  id: string;
  round: number;
  replacesPaperId: string | null;
  position: number;
}
export interface PastEvent {
  name: string;
  at: Date;
  unitId: string;
  actor: PastActor;
  payload: DossierFacts;
}
export interface PastSupplement {
  number: number;
  items: readonly SupplementItem[];
  reason: string;
  requestedAt: Date;
  requestedBy: string;
  unitId: string | null;
  answeredAt: Date | null;
  answeredBy: string | null;
  remark: string | null;
}
export type PastFee = Omit<FeeInput, 'receiptNumber' | 'method'> & {
  id: string;
  requestedAt: Date;
  receiptNumber: string | null;
  method: FeeInput['method'];
  paidAt: Date | null;
  recordedBy: string | null;
};
export interface PastResult {
  number: number;
  code: string;
  outcome: 'granted' | 'refused';
  title: string;
  remark: string | null;
  fileId: string | null;
  decidedAt: Date;
  decidedBy: string;
}

/** One dossier with everything that happened to it so far. */
export interface PastLife {
  dossier: Dossier;
  readonly input: SubmissionInput;
  readonly submittedBy: PastActor;
  readonly papers: PastPaper[];
  readonly acts: (ActRow & { number: number; at: Date; toState: number })[];
  readonly events: PastEvent[];
  readonly supplements: PastSupplement[];
  readonly fees: PastFee[];
  readonly results: PastResult[];
}

/** What is done next; one of the acts of a dossier with what it needs. */
export type Deed =
  | { act: 'receive'; agency: string; sequence: number }
  | { act: 'refuse' | 'stop'; reason: string; legalBasis: string }
  | { act: 'withdraw'; reason: string }
  | { act: 'requestSupplement'; reason: string; items: readonly SupplementItem[] }
  | {
      act: 'answerSupplement';
      remark: string;
      papers: readonly (PaperInput & { id: string; replacesPaperId: string | null })[];
    }
  | { act: 'requestFee'; fees: readonly { id: string; name: string; amountDong: number; moment: 1 | 2 | 4 }[] }
  | { act: 'recordFee'; receiptNumber: string; method: 'cash' | 'transfer' | 'post' | 'online' }
  | { act: 'assign'; postId: string }
  | { act: 'startStep' | 'finishStep' | 'approve' }
  | { act: 'complete'; outcome: 'granted' | 'refused'; title: string; remark: string | null; fileId: string | null }
  | { act: 'returnResult'; channel: SubmissionInput['channel']; receivedBy: string };

/** A dossier that has just been submitted at `at` (state 1). */
export function beginLife(
  id: string,
  paperIds: readonly string[],
  input: SubmissionInput,
  by: PastActor,
  at: Date,
): PastLife {
  const { applicant } = input;
  const dossier: Dossier = {
    id,
    version: 1,
    lastAct: 0,
    state: 1,
    resumeState: null,
    code: null,
    codeAgency: null,
    codeDate: null,
    codeSequence: null,
    rulePack: null,
    procedureId: input.procedureId,
    terms: input.terms,
    applicantKind: applicant.kind,
    applicantAccountId: applicant.accountId,
    submitterAccountId: null,
    delegationId: null,
    applicantName: applicant.name,
    channel: input.channel,
    delivery: input.delivery,
    receivingUnitId: input.receivingUnitId,
    competentUnitId: input.competentUnitId,
    handlingUnitId: input.receivingUnitId,
    assigneePostId: null,
    currentStep: null,
    submittedAt: at,
    receivedAt: null,
    dueAt: null,
    firstDueAt: null,
    stepDueAt: null,
    pausedAt: null,
    finishedAt: null,
    returnedAt: null,
    isOnTime: null,
    clock: [],
    steps: [],
  };
  const papers = input.papers.map((paper, position) => ({
    ...paper,
    id: paperIds[position]!,
    round: 0,
    replacesPaperId: null,
    position,
  }));
  const events = [
    { name: dossierSubmitted.name, at, unitId: input.receivingUnitId, actor: by, payload: factsOf(dossier, null) },
  ];
  return { dossier, input, submittedBy: by, papers, acts: [], events, supplements: [], fees: [], results: [] };
}

/**
 * Does one thing at an instant, as its use case would: the state by the table of transitions, dates by the ledger.
 * @throws actNotPossible when the act may not follow
 */
export function live(life: PastLife, deed: Deed, by: PastActor, at: Date, calendar: WorkCalendar): void {
  const before = life.dossier;
  const state = stateAfter(before, deed.act);
  const present: Dossier = { ...before, state, version: before.version + 1, lastAct: before.lastAct + 1 };
  const { dossier, remark = null, details = {} } = change(life, deed, present, by, at, calendar);
  life.dossier = dossier;
  life.acts.push({
    number: dossier.lastAct,
    name: deed.act,
    at,
    actorKind: by.kind,
    actorId: by.id,
    actorLabel: by.label,
    postId: by.postId ?? null,
    unitId: by.unitId ?? null,
    fromState: before.state,
    toState: dossier.state,
    remark,
    details,
    before: transitions[deed.act].reversible ? before : null,
  });
  const event = eventOfAct[deed.act as Exclude<Act, 'takeBack'>];
  life.events.push({
    name: event.name,
    at,
    unitId: before.handlingUnitId,
    actor: by,
    payload: factsOf(dossier, remark),
  });
}

interface Outcome {
  dossier: Dossier;
  remark?: string | null;
  details?: object;
}

function change(
  life: PastLife,
  deed: Deed,
  dossier: Dossier,
  by: PastActor,
  at: Date,
  calendar: WorkCalendar,
): Outcome {
  const before = life.dossier;
  switch (deed.act) {
    case 'receive': {
      const day = localDate(at);
      const pack = rulesOn(day);
      const code = formatDossierCode(pack, { agency: deed.agency, date: day, sequence: deed.sequence });
      const steps = listRunner.begin(dossier.terms.steps, dossier);
      const received: Dossier = {
        ...dossier,
        code,
        codeAgency: deed.agency,
        codeDate: day,
        codeSequence: deed.sequence,
        rulePack: pack.id,
        receivedAt: at,
        clock: tick(dossier.clock, 'start', at),
        steps,
        currentStep: 0,
      };
      return { dossier: inTurn(withDeadlines(received, calendar)), details: { code } };
    }
    case 'refuse':
      return {
        dossier: inTurn({ ...dossier, resumeState: null, finishedAt: at }),
        remark: deed.reason,
        details: { legalBasis: deed.legalBasis },
      };
    case 'stop':
      return { dossier: inTurn(closed(dossier, at)), remark: deed.reason, details: { legalBasis: deed.legalBasis } };
    case 'withdraw':
      return { dossier: inTurn(closed(dossier, at)), remark: deed.reason };
    case 'requestSupplement':
      life.supplements.push({
        number: life.supplements.length + 1,
        items: deed.items,
        reason: deed.reason,
        requestedAt: at,
        requestedBy: by.label,
        unitId: by.unitId ?? null,
        answeredAt: null,
        answeredBy: null,
        remark: null,
      });
      return {
        dossier: standing({ ...dossier, resumeState: before.state }, 'supplement', at, calendar),
        remark: deed.reason,
        details: { items: deed.items.length },
      };
    case 'answerSupplement': {
      const round = life.supplements.length;
      Object.assign(life.supplements.at(-1)!, { answeredAt: at, answeredBy: by.label, remark: deed.remark });
      life.papers.push(...deed.papers.map((paper, position) => ({ ...paper, round, position })));
      return {
        dossier: going(dossier, 'supplement', at, calendar),
        remark: deed.remark,
        details: { round, papers: deed.papers.length, changes: 0 },
      };
    }
    case 'requestFee':
      life.fees.push(
        ...deed.fees.map((fee) => ({
          ...fee,
          requestedAt: at,
          receiptNumber: null,
          method: null,
          paidAt: null,
          recordedBy: null,
        })),
      );
      return {
        dossier: standing({ ...dossier, resumeState: before.state }, 'payment', at, calendar),
        remark: deed.fees.map((fee) => fee.name).join('; '),
        details: { amountDong: deed.fees.reduce((sum, fee) => sum + fee.amountDong, 0) },
      };
    case 'recordFee': {
      const open = life.fees.filter((fee) => fee.paidAt === null);
      for (const fee of open)
        Object.assign(fee, {
          receiptNumber: deed.receiptNumber,
          method: deed.method,
          paidAt: at,
          recordedBy: by.label,
        });
      return {
        dossier: going(dossier, 'payment', at, calendar),
        remark: open.map(() => deed.receiptNumber).join(', '),
      };
    }
    case 'assign': {
      const step = currentStepOf(dossier);
      const steps = dossier.steps.map((each) =>
        each === step && each.unitId === dossier.handlingUnitId ? { ...each, assigneePostId: deed.postId } : each,
      );
      return { dossier: { ...dossier, assigneePostId: deed.postId, steps }, details: { postId: deed.postId } };
    }
    case 'startStep': {
      const step = currentStepOf(dossier)!;
      const assigneePostId = step.assigneePostId ?? by.postId ?? null;
      return {
        dossier: inTurn(withStep(dossier, step.position, { startedAt: at, assigneePostId, outcome: null })),
        details: { step: step.position },
      };
    }
    case 'finishStep':
      return passOn(dossier, currentStepOf(dossier)!, 'done', by, at);
    case 'approve': {
      const step = currentStepOf(dossier)!;
      const started =
        step.startedAt === null
          ? withStep(dossier, step.position, {
              startedAt: at,
              assigneePostId: step.assigneePostId ?? by.postId ?? null,
            })
          : dossier;
      return passOn(started, step, 'approved', by, at);
    }
    case 'complete': {
      const code = formatResultCode(dossier.code!, life.results.length + 1);
      life.results.push({ ...deed, number: life.results.length + 1, code, decidedAt: at, decidedBy: by.label });
      const steps = dossier.steps.map((step) =>
        step.finishedAt === null ? { ...step, finishedAt: at, finishedBy: by.label, outcome: 'done' as const } : step,
      );
      return {
        dossier: inTurn({
          ...dossier,
          steps,
          finishedAt: at,
          isOnTime: isOnTime(dossier, at),
          clock: tick(dossier.clock, 'finish', at),
          currentStep: null,
          stepDueAt: null,
        }),
        remark: deed.remark,
        details: { result: code, outcome: deed.outcome },
      };
    }
    case 'returnResult':
      return {
        dossier: { ...dossier, returnedAt: at },
        details: { channel: deed.channel, receivedBy: deed.receivedBy },
      };
  }
}

const withStep = (dossier: Dossier, position: number, facts: Partial<Step>): Dossier => ({
  ...dossier,
  steps: dossier.steps.map((step) => (step.position === position ? { ...step, ...facts } : step)),
});

function passOn(dossier: Dossier, step: Step, outcome: 'done' | 'approved', by: PastActor, at: Date): Outcome {
  const done = withStep(dossier, step.position, { finishedAt: at, finishedBy: by.label, outcome, remark: null });
  const next = listRunner.next(done.steps, step.position);
  const stepDueAt = done.steps.find((each) => each.position === next)?.dueAt ?? done.stepDueAt;
  return {
    dossier: next === null ? done : inTurn({ ...done, currentStep: next, stepDueAt }),
    details: { step: step.position, next },
  };
}

/** The clock stands, as in request-supplement.ts; before receipt there is none. */
function standing(dossier: Dossier, reason: 'supplement' | 'payment', at: Date, calendar: WorkCalendar): Dossier {
  if (dossier.receivedAt === null) return inTurn(dossier);
  return inTurn({
    ...withDeadlines({ ...dossier, clock: tick(dossier.clock, 'pause', at, { reason }) }, calendar),
    pausedAt: at,
  });
}
function going(dossier: Dossier, reason: 'supplement' | 'payment', at: Date, calendar: WorkCalendar): Dossier {
  if (dossier.receivedAt === null) return inTurn({ ...dossier, resumeState: null });
  return inTurn({
    ...withDeadlines({ ...dossier, resumeState: null, clock: tick(dossier.clock, 'resume', at, { reason }) }, calendar),
    pausedAt: null,
  });
}
