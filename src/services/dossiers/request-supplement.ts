import { calendarOfUnit } from './calendar-of-unit.ts';
import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { inTurn, type Dossier } from './dossier.ts';
import { tick, withDeadlines } from './dossier-clock.ts';
import { nothingRequested, reasonMissing, unknownPaper } from './dossier-problems.ts';
import { performAct, type DossierReference } from './perform-act.ts';
import { insertSupplement, listPaperIds, type SupplementItem } from './supplement-queries.ts';

export interface SupplementRequest extends DossierReference {
  reason: string;
  items: readonly SupplementItem[];
  /** Last day for the answer, `YYYY-MM-DD`; shown to the applicant, nothing happens by itself when it passes. */
  answerBy: string | null;
}

/**
 * Asks for a supplement (state 5, form 02): everything at once (NĐ 61/2018 Đ17.2), from before receipt up to approval. The clock
 * stands from now; what the answer does to it is the rule pack's business.
 * @throws nothingRequested, reasonMissing, unknownPaper, actNotPossible, staleVersion, forbidden
 */
export function requestSupplement(tx: Tx, actor: Actor, input: SupplementRequest): Promise<Dossier> {
  const items = input.items.filter((item) => item.name.trim() !== '');
  if (items.length === 0) throw problem(nothingRequested);
  if (input.reason.trim() === '') throw problem(reasonMissing);
  return performAct(tx, actor, 'requestSupplement', input, async (dossier, before) => {
    const known = new Set(await listPaperIds(tx, dossier.id));
    if (items.some((item) => item.paperId && !known.has(item.paperId))) throw problem(unknownPaper);
    await insertSupplement(tx, dossier.id, { ...input, items, requestedBy: actor.label, unitId: actor.unitId ?? null });
    return {
      dossier: await paused(tx, { ...dossier, resumeState: before.state }, 'supplement'),
      remark: input.reason.trim(),
      details: { items: items.length },
    };
  });
}

/** The dossier with its clock standing; before receipt there is no clock. */
export async function paused(tx: Tx, dossier: Dossier, reason: 'supplement' | 'payment'): Promise<Dossier> {
  if (dossier.receivedAt === null) return inTurn(dossier);
  const calendar = await calendarOfUnit(tx, dossier.competentUnitId, tx.now);
  return inTurn({
    ...withDeadlines({ ...dossier, clock: tick(dossier.clock, 'pause', tx.now, { reason }) }, calendar),
    pausedAt: tx.now,
  });
}

/** The dossier with its clock going again. */
export async function resumed(tx: Tx, dossier: Dossier, reason: 'supplement' | 'payment'): Promise<Dossier> {
  if (dossier.receivedAt === null) return inTurn({ ...dossier, resumeState: null });
  const calendar = await calendarOfUnit(tx, dossier.competentUnitId, tx.now);
  const clock = tick(dossier.clock, 'resume', tx.now, { reason });
  return inTurn({ ...withDeadlines({ ...dossier, resumeState: null, clock }, calendar), pausedAt: null });
}
