import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem } from '../../platform/problems.ts';
import type { Act, Dossier } from './dossier.ts';
import { actTakenBack } from './dossier-events.ts';
import { calendarOfUnit } from './calendar-of-unit.ts';
import { withDeadlines } from './dossier-clock.ts';
import { dossierNotFound, nothingToTakeBack, takeBackTooLate } from './dossier-problems.ts';
import {
  dossierOfBefore,
  findLastAct,
  lockDossier,
  markActTakenBack,
  saveDossier,
  type LastAct,
} from './dossier-queries.ts';
import { deleteOpenFees } from './fee-queries.ts';
import { authorOf, factsOf, hasRight, mayKnow, staleProblem, type DossierReference } from './perform-act.ts';
import { deleteLastResult } from './result-queries.ts';
import { cancelOpenSupplement } from './supplement-queries.ts';
import { wasMovedSince } from './unit-move-queries.ts';

/** How long a mis-click may be taken back. */
export const takeBackMinutes = 10;

/**
 * Takes back the actor's own last act while nothing followed it and no more than `takeBackMinutes` have passed; the dossier is
 * exactly as it was, and the history keeps both. What a person holds in hand (a code, a receipt) cannot be taken back.
 * @throws nothingToTakeBack, takeBackTooLate, staleVersion, dossierNotFound
 */
export async function takeBack(tx: Tx, actor: Actor, { dossierId, version }: DossierReference): Promise<Dossier> {
  const dossier = await lockDossier(tx, dossierId);
  if (!dossier || !mayKnow(actor, dossier)) {
    // Whoever handed it on may have no right over its present unit, but may still undo.
    if (!dossier || !isOwn(await findLastAct(tx, dossierId), actor)) throw problem(dossierNotFound);
  }
  if (version !== null && version !== dossier.version) throw await staleProblem(tx, dossier, version);
  const last = await findLastAct(tx, dossierId);
  if (!last || !isOwn(last, actor) || last.before === null) throw problem(nothingToTakeBack);
  const before = dossierOfBefore(last.before);
  if (!hasRight(actor, last.name, before)) throw problem(nothingToTakeBack);
  if (tx.now.getTime() - last.at.getTime() > takeBackMinutes * 60_000)
    throw problem(takeBackTooLate, { minutes: takeBackMinutes });
  if (await wasMovedSince(tx, dossierId, last.at)) throw problem(nothingToTakeBack); // its units of then are closed
  await undoBeside(tx, last.name, dossierId, last.at);
  await markActTakenBack(tx, dossierId, last.number);
  const restored: Dossier = {
    ...(await asOfToday(tx, before)),
    version: dossier.version + 1,
    lastAct: dossier.lastAct + 1,
  };
  await saveDossier(tx, restored, {
    name: 'takeBack',
    ...authorOf(actor),
    fromState: dossier.state,
    remark: null,
    details: { act: last.name, number: last.number },
    before: null,
  });
  publish(tx, actTakenBack, {
    subject: { kind: 'dossier', id: dossierId },
    unitId: dossier.handlingUnitId,
    payload: {
      ...factsOf(restored, null),
      act: last.name,
      fromState: dossier.state,
      finishedAt: dossier.finishedAt?.toISOString() ?? null,
      isOnTime: dossier.isOnTime,
    },
  });
  return restored;
}

/** As it was, unless the calendar has moved its appointment since: then with the dates of today's calendar. */
async function asOfToday(tx: Tx, before: Dossier): Promise<Dossier> {
  if (before.dueAt === null || before.finishedAt !== null) return before;
  const again = withDeadlines(before, await calendarOfUnit(tx, before.competentUnitId, tx.now));
  return again.dueAt?.getTime() === before.dueAt.getTime() ? before : again;
}

const isOwn = (act: LastAct | undefined, actor: Actor): boolean =>
  act !== undefined && actor.id !== null && act.actorId === actor.id;

/** What an act wrote beside the dossier, its clock and its steps. */
async function undoBeside(tx: Tx, act: Act, dossierId: string, at: Date): Promise<void> {
  if (act === 'requestSupplement') await cancelOpenSupplement(tx, dossierId);
  if (act === 'requestFee') await deleteOpenFees(tx, dossierId, at);
  if (act === 'complete') await deleteLastResult(tx, dossierId);
}
