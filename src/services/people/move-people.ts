import type { UnitMove, UnitMovePlan } from '../../foundation/organisations/index.ts';
import { countForeign, countMoving, MOVE_BATCH, moveToUnits, undoMoveToUnits } from './move-queries.ts';

const ending = (plan: UnitMovePlan) => plan.pairs.filter((pair) => pair.ends);

/** Requests about data, breaches and mergers of accounts go to the unit that takes over. */
export const movePeople: UnitMove = {
  name: 'people',
  title: { vi: 'Yêu cầu về dữ liệu, vi phạm, hợp nhất tài khoản', en: 'Data requests, breaches, mergers of accounts' },
  order: 60,
  async preview(reader, plan) {
    const targetOf = new Map(ending(plan).map((pair) => [pair.fromUnitId, pair.toUnitId]));
    const found = await countMoving(reader, [...targetOf.keys()]);
    return {
      kinds: {
        'people.request': { vi: 'Yêu cầu về dữ liệu cá nhân', en: 'Requests about personal data' },
        'people.breach': { vi: 'Vụ vi phạm dữ liệu', en: 'Breaches' },
        'people.merger': { vi: 'Lần hợp nhất tài khoản', en: 'Mergers of accounts' },
      },
      lines: found.map(({ thing, unitId, n }) => ({
        fromUnitId: unitId,
        toUnitId: targetOf.get(unitId) ?? null,
        kind: `people.${thing}`,
        count: n,
        samples: [],
      })),
    };
  },
  async apply(tx, plan) {
    const moved = await moveToUnits(tx, plan.operationId, ending(plan));
    return { moved, isDone: moved < MOVE_BATCH };
  },
  async settle(tx, plan) {
    const moved = await moveToUnits(tx, plan.operationId, ending(plan));
    return { moved, isDone: moved < MOVE_BATCH };
  },
  async undo(tx, plan) {
    const moved = await undoMoveToUnits(tx, plan.operationId);
    return { moved, isDone: moved < MOVE_BATCH };
  },
  async contradictions(reader, plan) {
    const foreign = await countForeign(reader, plan.founded, plan.operationId);
    return {
      blocks: foreign.map(({ unitId, n }) => ({
        unitId,
        text: {
          vi: `Đơn vị mới đã nhận ${n} yêu cầu, vụ vi phạm hoặc lần hợp nhất`,
          en: `The new unit has got ${n} requests, breaches or mergers`,
        },
      })),
      stays: [],
    };
  },
};
