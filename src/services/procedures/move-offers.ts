import {
  decisionOf,
  type Ambiguity,
  type MoveStep,
  type UnitMove,
  type UnitMovePlan,
} from '../../foundation/organisations/index.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { countMovingOffers, moveOfferRows, undoOfferRows, type MovedProcedure } from './offer-move-queries.ts';
import { offersMoved } from './procedure-events.ts';
import { refreshIndex } from './publish-procedure.ts';

const ending = (plan: UnitMovePlan) => [
  ...plan.pairs.filter((pair) => pair.ends).map((pair) => pair.fromUnitId),
  ...plan.orphans,
];

async function preview(reader: Reader, plan: UnitMovePlan) {
  const found = await countMovingOffers(reader, ending(plan), plan.effectiveOn);
  const targetOf = new Map(plan.pairs.map((pair) => [pair.fromUnitId, pair.toUnitId]));
  const split = new Set(plan.others.map((each) => each.fromUnitId));
  return {
    kinds: { 'procedures.offers': { vi: 'Thủ tục đang tiếp nhận', en: 'Offers of procedures' } },
    lines: found.map(({ unitId, n, samples }) => ({
      fromUnitId: unitId,
      toUnitId: targetOf.get(unitId) ?? null,
      kind: 'procedures.offers',
      count: n,
      samples,
    })),
    ambiguities: found.filter(({ unitId }) => split.has(unitId)).map(splitQuestion),
    obstacles: found
      .filter(({ later }) => later > 0)
      .map(({ unitId, later }) => ({
        unitId,
        text: {
          vi: `${later} thủ tục của đơn vị bắt đầu tiếp nhận sau ngày hiệu lực: bỏ trước khi sắp xếp`,
          en: `${later} offers of the unit begin on or after that day: take them away first`,
        },
      })),
  };
}

const splitQuestion = ({ unitId, n }: { unitId: string; n: number }): Ambiguity => ({
  key: `offers:${unitId}`,
  unitId,
  count: n,
  title: {
    vi: `Ai tiếp nhận ${n} thủ tục của đơn vị bị chia?`,
    en: `Who offers the ${n} procedures of the unit that is split?`,
  },
  options: [
    { value: 'all', label: { vi: 'Mọi đơn vị kế thừa', en: 'Every successor' } },
    { value: 'main', label: { vi: 'Chỉ đơn vị kế thừa chính', en: 'The main successor only' } },
  ],
});

async function refresh(tx: Tx, plan: UnitMovePlan, procedures: readonly MovedProcedure[]): Promise<MoveStep> {
  for (const { id, code } of procedures) await refreshIndex(tx, code, id);
  const [first] = procedures;
  if (first)
    publish(tx, offersMoved, {
      subject: { kind: 'operation', id: plan.operationId },
      payload: { operationId: plan.operationId, ended: first.ended, opened: first.opened },
    });
  return { moved: first?.ended ?? 0, isDone: true };
}

/** Offers end with their unit and open at its successor; dossiers on the way keep the offer they were handed in under. */
export const moveOffers: UnitMove = {
  name: 'procedures',
  title: { vi: 'Thủ tục đang tiếp nhận', en: 'Offers of procedures' },
  order: 20,
  preview,
  async apply(tx, plan) {
    const shared = plan.others.filter((each) => decisionOf(plan.decisions, `offers:${each.fromUnitId}`) === 'all');
    const targets = [...plan.pairs.filter((pair) => pair.ends), ...shared];
    const { operationId, effectiveOn, orphans } = plan;
    const moved = await moveOfferRows(tx, {
      operationId,
      effectiveOn,
      endingUnitIds: ending(plan),
      targets,
      orphans,
    });
    return refresh(tx, plan, moved);
  },
  undo: async (tx, plan) => refresh(tx, plan, await undoOfferRows(tx, plan.operationId)),
};
