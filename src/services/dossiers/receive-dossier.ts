import { calendarOfUnit } from './calendar-of-unit.ts';
import { rulesOn } from '../../foundation/rules/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { inTurn, type Dossier } from './dossier.ts';
import { tick, withDeadlines } from './dossier-clock.ts';
import { issueCode } from './issue-code.ts';
import { performAct, type DossierReference } from './perform-act.ts';
import { listRunner } from './process-runner.ts';

/**
 * Receives a dossier (state 2): it gets its code, its clock starts, the appointment and the deadlines of its steps are computed by the
 * rules of today, and the first step is the competent body's. The receipt slip (form 01) can be printed from then on.
 * @throws actNotPossible, agencyWithoutIdentifier, rules.sequence-exhausted, staleVersion, forbidden
 */
export function receiveDossier(tx: Tx, actor: Actor, reference: DossierReference): Promise<Dossier> {
  return performAct(tx, actor, 'receive', reference, async (dossier) => {
    const day = localDate(tx.now);
    const pack = rulesOn(day);
    const steps = listRunner.begin(dossier.terms.steps, dossier);
    const calendar = await calendarOfUnit(tx, dossier.competentUnitId, tx.now);
    const code = await issueCode(tx, dossier.receivingUnitId, pack, day); // last: it locks the agency's counter
    return {
      dossier: inTurn(
        withDeadlines(
          {
            ...dossier,
            ...code,
            rulePack: pack.id,
            receivedAt: tx.now,
            clock: tick(dossier.clock, 'start', tx.now),
            steps,
            currentStep: 0,
          },
          calendar,
        ),
      ),
      details: { code: code.code },
    };
  });
}
