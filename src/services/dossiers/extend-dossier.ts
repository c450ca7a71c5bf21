import { extensionRefusal } from '../../engines/calendar/index.ts';
import { calendarOfUnit } from './calendar-of-unit.ts';
import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import type { Dossier } from './dossier.ts';
import { deadlineOf, rulesOf, tick, withDeadlines } from './dossier-clock.ts';
import {
  extensionNotLater,
  extensionTooLate,
  extensionTwice,
  noAppointment,
  reasonMissing,
} from './dossier-problems.ts';
import { performAct, type DossierReference } from './perform-act.ts';

/**
 * Apologises and re-appoints (form 04): once only, and no later than the day the rules set before the appointment
 * (NĐ 61/2018 Đ19.9).
 * @throws extensionTwice, extensionTooLate, extensionNotLater, noAppointment, reasonMissing, actNotPossible, staleVersion, forbidden
 */
export function extendDossier(
  tx: Tx,
  actor: Actor,
  input: DossierReference & { reason: string; until: Date },
): Promise<Dossier> {
  const reason = input.reason.trim();
  if (reason === '') throw problem(reasonMissing);
  return performAct(tx, actor, 'extend', input, async (dossier) => {
    const calendar = await calendarOfUnit(tx, dossier.competentUnitId, tx.now);
    const deadline = deadlineOf(dossier, calendar);
    if (deadline === null) throw problem(noAppointment);
    const { reappointment } = rulesOf(dossier, tx.now);
    const refusal = extensionRefusal(deadline, tx.now, {
      maxExtensions: reappointment.max,
      daysBefore: reappointment.daysBeforeDue,
    });
    if (refusal !== null) throw problem(refusal === 'over-limit' ? extensionTwice : extensionTooLate);
    if (input.until.getTime() <= deadline.dueAt.getTime()) throw problem(extensionNotLater);
    const clock = tick(dossier.clock, 'extension', tx.now, { until: input.until, remark: reason });
    return {
      dossier: withDeadlines({ ...dossier, clock }, calendar),
      remark: reason,
      details: { from: deadline.dueAt.toISOString(), until: input.until.toISOString() },
    };
  });
}
