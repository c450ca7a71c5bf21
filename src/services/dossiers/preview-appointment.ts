import { rulesOn } from '../../foundation/rules/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { calendarOfUnit } from './calendar-of-unit.ts';
import type { Dossier, ProcedureTerms } from './dossier.ts';
import { deadlineOf, tick } from './dossier-clock.ts';

/**
 * The appointment that a dossier would get if it were received now: shown before anybody confirms. Null where the procedure has no
 * time limit. Nothing is written.
 */
export async function previewAppointment(
  reader: Reader,
  dossier: Pick<Dossier, 'competentUnitId'> & { terms: ProcedureTerms },
  now: Date,
): Promise<Date | null> {
  if (dossier.terms.limit === null) return null;
  const calendar = await calendarOfUnit(reader, dossier.competentUnitId, now);
  if (calendar.patterns.length === 0) return null;
  const clock = tick([], 'start', now);
  const pack = rulesOn(localDate(now)).id;
  return deadlineOf({ receivedAt: now, terms: dossier.terms, clock, rulePack: pack }, calendar)?.dueAt ?? null;
}
