import type { PlannedStep, Step, StepPlan, UnitRule } from './dossier.ts';

/** Where the units of a dossier are, for the rules of its steps. */
export interface StepPlaces {
  readonly competentUnitId: string;
  readonly receivingUnitId: string;
}

/**
 * Who knows what comes next. The list below walks a plan from first to last; a process engine with branches and parallel
 * paths can stand in its place, because a use case asks nothing else.
 */
export interface ProcessRunner {
  /** The steps of a dossier that has just been received. At least one. */
  begin(plan: StepPlan, places: StepPlaces): Step[];
  /** Position of the step after this one; null when it was the last. */
  next(steps: readonly Step[], position: number): number | null;
  /** Position of the step to which work goes back; null at the first. */
  back(steps: readonly Step[], position: number): number | null;
}

/** For procedures whose steps nobody has written down yet. */
const ONE_STEP: PlannedStep = {
  kind: 'process',
  name: { vi: 'Giải quyết hồ sơ', en: 'Handle the dossier' },
  role: 'specialist',
  unit: 'competent',
  hours: 1,
};

const unitOf = (rule: UnitRule, places: StepPlaces): string =>
  rule === 'competent' ? places.competentUnitId : rule === 'receiving' ? places.receivingUnitId : rule.unitId;

/** Steps one after another, as the plan lists them. */
export const listRunner: ProcessRunner = {
  begin: (plan, places) =>
    (plan.length > 0 ? plan : [ONE_STEP]).map((step, position) => ({
      position,
      kind: step.kind,
      nameVi: step.name.vi,
      nameEn: step.name.en,
      role: step.role,
      unitId: unitOf(step.unit, places),
      weight: step.hours,
      assigneePostId: null,
      startedAt: null,
      dueAt: null,
      finishedAt: null,
      finishedBy: null,
      outcome: null,
      remark: null,
    })),
  next: (steps, position) => (position + 1 < steps.length ? position + 1 : null),
  back: (_steps, position) => (position > 0 ? position - 1 : null),
};
