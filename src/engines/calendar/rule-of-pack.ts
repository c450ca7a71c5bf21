import type { RulePack } from '../../foundation/rules/index.ts';
import type { DeadlineRule } from './deadline.ts';

/**
 * How a rule pack judges a clock. `decree`: what the citizen is promised (a completed supplement starts the limit again).
 * `nationalFigures`: what the province is judged by (the time of the supplement is subtracted, a second request is late).
 */
export function deadlineRule(pack: RulePack, by: 'decree' | 'nationalFigures'): DeadlineRule {
  const supplement = pack.supplement[by];
  return {
    firstDay: pack.counting.firstDay,
    dueTime: pack.counting.dueTime,
    moveOffDayOn: pack.counting.moveOffDayOn,
    supplement: supplement.clock,
    maxSupplements: supplement.maxRequests,
    maxExtensions: pack.reappointment.max,
    cutOffUnits: pack.timeUnits.units.filter((unit) => unit.cutOffApplies).map(({ unit }) => unit),
    onTimeBy: pack.onTime.by,
  };
}
