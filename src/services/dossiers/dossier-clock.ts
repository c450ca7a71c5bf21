import {
  computeDeadline,
  deadlineRule,
  stepDeadlines,
  type ClockEvent,
  type Deadline,
  type WorkCalendar,
} from '../../engines/calendar/index.ts';
import { rulePack, rulesOn, type RulePack } from '../../foundation/rules/index.ts';
import { localDate } from '../../platform/clock.ts';
import { problem } from '../../platform/problems.ts';
import type { ClockEntry, Dossier, Step } from './dossier.ts';
import { calendarMissing } from './dossier-problems.ts';

/* Every date of a dossier is computed here, from its ledger, by engines/calendar and the rules of its day of receipt. */

/** The rules a dossier lives by: those of its day of receipt; before that, of today. */
export const rulesOf = (dossier: Pick<Dossier, 'rulePack'>, now: Date): RulePack =>
  dossier.rulePack === null ? rulesOn(localDate(now)) : rulePack(dossier.rulePack);

const eventOf = (entry: ClockEntry): ClockEvent | null => {
  switch (entry.kind) {
    case 'start':
      return null; // the instant of receipt is given apart
    case 'pause':
    case 'resume':
      return { kind: entry.kind, at: entry.at, reason: entry.reason ?? 'other' };
    case 'extension':
      return { kind: 'extension', at: entry.at, by: { until: entry.until ?? entry.at } };
    case 'reset':
    case 'finish':
      return { kind: entry.kind, at: entry.at };
    default:
      return entry.kind satisfies never;
  }
};

/**
 * The deadline of a dossier as its ledger stands, by the decree (what the person was promised) or by the national figures.
 * Null before receipt and where the procedure has no time limit.
 */
export function deadlineOf(
  dossier: Pick<Dossier, 'receivedAt' | 'terms' | 'clock' | 'rulePack'>,
  calendar: WorkCalendar,
  by: 'decree' | 'nationalFigures' = 'decree',
): Deadline | null {
  if (dossier.receivedAt === null || dossier.terms.limit === null) return null;
  return computeDeadline({
    startedAt: dossier.receivedAt,
    limit: dossier.terms.limit,
    calendar,
    ledger: dossier.clock.map(eventOf).filter((event) => event !== null),
    rule: deadlineRule(rulesOf(dossier, dossier.receivedAt), by),
  });
}

/** Adds a fact to the ledger. */
export const tick = (
  clock: readonly ClockEntry[],
  kind: ClockEntry['kind'],
  at: Date,
  facts: Partial<Pick<ClockEntry, 'reason' | 'until' | 'remark'>> = {},
): ClockEntry[] => [
  ...clock,
  { number: clock.length + 1, kind, at, reason: null, until: null, remark: null, ...facts },
];

/**
 * The dossier with its appointment, its pause and the deadlines of its open steps as the ledger gives them.
 * @throws calendarMissing when the calendar never works
 */
export function withDeadlines(dossier: Dossier, calendar: WorkCalendar): Dossier {
  if (calendar.patterns.length === 0 && dossier.terms.limit !== null) throw problem(calendarMissing);
  const deadline = deadlineOf(dossier, calendar);
  if (deadline === null) return dossier;
  const steps = dividedSteps(dossier.steps, calendar, deadline.startsAt, deadline.dueAt);
  return {
    ...dossier,
    dueAt: deadline.dueAt,
    firstDueAt: dossier.firstDueAt ?? deadline.dueAt,
    pausedAt: deadline.pausedSince,
    steps,
    stepDueAt: steps.find((step) => step.position === dossier.currentStep)?.dueAt ?? null,
  };
}

/** Shares the time out over the steps by weight; a finished step keeps the deadline it was judged by. */
function dividedSteps(steps: readonly Step[], calendar: WorkCalendar, startsAt: Date, dueAt: Date): readonly Step[] {
  if (steps.length === 0) return steps;
  const weights = steps.map((step) => step.weight);
  let dues: Date[];
  try {
    dues = stepDeadlines(calendar, startsAt, dueAt, weights);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    dues = weights.map(() => dueAt); // fewer working minutes than steps: all share the appointment
  }
  return steps.map((step, index) => (step.finishedAt === null ? { ...step, dueAt: dues[index] ?? dueAt } : step));
}

/** Whether a result at `finishedAt` is on time: by the minute or by the day, as the rule pack says. True without an appointment. */
export function isOnTime(dossier: Pick<Dossier, 'dueAt' | 'rulePack'>, finishedAt: Date): boolean {
  if (dossier.dueAt === null) return true;
  return rulesOf(dossier, finishedAt).onTime.by === 'day'
    ? localDate(finishedAt) <= localDate(dossier.dueAt)
    : finishedAt.getTime() <= dossier.dueAt.getTime();
}
