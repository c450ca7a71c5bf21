import { listChildren, type Unit } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { timeLimitOf, type Offer, type PlannedStep as CatalogueStep, type Procedure } from '../procedures/index.ts';
import type { Channel, PlannedStep, ProcedureTerms, UnitRule } from './dossier.ts';

/**
 * What a procedure promises a dossier that is submitted now: pinned into the dossier, so that later versions change nothing. Receiving
 * and returning are acts of every dossier and no steps of it; a division is looked up below the competent unit, and where there is
 * none of that name the competent unit does the step itself.
 */
export async function termsOf(
  reader: Reader,
  procedure: Procedure,
  offer: Offer,
  channel: Channel,
  now: Date,
): Promise<ProcedureTerms> {
  const limit = timeLimitOf(procedure, offer, channel);
  const planned = (procedure.content.steps?.steps ?? []).filter(
    (step) => step.kind === 'process' || step.kind === 'approve',
  );
  const divisions = planned.some((step) => typeof step.unit === 'object')
    ? await listChildren(reader, offer.unitId, localDate(now))
    : [];
  return {
    procedureCode: procedure.code,
    fieldCode: procedure.fieldCode,
    procedureName: { vi: procedure.name.vi, en: procedure.name.en ?? procedure.name.vi },
    limit: limit?.amount != null && limit.unit !== null ? { amount: limit.amount, unit: limit.unit } : null,
    steps: planned.map((step) => stepOf(step, divisions)),
  };
}

const stepOf = (step: CatalogueStep, divisions: readonly Unit[]): PlannedStep => ({
  kind: step.kind === 'approve' ? 'approve' : 'process',
  name: { vi: step.name.vi, en: step.name.en ?? step.name.vi },
  role: step.role,
  unit: unitRuleOf(step.unit, divisions),
  hours: step.hours,
});

function unitRuleOf(unit: CatalogueStep['unit'], divisions: readonly Unit[]): UnitRule {
  if (typeof unit === 'string') return unit;
  const wanted = unit.division;
  const division = divisions.find(
    (each) =>
      each.nameVi === wanted ||
      each.shortName === wanted ||
      each.key === wanted ||
      each.key?.endsWith(`.${wanted}`) ||
      each.key?.endsWith(`/${wanted}`),
  );
  return division ? { unitId: division.id } : 'competent';
}
