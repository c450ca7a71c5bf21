import { localDate } from '../../platform/clock.ts';
import { subscribe } from '../../platform/events.ts';
import { claimEffect } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import type { DossierFacts } from './dossier-events.ts';
import {
  actTakenBack,
  dossierCompleted,
  dossierReceived,
  dossierRefused,
  dossierStopped,
  dossierSubmitted,
  dossierWithdrawn,
  resultReturned,
} from './dossier-events.ts';
import { addToFigures, type CountedThing } from './figure-queries.ts';

type Counts = Partial<Record<CountedThing, number>>;

/** What an event adds to the figures of its month. */
function countsOf(name: string, facts: DossierFacts & { act?: string }): Counts {
  const finished: Counts = facts.isOnTime === false ? { finished_late: 1 } : { finished_on_time: 1 };
  switch (name) {
    case dossierSubmitted.name:
      return { submitted: 1, submitted_online: facts.channel === 'online' ? 1 : 0 };
    case dossierReceived.name:
      return { received: 1 };
    case dossierRefused.name:
      return { refused: 1 };
    case dossierWithdrawn.name:
      return { withdrawn: 1 };
    case dossierStopped.name:
      return { stopped: 1 };
    case dossierCompleted.name:
      return finished;
    case resultReturned.name:
      return { returned: 1 };
    case actTakenBack.name:
      if (facts.act === 'complete') return facts.isOnTime === false ? { finished_late: -1 } : { finished_on_time: -1 };
      if (facts.act === 'refuse') return { refused: -1 };
      return facts.act === 'returnResult' ? { returned: -1 } : {};
    default:
      return {};
  }
}

/** Keeps the figures of the day and the month. An event is counted once, however often its job is tried. */
export const countMonth = subscribe<DossierFacts & { act?: string; finishedAt?: string | null }>(
  'dossiers.count-month',
  [
    dossierSubmitted,
    dossierReceived,
    dossierRefused,
    dossierWithdrawn,
    dossierStopped,
    dossierCompleted,
    resultReturned,
    actTakenBack,
  ] as never,
  async ({ db, clock, requestId }, event) => {
    const counts = countsOf(event.name, event.payload);
    if (Object.keys(counts).length === 0) return;
    await inTransaction(db, { actor: systemActor('dossiers.count-month'), clock, requestId }, async (tx) => {
      if (!(await claimEffect(tx, `dossiers.count-month/${event.id}`))) return;
      const day = localDate(new Date(event.payload.finishedAt ?? event.occurredAt));
      await addToFigures(
        tx,
        { day, unitId: event.payload.competentUnitId, procedureId: event.payload.procedureId },
        counts,
      );
    });
  },
);
